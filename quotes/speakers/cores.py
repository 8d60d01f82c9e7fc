"""The core of a noun phrase: its words up to what only tells more of it."""

from __future__ import annotations

from quotes.speakers.capitals import capital
from quotes.speakers.vocabulary import RELATIVES, Vocabulary, singular
from quotes.speakers.words import Page


def core(page: Page, body: list[int], words: Vocabulary) -> tuple[list[int], str]:
    """The words up to the head noun and that noun in lower case; of "one of the attorneys" it is "attorney"."""
    phrase = base(page, body, words)
    first = page.words[body[0]].low
    if len(phrase) < len(body) and _of_body(page, phrase, body, words):
        return body, page.words[body[-1]].low
    if len(body) > len(phrase) + 1 and page.words[body[len(phrase)]].low in ("of", "in"):
        inner = [i for i in body[len(phrase) + 1 :] if page.words[i].low not in words.uses["determiner"]]
        if inner and first in words.uses["quantity"] | words.uses["number"]:
            phrase = base(page, inner, words)
            head = page.words[phrase[-1]].low
            return phrase, singular(head) if first == "one" else head
    return phrase, page.words[phrase[-1]].low


def base(page: Page, body: list[int], words: Vocabulary) -> list[int]:
    """The words up to the head noun: what stands before the first preposition or participle."""
    for n, i in enumerate(body):
        ends = n and page.words[i].low in stops(words) and not capital(page.words[i], words)
        if ends and not _joint(page, body, n, words):
            return body[:n]
    return body


def _joint(page: Page, body: list[int], n: int, words: Vocabulary) -> bool:
    """Does "and" join what the noun behind is about: "the tractor and truck maker", not "the doctor and author"?"""
    before, head = page.words[body[n - 1]], page.words[body[-1]]
    kind = words.role(head.low) or words.organisation(head.low)
    joins = (
        page.words[body[n]].low == "and" and n + 2 == len(body) - 1 and head.gap == page.words[body[n + 1]].gap == " "
    )
    told = words.role(before.low) or words.group(before.low) or words.organisation(before.low) or before.capital
    return joins and kind and not told


def _of_body(page: Page, phrase: list[int], body: list[int], words: Vocabulary) -> bool:
    """Does "of" belong to the name of a body, as in "Department of Health spokesperson"?"""
    inner = [page.words[i] for i in body[len(phrase) + 1 : -1]]
    named = page.words[body[len(phrase)]].text == "of" and words.organisation(page.words[phrase[-1]].low)
    capitals = (
        page.words[phrase[-1]].capital and bool(inner) and all(capital(w, words) or w.text == "and" for w in inner)
    )
    return named and capitals and page.words[body[-1]].gap == " " and words.role(page.words[body[-1]].text)


def stops(words: Vocabulary) -> frozenset[str]:
    """Words that end the core of a noun phrase."""
    return words.uses["stopper"] | RELATIVES
