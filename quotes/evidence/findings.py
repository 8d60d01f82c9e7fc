"""Claims that have the words of a passage, or nearly: looked up, compared word by word, and put in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

from quotes.errors import UsageError
from quotes.evidence.changes import Change, ChangeKind, Likeness, Part
from quotes.evidence.comparison import MOST_WORDS, compare
from quotes.store import Filters, Shared, Store
from quotes.store.wording import words

Row = dict[str, Any]
Grade = Literal["exact", "near", "idea", "part"]
GRADES: tuple[Grade, ...] = ("exact", "near", "idea", "part")

DEEP = 60  # quotes, each in however many claims, that are compared in full
LONGEST = 10_000  # code points of a quote that choose it
NEAR = 0.7  # share of words that agree
NEGATED = 0.6  # and of those that agree but for a "not": these few are then what matters
FEW = 3  # words below which nothing is nearly the same
REWORDED: tuple[ChangeKind, ...] = ("negation", "opposite", "number")
SENTENCE = re.compile(r"[.?!][\"'”’)\]]*\s")  # where one ends
IDEA, TELLING = 0.5, 3  # share of what telling words tell, and how many at least


@dataclass(frozen=True)
class Finding:
    """Claims that have the words: one, or several of a speaker in an article over which they run.

    ``teller``: the claim of another speaker inside whose quotation it stands, as what somebody else says.
    """

    rows: tuple[Row, ...]
    text: str
    likeness: Likeness
    grade: Grade
    shared: tuple[str, ...] = ()
    teller: Row | None = None

    @property
    def row(self) -> Row:
        """The claim, or the first of several."""
        return self.rows[0]

    @property
    def reworded(self) -> Change | None:
        """The first change that makes another statement of nearly the same words, if there is one."""
        changes = self.likeness.changes if self.grade == "near" else ()
        return next((change for change in changes if change.kind in REWORDED), None)

    @property
    def stitched(self) -> bool:
        """Whether words between its claims are passed over, so that pieces of them were put together."""
        return len(self.rows) > 1 and any(change.kind in ("omission", "ellipsis") for change in self.likeness.changes)

    @property
    def spliced(self) -> bool:
        """Whether words between two sentences or claims are passed over, and no ellipsis says so."""
        left_out = {change.printed for change in self.likeness.changes if change.kind == "omission"}
        parts = self.likeness.parts
        return any(
            part.kind == "printed" and part.printed.of(self.text) in left_out and self._parted(one, other)
            for one, part, other in zip(parts, parts[1:], parts[2:], strict=False)
        )

    def _parted(self, one: Part, other: Part) -> bool:
        bounds = accumulate(len(row["quote"]) + 1 for row in self.rows)
        ended = SENTENCE.search(self.text, one.printed.end, other.printed.start)
        return bool(ended) or any(one.printed.end < bound <= other.printed.start for bound in bounds)

    @property
    def unsaid(self) -> bool:
        """Whether an article says of one of its claims that this was not said."""
        return any(row["negated"] and not row["undenied"] for row in self.rows)

    @property
    def undenied(self) -> str:
        """The words with which the source of one of its claims does not deny it, nor say it; empty where none does."""
        return next((row["undenied"] for row in self.rows if row["undenied"]), "")

    @property
    def denial(self) -> str:
        """The cue of the first of its claims that is what its source denies; empty where none is."""
        return next((row["cue"] for row in self.rows if row["denied"]), "")

    @property
    def denied(self) -> bool:
        """Whether one of its claims was not said, or is what its source denies, or does not deny."""
        return self.unsaid or bool(self.denial or self.undenied)

    @property
    def order(self) -> tuple[object, ...]:
        """Best first, what was not said after what was; among equals the earliest, and what has no date last."""
        day, likeness = self.row["published"], self.likeness
        turned = self.denied or self.teller is not None or bool(self.likeness.under) or self.spliced
        standing = (True, False) if self.grade not in ("exact", "near") else (False, turned)
        alike = GRADES.index(self.grade), -likeness.similarity, -likeness.same
        return *standing, *alike, not day, day, self.row["id"]


def surfaces(passage: str) -> list[str]:
    """The words of a passage as they stand in it. Raises UsageError where there are none, or too many to compare."""
    found = words(passage)
    if not found:
        raise UsageError("there is no word to look for", 'quotes check "the words that somebody is said to have said"')
    if len(found) > MOST_WORDS:
        raise UsageError(f"more than {MOST_WORDS} words", "check a passage of it at a time")
    return [passage[word.start : word.end] for word in found]


def find(store: Store, passage: str, filters: Filters) -> list[Finding]:
    """Every claim that has the words, nearly has them, shares telling ones, or has a part of them; best first."""
    shared = {one.id: one for one in store.sharing(surfaces(passage), filters)}
    rows = standing(store.chosen(list(shared), filters), filters)
    quotes = {shared[row["id"]].quote for row in rows}  # of those that pass: others must not crowd them out
    compared = {text: compare(passage, text) for text in closest_texts(passage, quotes)}
    found = []
    for row in rows:
        one = shared[row["id"]]
        if one.quote in compared and (grade := graded(compared[one.quote], one)):
            found.append(Finding((row,), one.quote, compared[one.quote], grade, one.words))
    return sorted(found, key=lambda finding: finding.order)


def standing(rows: Iterable[Row], filters: Filters) -> list[Row]:
    """Claims without those that a person rejected, unless it is these that are asked for."""
    return [row for row in rows if row["status"] != "rejected" or filters.status == "rejected"]


def graded(likeness: Likeness, shared: Shared | None = None) -> Grade | None:
    """How a passage stands to a claim; None where it has nothing to do with it."""
    if likeness.exact:
        return "exact"
    turned = likeness.unnegated > likeness.similarity and likeness.unnegated >= NEGATED
    if likeness.verbatim or ((turned or likeness.similarity >= NEAR) and likeness.same >= FEW):
        return "near"
    if shared and shared.weight >= IDEA and len(shared.words) >= TELLING:
        return "idea"
    return "part" if likeness.same >= FEW else None


def closest_texts(passage: str, texts: Iterable[str]) -> Iterator[str]:
    """The DEEP texts that hold most of the passage, letter by letter: quick, and no worse than words to choose by."""
    from rapidfuzz import fuzz, process

    candidates = sorted(texts)
    lower = [text[:LONGEST].lower() for text in candidates]
    for _, _, nth in process.extract(passage.lower(), lower, scorer=fuzz.partial_ratio, processor=None, limit=DEEP):
        yield candidates[nth]
