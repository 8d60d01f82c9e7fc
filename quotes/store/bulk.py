"""Saving very many articles at once: one transaction, indexes and counts made anew instead of entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from quotes.models import Article, Claim, Report, Run, Skipped
from quotes.store import checking, grouping, tallying, writing
from quotes.store.selectors import UnstorableError
from quotes.store.statements import every, one

Record = tuple[Article | Skipped, list[Claim] | Skipped, Run]

Row = dict[str, Any]

WORTHWHILE = 4  # an index is made anew when so many times fewer claims are held than come
LEAST, MOST = 256 * 1024, 2048 * 1024  # kilobytes of the file in memory
CLAIMS = 3  # claims whose keys a kilobyte holds
UNASKED = {
    *("articles_by_input", "articles_by_url", "articles_by_where", "articles_by_publisher", "articles_by_day"),
    *("claims_by_speaker", "claims_as_found", "claims_counted", "claims_in_order"),
}  # indexes for reading


def load(db: Database, records: Iterable[Record], claims: int, now: str) -> Report:
    """See ``Store.load``; the caller holds the transaction."""
    held = _held(db)
    with _cached(db, held + claims):
        if claims * WORTHWHILE < held:
            return _load(db, records, now)
        with _aside(db, "trigger", _counts):
            before = db.conn.total_changes
            with _aside(db, "index", lambda made: made["name"] in UNASKED):
                report = _load(db, records, now)
            if db.conn.total_changes > before:
                _count(db)
        return report


def remake(db: Database, now: str) -> None:
    """See ``Store.reindex``; the caller holds the transaction."""
    with _cached(db, _held(db)), _aside(db, "trigger", _counts):
        grouping.remake(db, now)
        _count(db)


def _load(db: Database, records: Iterable[Record], now: str) -> Report:
    counts: Counter[str] = Counter()
    modes: Counter[str] = Counter()
    skipped = []
    for article, found, run in records:
        try:
            outcome = _save(db, article, found, run, now)
        except UnstorableError as error:
            outcome = Skipped(article.where, str(error))
        if isinstance(outcome, Skipped):
            writing.skip(db, outcome, run, now)
            skipped.append(outcome)
        else:
            counts[outcome] += 1
            if outcome != "unchanged" and not isinstance(found, Skipped):
                modes.update(claim.attribution.mode for claim in found)
    return Report.of(counts, modes, skipped)


def _save(db: Database, article: Article | Skipped, found: list[Claim] | Skipped, run: Run, now: str) -> str | Skipped:
    if isinstance(article, Skipped):
        return article
    if isinstance(found, Skipped):
        return writing.keep(db, article, found, run, now)
    return "unchanged" if writing.has(db, article, run) else writing.save(db, article, found, run, now)


@contextmanager
def _aside(db: Database, kind: str, which: Callable[[Row], bool]) -> Iterator[None]:
    """Indexes or triggers out of the way meanwhile; an error rolls all of it back."""
    query = "select name, sql from sqlite_master where type = ? and sql is not null"
    those = [made for made in every(db, query, kind) if which(made)]
    for made in those:
        db.execute(f"drop {kind} {made['name']}")
    yield
    for made in those:
        db.execute(made["sql"])


def _counts(trigger: Row) -> bool:
    """Whether it keeps a search index or counts, which ``_count`` makes anew."""
    return trigger["name"] in tallying.triggers() or "_fts " in trigger["sql"]


def _count(db: Database) -> None:
    for index in checking.INDEXES:
        db.execute(f"insert into {index} ({index}) values ('rebuild')")
    tallying.rebuild(db)


def _held(db: Database) -> int:
    found = one(db, "select count(*) as n from claims")
    return found["n"] if found else 0


@contextmanager
def _cached(db: Database, claims: int) -> Iterator[None]:
    """More of the file in memory: the keys of claims and wordings are digests, which stand all over their indexes."""
    [before] = db.execute("pragma cache_size").fetchone()
    db.execute(f"pragma cache_size = -{min(max(claims // CLAIMS, LEAST), MOST)}")
    try:
        yield
    finally:
        db.execute(f"pragma cache_size = {before}")
