"""The same quotation in other articles: every version of it, where it was printed, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.evidence.changes import Likeness
from quotes.evidence.comparison import MOST_WORDS, compare
from quotes.evidence.findings import FEW, NEAR, Row, closest_texts, surfaces
from quotes.store import Filters, Store, fold
from quotes.store.wording import words

FREE = 2  # words that may differ however short the quotation is


@dataclass(frozen=True)
class Version:
    """One wording of a quotation, with the claims that have it, earliest first; other marks are no other wording.

    ``likeness`` is to the quotation asked about; ``longer``: it is that one which is a part of this, so that the
    alleged words of the likeness are those asked about, and the printed ones these. ``copies``: row numbers of claims
    whose whole context an earlier one of another article has too, as a wire's text has.
    """

    text: str
    rows: tuple[Row, ...]
    likeness: Likeness
    longer: bool
    copies: frozenset[int]

    @property
    def altered(self) -> bool:
        """Whether a "not", a number or a name was dropped, added or changed, or it was cut so as to turn it round."""
        return self.likeness.altered


def versions(store: Store, quotation: str, filters: Filters | None = None) -> list[Version]:
    """Every wording of a quotation among the claims that pass, the earliest printed first.

    Raises UsageError where it has no word, or more than 400.
    """
    everything = replace(filters or Filters(), limit=None, offset=0)
    shared = store.sharing(surfaces(quotation), everything)
    rows = store.chosen([one.id for one in shared], everything)
    closest = set(closest_texts(quotation, {row["quote"] for row in rows}))
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in (row for row in rows if row["quote"] in closest):
        groups.setdefault(tuple(word.folded for word in words(row["quote"])), []).append(row)
    found = [version for rows in groups.values() if (version := _version(quotation, rows))]
    return sorted(found, key=lambda version: _when(version.rows[0]))


def _version(quotation: str, rows: Iterable[Row]) -> Version | None:
    ordered = sorted(rows, key=_when)
    text = ordered[0]["quote"]
    whole, own = len(words(quotation)), len(words(text))
    longer = own > MOST_WORDS or own * NEAR > whole
    likeness = compare(quotation, text) if longer else compare(text, quotation)
    unlike = likeness.similarity < NEAR and likeness.of - likeness.same > FREE
    if unlike or likeness.same < min(FEW, whole):
        return None
    return Version(text, tuple(ordered), likeness, longer, frozenset(_copies(ordered)))


def _copies(rows: Sequence[Row]) -> Iterator[int]:
    seen: dict[str, int] = {}
    for row in rows:
        if seen.setdefault(fold(row["context"]), row["article_id"]) != row["article_id"]:
            yield row["id"]


def _when(row: Row) -> tuple[bool, str, int]:
    return row["published"] is None, row["published"] or "", row["id"]
