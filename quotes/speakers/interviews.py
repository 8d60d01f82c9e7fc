"""Interviews printed as lines that "Q" and "A" head: who answers?"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.speakers.register import Referent
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

PARTIES = frozenset({"Q", "A"})


def heads_line(page: Page, i: int) -> bool:
    """Is this word the "Q:" or "A." at the start of a line?"""
    word = page.words[i]
    begins = not i or page.words[i - 1].paragraph != word.paragraph
    return begins and word.text in PARTIES and page.text[word.end : word.end + 1] in (":", ".")


def answering(page: Page, people: Iterable[Referent], words: Vocabulary) -> Referent | None:
    """Who answers: the one named before the first line of the interview, or after "with" if there are more."""
    start = next((i for i in range(len(page.words)) if heads_line(page, i)), 0)
    named = {m: p for p in people if len(p.words) > 1 for m in p.mentions if m < start}
    guests = [p for m, p in named.items() if _after_with(page, m, words)]
    found = list({id(p): p for p in guests or named.values()}.values())
    return found[0] if len(found) == 1 else None


def _after_with(page: Page, index: int, words: Vocabulary) -> bool:
    """Does "with" lead up to this word: "spoke with the climber Ewa Sobczak"?"""
    first = index
    while first and page.words[first].gap in (" ", ". ") and _describes(page, first - 1, words):
        first -= 1
    return bool(first) and page.words[first - 1].low == "with"


def _describes(page: Page, i: int, words: Vocabulary) -> bool:
    word = page.words[i]
    return word.low in words.uses["determiner"] or word.capital or words.role(word.low)
