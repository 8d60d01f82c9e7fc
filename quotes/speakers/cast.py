"""Everyone an article names: mentions gathered into people and organisations, each under its fullest name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from quotes.models import Extent, SpeakerType
from quotes.speakers.called import kinds_told
from quotes.speakers.courts import charged
from quotes.speakers.families import ages, kin_of, principal, shared_surname
from quotes.speakers.interviews import answering
from quotes.speakers.introductions import describe, recalled
from quotes.speakers.labels import Mention
from quotes.speakers.names import compatible, fold, folded, split_suffix, surname, unmarked
from quotes.speakers.nouns import Noun
from quotes.speakers.register import MANY, Referent, Register
from quotes.speakers.roles import Stretch, deed, gender, heads, home, peoples, printed, raised
from quotes.speakers.vocabulary import Vocabulary, plural
from quotes.speakers.words import Page


class Cast(Register):
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
        super().__init__(words)
        self.page, self.roles = page, roles
        self.at: dict[int, Referent] = {}  # first word of a mention → whose it is
        self.unclear: dict[int, Referent] = {}  # first word of a mention → a stand-in for the people it may mean
        self.firms: list[tuple[int, Referent]] = []  # mentions of organisations that are no places, in order
        self.vague: list[tuple[int, str]] = []  # "the company", with its noun, where no name has that noun
        self.describing: set[int] = set()  # words that describe somebody named
        ordered = sorted(
            mentions, key=lambda m: (m.first - m.last, page.words[m.last].text.isupper(), m.first not in roles, m.first)
        )
        for mention in ordered:
            firm = self.by_trade and mention.last > mention.first and self._folded(mention) in self.by_trade
            if mention.label == "PER" and mention.last > mention.first and not firm:
                self._person(mention)
            elif mention.label in ("ORG", "LOC") or firm:
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
            for wider in {w for h in person.heads for w in self.words.above(h)} | person.deeds:
                self.by_wider[wider].append(person)
        for noun in sorted(nouns, key=lambda n: n.first):
            if not self.describing.intersection((noun.first, noun.last)):
                self._noun(noun)
        self.firms.sort(key=lambda f: f[0])

    def _person(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = self.bearers(name)
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
        extent = self._styled(mention) or self.page.extent(mention.first, mention.last)
        name = " ".join(extent.of(self.page.text).split())
        referent = Referent(kind, name, extent, self._folded(mention))
        if kind == "person":
            self.enter(referent)
        else:
            self.enter_body(referent)
        return referent

    def _doubtful(self, mention: Mention) -> None:
        name = self._folded(mention)
        found = self.bearers(name)
        if len(found) == 1:
            self._add(found[0], mention)
        elif not found and not self.page.words[mention.first].low.endswith("ing"):  # "Injecting Clinton" is no name
            known = [p for p in self.doubtful[surname(name)][:MANY] if compatible(p.words, name)]
            if not known:
                extent = self.page.extent(mention.first, mention.last)
                person = Referent("person", " ".join(extent.of(self.page.text).split()), extent, name, doubtful=True)
                person.mentions.append(mention.first)
                person.since = mention.first
                self.doubtful[surname(name)].append(person)

    def _singles(self, mentions: list[Mention]) -> None:
        """Lone words: a surname or a given name of somebody known, else a person only where the text vouches."""
        for mention in sorted(mentions, key=lambda m: m.first):
            if self._kin(mention):
                continue
            name = self._folded(mention)
            told = gender(self.page, mention, (), self.words)
            found = self.introduced(self.person(name, told) or self.nearly(name[0]), mention.first)
            found = principal(self.page, found, mention.first, self.words)
            if len(found) == 1 and (firm := self._eponymous(found[0], mention)):
                self._add(firm, mention)
            elif len(found) == 1 and (not found[0].doubtful or mention.label == "PER"):
                person = found[0]
                if person.doubtful:
                    self._vouch(person)
                self._add(person, mention)
            elif not found:
                firm = self.firm(name[0]) if mention.lead == mention.first else None
                incorporated = firm if firm and "company" in firm.kinds else None
                if incorporated or mention.label == "PER":
                    self._add(incorporated or self._new("person", mention), mention)
            elif len(found) > 1:
                self._unclear(mention, found)

    def _eponymous(self, person: Referent, mention: Mention) -> Referent | None:
        """The firm already named that a lone word means before a person of that name is: "Tarn" for Tarn Foods."""
        if mention.lead < mention.first or not mention.first < person.since:
            return None
        firm = self.firm(self._folded(mention)[0])
        return firm if firm and firm.before(mention.first) is not None else None

    def _kin(self, mention: Mention) -> bool:
        """Enter the first of "Ada and Felix Munro" as Ada Munro."""
        other = self.at.get(mention.last + 2)
        family = shared_surname(self.page, mention, other.words if other else (), self.words)
        if other is None or not family:
            return False
        extent = self.page.extent(mention.first, mention.last)
        printed = next(w for w in reversed(other.name.split()) if fold(w) == family)
        name = f"{extent.of(self.page.text)} {printed}"
        found = self.bearers((*self._folded(mention), family))
        person = found[0] if found else Referent("person", name, extent, (*self._folded(mention), family))
        if not found:
            self.enter(person)
        self._add(person, mention)
        return True

    def _vouch(self, person: Referent) -> None:
        """A lone surname of a person shows that the doubtful full name was a person's."""
        person.doubtful = False
        self.enter(person)
        self.doubtful[surname(person.words)].remove(person)
        for first in person.mentions:
            self.at[first] = person

    def _organisation(self, mention: Mention) -> None:
        name = self._folded(mention)
        if len(name) == 1 and self.page.words[mention.first].text.isupper() and name[0] in self.by_surname:
            return  # "PILLAY:" heads a line of somebody's
        found = next((o for o in self.by_word[name[0]] if o.words == name), self.by_trade.get(name))
        if not found and len(name) == 1:
            short = self.firm(name[0])
            short = short if mention.label == "ORG" or (short and "company" in short.kinds) else None
            found = self.alias(self.page.words[mention.first].text) or short or self._nicknamed(mention)
        referent = found or self._new("organisation", mention)
        self._add(referent, mention)
        if mention.label != "LOC" and not (len(name) == 1 and name[0] in self.words.lexicon.organisations):
            self.firms.append((mention.first, referent))
        told = kinds_told(self.page, mention.first, mention.last, mention.label, referent.words, self.words)
        for kind in told - referent.kinds:
            referent.kinds.add(kind)
            self.by_kind[kind].append(referent)
        after = self.page.words[mention.last + 1 : mention.last + 2]
        if after and after[0].gap == " (" and after[0].text[-1].isupper() and mention.last > mention.first:
            self.bracketed.setdefault(after[0].text, referent)

    def _nicknamed(self, mention: Mention) -> Referent | None:
        """The one organisation whose name ends so: "the Royals" of Malby Royals."""
        word = self.page.words[mention.first]
        if not mention.first or self.page.words[mention.first - 1].low != "the" or not plural(word.low):
            return None
        found = [o for o in self.organisation(word.low) if o.words[-1] == fold(word.text)]
        return found[0] if len(found) == 1 else None

    def _noun(self, noun: Noun) -> None:
        """Somebody named by a common noun, unless a name begins at the same word."""
        known = self.at.get(noun.first)
        owned = known is not None and known.type == "organisation" and self.page.words[noun.first].possessive
        if known and not (owned and noun.type == "organisation"):  # "Kenya's central bank" is not Kenya
            return
        head = self.page.words[noun.last].low
        if noun.type == "organisation" and noun.named:
            self._organisation(Mention(noun.first, noun.last, noun.first, "ORG", False))
        elif noun.type == "anonymous" and noun.determiner in ("the", "this"):
            told = [w.low for w in self.page.words[noun.first : noun.last] if w.capital]  # "the Russian president"
            meant = self.still(self.described(head, told), head, noun.first)
            meant = meant or self.earlier(head, self.page.words[noun.first].start, told)
            meant = meant or ([] if told else self.widely(head, noun.first))
            if len(meant) == 1 or told:
                new = self.nominal(noun.type, noun.first, noun.last, head) if len(meant) != 1 else meant[0]
                self.at[noun.first] = new
        elif head in self.words.lexicon.kinship and noun.determiner in ("my", "our") and len(self.described(head)) == 1:
            self.at[noun.first] = self.described(head)[0]
        elif noun.type == "organisation":
            named = [o for o in self.organisation(head) if o.mentions and o.mentions[0] < noun.first]
            self.at[noun.first] = named[0] if len(named) == 1 else self.nominal(noun.type, noun.first, noun.last, head)
            if len(named) != 1 and noun.first == noun.last:
                self.vague.append((noun.first, head))
        else:
            self.at[noun.first] = self.nominal(noun.type, noun.first, noun.last, head)

    @cached_property
    def answering(self) -> Referent | None:
        """Who answers in the lines of an interview."""
        return answering(self.page, self.people, self.words)

    @cached_property
    def headings(self) -> dict[str, int]:
        """The lone words before a colon that head lines, with the first place of each."""
        words, found = self.page.words, dict[str, int]()
        for i, word in enumerate(words):
            begins = not i or words[i - 1].paragraph != word.paragraph
            if begins and self.page.text[word.end : word.end + 1] == ":":
                found.setdefault(word.text, i)
        return found

    @cached_property
    def raised(self) -> dict[str, list[int]]:
        """Where the text brings up each noun for a person as that of somebody new: "a judge", "another judge"."""
        found = defaultdict[str, list[int]](list)
        for i in self.strangers:
            found[self.words.long(self.page.words[i].low)].append(i)
        return found

    @cached_property
    def strangers(self) -> list[int]:
        """The nouns by which the text brings up people without names, in order: "a man", "another judge"."""
        return [i for i in raised(self.page, self.words) if i not in self.describing]

    def still(self, found: Sequence[Referent], noun: str, index: int) -> list[Referent]:
        """Those of these people whom a noun may mean at a word: none where it was somebody new's since their last
        mention, "Judge Ann Lee left. In Leeds a judge spoke."."""
        at = self.raised.get(self.words.long(noun), [])
        new = at[k - 1] if (k := bisect_left(at, index)) else -1
        return [p for p in found if p.since > index or (p.before(index) or 0) >= new]

    @cached_property
    def ages(self) -> dict[str, list[Referent]]:
        """People by the number behind their name and a comma: "Ann Lee, 61,"."""
        return ages(self.page, self.at)

    def nominal(self, kind: SpeakerType, first: int, last: int, head: str) -> Referent:
        """Somebody new, known only by these words."""
        extent = self.page.extent(first, last)
        name = unmarked(" ".join(extent.of(self.page.text).split()))
        several = kind == "group" or plural(head)
        sex = "" if several else self.words.gender(head)
        referent = Referent(kind, name, extent, plural=several, gender=sex)
        if kind in ("anonymous", "document") and not several:
            known = self.unnamed[head].get(name)
            if known is None or extent < known.extent:
                self.unnamed[head][name] = referent
        return referent

    def _add(self, referent: Referent, mention: Mention) -> None:
        insort(referent.mentions, mention.first)
        referent.since = mention.first if referent.since < 0 else min(referent.since, mention.first)
        self.at[mention.first] = referent
        extent = self.page.extent(mention.first, mention.last)
        name = " ".join(extent.of(self.page.text).split())
        if referent.type != "person":
            return
        if referent.name.isupper() and name.lower() == referent.name.lower():
            referent.name, referent.extent = name, extent  # "MILO REED:" heads a line of Milo Reed's
        if self._folded(mention)[0] in self.words.pet.get(referent.words[0], ()):  # "Ray Lee" is Raymond Lee
            referent.name, referent.extent, referent.words = name, extent, self._folded(mention)
            self.by_given[referent.words[0]].append(referent)
        styled = self._styled(mention)
        if styled and " " not in referent.name:
            referent.name, referent.extent = " ".join(styled.of(self.page.text).split()), styled
        if len(split_suffix(referent.words)[0]) == 1 < len(split_suffix(self._folded(mention))[0]):
            referent.name, referent.extent, referent.words = name, extent, self._folded(mention)
            self.by_given[referent.words[0]].append(referent)

    def _styled(self, mention: Mention) -> Extent | None:
        """A lone name with the title that it goes by: "Pope Francis", "Queen Camilla", "Sister Helen"."""
        title = self.page.words[mention.first - 1] if mention.first else None
        if title is None or mention.label != "PER" or self.page.words[mention.first].gap != " ":
            return None
        lone = len(split_suffix(self._folded(mention))[0]) == 1
        goes_by = lone and title.capital and title.low in self.words.uses["style"]
        return self.page.extent(mention.first - 1, mention.last) if goes_by else None

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
            person.recalled |= recalled(self.page, mention, self.words)
            person.kin = person.kin or kin_of(self.page, mention, self.words)
            person.described |= peoples(self.page, mention, self.words)
            person.deeds |= {deed(self.page, mention, self.words)} - {""}
            if charged(self.page, mention, person.heads, self.words):
                person.heads.add("defendant")
            for first, last in stretches:
                self.describing.update(range(first, last + 1))
                person.described |= {self.words.long(fold(w.text)) for w in self.page.words[first : last + 1]}
            person.homes |= home(self.page, mention)
            person.described |= person.homes
            person.role = person.role or printed(self.page, stretches, self.words)
            person.gender = person.gender or gender(self.page, mention, stretches, self.words)
        for person in self.people:
            person.gender = person.gender or self.words.usual(person.words)
