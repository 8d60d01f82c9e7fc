"""Words that turn a statement round: negations, and one word for its opposite."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from quotes.lexicon import load

STEM = 4  # letters of a word below which a prefix may be chance


def negations(words: Sequence[str]) -> list[int]:
    """Which of some folded words negate, by number; "no doubt" and "not only" affirm.

    >>> negations("there is no doubt that it is not safe".split())
    [7]
    """
    lexicon = load()
    return [
        nth
        for nth, word in enumerate(words)
        if word in lexicon.modifiers["negator"] and (word, *words[nth + 1 : nth + 2]) not in lexicon.affirming
    ]


def opposed(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a word of the one stands for its opposite in the other.

    >>> opposed(["prices", "rose"], ["prices", "fell"]), opposed(["lawful"], ["unlawful"]), opposed(["big"], ["huge"])
    (True, True, False)
    """
    return any(_opposites(*pair) for pair in product(one, other))


def _opposites(one: str, other: str) -> bool:
    lexicon = load()
    short, long = sorted((one, other), key=len)
    prefixed = len(short) >= STEM and long in {prefix + short for prefix in lexicon.modifiers["reversing"]}
    forms = product({one, lexicon.lemma(one)}, {other, lexicon.lemma(other)})
    return prefixed or any(frozenset(pair) in lexicon.opposites for pair in forms)
