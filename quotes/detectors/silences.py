"""What somebody did not tell, by verb and noun: "The ministry gave no date"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.frames import NEAR, subject
from quotes.lexicon import Lexicon
from quotes.models import Attribution, Extent

LIKELY = 0.6
JOINING = frozenset(["and", "but"])
WITHHELD = re.compile(r"\b(?P<verb>\w+) (?P<no>no) (?:(?:further|more|other|immediate|official) )?(?P<noun>\w+)\b")


def kept(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The particulars that somebody kept back, in a sentence that begins with who it was."""
    for found in WITHHELD.finditer(text):
        if not withheld(found, reader.lexicon):
            continue
        cue = Extent(found.start(), found.end("no"))
        before, after = sentences.split(cue)
        stop = next((i for i, t in enumerate(after) if t.mark or t.word in JOINING), len(after))
        if before and cue.start - before[0].start <= NEAR and subject(before, found["verb"], reader):
            content, source = Extent(after[0].start, after[stop - 1].end), Extent(before[0].start, before[-1].end)
            yield Attribution((content,), (cue,), (source,), confidence=LIKELY)


def withheld(found: re.Match[str], lexicon: Lexicon) -> bool:
    """Do these words tell of a particular that is kept back: "gave no date", but not "gave no support"?"""
    verb, noun = (lexicon.lemma(word) for word in found.group("verb", "noun"))
    return f"{verb} no" in lexicon.cues["phrase"] and noun in lexicon.modifiers["particular"]
