"""What is counted over the whole database, which takes seconds where it is large: kept until something changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes import anonymity
from quotes.store import Filters, Store

Row = dict[str, Any]

MOST = 2_000  # speakers that are listed; the others are found by name


@dataclass(frozen=True)
class Summary:
    """Claims in all, speakers with and without a name by number of claims, unnamed sources by outlet.

    "Officials" of several articles are one row, with the number of none, whose counts are kept.
    """

    claims: int
    named: list[Row]
    unnamed: list[Row]
    outlets: list[Row]


_KEPT: dict[Path, tuple[tuple[int, ...], Summary]] = {}


def summary(store: Store) -> Summary:
    """The summary of a database as it is now."""
    stamp = store.stamp()
    kept = _KEPT.get(store.path)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[store.path] = stamp, _counted(store)
    return kept[1]


def _counted(store: Store) -> Summary:
    named, unnamed = (list(store.speakers(Filters(named=named, limit=MOST), apart=False)) for named in (True, False))
    return Summary(store.count(), named, unnamed, outlets(anonymity.counted(store)))


def outlets(rows: list[Row]) -> list[Row]:
    """Unnamed sources by outlet alone, of rows by outlet and form: publisher, claims, share; most claims first."""
    claims, share = Counter[str | None](), Counter[str | None]()
    for row in rows:
        claims[row["publisher"]] += row["claims"]
        share[row["publisher"]] += row["share"]
    return [{"publisher": name, "claims": count, "share": share[name]} for name, count in claims.most_common() if count]
