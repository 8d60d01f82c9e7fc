"""Quotation marks: where a quotation begins and ends, what lies inside another, what carries on in the next paragraph.

Typesetters disagree, authors forget marks, apostrophes look like them. So every mark is judged by what stands on both
sides of it before its shape is believed, a mark that nothing answers ends with its paragraph at the latest, and all of
it happens in one pass with a stack of at most four: time is linear in the text whatever the marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from quotes.detectors.forms import Form, sentences_of
from quotes.lexicon import Lexicon, load
from quotes.models import Extent

Family = Literal["double", "single", "angle", "corner"]

MARKS = re.compile("''|``|[\"“”„‟＂〝〞'‘’‚‛`«»‹›「」『』]")
GLYPHS: dict[Family, tuple[str, ...]] = {
    "double": ('"', "“", "”", "„", "‟", "＂", "〝", "〞", "''", "``"),
    "single": ("'", "‘", "’", "‚", "‛", "`"),
    "angle": ("«", "»", "‹", "›"),
    "corner": ("「", "」", "『", "』"),
}
FAMILIES = {glyph: family for family, glyphs in GLYPHS.items() for glyph in glyphs}
OPENING, CLOSING = frozenset(["“", "„", "‟", "〝", "‘", "‚", "‛", "`", "``", *"«‹「『"]), frozenset("”〞’»›」』")
BEFORE_OPENING = frozenset("([{—–-/…\"“„‟«‹'‘‚‛`=>|*")
AFTER_CLOSING = frozenset(")]}—–-/….,;:?!\"”’'»›“<|*")
ELIDED = re.compile(r"(?:\d0s|\d\ds?|tis|twas|twere|em|til|till|cause|bout|round|n|ere|nuff|course|cos|neath)\b", re.I)
CLAUSE = re.compile(r"[,?!] (\w+(?: \w+){1,2})")
DEEPEST = 4  # quotations inside one another; what opens deeper is noise
FARTHEST = 2000  # code points that a quotation may run on over paragraphs before its closing mark
LINES = 8  # and lines
SEPARATORS = frozenset(",;:?!)")
TERMINAL = frozenset(".?!…,;:—–-")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. ``extent`` includes the marks, ``inner`` does not; ``depth`` 0 lies in no other.

    ``form`` tells speech from titles of works, nicknames and scare quotes. ``closed`` is False where no mark closes
    it; then ``continues`` of the next paragraph's quotation may be the index of this one in the list.
    """

    extent: Extent
    inner: Extent
    depth: int = 0
    form: Form = "speech"
    closed: bool = True
    continues: int | None = None


@dataclass(slots=True)
class _Mark:
    """A mark in its place, with what its neighbours allow, and the next ones of its family as indices."""

    start: int
    end: int
    family: Family
    opens: bool
    closes: bool
    line: int
    following: int = -1  # the next mark of the family
    closing: int = -1  # the next one that may close


@dataclass(slots=True)
class _Open:
    """A quotation that waits for its closing mark."""

    mark: int
    family: Family


@dataclass
class _Page:
    """The text with its lines and marks, and the quotations found so far."""

    text: str
    found: list[Quotation] = field(default_factory=list)
    families: dict[int, Family] = field(default_factory=dict)  # of unclosed quotations, by where they begin

    @cached_property
    def breaks(self) -> list[int]:
        """Where each line ends."""
        return [m.start() for m in re.finditer(r"\n|\Z", self.text)]

    @cached_property
    def marks(self) -> list[_Mark]:
        """All marks that are no apostrophes or inches on the face of it."""
        marks: list[_Mark] = []
        line = 0
        for match in MARKS.finditer(self.text):
            while self.breaks[line] < match.start():
                line += 1
            if mark := _judged(self.text, match, line):
                marks.append(mark)
        following: dict[Family, int] = {}
        closing: dict[Family, int] = {}
        for i in range(len(marks) - 1, -1, -1):
            mark = marks[i]
            mark.following, mark.closing = following.get(mark.family, -1), closing.get(mark.family, -1)
            following[mark.family] = i
            if mark.closes:
                closing[mark.family] = i
        return marks


