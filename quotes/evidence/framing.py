"""What a statement stands in that makes it none of the speaker's own: another's saying, a question, a condition.

"My opponents claim that", "are we", "if the courts allow it". No grammar is read: the words before the statement, and
for a condition those behind it too, are looked up in a list, and the clause that they take must be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quotes.evidence.scope import BROKEN
from quotes.lexicon import load
from quotes.models import Extent
from quotes.senses import finite
from quotes.store.wording import Word, words

LOOKED_AT = 400  # code points before the words, and behind them
PHRASE = 4  # words of the longest phrase listed
BEHIND = 8  # words between a statement and the condition that follows it
TAKEN = 5  # words between a verb and its "that": "told the whole council that"
OWN = frozenset(["i", "we", "me", "us", "let"])  # who speaks
SELF = OWN | {"one", "ones"}  # "we are the ones who say"
EMPTY = frozenset(["it", "this", "that", "there", "what", "which"])  # no persons: "it is fair to say"
SUBJECTS = frozenset(["i", "we", "he", "she", "they", "there", "you", "it"])
OBJECTS = frozenset(["you", "me", "us", "them", "him", "her", "people", "everyone", "everybody"])

_ENDED = re.compile(r"[.?!][\"'”’)]*(?=\s|$)|[;:\n–—]|--| - ")


def framed(text: str, place: Extent) -> str:
    """The words of its sentence that make what stands in a place no statement of the speaker's; empty where none do.

    >>> told = "My rivals say that we lied. If it rains, we stay. We won."
    >>> [framed(told, Extent(told.find(one), told.find(one) + 7)) for one in ("we lied", "we stay", "We won.")]
    ['My rivals say that', 'If it rains', '']
    """
    clause = place.of(text)
    if not (finite(load()).search(clause) or SUBJECTS & {word.folded for word in words(clause)}):
        return ""
    start = max(0, place.start - LOOKED_AT)
    start = max((found.end() for found in _ENDED.finditer(text, start, place.start)), default=start)
    before = _words(text, start, place.start)
    ended = _ENDED.search(text, place.end, place.end + LOOKED_AT)
    end = ended.start() if ended else min(len(text), place.end + LOOKED_AT)
    asked = ended.start() if ended and ended[0][0] == "?" else None
    return (
        (_asked(text, before, place, asked) if asked is not None else "")
        or _said(text, before, place)
        or _supposed(text, before, place)
        or _supposed_behind(text, _words(text, place.end, end), place)
    )


def _words(text: str, start: int, end: int) -> list[Word]:
    return [Word(word.start + start, word.end + start, word.folded) for word in words(text[start:end])]


def _use(some: Sequence[Word], at: int) -> tuple[int, str]:
    """How many of some words from one on are a phrase of the list, and what it does."""
    folded, lexicon = [word.folded for word in some[at : at + PHRASE]], load()
    for size in range(len(folded), 0, -1):
        for first in (folded[0], lexicon.lemma(folded[0])):
            if use := lexicon.framing.get(" ".join([first, *folded[1:size]])):
                return size, use
    return 1, ""


def _comma(text: str, start: int, end: int) -> bool:
    return "," in BROKEN.sub(" ", text[start:end])


def _asked(text: str, before: Sequence[Word], place: Extent, mark: int) -> str:
    """The words that make a question of it: its first is a verb put first, or asks; or the mark alone does."""
    roles = load().modifiers
    cuts = [nth for nth in range(1, len(before)) if _comma(text, before[nth - 1].end, before[nth].start)]
    clause = before[cuts[-1] if cuts else 0 :]
    if clause and _comma(text, clause[-1].end, place.start):
        clause = []
    opening = (word.folded for word in [*clause, *_words(text, place.start, place.end)])
    first = next((word for word in opening if word not in roles["opener"]), "")
    inverted = first in roles["finite"] | roles["question"] | {"who", "which", "whose", "am"}
    if not clause:
        return "" if inverted or words(text[place.end : mark]) else text[place.start : mark + 1]
    return f"{text[clause[0].start : clause[-1].end]} …?" if inverted else ""


def _said(text: str, before: Sequence[Word], place: Extent) -> str:
    """The words that make it what somebody else says, or what the speaker no longer does."""
    begun, held = 0, None
    at = 0
    while at < len(before):
        size, use = _use(before, at)
        word = before[at].folded
        if at and _comma(text, before[at - 1].end, before[at].start):
            begun, held = at, None
        if word == "who" and at > begun and before[at - 1].folded not in SELF:
            begun = at - 1
        if held is None and (use == "frames" or (use == "says" and _of_others(before[begun:at]))):
            held = begun, at + size
        elif _parting(before, at):
            begun, held = at + 1, held if word == "that" else None
        at += size
    if held is None or _comma(text, before[-1].end, place.start):
        return ""
    return _taking(text, before, held, place)


def _parting(before: Sequence[Word], at: int) -> bool:
    """Whether another clause begins at a word."""
    use, nearby = load().negation.get(before[at].folded), before[at + 1 : at + 2]
    coordinated = before[at].folded == "and" and bool(nearby) and nearby[0].folded in SUBJECTS
    return use in ("closes", "opens") or coordinated


def _of_others(subject: Sequence[Word]) -> bool:
    """Whether the words before a verb of saying name somebody else than who speaks."""
    folded = [word.folded for word in subject]
    roles = load().modifiers
    named = [word for word in folded if word not in roles["adverb"] | roles["auxiliary"] | roles["opener"]]
    vouching = any(load().framing.get(word) == "vouches" for word in folded)
    return bool(named) and named[0] not in EMPTY and not OWN & set(folded) and not vouching


def _taking(text: str, before: Sequence[Word], held: tuple[int, int], place: Extent) -> str:
    """The words up to the clause that a verb of saying takes; empty where what follows it is none."""
    begun, after = held
    that = next(
        (nth for nth in range(after - 1, min(len(before), after + TAKEN)) if before[nth].folded == "that"), None
    )
    if that is not None:
        return text[before[begun].start : before[that].end]
    some = [*before, *_words(text, place.start, place.end)]
    told = after < len(some) and some[after].folded in OBJECTS and after + 1 < len(some)
    nexts = [some[nth] for nth in (after, after + 1) if nth < len(some)][: 1 + told]
    roles = load().modifiers
    opens = any(
        word.folded in SUBJECTS | roles["determiner"] | roles["possessive"] or text[word.start].isupper()
        for word in nexts
    )
    clause = text[before[after - 1].end : place.end]
    is_clause = any(word.folded in SUBJECTS - OBJECTS for word in nexts) or finite(load()).search(clause)
    last = after if told and after < len(before) else after - 1
    return text[before[begun].start : before[last].end] if opens and is_clause else ""


def _supposed(text: str, before: Sequence[Word], place: Extent) -> str:
    """The condition before it, in whose clause it stands or which a comma parts from it."""
    held, bound, end = None, False, 0
    at = 0
    while at < len(before):
        size, use = _use(before, at)
        closed = at > 0 and _comma(text, before[at - 1].end, before[at].start)
        if held is not None and not end and (closed or before[at].folded == "then"):
            held, end = (None, 0) if bound else (held, before[at - 1].end)
        if use == "condition":
            held, end, bound = at, 0, at > 0 and _use(before, at - 1)[1] == "asks"
        elif use == "aside" or (before[at].folded != "then" and load().negation.get(before[at].folded) == "closes"):
            held = held if held is not None and before[at].folded in ("as", "when", "where") else None
        at += size
    if held is None:
        return ""
    if not end and _comma(text, before[-1].end, place.start) and bound:
        return ""
    return text[before[held].start : end or before[-1].end]


def _supposed_behind(text: str, behind: Sequence[Word], place: Extent) -> str:
    """The condition that follows it."""
    last = _words(text, place.start, place.end)[-1:]
    some = [*last, *behind]
    for at in range(len(last), min(len(some), BEHIND + 1)):
        if _use(some, at)[1] == "condition" and _use(some, at - 1)[1] != "asks":
            rest = some[at:]
            ends = (one.end for one, other in pairwise(rest) if _comma(text, one.end, other.start))
            return text[rest[0].start : next(ends, rest[-1].end)]
        if _use(some, at)[1] == "aside" or _parting(some, at):
            return ""
    return ""
