"""Block quotes that lost their layout: words without marks that the line above or a name behind them gives away.

"The church denied it:" with the denial as the next paragraph, and "We are proud of it. Jane Doe, mayor of Malby".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nouns import tokens
from quotes.models import Attribution, Extent, Name

LED = re.compile(r"^[^\n]{0,1000}:[ \t]*\n\s*([A-Z][^\n]{18,2000}[.?!…])[ \t]*$", re.M)
SIGNED = re.compile(r"[.?!…] ")
ROLE = re.compile(r"(?:,[^\n.:;?!]{3,79}|)[ \t]*$", re.M)
OPENING = re.compile(r"^|[\"“«]", re.M)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
MARKS = frozenset('"“”«»„')
REACH = 12  # words between the cue and the colon
REPEATED = 40  # code points of a block quote that stand elsewhere in the article too
LIKELY = 0.7


def led(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """Paragraphs that the line above announces with a cue and a colon, up to where the reporter goes on."""
    for found in LED.finditer(text):
        colon = text.rindex(":", found.start(), found.start(1))
        clause = reader.leading(tokens(text, _sentence(sentences, found.start(), colon), colon, reader.lexicon), REACH)
        block = Extent(*found.span(1))
        if clause is None or clause.source is None or MARKS & set(block.of(text)):
            continue
        block = Extent(block.start, _resumed(text, block, sentences, reader))
        told = (clause.told,) if clause.told else ()
        yield Attribution((block,), (clause.cue,), (clause.source,), "direct", told=told, confidence=LIKELY)


def signed(text: str, names: Sequence[Name]) -> Iterator[Attribution]:
    """Paragraphs with a person's name behind the last full stop, and a role perhaps.

    So are captions with the photographer's name: what was said speaks of "I" or "we", or stands in the article twice.
    """
    openings = Counter(text[m.end() : m.end() + REPEATED] for m in OPENING.finditer(text))
    for name in names:
        role = ROLE.match(text, name.extent.end)
        if name.label != "PER" or role is None or not SIGNED.match(text, max(0, name.extent.start - 2)):
            continue
        start = text.rfind("\n", 0, name.extent.start) + 1
        block = Extent(start, name.extent.start - 1)
        words = block.of(text)
        repeated = len(words) > REPEATED and openings[words[:REPEATED]] > 1
        if not MARKS & set(words) and (repeated or FIRST_PERSON.search(words)):
            source = Extent(name.extent.start, name.extent.start + len(text[name.extent.start : role.end()].rstrip()))
            yield Attribution((block,), source=(source,), kind="direct", confidence=LIKELY)


def _sentence(sentences: Sentences, start: int, place: int) -> int:
    """Where the sentence that holds a place begins, on its line."""
    at = bisect_left(sentences.ends, place) - 1
    return max(start, sentences.ends[at] if at >= 0 else 0)


def _resumed(text: str, block: Extent, sentences: Sentences, reader: Reader) -> int:
    """Where a block ends: before a sentence that begins with a cue clause of its own ("They also claimed")."""
    first, last = bisect_right(sentences.ends, block.start), bisect_left(sentences.ends, block.end)
    for end, following in zip(sentences.ends[first:last], sentences.ends[first + 1 : last + 1], strict=True):
        clause = reader.following(tokens(text, end, following, reader.lexicon))
        if clause is not None and clause.source is not None and text[clause.source.start :][:1].isupper():
            return end
    return block.end
