"""How often the machine was right, by what people said of its claims: precision on their own news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import sqrt
from typing import Any

Row = Mapping[str, Any]

BANDS = (0.5, 0.7, 0.8, 0.9, 0.95)  # edges of confidence
Z = 1.96  # of 95 %


def judge(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Precision of claims, of extents and of speakers, over all and by kind, detector and band of confidence.

    Takes rows as ``Store.judged`` gives them. Keys: by, value, reviewed, right, precision, low, high, extents,
    speakers, named. ``right`` are claims that were not rejected, of these ``extents`` with the right words and
    ``speakers`` with the right speaker among those ``named``. ``low`` and ``high`` are Wilson's interval of 95 %.
    """
    groups: dict[tuple[str, str], list[Row]] = {("all", ""): []}
    for row in rows:
        groups["all", ""].append(row)
        for by, value in _keys(row):
            groups.setdefault((by, value), []).append(row)
    order = ("all", "kind", "detector", "confidence")
    return [_counted(*key, groups[key]) for key in sorted(groups, key=lambda key: (order.index(key[0]), key[1]))]


def _keys(row: Row) -> Iterator[tuple[str, str]]:
    yield "kind", row["kind"]
    yield "detector", row["detector"]
    edges = (0.0, *BANDS, 1.0)
    low, high = next((a, b) for a, b in pairwise(edges) if row["confidence"] < b or b == edges[-1])
    yield "confidence", f"{low:.2f}–{high:.2f}"


def _counted(by: str, value: str, rows: list[Row]) -> dict[str, Any]:
    right = [row for row in rows if row["claim"]]
    named = [row for row in right if row["speaker"] is not None]
    low, high = interval(len(right), len(rows))
    return {
        "by": by, "value": value, "reviewed": len(rows), "right": len(right),
        "precision": len(right) / len(rows) if rows else 0.0, "low": low, "high": high,
        "extents": sum(row["extent"] for row in right), "speakers": sum(row["speaker"] for row in named),
        "named": len(named),
    }  # fmt: skip


def interval(right: int, all_: int) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share at 95 %; the whole range where there is nothing."""
    if not all_:
        return 0.0, 1.0
    share, spread = right / all_, Z * Z / all_
    centre, half = share + spread / 2, Z * sqrt(share * (1 - share) / all_ + spread / (4 * all_))
    return max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread))
