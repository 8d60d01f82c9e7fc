"""Sources → speakers for one article: the step from "he" and "the envoy" to Brett McGurk, with its evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from quotes.lexicon import Lexicon
from quotes.models import Attribution, Claim, Extents, Link, Name, Relation, Resolution, Speaker, Via
from quotes.speakers.antecedents import Salience
from quotes.speakers.cast import Cast, Referent
from quotes.speakers.chains import steps
from quotes.speakers.mentions import Mention, find_names, lead_of
from quotes.speakers.nouns import find_nouns
from quotes.speakers.referents import LIKELY, PROBABLE, Found, find_referent
from quotes.speakers.sources import NONE, Reading, read_source
from quotes.speakers.vocabulary import Vocabulary, vocabulary
from quotes.speakers.words import Page, page

UNKNOWN = Resolution(None)
AROUND = 20  # attributions that begin before a word, of which one may hold it


def resolve(
    text: str, attributions: Sequence[Attribution], names: Sequence[Name], links: Sequence[Link], lexicon: Lexicon
) -> list[Claim]:
    """Tie each attribution to the one who speaks; the answer has the order and length of ``attributions``.

    ``names`` are what a detector saw, ``links`` what it thinks of antecedents; both may be empty. The result does
    not depend on the order of the input. One candidate or none: where two people fit, the speaker stays None.
    """
    words = vocabulary(lexicon)
    of = page(text, lexicon.abbreviations, words.uses["opener"])
    resolver = Resolver(of, attributions, names, links, words)
    claims = {a: resolver.claim(a) for a in resolver.attributions}
    return [claims[a] for a in attributions]


class Resolver:
    """What is known of one article while its sources are resolved."""

    def __init__(
        self,
        of: Page,
        attributions: Sequence[Attribution],
        names: Sequence[Name],
        links: Sequence[Link],
        words: Vocabulary,
    ) -> None:
        self.page, self.words = of, words
        self.attributions = sorted(set(attributions), key=lambda a: (a.content, a.source, a.cue, repr(a)))
        found = find_names(of, names, self.words)
        self.known = {m.first: m for m in found}
        self.steps = {a: steps(of, a, self.attributions, words) for a in self.attributions}
        places = {a.source for a in self.attributions} | {(s.extent,) for a in self.attributions for s in self.steps[a]}
        self.readings = {p: read_source(of, p, self.known, self.words) for p in sorted(places)}
        named = _named(self.readings.values())
        sources = [Mention(r.first, r.last, lead_of(of, r.first, words), r.label, r.label == "PER") for r in named]
        taken = {i for r in self.readings.values() if r.form != "none" for i in range(r.first, r.last + 1)}
        longer = {i for m in found for i in range(m.first, m.last)}  # "the Church" in "the Church of the Open Sky"
        nouns = [n for n in find_nouns(of, words) if taken.isdisjoint(range(n.first, n.last + 1))]
        nouns = [n for n in nouns if n.last not in longer]
        taken.update(i for n in nouns for i in range(n.first, n.last + 1))
        kept = [m for m in found if taken.isdisjoint(range(m.first, m.last + 1))]
        described = {r.first: r.roles for r in named}
        self.cast = Cast(of, [*kept, *_distinct(sources)], described, nouns, words)
        self.resolved: dict[Extents, Resolution] = {}
        self.open: set[Extents] = set()
        self.referents = {p: find_referent(self.cast, r, self.known) for p, r in self.readings.items()}
        self.salience = self._salience(links)

    def claim(self, attribution: Attribution) -> Claim:
        """The attribution with its speaker and the chain behind it."""
        resolution = self.source(attribution.source)
        if not attribution.cue and resolution.speaker and resolution.method != "none":
            resolution = Resolution(
                resolution.speaker, "continuation", resolution.mentions, round(resolution.confidence * PROBABLE, 3)
            )
        chain = []
        for step in self.steps[attribution]:
            via = self.source((step.extent,))
            if _stands(step.relation, via.speaker, resolution.speaker):
                chain.append(Via(step.relation, step.extent, via))
        return Claim(attribution, resolution, tuple(chain))

    def source(self, extents: Extents) -> Resolution:
        """Who stands behind these words; None where nobody does, or where the answer goes round in a circle."""
        if extents not in self.resolved:
            if extents in self.open:
                return UNKNOWN
            self.open.add(extents)
            self.resolved[extents] = self._source(extents)
            self.open.discard(extents)
        return self.resolved[extents]

    def _source(self, extents: Extents) -> Resolution:
        reading = self.readings.get(extents, NONE)
        if reading.form == "pronoun":
            return self._pronoun(reading, extents)
        return _resolution(self.referents.get(extents), extents)

    def _pronoun(self, reading: Reading, extents: Extents) -> Resolution:
        pronoun = self.words.lexicon.pronouns[reading.head]
        if pronoun.person == "1":
            return self._first_person(reading.first, extents, pronoun.number == "p")
        choice = self.salience.choices.get(reading.first)
        if choice is None:
            return UNKNOWN
        sure = LIKELY + min(choice.margin, 3.0) / 20
        where = self.page.extent(choice.index, choice.index)
        return _spoken(choice.referent, "link" if choice.linked else "pronoun", (*extents, where), sure)

    def _first_person(self, index: int, extents: Extents, several: bool) -> Resolution:
        """ "I" inside somebody's words is that somebody; "we" only where an organisation or a group speaks."""
        start = self.page.words[index].start
        last = bisect_right(self.attributions, start, key=lambda a: a.content[0].start)
        before = (self.attributions[k] for k in range(last - 1, max(last - 1 - AROUND, -1), -1))
        around = (a for a in before if a.source != extents and any(c.start <= start < c.end for c in a.content))
        nearest = next(around, None)
        if nearest is None:
            return UNKNOWN
        found = self.source(nearest.source)
        if found.speaker is None or (several and found.speaker.type in ("person", "anonymous", "document")):
            return UNKNOWN
        return Resolution(
            found.speaker, "first person", (*extents, *found.mentions), round(found.confidence * PROBABLE, 3)
        )

    def _salience(self, links: Sequence[Link]) -> Salience:
        speakers: dict[int, Referent] = {}
        own: dict[int, Extents] = {}
        for attribution in self.attributions:
            reading = self.readings[attribution.source]
            found = self.referents[attribution.source]
            if found:
                speakers[reading.first] = found[0]
            elif reading.form == "pronoun":
                own[reading.first] = own.get(reading.first, ()) + attribution.content
        for places in self.steps.values():
            for step in places:
                reading = self.readings[(step.extent,)]
                if reading.form == "pronoun":
                    own.setdefault(reading.first, ())
        return Salience(self.page, self.cast, speakers, own, links, self.words)


def _stands(relation: Relation, speaker: Speaker | None, first: Speaker | None) -> bool:
    """Is a link worth keeping? "Seen by millions" is none; nobody passes on his own words."""
    if relation == "reported" or speaker == first:
        return speaker is not None and speaker != first
    return relation != "via" or (speaker is not None and speaker.type in ("person", "organization"))


def _resolution(found: Found | None, extents: Extents) -> Resolution:
    if found is None:
        return UNKNOWN
    referent, method, sure = found
    return _spoken(referent, method, extents, sure)


def _spoken(referent: Referent, method: str, mentions: Extents, sure: float) -> Resolution:
    speaker = Speaker(referent.name, referent.type, referent.role if referent.type == "person" else "")
    return Resolution(speaker, method, tuple(dict.fromkeys((*mentions, referent.extent))), round(sure, 3))


def _named(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that are names, those of several names one by one."""
    return [part for reading in readings for part in (reading.parts or (reading,)) if part.form == "name"]


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """One mention for each first word: the longest."""
    best: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.first, -m.last, m.label)):
        best.setdefault(mention.first, mention)
    return list(best.values())
