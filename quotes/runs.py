"""An article cut where the marks of its claims begin and end: for pages that show it with its claims.

Marks of claims may nest, break and overlap; runs never do. Whatever is marked, the runs of an article are its text.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quotes.models import Extent
from quotes.offsets import paragraphs

Row = Mapping[str, Any]
Role = Literal["source", "cue", "content"]

ROLES: dict[str, Role] = {"content": "content", "cue_extents": "cue", "source_extents": "source"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One role of the ``number``-th claim of the article."""

    number: int
    role: Role


@dataclass(frozen=True, slots=True)
class Run:
    """Words under the same marks; ``opens`` are the claims whose first word of content is the first of these."""

    words: str
    marks: tuple[Mark, ...]
    opens: tuple[int, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that lie on it, each once."""
        return tuple(dict.fromkeys(mark.role for mark in self.marks))

    @property
    def owner(self) -> int | None:
        """The claim whose colour it has: the last to begin, which is the innermost where they nest."""
        return max((mark.number for mark in self.marks), default=None)

    @property
    def depth(self) -> int:
        """How many contents lie on it."""
        return sum(mark.role == "content" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the article, and the numbers of the claims that begin in it."""

    runs: tuple[Run, ...]
    claims: tuple[int, ...]


def paragraphed(text: str, claims: Sequence[Row]) -> list[Paragraph]:
    """Paragraphs with their runs; claims are rows of the store in reading order, extents code points of ``text``."""
    opens = defaultdict[int, list[int]](list)
    for number, claim in enumerate(claims):
        opens[claim["start"]].append(number)
    pieces, found = deque(marked(claims, len(text))), []
    for bounds in paragraphs(text):
        while pieces and pieces[0][0].end <= bounds.start:
            pieces.popleft()
        runs = tuple(_within(text, bounds, pieces, opens))
        found.append(Paragraph(runs, tuple(number for run in runs for number in run.opens)))
    return found


def marked(claims: Sequence[Row], end: int) -> Iterator[tuple[Extent, tuple[Mark, ...]]]:
    """A text of ``end`` code points in extents that lie under the same marks, in order."""
    changes = defaultdict[int, list[tuple[bool, Mark]]](list)
    for number, claim in enumerate(claims):
        for column, role in ROLES.items():
            for start, stop, _ in claim[column]:
                changes[start].append((True, Mark(number, role)))
                changes[stop].append((False, Mark(number, role)))
    at, active = 0, dict[Mark, int]()
    for place in sorted({*changes, end}):
        if at < place:
            yield Extent(at, place), tuple(mark for mark, open_ in active.items() if open_)
        for begins, mark in changes[place]:
            active[mark] = active.get(mark, 0) + (1 if begins else -1)
            if not active[mark]:
                del active[mark]
        at = place


def _within(
    text: str, bounds: Extent, pieces: deque[tuple[Extent, tuple[Mark, ...]]], opens: Mapping[int, list[int]]
) -> Iterator[Run]:
    for extent, marks in pieces:
        if extent.start >= bounds.end:
            return
        cut = Extent(max(extent.start, bounds.start), min(extent.end, bounds.end))
        if cut.start < cut.end:
            yield Run(cut.of(text), marks, tuple(opens.get(cut.start, ())))
