"""People of one surname: told apart by what is printed with it, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.speakers.mentions import Mention
from quotes.speakers.names import fold, split_suffix
from quotes.speakers.register import MANY, Referent
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page, Word

KIN, NEAR = 7, 1  # words before a name, sentences
YOUNG = frozenset({"jr", "junior", "ii", "iii", "iv"})


def shared_surname(page: Page, mention: Mention, other: tuple[str, ...], words: Vocabulary) -> str:
    """The surname (folded) of Ada in "Ada and Felix Munro"; ``other`` is the name of whom "and" leads to."""
    if len(other) < 2 or mention.last + 2 >= len(page.words):
        return ""
    given, joint, following = page.words[mention.last : mention.last + 3]
    both = given.low in words.given and following.low in words.given and fold(following.text) == other[0]
    return split_suffix(other)[0][-1] if both and joint.low == "and" and joint.gap == following.gap == " " else ""


def kin_of(page: Page, mention: Mention, words: Vocabulary) -> tuple[int, str] | None:
    """Whose relative the text calls somebody: the word of the owner and the noun of kinship; None if nobody's.

    "Her father, Leo Lee", "Leo Lee, her father", "Ann's late father Leo Lee".
    """
    here = page.words[mention.first].sentence
    around = [i for i in range(max(mention.first - KIN, 0), mention.first) if page.words[i].sentence == here]
    behind = range(mention.last + 1, min(mention.last + 4, len(page.words)))
    around += behind if behind and page.words[behind[0]].gap == ", " else ()
    nouns = (i for i in around if page.words[i].low in words.lexicon.kinship)
    owners = ((k, page.words[i].low) for i in nouns for k in range(max(i - 2, 0), i) if _owns(page.words[k]))
    return next(owners, None)


def _owns(word: Word) -> bool:
    return (word.possessive and word.capital) or word.low in ("his", "her", "their", "my")


def answers(noun: str, other: str, words: Vocabulary) -> bool:
    """Do these nouns of kinship name both sides: is whose "daughter" one is, her "mother"?"""
    sides = (("parent", "offspring"), ("offspring", "parent"), ("spouse", "spouse"), ("sibling", "sibling"))
    return any(noun in words.uses[one] and other in words.uses[two] for one, two in sides)


def principal(page: Page, found: Sequence[Referent], index: int) -> list[Referent]:
    """Of two people of one name the one whom the text is about: "Lee" is Ann Lee where Leo Lee is but her father, if
    he was not named just before."""
    relatives = [p for p in found if p.kin]
    if len(found) != 2 or len(relatives) != 1:
        return list(found)
    other = next(p for p in found if not p.kin)
    last, named = relatives[0].before(index), other.before(index)
    sentence = page.words[index].sentence
    lately = last is not None and sentence - page.words[last].sentence <= NEAR and (named is None or named < last)
    return list(found) if lately or named is None else [other]


def of_age(page: Page, first: int, bearers: Sequence[Referent], words: Vocabulary) -> list[Referent]:
    """Of the bearers of a name at a word those of an age: "the younger Cobb" is Jr. or the child, the elder another."""
    before = page.words[first - 1].low if first else ""
    if len(bearers) < 2 or before not in words.uses["age"]:
        return list(bearers)
    young = [p for p in bearers if p.words[-1] in YOUNG or not p.heads.isdisjoint(words.uses["child"])]
    return young if before == "younger" else [p for p in bearers if p not in young]


def ages(page: Page, at: Mapping[int, Referent]) -> dict[str, list[Referent]]:
    """People by the number behind their name and a comma, "Ann Lee, 61,"; ``at`` has them by their first words."""
    found: dict[str, list[Referent]] = {}
    person: Referent | None = None
    for i, word in enumerate(page.words):
        if person and word.gap == ", " and word.text.isdigit() and person not in found.get(word.text, [])[:MANY]:
            found.setdefault(word.text, []).append(person)
        known = at.get(i)
        named = known if known and known.type == "person" else None
        person = named or (person if word.capital and word.gap == " " else None)
    return found
