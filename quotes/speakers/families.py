"""People of one surname: told apart by what is printed with it, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.speakers.mentions import Mention
from quotes.speakers.names import fold, split_suffix
from quotes.speakers.register import MANY, Referent
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

YOUNG = frozenset({"jr", "junior", "ii", "iii", "iv"})


def shared_surname(page: Page, mention: Mention, other: tuple[str, ...], words: Vocabulary) -> str:
    """The surname (folded) of Ada in "Ada and Felix Munro"; ``other`` is the name of whom "and" leads to."""
    if len(other) < 2 or mention.last + 2 >= len(page.words):
        return ""
    given, joint, following = page.words[mention.last : mention.last + 3]
    both = given.low in words.given and following.low in words.given and fold(following.text) == other[0]
    return split_suffix(other)[0][-1] if both and joint.low == "and" and joint.gap == following.gap == " " else ""


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
