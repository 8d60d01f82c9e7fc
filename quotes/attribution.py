"""One place decides: candidates of all detectors → the attributions that stand.

The learned detector proposes most of them; the rules for quotation marks add every well-formed direct quote that it
missed. Then each is read: kind from the quotation marks, mode, stance and polarity from the cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotes.detectors import asides, frames, headlines, nearby, nested, nominal
from quotes.detectors.clauses import reader_of
from quotes.detectors.disowned import disowned
from quotes.detectors.forms import sentences_of
from quotes.detectors.marks import Quotation
from quotes.detectors.silences import unsaid
from quotes.edges import (
    Spoken,
    closes,
    kind_of,
    line_of,
    merged,
    relayed,
    silent,
    snapped,
    trimmed,
    uncited,
    undoubled,
)
from quotes.lexicon import Lexicon, cue_words
from quotes.models import Attribution, Extent, Kind
from quotes.overlaps import Near, length, overlap, shared
from quotes.senses import idle, read

NEW_SENTENCE = re.compile(r"""[.!?…]["”’»)\]]*\s+$|\n|;""")
ENDED = re.compile(r"""(?:[.!?…]["”’]|[.…])\s*\Z""")
SAME = 0.8  # overlap of contents from which two candidates are one
NAMING = 8  # words that a source further up the chain may have
HOLLOW = re.compile(r"what|this|that|how|it", re.IGNORECASE)  # points to what was said: "Here is what he wrote:"
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
    proposed = [part for a in learned for part in continuations(page, settled(page, a))]
    chosen = chained(text, distinct(proposed))
    chosen = completed(page, chosen, [part for rule in rules for part in continuations(page, rule)])
    reader = reader_of(lexicon)
    chosen = frames.coordinated(text, chosen, reader)
    chosen = distinct(
        relayed(text, a) for a in (*chosen, *nested.reported(text, chosen, sentences_of(text, lexicon), reader))
    )
    chosen = [a for a in chosen if not (unsaid(text, a) or asides.opening(text, a, reader))]
    chosen = list(nearby.resumed(text, chosen, reader))
    chosen = untouched(chosen, (*frames.carried(text, chosen, reader), *headlines.again(text, chosen)))
    found = (read(text, a, kind(page, a), lexicon) for a in whole(chosen))
    found = (disowned(text, a, sentences_of(text, lexicon), lexicon) for a in found if not idle(text, a, lexicon))
    stands = (asides.unled(text, a, reader) for a in found)
    return sorted(stands, key=lambda a: (a.content, a.cue, a.source))


def kind(page: Spoken, attribution: Attribution) -> Kind:
    """As the marks show; what the layout shows to be speech is so without any."""
    laid_out = attribution.detector == "rules" and attribution.kind != "indirect"
    return attribution.kind if laid_out else kind_of(page, attribution.content)


def settled(page: Spoken, attribution: Attribution) -> Attribution:
    """A candidate of the model with its edges mended."""
    text, reader = page.text, reader_of(page.lexicon)
    attribution = asides.relayed(text, attribution, reader)
    cut = nominal.bounded(text, snapped(page, attribution), sentences_of(text, page.lexicon), reader)
    mended = nominal.objected(text, undoubled(page, silent(page, uncited(page, cut))), reader)
    mended = asides.cut(text, asides.apart(text, asides.named(text, mended), reader), reader)
    return headlines.cut(text, asides.addressed(text, mended, reader), reader)


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
            if parts and not NEW_SENTENCE.search(text[parts[-1][-1].end - 2 : extent.start] or " "):
                parts[-1].append(extent)
            else:
                parts.append([extent])
    parts = [p for p in parts if len(p) > 1 or not HOLLOW.fullmatch(p[0].of(text))] or parts
    if not parts:
        return []
    cue = (attribution.cue or attribution.source or attribution.content)[0].start

    def away(part: list[Extent]) -> tuple[bool, bool, int]:
        gap = text[part[-1].end : cue] if part[0].start < cue else text[cue : part[0].start]
        return "\n" in gap, bool(NEW_SENTENCE.search(gap)), len(gap)

    nearest = min(parts, key=away)
    kept = [p for p in parts if p is nearest or not away(p)[0] or kind_of(page, tuple(p)) == "direct"]
    return [replace(attribution, content=tuple(p), cue=attribution.cue if p is nearest else ()) for p in kept]


