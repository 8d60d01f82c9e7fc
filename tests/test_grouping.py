"""The same quotation in many articles is one, in whatever order they come."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Speaker
from quotes.store import Store, grouping
from quotes.store.grouping import ALIKE
from quotes.store.likeness import LONG, apart, bands, likeness, sketch, words_of
from quotes.store.statements import every
from test_store import NOON

RUN = Run("1", "marks")
QUOTED = re.compile(r'"[^"\n]*"')
SAID = "the wall had never been checked by anyone before the night of the flood"
PARAGRAPH = f'Engineers knew of it. "{SAID.capitalize()}," said Ann Bell, who led the works for years.'
EDITED = SAID.replace("before the night", "until the night")
OTHER = "we shall build another wall and it will be higher than the one that broke"


def save(store: Store, outlet: str, text: str, **known: str) -> str:
    article = Article(text, url=f"https://{outlet}.example/1", publisher=outlet, where=outlet, **known)
    claims = [
        Claim(Attribution((Extent(*match.span()),)), Resolution(Speaker("Ann Bell", "person"), "name"))
        for match in QUOTED.finditer(text)
    ]
    return store.save(article, claims, RUN)


def news(nth: int) -> str:
    """Other words around a quotation, never the same."""
    chance = random.Random(nth)
    return " ".join("".join(chance.choices("abcdefghij", k=6)) for _ in range(60))


ARTICLES = {
    "wire1": f"{news(1)}\n\n{PARAGRAPH}\n\n{news(2)}",
    "wire2": f"{PARAGRAPH.replace('“', '')}\n\n{news(3)}",
    "own": f'{news(4)}\n\nAt the hearing she said: "{SAID.upper()}."',
    "edited": f'{news(5)}\n\nShe told us: "{EDITED}."',
    "unlike": f'{news(6)}\n\nShe told us: "{OTHER}," and: "It rains."',
    "short": f'{news(7)}\n\n"It rains," she said.',
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "claims.db", create=True, clock=lambda: NOON) as opened:
        yield opened


def groups(store: Store) -> set[tuple[str, frozenset[tuple[str, float]]]]:
    query = """select g.id, g.kind, m.claim_uid, m.similarity from quote_groups g
        join quote_group_claims m on m.group_id = g.id"""
    found: dict[tuple[int, str], set[tuple[str, float]]] = {}
    for key, kind, uid, similarity in store.db.execute(query).fetchall():
        found.setdefault((key, kind), set()).add((uid, similarity))
    return {(kind, frozenset(members)) for (_, kind), members in found.items()}


def of(store: Store, outlet: str) -> int:
    return next(row["id"] for row in store.claims() if row["publisher"] == outlet)


def test_one_quotation_with_its_appearances(store: Store) -> None:
    for outlet, text in ARTICLES.items():
        assert save(store, outlet, text) == "new"
    found = {row["publisher"]: (row["likeness"] == 1, row["wire"]) for row in store.appearances(of(store, "wire1"))}
    assert {name: wire for name, (_, wire) in found.items()} == {"wire2": True, "own": False, "edited": False}
    assert len({exact for name, (exact, _) in found.items() if name != "edited"}) == 1
    assert {row["publisher"]: row["also"] for row in store.claims() if "rains" not in row["quote"]} == {
        "wire1": 3, "wire2": 3, "own": 3, "edited": 3, "unlike": 0,
    }  # fmt: skip
    assert {row["also"] for row in store.claims() if "rains" in row["quote"]} == {0}
    assert {kind for kind, _ in groups(store)} == {"near", "wire"}


def test_other_words_are_told_from_the_same(store: Store) -> None:
    for outlet, text in ARTICLES.items():
        save(store, outlet, text)
    assert {row["publisher"]: row["reworded"] for row in store.claims() if "rains" not in row["quote"]} == {
        "wire1": 1, "wire2": 1, "own": 1, "edited": 3, "unlike": 0,
    }  # fmt: skip
    assert {row["publisher"] for row in store.appearances(of(store, "own")) if row["alike"]} == {"wire1", "wire2"}


def test_an_earlier_database_learns_how_its_quotations_are_worded(store: Store) -> None:
    for outlet, text in ARTICLES.items():
        save(store, outlet, text)
    before = [(row["also"], row["reworded"]) for row in store.claims()]
    store.db.executescript("""
        create temp table members as select group_id, claim_uid, similarity from quote_group_claims;
        drop table quote_group_claims;
        create table quote_group_claims as select * from members;
        delete from _sqlite_migrations where name = 'wordings_told_apart';
        pragma user_version = 9;""")
    store.close()
    with Store(store.path) as opened:
        assert [(row["also"], row["reworded"]) for row in opened.claims()] == before
        assert list(opened.verify()) == []


def test_spellings_are_no_other_words(store: Store) -> None:
    save(store, "one", f'{news(1)}\n\n"We don’t know yet why they are all so ill today," she said.')
    save(store, "other", f'{news(2)}\n\n"We do not know yet why they are all so ill today," she said.')
    assert [(row["also"], row["reworded"]) for row in store.claims()] == [(1, 0), (1, 0)]


def test_the_order_of_the_articles_does_not_matter(tmp_path: Path) -> None:
    found = []
    for seed in range(6):
        order = random.Random(seed).sample(sorted(ARTICLES), len(ARTICLES))
        with Store(tmp_path / f"{seed}.db", create=True) as store:
            for outlet in order:
                save(store, outlet, ARTICLES[outlet])
            found.append(groups(store))
    assert all(one == found[0] for one in found)
    assert len(found[0]) == 2


def test_twelve_outlets_with_one_wire_paragraph(store: Store) -> None:
    for nth in range(12):
        save(store, f"outlet{nth}", f"{news(nth)}\n\n{PARAGRAPH}\n\n{news(100 + nth)}")
    assert sorted((kind, len(members)) for kind, members in groups(store)) == [("exact", 12), ("wire", 12)]
    assert {row["also"] for row in store.claims()} == {11}
    assert all(row["wire"] for row in store.appearances(1))


def test_versions_of_one_article_are_one_appearance(store: Store) -> None:
    save(store, "a", ARTICLES["own"])
    assert save(store, "a", ARTICLES["own"] + "\n\nMore.") == "changed"
    assert groups(store) == set()
    save(store, "b", ARTICLES["wire1"])
    assert [row["publisher"] for row in store.appearances(of(store, "b"))] == ["a"]


def test_an_article_that_is_nearly_another_is_a_copy(store: Store) -> None:
    text = "\n\n".join(news(nth) for nth in range(10)) + "\n\n" + PARAGRAPH
    assert save(store, "agency", text) == "new"
    assert save(store, "paper", "ASHBY (Agency) - " + text.replace("Engineers knew", "The engineers knew")) == "copy"
    assert save(store, "site", text) == "duplicate"
    assert save(store, "other", "\n\n".join(news(nth) for nth in range(20, 30)) + "\n\n" + PARAGRAPH) == "new"


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = words_of(one), words_of(other)
    assert likeness(first, first) == 1
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    keys = bands(first, shingle=2, count=8, rows=2)
    assert (
        keys == bands(words_of(one.upper().lower()), shingle=2, count=8, rows=2) or one.upper().lower() != one.lower()
    )
    assert all(0 <= key < 2**62 for key in keys)


words = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(words, words, st.floats(0, 1))
def test_wordings_that_sketches_tell_apart_are_unlike(one: list[str], other: list[str], least: float) -> None:
    if apart(sketch(one), sketch(other), least):
        assert likeness(one, other) < least


@given(words)
def test_a_wording_is_never_apart_from_one_with_a_word_less(one: list[str]) -> None:
    least = likeness(one, one[1:])
    assert not apart(sketch(one), sketch(one[1:]), least)


def test_long_wordings_are_not_told_apart() -> None:
    assert not apart(sketch(["a"] * 300), sketch(["b"] * 900), 0.5)
    assert apart(sketch([f"a{n}" for n in range(9)]), sketch([f"b{n}" for n in range(9)]), ALIKE)


def test_quotations_of_an_earlier_database_are_gathered_slice_by_slice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for outlet, text in ARTICLES.items():
        save(store, outlet, text)
    before = groups(store)
    store.db.executescript("""
        delete from quote_group_claims; delete from quote_groups; delete from wordings; delete from wording_bands;
        delete from article_bands; update claims set words = null, setting = null;""")
    monkeypatch.setattr(grouping, "AT_ONCE", 2)
    asked: list[int] = []
    monkeypatch.setattr(grouping, "every", lambda *query: counted(query, asked))
    grouping.enter_all(store.db, NOON.isoformat())
    assert groups(store) == before
    assert max(asked) == 2


def counted(query: tuple[Any, ...], asked: list[int]) -> Iterator[dict[str, Any]]:
    """The rows of a query; of those with quotations it is noted how many there are."""
    rows = list(every(*query))
    if "context from claims" in query[1]:
        asked.append(len(rows))
    return iter(rows)


@pytest.mark.parametrize(("kept", "outcome"), [(1.0, "copy"), (0.5, "new")])
def test_a_long_text_is_compared_by_its_runs_of_words(
    store: Store, monkeypatch: pytest.MonkeyPatch, kept: float, outcome: str
) -> None:
    chance = random.Random(1)
    first = [f"w{chance.randrange(5_000)}" for _ in range(LONG + 1)]
    second = [word if nth < kept * LONG and nth % 50 else f"x{nth}" for nth, word in enumerate(first)]
    monkeypatch.setattr("rapidfuzz.distance.Indel.normalized_similarity", None)  # which takes the square of their time
    assert save(store, "one", " ".join(first)) == "new"
    assert save(store, "other", " ".join(second)) == outcome


@pytest.mark.parametrize("changed", [0, 10, 20, 50])
def test_runs_of_words_say_nearly_what_a_comparison_word_by_word_says(
    monkeypatch: pytest.MonkeyPatch, changed: int
) -> None:
    chance = random.Random(changed)
    first = [f"w{chance.randrange(500)}" for _ in range(2_000)]
    second = [word if not changed or nth % changed else "x" for nth, word in enumerate(first)]
    exact = likeness(first, second)
    monkeypatch.setattr("quotes.store.likeness.LONG", 100)
    assert likeness(second, first) == likeness(first, second) == pytest.approx(exact, abs=0.02)
    assert likeness(first, []) == likeness([], first) == 0
    assert likeness(first, second, 0.99) == (1 if not changed else 0)


def test_a_text_is_compared_with_so_many_words_of_others_and_those_that_share_most(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = [news(nth) for nth in range(10)]
    for nth in range(8):
        others = [news(100 + 10 * nth + n) for n in range(4)]
        assert save(store, f"half{nth}", "\n\n".join(story[:7] + others)) == "new"
    assert save(store, "whole", "\n\n".join(story)) == "new"
    compared: list[int] = []
    monkeypatch.setattr(grouping, "READ", 1)
    monkeypatch.setattr(grouping, "likeness", lambda *two: float(compared.append(1) is None and likeness(*two)))
    assert save(store, "again", "\n\n".join([*story, news(99)])) == "copy"
    assert len(compared) == 1


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("delete from quote_group_claims", "groups"),
        ("update quote_groups set kind = 'exact' where kind = 'near'", "groups"),
        ("delete from quote_group_claims where claim_uid in (select max(claim_uid) from quote_group_claims)", "groups"),
        ("update quote_group_claims set wording = 1", "how alike"),
        ("update quote_group_claims set similarity = 0.5", "how alike"),
        ("update claims set words = 1 where words is not null", "digests"),
        ("update claims set setting = null", "digests"),
        ("delete from wordings", "wordings are not kept"),
        ("update wordings set root = 1", "by which its like is found"),
        ("update wording_bands set sketch = 0", "by which its like is found"),
        ("insert into wording_bands values (1, 2, 3)", "keys of wordings that no claim has"),
        ("delete from article_bands where band % 2", "by which its copies are found"),
        ("insert into article_bands select 1, id from articles", "keys of articles that none has"),
    ],
)
def test_verify_sees_what_does_not_follow_from_the_words(store: Store, damage: str, expected: str) -> None:
    for outlet, text in ARTICLES.items():
        save(store, outlet, text)
    assert not list(store.verify())
    before = groups(store)
    store.db.execute(damage)
    assert any(expected in str(problem) for problem in store.verify())
    store.reindex()
    assert not list(store.verify())
    assert groups(store) == before


def test_a_database_that_took_two_numbers_for_one_learns_better(store: Store) -> None:
    save(store, "one", f'{news(1)}\n\n"We shall need 1,5 tons of stone for it," she said.')
    save(store, "other", f'{news(2)}\n\n"We shall need 15 tons of stone for it," she said.')
    earlier = grouping.wording("We shall need 15 tons of stone for it,")
    store.db.execute("update quote_group_claims set wording = ?", [earlier])
    assert {row["reworded"] for row in store.claims()} == {0}
    store.reindex()
    assert {row["reworded"] for row in store.claims()} == {1}
    assert not list(store.verify())
