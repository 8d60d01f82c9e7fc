"""Characters ↔ spaCy tokens ↔ W3C selectors: the only converter.

Every extent is half-open, in Unicode code points of ``Article.text``. The selectors are those of the W3C Web
Annotation Data Model, 2017, sections 4.2.4 (TextQuoteSelector) and 4.2.5 (TextPositionSelector).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from quotes.models import Extent, Extents

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

CONTEXT = 32  # code points of prefix and suffix
MANY = 1000  # places beyond which words are too common to be anchored; it keeps the search linear
LINE = re.compile(r"[^\n]+")
SOFT_BREAK = re.compile(r"^([^\n]+)\n(?=(\S+))", re.MULTILINE)  # between two lines of one paragraph, the next word
FEWEST, NARROW, WIDE, MOSTLY = 4, 40, 120, 0.8  # breaks that tell, code points, share of breaks that are soft


def span_of(doc: Doc, extent: Extent) -> Span | None:
    """The tokens that an extent touches, as a Span of the Doc; None where it touches none (an empty extent, spaces)."""
    span = doc.char_span(extent.start, extent.end, alignment_mode="expand") if extent.start < extent.end else None
    if span is None:
        return None
    local = Extent(max(0, extent.start - span.start_char), extent.end - span.start_char)
    return span if local.of(span.text_with_ws).strip() else None  # not doc.text: it is built anew at each call


def extent_of(span: Span) -> Extent:
    """The characters of a Span."""
    return Extent(span.start_char, span.end_char)


def selector(text: str, extent: Extent) -> dict[str, str]:
    """A TextQuoteSelector: the exact words, and up to 32 code points on each side to tell them from others."""
    return {
        "type": "TextQuoteSelector",
        "exact": extent.of(text),
        "prefix": text[max(0, extent.start - CONTEXT) : extent.start],
        "suffix": text[extent.end : extent.end + CONTEXT],
    }


def position(text: str, extent: Extent) -> dict[str, str | int]:
    """A TextPositionSelector in code points; raises ValueError where the extent leaves the text."""
    if not 0 <= extent.start <= extent.end <= len(text):
        raise ValueError(f"{extent} lies outside a text of {len(text)} code points")
    return {"type": "TextPositionSelector", "start": extent.start, "end": extent.end}


def utf16(text: str, extents: Iterable[Extent]) -> list[Extent]:
    """The same extents in UTF-16 code units, as browsers count, in the order given; one pass over the text."""
    wanted = list(extents)
    places = sorted({p for e in wanted for p in (e.start, e.end)})
    units: dict[int, int] = {}
    last = count = 0
    for place in places:
        count += len(text[last:place].encode("utf-16-le", "surrogatepass")) // 2
        units[place], last = count, place
    return [Extent(units[e.start], units[e.end]) for e in wanted]


def find(text: str, exact: str, prefix: str = "", suffix: str = "", hint: int | None = None) -> Extent | None:
    """Find quoted words again in a text that may have changed since; ``hint`` is where they once began.

    The words must be there exactly. Where they occur more than once, the place that shares most of the context
    wins, then, among equals, the one at the hint. None where the words are gone, stand in 1,000 places or more, or
    several places fit alike: a wrong anchor is worse than none.
    """
    places = list(islice(_occurrences(text, exact), MANY)) if exact else []
    if len(places) in (0, MANY):
        return None
    shared = [_shared(text, p, p + len(exact), prefix, suffix) for p in places]
    most = max(shared)
    best = [p for p, s in zip(places, shared, strict=True) if s == most]
    if len(best) > 1:
        best = [p for p in best if p == hint]
    return Extent(best[0], best[0] + len(exact)) if best else None


def _occurrences(text: str, exact: str) -> Iterator[int]:
    """Where the words begin, from left to right; places may overlap."""
    place = text.find(exact)
    while place >= 0:
        yield place
        place = text.find(exact, place + 1)


def _shared(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """How many code points of the context stand next to a place, counted outwards from it."""
    before = text[max(0, start - CONTEXT) : start][::-1]
    after = text[end : end + CONTEXT]
    return _common(before, prefix[::-1]) + _common(after, suffix)


def _common(one: str, other: str) -> int:
    """The length of what two strings begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def shifted(text: str, extents: Extents, *, start: int = 0, end: int = 0) -> Extents:
    """Extents whose outer edges stand so many words further on (back where negative), inside the text and apart.

    A word is what stands between blanks. An edge that would leave the text, or pass a word that is the last one of its
    piece, stays where it is.
    """
    words = [Extent(*found.span()) for found in re.finditer(r"\S+", text)]
    first, last = extents[0], extents[-1]
    if start:
        heads = sorted({word.start for word in words if word.start < first.end} | {first.start})
        place = heads.index(first.start) + start
        first = Extent(heads[min(max(place, 0), len(heads) - 1)], first.end)
        extents = (first, *extents[1:])
        last = extents[-1]
    if end:
        tails = sorted({word.end for word in words if word.end > last.start} | {last.end})
        place = tails.index(last.end) + end
        extents = (*extents[:-1], Extent(last.start, tails[min(max(place, 0), len(tails) - 1)]))
    return extents


def unwrapped(text: str) -> str:
    """The text with a space for every line break that only typesetting put there; every offset stays as it is.

    A text is taken as hard-wrapped (wire copy, e-mail, old archives) if nearly all its single line breaks are soft:
    the next line goes on in lower case, or, where there are enough of them to tell, the next word would not have
    fitted into the longest line, as a machine that fills lines puts them.
    """
    breaks = list(SOFT_BREAK.finditer(text))
    widest = max((len(m[1]) for m in breaks), default=0)
    telling = len(breaks) >= FEWEST
    soft = sum(m[2][0].islower() or (telling and len(m[1].rstrip()) + 1 + len(m[2]) > widest) for m in breaks)
    if not NARROW <= widest <= WIDE or soft < MOSTLY * len(breaks):
        return text
    return SOFT_BREAK.sub(lambda m: f"{m[1]} ", text)


def paragraphs(text: str) -> Extents:
    """The paragraphs: lines that are not blank, without the spaces around them; soft breaks do not count."""
    lines = (_trimmed(text, m.start(), m.end()) for m in LINE.finditer(unwrapped(text)))
    return tuple(line for line in lines if line.start < line.end)


def paragraph(text: str, extent: Extent) -> Extent:
    """The paragraph or paragraphs around an extent, without the spaces around them."""
    text = unwrapped(text)
    start = text.rfind("\n", 0, extent.start) + 1
    end = text.find("\n", extent.end)
    return _trimmed(text, start, len(text) if end < 0 else end)


def _trimmed(text: str, start: int, end: int) -> Extent:
    """An extent without spaces at its ends; an empty one where there is nothing else."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return Extent(start + lead, start + lead + len(words.strip()))
