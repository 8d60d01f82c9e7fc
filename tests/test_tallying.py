"""Counts that are kept are those of the claims, whatever was saved, reviewed and decided of speakers."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import QuotesError
from quotes.models import Article, Attribution, Claim, Extent, Kind, Resolution, Review, Run, Speaker, SpeakerType, Via
from quotes.store import Filters, Store, outlets_schema, reading, tallies_schema, tallying
from quotes.store.connection import immediate

CAST: tuple[tuple[str, SpeakerType, str], ...] = (
    ("Nora Wells", "person", "mayor"),
    ("Nora Wells", "person", "striker"),
    ("N. Wells", "person", ""),
    ("officials", "anonymous", ""),
    ("Officials", "anonymous", ""),
    ("the ministry", "organisation", ""),
    ("Iron Bank", "organisation", "lender"),
)
KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")
ALL_TRIGGERS = (*tallies_schema.TRIGGERS, *outlets_schema.TRIGGERS)
RELATIONS = (None, "citing", "via", "told")
PAGES = [Filters(named=named, limit=limit) for named in (None, True, False) for limit in (None, 2)]

anybody = st.integers(0, len(CAST) - 1)
relays = st.tuples(st.sampled_from(RELATIONS), anybody)
said = st.lists(st.tuples(anybody, st.sampled_from(KINDS), st.booleans(), st.lists(relays, max_size=2)), max_size=4)
outlets, days = st.sampled_from([None, "Courier", "Gazette"]), st.sampled_from([None, "2024", "2024-03-05T10:00"])
saves = st.tuples(st.just("save"), st.sampled_from("abc"), st.sampled_from("12"), outlets, days, said)
numbers = st.integers(0, 30)
decisions = st.tuples(st.sampled_from(["merge", "split", "rename", "retract"]), numbers, numbers)
reviews = st.tuples(st.sampled_from(["corrected", "unattributed", "rejected", "undo"]), numbers, numbers)


def save(store: Store, place: str, run: str, outlet: str | None, day: str | None, said: Any) -> None:
    lines = [f"{CAST[who][0]} said thing number {n} of {place} anonymously." for n, (who, *_) in enumerate(said)]
    text, at, claims = "\n\n".join(lines), 0, []
    for line, (who, kind, attitude, relays) in zip(lines, said, strict=True):
        name, type_, role = CAST[who]
        source = Extent(at, at + len(name))
        content = Extent(source.end + len(" said "), at + len(line) - 1)
        found = Attribution((content,), source=(source,), kind=kind, mode="attitude" if attitude else "statement")
        chain = [Via(how, source, Resolution(Speaker(*CAST[whom]), "name")) for how, whom in relays if how]
        claims.append(Claim(found, Resolution(Speaker(name, type_, role), "name", (source,), 1.0), tuple(chain)))
        at += len(line) + 2
    article = Article(text or place, place, url=f"https://x.example/{place}", publisher=outlet, published=day)
    store.save(article, claims, Run(run, "by hand"))


def decide(store: Store, action: str, one: int, other: int) -> None:
    if action == "merge":
        store.merge(f"#{one}", f"#{other}", reviewer="Ann")
    elif action == "split":
        store.split(f"#{one}", claims=[other], reviewer="Ann")
    elif action == "rename":
        store.rename(f"#{one}", f"Name {other}", reviewer="Ann")
    elif action == "retract":
        store.retract(reviewer="Ann")
    elif action == "undo":
        store.undo(one, "Ann")
    else:
        speaker = {"corrected": f"#{other}", "unattributed": ""}.get(action)
        store.review(one, Review(speaker=speaker, status="rejected" if speaker is None else None), "Ann")


@settings(max_examples=20, deadline=None)
@given(st.lists(saves | saves | decisions | reviews, max_size=14))
def test_kept_counts_are_those_of_the_claims(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "claims.db", create=True) as store:
        for action, *given_ in steps:
            try:
                save(store, *given_) if action == "save" else decide(store, action, *given_)
            except QuotesError:
                continue  # nobody of that number, or nothing to undo
        for page in PAGES:
            expected = list(reading.speakers_said(store.db, page, False))
            assert list(store.speakers(page, apart=False)) == expected
            assert list(store.speakers(page)) == list(reading.speakers_said(store.db, page, True))
        everything = Filters(min_confidence=0.0)  # narrows nothing, but is counted from the claims
        assert store.count() == store.count(everything)
        assert list(store.outlets()) == list(store.outlets(everything))
        assert list(store.timeline()) == list(store.timeline(None, everything))
        assert store.undated() == store.undated(None, everything)
        assert list(store.unnamed()) == list(store.unnamed(everything))
        assert list(store.reasoned(Filters(), 100)) == list(store.reasoned(everything, 100))
        assert not list(tallying.verify(store.db))


@pytest.mark.parametrize("table", list(tallying.WHOLE))
def test_counts_that_were_altered_are_found(tmp_path: Path, table: str) -> None:
    with Store(tmp_path / "claims.db", create=True) as store:
        save(store, "a", "1", "Courier", "2024", [(0, "direct", False, []), (3, "indirect", False, [])])
        assert not list(store.verify())
        with immediate(store.db):
            store.db.execute(f"delete from {table}")
        problems = [str(problem) for problem in store.verify()]
        assert f"database: the counts kept in {table} are not those of the claims" in problems
        store.reindex()
        assert not list(store.verify())


def test_unnamed_sources_follow_what_people_decide_of_them(tmp_path: Path) -> None:
    with Store(tmp_path / "claims.db", create=True) as store:
        save(store, "a", "1", None, "2024", [(0, "direct", False, [("citing", 3)]), (3, "indirect", False, [])])

        def unnamed() -> list[tuple[object, ...]]:
            assert not list(store.verify())
            return [tuple(row.values()) for row in store.unnamed()]

        assert unnamed() == [(None, "officials", 2, 1)]
        store.review(2, Review(speaker="Nora Wells"), "Ann")
        assert unnamed() == [(None, "officials", 1, 1)]
        store.undo(2, "Ann")
        store.rename("officials", "aides", reviewer="Ann")
        assert unnamed() == [(None, "aides", 2, 1)]
        store.merge("aides", "Nora Wells", reviewer="Ann")
        assert unnamed() == []
        store.retract(reviewer="Ann")
        save(store, "a", "1", "Courier", "2024", [(0, "direct", False, [("citing", 3)]), (3, "indirect", False, [])])
        assert unnamed() == [("Courier", "aides", 2, 1)]


def test_a_database_from_before_counts_of_outlets_is_counted(tmp_path: Path) -> None:
    with Store(tmp_path / "claims.db", create=True) as store:
        save(store, "a", "1", "Courier", "2024", [(3, "direct", False, []), (0, "indirect", False, [("citing", 4)])])
        save(store, "b", "1", None, None, [(4, "direct", False, [])])
        expected = list(store.outlets()), list(store.timeline(unit="year")), list(store.unnamed())
        with immediate(store.db):
            for name in {statement.split()[2] for statement in outlets_schema.TRIGGERS}:
                store.db.execute(f"drop trigger {name}")
            for table in outlets_schema.WHOLE:
                store.db.execute(f"drop table {table}")
            store.db.execute("delete from _sqlite_migrations where name like 'outlets%'")
            store.db.execute("pragma user_version = 12")
    with Store(tmp_path / "claims.db") as store:
        assert (list(store.outlets()), list(store.timeline(unit="year")), list(store.unnamed())) == expected
        assert [row["claims"] for row in store.unnamed()] == [2, 1]
        assert not list(store.verify())


def triggers(store: Store) -> list[tuple[str, str]]:
    return list(store.db.execute("select name, sql from sqlite_master where type = 'trigger' order by rowid"))


def reorder(store: Store, triggers: list[tuple[str, str]]) -> None:
    """Make triggers again in this order, in which, or against which, SQLite then happens to run them."""
    with immediate(store.db):
        for name, sql in triggers:
            store.db.execute(f"drop trigger {name}")
            store.db.execute(sql)


@pytest.mark.parametrize("again", [*(statement.split()[2] for statement in ALL_TRIGGERS), "all", "all, last first"])
def test_counts_do_not_hang_on_the_order_of_triggers(tmp_path: Path, again: str) -> None:
    with Store(tmp_path / "claims.db", create=True) as store:
        made = triggers(store)
        reorder(store, made[::-1] if "last first" in again else [one for one in made if again in ("all", one[0])])
        for run, outlet in (("1", "Courier"), ("2", None), ("3", "Gazette")):
            save(store, "a", run, outlet, "2024", [(0, "direct", False, [("citing", 3)]), (3, "indirect", False, [])])
            assert not list(store.verify())
        for change in ("current = 0", "current = 1", "speaker_id = null, given_id = null"):
            with immediate(store.db):
                store.db.execute(f"update claims set {change}")
            assert not list(tallying.verify(store.db))
        with immediate(store.db):
            store.db.execute("update claims set current = 0")
        assert not any(store.db.table(table).count for table in tallying.WHOLE)


def test_one_row_twice_and_another_missing_cannot_be(tmp_path: Path) -> None:
    with Store(tmp_path / "claims.db", create=True) as store:
        save(store, "a", "1", None, "2024", [(3, "indirect", False, []), (3, "direct", False, [])])
        for table in tallying.WHOLE:
            assert store.db.table(table).count
            with pytest.raises(sqlite3.IntegrityError), immediate(store.db):
                store.db.execute(f"insert into {table} select * from {table} limit 1")
