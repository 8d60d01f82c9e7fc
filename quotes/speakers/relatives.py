"""People known by a relative: "his wife", "Mr. Lee's widow", "my mother" in the words of somebody's daughter."""

from __future__ import annotations

from quotes.models import Speaker
from quotes.speakers.antecedents import Salience
from quotes.speakers.capitals import LONGEST
from quotes.speakers.cast import Cast
from quotes.speakers.families import answers
from quotes.speakers.readings import Reading
from quotes.speakers.register import MANY, Referent


class Relatives:
    """Those of an article whom it calls somebody's relative, and whom the nouns of kinship mean."""

    def __init__(self, cast: Cast, salience: Salience) -> None:
        self.cast, self.salience = cast, salience
        self.page, self.words = cast.page, cast.words
        self.known = {p.name: p for p in cast.people if p.kin}

    def whose(self, reading: Reading) -> Referent | None:
        """Whose "wife" it is: of "his wife" the one whom the pronoun means."""
        words = self.page.words
        own = reading.form == "nominal" and reading.last == reading.first + 1
        if not own or reading.head not in self.words.lexicon.kinship or words[reading.first].low not in ("his", "her"):
            return None
        choice = self.salience.choices.get(reading.first)
        return choice.referent if choice and choice.referent.type == "person" else None

    def of(self, reading: Reading) -> Referent | None:
        """Who is "Mr. Lee's widow": "his wife, Ann", or the one other Lee of whom nothing else is told."""
        words, head = self.page.words, reading.last
        owned = reading.form == "nominal" and head > reading.first and words[head - 1].possessive
        if not owned or reading.head not in self.words.lexicon.kinship or words[head].low != reading.head:
            return None
        unclear = self.cast.unclear.get(head - 1)  # of a family the one whose relatives the others are
        central = [p for p in unclear.bearers if not p.kin] if unclear else []
        owner = central[0] if len(central) == 1 else self._named_before(head - 1)
        sex = self.words.gender(reading.head)
        if owner is None or len(self.known) > MANY:
            return None
        kin = [p for p in self.known.values() if p is not owner and self._related(p, owner, reading.head)]
        if not kin and reading.head in self.words.uses["spouse"]:
            kin = [p for p in self.cast.bearing(owner) if p.gender and p.gender != owner.gender and not p.kin]
        kin = [p for p in kin if p.gender in ("", sex) or not sex]
        return kin[0] if len(kin) == 1 else None

    def called_by(self, speaker: Speaker, noun: str) -> Referent | None:
        """Who is "my mother" in the words of a speaker whom the text calls that mother's daughter."""
        person = self.known.get(speaker.name)
        if person is None or not person.kin or not answers(person.kin[1], noun, self.words):
            return None
        owner = self._owner(person.kin[0])
        return owner if owner and owner.gender in ("", self.words.gender(noun)) else None

    def _related(self, person: Referent, owner: Referent, noun: str) -> bool:
        """Does the text call somebody this relative of another: "his wife, Ann", for "widow"?"""
        if person.kin is None:
            return False
        at, called = person.kin
        same = called == noun or any({called, noun} <= self.words.uses[side] for side in ("spouse", "sibling"))
        return same and self._owner(at) is owner

    def _owner(self, index: int) -> Referent | None:
        """Whom the word before a noun of kinship means, a pronoun or a name."""
        choice = self.salience.choices.get(index)
        return choice.referent if choice else self._named_before(index)

    def _named_before(self, index: int) -> Referent | None:
        """The person whose name ends at a word."""
        found = (self.cast.at.get(i) for i in range(index, max(index - LONGEST, -1), -1))
        word = self.page.words[index]
        owner = word.possessive or (word.capital and word.low not in self.words.lexicon.pronouns)
        named = next((p for p in found if p), None) if owner else None
        return named if named and named.type == "person" else None
