"""Who is known in an article, and how they are found again: by surname, by letters, by what they are."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from quotes.lexicon import Gender
from quotes.models import Extent, SpeakerType
from quotes.speakers.names import LONG, compatible, fold, initials, misspelt, paternal, split_suffix, surname
from quotes.speakers.vocabulary import Vocabulary

MANY = 50  # bearers of one surname or office, beyond which nobody is told apart by less than a whole name


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
    kinds: set[str] = field(default_factory=set)  # of an organisation: what the text calls it, "company"
    described: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)  # the place behind the name: "ohio" of "Hale (R-Ohio)"
    recalled: set[str] = field(default_factory=set)  # nouns behind "the" before the name: "the baker, Ann Lee"
    deeds: set[str] = field(default_factory=set)  # nouns for what somebody is said to have done: "skipper"
    mentions: list[int] = field(default_factory=list)
    since: int = -1  # first word of the first mention
    doubtful: bool = False
    kin: tuple[int, str] | None = None  # whose relative: the word of the owner, and which relative
    bearers: tuple[Referent, ...] = ()  # of a stand-in: the people of the article who bear this name

    def before(self, index: int) -> int | None:
        """The word where the last mention before a word begins."""
        at = bisect_left(self.mentions, index)
        return self.mentions[at - 1] if at else None


class Register:
    """The people and organisations of one article; every look-up takes a time that its length does not change."""

    def __init__(self, words: Vocabulary) -> None:
        """Nobody is known yet."""
        self.words = words
        self.people: list[Referent] = []
        self.organisations: list[Referent] = []
        self.by_word: dict[str, list[Referent]] = defaultdict(list)  # organisations by each word of their names
        self.by_kind: dict[str, list[Referent]] = defaultdict(list)  # organisations by what the text calls them
        self.by_trade: dict[tuple[str, ...], Referent] = {}  # firms by their names without "Inc."
        self.by_name: dict[tuple[str, ...], Referent] = {}  # people by their whole names
        self.by_surname: dict[str, list[Referent]] = defaultdict(list)
        self.by_given: dict[str, list[Referent]] = defaultdict(list)
        self.by_paternal: dict[str, list[Referent]] = defaultdict(list)  # the first of two surnames: Ortega Valle
        self.doubtful: dict[str, list[Referent]] = defaultdict(list)  # capitals only: nobody vouches for a person
        self.unnamed: dict[str, dict[str, Referent]] = defaultdict(dict)  # by their nouns: the first of each name
        self.by_head: dict[str, list[Referent]] = defaultdict(list)  # people by what they are
        self.by_wider: dict[str, list[Referent]] = defaultdict(
            list
        )  # the same by a wider noun: a novelist, "the author"
        self.by_initials: dict[str, list[Referent]] = defaultdict(list)  # organisations
        self.bracketed: dict[str, Referent] = {}

    def enter(self, person: Referent) -> None:
        """Somebody new, to be found by all parts of the name."""
        self.people.append(person)
        self.by_surname[surname(person.words)].append(person)
        self.by_name.setdefault(person.words, person)
        if len(person.words) > 1:
            self.by_given[person.words[0]].append(person)
        if (first := paternal(person.words)) and first not in self.words.given:
            self.by_paternal[first].append(person)

    def enter_body(self, body: Referent) -> None:
        """A new organisation, to be found by the words and the initials of its name."""
        self.organisations.append(body)
        for word in dict.fromkeys(body.words):
            self.by_word[word].append(body)
        if len(body.words) > 2 and body.words[-1] in self.words.uses["form"]:
            self.by_trade.setdefault(body.words[:-1], body)
        if len(body.words) > 1:
            self.by_initials[initials(body.name)].append(body)
        if len(body.words) > 3 and "." in body.name.split()[0]:  # "U.N. World Food Programme"
            self.by_initials[initials(body.name.split(maxsplit=1)[1])].append(body)

    def person(self, name: tuple[str, ...], told: Gender = "") -> list[Referent]:
        """Who may bear this name (folded words): one, several or nobody. A lone word is a surname first."""
        if len(name) > 1:
            found = self.bearers(name)
            exact = [p for p in found if name in (p.words, p.words[-len(name) :])]
            found = exact or found
        else:
            found = [*self.by_surname[name[0]][:MANY], *self.doubtful[name[0]][:MANY]]
            found = found or self.by_given[name[0]][:MANY] or self.by_paternal[name[0]][:MANY]
        if len(found) >= MANY:
            return found
        likely = [p for p in found if p.gender == told] if told and len(found) > 1 else []
        return likely or [p for p in found if not (told and p.gender) or p.gender == told]

    def introduced(self, found: list[Referent], index: int) -> list[Referent]:
        """Of several people of one name the one that the text has named by a word, if it is one: who comes later
        cannot be meant yet."""
        known = [p for p in found if p.since < index] if 1 < len(found) < MANY else []
        return known if len(known) == 1 else found

    def bearing(self, person: Referent) -> list[Referent]:
        """The others of somebody's surname."""
        return [p for p in self.by_surname[surname(person.words)][:MANY] if p is not person]

    def bearers(self, name: tuple[str, ...]) -> list[Referent]:
        """The people whose name a full name (folded words) may be."""
        named = self.by_surname[surname(name)]
        if len(named) > MANY:
            return [self.by_name[name]] if name in self.by_name else []
        if known := [p for p in named if compatible(p.words, name)]:
            return known
        if pet := [p for p in named if self._by_pet_name(p.words, name)]:
            return pet if len(pet) == 1 else []
        paternal = (p for p in self.by_paternal[surname(name)][:MANY] if p.words[0] == name[0])  # "José Ortega"
        return list(paternal)

    def _by_pet_name(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Is one of these full names short for the other: "Ray Lee" for "Raymond Lee", with no "Jr." to either?"""
        pet = self.words.pet
        if min(len(one), len(other)) < 2 or (split_suffix(one)[1] or split_suffix(other)[1]):
            return False
        return other[0] in pet.get(one[0], ()) or one[0] in pet.get(other[0], ())

    def organisation(self, noun: str, besides: Iterable[str] = ()) -> list[Referent]:
        """Organisations with this noun in their name, and all the words ``besides``: the one longest known, or all."""
        wanted = {fold(w) for w in besides}
        named = [*self.by_word[fold(noun)], *self.by_word[f"{fold(noun)}s"]]
        if len(named) > MANY:
            return []
        found = [o for o in named if len(o.words) > 1 and wanted <= set(o.words)]
        return [o for o in found if o.words[-1] in (fold(noun), f"{fold(noun)}s") or o.words[0] == fold(noun)] or found

    def alias(self, letters: str) -> Referent | None:
        """The organisation whose name these letters follow in brackets, or the one whose capitals they are."""
        if letters in self.bracketed:
            return self.bracketed[letters]
        if not letters.isupper():
            return None
        found = self.by_initials[letters.replace(".", "")]
        return found[0] if len(found) == 1 else None

    def firm(self, word: str) -> Referent | None:
        """The one organisation whose name begins with this word, folded: "Hallmark" for Hallmark Foods Inc."""
        named = self.by_word[word]
        if len(named) > MANY or word in self.words.places or self.words.organisation(word):
            return None
        found = [o for o in named if len(o.words) > 1 and o.words[0] == word and not self._public(o.words[-1])]
        return found[0] if len(found) == 1 else None

    def _public(self, noun: str) -> bool:
        """Does this noun name bodies and papers of a place, which its first word alone does not name?"""
        firm = self.words.kind(noun) == "company" or noun in self.words.uses["trade"]
        return self.words.organisation(noun) and not firm

    def described(self, noun: str, besides: Iterable[str] = ()) -> list[Referent]:
        """People whom the text describes by this noun ("the envoy"), and by all the words ``besides``."""
        wanted = {self.words.long(fold(c)) for c in besides}
        named = self.by_head[self.words.long(noun)]
        return [] if len(named) > MANY else [p for p in named if wanted <= p.described]

    def widely(self, noun: str, index: int) -> list[Referent]:
        """People mentioned before a word whom a wider noun fits: a novelist for "the author"."""
        named = self.by_wider[self.words.long(noun)]
        return [] if len(named) > MANY else [p for p in named if p.before(index) is not None]

    def earlier(self, noun: str, start: int, besides: Iterable[str] = ()) -> list[Referent]:
        """Those known only by this noun and these words who were mentioned before a place, one for each name."""
        named = self.unnamed[noun]
        if len(named) > MANY:
            return []
        wanted = set(besides)
        return [r for r in named.values() if r.extent.start < start and wanted <= set(r.name.lower().split())]

    def nearly(self, name: str) -> list[Referent]:
        """Who may be meant by a lone name that nobody bears: by initials ("DS:"), or with one letter amiss."""
        spelled = self.spelled(name)
        near = {id(p): p for key in _without_one(name) for p in self._shortened.get(key, ())[:MANY]}
        return spelled or [p for p in near.values() if misspelt(name, surname(p.words))]

    def spelled(self, letters: str) -> list[Referent]:
        """People of whose full names these two or three letters, folded, are the initials."""
        return self._spelled.get(letters, []) if len(letters) in (2, 3) else []

    @cached_property
    def _spelled(self) -> dict[str, list[Referent]]:
        """People by the initials of their full names."""
        found: dict[str, list[Referent]] = defaultdict(list)
        for person in self.people:
            if len(person.words) > 1:
                found["".join(w[0] for w in person.words)].append(person)
        return found

    @cached_property
    def _shortened(self) -> dict[str, list[Referent]]:
        """People by their surnames as they are and with any one letter left out."""
        found: dict[str, list[Referent]] = defaultdict(list)
        for person in self.people:
            for key in _without_one(surname(person.words)) if len(person.words) > 1 else ():
                found[key].append(person)
        return found


def _without_one(word: str) -> set[str]:
    """A long word, and all that is left of it when one letter behind the first is missing: words one letter apart
    have one of these in common (Garbe 2012, symmetric deletion)."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))} if len(word) >= LONG else set()
