"""What somebody did not tell, by verb and noun ("The ministry gave no date"), and what tells nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.frames import NEAR, subject
from quotes.detectors.layout import TURN
from quotes.lexicon import Lexicon, cue_words
from quotes.models import Attribution, Extent

LIKELY = 0.6
JOINING = frozenset(["and", "but"])
WITHHELD = re.compile(r"\b(?P<verb>\w+) (?P<no>no) (?:(?:further|more|other|immediate|official) )?(?P<noun>\w+)\b")
NAMELESS = re.compile(  # what somebody asks who wants no name in the paper
    r"(?:(?:not to|to not|(?:that )?(?:he|she|they) not) be (?:named|identified|quoted)(?: by name)?"
    r"|to (?:remain|stay) anonymous|anonymity)(?:,? (?:as|because|citing|for fear|given|since) .+)?",
    re.IGNORECASE,
)
SPEECHLESS = re.compile(
    r"to (?:comment|elaborate|respond|reply|answer|speak|talk)(?: further| publicly)?"
    r"|to be (?:named|identified|quoted)(?: by name)?",
    re.IGNORECASE,
)
KNOWN = re.compile(r"\bkn(?:ow|own|ew) \w*? ?as$")
REFUSED = re.compile(r"\b(?:declin|refus)", re.IGNORECASE)


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


def unsaid(text: str, attribution: Attribution) -> bool:
    """Is there nothing that was said: no name wanted ("asked not to be named"), "declined to comment" alone, the name
    by which people know something ("known as"), or a dateline with its paragraph? What one is called may accuse.
    """
    words = attribution.content[0].of(text) if len(attribution.content) == 1 else ""
    cue = cue_words(text, attribution)
    refused = SPEECHLESS.fullmatch(words) and REFUSED.search(cue)
    return bool(NAMELESS.fullmatch(words) or refused or KNOWN.search(cue) or _dated(text, attribution))


def _dated(text: str, attribution: Attribution) -> bool:
    """Is it the paragraph behind a dateline, "NAGPUR: The captain said …", in a text that is no transcript?"""
    source = attribution.source[:1]
    turn = TURN.match(text, source[0].start) if source and cue_words(text, attribution) == ":" else None
    marked = text[attribution.content[0].start] in "\"“‘'"
    return turn is not None and not marked and len(list(islice(TURN.finditer(text), 2))) == 1
