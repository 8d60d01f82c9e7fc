"""What an article says that nobody said: "It is not true that she said …", "There is no record of her saying …".

So fact-checks write. The claim stands with its polarity turned round; what is only asked ("Did she say that …?") or
supposed ("If she had said …") is no statement.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from quotes.detectors.forms import FAR, Sentences
from quotes.lexicon import Lexicon, cue_words
from quotes.models import Attribution, Extent

NEVER = r"n(?:or|either|ever|owhere)|not once|at no (?:time|point|stage|moment)|on no occasion"
INVERTED = re.compile(
    rf"(?:^\s*|[,;:—–]\s+|[“\"‘']|\band\s+)(?:{NEVER}) (?:do|does|did|has|have|had|would|will|is|was)\s+$",
    re.IGNORECASE,
)
APART = re.compile(r"\b(?:do|does|did|has|have|had|would|is|was)(?:n['’]t| not| never), [^,.;:\n]{1,60},\s*$")
DOUBTED = re.compile(r"^\W*(?:do|does|did|has|have|had|(?:is|was) it (?:really )?true that)\s+$", re.IGNORECASE)
IF = re.compile(r"\b(?:if|unless|suppose|supposing)\s+$", re.IGNORECASE)
ENDED = re.compile(r"[^.!?…\n]{0,200}\?")


def disowned(text: str, attribution: Attribution, sentences: Sentences, lexicon: Lexicon) -> Attribution:
    """An attribution as the words before its clause leave it: turned round, or an attitude if it is only asked or
    supposed, and without these words in its source.
    """
    if not attribution.cue:
        return attribution
    found = _unframed(text, attribution, lexicon)
    framed = found is not attribution
    start = min(e.start for e in (*found.source, *found.cue))
    if found.content[0].start < start:
        return attribution
    begun = max(sentences.around(Extent(start, start + 1)).start, start - FAR)
    lead = text[begun:start]
    if found.source and not framed:
        between = text[found.source[-1].end : max(found.source[-1].end, found.cue[0].start)]
        framed = APART.search(between) is not None
    before = _frames(lead, lexicon)
    if framed or before[-1:] == [len(lead)] or INVERTED.search(lead) or _misquoted(text, found, lexicon):
        return replace(found, negated=not found.negated)
    asked = DOUBTED.search(lead) and ENDED.match(text, found.content[-1].end - 1)
    supposed = IF.search(lead) and " had " in f" {cue_words(text, found)} "
    return replace(found, mode="attitude") if asked or supposed else found


def _frames(words: str, lexicon: Lexicon) -> list[int]:
    """Where the words end that say of a clause that it is not so: "It is not true that |"."""
    return [found.end() for found in _frame(lexicon).finditer(words)]


@lru_cache
def _frame(lexicon: Lexicon) -> re.Pattern[str]:
    proof, forged, untrue = ("|".join(sorted(lexicon.modifiers[use])) for use in ("proof", "forged", "untrue"))
    true = r"(?:\bnot|n['’]t|\bnever)(?: \w+ly)? (?:true|correct|accurate|the case|a fact)"
    made = r"(?: \w+){1,4} (?:has|have|had|shows?|showed|quotes|quoted)"
    return re.compile(
        rf"(?:(?:{true}|\b(?:{untrue})) that|\bno (?:\w+ )?(?:{proof}) (?:that|of)|\b(?:{forged}){made})\s+",
        re.IGNORECASE,
    )


def _unframed(text: str, attribution: Attribution, lexicon: Lexicon) -> Attribution:
    """Without a frame that was taken for a part of the source: "no record of | Ann Lee" saying so."""
    first = attribution.source[0] if attribution.source else Extent(0, 0)
    ends = _frames(text[first.start : min(first.end, first.start + FAR)], lexicon)
    if not ends:
        return attribution
    return replace(attribution, source=(Extent(first.start + ends[-1], first.end), *attribution.source[1:]))


def _misquoted(text: str, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Was somebody "falsely quoted as saying" it?"""
    words = cue_words(text, attribution).lower().split()
    return "quoted" in words and not lexicon.modifiers["mistaken"].isdisjoint(words[: words.index("quoted")])
