"""Everyone an article names: mentions gathered into people and organisations, each under its fullest name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes.models import Extent, SpeakerType
from quotes.speakers.mentions import Label, Mention
from quotes.speakers.names import compatible, fold, folded, surname
from quotes.speakers.roles import COURTESY, Stretch, describe, gender, heads
from quotes.speakers.vocabulary import Gender, Vocabulary
from quotes.speakers.words import Page


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


class Cast:
    """The people and organisations of one article, found by the words of their names."""

    def __init__(self, page: Page, mentions: Iterable[Mention], words: Vocabulary) -> None:
        self.page, self.words = page, words
        self.people: list[Referent] = []
        self.organizations: list[Referent] = []
        self.at: dict[int, Referent] = {}  # first word of a mention → whose it is
        self.by_word: dict[str, list[Referent]] = defaultdict(list)  # organisations by each word of their names
        self.by_surname: dict[str, list[Referent]] = defaultdict(list)
        self.by_given: dict[str, list[Referent]] = defaultdict(list)
        self.doubtful: dict[str, list[Referent]] = defaultdict(list)  # capitals only: nobody vouches for a person
        ordered = sorted(mentions, key=lambda m: (m.first - m.last, m.first))
        for mention in ordered:
            if mention.label == "PER" and mention.last > mention.first:
                self._person(mention)
            elif mention.label in ("ORG", "LOC"):
                self._organization(mention)
        for mention in ordered:
            if mention.label == "MISC" and mention.last > mention.first:
                self._doubtful(mention)
        self._singles([m for m in ordered if m.first == m.last and m.label in ("PER", "MISC")])
        for referent in [*self.people, *self.organizations]:
            referent.mentions.sort()
        self._describe(mentions)

    def person(self, name: tuple[str, ...], told: Gender = "") -> list[Referent]:
        """Who may bear this name (folded words): one, several or nobody. A lone word is a surname first."""
        if len(name) > 1:
            named = self.by_surname[surname(name)]
            found = [p for p in named if compatible(p.words, name)]
            exact = [p for p in found if name in (p.words, p.words[-len(name) :])]
            found = exact or found
        else:
            found = self.by_surname[name[0]] or self.doubtful[name[0]] or self.by_given[name[0]]
            found = found or self._initialled(name[0])
        if len(found) > 1 and told:
            found = [p for p in found if p.gender == told] or found
        return found

    def organization(self, noun: str, besides: Iterable[str] = ()) -> list[Referent]:
        """Organisations with this noun in their name, and all the words ``besides``: the one longest known, or all."""
        wanted = {fold(w) for w in besides}
        found = [o for o in self.by_word[fold(noun)] if len(o.words) > 1 and wanted <= set(o.words)]
        return [o for o in found if o.words[-1] == fold(noun) or o.words[0] == fold(noun)] or found

    def acronym(self, letters: str) -> Referent | None:
        """The one organisation whose capitals spell these letters."""
        found = [o for o in self.organizations if len(o.words) > 1 and _initials(o.name) == letters.replace(".", "")]
        return found[0] if len(found) == 1 else None

    def described(self, noun: str, capitals: Iterable[str] = ()) -> list[Referent]:
        """People whom the text describes by this noun ("the envoy"), and by all these capitalised words."""
        wanted = {fold(c) for c in capitals}
        return [p for p in self.people if noun in p.heads and wanted <= p.described]

    def _initialled(self, letters: str) -> list[Referent]:
        if not 2 <= len(letters) <= 3:
            return []
        return [p for p in self.people if len(p.words) > 1 and "".join(w[0] for w in p.words) == letters]

    def _person(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = [p for p in self.by_surname[surname(name)] if compatible(p.words, name)]
        if len(found) == 1:
            self._add(found[0], mention)
        elif not found:
            self._add(self._new("person", mention), mention)

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
            self.organizations.append(referent)
            for word in dict.fromkeys(referent.words):
                self.by_word[word].append(referent)
        return referent

    def _doubtful(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = [p for p in self.by_surname[surname(name)] if compatible(p.words, name)]
        if len(found) == 1:
            self._add(found[0], mention)
        elif not found and not self.by_surname[surname(name)]:
            known = [p for p in self.doubtful[surname(name)] if compatible(p.words, name)]
            if not known:
                extent = self.page.extent(mention.first, mention.last)
                person = Referent("person", " ".join(extent.of(self.page.text).split()), extent, name)
                person.mentions.append(mention.first)
                self.doubtful[surname(name)].append(person)

    def _singles(self, mentions: list[Mention]) -> None:
        """Lone words: a surname or a given name of somebody known, else a person only where the text vouches."""
        for mention in sorted(mentions, key=lambda m: m.first):
            name = self._folded(mention)
            told = gender(self.page, mention, (), self.words)
            found = self.person(name, told)
            if len(found) == 1 and (found[0] in self.people or mention.label == "PER"):
                if found[0] not in self.people:
                    self._vouch(found[0])
                self._add(found[0], mention)
            elif not found and mention.label == "PER":
                self._add(self._new("person", mention), mention)

    def _vouch(self, person: Referent) -> None:
        """A lone surname of a person shows that the doubtful full name was a person's."""
        self.people.append(person)
        self.by_surname[surname(person.words)].append(person)
        self.by_given[person.words[0]].append(person)
        self.doubtful[surname(person.words)].remove(person)
        for first in person.mentions:
            self.at[first] = person

    def _organization(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = next((o for o in self.by_word[name[0]] if o.words == name), None)
        self._add(found or self._new("organization", mention), mention)

    def _add(self, referent: Referent, mention: Mention) -> None:
        referent.mentions.append(mention.first)
        self.at[mention.first] = referent

    def _folded(self, mention: Mention) -> tuple[str, ...]:
        return folded(list(self.page.words[mention.first : mention.last + 1]))

    def _describe(self, mentions: Iterable[Mention]) -> None:
        """Roles and gender, from every mention of a person in the order of the text."""
        for mention in sorted(mentions, key=lambda m: m.first):
            person = self.at.get(mention.first)
            if person is None or person.type != "person":
                continue
            stretches = describe(self.page, mention, self.words)
            person.heads |= heads(self.page, stretches, self.words)
            for first, last in stretches:
                person.described |= {fold(w.text) for w in self.page.words[first : last + 1]}
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
            if not (first == last and self.page.words[first].low in COURTESY):
                return " ".join(self.page.extent(first, last).of(self.page.text).split())
        return ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def label_of(referent: Referent) -> Label:
    """The detector's label that fits a referent."""
    return "PER" if referent.type == "person" else "ORG"
