"""One place decides: candidates of all detectors → the attributions that stand.

The learned detector proposes most of them; the rules for quotation marks add every well-formed direct quote that it
missed. Then each is read: kind from the quotation marks, mode, stance and polarity from the cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotes.detectors.marks import Quotation
from quotes.lexicon import Lexicon
from quotes.models import Attribution, Extent, Extents, Kind

NEW_SENTENCE = re.compile(r"""[.!?…]["”’»)\]]*\s+$|\n""")
EDGE = " \t\n\r\u00a0,;:"
SAME = 0.8  # overlap of contents from which two candidates are one
NAMING = 8  # words that a source further up the chain may have
LETTER = re.compile(r"\w")


def decide(
    text: str,
    learned: Sequence[Attribution],
    rules: Sequence[Attribution],
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
) -> list[Attribution]:
    """Attributions in the order of their contents, each content once."""
    spoken = Spoken(text, quotations)
    proposed = [part for a in learned for part in continuations(text, snapped(text, a, spoken), spoken)]
    chosen = chained(text, distinct(proposed))
    chosen += [rule for rule in rules if not any(covers(a, rule) for a in chosen)]
    chosen = [with_rule(a, rules) for a in chosen]
    return sorted((read(text, a, spoken, lexicon) for a in chosen), key=lambda a: (a.content, a.cue, a.source))


class Spoken:
    """The outermost quotations that are speech, for look-ups by place in logarithmic time."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.extents = sorted({q.extent for q in quotations if q.depth == 0 and q.form == "speech"})

    def around(self, extent: Extent) -> Iterator[Extent]:
        """Quotations that share a character with an extent."""
        from bisect import bisect_left

        at = max(0, bisect_left(self.extents, extent) - 1)
        for quotation in self.extents[at:]:
            if quotation.start >= extent.end:
                return
            if quotation.end > extent.start:
                yield quotation


def snapped(text: str, attribution: Attribution, spoken: Spoken) -> Attribution:
    """Contents at their natural edges: the marks of a quotation they nearly fill, and no stray comma or space."""
    content = merged(trimmed(text, to_marks(piece, spoken)) for piece in attribution.content)
    cue, source = (merged(trimmed(text, e) for e in role) for role in (attribution.cue, attribution.source))
    return replace(attribution, content=content, cue=cue, source=source)


def to_marks(piece: Extent, spoken: Spoken) -> Extent:
    """A piece that fills most of a quotation takes all of it: what stands in one pair of marks is said by one."""
    start, end = piece.start, piece.end
    for q in spoken.around(piece):
        shared = min(q.end, piece.end) - max(q.start, piece.start)
        if 2 * shared > q.end - q.start:
            start, end = min(start, q.start), max(end, q.end)
    return Extent(start, end)


def trimmed(text: str, extent: Extent) -> Extent:
    """Without space and separators at the edges; a full stop goes only where no quotation mark keeps it."""
    start, end = extent.start, extent.end
    while start < end and text[start] in EDGE:
        start += 1
    while start < end and text[end - 1] in EDGE + ".":
        if text[end - 1] == "." and not text[end : end + 1].isspace() and end < len(text):
            break
        if text[end - 1] == "." and re.search(r"\b(?:\w\.)+\w\.$", text[max(start, end - 8) : end]):
            break  # the stop belongs to an abbreviation such as U.S.
        end -= 1
    return Extent(start, end)


def merged(extents: Iterable[Extent]) -> Extents:
    """Sorted, without empty ones, overlapping ones joined."""
    out: list[Extent] = []
    for extent in sorted(e for e in extents if e.start < e.end):
        if out and extent.start <= out[-1].end:
            out[-1] = Extent(out[-1].start, max(out[-1].end, extent.end))
        else:
            out.append(extent)
    return tuple(out)


def continuations(text: str, attribution: Attribution, spoken: Spoken) -> list[Attribution]:
    """Splits off what follows in a new sentence after the cue, or stands in another paragraph.

    Each such part is a claim of its own with an empty cue and the same source; a quotation interrupted inside its
    sentence stays one claim with several extents. The part nearest to the cue keeps it; of the parts in other
    paragraphs only quotations are believed.
    """
    parts: list[list[Extent]] = []
    for piece in attribution.content:
        for extent in paragraphs(text, piece):
            if parts and not NEW_SENTENCE.search(text[parts[-1][-1].end : extent.start] or " "):
                parts[-1].append(extent)
            else:
                parts.append([extent])
    if not parts:
        return []
    cue = (attribution.cue or attribution.source or attribution.content)[0].start

    def away(part: list[Extent]) -> tuple[bool, bool, int]:
        gap = text[part[-1].end : cue] if part[0].start < cue else text[cue : part[0].start]
        return "\n" in gap, bool(NEW_SENTENCE.search(gap)), len(gap)

    nearest = min(parts, key=away)
    kept = [p for p in parts if p is nearest or not away(p)[0] or any(spoken.around(p[0]))]
    return [replace(attribution, content=tuple(p), cue=attribution.cue if p is nearest else ()) for p in kept]


def paragraphs(text: str, extent: Extent) -> Iterator[Extent]:
    """The parts of an extent that lie on lines of their own."""
    for line in re.finditer(r"[^\n]+", text[extent.start : extent.end]):
        part = trimmed(text, Extent(extent.start + line.start(), extent.start + line.end()))
        if LETTER.search(text, part.start, part.end):
            yield part


def distinct(proposed: Iterable[Attribution]) -> list[Attribution]:
    """One of each content, the likeliest; equal ones in the order of the text."""
    kept: list[Attribution] = []
    for candidate in sorted(proposed, key=lambda a: (-a.confidence, a.content)):
        rivals = (k for k in kept if k.content[0].start < candidate.content[-1].end)
        if not any(overlap(k.content, candidate.content) > SAME for k in rivals):
            kept.append(candidate)
    return kept


def chained(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """ "X said, citing Y": Y is a source further up the chain of what X said, not a claim of its own."""
    kept = [a for a in attributions if not cites(text, a)]
    for citation in (a for a in attributions if cites(text, a)):
        place = citation.cue[0].start
        said = [i for i, a in enumerate(kept) if shared(a.source, citation.source) and same_line(text, a, place)]
        if not said:
            kept.append(citation)
            continue
        nearest = min(said, key=lambda i: abs((kept[i].cue or kept[i].content)[0].start - place))
        kept[nearest] = replace(kept[nearest], cited=merged(kept[nearest].cited + citation.content))
    return kept


def cites(text: str, attribution: Attribution) -> bool:
    """Is it the participle of citing with the few words that name a source?"""
    cue = " ".join(e.of(text).lower() for e in attribution.cue)
    return cue in ("citing", "quoting") and sum(len(e.of(text).split()) for e in attribution.content) <= NAMING


def same_line(text: str, attribution: Attribution, place: int) -> bool:
    """Does an attribution stand in the paragraph of a place?"""
    start = attribution.content[0].start
    return "\n" not in text[min(start, place) : max(start, place)]


def length(extents: Extents) -> int:
    """Characters in all."""
    return sum(e.end - e.start for e in extents)


def shared(a: Extents, b: Extents) -> int:
    """Characters in both."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def overlap(a: Extents, b: Extents) -> float:
    """Intersection over union, in characters."""
    both = shared(a, b)
    return both / (length(a) + length(b) - both)