def paragraphs(page: Spoken, extent: Extent) -> Iterator[Extent]:
    """The parts of an extent that lie on lines of their own, or in quotations of their own side by side."""
    for line in re.finditer(r"[^\n]+", extent.of(page.text)):
        for piece in side_by_side(page, Extent(extent.start + line.start(), extent.start + line.end())):
            part = trimmed(page, piece)
            if LETTER.search(page.text, part.start, part.end):
                yield part


def side_by_side(page: Spoken, extent: Extent) -> Iterator[Extent]:
    """An extent cut where a quotation begins right after a sentence: "… years." "The harbour …".

    No sentence ends with the mark of a name, or before a small letter: 'Yahoo! "was not for sale"'.
    """
    start = extent.start
    for quotation in page.around(extent):
        ended = ENDED.search(page.text, max(start, quotation.start - 4), quotation.start)
        begins = not page.text[quotation.start + 1].islower()
        if ended and begins and (ended[0][0] != "." or closes(page, ended.start() + 1)):
            yield Extent(start, quotation.start)
            start = quotation.start
    yield Extent(start, extent.end)


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


def untouched(chosen: Sequence[Attribution], further: Iterable[Attribution]) -> list[Attribution]:
    """The chosen attributions and those further ones of whose words nobody else has any."""
    known = Near(chosen)
    for attribution in further:
        near = (known.attributions[i].content for i in known.around(attribution.content))
        if not any(shared(content, attribution.content) for content in near):
            known.add(attribution)
    return known.attributions


def cites(text: str, attribution: Attribution) -> bool:
    """Is it the participle of citing with the few words that name a source?"""
    cue = cue_words(text, attribution).lower()
    return cue in ("citing", "quoting") and sum(len(e.of(text).split()) for e in attribution.content) <= NAMING


def completed(page: Spoken, chosen: Sequence[Attribution], rules: Iterable[Attribution]) -> list[Attribution]:
    """The chosen attributions with what the rules know better: missed quotations, missed pieces, missing sources.

    What a rule reads from the layout alone (a turn of a transcript, a signed block) is its own: there are no marks
    from which the words could be known as verbatim.
    """
    known = Near(chosen)
    for rule in rules:
        near = [i for i in known.around(rule.content) if shared(known.attributions[i].content, rule.content)]
        if rule.kind == "indirect":
            cued = next(
                (i for i in known.around(rule.content + rule.cue) if reordered(rule, known.attributions[i])), None
            )
            unowned = next((i for i in near if ownerless(page.text, rule, known.attributions[i])), None)
            if unowned is not None:
                known.attributions[unowned] = replace(rule, cited=known.attributions[unowned].cited)
            elif cued is not None:
                known.attributions[cued] = replace(rule, cited=known.attributions[cued].cited)
            elif not near or nests(rule, [known.attributions[i] for i in near]):
                known.add(rule)
            continue
        rivals = [i for i in near if not reported_in(rule, known.attributions[i])]
        held = [p for p in rule.content if any(holds(known.attributions[i], p) for i in rivals)]
        if not held or within(page, rule):
            if rule.source or not near:  # marks that nobody is near to say nothing against what the model read there
                known.add(rule)
            continue
        best = max(rivals, key=lambda i: (overlap(known.attributions[i].content, rule.content), -i))
        laid_out = rule.source and not any(any(page.around(piece)) for piece in rule.content)
        mended = rule if laid_out else with_rule(page.text, known.attributions[best], rule, held)
        known.attributions[best] = mended
    return known.attributions


