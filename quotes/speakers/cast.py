"""Everyone an article names: mentions gathered into people and organisations, each under its fullest name."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quotes.lexicon import Gender
from quotes.models import Extent, SpeakerType
from quotes.speakers.mentions import Mention
from quotes.speakers.names import compatible, fold, folded, misspelt, surname
from quotes.speakers.nouns import Noun
from quotes.speakers.roles import Stretch, describe, gender, heads
from quotes.speakers.vocabulary import Vocabulary, plural
from quotes.speakers.words import Page

QUOTES = "\"“”‘’'"


@dataclass(eq=False)
class Referent:
    """Somebody or something that the article speaks of. ``mentions`` hold the first word of each, in order."""

    type: SpeakerType
    name: str
    extent: Extent
    words: tuple[str, ...] = ()
    plural: bool = False
    gender: Gender = ""
    role: str = ""
    heads: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    doubtful: bool = False
    bearers: tuple[Referent, ...] = ()  # of a stand-in: the people of the article who bear this name

    def before(self, index: int) -> int | None:
        """The word where the last mention before a word begins."""
        at = bisect_left(self.mentions, index)
        return self.mentions[at - 1] if at else None


class Cast:
    """The people and organisations of one article, found by the words of their names."""

    def __init__(
        self,
        page: Page,
        mentions: Sequence[Mention],
        roles: Mapping[int, Sequence[Stretch]],
        nouns: Sequence[Noun],
        words: Vocabulary,
    ) -> None:
        """``roles`` has the names that are sources, by their first words, with their descriptions as printed."""
        self.roles = roles
        self.page, self.words = page, words
        self.people: list[Referent] = []
        self.organisations: list[Referent] = []
        self.at: dict[int, Referent] = {}  # first word of a mention → whose it is
        self.unclear: dict[int, Referent] = {}  # first word of a mention → a stand-in for the people it may mean
        self.by_word: dict[str, list[Referent]] = defaultdict(list)  # organisations by each word of their names
        self.by_surname: dict[str, list[Referent]] = defaultdict(list)
        self.by_given: dict[str, list[Referent]] = defaultdict(list)
        self.doubtful: dict[str, list[Referent]] = defaultdict(list)  # capitals only: nobody vouches for a person
        self.unnamed: dict[str, list[Referent]] = defaultdict(list)  # by their nouns
        self.by_head: dict[str, list[Referent]] = defaultdict(list)  # people by what they are
        self.by_initials: dict[str, list[Referent]] = defaultdict(list)  # organisations
        self.describing: set[int] = set()  # words that describe somebody named
        self.bracketed: dict[str, Referent] = {}
        ordered = sorted(
            mentions, key=lambda m: (m.first - m.last, page.words[m.last].text.isupper(), m.first not in roles, m.first)
        )
        for mention in ordered:
            if mention.label == "PER" and mention.last > mention.first:
                self._person(mention)
            elif mention.label in ("ORG", "LOC"):
                self._organisation(mention)
        for mention in ordered:
            if mention.label == "MISC" and mention.last > mention.first:
                self._doubtful(mention)
        self._describe(m for m in mentions if m.last > m.first)
        self._singles([m for m in ordered if m.first == m.last and m.label in ("PER", "MISC")])
        self._describe(m for m in mentions if m.last == m.first)
        for person in self.people:
            for noun_word in person.heads:
                self.by_head[noun_word].append(person)
        for organisation in self.organisations:
            if len(organisation.words) > 1:
                self.by_initials[_initials(organisation.name)].append(organisation)
        for referent in [*self.people, *self.organisations]:
            referent.mentions.sort()
        for noun in sorted(nouns, key=lambda n: n.first):
            if not self.describing.intersection((noun.first, noun.last)):
                self._noun(noun)
        for referent in [*self.people, *self.organisations]:
            referent.mentions.sort()

    def person(self, name: tuple[str, ...], told: Gender = "") -> list[Referent]:
        """Who may bear this name (folded words): one, several or nobody. A lone word is a surname first."""
        if len(name) > 1:
            named = self.by_surname[surname(name)]
            found = [p for p in named if compatible(p.words, name)]
            exact = [p for p in found if name in (p.words, p.words[-len(name) :])]
            found = exact or found
        else:
            found = [*self.by_surname[name[0]], *self.doubtful[name[0]]] or self.by_given[name[0]]
        likely = [p for p in found if p.gender == told] if told and len(found) > 1 else []
        return likely or [p for p in found if not (told and p.gender) or p.gender == told]

    def organisation(self, noun: str, besides: Iterable[str] = ()) -> list[Referent]:
        """Organisations with this noun in their name, and all the words ``besides``: the one longest known, or all."""
        wanted = {fold(w) for w in besides}
        found = [o for o in self.by_word[fold(noun)] if len(o.words) > 1 and wanted <= set(o.words)]
        return [o for o in found if o.words[-1] == fold(noun) or o.words[0] == fold(noun)] or found

    def alias(self, letters: str) -> Referent | None:
        """The organisation whose name these letters follow in brackets, or the one whose capitals they are."""
        if letters in self.bracketed:
            return self.bracketed[letters]
        if not letters.isupper():
            return None
        found = self.by_initials[letters.replace(".", "")]
        return found[0] if len(found) == 1 else None

    def described(self, noun: str, capitals: Iterable[str] = ()) -> list[Referent]:
        """People whom the text describes by this noun ("the envoy"), and by all these capitalised words."""
        wanted = {self.words.long(fold(c)) for c in capitals}
        return [p for p in self.by_head[self.words.long(noun)] if wanted <= p.described]

    def nearly(self, name: str) -> list[Referent]:
        """Who may be meant by a lone name that nobody bears: by initials ("DS:"), or with one letter amiss."""
        full = [p for p in self.people if len(p.words) > 1]
        spelled = [p for p in full if len(name) in (2, 3) and "".join(w[0] for w in p.words) == name]
        return spelled or [p for p in full if misspelt(name, surname(p.words))]

    def _person(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = [p for p in self.by_surname[surname(name)] if compatible(p.words, name)]
        if len(found) == 1:
            self._add(found[0], mention)
        elif not found:
            self._add(self._new("person", mention), mention)
        else:
            self._unclear(mention, found)

    def _unclear(self, mention: Mention, found: Sequence[Referent]) -> None:
        """A name that several people bear: a stand-in, so that whoever looks for a person does not look past it."""
        extent = self.page.extent(mention.first, mention.last)
        self.unclear[mention.first] = Referent("person", extent.of(self.page.text), extent, bearers=tuple(found))

    def _new(self, kind: SpeakerType, mention: Mention) -> Referent:
        extent = self.page.extent(mention.first, mention.last)
        name = " ".join(extent.of(self.page.text).split())
        referent = Referent(kind, name, extent, self._folded(mention))
        if kind == "person":
            self.people.append(referent)
            self.by_surname[surname(referent.words)].append(referent)
            if len(referent.words) > 1:
                self.by_given[referent.words[0]].append(referent)
        else:
            self.organisations.append(referent)
            for word in dict.fromkeys(referent.words):
                self.by_word[word].append(referent)
        return referent

    def _doubtful(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = [p for p in self.by_surname[surname(name)] if compatible(p.words, name)]
        if len(found) == 1:
            self._add(found[0], mention)
        elif not found and not self.page.words[mention.first].low.endswith("ing"):  # "Injecting Clinton" is no name
            known = [p for p in self.doubtful[surname(name)] if compatible(p.words, name)]
            if not known:
                extent = self.page.extent(mention.first, mention.last)
                person = Referent("person", " ".join(extent.of(self.page.text).split()), extent, name, doubtful=True)
                person.mentions.append(mention.first)
                self.doubtful[surname(name)].append(person)

    def _singles(self, mentions: list[Mention]) -> None:
        """Lone words: a surname or a given name of somebody known, else a person only where the text vouches."""
        for mention in sorted(mentions, key=lambda m: m.first):
            name = self._folded(mention)
            told = gender(self.page, mention, (), self.words)
            found = self.person(name, told)
            if len(found) == 1 and (not found[0].doubtful or mention.label == "PER"):
                person = found[0]
                if person.doubtful:
                    self._vouch(person)
                self._add(person, mention)
            elif not found and mention.label == "PER":
                self._add(self._new("person", mention), mention)
            elif len(found) > 1:
                self._unclear(mention, found)

    def _vouch(self, person: Referent) -> None:
        """A lone surname of a person shows that the doubtful full name was a person's."""
        person.doubtful = False
        self.people.append(person)
        self.by_surname[surname(person.words)].append(person)
        self.by_given[person.words[0]].append(person)
        self.doubtful[surname(person.words)].remove(person)
        for first in person.mentions:
            self.at[first] = person

    def _organisation(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = next((o for o in self.by_word[name[0]] if o.words == name), None)
        referent = found or self._new("organisation", mention)
        self._add(referent, mention)
        after = self.page.words[mention.last + 1 : mention.last + 2]
        if after and after[0].gap == " (" and after[0].text[-1].isupper() and mention.last > mention.first:
            self.bracketed.setdefault(after[0].text, referent)

    def _noun(self, noun: Noun) -> None:
        """Somebody named by a common noun, unless a name begins at the same word."""
        if noun.first in self.at:
            return
        head = self.page.words[noun.last].low
        if noun.type == "organisation" and noun.named:
            self._organisation(Mention(noun.first, noun.last, noun.first, "ORG", False))
        elif noun.type == "anonymous" and noun.determiner in ("the", "this"):
            known = self.described(head) or self.earlier(head, self.page.words[noun.first].start)
            if len(known) == 1:
                self.at[noun.first] = known[0]
        elif noun.type == "organisation":
            known = [o for o in self.organisation(head) if o.mentions and o.mentions[0] < noun.first]
            self.at[noun.first] = known[0] if len(known) == 1 else self.nominal(noun.type, noun.first, noun.last, head)
        else:
            self.at[noun.first] = self.nominal(noun.type, noun.first, noun.last, head)

    def nominal(self, kind: SpeakerType, first: int, last: int, head: str) -> Referent:
        """Somebody new, known only by these words."""
        extent = self.page.extent(first, last)
        name = " ".join(extent.of(self.page.text).split()).strip(QUOTES)
        several = kind == "group" or plural(head)
        sex = "" if several else self.words.gender(head)
        referent = Referent(kind, name, extent, plural=several, gender=sex)
        if kind == "anonymous" and not several:
            self.unnamed[head].append(referent)
        return referent

    def earlier(self, head: str, start: int, capitals: Iterable[str] = ()) -> list[Referent]:
        """Those known only by this noun and these capitals that were mentioned before a place, one for each name."""
        before = [r for r in self.unnamed[head] if r.extent.start < start]
        before = [r for r in before if set(capitals) <= set(r.name.lower().split())]
        return list({r.name: r for r in before}.values())

    def _add(self, referent: Referent, mention: Mention) -> None:
        referent.mentions.append(mention.first)
        self.at[mention.first] = referent
        extent = self.page.extent(mention.first, mention.last)
        name = " ".join(extent.of(self.page.text).split())
        if referent.name.isupper() and name.lower() == referent.name.lower() and referent.type == "person":
            referent.name, referent.extent = name, extent  # "MILO REED:" heads a line of Milo Reed's

    def _folded(self, mention: Mention) -> tuple[str, ...]:
        return folded(list(self.page.words[mention.first : mention.last + 1]))

    def _describe(self, mentions: Iterable[Mention]) -> None:
        """Roles and gender, from every mention of a person in the order of the text."""
        for mention in sorted(mentions, key=lambda m: m.first):
            person = self.at.get(mention.first)
            if person is None or person.type != "person":
                continue
            stretches = self.roles.get(mention.first) or describe(self.page, mention, self.words)
            person.heads |= heads(self.page, stretches, self.words)
            for first, last in stretches:
                self.describing.update(range(first, last + 1))
                person.described |= {self.words.long(fold(w.text)) for w in self.page.words[first : last + 1]}
            person.role = person.role or self.printed(stretches)
            person.gender = person.gender or gender(self.page, mention, stretches, self.words)
        for person in self.people:
            usual = self.words.given.get(person.words[0], "") if person.words else ""
            person.gender = person.gender or usual

    def printed(self, stretches: Iterable[Stretch]) -> str:
        """The first of these descriptions as the text prints it, without its article."""
        for first, last in stretches:
            while first < last and self.page.words[first].low in ("a", "an", "the", "both"):
                first += 1
            if not (first == last and self.page.words[first].low in self.words.uses["courtesy"]):
                return " ".join(self.page.extent(first, last).of(self.page.text).split())
        return ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())
