"""Which speakers have the name that somebody is asked about by."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.store import Store
from quotes.store.bearers import bears, words_of


def bearing(store: Store, speakers: Iterable[int], asked: str) -> set[int]:
    """Those of some speakers, by number, who have the name asked about; a number (``#12``) is what it says."""
    wanted = set(speakers)
    if asked.startswith("#"):
        return wanted
    rows = {number: store.speaker(f"#{number}") for number in wanted}
    return {
        number
        for number, row in rows.items()
        if any(bears(name, row["speaker_kind"], asked) for name in {row["speaker"], *row["names"]})
    }


def related(name: str, other: str) -> bool:
    """Whether one of two names has all words of the other, so that both may be of one."""
    one, two = set(words_of(name)), set(words_of(other))
    return bool(one and two) and (one <= two or two <= one)
