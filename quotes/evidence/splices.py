"""A quotation put together from what one person said in two places or more: where each part of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from quotes.evidence.comparison import compare
from quotes.evidence.editing import mended
from quotes.evidence.findings import FEW, SENTENCE, Finding, Row
from quotes.lexicon import load
from quotes.models import Extent
from quotes.store.wording import Word

MOST = 4  # parts of a splice
JOINING = 1  # words between two parts ("and") that stand in neither


@dataclass(frozen=True)
class Piece:
    """A run of the alleged words, and a claim that has it."""

    alleged: Extent
    finding: Finding


@dataclass(frozen=True)
class _Said:
    """A claim as it is looked through: its row and its words, folded, with where each stands."""

    row: Row
    words: Sequence[Word]
    places: dict[str, list[int]] = field(default_factory=dict)

    def longest(self, wanted: Sequence[str]) -> tuple[int, int]:
        """Where the longest beginning of some words stands, and how many of them it has."""
        runs = [(self._run(at, wanted), -at) for at in self.places.get(wanted[0], ())]
        size, at = max(runs, default=(0, 0))
        return -at, size

    def _run(self, at: int, wanted: Sequence[str]) -> int:
        both = zip(range(at, len(self.words)), wanted, strict=False)
        return sum(1 for _ in takewhile(lambda pair: self.words[pair[0]].folded == pair[1], both))


_Part = tuple[int, int, _Said, int]  # where in the alleged words, how many of them, which claim, and where in it


def spliced(alleged: str, found: Sequence[Finding]) -> tuple[Piece, ...]:
    """The parts of a quotation that one speaker's claims have word for word, but not together; empty where none do.

    Every part has FEW words or more.
    """
    speakers: dict[int, list[_Said]] = {}
    for finding in found:
        if finding.row["speaker_id"] is not None and len(finding.rows) == 1:
            speakers.setdefault(finding.row["speaker_id"], []).append(_said(finding.row))
    wanted = mended(alleged)
    covers = [parts for said in speakers.values() if (parts := _cover([word.folded for word in wanted], said))]
    apart = [parts for parts in covers if len(parts) > 1 and not _together(parts)]
    if not apart:
        return ()
    return tuple(_piece(alleged, wanted, part) for part in min(apart, key=len))


def _said(row: Row) -> _Said:
    said = _Said(row, mended(row["quote"]))
    for at, word in enumerate(said.words):
        said.places.setdefault(word.folded, []).append(at)
    return said


def _cover(wanted: Sequence[str], said: Sequence[_Said]) -> list[_Part]:
    """The whole of some words, run by run from the first on, each the longest that a claim has."""
    joining = load().modifiers["opener"] | load().modifiers["joining"]
    parts: list[_Part] = []
    at = skipped = 0
    while at < len(wanted):
        near = parts[-1][2].row["article_id"] if parts else None
        runs = [(one, *one.longest(wanted[at:])) for one in said]
        one, place, size = max(runs, key=lambda run: (run[2], run[0].row["article_id"] == near, -run[0].row["id"]))
        if size >= FEW and len(parts) < MOST:
            parts.append((at, size, one, place))
            at, skipped = at + size, 0
        elif parts and skipped < JOINING and wanted[at] in joining and at + 1 < len(wanted):
            at, skipped = at + 1, skipped + 1
        else:
            return []
    return parts


def _together(parts: Sequence[_Part]) -> bool:
    """Whether they follow each other within one sentence of one claim."""
    return all(
        one[2] is other[2]
        and one[3] < other[3]
        and not SENTENCE.search(one[2].row["quote"], one[2].words[one[3] + one[1] - 1].end, _start(other))
        for one, other in pairwise(parts)
    )


def _start(part: _Part) -> int:
    return part[2].words[part[3]].start


def _piece(alleged: str, wanted: Sequence[Word], part: _Part) -> Piece:
    at, size, said, _ = part
    extent = Extent(wanted[at].start, wanted[at + size - 1].end)
    likeness = compare(extent.of(alleged), said.row["quote"])
    return Piece(extent, Finding((said.row,), said.row["quote"], likeness, "exact"))
