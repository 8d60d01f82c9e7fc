"""Whether a name that somebody is asked about by is a speaker's: "Obama" is no official of the Obama administration."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quotes.lexicon import load
from quotes.models import SpeakerType
from quotes.store import Store, fold

_WORD = re.compile(r"\w+")
_OWNER = re.compile(r".*\w(?:['’]s|s['’])\s+", re.DOTALL)
_CORE = re.compile(r".*?(?=,| (?:of|at|in|for|from|to|with|on|by)\b|$)", re.DOTALL)
_ARTICLES = frozenset(["the", "a", "an"])


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


def bears(name: str, kind: SpeakerType, asked: str) -> bool:
    """Whether ``asked`` is a name, or part of it, of the one who has it, and not of somebody whom it mentions.

    >>> bears("Barack Obama", "person", "Obama"), bears("Obama administration official", "anonymous", "Obama")
    (True, False)
    """
    wanted, own = _words(asked), _words(name)
    core = _words(_core(name))
    if not wanted or not set(wanted) <= set(own) or not core:
        return False
    if kind == "person":
        return not set(wanted).isdisjoint(core)
    shortened = kind == "organisation" and core[-1] not in load().organisations and core[0] in wanted
    return core[-1] in wanted or shortened


def related(name: str, other: str) -> bool:
    """Whether one of two names has all words of the other, so that both may be of one."""
    one, two = set(_words(name)), set(_words(other))
    return bool(one and two) and (one <= two or two <= one)


def _core(name: str) -> str:
    """A name without whose it is, and what it is of."""
    found = _CORE.match(_OWNER.sub("", name))
    return found[0] if found else ""


def _words(name: str) -> list[str]:
    return [word for word in _WORD.findall(fold(name)) if word not in _ARTICLES]
