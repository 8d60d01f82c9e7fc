"""Sources → speakers for one article: the step from "he" and "the envoy" to Brett McGurk, with its evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from quotes.lexicon import Lexicon
from quotes.models import Attribution, Claim, Extent, Extents, Link, Name, Relation, Resolution, Speaker, Via
from quotes.speakers.antecedents import OPENING, Salience
from quotes.speakers.cast import Cast
from quotes.speakers.chains import steps
from quotes.speakers.edges import spans_of, true_words
from quotes.speakers.firms import meant
from quotes.speakers.labels import Mention
from quotes.speakers.mentions import find_names, lead_of
from quotes.speakers.names import folded
from quotes.speakers.nouns import bodies, find_nouns
from quotes.speakers.readings import Reading
from quotes.speakers.referents import LIKELY, PROBABLE, Found, find_referent
from quotes.speakers.register import Referent
from quotes.speakers.relatives import Relatives
from quotes.speakers.sources import read_source
from quotes.speakers.utterances import Place, Utterances
from quotes.speakers.vocabulary import Vocabulary, vocabulary
from quotes.speakers.words import Page, page

UNKNOWN = Resolution(None)
INTRODUCING = frozenset({"am", "i'm", "is", "me", "called", "was", "myself"})  # before one's own name
LINKING = frozenset({"that", "if", "whether", "how", "why"})
AROUND = 20  # attributions that begin before a word, of which one may hold it


def resolve(
    text: str, attributions: Sequence[Attribution], names: Sequence[Name], links: Sequence[Link], lexicon: Lexicon
) -> list[Claim]:
    """Tie each attribution to the one who speaks; the answer has the order and length of ``attributions``.

    ``names`` are what a detector saw, ``links`` what it thinks of antecedents; both may be empty. The result does
    not depend on the order of the input. One candidate or none: where two people fit, the speaker stays None.
    """
    words = vocabulary(lexicon)
    of = page(text, lexicon.abbreviations, words.uses["opener"], words.kept)
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
        names_at = spans_of(found)
        self.places = {a: true_words(of, a.source, a.cue, a.content, names_at, words) for a in self.attributions}
        self.linked = {
            s.extent: true_words(of, (s.extent,), (), (), names_at, words)
            for group in self.steps.values()
            for s in group
        }
        places = sorted({*self.places.values(), *self.linked.values()})
        self.readings = {p: read_source(of, p, self.known, words) for p in places}
        named = _named(self.readings.values())
        sources = [Mention(r.first, r.last, lead_of(of, r.first, words), r.label, r.label == "PER") for r in named]
        taken = {i for r in self.readings.values() if r.form != "none" for i in range(r.first, r.last + 1)}
        longer = {i for m in found for i in range(m.first, m.last)}  # "the Church" in "the Church of the Open Sky"
        nouns = [n for n in find_nouns(of, words) if taken.isdisjoint(range(n.first, n.last + 1))]
        nouns = [n for n in nouns if n.last not in longer]
        taken.update(i for n in nouns for i in range(n.first, n.last + 1))
        kept = [m for m in found if taken.isdisjoint(range(m.first, m.last + 1)) or _apart(of, m, words)]
        described = {r.first: r.roles for r in named}
        sources += [Mention(r.first, r.last, r.first, "ORG", False) for r in bodies(of, self.readings.values(), words)]
        self.cast = Cast(of, [*kept, *_distinct(sources)], described, nouns, words)
        for first, noun in self.cast.vague:
            if len(firms := meant(self.cast, first, noun)) == 1:
                self.cast.at[first] = firms[0]
        self.utterances = Utterances(of, self.places, words)
        self.resolved: dict[Place, Resolution] = {}
        self.open: set[Place] = set()
        headline_last = sorted(self.readings, key=lambda p: (of.words[p[0]].paragraph == 0 if p else False, p))
        self.referents = {p: find_referent(self.cast, self.readings[p], self.known) for p in headline_last}
        self.turns = sorted(self._turns(), key=lambda t: t[0])
        self.takers = {id(taker) for _, taker in self.turns}
        self.salience = self._salience(links)
        self.relatives = Relatives(self.cast, self.salience)

    def claim(self, attribution: Attribution) -> Claim:
        """The attribution with its speaker and the chain behind it."""
        resolution = self.source(self.places[attribution])
        if not attribution.cue and resolution.speaker and self._speaks_of(attribution, resolution.speaker):
            resolution = UNKNOWN
        elif not attribution.cue and resolution.speaker:
            sure = round(resolution.confidence * PROBABLE, 3)
            resolution = Resolution(resolution.speaker, "continuation", resolution.mentions, sure)
        chain = []
        for step in self.steps[attribution]:
            via = self.source(self.linked[step.extent])
            if _stands(step.relation, via.speaker, resolution.speaker):
                chain.append(Via(step.relation, step.extent, via))
        return Claim(attribution, resolution, tuple(chain))

    def _speaks_of(self, attribution: Attribution, speaker: Speaker) -> bool:
        """Does a quotation without a cue name this person? Few say their own name but "I am Ann Lee"; a capital before
        a surname is another of the family.
        """
        if speaker.type != "person" or not attribution.content[0].of(self.page.text).startswith(tuple(OPENING)):
            return False
        modal = self.words.lexicon.modifiers["modal"]  # "Will it rain?"
        own = {word for word in speaker.name.lower().split() if len(word) > 2} - self.words.function - modal
        for i in self.page.within(attribution.content):
            word, before = self.page.words[i], self.page.words[i - 1]
            led = before.low in INTRODUCING or (before.capital and word.gap == " " and not self.words.role(before.low))
            if word.capital and word.low in own and not led:
                return True
        return False

    def source(self, place: Place) -> Resolution:
        """Who stands behind these words; None where nobody does, or where the answer goes round in a circle."""
        if place not in self.resolved:
            if place in self.open:
                return UNKNOWN
            self.open.add(place)
            self.resolved[place] = self._source(place)
            self.open.discard(place)
        return self.resolved[place]

    def _source(self, place: Place) -> Resolution:
        reading, stretches = self.readings[place], self.page.stretches(place)
        if reading.form == "pronoun":
            return self._pronoun(place)
        found = self._parent(place) or self.referents[place]
        if found is None or self._called(place, found[0]):
            return UNKNOWN
        referent, method, sure = found
        nominal = method == "nominal"
        if nominal and referent.type == "document" and (issuer := self._issuer(place)):
            return issuer
        if kin := self.relatives.of(reading):
            return _spoken(kin, "nominal", stretches, LIKELY)
        if nominal and not referent.words and (whose := self.relatives.whose(reading)):
            relative = Referent("person", f"{whose.name}'s {reading.head}", referent.extent)
            return _spoken(relative, "nominal", stretches, LIKELY)
        if owner := self._owner(place):
            body = Referent("organisation", f"{owner.name}'s {reading.head}", owner.extent)
            return _spoken(body, "nominal", stretches, LIKELY)
        return _spoken(referent, method, stretches, sure)

    def _parent(self, place: Place) -> Found | None:
        """ "My mother" and "Mother" in the words of somebody's daughter are that somebody."""
        if not 0 < len(place) < 3:
            return None
        first, last = self.page.words[place[0]], self.page.words[place[-1]]
        own = (len(place) == 1 and last.capital) or (len(place) == 2 and first.low in ("my", "our"))
        if not own or last.low not in self.words.lexicon.kinship or (speaker := self._around(place).speaker) is None:
            return None
        parent = self.relatives.called_by(speaker, last.low)
        return (parent, "nominal", LIKELY) if parent else None

    def _called(self, place: Place, referent: Referent) -> bool:
        """Is it only what somebody calls a relative, "Daddy" or "Grandad", in words of his own?"""
        word = self.page.words[place[-1]]
        lone = len(place) == 1 and word.quoted and word.low in self.words.lexicon.kinship
        return lone and referent.name.lower() == word.low

    def _owner(self, place: Place) -> Referent | None:
        """Whose office it is: of "his office" whom the pronoun means, of "Till's campaign" the one so named."""
        reading, words = self.readings[place], self.page.words
        at = next((i for i in place if words[i].low == reading.head), 0)
        if reading.form != "nominal" or not at or reading.head not in self.words.uses["staffed"]:
            return None
        if words[at - 1].low in ("his", "her"):
            choice = self.salience.choices.get(at - 1)
            return choice.referent if choice and choice.referent.type == "person" else None
        if not words[at - 1].possessive:
            return None
        owners = [p for i in place if i < at and (p := self.cast.at.get(i)) and p.type == "person"]
        named = owners or self.cast.person(folded([words[at - 1]]))
        return named[0] if len(named) == 1 else None

    def _issuer(self, place: Place) -> Resolution | None:
        """Who made "the statement": the one who, just before, "said in a statement", where the text has no other."""
        makers = [self.source(p) if p else UNKNOWN for p in self.utterances.makers(place, self.readings[place])]
        if not makers or any(m.speaker is None or m.speaker != makers[-1].speaker for m in makers):
            return None
        made = makers[-1]
        mentions = tuple(dict.fromkeys((*self.page.stretches(place), *made.mentions)))
        return Resolution(made.speaker, "nominal", mentions, round(min(made.confidence, LIKELY), 3))

    def _pronoun(self, place: Place) -> Resolution:
        reading, printed = self.readings[place], self.page.stretches(place)
        pronoun = self.words.lexicon.pronouns[reading.head]
        if pronoun.person == "1":
            return self._first_person(place, several=pronoun.number == "p")
        choice = self.salience.choices.get(reading.first)
        if choice is None or self._addressed(place[0], choice.referent) or self._of_himself(place, choice.referent):
            return UNKNOWN
        sure = LIKELY + min(choice.margin, 3.0) / 20
        where = self.page.extent(choice.index, choice.index)
        return _spoken(choice.referent, "link" if choice.linked else "pronoun", (*printed, where), sure)

    def _addressed(self, index: int, referent: Referent) -> bool:
        """Does one who takes turns in an interview stand for "he" inside a turn? There he is "you"."""
        start = self.page.words[index].start
        at = bisect_right(self.turns, start, key=lambda t: t[0].start) - 1
        return at >= 0 and start < self.turns[at][0].end and id(referent) in self.takers

    def _of_himself(self, place: Place, referent: Referent) -> bool:
        """Would "he" be who speaks the very words in marks that it stands in? He would be "I" there."""
        around = self._around(place).speaker if self.page.words[place[0]].quoted else None
        return around is not None and (around.name, around.type) == (referent.name, referent.type)

    def _first_person(self, place: Place, *, several: bool) -> Resolution:
        """ "I" inside somebody's words is that somebody; "we" only where an organisation or a group speaks."""
        found = self._around(place)
        if found.speaker is None or (several and found.speaker.type not in ("organisation", "group")):
            return UNKNOWN
        evidence = tuple(dict.fromkeys((*self.page.stretches(place), *found.mentions)))
        return Resolution(found.speaker, "first person", evidence, round(found.confidence * PROBABLE, 3))

    def _around(self, place: Place) -> Resolution:
        """Who speaks the words that hold a source."""
        start = self.page.words[place[0]].start
        last = bisect_right(self.attributions, start, key=lambda a: a.content[0].start)
        before = (self.attributions[k] for k in range(last - 1, max(last - 1 - AROUND, -1), -1))
        around = (a for a in before if any(c.start <= start < c.end for c in a.content))
        nearest = next((self.places[a] for a in around if self.places[a] != place), None)
        return self.source(nearest) if nearest is not None else UNKNOWN

    def _turns(self) -> Iterator[tuple[Extent, Referent]]:
        """The turns of an interview, "Smith: …" at the start of a line, with who takes each."""
        for attribution, place in self.places.items():
            found, cue = self.referents[place], attribution.cue
            first = self.readings[place].first
            heads = not first or self.page.words[first - 1].paragraph != self.page.words[first].paragraph
            if found and heads and len(cue) == 1 and cue[0].of(self.page.text) == ":":
                yield attribution.content[0], found[0]

    def _salience(self, links: Sequence[Link]) -> Salience:
        speakers: dict[int, Referent] = {}
        own: dict[int, Extents] = {}
        opening: dict[int, int] = {}
        for attribution, place in self.places.items():
            reading, found = self.readings[place], self.referents[place]
            if place:
                opening.update((i, reading.first) for i in self._opening(attribution) if i > place[-1])
            if found:
                speakers[reading.first] = found[0]
            elif reading.form == "pronoun":
                own[reading.first] = own.get(reading.first, ()) + attribution.content
            elif unclear := self.cast.unclear.get(reading.first):
                speakers[reading.first] = unclear
        for place in self.linked.values():
            if self.readings[place].form == "pronoun":
                own.setdefault(self.readings[place].first, ())
        return Salience(self.page, self.cast, speakers, own, opening, links, self.words)

    def _opening(self, attribution: Attribution) -> list[int]:
        """The first word of what somebody said, behind "that" or "if", where no marks stand around it."""
        extent = attribution.content[0]
        if extent.of(self.page.text)[:1] in OPENING:
            return []
        inside = self.page.inside(extent)
        behind = bool(inside) and self.page.words[inside[0]].low in LINKING
        return list(inside[behind : behind + 1])


def _apart(of: Page, name: Mention, words: Vocabulary) -> bool:
    """Does a name inside a source stand for itself: "a paper by Ann Lee", "the Kestrel Trust's finance team"?"""
    first = name.lead - bool(name.lead and of.words[name.lead - 1].low in words.uses["determiner"])
    governed = first > 0 and of.words[first - 1].low in words.uses["preposition"]
    return governed or of.words[name.last].possessive


def _stands(relation: Relation, speaker: Speaker | None, first: Speaker | None) -> bool:
    """Is a link worth keeping? "Seen by millions" is none; nobody passes on his own words."""
    if relation == "reported" or speaker == first:
        return speaker is not None and speaker != first
    return relation != "via" or (speaker is not None and speaker.type in ("person", "organisation"))


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
