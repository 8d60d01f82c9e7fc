"""Where what was said ends and the reporter goes on in the same sentence: "… would pay, as the strike went on"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.detectors.clauses import Reader
from quotes.detectors.nominal import past
from quotes.detectors.nouns import NOMINATIVE, RELATIVE, Token, tokens
from quotes.models import Attribution, Extent

JOINT = re.compile(r", (?:(as)|and|but) (?=\w)")
LONGEST = 8  # words of the subject of such a clause
NEAR = 120  # code points behind a joint in which the verb of its clause must stand
QUESTIONS = frozenset(["how", "what", "when", "where", "whether", "who", "why"])


def cut(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """An attribution whose content ends where the reporter goes on.

    That is a clause behind ", as" (behind "…, Ek said, as" too), and one behind ", and" or ", but" where what was said
    is no clause that it could carry on: "ordered a curfew", "did not say why".
    """
    if not (attribution.cue and attribution.source and attribution.content):
        return attribution
    last = attribution.content[-1]
    if len(attribution.content) > 1 and attribution.content[0] < attribution.cue[0] < last:
        begun = text.startswith("as ", last.start) and tokens(text, last.start + 3, last.end, reader.lexicon)
        return (
            replace(attribution, content=attribution.content[:-1]) if begun and _clause(begun, reader) else attribution
        )
    if not attribution.source < attribution.cue < attribution.content:
        return attribution
    for joint in JOINT.finditer(text, last.start + 1, last.end):
        said = tokens(text, attribution.content[0].start, joint.start(), reader.lexicon)
        if any(t.word in '"“”' for t in said):
            return attribution
        rest = tokens(text, joint.end(), min(last.end, joint.end() + NEAR), reader.lexicon)
        if _clause(rest, reader) and (joint[1] or _open(said, reader)):
            content = (*attribution.content[:-1], Extent(last.start, joint.start()))
            return replace(attribution, content=content)
    return attribution


def _clause(found: Sequence[Token], reader: Reader) -> bool:
    """Does a clause begin here: a subject that is no pronoun for who speaks, and a finite verb?"""
    if not found or found[0].mark or found[0].word in NOMINATIVE or found[0].word in reader.finite:
        return False
    stops = NOMINATIVE | RELATIVE | QUESTIONS | reader.words["subordinator"]
    for i, token in enumerate(found[1 : LONGEST + 1], 1):
        if token.mark or token.word in stops:
            return False
        if token.word in reader.finite or _verb(found, i, reader):
            return not found[0].word.endswith("ly") and found[0].word not in reader.words["preposition"]
    return False


def _verb(found: Sequence[Token], at: int, reader: Reader) -> bool:
    """Is it a verb in the past, and no participle before a noun?"""
    return past(found[at], reader) and found[at - 1].word not in reader.words["determiner"]


def _open(said: Sequence[Token], reader: Reader) -> bool:
    """Is it a noun, or an open question, that no clause behind "and" carries on?"""
    if not said:
        return False
    return said[0].word in QUESTIONS or not any(
        t.word in reader.finite or _verb(said, i, reader) for i, t in enumerate(said) if i
    )
