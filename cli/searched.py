"""What was searched where nothing was found: the words as understood, the filters, how many claims, near words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from rich.text import Text

import quotes

from . import pieces
from .render import shown

if TYPE_CHECKING:
    from quotes.store import Filters
    from quotes.store.searching import Term

NO_CHOICE = ("limit", "offset", "after", "attitudes")  # filters that leave the claims as they are, or add to them


def nothing(store: quotes.Store, query: str, filters: Filters) -> Iterator[Text]:
    """Lines that say what was looked for, in how much, and what may have been meant."""
    from quotes.store import Filters, searching

    asked = searching.parse(query)
    without = "".join(f", without {_term(term)}" for term in asked.excluded)
    yield shown(f"No claim has {' and '.join(_term(term) for term in asked.wanted)}{without}.")
    among = _choices(filters)
    everything = store.count(replace(filters, limit=None, offset=0))
    yield shown(f"{pieces.count(everything, 'claim')} searched" + (f": {among}" if among else ""), "dim")
    if among and (others := len(list(store.search(query, Filters(limit=1_000))))):
        yield shown(f"{others:,} without these choices", "dim")
    for term in asked.wanted:
        if near := store.near_words(term.words):
            yield shown(f"near “{term.words}”: {', '.join(near)}", "dim")
    yield from no_speaker(store, filters)


def passed_over(store: quotes.Store, filters: Filters) -> Iterator[Text]:
    """Where no claim passes the filters: what these are, how many there are without them, and near names."""
    from quotes.store import Filters

    among = _choices(filters)
    if among and not any(store.claims(replace(filters, limit=1, offset=0))):
        yield shown(f"no claim with {among}; {store.count(Filters(attitudes=filters.attitudes)):,} without", "dim")
    yield from no_speaker(store, filters)


def _choices(filters: Filters) -> str:
    """What was chosen, in words."""
    chosen = {name: value for name, value in asdict(filters).items() if value is not None and name not in NO_CHOICE}
    flags = {True: "", False: "un"}
    return ", ".join(
        f"{flags[value]}{name}" if isinstance(value, bool) else f"{name.replace('_', ' ')} {value}"
        for name, value in chosen.items()
    )


def no_speaker(store: quotes.Store, filters: Filters) -> Iterator[Text]:
    """That nobody has the name asked for, and who has one like it."""
    name = filters.speaker
    if name and not store.names_anyone(name):
        near = store.near_names(name)
        yield shown(f"nobody is called {name!r}" + (f"; near: {', '.join(near)}" if near else ""), "dim")


def _term(term: Term) -> str:
    return f"“{term.words}{'*' if term.prefix else ''}”"
