"""What is told by an adverb alone: "The suspect reportedly fled". Nobody is said to have said it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nouns import RELATIVE, Token
from quotes.models import Attribution, Extent

LIKELY = 0.6


def told(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The clause around each adverb of hearsay; those in relative clauses and before adjectives are no claims."""
    adverbs = sorted(word for word in reader.words["hearsay"] if word.endswith("ly"))
    for found in re.finditer(rf"\b(?:{'|'.join(adverbs)})\b", text, re.IGNORECASE):
        before, after = sentences.split(Extent(*found.span()))
        first = _clause(before, reader)
        stop = next((i for i, t in enumerate(after[1:], 1) if _ends(after, i, reader)), len(after))
        if first is None or not stop:
            continue
        subject = [Extent(before[first].start, before[-1].end)] if first < len(before) else []
        pieces = (*subject, Extent(after[0].start + (after[0].word == ","), after[stop - 1].end))
        yield Attribution(pieces, (Extent(*found.span()),), confidence=LIKELY)


def _clause(before: list[Token], reader: Reader) -> int | None:
    """Where the clause before an adverb begins; None where what is told is no clause of its own."""
    if not before:
        return 0
    last = before[-1]
    if last.mark or last.word in RELATIVE or last.word in reader.words["determiner"]:
        return None
    if last.word in reader.words["preposition"] or last.word in reader.words["small"]:
        return None
    for i in range(len(before) - 1, -1, -1):
        word = before[i].word
        if word in RELATIVE or before[i].word in '"“”':
            return None
        if word == ";" or word in reader.words["joining"]:
            return i + 1 if i + 1 < len(before) and reader.nouns.begins(before, i + 1) else None
    return reader.nouns.after_adverbial(before, len(before))


def _ends(after: list[Token], at: int, reader: Reader) -> bool:
    """Does the clause end before this word?"""
    word = after[at].word
    return word in ';"“”' or (word == "," and at + 1 < len(after) and after[at + 1].word in reader.words["resuming"])
