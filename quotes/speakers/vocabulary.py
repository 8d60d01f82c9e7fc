"""What the speaker rules know about words: the lexicon, and four short lists of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quotes.lexicon import Gender, Lexicon

SINGULAR_S = ("ss", "us", "is", "ics")
RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})
OCCUPATIONS = ("ographer", "ologist", "ician")  # endings that nouns for people alone have
FEMININE = ("dottir", "ova", "eva", "ska", "cka", "dzka", "skaya", "iene", "aite", "poulou")  # of surnames
PLURALS = frozenset(
    {
        "academics",
        "children",
        "clergy",
        "clerics",
        "couple",
        "critics",
        "many",
        "mechanics",
        "media",
        "medics",
        "men",
        "paramedics",
        "people",
        "police",
        "staff",
        "women",
    }
)

Lists = tuple[
    dict[str, Gender],
    frozenset[str],
    frozenset[str],
    frozenset[str],
    dict[str, frozenset[str]],
    dict[str, str],
    dict[str, tuple[str, ...]],
    dict[str, tuple[str, ...]],
]


@dataclass(frozen=True)
class Vocabulary:
    """A lexicon with lists for names: given names and their usual gender, places that speak ("South Korea says"),
    function words that never belong to a name, words that end the name of an outlet or a firm, and ``uses``: small
    classes of words by what the rules use them for ("determiner", "preposition", "honour" …). ``short`` has what a
    word is short for, ``wider`` nouns that also fit whom this one names ("novelist": "author"), ``pet`` what a given
    name may be short for; ``bodies`` well-known organisations by the first words of their names, ``kept`` words of
    those that end like a possessive ("Moody's").
    """

    lexicon: Lexicon
    given: Mapping[str, Gender]
    places: frozenset[str]
    function: frozenset[str]
    brands: frozenset[str]
    uses: Mapping[str, frozenset[str]]
    short: Mapping[str, str]
    wider: Mapping[str, tuple[str, ...]]
    pet: Mapping[str, tuple[str, ...]]
    bodies: Mapping[str, tuple[tuple[str, ...], ...]]
    kept: frozenset[str]

    def long(self, word: str) -> str:
        """The word that this one is short for ("Sen.", "GOP"), in lower case without dots, or itself."""
        word = word.lower().replace(".", "")
        return self.short.get(word, word)

    def kind(self, noun: str) -> str:
        """The widest noun for such an organisation: an airline is a "company"."""
        noun = singular(noun)
        return self.wider.get(noun, (noun,))[0]

    def above(self, noun: str) -> list[str]:
        """The wider nouns for such a person, the nearest first: "ambassador" is "envoy", "diplomat"."""
        found = list(self.wider.get(noun, ()))
        for nearer in found:
            found += [n for n in self.wider.get(nearer, ()) if n not in found]
        return found

    def role(self, noun: str) -> bool:
        """Is this a noun for one person: a title, an occupation, a relative?"""
        words = self.lexicon
        listed = noun in words.titles or noun in words.people or noun in words.kinship or noun in self.uses["role"]
        return listed or noun.endswith(OCCUPATIONS) or ("-" in noun and self._compound_role(noun))

    def _compound_role(self, noun: str) -> bool:
        """Is it "then-governor", "minister-designate" or "father-of-three"?"""
        first, _, rest = noun.partition("-")
        return self.role(rest) if first in self.uses["former"] else rest in self.uses["suffix"] and self.role(first)

    def gender(self, noun: str) -> Gender:
        """The gender of a title, an occupation or a relative; "" where the word does not tell."""
        words = self.lexicon
        return words.titles.get(noun) or words.kinship.get(noun) or words.people.get(noun) or ""

    def usual(self, name: Sequence[str]) -> Gender:
        """The usual gender of those who bear a name (folded words): by the given name behind initials, by a surname
        that only women have ("Jónsdóttir"), or by "bint" and the like."""
        if any(word in self.uses["feminine"] for word in name[1:]):
            return "f"
        first = next((word for word in name if len(word) > 1), "")
        ending = len(name) > 1 and name[-1].endswith(FEMININE)
        return self.given.get(first, "") or ("f" if ending else "")

    def organisation(self, noun: str) -> bool:
        """Is this a noun for an organisation, or the last word of the name of one?"""
        return noun in self.lexicon.organisations or noun in self.brands or singular(noun) in self.lexicon.organisations

    def group(self, noun: str) -> bool:
        """Is this a noun for several people?"""
        return noun in self.lexicon.groups or (plural(noun) and self.role(singular(noun)))

    def member(self, noun: str) -> bool:
        """Is this a noun for one of a people, a party or an age, which tells nobody's name: "Dane", "58-year-old"?"""
        return noun in self.uses["member"] or noun.endswith("-year-old")

    def document(self, noun: str) -> bool:
        """Is this a noun for something written or published?"""
        return noun in self.lexicon.documents or singular(noun) in self.lexicon.documents


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The lists that belong to a lexicon."""
    given, places, function, brands, uses, short, wider, pet = _lists(lexicon.language)
    uses = uses | {"finite": uses["finite"] | lexicon.modifiers["finite"]}
    bodies = _bodies(lexicon.language)
    kept = frozenset(w for names in bodies.values() for name in names for w in name if w.endswith("'s"))
    return Vocabulary(lexicon, given, places, function, brands, uses, short, wider, pet, bodies, kept)


def plural(noun: str) -> bool:
    """Does the form of this noun speak of several?"""
    return noun in PLURALS or _men(noun) or (noun.endswith("s") and not noun.endswith(SINGULAR_S))


def _men(noun: str) -> bool:
    """Is it "fishermen" or "clergymen", and no "specimen"?"""
    return noun.endswith("men") and noun[-4:-3] not in ("", "a", "i", "o", "u") and noun != "yemen"


def singular(noun: str) -> str:
    """The noun without its plural ending."""
    if noun in ("men", "women") or noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if plural(noun) and noun.endswith("s") else noun


@lru_cache
def _lists(language: str) -> Lists:
    folder = files("quotes.data") / language
    rows = (folder / "speaker_given.tsv").read_text(encoding="utf-8").splitlines()[1:]
    genders: dict[str, Gender] = {"f": "f", "m": "m", "-": ""}
    given = {name: genders[gender] for name, gender in (row.split("\t") for row in rows)}
    places, function, brands = (
        frozenset((folder / f"speaker_{name}.txt").read_text(encoding="utf-8").splitlines())
        for name in ("places", "function", "brands")
    )
    uses: dict[str, set[str]] = {}
    for row in (folder / "speaker_words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        word, use = row.split("\t")
        uses.setdefault(use, set()).add(word)
    pairs = {
        name: (folder / f"speaker_{name}.tsv").read_text(encoding="utf-8") for name in ("short", "wider", "nicknames")
    }
    wider, pet = _grouped(pairs["wider"]), _grouped(pairs["nicknames"])
    short = dict(row.split("\t") for row in pairs["short"].splitlines()[1:])
    return given, places, function, brands, {use: frozenset(found) for use, found in uses.items()}, short, wider, pet


@lru_cache
def _bodies(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Well-known organisations, word by word, the longest first, by the first words of their names."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in (files("quotes.data") / language / "speaker_bodies.txt").read_text(encoding="utf-8").splitlines():
        first, *rest = row.replace(" & ", " ").split()
        found[first] = (*found.get(first, ()), (first, *rest))
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


def _grouped(table: str) -> dict[str, tuple[str, ...]]:
    """What stands in the second column for each word of the first."""
    found: dict[str, tuple[str, ...]] = {}
    for word, other in (row.split("\t") for row in table.splitlines()[1:]):
        found[word] = (*found.get(word, ()), other)
    return found
