"""What people decide: who is one with whom, and whether a claim is right. Logged, and undoable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from quotes.models import Extents, Review
from quotes.store import carrying, curation, finding, naming, reading, reviewing, suggesting
from quotes.store.access import Access
from quotes.store.connection import translated
from quotes.store.filters import Filters
from quotes.store.selectors import Problem

Row = dict[str, Any]


class Deciding(Access):
    """The part of ``Store`` that keeps decisions of people, and says which are due."""

    # Speakers

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

    # Reviewing

    def meant(self, who: str | int) -> Row | None:
        """The speaker whom a review means by a name or a number, as ``speaker`` has it; None for one yet unknown.

        Raises UsageError where several bear the name, and for what is only a part of a name.
        """
        with translated(self.path):
            number = naming.known(self.db, who)
            return None if number is None else finding.find(self.db, number)

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

    def _curate(self, action: Callable[..., Row], *arguments: Any, by: str, **options: Any) -> Row:
        with self._writing():
            return action(self.db, *arguments, by={"reviewer": by, "at": self._now()}, **options)
