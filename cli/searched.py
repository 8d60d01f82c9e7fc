"""What was searched where nothing was found: the words as understood, the filters, how many claims, near words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from rich.text import Text

import quotes

from .render import shown

if TYPE_CHECKING:
    from quotes.store import Filters
    from quotes.store.searching import Term


def nothing(store: quotes.Store, query: str, filters: Filters) -> Iterator[Text]:
    """Lines that say what was looked for, in how much, and what may have been meant."""
    from quotes.store import Filters, searching

    asked = searching.parse(query)
    without = "".join(f", without {_term(term)}" for term in asked.excluded)
    yield shown(f"No claim has {' and '.join(_term(term) for term in asked.wanted)}{without}.")
    chosen = {name: value for name, value in asdict(filters).items() if value not in (None, False, 0)}
    chosen.pop("limit", None)
    everything = store.count(replace(filters, limit=None, offset=0))
    among = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in chosen.items())
    yield shown(f"{everything:,} claims searched" + (f": {among}" if among else ""), "dim")
    if chosen and (others := len(list(store.search(query, Filters(limit=1_000))))):
        yield shown(f"{others:,} without these choices", "dim")
    for term in asked.wanted:
        if near := store.near_words(term.words):
            yield shown(f"near “{term.words}”: {', '.join(near)}", "dim")
    yield from no_speaker(store, filters)


def no_speaker(store: quotes.Store, filters: Filters) -> Iterator[Text]:
    """That nobody has the name asked for, and who has one like it."""
    name = filters.speaker
    if name and not store.names_anyone(name):
        near = store.near_names(name)
        yield shown(f"nobody is called {name!r}" + (f"; near: {', '.join(near)}" if near else ""), "dim")


def _term(term: Term) -> str:
    return f"“{term.words}{'*' if term.prefix else ''}”"
