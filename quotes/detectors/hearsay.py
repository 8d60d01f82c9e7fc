"""What is told by an adverb alone: "The suspect reportedly fled". Nobody is said to have said it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nouns import RELATIVE, Token, tokens
from quotes.models import Attribution, Extent

LIKELY = 0.6
LONGEST = 400  # code points of a sentence on either side of its adverb
ENDING = frozenset(["but", "while", "although", "though", "which", "who", "whereas"])  # what goes on after a comma


def told(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The clause around each adverb of hearsay; those in relative clauses and before adjectives are no claims."""
    adverbs = sorted(word for word in reader.words["hearsay"] if word.endswith("ly"))
    for found in re.finditer(rf"\b(?:{'|'.join(adverbs)})\b", text, re.IGNORECASE):
        at = bisect_right(sentences.ends, found.start())
        begin = max(sentences.ends[at - 1] if at else 0, found.start() - LONGEST)
        end = min(sentences.ends[min(at, len(sentences.ends) - 1)], found.end() + LONGEST)
        before = tokens(text, begin, found.start(), reader.lexicon)
        after = tokens(text, found.end(), end, reader.lexicon)
        first = _clause(before, reader)
        stop = next((i for i, t in enumerate(after[1:], 1) if _ends(after, i)), len(after))
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
        if word in ("after", "because", "when", "while", "as", "but", "although", "though", "if", ";"):
            return i + 1 if i + 1 < len(before) and reader.nouns.begins(before, i + 1) else None
    return reader.nouns.after_adverbial(before, len(before))


def _ends(after: list[Token], at: int) -> bool:
    """Does the clause end before this word?"""
    word = after[at].word
    return word in ';"“”' or (word == "," and at + 1 < len(after) and after[at + 1].word in ENDING)
