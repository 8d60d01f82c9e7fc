"""The edges of what was said: from ragged extents of a detector to those that a person would mark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from quotes.detectors.layout import STAMP, dateline
from quotes.detectors.marks import Quotation
from quotes.detectors.silences import WITHHELD, withheld
from quotes.lexicon import Lexicon
from quotes.models import Attribution, Extent, Extents, Kind

SENTENCE = re.compile(r"""[.!?…]["”’»)\]]*\s+""")
RELATIVE = re.compile(r"(?:which|who|whose|where)(?: \S+){3}")  # but not "which" alone, as in "which, he said, failed"
CITING = re.compile(r",?\s*\b(?:citing|quoting)$", re.IGNORECASE)
FARTHEST = 400  # code points from the beginning of a sentence to a source in it
CITED = re.compile(r"([^,;\n]{3,80}), (that )", re.IGNORECASE)
AS_SAYING = re.compile(r"(quote[ds]|cite[ds])\s+([^,;:.\n\"“”]{2,80}?)\s+(as saying)\b")
QUOTED_BY = re.compile(r"((?:\w+ ){0,2}(?:quoted|cited)) by [^,;:.\n\"“”]{2,80}? (as saying)\b")
MARK = re.compile(r"\S+")
UNSAID = re.compile(
    r"\s*to (\w+)(?: (?:further|publicly|directly|immediately))?(?: (?:on|about|to))?\s+(?=\S)", re.IGNORECASE
)
INNER = re.compile(r"(?:[.@/:_][a-z\d]+)+")  # an address or a number goes on
LETTER = re.compile(r"\w")
STAMPED = re.compile(rf"^{STAMP.pattern}", re.MULTILINE)
HEADING = 80  # code points of a dateline
EDGE = " \t\n\r\u00a0,;:"
OPENING = "\"“„«‘'"