def quotations(text: str, lexicon: Lexicon | None = None) -> list[Quotation]:
    """All quotations of a text, by where they begin; the lexicon (English if None) tells cues from other words."""
    page = _Page(text)
    _pair(page)
    lexicon = lexicon or load()
    ordered = sorted(page.found, key=lambda q: (q.extent.start, -q.extent.end))
    carried = _carried(page, ordered)
    begun = {q.continues for q in carried}
    carried = [q if q.closed or i in begun else _mended(text, q, lexicon) for i, q in enumerate(carried)]
    sentences = sentences_of(text, lexicon)
    formed = [replace(q, form=sentences.form(q.extent, q.inner)) for q in carried]
    spoken = {i for q in formed if (i := q.continues) is not None} | {i for i, q in enumerate(formed) if not q.closed}
    return [replace(q, form="speech") if i in spoken or q.continues is not None else q for i, q in enumerate(formed)]


def _mended(text: str, quotation: Quotation, lexicon: Lexicon) -> Quotation:
    """An unclosed quotation ends where a cue clause betrays that its closing mark was forgotten ("X, he said.)."""
    start, end = quotation.inner.start, quotation.inner.end
    for clause in CLAUSE.finditer(text, start, end):
        words = clause[1].split()
        if (words[0][0].isupper() or words[0] in lexicon.pronouns) and any(map(lexicon.reports, words[1:3])):
            end = clause.start() + 1
            return replace(quotation, extent=Extent(quotation.extent.start, end), inner=Extent(start, end))
    return quotation


def _judged(text: str, match: re.Match[str], line: int) -> _Mark | None:
    """A mark with what its neighbours allow; None for an apostrophe, feet or inches."""
    glyph, start, end = match[0], match.start(), match.end()
    family = FAMILIES[glyph]
    before, after = text[start - 1 : start], text[end : end + 1]
    if family == "single" and before.isalnum() and after.isalnum():
        return None
    if glyph in ("'", "’", "‘") and ELIDED.match(text, end):
        return None
    roomy = not before or before.isspace()
    opens = bool(after) and not after.isspace() and after not in SEPARATORS and (roomy or before in BEFORE_OPENING)
    closes = not after or after in SEPARATORS or (not roomy and (after.isspace() or after in AFTER_CLOSING))
    if opens == closes:
        opens, closes = (glyph in OPENING, glyph in CLOSING) if glyph in OPENING | CLOSING else (opens, closes)
    if opens == closes and before in TERMINAL and after.isalnum():  # a missing space: "Yes,"he said / he said,"Yes"
        opens = closes = True
    if family == "single" and glyph == "’" and opens and not closes:
        return None  # an elision that is not on the list
    return _Mark(start, end, family, opens, closes, line) if opens or closes else None


def _pair(page: _Page) -> None:
    """Open and close, mark by mark; a new line ends what cannot go on over it."""
    stack: list[_Open] = []
    line = 0
    for i, mark in enumerate(page.marks):
        if mark.line != line:
            _end_line(page, stack, i)
            line = mark.line
        depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].family == mark.family), -1)
        if mark.closes and depth >= 0 and (not mark.opens or depth == len(stack) - 1):
            if not _apostrophe(page, stack, depth, i):
                _close(page, stack, depth, mark)
        elif mark.closes and depth < 0 and _mistyped(page, stack, mark):
            _close(page, stack, len(stack) - 1, mark)
        elif mark.opens:
            _open(page, stack, depth, i)
    _end_line(page, stack, len(page.marks))


def _apostrophe(page: _Page, stack: list[_Open], depth: int, i: int) -> bool:
    """Is what could close here a possessive ("the workers' rights"), an inch, or a mark inside another quotation?"""
    text, marks, mark = page.text, page.marks, page.marks[i]
    before, after = text[mark.start - 1], text[mark.end : mark.end + 2]
    later = marks[mark.closing] if mark.closing == mark.following >= 0 else None
    later = later if later and later.line == mark.line and not later.opens else None
    if mark.family == "double":
        return before.isdigit() and after[:1] == " " and after[1:].islower() and later is not None
    if mark.family != "single":
        return False
    if depth < len(stack) - 1:
        inner = marks[stack[-1].mark].closing
        return inner >= 0 and marks[stack[-1].mark].line == marks[inner].line
    if later is None or not before.isalpha() or after[:1] != " " or not after[1:].islower():
        return False
    last = text[later.start - 1]
    return last in TERMINAL or (before == "s" and last != "s")


