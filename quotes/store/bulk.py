"""Saving very many articles at once: one transaction, indexes and counts made anew instead of entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from quotes.models import Article, Claim, Report, Run, Skipped
from quotes.store import checking, tallying, writing
from quotes.store.selectors import UnstorableError
from quotes.store.statements import every, one

Record = tuple[Article | Skipped, list[Claim] | Skipped, Run]

WORTHWHILE = 4  # an index is made anew when so many times fewer claims are held than come
CACHE = 256 * 1024  # kilobytes
UNASKED = {
    *("articles_by_input", "articles_by_url", "articles_by_where", "articles_by_publisher", "articles_by_day"),
    *("claims_by_speaker", "claims_as_found", "claims_counted", "claims_in_order"),
}  # indexes for reading


def load(db: Database, records: Iterable[Record], claims: int, now: str) -> Report:
    """See ``Store.load``; the caller holds the transaction."""
    counts: Counter[str] = Counter()
    modes: Counter[str] = Counter()
    skipped = []
    with _cached(db), _deferred(db, claims):
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
def _deferred(db: Database, claims: int) -> Iterator[None]:
    """Indexes that saving never asks, and triggers of search and kept counts, out of the way while many claims come.

    An error rolls all of it back.
    """
    held = one(db, "select count(*) as n from claims") or {"n": 0}
    if claims * WORTHWHILE < held["n"]:
        yield
        return
    kept = tallying.triggers()
    indexes = [made for made in every(db, _MADE, "index") if made["name"] in UNASKED]
    triggers = [made for made in every(db, _MADE, "trigger") if made["name"] in kept or "_fts " in made["sql"]]
    for made in (*indexes, *triggers):
        db.execute(f"drop {made['type']} {made['name']}")
    before = db.conn.total_changes
    yield
    changed = db.conn.total_changes > before
    for made in indexes:
        db.execute(made["sql"])
    if changed:
        checking.reindex(db)
        tallying.rebuild(db)
    for made in triggers:
        db.execute(made["sql"])


_MADE = "select type, name, sql from sqlite_master where type = ? and sql is not null"


@contextmanager
def _cached(db: Database) -> Iterator[None]:
    """More of the file in memory: the keys of claims and wordings are digests, which stand all over their indexes."""
    [before] = db.execute("pragma cache_size").fetchone()
    db.execute(f"pragma cache_size = -{CACHE}")
    try:
        yield
    finally:
        db.execute(f"pragma cache_size = {before}")
