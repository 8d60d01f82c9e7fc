"""Counts that newsrooms make by hand: claims over time, sources without a name; and searches that find nothing."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import Screen
from quotes import anonymity
from quotes.errors import UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Speaker, SpeakerType, Via
from quotes.store import Filters, Store, searching
from quotes_cli.app import app

SAID: tuple[tuple[str, str | None, str, SpeakerType, str], ...] = (
    ("Courier", "2024-01-30", "Nora Wells", "person", "the wall would hold"),
    ("Courier", "2024-01-31T23:00:00+01:00", "A senior official", "anonymous", "the wall was weak"),
    ("Courier", "2024-04", "two officials who spoke on condition of anonymity because they were not allowed to speak",
     "anonymous", "the wall was never checked"),
    ("Gazette", "2024-04-02", "Nora Wells", "person", "the river would fall"),
    ("Gazette", "2024", "people familiar with the plan", "anonymous", "a new wall was planned"),
    ("Herald", None, "Nora Wells", "person", "nobody was hurt"),
    ("Herald", "1 May 2024", "Nora Wells", "person", "the school was dry"),
)  # fmt: skip


@pytest.fixture
def counted(tmp_path: Path) -> Store:
    with Store(tmp_path / "counted.db", create=True) as store:
        for number, (outlet, day, name, kind, words) in enumerate(SAID):
            text = f"{name} said {words}."
            at = text.index(words)
            who = Resolution(Speaker(name, kind), "name", (Extent(0, len(name)),), 1.0)
            claim = Claim(Attribution((Extent(at, at + len(words)),), source=(Extent(0, len(name)),)), who)
            store.save(Article(text, f"a{number}", publisher=outlet, published=day), [claim], Run("0", "by hand"))
        yield store


@pytest.mark.parametrize(
    ("unit", "periods", "undated"),
    [
        ("day", {"2024-01-30": 1, "2024-01-31": 1, "2024-04-02": 1}, 4),
        ("week", {"2024-01-29": 2, "2024-04-01": 1}, 4),
        ("month", {"2024-01": 2, "2024-04": 2}, 3),
        ("year", {"2024": 5}, 2),
    ],
)
def test_claims_by_units_of_time(counted: Store, unit: str, periods: dict[str, int], undated: int) -> None:
    assert {row["period"]: row["claims"] for row in counted.timeline(unit=unit)} == periods  # type: ignore[arg-type]
    assert counted.undated(unit=unit) == undated  # type: ignore[arg-type]


def test_a_timeline_of_words_and_of_a_speaker(counted: Store) -> None:
    assert [row["claims"] for row in counted.timeline("wall -weak")] == [1, 1]
    assert [row["claims"] for row in counted.timeline("wells wall")] == [1]
    assert [row["period"] for row in counted.timeline(None, Filters(speaker="Wells"))] == ["2024-01", "2024-04"]
    with pytest.raises(UsageError, match="unit of time"):
        list(counted.timeline(unit="century"))  # type: ignore[arg-type]


def test_who_is_cited_without_a_name_counts_once(tmp_path: Path) -> None:
    named, unnamed = Speaker("Nora Wells", "person"), Speaker("two officials", "anonymous")
    text = "Wells said, citing two officials who asked not to be named, that it rained. She told two officials so."
    spans = (re.search(words, text) for words in ("two officials", "that it rained", "so"))
    officials, said, so = (Extent(*found.span()) for found in spans if found)
    cited = Via("citing", officials, Resolution(unnamed, "unnamed"))
    told = replace(cited, relation="told")
    claims = [
        Claim(Attribution((said,)), Resolution(named, "name"), (cited,)),
        Claim(Attribution((so,)), Resolution(named, "name"), (told,)),  # whom one speaks to is no source
    ]
    with Store(tmp_path / "cited.db", create=True) as store:
        store.save(Article(text, publisher="Courier"), claims, Run("0", "by hand"))
        [row] = anonymity.counted(store)
    assert (row["claims"], row["outlet_claims"], row["form"], row["speakers"]) == (1, 2, "official", ["two officials"])
    assert row["reasons"] == ["asked not to be named"]


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("two senior US officials", "official"),
        ("A senior official in Baghdad", "official"),
        ("a person familiar with the matter", "person familiar with …"),
        ("people close to the talks", "person close to …"),
        ("military sources", "source"),
        ("police", "police"),
        ("One of the officials", "official"),
        ("aides to Senator Kane", "aide"),
        ("those around Kane", "person"),
        ("a security guard", "security guard"),
        ("two senior guards", "guard"),
        ("Coast Guard officers", "officer"),
        ("crew members", "crew member"),
        ("the family's driver", "driver"),
        ("a sailor aboard the ship", "sailor"),
        ("two of the diplomats in Geneva", "diplomat"),
        ("another", "person"),
        ("officials who asked not to be named", "official"),
        ("…", "…"),
        ("up to 20 protesters", "protester"),
        ("an inside source", "source"),
        ("two inside sources", "source"),
        ("a well-placed inside source", "source"),
        ("a source inside government", "source"),
        ("a known associate of Hale", "associate"),
        ("the known associate", "associate"),
        ("a man known as Red", "man"),
        ("an in-law", "in-law"),
        ("a by-election candidate", "candidate"),
        ("a called-up reservist", "reservist"),
        ("a boy called Tom", "boy"),
        ("a not-for-profit's director", "director"),
        ("several close friends", "friend"),
        ("two young working mothers", "mother"),
        ("a lawyer working for the firm", "lawyer"),
        ("two in three voters", "voter"),
        ("two in the party", "person"),
        ("two with knowledge of the talks", "person knowledge of …"),
        ("the two who asked not to be named", "person"),
        ("one of the officials in Rome", "official"),
        ("off-duty officers", "officer"),
        ("past members", "member"),
    ],
)
def test_the_form_of_an_unnamed_source(source: str, form: str) -> None:
    assert anonymity.form(source) == form


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (
            "The aide spoke on condition of anonymity because the talks are secret. He left.",
            "spoke on condition of anonymity because the talks are secret",
        ),
        (
            "“No,” said a clerk, who asked not to be named, citing fear of the mayor.",
            "asked not to be named, citing fear of the mayor",
        ),
        (
            "The official, who was not authorised to speak to the press, left.",
            "not authorised to speak to the press",
        ),
        ("An aide speaking on condition of anonymity, said taxes may rise.", "speaking on condition of anonymity"),
        (
            "An aide, who spoke on condition of anonymity because he was not authorized to, told us it rained.",
            "spoke on condition of anonymity because he was not authorized to",
        ),
        ("Officials granted anonymity said that it rained.", "granted anonymity"),
        ("Officials left.", None),
    ],
)
def test_why_a_source_is_not_named(context: str, reason: str | None) -> None:
    assert anonymity.reasons(context, [0]) == ({0: [reason]} if reason else {})


@pytest.mark.parametrize(
    ("context", "sources", "whose"),
    [
        ("A resident, who asked not to be named, said so, while an official did not.", ["A res", "an off"], ["A res"]),
        ("Asked not to be named, a clerk said so. An aide left.", ["a clerk", "An aide"], ["a clerk"]),
        ("A nurse spoke. An aide said so, speaking on condition of anonymity.", ["A nurse", "An aide"], ["An aide"]),
        ("A nurse said so. He asked not to be named.", ["A nurse"], ["A nurse"]),
        (
            "An official at the U.S. Embassy, who asked not to be named, said so; a clerk agreed.",
            ["An official", "a clerk"],
            ["An official"],
        ),
        ("A nurse spoke to Dr. Hale. Anonymously, a clerk agreed.", ["A nurse", "a clerk"], ["a clerk"]),
    ],
)
def test_a_reason_is_that_of_one_source(context: str, sources: list[str], whose: list[str]) -> None:
    found = anonymity.reasons(context, [context.index(source) for source in sources])
    assert [context[place:].startswith(source) for place, source in zip(found, whose, strict=True)] == [True]


def test_unnamed_sources_by_outlet_and_form(counted: Store) -> None:
    rows = {(row["publisher"], row["form"]): row for row in anonymity.counted(counted)}
    assert set(rows) == {("Courier", "official"), ("Gazette", "person familiar with …"), ("Herald", None)}
    courier = rows["Courier", "official"]
    assert (courier["claims"], courier["outlet_claims"], courier["share"]) == (2, 3, 0.6667)
    [reason] = courier["reasons"]
    assert reason.startswith("spoke on condition of anonymity because they were not allowed to speak")
    assert rows["Herald", None]["claims"] == 0


@pytest.fixture
def run(counted: Store) -> Callable[..., str]:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["-d", str(counted.path), *arguments])
        assert done.exit_code == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("timeline.txt", ["timeline"]),
        ("timeline-week.txt", ["timeline", "wall", "--by", "day"]),
        ("unnamed.txt", ["unnamed"]),
        ("search-nothing.txt", ["search", "wale -homes", "--speaker", "Wells", "--since", "2024"]),
    ],
)
def test_golden(terminal, counted, golden, name, arguments):
    golden(name, terminal("-d", str(counted.path), *arguments))


def test_a_pipe_gets_every_form_and_every_name(tmp_path, terminal):
    nouns = ("aide", "clerk", "coach", "diplomat", "driver", "farmer", "nurse", "pilot", "sailor", "teacher", "witness")
    names = [*nouns, *(f"aide {nth}" for nth in "abcdef")]
    with Store(tmp_path / "many.db", create=True) as store:
        for name in names:
            text = f"{name} said it rained."
            who = Resolution(Speaker(name if " " not in name else f"{name.split()[1]} aide", "anonymous"), "unnamed")
            claim = Claim(Attribution((Extent(len(text) - 10, len(text) - 1),), lemma="say"), who)
            store.save(Article(text, id=name, publisher="Post"), [claim], Run("0", "by hand"))
    piped = CliRunner().invoke(app, ["-d", str(tmp_path / "many.db"), "unnamed"]).stdout
    assert "more" not in piped
    assert all(noun in piped for noun in (*nouns, "a aide", "f aide"))
    assert "… and 1 more" in terminal("-d", str(tmp_path / "many.db"), "unnamed")


def test_rows_of_counts(run, tmp_path):
    rows = json.loads(run("timeline", "--json"))
    assert rows[0] == {"period": "2024-01", "claims": 2, "direct": 0, "mixed": 0, "indirect": 2, "articles": 2}
    assert run("timeline", "-n", "1", "--csv").splitlines()[1:] == ["2024-01,2,0,0,2,2"]
    assert run("unnamed", "--csv").startswith("publisher,form,claims,share,")
    run("timeline", "-o", str(tmp_path / "t.svg"))
    assert "2024-04" in (tmp_path / "t.svg").read_text(encoding="utf-8")


def test_the_newest_hits_first(run):
    found = json.loads(run("search", "wall", "--sort", "date", "--json"))
    assert [row["published"] for row in found] == ["2024-04", "2024-01-31T23:00:00+01:00", "2024-01-30", "2024"]
    assert run("search", "wall", "--sort", "date", "-n", "1").startswith("#3  ")


def test_a_report_of_nobody_says_who_may_be_meant(counted):
    done = CliRunner().invoke(app, ["-d", str(counted.path), "report", "--speaker", "Weels"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "quotes: nobody is called 'Weels'; near: Nora Wells\n"


def test_a_pager_is_for_terminals_and_for_those_who_want_one(counted, monkeypatch):
    paged: list[str] = []
    monkeypatch.setattr("pydoc.pager", paged.append)
    for stdin, arguments in ((Screen(), ()), (Screen(), ("--no-pager",)), (io.StringIO(), ())):
        screen = Screen()
        with monkeypatch.context() as there:
            there.setattr("sys.stdin", stdin)
            there.setattr("sys.stdout", screen)
            with pytest.raises(SystemExit):
                app(["-d", str(counted.path), "report", *arguments])
        assert ("Nora Wells" in screen.getvalue()) == (bool(arguments) or not stdin.isatty())
    assert len(paged) == 1
    assert "Nora Wells" in paged[0]


def test_a_near_word_is_one_that_somebody_said(counted: Store) -> None:
    assert counted.near_words("rivr") == ["river"]
    assert counted.near_words("river") == []
    assert counted.near_words("\ud800'\"*") == []


@pytest.mark.parametrize("query", ["wall", "said", "wells", "wells would", "wall -weak", "said -wells"])
@pytest.mark.parametrize("filters", [Filters(), Filters(publisher="courier"), Filters(limit=2, offset=1)])
def test_hits_too_many_to_rank_are_the_same_ones_read_last_first(counted, monkeypatch, query, filters):
    monkeypatch.setattr(searching, "RANKED", 0)
    newest = [row["id"] for row in counted.search(query, filters)]
    monkeypatch.undo()
    everything = replace(filters, limit=None, offset=0)
    ids = sorted((row["id"] for row in counted.search(query, everything)), reverse=True)
    assert newest == ids[filters.offset :][: filters.limit]


def test_counts_from_the_index_are_those_of_the_rows(counted: Store) -> None:
    for filters in (Filters(), Filters(kind="indirect"), Filters(since="2000"), Filters(named=False)):
        assert counted.count(filters) == len(list(counted.claims(filters)))
        assert sum(row["claims"] for row in counted.outlets(filters)) == counted.count(filters)
        dated = sum(row["claims"] for row in counted.timeline(None, filters))
        assert dated + counted.undated(None, filters) == counted.count(filters)


def test_a_page_of_unnamed_sources_does_not_change_what_they_are_a_share_of(run):
    whole, page = run("unnamed"), run("unnamed", "-n", "1")
    assert page.splitlines()[0] == whole.splitlines()[0]
    assert "official" in page
    assert "person familiar with" not in page
    assert "person familiar with" in whole