def _mistyped(page: _Page, stack: list[_Open], mark: _Mark) -> bool:
    """Does a mark of another family close a quotation that has no closing mark of its own in its line ("X.’)?"""
    if not stack or page.text[mark.start - 1] not in ".?!,":
        return False
    start = page.marks[stack[-1].mark]
    return start.closing < 0 or page.marks[start.closing].line != start.line


def _close(page: _Page, stack: list[_Open], depth: int, mark: _Mark) -> None:
    """Close the quotation at a depth; what was opened inside it and never closed was no quotation."""
    start = page.marks[stack[depth].mark]
    del stack[depth:]
    if page.text[start.end : mark.start].strip():
        page.found.append(Quotation(Extent(start.start, mark.end), Extent(start.end, mark.start), depth))


def _open(page: _Page, stack: list[_Open], depth: int, i: int) -> None:
    """Open a quotation, unless the mark is an apostrophe or an inch; one of the family that is open already ends."""
    mark = page.marks[i]
    if depth >= 0 and not _nested(page, i):
        _abandon(page, stack, depth, mark.start)
    if len(stack) < DEEPEST and _answered(page, i):
        stack.append(_Open(i, mark.family))


def _nested(page: _Page, i: int) -> bool:
    """Do two closing marks follow an opening mark of the same kind, so that one lies inside the other?"""
    first = page.marks[i].following
    second = page.marks[first].following if first >= 0 else -1
    if second < 0 or page.marks[second].line != page.marks[i].line:
        return False
    return all(page.marks[j].closes and not page.marks[j].opens for j in (first, second))


def _answered(page: _Page, i: int) -> bool:
    """A single mark opens only if another closes it in its line, or opens the next paragraph again."""
    mark = page.marks[i]
    if mark.family != "single":
        return True
    if mark.closing >= 0 and page.marks[mark.closing].line == mark.line:
        return page.marks[mark.closing].start - mark.start < FARTHEST
    following = page.marks[mark.following] if mark.following >= 0 else None
    return following is not None and following.opens and _begins_next(page, page.breaks[mark.line], following.start)


def _begins_next(page: _Page, end: int, start: int) -> bool:
    """Does the mark at ``start`` begin the first paragraph after the line that ends at ``end``?"""
    return 0 < start - end < FARTHEST and not page.text[end:start].strip()


def _end_line(page: _Page, stack: list[_Open], coming: int) -> None:
    """At the end of a line all ends that the next marks do not clearly close on a later line."""
    for depth, waiting in enumerate(stack):
        start = page.marks[waiting.mark]
        j = start.following
        while 0 <= j < coming:
            j = page.marks[j].following
        answer = page.marks[j] if j >= 0 else None
        if waiting.family == "single" or answer is None or answer.opens or not answer.closes:
            _abandon(page, stack, depth, page.breaks[start.line])
            return
        if answer.start - start.start > FARTHEST or answer.line - start.line > LINES:
            _abandon(page, stack, depth, page.breaks[start.line])
            return


def _abandon(page: _Page, stack: list[_Open], depth: int, end: int) -> None:
    """End a quotation that no mark closes: with its paragraph, or before the next one; implausible ones vanish."""
    start = page.marks[stack[depth].mark]
    family = stack[depth].family
    del stack[depth:]
    end = min(end, page.breaks[start.line])
    end -= len(page.text[start.end : end]) - len(page.text[start.end : end].rstrip())
    lead = page.text[max(0, start.start - 3) : start.start].rstrip(" ")
    plausible = not lead or lead[-1] in '\n,:.?!—”"'
    if depth == 0 and plausible and 1 < end - start.end < FARTHEST:
        page.found.append(Quotation(Extent(start.start, end), Extent(start.end, end), depth, closed=False))
        page.families[start.start] = family


def _carried(page: _Page, ordered: list[Quotation]) -> list[Quotation]:
    """Tie a quotation that opens a paragraph to the unclosed one of the paragraph before it."""
    families = {m.start: m.family for m in page.marks} if page.families else {}
    carried = list(ordered)
    waiting: int | None = None
    for i, quotation in enumerate(ordered):
        if quotation.depth:
            continue
        start = quotation.extent.start
        if waiting is not None:
            last = ordered[waiting].extent
            end = page.breaks[bisect_right(page.breaks, last.end - 1)]
            if families[start] == page.families[last.start] and _begins_next(page, end, start):
                carried[i] = replace(quotation, continues=waiting)
        waiting = None if quotation.closed else i
    return carried
