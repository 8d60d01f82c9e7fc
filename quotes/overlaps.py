"""How much extents share, and which attributions lie near each other in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from quotes.models import Attribution, Extents


class Near:
    """Attributions by the stretches of text that their contents lie in: few neighbours to look at, wherever one is."""

    STRETCH = 512  # code points; longer than most contents

    def __init__(self, attributions: Iterable[Attribution] = ()) -> None:
        self.attributions: list[Attribution] = []
        self.places: dict[int, list[int]] = defaultdict(list)
        for attribution in attributions:
            self.add(attribution)

    def add(self, attribution: Attribution) -> None:
        """Adds one to the end."""
        for stretch in self._stretches(attribution.content):
            self.places[stretch].append(len(self.attributions))
        self.attributions.append(attribution)

    def around(self, extents: Extents) -> list[int]:
        """Indices of those that may share a character with the extents, rising."""
        return sorted({i for stretch in self._stretches(extents) for i in self.places.get(stretch, ())})

    def _stretches(self, extents: Extents) -> range:
        return range(extents[0].start // self.STRETCH, extents[-1].end // self.STRETCH + 1)


def length(extents: Extents) -> int:
    """Characters in all."""
    return sum(e.end - e.start for e in extents)


def shared(a: Extents, b: Extents) -> int:
    """Characters in both."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def overlap(a: Extents, b: Extents) -> float:
    """Intersection over union, in characters."""
    both = shared(a, b)
    return both / (length(a) + length(b) - both) if both else 0.0
