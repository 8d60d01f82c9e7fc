"""What can be asked of a database: claims, articles, speakers, counts, and what shares words with a passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from quotes.models import Article, Visit
from quotes.store import candidates, counting, grouping, naming, reading, recent, searching, visits
from quotes.store.access import Access
from quotes.store.candidates import Shared
from quotes.store.connection import translated
from quotes.store.filters import Filters, near_names, near_publishers, publishers_named, speakers_named

Row = dict[str, Any]


class Asking(Access):
    """The part of ``Store`` that only reads."""

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

    def passes(self, filters: Filters | None = None) -> bool:
        """Whether any claim passes, whatever the limit."""
        with translated(self.path):
            return reading.passes(self.db, filters or Filters())

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

    def names_outlet(self, name: str) -> bool:
        """Whether the name of any outlet has this in it."""
        with translated(self.path):
            return bool(publishers_named(self.db, name))

    def near_outlets(self, name: str) -> list[str]:
        """Names of outlets, three at most, that are spelt much like this one: for suggesting, never for finding."""
        with translated(self.path):
            return near_publishers(self.db, name)

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
        """Claims with unnamed sources that may say why they are not named.

        Keys: id, publisher, speaker, article_id, context, context_start, source_start (offset of the source's words in
        the article). At most so many, by row number.
        """
        return self._rows(counting.reasoned, filters, most)

    def runs(self) -> Iterator[Row]:
        """What extracted, oldest first: id, version, model, options, started, articles, claims, skips."""
        return self._rows(reading.runs)

    def skips(self) -> Iterator[Row]:
        """Inputs that were not read: where, reason, at."""
        return self._rows(reading.skips)

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

    def texts(self, passage: str, filters: Filters | None = None) -> list[Row]:
        """Articles whose text has the telling words of a passage, all or all but one: see ``candidates.texts``."""
        with translated(self.path):
            return candidates.texts(self.db, passage, filters or Filters())
