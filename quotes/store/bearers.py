"""Whether a name that somebody is asked about by is a speaker's: "Obama" is no official of the Obama administration."""

from __future__ import annotations

import re

from quotes.lexicon import load
from quotes.models import SpeakerType
from quotes.store.folding import fold

_WORD = re.compile(r"\w+")
_OWNER = re.compile(r".*\w(?:['’]s|s['’])\s+", re.DOTALL)
_CORE = re.compile(r".*?(?=,| (?:of|at|in|for|from|to|with|on|by)\b|$)", re.DOTALL)
_ARTICLES = frozenset(["the", "a", "an"])


def bears(name: str, kind: SpeakerType, asked: str) -> bool:
    """Whether ``asked`` is a name, or part of it, of the one who has it, and not of somebody whom it mentions.

    >>> bears("Barack Obama", "person", "Obama"), bears("Obama administration official", "anonymous", "Obama")
    (True, False)
    """
    wanted, own = words_of(asked), words_of(name)
    if kind == "organisation" and _OWNER.fullmatch(f"{asked} ") and own[: len(wanted)] == wanted:
        return True  # "Lloyd's" of London
    core = words_of(_core(name))
    if not wanted or not set(wanted) <= set(own) or not core:
        return False
    if kind == "person":
        return not set(wanted).isdisjoint(core)
    shortened = kind == "organisation" and core[-1] not in load().organisations and core[0] in wanted
    return core[-1] in wanted or shortened


def _core(name: str) -> str:
    """A name without whose it is, and what it is of."""
    found = _CORE.match(_OWNER.sub("", name))
    return found[0] if found else ""


def words_of(name: str) -> list[str]:
    """The words of a name, folded, without articles."""
    return [word for word in _WORD.findall(fold(name)) if word not in _ARTICLES]
