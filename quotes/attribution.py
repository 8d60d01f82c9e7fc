"""One place decides: candidates of all detectors → the attributions that stand.

The learned detector proposes most of them; the rules for quotation marks add every well-formed direct quote that it
missed. Then each is read: kind from the quotation marks, mode, stance and polarity from the cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotes.detectors.marks import Quotation
from quotes.lexicon import Lexicon
from quotes.models import Attribution, Extent, Extents, Kind

NEW_SENTENCE = re.compile(r"""[.!?…]["”’»)\]]*\s+$|\n|;""")
EDGE = " \t\n\r\u00a0,;:"
OPENING = "\"“„«‘'"
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
    """Attributions in the order of their contents, each content once.

    A quotation that the rules read and no learned content holds is added; one that a learned content holds only in
    part is completed; a learned attribution without a source takes that of the rule. Time is linear in the text.
    """
    page = Spoken(text, quotations, lexicon)
    proposed = [part for a in learned for part in continuations(page, undoubled(page, snapped(page, a)))]
    chosen = chained(text, distinct(proposed))
    chosen = completed(chosen, [part for rule in rules for part in continuations(page, rule)])
    return sorted((read(page, a, lexicon) for a in chosen), key=lambda a: (a.content, a.cue, a.source))


class Spoken:
    """A text with its outermost quotations that are speech, for look-ups by place in logarithmic time."""

    def __init__(self, text: str, quotations: Sequence[Quotation], lexicon: Lexicon) -> None:
        self.text, self.abbreviations = text, lexicon.abbreviations
        self.extents = sorted({q.extent for q in quotations if q.depth == 0 and q.form == "speech"})

    def around(self, extent: Extent) -> Iterator[Extent]:
        """Quotations that share a character with an extent."""
        at = max(0, bisect_left(self.extents, extent) - 1)
        for quotation in self.extents[at:]:
            if quotation.start >= extent.end:
                return
            if quotation.end > extent.start:
                yield quotation