def reordered(rule: Attribution, other: Attribution) -> bool:
    """Does a rule find on both sides of a cue, or before it, what another reading of the cue has on one side only?"""
    if not shared(rule.cue, other.cue) or not rule.source or rule.content[0] > rule.cue[0]:
        return False
    if rule.content[-1] < rule.cue[0]:
        return other.content[0] > rule.cue[0]
    return not other.content[0] < rule.cue[0] < other.content[-1]


def ownerless(text: str, rule: Attribution, other: Attribution) -> bool:
    """Has another reading of the same words by the same cue no source, where the rule has one?"""
    same = shared(rule.cue, other.cue) and overlap(rule.content, other.content) > SAME
    return bool(same and rule.source and not other.source) and not cites(text, other)


def nests(rule: Attribution, around: Sequence[Attribution]) -> bool:
    """Is it a report with a source of its own inside what others said, and cued by another word than theirs?"""
    held = (
        shared((e,), (*a.content, *a.cue)) == e.end - e.start for a in around for e in (*rule.content, *rule.source)
    )
    return bool(rule.source) and all(held) and not any(shared(rule.cue, a.cue) for a in around)


def reported_in(rule: Attribution, other: Attribution) -> bool:
    """Has another attribution its cue in what a rule reads as said? Then it is a report in there, and no rival."""
    return bool(other.cue) and shared(other.cue, rule.content) == length(other.cue)


def within(page: Spoken, rule: Attribution) -> bool:
    """Is it speech in a quotation inside a quotation?"""
    piece = rule.content[0]
    return any(q.start < rule.cue[0].start and piece.end < q.end for q in page.around(piece)) if rule.cue else False


def whole(chosen: Sequence[Attribution]) -> list[Attribution]:
    """Without those that only repeat a part of another: no cue of their own, the same source, the words inside its."""
    known = Near(chosen)
    return [
        a for i, a in enumerate(chosen) if not any(repeats(a, chosen[j]) for j in known.around(a.content) if j != i)
    ]


def repeats(part: Attribution, other: Attribution) -> bool:
    """Does an attribution say only what another of the same source says already?"""
    if shared(part.content, other.content) < length(part.content) or length(part.content) >= length(other.content):
        return False
    if part.cue:
        return bool(shared(part.cue, other.cue))
    return bool(shared(part.source, other.source)) or not (part.source or other.source)


def holds(attribution: Attribution, piece: Extent) -> bool:
    """Does an attribution already hold the greater part of a piece?"""
    return 2 * shared(attribution.content, (piece,)) > piece.end - piece.start


def with_rule(text: str, attribution: Attribution, rule: Attribution, held: list[Extent]) -> Attribution:
    """A learned attribution with the pieces of its quotation that it lacks, and the rule's source if it has none, or
    a worse one.
    """
    content = merged((*attribution.content, *(p for p in rule.content if p not in held)))
    known = bool(attribution.source) and not (laid_out(attribution, rule) or opens(text, attribution, rule))
    if known or not rule.source or overlap(content, rule.content) <= SAME:
        return replace(attribution, content=content)
    return replace(attribution, content=content, source=rule.source, cue=attribution.cue or rule.cue)


def opens(text: str, attribution: Attribution, rule: Attribution) -> bool:
    """Does somebody else open the paragraph of a quotation without a cue: Ann Lee laughed. "Never." """
    if attribution.cue or rule.cue or not rule.source:
        return False
    line = line_of(text, rule.content[0].start)
    first = rule.source[0].start == line.start
    return first and not line.start <= attribution.source[0].start < line.end


def laid_out(attribution: Attribution, rule: Attribution) -> bool:
    """Does the layout tell more of who it is: a name below the quotation, or more words before one colon?"""
    if not rule.cue:
        return not attribution.cue and rule.source > rule.content
    colon = length(rule.cue) == 1 and rule.cue == attribution.cue
    return colon and 0 < shared(attribution.source, rule.source) < length(rule.source)
