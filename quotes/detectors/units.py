"""Quotations as one says them: the outermost ones that are speech, over all paragraphs that open their marks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.detectors.marks import Quotation
from quotes.models import Extent, Extents

NESTED = " \xa0\"”’'»›"  # what may stand between the last words and the closing mark


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotation with all its paragraphs, and the last character inside it (a comma after it counts as inside)."""

    extents: Extents
    inner: Extent
    last: str

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.extents[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.extents[-1].end


def units(text: str, quotations: Sequence[Quotation]) -> list[Unit]:
    """Outermost quotations that are speech; one that opens marks again joins the one before it."""
    chains: dict[int, list[Quotation]] = {}
    for i, quotation in enumerate(quotations):
        if quotation.depth == 0 and quotation.form == "speech":
            chain = chains.pop(quotation.continues, []) if quotation.continues is not None else []
            chain.append(quotation)
            chains[i] = chain
    found = []
    for chain in sorted(chains.values(), key=lambda c: c[0].extent):
        inner = chain[-1].inner
        last = inner.of(text).rstrip(NESTED)[-1:]
        after = text[chain[-1].extent.end : chain[-1].extent.end + 1]
        found.append(Unit(tuple(q.extent for q in chain), chain[0].inner, after if after == "," else last))
    return found