class Near:
    """Attributions by the stretches of text that their contents lie in: few neighbours to look at, wherever one is."""

    STRETCH = 4096  # code points; longer than most contents

    def __init__(self, attributions: Iterable[Attribution] = ()) -> None:
        self.attributions: list[Attribution] = []
        self.places: dict[int, list[int]] = defaultdict(list)
        for attribution in attributions:
            self.add(attribution)

    def add(self, attribution: Attribution) -> None:
        """Adds one to the end."""
        for stretch in self._stretches(attribution.content):
            self.places[stretch].append(len(self.attributions))
        self.attributions.append(attribution)

    def around(self, extents: Extents) -> list[int]:
        """Indices of those that may share a character with the extents, rising."""
        return sorted({i for stretch in self._stretches(extents) for i in self.places.get(stretch, ())})

    def _stretches(self, extents: Extents) -> range:
        return range(extents[0].start // self.STRETCH, extents[-1].end // self.STRETCH + 1)


def snapped(page: Spoken, attribution: Attribution) -> Attribution:
    """Contents at their natural edges: the marks of a quotation they nearly fill, and no stray comma or space."""
    content = merged(trimmed(page, to_marks(piece, page)) for piece in attribution.content)
    cue, source = (merged(trimmed(page, e) for e in role) for role in (attribution.cue, attribution.source))
    return replace(attribution, content=content, cue=together(page, cue, cue), source=together(page, source, cue))


def together(page: Spoken, role: Extents, cue: Extents) -> Extents:
    """The pieces of a role in the paragraph where the cue begins; all of them where none is there."""
    if len(role) < 2 or not cue:
        return role
    line = line_of(page.text, cue[0].start)
    return tuple(e for e in role if line.start <= e.start < line.end) or role


def line_of(text: str, place: int) -> Extent:
    """The line on which a place lies."""
    end = text.find("\n", place)
    return Extent(text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end)


def undoubled(page: Spoken, attribution: Attribution) -> Attribution:
    """A content that begins with its own source and cue again ("McGurk said it rained, McGurk said") loses them."""
    if len(attribution.cue) != 1 or len(attribution.source) != 1:
        return attribution
    (cue,), (source,), first = attribution.cue, attribution.source, attribution.content[0]
    again = re.match(f"({re.escape(source.of(page.text))}) ({re.escape(cue.of(page.text))})\\s+", first.of(page.text))
    if again is None or again.end() == first.end - first.start:
        return attribution
    inner = [Extent(first.start + a, first.start + b) for a, b in (again.span(1), again.span(2), again.span())]
    content = (Extent(inner[2].end, first.end), *attribution.content[1:])
    return replace(attribution, content=content, source=merged((inner[0], source)), cue=merged((inner[1], cue)))


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
    text, start, end = page.text, extent.start, extent.end
    while start < end and text[start] in EDGE:
        start += 1
    while start < end and text[end - 1] in EDGE:
        end -= 1
    if end - start > 1 and text[end - 1] == "." and text[start] not in OPENING and ends_sentence(page, end):
        end -= 1
    return Extent(start, end)


def ends_sentence(page: Spoken, end: int) -> bool:
    """Is the full stop before ``end`` more than the mark of an abbreviation (Jr., U.S.) or part of a word?"""
    text = page.text
    if text[end : end + 1].isalnum():
        return False
    word = re.search(r"[\w.]+$", text[max(0, end - 24) : end])
    return word is None or not ("." in word[0][:-1] or word[0].rstrip(".").lower() in page.abbreviations)


def merged(extents: Iterable[Extent]) -> Extents:
    """Sorted, without empty ones, overlapping ones joined."""
    out: list[Extent] = []
    for extent in sorted(e for e in extents if e.start < e.end):
        if out and extent.start <= out[-1].end:
            out[-1] = Extent(out[-1].start, max(out[-1].end, extent.end))
        else:
            out.append(extent)
    return tuple(out)


def continuations(page: Spoken, attribution: Attribution) -> list[Attribution]:
    """Splits off what follows in a new sentence after the cue, or stands in another paragraph.

    Each such part is a claim of its own with an empty cue and the same source; a quotation interrupted inside its
    sentence stays one claim with several extents. The part nearest to the cue keeps it; of the parts in other
    paragraphs only quotations are believed.
    """
    text = page.text
    parts: list[list[Extent]] = []
    for piece in attribution.content:
        for extent in paragraphs(page, piece):
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
    kept = [p for p in parts if p is nearest or not away(p)[0] or any(page.around(p[0]))]
    return [replace(attribution, content=tuple(p), cue=attribution.cue if p is nearest else ()) for p in kept]


def paragraphs(page: Spoken, extent: Extent) -> Iterator[Extent]:
    """The parts of an extent that lie on lines of their own."""
    for line in re.finditer(r"[^\n]+", extent.of(page.text)):
        part = trimmed(page, Extent(extent.start + line.start(), extent.start + line.end()))
        if LETTER.search(page.text, part.start, part.end):
            yield part


def distinct(proposed: Iterable[Attribution]) -> list[Attribution]:
    """One of each content: one with a cue before a continuation, the likelier before the others."""
    kept = Near()
    for candidate in sorted(proposed, key=lambda a: (not a.cue, -a.confidence, a.content)):
        rivals = (kept.attributions[i].content for i in kept.around(candidate.content))
        if not any(overlap(rival, candidate.content) > SAME for rival in rivals):
            kept.add(candidate)
    return kept.attributions


def chained(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """ "X said, citing Y": Y is a source further up the chain of what X said, not a claim of its own."""
    kept = Near(a for a in attributions if not cites(text, a))
    for citation in (a for a in attributions if cites(text, a)):
        place = citation.cue[0].start
        line = line_of(text, place)
        said = [i for i in kept.around((line,)) if shared(kept.attributions[i].source, citation.source)]
        said = [i for i in said if line.start <= kept.attributions[i].content[0].start < line.end]
        if not said:
            kept.add(citation)
            continue
        nearest = min(said, key=lambda i: abs(kept.attributions[i].content[0].start - place))
        known = kept.attributions[nearest]
        kept.attributions[nearest] = replace(known, cited=merged(known.cited + citation.content))
    return kept.attributions


def cites(text: str, attribution: Attribution) -> bool:
    """Is it the participle of citing with the few words that name a source?"""
    cue = " ".join(e.of(text).lower() for e in attribution.cue)
    return cue in ("citing", "quoting") and sum(len(e.of(text).split()) for e in attribution.content) <= NAMING


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


def completed(chosen: Sequence[Attribution], rules: Iterable[Attribution]) -> list[Attribution]:
    """The chosen attributions with what the rules know better: missed quotations, missed pieces, missing sources."""
    known = Near(chosen)
    for rule in rules:
        near = [i for i in known.around(rule.content) if shared(known.attributions[i].content, rule.content)]
        held = [p for p in rule.content if any(holds(known.attributions[i], p) for i in near)]
        if not held:
            known.add(rule)
            continue
        best = max(near, key=lambda i: (overlap(known.attributions[i].content, rule.content), -i))
        known.attributions[best] = with_rule(known.attributions[best], rule, held)
    return known.attributions


def holds(attribution: Attribution, piece: Extent) -> bool:
    """Does an attribution already hold the greater part of a piece?"""
    return 2 * shared(attribution.content, (piece,)) > piece.end - piece.start


def with_rule(attribution: Attribution, rule: Attribution, held: list[Extent]) -> Attribution:
    """A learned attribution with the pieces of its quotation that it lacks, and the rule's source if it has none."""
    content = merged((*attribution.content, *(p for p in rule.content if p not in held)))
    if attribution.source or not rule.source or overlap(content, rule.content) <= SAME:
        return replace(attribution, content=content)
    return replace(attribution, content=content, source=rule.source, cue=attribution.cue or rule.cue)


def read(page: Spoken, attribution: Attribution, lexicon: Lexicon) -> Attribution:
    """Kind, mode, stance and polarity of an attribution; the lexicon's word on mode counts before the model's."""
    text = page.text
    kind = attribution.kind if attribution.detector == "rules" else kind_of(page, attribution.content)
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
