"""What was searched where nothing was found: the words as understood, the filters, how many claims, near words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from rich.text import Text

import quotes
from quotes.errors import QuotesError

from . import pieces
from .options import Scope
from .output import talk
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


def chosen(store: quotes.Store, choice: Scope) -> Filters:
    """The filters of a listing, once it is known that they name somebody; says so where no claim passes them.

    Raises QuotesError where nobody bears the name of the speaker, or no outlet that of the publisher.
    """
    filters = choice.filters()
    require_known(store, filters)
    talk(passed_over(store, filters))
    return filters


def require_known(store: quotes.Store, filters: Filters) -> None:
    """Raise QuotesError, with near names, where nobody has the speaker's name, or no outlet the publisher's."""
    for line in no_speaker(store, filters):
        raise QuotesError(line.plain)
    outlet = filters.publisher
    if outlet is not None and not store.names_outlet(outlet):
        raise QuotesError(f"no outlet is called {outlet!r}{_near(store.near_outlets(outlet))}")


def passed_over(store: quotes.Store, filters: Filters) -> Iterator[Text]:
    """Where no claim passes the filters: what these are, and how many there are without them."""
    from quotes.store import Filters

    among = _choices(filters)
    if among and not store.passes(filters):
        yield shown(f"no claim with {among}; {store.count(Filters(attitudes=filters.attitudes)):,} without", "dim")


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
    if name is not None and not store.names_anyone(name):
        yield shown(f"nobody is called {name!r}{_near(store.near_names(name))}", "dim")


def _near(names: Sequence[str]) -> str:
    return f"; near: {', '.join(names)}" if names else ""


def _term(term: Term) -> str:
    return f"“{term.words}{'*' if term.prefix else ''}”"