class Spoken:
    """A text with its outermost quotations that are speech, for look-ups by place in logarithmic time."""

    def __init__(self, text: str, quotations: Sequence[Quotation], lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.extents = sorted({q.extent for q in quotations if q.depth == 0 and q.form == "speech"})

    @cached_property
    def live(self) -> bool:
        """Do two lines or more begin with a time of day, as the entries of a live page do?"""
        return len(list(islice(STAMPED.finditer(self.text), 2))) > 1

    def around(self, extent: Extent) -> Iterator[Extent]:
        """Quotations that share a character with an extent."""
        for i in range(max(0, bisect_left(self.extents, extent) - 1), len(self.extents)):
            quotation = self.extents[i]
            if quotation.start >= extent.end:
                return
            if quotation.end > extent.start:
                yield quotation


def snapped(page: Spoken, attribution: Attribution) -> Attribution:
    """Contents at their natural edges: the marks of a quotation they nearly fill, and no stray comma or space."""
    pieces = (undated(page, piece, bare=False) for piece in headed(page, attribution))
    content = merged(trimmed(page, to_marks(unbroken(page.text, piece), page)) for piece in pieces)
    cue, source = (merged(trimmed(page, e) for e in role) for role in (attribution.cue, attribution.source))
    marks = (MARK.search(page.text, e.start, e.end) for e in attribution.cue)
    cue = cue or merged(Extent(*mark.span()) for mark in marks if mark)  # a colon is a cue too
    source = tuple(undated(page, e, bare=True) for e in in_sentence(page, together(page, source, cue), cue))
    return replace(attribution, content=content, cue=together(page, cue, cue), source=source)


def unbroken(text: str, extent: Extent) -> Extent:
    """An extent to the end of an address or a number that it ends within: "www.news | .example"."""
    rest = INNER.match(text, extent.end) if text[extent.end - 1].isalnum() else None
    return Extent(extent.start, rest.end()) if rest else extent


def together(page: Spoken, role: Extents, cue: Extents) -> Extents:
    """What lies of a role in the paragraph where the cue begins; all of it where nothing does."""
    if not role or not cue:
        return role
    line = line_of(page.text, cue[0].start)
    inside = (Extent(max(e.start, line.start), min(e.end, line.end)) for e in role)
    return merged(trimmed(page, e) for e in inside if e.start < e.end) or role


def in_sentence(page: Spoken, source: Extents, cue: Extents) -> Extents:
    """A source without the sentence before or after its own: it ends where the sentence does."""
    if not cue:
        return source
    place = cue[0].start

    def cut(extent: Extent) -> Extent:
        ends = SENTENCE.finditer(page.text, extent.start, extent.end)
        stops = [m for m in ends if m[0][0] != "." or closes(page, m.start() + 1)]
        if not stops:
            return extent
        before = extent.start < place
        return Extent(stops[-1].end(), extent.end) if before else Extent(extent.start, stops[0].start())

    return merged(trimmed(page, cut(e)) for e in source)


def undated(page: Spoken, extent: Extent, *, bare: bool) -> Extent:
    """A source or a content without the dateline of its paragraph, or the time before an entry of a live page:
    "MALBY (Delta News) - Mayor Tate" names the mayor. ``bare``: may the dateline be a place alone? It heads no content,
    where a dateline too many is better than a subject too few.
    """
    text = page.text
    line = text.rfind("\n", max(0, extent.start - HEADING), extent.start) + 1
    if extent.start - line > HEADING:
        return extent
    found = dateline(text, line, extent.end, bare=bare) or (page.live and STAMP.match(text, line, extent.end))
    return Extent(max(extent.start, found.end()), extent.end) if found else extent


def line_of(text: str, place: int) -> Extent:
    """The line on which a place lies."""
    end = text.find("\n", place)
    return Extent(text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end)


def headed(page: Spoken, attribution: Attribution) -> Extents:
    """Contents, with the head of the sentence where one before the cue begins at a relative clause.

    What comes before the cue of its sentence is said as a whole: no claim begins at "which".
    """
    first, cue = attribution.content[0], attribution.cue[:1]
    if not cue or cue[0].start < first.end or not RELATIVE.match(page.text, first.start, first.end):
        return attribution.content
    line = line_of(page.text, first.start)
    ends = [m.end() for m in SENTENCE.finditer(page.text, line.start, first.start)]
    return (Extent(ends[-1] if ends else line.start, first.end), *attribution.content[1:])


def uncited(page: Spoken, attribution: Attribution) -> Attribution:
    """Takes the source out of "the agency reported, citing two officials, that it rained": it is cited, not claimed."""
    if not attribution.cue or not attribution.content:
        return attribution
    first, cue = attribution.content[0], attribution.cue[-1]
    citing = CITING.search(page.text, cue.start, cue.end)
    cited = CITED.match(page.text, first.start, first.end)
    reports = citing is not None and cue.start < citing.start() and citing.end() == cue.end
    if citing and reports and (told := _before_source(page.text, attribution)):
        cue_left = merged((*attribution.cue[:-1], Extent(cue.start, citing.start())))
        return replace(attribution, content=(told,), cue=cue_left, cited=merged((*attribution.cited, first)))
    if citing is None or cited is None or first.start < cue.end:
        return attribution
    return replace(
        attribution,
        content=(Extent(cited.start(2), first.end), *attribution.content[1:]),
        cue=merged((*attribution.cue[:-1], Extent(cue.start, citing.start()))) or attribution.cue,
        cited=merged((*attribution.cited, Extent(*cited.span(1)))),
    )


def _before_source(text: str, attribution: Attribution) -> Extent | None:
    """What stands before "the agency reported, citing two officials" in its sentence; None where nothing does."""
    source = attribution.source[:1]
    if not source or source[0].end > attribution.cue[0].start or len(attribution.content) > 1:
        return None
    far, end = max(0, source[0].start - FARTHEST), source[0].start
    ends = (
        text.rfind(mark, far, end) + len(mark) for mark in ("\n", ". ", "? ", "! ", "” ", '" ') if mark in text[far:end]
    )
    start = max(ends, default=far)
    told = text[start:end].rstrip()
    return Extent(start, start + len(told) - 1) if told.endswith(",") and len(told) > 1 else None


def silent(page: Spoken, attribution: Attribution) -> Attribution:
    """ "Declined" and "to comment on the figures": what was not spoken of is the figures, not the comment.

    Likewise "gave" and "no date": what was not told is the date.
    """
    attribution = _denied(page, attribution)
    if not attribution.cue or not attribution.content:
        return attribution
    cue, first, words = attribution.cue[-1], attribution.content[0], page.lexicon.modifiers
    found = UNSAID.match(page.text, cue.end, first.end)
    refused = page.lexicon.lemma(cue.of(page.text).split()[-1]) in words["refusal"]
    if found is None or not refused or found[1].lower() not in words["disclosure"] or first.start > found.start(1):
        return attribution
    told = trimmed(page, Extent(cue.start, found.end()))
    return replace(
        attribution,
        content=(Extent(found.end(), first.end), *attribution.content[1:]),
        cue=(*attribution.cue[:-1], told),
    )


def _denied(page: Spoken, attribution: Attribution) -> Attribution:
    """With the "no" in the cue and not in the content, where a particular is kept back."""
    if not attribution.cue or not attribution.content:
        return attribution
    cue, first = attribution.cue[-1], attribution.content[0]
    found = WITHHELD.match(page.text, page.text.rfind(" ", cue.start, cue.end) + 1 or cue.start, first.end)
    if not found or first.start != found.start("no") or not withheld(found, page.lexicon):
        return attribution
    content = (Extent(found.end("no") + 1, first.end), *attribution.content[1:])
    return replace(attribution, content=content, cue=(*attribution.cue[:-1], Extent(cue.start, found.end("no"))))


def relayed(text: str, attribution: Attribution) -> Attribution:
    """ "The agency quoted Smith as saying it rained", "Smith was quoted by it as saying so": Smith said it."""
    cue = attribution.cue[:1]
    if cue and (passive := QUOTED_BY.match(text, cue[0].start)) and attribution.content[0] < cue[0]:
        return _quoted(text, attribution, passive)
    found = AS_SAYING.match(text, cue[0].start) if cue else None
    if found is None or not attribution.source < attribution.cue:
        return attribution
    pieces = (
        part
        for e in attribution.content
        for part in (Extent(e.start, min(e.end, cue[0].start)), Extent(max(e.start, found.end()), e.end))
    )
    content = merged(_bare(text, part) for part in pieces)
    if not content:
        return attribution
    quoted, speaker, saying = (Extent(*found.span(group)) for group in (1, 2, 3))
    return replace(attribution, content=content, source=(speaker,), cue=merged((quoted, saying)))


def _quoted(text: str, attribution: Attribution, passive: re.Match[str]) -> Attribution:
    """What somebody was quoted as saying, where the subject was read as the first piece of it."""
    subject, *rest = attribution.content
    said = merged(_bare(text, Extent(max(e.start, passive.end()), e.end)) for e in rest if e.end > passive.end())
    quoted, saying = (Extent(*passive.span(group)) for group in (1, 2))
    return replace(attribution, content=said, source=(subject,), cue=(quoted, saying)) if said else attribution


def _bare(text: str, extent: Extent) -> Extent:
    """An extent without space and separators at its edges."""
    start, end = extent.start, extent.end
    while start < end and text[start] in EDGE:
        start += 1
    while start < end and text[end - 1] in EDGE:
        end -= 1
    return Extent(start, end)


def undoubled(page: Spoken, attribution: Attribution) -> Attribution:
    """A content that begins with its own source and cue again ("McGurk said it rained, McGurk said") loses them."""
    if len(attribution.cue) != 1 or len(attribution.source) != 1 or not attribution.content:
        return attribution
    (cue,), (source,), first = attribution.cue, attribution.source, attribution.content[0]
    again, words = f"{source.of(page.text)} {cue.of(page.text)}", first.of(page.text)
    rest = words[len(again) :]
    kept = rest.lstrip()
    if not words.startswith(again) or not kept or kept == rest:
        return attribution
    end = first.start + len(again)
    start = end - (cue.end - cue.start)
    inner_source, inner_cue = Extent(first.start, start - 1), Extent(start, end)
    content = (Extent(first.end - len(kept), first.end), *attribution.content[1:])
    return replace(attribution, content=content, source=merged((inner_source, source)), cue=merged((inner_cue, cue)))


def to_marks(piece: Extent, page: Spoken) -> Extent:
    """A piece that fills most of a quotation takes all of it: what stands in one pair of marks is said by one."""
    start, end = piece.start, piece.end
    for q in page.around(piece):
        shared = min(q.end, piece.end) - max(q.start, piece.start)
        if 2 * shared > q.end - q.start:
            start, end = min(start, q.start), max(end, q.end)
    return Extent(start, end)


def trimmed(page: Spoken, extent: Extent) -> Extent:
    """Without space and separators at the edges; a full stop goes unless it ends an abbreviation or a quotation."""
    text, bare = page.text, _bare(page.text, extent)
    start, end = bare.start, bare.end
    if end - start > 1 and text[end - 1] == "." and text[start] not in OPENING and ends_sentence(page, end):
        end -= 1
    return Extent(start, end)


def ends_sentence(page: Spoken, end: int) -> bool:
    """Is the full stop before ``end`` more than the mark of an abbreviation (Jr., U.S.) or part of a word?"""
    text = page.text
    if text[end : end + 1].isalnum():
        return False
    word = re.search(r"[\w.]+$", text[max(0, end - 24) : end])
    return word is None or not ("." in word[0][:-1] or word[0].rstrip(".").lower() in page.lexicon.abbreviations)


def closes(page: Spoken, end: int) -> bool:
    """Does a full stop inside a noun phrase end its sentence, and is no initial ("John J. Smith")?"""
    return ends_sentence(page, end) and not re.search(r"\b\w\.$", page.text[max(0, end - 3) : end])


def merged(extents: Iterable[Extent]) -> Extents:
    """Sorted, without empty ones, overlapping ones joined."""
    out: list[Extent] = []
    for extent in sorted(e for e in extents if e.start < e.end):
        if out and extent.start <= out[-1].end:
            out[-1] = Extent(out[-1].start, max(out[-1].end, extent.end))
        else:
            out.append(extent)
    return tuple(out)


def kind_of(page: Spoken, content: Extents) -> Kind:
    """``direct`` if every letter stands in quotation marks, ``mixed`` if some do, else ``indirect``."""
    inside = outside = False
    for piece in content:
        at = piece.start
        for q in page.around(piece):
            inside = True
            outside = outside or bool(LETTER.search(page.text, at, max(at, q.start)))
            at = max(at, q.end)
        outside = outside or bool(LETTER.search(page.text, at, max(at, piece.end)))
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
