"""The chain behind a claim: whom it cites, who was told, through whom it came, whose words it passes on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from quotes.models import Attribution, Extent, Extents, Relation
from quotes.speakers.edges import holds
from quotes.speakers.roles import BREAKS
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page, Word

CITING = frozenset({"citing", "quoting"})
TOLD = frozenset({"assure", "brief", "inform", "notify", "remind", "tell", "warn"})
SPOKEN = frozenset({"complain", "explain", "say", "speak", "talk", "write"})  # "wrote to his staff"
OCCASIONS = {"interview": "with", "statement": "to", "email": "to", "e-mail": "to", "letter": "to", "message": "to"}
REACH, SENTENCE = 16, 80  # words of one link, and of a sentence on either side of the cue
NESTED = 8  # attributions inside a content that are looked at


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain before its words are resolved."""

    relation: Relation
    extent: Extent


def steps(page: Page, attribution: Attribution, others: Sequence[Attribution], words: Vocabulary) -> list[Step]:
    """The links around one attribution, in the order of the text, each stretch of words once.

    ``others`` are the attributions of the article in order of their contents.
    """
    found = [Step("citing", e) for e in attribution.cited] + [Step("told", e) for e in attribution.told]
    found += [*_around(page, attribution, words), *_nested(attribution, others)]
    kept: list[Step] = []
    for step in found:
        if all(step.extent.end <= k.extent.start or step.extent.start >= k.extent.end for k in kept):
            kept.append(step)
    return sorted(kept, key=lambda s: s.extent)


def _around(page: Page, attribution: Attribution, words: Vocabulary) -> Iterator[Step]:
    """Links in the sentence of the cue, outside the content: "citing Y", "told Reuters", "seen by the BBC"."""
    barred = attribution.content + attribution.cue
    if relay := _relay(page, attribution):
        yield Step("via", relay)
    for i in _sentence(page, attribution.cue or attribution.source):
        if holds(attribution.content, page.words[i]):
            continue
        if link := _link(page, i, attribution.cue, words):
            relation, first = link
            own = attribution.source if relation == "told" else ()
            if extent := _phrase(page, first, barred + own, words):
                yield Step(relation, extent)


def _link(page: Page, i: int, cue: Extents, words: Vocabulary) -> tuple[Relation, int] | None:
    """The relation that a word opens, and the word where the phrase of whoever is linked begins."""
    word, following, cued = page.words[i], page.words[i + 1].low, holds(cue, page.words[i])
    if word.low in CITING and (not cued or len(page.within(cue)) > 1):
        return "citing", i + 1
    if word.low == "according" and following == "to" and not cued:
        return "via", i + 2
    if word.low in words.uses["passed"] and following == "by":
        return "via", i + 2
    if cued and words.lexicon.lemma(word.low) in TOLD and following not in words.uses["preposition"]:
        return "told", i + 1
    spoken = cued and following == "to" and words.lexicon.lemma(word.low) in SPOKEN
    return ("told", i + 2) if spoken or OCCASIONS.get(word.low) == following else None


def _relay(page: Page, attribution: Attribution) -> Extent | None:
    """Who quotes in "the agency TASS quoted Smith as saying": what stands before such a cue, back to a mark."""
    inside = page.within(attribution.cue)
    if len(inside) < 3 or [page.words[i].low for i in inside[-2:]] != ["as", "saying"]:
        return None
    last = first = inside[0] - 1
    if last < 0 or holds(attribution.source + attribution.content, page.words[last]):
        return None
    while first and last - first < REACH and BREAKS.isdisjoint(page.words[first].gap):
        first -= 1
    return page.extent(first, last) if BREAKS.isdisjoint(page.words[inside[0]].gap) else None


def addressed(printed: Sequence[Word], first: int, words: Vocabulary) -> bool:
    """Is the name that begins at a word whom somebody told: "told the BBC", "in an interview with Reuters"?"""
    i = first - 1
    while i > 0 and printed[i].low in words.uses["determiner"]:
        i -= 1
    if i < 0 or printed[i].sentence != printed[first].sentence:
        return False
    occasion = i > 0 and OCCASIONS.get(printed[i - 1].low) == printed[i].low
    return occasion or words.lexicon.lemma(printed[i].low) in TOLD


def _sentence(page: Page, extents: Extents) -> range:
    """The words of the sentence in which the first of these extents begins, but its last; not too far away."""
    inside = page.inside(extents[0]) if extents else range(0)
    if not inside:
        return range(0)
    first = last = inside[0]
    number = page.words[first].sentence
    while first and page.words[first - 1].sentence == number and inside[0] - first < SENTENCE:
        first -= 1
    while last + 1 < len(page.words) and page.words[last].sentence == number and last - inside[0] < SENTENCE:
        last += 1
    return range(first, last)


def _phrase(page: Page, first: int, barred: Extents, words: Vocabulary) -> Extent | None:
    """The noun phrase that begins at a word: up to a comma, a new clause, or the content."""
    last = first
    for word in page.words[first : first + REACH]:
        closed = last > first and not BREAKS.isdisjoint(word.gap) and word.gap != ". "
        if closed or word.low in words.uses["end"] or holds(barred, word):
            break
        if word.sentence != page.words[first - 1].sentence:
            break
        last += 1
    return page.extent(first, last - 1) if last > first else None


def _nested(attribution: Attribution, others: Sequence[Attribution]) -> Iterator[Step]:
    """Sources of the attributions that lie inside this one's content: "Smith said Jones had told him"."""
    for other in islice(_within(attribution, others), NESTED):
        if other.cue and other.source and all(_inside(e, attribution.content) for e in other.cue + other.source):
            yield Step("reported", other.source[0])


def _within(attribution: Attribution, others: Sequence[Attribution]) -> Iterator[Attribution]:
    """Other attributions whose content begins inside this one's content."""
    first = bisect_left(others, attribution.content[0].start, key=lambda a: a.content[0].start)
    for k in range(first, len(others)):
        if others[k].content[0].start >= attribution.content[-1].end:
            return
        if others[k] != attribution:
            yield others[k]


def _inside(extent: Extent, content: Extents) -> bool:
    return any(c.start <= extent.start and extent.end <= c.end for c in content)
