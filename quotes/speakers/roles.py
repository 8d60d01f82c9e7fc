"""What the text says that a named person is: titles before the name, an appositive behind it."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.speakers.mentions import Mention, capital
from quotes.speakers.sources import RELATIVES, STOPPERS
from quotes.speakers.vocabulary import Gender, Vocabulary
from quotes.speakers.words import Page

Stretch = tuple[int, int]
COURTESY = frozenset("dr hon honorable honourable lord madam miss mr mrs ms mx sir".split())
BEFORE, AFTER = 12, 30  # words looked at on either side of a name
BREAKS = frozenset(",;:.!?()[]\"“”\n—–")


def describe(page: Page, mention: Mention, words: Vocabulary) -> list[Stretch]:
    """The stretches of words around a name that hold a noun for a person: behind it first, then before it."""
    return [s for s in (_behind(page, mention, words), _before(page, mention, words)) if s]


def _behind(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ ", US President Barack Obama's special envoy in the fight against ISIS," """
    first = mention.last + 1
    here = page.words[mention.last]
    if first >= len(page.words) or here.possessive or page.words[first].gap != ", ":
        return None
    last = first
    for i in range(first, min(first + AFTER, len(page.words))):
        word = page.words[i]
        if word.sentence != here.sentence or (i > first and not BREAKS.isdisjoint(word.gap) and word.gap != ". "):
            break
        if word.low in RELATIVES:
            return None
        last = i
    return (first, last) if heads(page, [(first, last)], words) else None


def _before(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "US envoy", "Emeritus Professor", "American academic and professor" """
    first = mention.first
    for i in range(mention.first, max(mention.first - BEFORE, 0), -1):
        word, left = page.words[i], page.words[i - 1]
        of_name = i <= mention.first and word.gap in (" ", ". ") and left.sentence == page.words[mention.first].sentence
        known = capital(left, words) or words.role(left.low) or "-" in left.text or left.possessive or left.low in LINKS
        known = known or left.low not in words.function
        if not (of_name and known) or (i < mention.first and left.low in ("said", "told")):
            break
        first = i - 1
    while first < mention.first and page.words[first].low in LINKS:
        first += 1
    if first == mention.first or page.words[mention.first - 1].low in LINKS:
        return None
    if not words.role(page.words[mention.first - 1].low):
        return None
    return None if page.words[first].low in COURTESY else (first, mention.first - 1)


LINKS = frozenset({"and", "of", "for"})


def heads(page: Page, stretches: Iterable[Stretch], words: Vocabulary) -> set[str]:
    """The nouns for a person that head a description: "special envoy in …" gives "envoy", not "president"."""
    found: set[str] = set()
    for first, last in stretches:
        base, noun = True, ""
        for i in range(first, last + 1):
            word = page.words[i]
            if word.low == "and" or (i > first and not BREAKS.isdisjoint(word.gap)):
                found.add(noun)
                base, noun = True, ""
            elif word.low in STOPPERS | RELATIVES:
                base = False
            elif base and not word.possessive:
                noun = word.low if words.role(word.low) else noun
        found.add(noun)
    return found - {""}


def gender(page: Page, mention: Mention, stretches: Iterable[Stretch], words: Vocabulary) -> Gender:
    """What titles and descriptions tell of a person's gender."""
    for i in range(mention.lead, mention.first):
        if told := words.gender(page.words[i].low):
            return told
    told_by_role = {g for noun in heads(page, stretches, words) if (g := words.gender(noun))}
    return told_by_role.pop() if len(told_by_role) == 1 else ""
