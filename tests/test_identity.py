"""Who is one across articles: told by names and evidence, whatever the order; decided by people, and undone."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from quotes.errors import UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Speaker, SpeakerType, Via
from quotes.store import Filters, Store
from quotes.store.connection import connect
from quotes.store.schema import MIGRATIONS
from quotes.store.spellings import field, fuller, key, particular
from quotes_cli.app import app

RUN, BETTER = Run("1", "by-hand"), Run("2", "by-hand")
NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)
ME = {"reviewer": "me"}


def said(title: str, *whos: Speaker, cited: Speaker | None = None, version: str = "") -> tuple[Article, list[Claim]]:
    """An article in which each of these says something, in that order, the first citing another."""
    text, claims = "", []
    for nth, who in enumerate(whos):
        start = len(text)
        text += f"{who.name} said it was {nth}. "
        source, content = Extent(start, start + len(who.name)), Extent(len(text) - 10, len(text) - 2)
        seen = Attribution((content,), (Extent(source.end + 1, source.end + 5),), (source,), lemma="say")
        via = (Via("citing", source, Resolution(cited, "name")),) if cited and not nth else ()
        claims.append(Claim(seen, Resolution(who, "name", (source,), 1.0), via))
    return Article(text + version, title=title, url=f"https://x.example/{title}", published="2024-03-05"), claims


def person(name: str, role: str = "") -> Speaker:
    return Speaker(name, "person", role)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "claims.db", create=True, clock=lambda: NOON) as opened:
        yield opened


def add(store: Store, *articles: tuple[Article, list[Claim]], run: Run = RUN) -> None:
    for article, claims in articles:
        store.save(article, claims, run)


def who_says(store: Store) -> list[tuple[str, str, list[str]]]:
    """Who speaks in which articles, by name: what must not depend on how the articles came."""
    theirs: dict[int, tuple[str, str, set[str]]] = {}
    for row in store.claims():
        theirs.setdefault(row["speaker_id"], (row["speaker"], row["speaker_kind"], set()))[2].add(row["article"])
    return sorted((name, kind, sorted(articles)) for name, kind, articles in theirs.values())


# Names


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Recep Tayyip Erdoğan", "RECEP TAYYIP ERDOGAN", "person"),
        ("Jean-Claude Juncker", "Jean‑Claude Juncker", "person"),
        ("Jean-Claude Juncker", "Jean Claude Juncker", "person"),
        ("Conan O'Brien", "Conan O’Brien", "person"),
        ("J.K. Rowling", "J. K. Rowling", "person"),
        ("Donald Trump Jr.", "Donald Trump, Jr", "person"),
        ("Dr. Mary Smith", "Mary Smith", "person"),
        ("Staffan de Mistura", "Staffan De Mistura", "person"),
        ("Binali Yıldırım", "Binali Yildirim", "person"),
        ("The White House", "White House", "organisation"),
        ("U.S. Army", "US Army", "organisation"),
    ],
)
def test_two_spellings_of_one_name_are_one(store: Store, one: str, other: str, kind: SpeakerType) -> None:
    assert key(one, kind) == key(other, kind)
    add(store, said("a", Speaker(one, kind)), said("b", Speaker(other, kind)))
    assert who_says(store) == [(fuller(one, other), kind, ["a", "b"])]
    assert {row["speaker"] for row in store.claims(Filters(speaker=other))} == {fuller(one, other)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald Trump", "Donald Trump Jr."),
        ("Donald Trump Jr.", "Donald Trump Sr."),
        ("George Bush", "George W. Bush"),
        ("George H. W. Bush", "George W. Bush"),
        ("Kim Jong-il", "Kim Jong-un"),
        ("Prince Charles", "King Charles"),
        ("John Smith", "Jon Smith"),
        ("William Gates", "Bill Gates"),
        ("Barack Obama", "Michelle Obama"),
    ],
)
def test_two_names_are_never_one_on_their_own(store: Store, one: str, other: str) -> None:
    add(store, said("a", person(one)), said("b", person(other)))
    assert [name for name, _, _ in who_says(store)] == sorted([one, other])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Smith", "person"), ("Mr Smith", "person"), ("J. Smith", "person"), ("Mary", "person"),
        ("Mary's brother", "person"), ("her lawyer", "person"), ("senior US official", "anonymous"),
        ("residents", "group"), ("Residents", "group"), ("U.S. officials", "group"), ("the report", "document"),
        ("Report", "document"), ("Reuters report", "document"), ("police", "organisation"), ("Police", "organisation"),
        ("Interior Ministry", "organisation"), ("The Supreme Court", "organisation"), ("Greek court", "organisation"),
    ],
)  # fmt: skip
def test_a_name_that_does_not_say_who_belongs_to_its_article_alone(store: Store, name: str, kind: SpeakerType) -> None:
    assert not particular(name, kind)
    add(store, said("a", Speaker(name, kind)), said("b", Speaker(name, kind)))
    assert who_says(store) == [(name, kind, ["a"]), (name, kind, ["b"])]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Pope Francis", "person"), ("Staffan de Mistura", "person"), ("J.K. Rowling", "person"),
        ("Saudi Interior Ministry", "organisation"), ("New Zealand government", "organisation"), ("UN", "organisation"),
        ("Church of Scientology", "organisation"), ("Pentagon", "organisation"), ("White House", "organisation"),
        ("House Republicans", "group"), ("Chilcot Report", "document"),
    ],
)  # fmt: skip
def test_a_name_that_says_who_is_one_in_every_article(store: Store, name: str, kind: SpeakerType) -> None:
    add(store, said("a", Speaker(name, kind)), said("b", Speaker(name, kind)))
    assert who_says(store) == [(name, kind, ["a", "b"])]


# Evidence


MAYOR, COACH = person("John Smith", "the mayor of Ashby"), person("John Smith", "Ashby Rovers' coach")


def test_a_name_in_two_walks_of_life_is_two_people() -> None:
    assert (field([MAYOR.role]), field([COACH.role])) == ("public", "sport")
    assert field(["senator", "a former professor of law"]) == field(["author"]) == field([]) == ""
    assert field(["president of the players' union"]) == "public"


def test_without_a_role_it_is_the_only_one_known_of_that_name_while_there_is_only_one(store: Store) -> None:
    add(store, said("a", person("John Smith")), said("b", MAYOR))
    assert who_says(store) == [("John Smith", "person", ["a", "b"])]
    add(store, said("c", COACH))
    assert who_says(store) == [("John Smith", "person", [title]) for title in "abc"]


def test_people_known_to_nobody_else_belong_to_their_article(store: Store) -> None:
    add(store, *(said(title, person("Mary Smith", "a resident of Ashby")) for title in "ab"))
    assert who_says(store) == [("Mary Smith", "person", ["a"]), ("Mary Smith", "person", ["b"])]


NEWS = [
    said("a", person("Barack Obama", "US President"), Speaker("officials", "anonymous")),
    said("b", person("Obama"), Speaker("officials", "anonymous"), cited=person("BARACK OBAMA")),
    said("c", person("Barack Obama"), MAYOR, Speaker("the report", "document")),
    said("d", COACH, person("Recep Erdoğan"), person("Recep Erdogan")),
    said("e", person("John Smith"), Speaker("UN", "organisation"), person("RECEP ERDOGAN")),
    said("f", person("John Smith", "a resident"), Speaker("residents", "group"), cited=Speaker("UN", "organisation")),
]
ONE_NEWS = {  # by hand: what these articles show, in any order
    ("Barack Obama", "person", ("a", "c")), ("Obama", "person", ("b",)), ("officials", "anonymous", ("a",)),
    ("officials", "anonymous", ("b",)), ("John Smith", "person", ("c",)), ("John Smith", "person", ("d",)),
    ("John Smith", "person", ("e",)), ("John Smith", "person", ("f",)), ("Recep Erdoğan", "person", ("d", "e")),
    ("residents", "group", ("f",)), ("the report", "document", ("c",)), ("UN", "organisation", ("e",)),
}  # fmt: skip


def identities(store: Store) -> dict[str, Any]:
    """Every row of speakers with its names and links, by what it is known by; numbers differ with the order."""
    known = {
        row["id"]: (row["key"], row["type"], row["scope"], row["field"])
        for row in store.db.query("select * from speakers")
    }
    rows, claims = (store.db.query(f"select * from {name}") for name in ("speakers", "claims"))
    return {
        "rows": {known[row["id"]]: (row["name"], known.get(row["link_id"]), known.get(row["into_id"])) for row in rows},
        "names": {(known[r["speaker_id"]], r["alias"]) for r in store.db.query("select * from speaker_aliases")},
        "claims": {(row["uid"], known.get(row["speaker_id"]), row["digest"]) for row in claims},
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(NEWS))), again=st.lists(st.sampled_from(range(len(NEWS))), max_size=4))
def test_the_order_of_the_articles_does_not_matter(tmp_path: Path, order: list[int], again: list[int]) -> None:
    found = []
    for name, numbers in (("one", [*range(len(NEWS))]), ("two", [*order, *again])):
        path = tmp_path / f"{name}.db"
        path.unlink(missing_ok=True)
        with Store(path, create=True, clock=lambda: NOON) as store:
            for at, number in enumerate(numbers):
                add(store, NEWS[number])
                if at in again:  # a batch ends
                    store.close()
                    store = Store(path)
            assert {(name, kind, tuple(titles)) for name, kind, titles in who_says(store)} == ONE_NEWS
            assert not list(store.verify())
            found.append(identities(store))
            store.close()
    assert found[0] == found[1]


# Decisions


@pytest.fixture
def bushes(store: Store) -> Store:
    """Four who may be one or two, in articles of their own; the second speaks in two."""
    names = ("George Bush", "George W. Bush", "George Walker Bush", "Bush")
    add(store, *(said(title, person(name)) for title, name in zip("abcd", names, strict=True)))
    add(store, said("e", person("George W. Bush"), cited=person("George Bush")))
    return store


def spoken_in(store: Store) -> dict[str, list[str]]:
    return {name: titles for name, _, titles in who_says(store)}


def test_a_merge_holds_for_new_articles_and_runs_and_is_undone(bushes: Store) -> None:
    entry = bushes.merge("george bush", "George W. Bush", **ME)
    assert spoken_in(bushes)["George W. Bush"] == ["a", "b", "e"]
    add(bushes, said("f", person("George Bush")), said("g", person("GEORGE W. BUSH")))
    add(bushes, said("a", person("George Bush")), run=BETTER)
    assert spoken_in(bushes)["George W. Bush"] == ["a", "b", "e", "f", "g"]
    assert {row["speaker"] for row in bushes.claims(Filters(speaker="george bush"))} >= {"George W. Bush"}
    [cited] = [link["speaker"] for row in bushes.claims() for link in row["chain"]]
    assert cited == "George W. Bush"
    assert {row["speaker"] for row in bushes.search("bush")} == {"George W. Bush", "George Walker Bush", "Bush"}
    assert not list(bushes.verify())
    bushes.retract(entry["id"], **ME)
    assert spoken_in(bushes)["George Bush"] == ["a", "f"]
    assert not list(bushes.verify())


def test_merges_of_the_merged_lose_nobody_whichever_is_undone_first(bushes: Store) -> None:
    first = bushes.merge("George Bush", "George W. Bush", **ME)
    second = bushes.merge("George W. Bush", "George Walker Bush", **ME)
    assert spoken_in(bushes) == {"George Walker Bush": ["a", "b", "c", "e"], "Bush": ["d"]}
    with pytest.raises(UsageError, match="one speaker already"):
        bushes.merge("George Walker Bush", "George Bush", **ME)
    bushes.retract(first["id"], **ME)
    assert spoken_in(bushes) == {"George Bush": ["a"], "George Walker Bush": ["b", "c", "e"], "Bush": ["d"]}
    bushes.retract(second["id"], **ME)
    assert len(spoken_in(bushes)) == 4


def test_several_are_merged_at_once(bushes: Store) -> None:
    number = bushes.speaker("George Bush")["speaker_id"]
    bushes.merge(number, "George Walker Bush", "#4", "George W. Bush", **ME)
    assert spoken_in(bushes) == {"George W. Bush": ["a", "b", "c", "d", "e"]}


def test_an_article_is_split_off_and_stays_so(bushes: Store) -> None:
    bushes.split("George W. Bush", articles=["e"], **ME)
    assert [titles for name, _, titles in who_says(bushes) if name == "George W. Bush"] == [["b"], ["e"]]
    add(bushes, said("e", person("George W. Bush")), run=BETTER)
    add(bushes, said("e", person("George W. Bush"), version="Another version."))
    assert [titles for name, _, titles in who_says(bushes) if name == "George W. Bush"] == [["b"], ["e"]]
    assert not list(bushes.verify())
    bushes.retract(**ME)
    assert spoken_in(bushes)["George W. Bush"] == ["b", "e"]


def test_a_claim_is_given_to_one_who_is_known_or_to_somebody_new(store: Store) -> None:
    add(store, said("a", person("Ann Lee"), person("Bob Ray"), person("Ann Lee")))
    first, bob, last = (row["claim_id"] for row in store.claims())
    assert store.split("Ann Lee", claims=[first], name="Bob Ray", **ME)["detail"]["known"]
    assert store.split("Ann Lee", claims=[last], name="Cy Orr", **ME)["detail"]["known"] is False
    assert [row["speaker"] for row in store.claims()] == ["Bob Ray", "Bob Ray", "Cy Orr"]
    with pytest.raises(UsageError, match="is said by Bob Ray, not by Cy Orr"):
        store.split("Cy Orr", claims=[bob], **ME)
    store.merge("Cy Orr", "Bob Ray", **ME)
    assert [row["claims"] for row in store.speakers()] == [3]


def test_what_an_article_cites_is_split_off_with_it(bushes: Store) -> None:
    bushes.split("George Bush", articles=["e"], name="Somebody Else", **ME)
    assert [link["speaker"] for row in bushes.claims() for link in row["chain"]] == ["Somebody Else"]


def test_a_name_is_changed_and_added_and_found_by_all_of_them(bushes: Store) -> None:
    bushes.rename("George Walker Bush", "Bush the Younger", **ME)
    bushes.alias("Bush the Younger", "Dubya", **ME)
    for name in ("dubya", "younger", "George Walker Bush"):
        assert {row["speaker"] for row in bushes.claims(Filters(speaker=name))} == {"Bush the Younger"}
    with pytest.raises(UsageError, match="already"):
        bushes.alias("Dubya", "Dubya", **ME)
    bushes.retract(**ME)
    assert bushes.count(Filters(speaker="dubya")) == 0
    bushes.retract(**ME)
    assert "George Walker Bush" in spoken_in(bushes)
    assert bushes.speaker("George Walker Bush")["names"] == ["George Walker Bush"]


def test_the_log_says_who_did_what_and_only_grows(bushes: Store) -> None:
    bushes.rename("Bush", "G. Bush", **ME)
    bushes.retract(reviewer="you")
    undo, rename = bushes.curations()
    assert (rename["reviewer"], rename["at"], rename["undone_by"]) == ("me", "2024-03-06T12:00:00+00:00", undo["id"])
    assert (undo["action"], undo["undoes"], undo["reviewer"]) == ("undo", rename["id"], "you")
    for statement in ("delete from speaker_log", "update speaker_log set reviewer = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            bushes.db.execute(statement)
    with pytest.raises(UsageError, match="nothing to undo"):
        bushes.retract(**ME)
    with pytest.raises(UsageError, match="undone already"):
        bushes.retract(rename["id"], **ME)
    bushes.retract(undo["id"], **ME)
    assert bushes.speaker("#4")["speaker"] == "G. Bush"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("Gorge Bush", "there is no speaker 'Gorge Bush'"),
        ("George", "'George' may be 3 speakers: #"),
        ("#99", "there is no speaker '#99'"),
    ],
)
def test_one_who_is_not_meant_for_certain_is_asked_for(bushes: Store, key: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        bushes.speaker(key)
    assert "George Bush" in f"{raised.value} {raised.value.hint}" or key == "#99"


NAMES = ("Ann Lee", "Bob Ray", "Cy Orr", "Dee Fox")
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "rename", "alias", "undo"]), st.integers(1, 6), st.integers(1, 6)),
    max_size=12,
)


def attempt(store: Store, action: str, one: int, other: int) -> None:
    """A decision, if it can be."""
    try:
        if action == "merge":
            store.merge(one, other, **ME)
        elif action == "split":
            store.split(one, articles=[NAMES[other % 4]], name=NAMES[other % 3] if other > 3 else None, **ME)
        elif action == "undo":
            store.retract(one if other > 3 else None, **ME)
        else:
            getattr(store, action)(one, f"Name {other}", **ME)
    except UsageError:
        pass


def in_effect(store: Store) -> dict[str, Any]:
    """Everything that follows from the log."""
    tables = ("speakers", "speaker_edges", "speaker_splits")
    rows = {name: [tuple(row.values()) for row in store.db.query(f"select * from {name}")] for name in tables}
    names = store.db.query("select speaker_id, alias from speaker_aliases where origin = 'curated' order by 1, 2")
    given = store.db.query("select id, given_id from claims order by id")
    return {**rows, "names": list(map(str, names)), "given": list(map(str, given))}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_and_undone_is_what_is_left_in_the_log(
    tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    path = tmp_path / "steps.db"
    path.unlink(missing_ok=True)
    with Store(path, create=True, clock=lambda: NOON) as store:
        add(store, *(said(name, *map(person, NAMES[at:] + NAMES[:at])) for at, name in enumerate(NAMES)))
        for step in steps:
            attempt(store, *step)
        assert store.count() == 16
        assert all(row["speaker"] for row in store.claims())
        assert sum(row["claims"] for row in store.speakers()) == 16
        assert not list(store.verify())
        done = {row["id"] for row in store.curations() if row["active"] and row["action"] != "undo"}
        before = in_effect(store)
        undos = [store.retract(number, **ME)["id"] for number in sorted(done)]
        assert sorted(spoken_in(store)) == sorted(NAMES)
        assert {tuple(titles) for _, _, titles in who_says(store)} == {tuple(sorted(NAMES))}
        for number in reversed(undos):
            store.retract(number, **ME)
        assert in_effect(store) == before


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("delete from speaker_edges", "speaker_edges does not agree with the log"),
        ("update speaker_splits set into_id = 1", "speaker_splits does not agree with the log"),
        ("update claims set given_id = null", "not given to the speaker whom the log says"),
        (
            "pragma foreign_keys = off; delete from speakers where name = 'George Bush'",
            "refers to speaker #1, who is not",
        ),
        ("delete from speaker_aliases where origin = 'curated'", "not named as the log says"),
    ],
)
def test_verify_sees_what_does_not_follow_from_the_log(bushes: Store, damage: str, expected: str) -> None:
    bushes.merge("George Bush", "George W. Bush", **ME)
    bushes.split("Bush", articles=["d"], name="Jeb Bush", **ME)
    bushes.alias("Jeb Bush", "Jeb", **ME)
    assert not list(bushes.verify())
    bushes.db.conn.executescript(damage)
    assert any(expected in str(problem) for problem in bushes.verify())


# Suggestions


PAIRS = [
    said("pair a", person("Barack Obama", "US President")),
    said("pair b", person("Obama", "the US president")),
    said("pair c", person("William Gates", "Microsoft founder"), Speaker("FBI", "organisation")),
    said(
        "pair d",
        person("Bill Gates", "founder of Microsoft"),
        Speaker("Federal Bureau of Investigation", "organisation"),
    ),
    said("pair e", person("Muammar Gaddafi", "Libyan leader")),
    said("pair f", person("Moammar Qaddafi", "Libya's leader")),
    said("pair g", person("Donald Trump"), person("Trump")),
    said("pair h", person("Donald Trump Jr.")),
    said("pair i", person("George H. W. Bush")),
    said("pair j", person("George W. Bush"), person("John Roe", "a surgeon")),
    said("pair k", person("Michelle Bush"), person("J. Roe", "surgeon")),
]


def test_pairs_that_may_be_one_come_with_their_reasons_and_a_command(store: Store) -> None:
    add(store, *PAIRS)
    pairs = {tuple(sorted((row["speaker"], row["other_speaker"]))): row for row in store.suggestions()}
    assert set(pairs) == {
        ("Barack Obama", "Obama"),
        ("Bill Gates", "William Gates"),
        ("FBI", "Federal Bureau of Investigation"),
        ("Moammar Qaddafi", "Muammar Gaddafi"),
        ("Donald Trump Jr.", "Trump"),
        ("J. Roe", "John Roe"),
    }
    gates = pairs["Bill Gates", "William Gates"]
    assert "forms of one name; roles share founder, microsoft" in gates["evidence_for"]
    assert [row["score"] for row in store.suggestions(3)] == sorted(
        (row["score"] for row in pairs.values()), reverse=True
    )[:3]
    _, _, _, *keys = gates["command"].split()
    store.merge(*keys, **ME)
    assert gates["speaker_id"] not in {row["speaker_id"] for row in store.suggestions()}


def test_what_speaks_against_a_pair_is_said_and_puts_it_lower(store: Store) -> None:
    add(store, said("a", MAYOR), said("b", COACH), said("c", person("Ann Lee")), said("d", person("Ann B. Lee")))
    first, second = store.suggestions()
    assert (first["speaker"], first["evidence_against"]) == ("Ann Lee", "a middle name or initial in one only")
    assert second["evidence_against"] == "two walks of life: public and sport"


# The command line


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "claims.db"
    with Store(path, create=True, clock=lambda: NOON) as store:
        add(store, *NEWS, *PAIRS[1:6])
    return path


def test_golden_speakers_and_who_may_be_one(archive: Path, terminal: Any, golden: Any) -> None:
    golden("speakers-of-articles.txt", terminal("-d", str(archive), "speakers", columns=80))
    golden("speakers-suggested.txt", terminal("-d", str(archive), "speakers", "--suggest", columns=80))


def test_golden_decisions(archive: Path, terminal: Any, golden: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_REVIEWER", "[b]ann")
    printed = [
        terminal("-d", str(archive), "speaker", *arguments, columns=80)
        for arguments in (
            ["merge", "#3", "#14", "Barack Obama"], ["split", "Barack Obama", "--article", "c", "--as", "Malia Obama"],
            ["rename", "Recep Erdogan", "R. T. Erdoğan", "--reviewer", "bob"], ["alias", "erdogan", "Tayyip"],
            ["undo"], ["undo", "1"], ["log"], ["malia"],
        )
    ]  # fmt: skip
    golden("speaker-decisions.txt", re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d", "2024-03-06 12:00", "\n".join(printed)))


def test_a_name_that_is_a_command_is_shown_by_show(archive: Path) -> None:
    with Store(archive) as store:
        store.rename("UN", "merge", **ME)
    run = CliRunner()
    for arguments in (["speaker", "show", "merge"], ["speaker", "--attitudes", "Merge"], ["speaker", "MERGE"]):
        assert run.invoke(app, ["-d", str(archive), *arguments]).stdout.startswith("merge · organisation")
    for arguments in (["speaker", "merge"], ["speakers", "--suggest", "--publisher", "x"], ["speaker", "nobody"]):
        assert run.invoke(app, ["-d", str(archive), *arguments]).exit_code == 2


def test_a_listing_puts_those_without_a_name_together_and_keeps_them_apart_on_request(archive: Path) -> None:
    run = CliRunner()
    together = json.loads(run.invoke(app, ["-d", str(archive), "speakers", "--unnamed", "--json"]).stdout)
    assert [(row["speaker"], row["speakers"], row["claims"]) for row in together] == [("officials", 2, 2)]
    apart = json.loads(run.invoke(app, ["-d", str(archive), "speakers", "--unnamed", "--apart", "--json"]).stdout)
    assert [(row["speaker"], row["speakers"], row["claims"]) for row in apart] == [("officials", 1, 1)] * 2


# Older databases


def test_a_database_of_version_1_keeps_everything_and_tells_its_speakers_apart(tmp_path: Path) -> None:
    first = type(MIGRATIONS)("quotes")
    path = tmp_path / "old.db"
    step = MIGRATIONS.pending(connect(tmp_path / "x.db", create=True, readonly=False, migrations=first, latest=0))[0]
    first(name=step.name)(step.fn)
    old = connect(path, create=True, readonly=False, migrations=first, latest=1)
    with Store(tmp_path / "new.db", create=True, clock=lambda: NOON) as new:
        add(new, *NEWS[:4])
        rows = list(new.db.query("select * from speakers"))
        numbers: dict[tuple[str, str], int] = {}
        theirs = {row["id"]: numbers.setdefault((row["name"], row["type"]), row["id"]) for row in rows}
        for row in rows:
            if theirs[row["id"]] == row["id"]:
                known = {name: row[name] for name in ("id", "name", "type", "folded")}
                old.table("speakers").insert(known)
                old.table("speaker_aliases").insert(
                    {"speaker_id": row["id"], "alias": row["name"], "folded": row["folded"], "origin": "name"}
                )
        for table in ("articles", "runs", "extractions", "claims", "claim_sources"):
            for row in new.db.query(f"select * from {table}"):
                kept = {name: row[name] for name in old.table(table).columns_dict}
                if kept.get("speaker_id"):
                    kept["speaker_id"] = theirs[kept["speaker_id"]]
                old.table(table).insert(kept)
        expected, ids = who_says(new), [row["claim_id"] for row in new.claims()]
    old.conn.close()
    with Store(path) as upgraded:
        assert who_says(upgraded) == expected
        assert [row["claim_id"] for row in upgraded.claims()] == ids
        assert {row["speaker"] for row in upgraded.claims(Filters(speaker="obama"))} == {"Barack Obama", "Obama"}
        assert not list(upgraded.verify())
