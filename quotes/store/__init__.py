"""The claims database: one SQLite file with every article, claim, speaker, run and review. SQL lives in this package.

>>> with Store("quotes.db", create=True) as store:        # doctest: +SKIP
...     store.save(article, claims, run)
...     for row in store.claims(Filters(speaker="McGurk")):
...         print(row["speaker"], row["quote"])

Rows are plain dictionaries. A claim's row has the keys of ``COLUMNS`` (the columns of the view ``who_said_what`` and
of CSV, in that order) and then those of ``DETAILS``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes.models import Article, Claim, Report, Run, Skipped, Visit
from quotes.store import bulk, checking, recalling, visits, writing
from quotes.store.asking import Asking
from quotes.store.bulk import Record
from quotes.store.candidates import Shared
from quotes.store.columns import COLUMNS, DETAILS
from quotes.store.connection import translated
from quotes.store.deciding import Deciding
from quotes.store.filters import STATUSES, Filters
from quotes.store.folding import fold
from quotes.store.schema import VERSION
from quotes.store.selectors import Problem, UnstorableError
from quotes.store.writing import Outcome

__all__ = [
    "COLUMNS",
    "DETAILS",
    "STATUSES",
    "VERSION",
    "Filters",
    "Outcome",
    "Problem",
    "Record",
    "Shared",
    "Store",
    "UnstorableError",
    "fold",
]

Row = dict[str, Any]


class Store(Asking, Deciding):
    """An open claims database.

    ``create`` makes the file when there is none; without it a missing file is a UsageError and nothing is made.
    ``readonly`` opens without the right to write. ``told`` is given a sentence before what takes long: bringing a large
    file of an older version up to date. ``clock`` gives the time that new rows are stamped with. Raises
    UsageError (no such database), StoreError (not ours, damaged, made by a newer version, locked for 30 s, disk full).
    """

    # Writing

    def save(self, article: Article, claims: Sequence[Claim], run: Run) -> Outcome:
        """Store an article with its claims in one immediate transaction: all of it, or nothing.

        "new": never seen. "duplicate": new, but its very text is stored from elsewhere; both are kept, as appearances
        of their own. "copy": new, but nearly the same as a stored one. "changed": a text not seen before of an article
        that was (same url, or else same place); every version is kept. "rerun": a text seen before, by another run;
        the old claims are kept and no longer current. "unchanged": nothing to do (metadata known only now is filled
        in).

        The newest version, whose claims are shown, is the text seen first last, unless it is known to be published
        before the one that was newest then; a text that comes again never changes that. Raises UnstorableError for a
        NUL, a lone surrogate or an extent outside the text.
        """
        with self._writing():
            return writing.save(self.db, article, claims, run, self._now())

    def skip(self, skipped: Skipped, run: Run | None = None) -> None:
        """Remember an input that was not read, once per place and reason."""
        with self._writing():
            writing.skip(self.db, skipped, run, self._now())

    def load(self, records: Iterable[Record], *, claims: int = 0) -> Report:
        """Save very many articles, extracted elsewhere, in one transaction: readers see none of them until the end.

        A record is an Article or Skipped, its claims (or why it is kept without), and the run. ``claims`` says about
        how many come: when they are many beside those held (a quarter or more), search indexes, kept counts and the
        indexes that only reading needs are made anew at the end, which is quicker than entry by entry. Meanwhile up to
        a kilobyte of the file for three claims, held and to come, stays in memory: 256 MB to 2 GB. What is held is left
        as it is.
        """
        with self._writing():
            return bulk.load(self.db, records, claims, self._now())

    def keep(self, article: Article, left_out: Skipped, run: Run) -> Outcome:
        """Store an article without claims, and why nothing was extracted from it; otherwise as ``save``."""
        with self._writing():
            return writing.keep(self.db, article, left_out, run, self._now())

    def foresee(self, article: Article, run: Run) -> Outcome:
        """What ``save`` would return; nothing is written."""
        with translated(self.path):
            return writing.foresee(self.db, article, run)

    def knows(self, article: Article, run: Run) -> bool:
        """Whether the claims of this text by this run are stored, of whatever article, so that ``recall`` has them."""
        with translated(self.path):
            return recalling.known(self.db, article, run) is not None

    def recall(self, article: Article, run: Run) -> list[Claim]:
        """The claims of this text as this run found them, of whatever article; saved again they give the same rows."""
        with translated(self.path):
            return recalling.recall(self.db, article, run)

    def holds(self, article: Article, run: Run) -> bool:
        """Whether saving this article's claims by this run would change nothing, so that they need not be computed."""
        with translated(self.path):
            return writing.holds(self.db, article, run)

    def visit(self, url: str, visit: Visit) -> None:
        """Remember what a web address answered, instead of what was remembered of it before."""
        with self._writing():
            visits.visit(self.db, url, visit, self._now())

    # Trust

    def verify(self) -> Iterator[Problem]:
        """Everything that is not as it was stored: texts, words at their extents, references, indexes, and what is
        kept of them: speakers, counts, groups of like claims and the keys by which these are found. Linear.

        It is read as it is when asked, on a connection of its own: others may write meanwhile, this store too. The
        search indexes are checked first, each in a moment of its own, and only where the file may be written: SQLite's
        own check counts as writing; others wait for it, 10 s a million claims. StoreError if another writes for 30 s.
        """
        with translated(self.path):
            yield from checking.verify(self.path)

    def health(self) -> Row:
        """For ``doctor``: path, bytes, schema (its version), sqlite, journal, rows by table, words, problems.

        ``problems`` are sentences, each with what to do; of the stored words, those of the newest articles are checked,
        and ``words`` says of how many.
        """
        with translated(self.path):
            return checking.health(self.path)

    def reindex(self) -> None:
        """Make anew what follows from the articles and claims: search indexes, kept counts, groups of like claims.

        Articles, claims, speakers and reviews stay as they are; groups get new ids, and the time of now.
        """
        with self._writing():
            bulk.remake(self.db, self._now())

    def schema(self) -> str:
        """The tables, indexes, triggers and views, as SQL."""
        with translated(self.path):
            return checking.schema(self.db)

    def backup(self, path: str | Path) -> None:
        """Copy the database, whole and consistent, to a file that does not exist yet (UsageError if it does)."""
        with translated(self.path):
            checking.backup(self.db, Path(path))
