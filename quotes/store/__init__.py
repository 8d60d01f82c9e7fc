"""The claims database: one SQLite file with every article, claim, speaker, run and review. SQL lives in this package.

>>> with Store("quotes.db", create=True) as store:        # doctest: +SKIP
...     store.save(article, claims, run)
...     for row in store.claims(Filters(speaker="McGurk")):
...         print(row["speaker"], row["quote"])

Rows are plain dictionaries. A claim's row has the keys of ``COLUMNS`` (the columns of the view ``who_said_what`` and
of CSV, in that order) and then those of ``DETAILS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quotes.models import Article, Claim, Extents, Report, Review, Run, Skipped, Visit
from quotes.store import (
    bulk,
    candidates,
    carrying,
    checking,
    counting,
    curation,
    finding,
    grouping,
    naming,
    reading,
    recalling,
    recent,
    reviewing,
    searching,
    suggesting,
    visits,
    writing,
)
from quotes.store.bulk import Record
from quotes.store.candidates import Shared
from quotes.store.columns import COLUMNS, DETAILS
from quotes.store.connection import Told, connect, immediate, translated
from quotes.store.filters import STATUSES, Filters, near_names, speakers_named
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


def utc_now() -> datetime:
    """The time that rows are stamped with."""
    return datetime.now(UTC)


class Store:
    """An open claims database.

    ``create`` makes the file when there is none; without it a missing file is a UsageError and nothing is made.
    ``readonly`` opens without the right to write. ``told`` is given a sentence before what takes long: bringing a large
    file of an older version up to date. ``clock`` gives the time that new rows are stamped with. Raises
    UsageError (no such database), StoreError (not ours, damaged, made by a newer version, locked for 30 s, disk full).
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        readonly: bool = False,
        told: Told | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.path = Path(path)
        self.clock = clock
        self.db = connect(self.path, create=create, readonly=readonly, told=told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self.db.conn.close()

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
        how many come: when they are many beside those held, the search index is made anew at the end, which is quicker
        than entry by entry. What is held is left as it is.
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

    # Speakers: what people decide, logged and undoable

    def speaker(self, key: str | int) -> Row:
        """One speaker by number, whole name, or words of one of the names, as merges have it now.

        Keys: speaker_id, speaker, speaker_kind, scope, only_in (the title of the only article, of those who belong to
        one), names (all of them). Raises UsageError when there is none, with near names, or when several may be meant.
        """
        with translated(self.path):
            return finding.find(self.db, key)

    def merge(self, *keys: str | int, reviewer: str) -> Row:
        """Take all these speakers for the last of them from now on, in new articles too; the entry of the log.

        What was extracted is not changed. Raises UsageError when they are one already.
        """
        return self._curate(curation.merge, keys, by=reviewer)

    def split(
        self,
        key: str | int,
        *,
        articles: Sequence[str | int] = (),
        claims: Sequence[str | int] = (),
        name: str | None = None,
        reviewer: str,
    ) -> Row:
        """Take what a speaker says in these articles, or these claims, for somebody else's; the entry of the log.

        That is the speaker who bears ``name``, or a new one of that name, or of the same name. It holds for new
        versions and runs. Raises UsageError for an article or claim that is not the speaker's.
        """
        return self._curate(curation.split, key, articles=articles, claims=claims, name=name, by=reviewer)

    def rename(self, key: str | int, name: str, *, reviewer: str) -> Row:
        """Show a speaker under another name; the old ones still find it. The entry of the log."""
        return self._curate(curation.rename, key, name, by=reviewer)

    def alias(self, key: str | int, name: str, *, reviewer: str) -> Row:
        """Find a speaker by another name too. The entry of the log."""
        return self._curate(curation.alias, key, name, by=reviewer)

    def retract(self, entry: int | None = None, *, reviewer: str) -> Row:
        """Undo an entry of the log, or the last one in effect; an undo can be undone by its number.

        The entry of the log. Raises UsageError when there is none, or it was undone.
        """
        return self._curate(curation.retract, entry, by=reviewer)

    def curations(self) -> Iterator[Row]:
        """The log of decisions on speakers, newest first, which is only ever added to.

        Keys: id, action, detail (dict: numbers and names as they were), undoes, reviewer, at, active, undone_by, what
        (in words).
        """
        return self._rows(lambda db: iter(curation.log(db)))

    def suggestions(self, limit: int | None = None) -> Iterator[Row]:
        """Pairs of speakers who may be one, most telling first; none that the names, or one article, tell apart.

        Keys: score, speaker_id, speaker, speaker_kind, claims, the same with ``other_`` before, evidence_for,
        evidence_against, command (what to type to merge them).
        """
        return self._rows(suggesting.suggest, limit)

    # Reading

    def visited(self, url: str) -> Visit | None:
        """What is remembered of a web address; None if it was never read."""
        with translated(self.path):
            return visits.visited(self.db, url)

    def article_at(self, url: str) -> Article | None:
        """The newest version of the article that was read at a web address; None if it is not stored."""
        with translated(self.path):
            return visits.article_at(self.db, url)

    def claims(self, filters: Filters | None = None) -> Iterator[Row]:
        """Current claims as rows of COLUMNS + DETAILS, by article and then in reading order."""
        return self._rows(reading.claims, filters or Filters())

    def count(self, filters: Filters | None = None) -> int:
        """How many claims ``claims`` would give without its limit."""
        with translated(self.path):
            return reading.count(self.db, filters or Filters())

    def stamp(self) -> tuple[int, ...]:
        """Numbers that are others once claims, whom they are of, or reviews have changed."""
        with translated(self.path):
            return reading.stamp(self.db)

    def search(self, query: str, filters: Filters | None = None, order: searching.Order = "relevance") -> Iterator[Row]:
        """Claims whose quote, context or speaker has every word of ``query``.

        Best first, or those read last first when there are very many; by ``"date"`` those published last first.

        ``"a phrase"`` in marks, ``word*`` for beginnings, ``-word`` to exclude; nothing else is syntax. Each row has,
        besides a claim's keys, ``quote_hits`` and ``context_hits``: ``[start, end]`` pairs within these two strings.
        Raises UsageError when no word is left to look for.
        """
        return self._rows(searching.search, searching.parse(query), filters or Filters(), order)

    def near_words(self, word: str) -> list[str]:
        """Words of claims, three at most, that are spelt much like one that no claim has."""
        with translated(self.path):
            return searching.near_words(self.db, word)

    def claim(self, key: int | str) -> Row:
        """One claim by claim_id, an unambiguous beginning of it, or row number; the newest row, current or not.

        Raises UsageError when there is none, or more than one.
        """
        with translated(self.path):
            return reading.claim(self.db, key)

    def appearances(self, key: int | str) -> Iterator[Row]:
        """Where else a claim's quotation stands: current claims of other articles, by day of publication.

        Rows as of ``claims``, with ``likeness`` (1 for the same words, less for nearly the same, beside one of them),
        ``alike`` (whether the words are this claim's) and ``wire`` (whether the whole paragraph is the same).
        ``key`` as for ``claim``.
        """
        return self._rows(grouping.appearances, self.claim(key)["claim_id"])

    def article(self, key: int | str) -> Row:
        """One article with its text, by uid or its beginning, row number, input id, url, place, or words of its title.

        Keys: those of ``articles()`` and ``text``, ``notes`` (list). Raises UsageError when none or several match.
        """
        with translated(self.path):
            return reading.article(self.db, key)

    def articles(self, filters: Filters | None = None) -> Iterator[Row]:
        """Newest versions, in the order of their first reading.

        Keys: id, uid, input_id, title, publisher, byline, published, url, where, language, credit, sha256, added,
        version, characters, claims (statements only). Of the filters, all that concern their claims hold too.
        """
        return self._rows(reading.articles, filters or Filters())

    def documents(self, filters: Filters | None = None) -> Iterator[tuple[Row, list[Row]]]:
        """Articles with the claims that pass the filters, one article in memory at a time; those without are left out.

        An article's keys are those of ``article()``.
        """
        for number, claims in groupby(self.claims(filters), key=itemgetter("article_id")):
            yield reading.article_numbered(self.db, number), list(claims)

    def saved(self) -> Iterator[Article]:
        """The newest version of every article as it was read, in the order of first reading."""
        for number in [row["id"] for row in self._rows(reading.newest)]:
            yield reading.as_read(self.db, number)

    def names(self, beginning: str, limit: int = 50) -> list[str]:
        """Names of speakers that begin so, folded, in order."""
        return [row["name"] for row in self._rows(naming.beginning_with, beginning, limit)]

    def name_words(self, beginning: str, limit: int = 50) -> list[str]:
        """Words of speakers' names that begin so, folded, in order: for a shell, to which a space ends a word."""
        with translated(self.path):
            return naming.words_beginning(self.db, beginning, limit)

    def newest_articles(self, limit: int, after: int | None = None) -> Iterator[Row]:
        """Articles as ``articles`` has them, the last published first, those without a date at the end.

        ``after``: the ``id`` of the last row of the page before.
        """
        return self._rows(recent.articles, limit, after)

    def newest_claims(self, filters: Filters) -> Iterator[Row]:
        """Claims as ``claims`` has them, those of the article published last first; ``offset`` does not matter."""
        return self._rows(recent.claims, filters)

    def speakers(self, filters: Filters | None = None, *, apart: bool = True) -> Iterator[Row]:
        """Speakers of the claims that pass the filters, most claims first; claims without a speaker are left out.

        Keys: speaker_id, speaker, speaker_kind, role (the most frequent), claims, direct, indirect, mixed, articles,
        outlets, first, last (days of publication, or None), speakers. Unless ``apart``, those without a name of their
        own ("officials" of several articles) are one row of so many ``speakers``, with the number of none.
        """
        return self._rows(reading.speakers, filters or Filters(), apart)

    def names_anyone(self, name: str) -> bool:
        """Whether anybody has every word of this name."""
        with translated(self.path):
            return bool(speakers_named(self.db, name))

    def near_names(self, name: str) -> list[str]:
        """Names of speakers, three at most, that are spelt much like this one: for suggesting, never for finding."""
        with translated(self.path):
            return near_names(self.db, name)

    # Counting

    def timeline(
        self, query: str | None = None, filters: Filters | None = None, unit: counting.Unit = "month"
    ) -> Iterator[Row]:
        """Claims by day, week, month or year of publication, in order; ``query`` as for ``search``.

        Keys: period ("2024-03", a week by its Monday), claims, direct, mixed, indirect, articles. Those without a date
        as exact as the unit are left out: ``undated`` counts them.
        """
        return self._rows(counting.timeline, searching.parse(query) if query else None, filters or Filters(), unit)

    def undated(self, query: str | None = None, filters: Filters | None = None, unit: counting.Unit = "month") -> int:
        """How many claims ``timeline`` leaves out for want of a date as exact as the unit."""
        with translated(self.path):
            return counting.undated(self.db, searching.parse(query) if query else None, filters or Filters(), unit)

    def outlets(self, filters: Filters | None = None) -> Iterator[Row]:
        """Outlets of the claims that pass: publisher (None where unknown), claims, articles."""
        return self._rows(counting.outlets, filters or Filters())

    def unnamed(self, filters: Filters | None = None) -> Iterator[Row]:
        """Unnamed sources of the claims that pass: publisher, speaker, claims, example (a claim's row number).

        They speak, or somebody else cites them or speaks through them; a claim counts once.
        """
        return self._rows(counting.unnamed, filters or Filters())

    def reasoned(self, filters: Filters, most: int) -> Iterator[Row]:
        """Claims with unnamed sources that may say why they are not named: id, publisher, speaker, context.

        At most so many, by row number.
        """
        return self._rows(counting.reasoned, filters, most)

    def runs(self) -> Iterator[Row]:
        """What extracted, oldest first: id, version, model, options, started, articles, claims, skips."""
        return self._rows(reading.runs)

    def skips(self) -> Iterator[Row]:
        """Inputs that were not read: where, reason, at."""
        return self._rows(reading.skips)

    # Reviewing

    def review(self, key: int | str, said: Review, reviewer: str) -> Row:
        """Add a review to a claim, and give its row as it then is; saying the same twice adds nothing.

        Reviews are only ever added: the latest holds, ``history`` keeps all. Raises UsageError where there is no such
        claim or speaker, or where ``said.content`` is not in the article's text.
        """
        with self._writing():
            return reviewing.review(self.db, key, said, reviewer, self._now())

    def review_all(
        self, reviews: Iterable[tuple[str, Review, int]], reviewer: str, *, partly: bool = False, trial: bool = False
    ) -> list[Problem]:
        """Add reviews of many claims, each with the revision it starts from, in one transaction.

        Returns what stands against it: a claim reviewed since, a speaker that cannot be told. Then nothing is written,
        or with ``partly`` the others are; with ``trial`` nothing in any case.
        """
        with translated(self.path):
            return reviewing.review_all(self.db, reviews, reviewer, self._now(), partly=partly, trial=trial)

    def as_of(self, key: int | str, revision: int) -> Row:
        """What people edit of a claim, as it was after a review: status, speaker, quote, verdict, notes, tags."""
        with translated(self.path):
            return reviewing.as_of(self.db, reading.claim(self.db, key)["claim_id"], revision)

    def undo(self, key: int | str, reviewer: str) -> Row:
        """Take back the last review of a claim that stands, by a row more. Raises UsageError where none does."""
        with self._writing():
            return reviewing.undo(self.db, key, reviewer, self._now())

    def history(self, key: int | str) -> list[Row]:
        """Reviews of a claim, oldest first.

        Keys: id, status, speaker_id, speaker, unattributed, content (JSON or None), verdict, notes, tags, undoes and
        undone (ids), moved_from, reviewer, at; None where a review changes nothing.
        """
        with translated(self.path):
            return reviewing.history(self.db, reading.claim(self.db, key)["claim_id"])

    def pending(self, filters: Filters | None = None) -> Row | None:
        """The next claim that nobody has reviewed, or whose reviews moved to it; ``filters.after`` goes on from one."""
        with translated(self.path):
            return reviewing.pending(self.db, filters or Filters())

    def progress(self, filters: Filters | None = None) -> tuple[int, int]:
        """How many claims are reviewed, of how many."""
        with translated(self.path):
            return reviewing.progress(self.db, filters or Filters())

    def anchored(self, key: int | str, words: str) -> Extents:
        """Where words stand in the article of a claim, next to its quote; a broken quote has `` … `` between pieces.

        Raises UsageError where they are not in the text, or in several places and none of them at the quote.
        """
        with translated(self.path):
            return reviewing.anchored_at(self.db, reading.claim(self.db, key), words)

    def moved(self) -> Iterator[Row]:
        """Claims with the reviews of another claim, overlapping words of an earlier run, that nobody confirmed yet.

        Keys: a claim's, and ``was``, the row of that other claim.
        """
        return self._rows(carrying.moved)

    def lost(self) -> Iterator[Row]:
        """Reviewed claims that are no longer found: of an earlier run, or of an earlier version of the article.

        Keys: a claim's, and ``newer``, whether its article has a newer version.
        """
        return self._rows(carrying.lost)

    def judged(self) -> Iterator[Row]:
        """What the machine had found of each claim that a person accepted, rejected or corrected, and what was right.

        Keys: kind, detector, confidence, claim, extent and speaker (bool; None for speaker where none was found).
        """
        return self._rows(reviewing.judged)

    # Comparing

    def sharing(self, words: Sequence[str], filters: Filters | None = None) -> list[Shared]:
        """Current claims that share the most telling of some words, in their order: see ``candidates.sharing``.

        What passes the filters is for ``chosen`` to say; a speaker or an article is looked for first.
        """
        with translated(self.path):
            return candidates.sharing(self.db, words, filters or Filters())

    def telling(self, words: Iterable[str]) -> dict[str, float]:
        """How much each of some words tells that claims have: 0 where it is in every text, or in very many."""
        with translated(self.path):
            return candidates.telling(self.db, words)

    def chosen(self, ids: Sequence[int], filters: Filters | None = None) -> list[Row]:
        """Of the claims with these row numbers those that pass the filters, as ``claims`` gives them, in this order."""
        with translated(self.path):
            return candidates.chosen(self.db, ids, filters or Filters())

    def quotes(self, ids: Sequence[int]) -> Iterator[Row]:
        """The words of the claims with these row numbers, in this order: id, quote."""
        return self._rows(candidates.quotes, ids)

    def texts(self, passage: str) -> list[Row]:
        """Articles whose text has the telling words of a passage, all or all but one: see ``candidates.texts``."""
        with translated(self.path):
            return candidates.texts(self.db, passage)

    # Trust

    def verify(self) -> Iterator[Problem]:
        """Everything that is not as it was stored: texts, words at their extents, references, indexes, and what is
        kept of them: speakers, counts, groups of like claims and the keys by which these are found. Linear.

        The search indexes are checked only where the file may be written: SQLite's own check counts as writing.
        """
        with translated(self.path):
            yield from checking.verify(self.db, self.path)

    def health(self) -> Row:
        """For ``doctor``: path, bytes, schema (its version), sqlite, journal, rows by table, words, problems.

        ``problems`` are sentences, each with what to do; of the stored words, those of the newest articles are checked,
        and ``words`` says of how many.
        """
        with translated(self.path):
            return checking.health(self.db, self.path)

    def reindex(self) -> None:
        """Make anew what follows from the articles and claims: search indexes, kept counts, groups of like claims."""
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

    def _rows(self, query: Callable[..., Iterator[Row]], *arguments: Any) -> Iterator[Row]:
        with translated(self.path):
            yield from query(self.db, *arguments)

    def _curate(self, action: Callable[..., Row], *arguments: Any, by: str, **options: Any) -> Row:
        with self._writing():
            return action(self.db, *arguments, by={"reviewer": by, "at": self._now()}, **options)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with translated(self.path), immediate(self.db):
            yield

    def _now(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")