def covers(attribution: Attribution, rule: Attribution) -> bool:
    """Does an attribution already hold the greater part of what a rule found?"""
    return 2 * shared(attribution.content, rule.content) > length(rule.content)


def with_rule(attribution: Attribution, rules: Sequence[Attribution]) -> Attribution:
    """A learned attribution without a source takes that of the rule which read the same quotation."""
    if attribution.source:
        return attribution
    for rule in rules:
        if rule.source and overlap(attribution.content, rule.content) > SAME:
            return replace(attribution, source=rule.source, cue=attribution.cue or rule.cue)
    return attribution


def read(text: str, attribution: Attribution, spoken: Spoken, lexicon: Lexicon) -> Attribution:
    """Kind, mode, stance and polarity of an attribution; the lexicon's word on mode counts before the model's."""
    kind = attribution.kind if attribution.detector == "rules" else kind_of(text, attribution.content, spoken)
    if not attribution.cue:
        return replace(attribution, kind=kind, mode="statement" if kind == "direct" else attribution.mode)
    cue = lexicon.read_cue(" ".join(e.of(text) for e in attribution.cue))
    mode = "statement" if kind == "direct" else cue.mode or attribution.mode
    return replace(
        attribution,
        kind=kind,
        mode=mode,
        negated=cue.negated,
        hearsay=cue.hearsay,
        lemma=cue.lemma,
        stance=cue.stance,
    )


def kind_of(text: str, content: Extents, spoken: Spoken) -> Kind:
    """``direct`` if every letter stands in quotation marks, ``mixed`` if some do, else ``indirect``."""
    inside = outside = False
    for piece in content:
        at = piece.start
        for q in spoken.around(piece):
            inside = True
            outside = outside or bool(LETTER.search(text, at, max(at, q.start)))
            at = max(at, q.end)
        outside = outside or bool(LETTER.search(text, at, max(at, piece.end)))
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
