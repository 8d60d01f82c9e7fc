"""Words and where they stand: the pieces of a claim, what precedes and follows them, their paragraph and context."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

from quotes.errors import StoreError
from quotes.models import Article, Claim, Extent, Extents

AROUND = 300  # code points of context on either side
WORD = 32  # code points to look for a blank to cut at
LONGEST = 4000  # code points of content within a context
BREAK = " … "  # between the pieces of a broken content, for reading only


class UnstorableError(StoreError):
    """An article or claim that the store refuses: a NUL, a lone surrogate, an extent outside the text."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was stored: ``where`` is an article's or claim's uid, or a part of the database."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def require(article: Article, claims: Iterable[Claim]) -> None:
    """Raise UnstorableError where an article or its claims cannot be stored exactly."""
    words = (article.text, article.id, article.title, article.url, article.publisher, article.published)
    for value in (*words, article.language, article.where, article.place, *article.authors, *article.notes):
        require_text(value)
    for claim in claims:
        for extent in extents(claim):
            if not 0 <= extent.start < extent.end <= len(article.text):
                raise UnstorableError(f"{article.where or 'the article'}: a claim lies outside the text, at {extent}")
        for who in (claim.resolution, *(via.resolution for via in claim.chain)):
            if who.speaker:
                require_text(who.speaker.name)
                require_text(who.speaker.role)
            if who.speaker and not who.speaker.name.strip():
                raise UnstorableError(f"{article.where or 'the article'}: a speaker without a name")
        if not claim.attribution.content:
            raise UnstorableError(f"{article.where or 'the article'}: a claim without content")


def require_text(value: str | None) -> None:
    """Raise UnstorableError for a string that SQLite would cut or refuse."""
    try:
        spoiled = value is not None and b"\0" in value.encode()
    except UnicodeEncodeError:
        spoiled = True
    if spoiled:
        raise UnstorableError("a NUL or a lone surrogate cannot be stored", "readers replace them before offsets exist")


def extents(claim: Claim) -> Extents:
    """Every extent that a claim speaks of."""
    found = claim.attribution
    vias = tuple(via.extent for via in claim.chain)
    mentions = tuple(extent for via in claim.chain for extent in via.resolution.mentions)
    return (*found.content, *found.cue, *found.source, *vias, *claim.resolution.mentions, *mentions)


def pieces(text: str, spans: Extents) -> list[tuple[int, int, str]]:
    """Extents with their words, ``(start, end, words)``."""
    return [(extent.start, extent.end, extent.of(text)) for extent in spans]


def packed(parts: Sequence[tuple[int, int, str]]) -> str:
    """Pieces as stored: JSON, ``[[start,end,"words"],…]``."""
    return f"[{','.join([f'[{start},{end},{encode_basestring(words)}]' for start, end, words in parts])}]"


def joined(parts: Iterable[Sequence[object]]) -> str:
    """The words of pieces for reading."""
    return BREAK.join(str(words) for _, _, words in parts)


def paragraph(bounds: Sequence[Extent], offset: int) -> int:
    """Number of the paragraph at an offset, from 1."""
    return max(1, bisect_right(bounds, offset, key=lambda extent: extent.start))


def context(text: str, bounds: Sequence[Extent], hull: Extent) -> Extent:
    """The paragraphs that hold a content, cut at blanks to AROUND code points on either side of it."""
    last = min(hull.end, hull.start + LONGEST)
    first_bound = bounds[paragraph(bounds, hull.start) - 1] if bounds else hull
    last_bound = bounds[paragraph(bounds, last - 1) - 1] if bounds else hull
    start = max(min(first_bound.start, hull.start), hull.start - AROUND)
    end = min(max(last_bound.end, last), last + AROUND)
    return Extent(_cut_start(text, start, hull.start), _cut_end(text, end, last))


def _cut_start(text: str, start: int, limit: int) -> int:
    if start == 0 or text[start - 1].isspace():
        return start
    return next((at + 1 for at in range(start, min(limit, start + WORD)) if text[at].isspace()), start)


def _cut_end(text: str, end: int, limit: int) -> int:
    if end == len(text) or text[end].isspace():
        return end
    return next((at for at in range(end - 1, max(limit, end - WORD) - 1, -1) if text[at].isspace()), end)
