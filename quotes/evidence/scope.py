"""What a statement stands under: a negation before it, in its sentence, that reaches over it.

"It is not true that", "nobody can say that", "I deny that" and "not because" turn round what follows them. No grammar
is read: a negator must come, within a few words, to a word that takes a clause, and no other clause may begin after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.lexicon import load
from quotes.models import Extent
from quotes.senses import finite
from quotes.store.wording import Word, words

LOOKED_AT = 400  # code points before the words
REACH, FAR_REACH = 5, 8  # words from "not" to the word that takes a clause, and from "nobody"
PHRASE, SHORT = 3, 2  # words of the longest phrase listed, and of the shortest subject: "the bridge"

BROKEN = re.compile(r",?[\"”’]?\s*…\s*[\"“‘]?")  # a quotation that the reporter interrupts
_STOP = re.compile(r"[.?!;:\n–—…]|--| - ")


@dataclass(frozen=True, slots=True)
class _Reach:
    """A negation on its way: where it begins, where it may end, and which word takes the clause, if one has come."""

    start: int
    last: int
    held: int | None = None
    off: bool = False  # behind a comma, until "that" comes


def under(text: str, place: Extent) -> str:
    """The words before a place of a text, in its sentence, that negate what stands there; empty where none do.

    >>> told = "It is not true that we lied, and we regret it."
    >>> [under(told, Extent(told.find(part), len(told))) for part in ("lied", "regret")]
    ['not true that', '']
    """
    first = max(0, place.start - LOOKED_AT)
    some = [Word(word.start + first, word.end + first, word.folded) for word in words(text[first : place.start])]
    found = _followed(text, some, place)
    if found is None or found.off:
        return ""
    if found.held is None:
        if not _completed(text, some, found, place):
            return ""
        return BROKEN.sub(" ", text[some[found.start].start : some[-1].end])
    between = len(some) - 1 - found.last
    uses = (load().negation.get(word.folded) for word in some[found.held :])
    opened = found.last > found.held or "opens" in uses
    clause = text[some[found.held].end : place.end]
    if between > SHORT and not (opened or finite(load()).search(clause)):
        return ""
    return BROKEN.sub(" ", text[some[found.start].start : some[found.last].end])


def _completed(text: str, some: Sequence[Word], reach: _Reach, place: Extent) -> bool:
    """Whether a negation on its way finds its verb in the first words of the place: "to" its own, others one of saying.

    "I refuse to | leave", "nobody who saw it would | say that it fell".
    """
    if reach.last > reach.start and reach.last == len(some) - 1:
        return True
    folded = [word.folded for word in words(text[place.start : place.end])]
    small = load().modifiers["auxiliary"] | load().modifiers["adverb"]
    nth = next((nth for nth, word in enumerate(folded) if word not in small), len(folded))
    return bool(folded[nth:]) and _use(folded[nth : nth + PHRASE])[1] == "holds"


def leading(passage: str) -> str:
    """The words of a passage that negate whatever comes after it; empty where none do.

    >>> leading("We left, but I deny that"), leading("We left, I deny it, and")
    ('deny that', '')
    """
    return under(f"{passage} so", Extent(len(passage) + 1, len(passage) + 3))


def _followed(text: str, some: Sequence[Word], place: Extent) -> _Reach | None:
    """The negation that is in force where the words come to the place."""
    reach: _Reach | None = None
    first, at = words(text[place.start : place.start + LOOKED_AT])[0], 0
    while at < len(some):
        gap = BROKEN.sub(" ", text[some[at - 1].end if at else 0 : some[at].start]) if at else ""
        size, use = _use([word.folded for word in some[at : at + PHRASE]])
        reach = _parted(reach, gap, some[at].folded)
        reach = _taken(reach, use, [*some, first], at, size)
        at += size
    end = BROKEN.sub(" ", text[some[-1].end : place.start]) if some else ""
    return _parted(reach, end, first.folded)


def _parted(reach: _Reach | None, gap: str, word: str) -> _Reach | None:
    """What marks between two words leave of it."""
    if reach is None or _STOP.search(gap):
        return None
    if "," in gap and load().negation.get(word) != "opens":
        return _Reach(reach.start, reach.last, reach.held, off=True) if reach.held is not None else None
    return _Reach(reach.start, reach.last, reach.held, off=reach.off and load().negation.get(word) != "opens")


def _taken(reach: _Reach | None, use: str, some: Sequence[Word], at: int, size: int) -> _Reach | None:
    """What a word, or a phrase, makes of it."""
    pending = reach is not None and reach.held is None
    word, last = some[at].folded, at + size - 1
    if use in ("negates", "denies"):
        if pending:  # "not deny", "nobody doubts"
            return None
        return _Reach(at, last, last if use == "denies" else None)
    if reach is None or use == "affirms":
        return None if use == "affirms" else reach
    if reach.off:
        return reach
    if pending:
        return _on_its_way(reach, use, some, at, size)
    if use == "opens" and (word == "that" or at == reach.last + 1):
        return _Reach(reach.start, at if at == reach.last + 1 else reach.last, reach.held, reach.off)
    begun = word in ("and", "so") and _use([word.folded for word in some[at + 1 : at + 2]])[1] == "subject"
    other = use in ("closes", "opens") and word not in ("that", "whether")
    return None if other or begun else reach


def _on_its_way(reach: _Reach, use: str, some: Sequence[Word], at: int, size: int) -> _Reach | None:
    """A negation that has come to no word that takes a clause: it does now, goes on, or has gone too far."""
    negator = some[reach.start].folded
    adverb = any(negator in load().modifiers[role] for role in ("adverb", "subordinator"))  # "not", "nor do we think"
    if use == "holds":
        return _Reach(reach.start, at + size - 1, at + size - 1)
    clause = use in ("closes", "opens") and some[at].folded != "that"
    over = clause or some[at].folded == "and" or (use == "subject" and not adverb and reach.last == reach.start)
    return None if over or at - reach.last > (REACH if adverb else FAR_REACH) else reach


def _use(some: Sequence[str]) -> tuple[int, str]:
    """How many of some words are a phrase of the list, and what it does; one word that does nothing if none is."""
    lexicon = load()
    for size in range(len(some), 0, -1):
        lemma = some[0] if some[0] in lexicon.pronouns else lexicon.lemma(some[0])
        for phrase in (some[:size], [lemma, *some[1:size]]):
            if use := lexicon.negation.get(" ".join(phrase)):
                return size, use
        if tuple(some[:size]) in lexicon.affirming:
            return size, "affirms"
    return 1, "negates" if some and some[0] in lexicon.modifiers["negator"] else ""
