"""Sources → speakers for one article: the step from "he" and "the envoy" to Brett McGurk, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.lexicon import Lexicon
from quotes.models import Attribution, Claim, Extents, Link, Name, Relation, Resolution, Speaker, SpeakerType, Via
from quotes.speakers.antecedents import Salience
from quotes.speakers.cast import Cast, Referent
from quotes.speakers.chains import steps
from quotes.speakers.kinds import kind_of
from quotes.speakers.mentions import Mention, find_names, lead_of
from quotes.speakers.names import fold, folded
from quotes.speakers.nouns import find_nouns
from quotes.speakers.roles import gender
from quotes.speakers.sources import NONE, Reading, read_source
from quotes.speakers.vocabulary import Vocabulary, plural, vocabulary
from quotes.speakers.words import Page, page

Found = tuple[Referent, str, float]  # who, by which method, how sure
UNKNOWN = Resolution(None)
NEAR = 3  # sentences
DEFINITE = frozenset(["the", "this", "that", "his", "her", "its", "their", "our", "my"])
OWNERS = frozenset(["his", "her", "its", "their", "our", "my"])
SURE, PROBABLE, LIKELY = 0.95, 0.9, 0.75


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
    return [resolver.claim(a) for a in attributions]


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
        self.referents = {p: self._referent(r) for p, r in self.readings.items()}
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
        if reading.form == "relative":
            return self._relative(reading, extents)
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
        around = [
            a for a in self.attributions if a.source != extents and any(c.start <= start < c.end for c in a.content)
        ]
        if not around:
            return UNKNOWN
        nearest = min(around, key=lambda a: (a.content[-1].end - a.content[0].start, a.content))
        found = self.source(nearest.source)
        if found.speaker is None or (several and found.speaker.type in ("person", "anonymous", "document")):
            return UNKNOWN
        return Resolution(
            found.speaker, "first person", (*extents, *found.mentions), round(found.confidence * PROBABLE, 3)
        )

    def _relative(self, reading: Reading, extents: Extents) -> Resolution:
        """ "critics who say": the noun right before speaks."""
        last = reading.first - 1
        first = last
        words = self.page.words
        if last < 0 or words[last].sentence != words[reading.first].sentence:
            return UNKNOWN
        while first and words[first].gap in (" ", ". ") and (words[first - 1].low not in self.words.function):
            first -= 1
        before = (self.page.extent(first, last),)
        nearest = read_source(self.page, before, self.known, self.words)
        return _resolution(self._referent(nearest), (*extents, *before), "relative")

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

    def _referent(self, reading: Reading) -> Found | None:
        if reading.form == "several":
            return self._several(reading)
        if reading.form == "name":
            return self._organization(reading) if reading.label in ("ORG", "LOC") else self._person(reading)
        return self._nominal(reading) if reading.form == "nominal" else None

    def _several(self, reading: Reading) -> Found | None:
        parts = [self._referent(part) for part in reading.parts]
        named = [p for p in parts if p]
        if len(named) < len(parts):
            return None
        name = " and ".join(([", ".join(p[0].name for p in named[:-1])] if named[1:] else []) + [named[-1][0].name])
        types = {p[0].type for p in named}
        kind = types.pop() if len(types) == 1 else "group"
        extent = self.page.extent(reading.first, reading.last)
        return Referent(kind, name, extent, plural=True), "several", PROBABLE

    def _person(self, reading: Reading) -> Found | None:
        known = self.cast.at.get(reading.first)
        name = folded(list(self.page.words[reading.first : reading.last + 1]))
        method = "name" if len(name) > 1 else "surname"
        if known is None:
            told = gender(
                self.page,
                Mention(reading.first, reading.last, lead_of(self.page, reading.first, self.words), "PER", True),
                (),
                self.words,
            )
            found = self.cast.person(name, told) or (self.cast.nearly(name[0]) if len(name) == 1 else [])
            if len(found) > 1:
                return None
            if not found:
                return self._lone(reading, name)
            known = found[0]
        return known, method if len(known.words) > 1 else "name", SURE if method == "name" else PROBABLE

    def _lone(self, reading: Reading, name: tuple[str, ...]) -> Found:
        """A lone name that the text says nothing else about: people are introduced, outlets and firms are not."""
        extent = self.page.extent(reading.first, reading.last)
        kind: SpeakerType = "person" if len(name) > 1 or name[0] in self.words.given else "organization"
        return Referent(kind, extent.of(self.page.text), extent, name), "name", LIKELY

    def _organization(self, reading: Reading) -> Found | None:
        first, last = reading.first, reading.last
        words = self.page.words
        short = words[first].text
        if first == last:
            surnamed = self.cast.person(folded([words[first]])) if not reading.determiner else []
            if len(surnamed) == 1 and len(surnamed[0].words) > 1 and not surnamed[0].doubtful:
                return surnamed[0], "surname", PROBABLE
            if spelled := self.cast.alias(short):
                return spelled, "acronym", PROBABLE
            initials = (
                self.cast.nearly(fold(short)) if words[first + 1 : first + 2] and words[first + 1].gap[0] == ":" else []
            )
            if len(initials) == 1:  # "DS:" in an interview with Dana Sharp
                return initials[0], "acronym", LIKELY
            if reading.determiner == "the" or self.words.organization(words[first].low):
                found = self._earlier(self.cast.organization(words[first].low), first)
                if len(found) == 1:
                    return found[0], "nominal", LIKELY
        known = self.cast.at.get(first)
        if known is None:
            extent = self.page.extent(first, last)
            known = Referent("organization", " ".join(extent.of(self.page.text).split()), extent)
        return known, "name", SURE

    def _earlier(self, found: list[Referent], index: int) -> list[Referent]:
        """Of several organisations those already mentioned."""
        return [o for o in found if o.mentions and o.mentions[0] < index] if len(found) > 1 else found

    def _nominal(self, reading: Reading) -> Found | None:
        if reading.first == reading.last and reading.head in self.words.uses["demonstrative"]:
            return None
        words = self.page.words[reading.first : reading.last + 1]
        base = words[: next((n + 1 for n, w in enumerate(words) if w.low == reading.head), len(words))]
        capitals = [w.low for w in base[:-1] if w.capital and w.low not in self.words.function]
        kind = kind_of(
            reading.head, reading.determiner, any(w.possessive for w in base) or base[0].low in OWNERS, self.words
        )
        if self.words.role(reading.head) and not plural(reading.head):
            found = self._described(reading, capitals, [w.low for w in words])
            if found:
                return (found[0], "nominal", LIKELY) if len(found) == 1 else None
        if kind == "organization" and reading.determiner in DEFINITE:
            found = self._earlier(self.cast.organization(reading.head, capitals), reading.first)
            if found:
                return (found[0], "nominal", LIKELY) if len(found) == 1 else None
        if kind == "anonymous" and reading.determiner in DEFINITE:
            known = self.cast.earlier(reading.head, words[0].start, capitals)
            if len(known) == 1:
                return known[0], "nominal", LIKELY
        method = "unnamed" if kind in ("anonymous", "group") else "nominal"
        return self.cast.nominal(kind, reading.first, reading.last, reading.head), method, PROBABLE

    def _recent(self, found: list[Referent], index: int) -> list[Referent]:
        """Of several people the one who was mentioned in the sentences just before, if it is one."""
        here = self.page.words[index].sentence
        near = [p for p in found if any(m < index and here - self.page.words[m].sentence <= NEAR for m in p.mentions)]
        return near if len(near) == 1 else found

    def _described(self, reading: Reading, capitals: list[str], all_words: list[str]) -> list[Referent]:
        """Whom "the envoy" may mean; a headline ("Australian woman claims") may mean somebody introduced later."""
        if reading.determiner in DEFINITE:
            return self._recent(self.cast.described(reading.head, capitals), reading.first)
        if not reading.determiner and self.page.words[reading.first].paragraph == 0:
            return self.cast.described(reading.head, all_words)
        return []


def _stands(relation: Relation, speaker: Speaker | None, first: Speaker | None) -> bool:
    """Is a link worth keeping? "Seen by millions" is none; nobody passes on his own words."""
    if relation == "reported" or speaker == first:
        return speaker is not None and speaker != first
    return relation != "via" or (speaker is not None and speaker.type in ("person", "organization"))


def _resolution(found: Found | None, extents: Extents, method: str = "") -> Resolution:
    if found is None:
        return UNKNOWN
    referent, how, sure = found
    return _spoken(referent, method or how, extents, sure)


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
