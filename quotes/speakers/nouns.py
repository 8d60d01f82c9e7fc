"""Who a text names by common nouns: "Scientology officials", "the Trump administration", "a woman"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.models import SpeakerType
from quotes.speakers.capitals import capital
from quotes.speakers.readings import Reading
from quotes.speakers.vocabulary import Vocabulary, plural
from quotes.speakers.words import Page

LONGEST = 6  # words of such a phrase
ARTICLES = frozenset({"a", "an", "another", "the", "this", "his", "her", "their", "my", "our"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase by its first and last word, articles left out.

    ``named``: with a capital, so that it can be told apart. ``determiner`` is the article in lower case, if any.
    """

    first: int
    last: int
    type: SpeakerType
    named: bool
    determiner: str


def find_nouns(page: Page, words: Vocabulary) -> Iterator[Noun]:
    """Nouns for people and for organisations, with the capitals and plain adjectives before them."""
    kinds = {low: _kind(low, words) for low in {w.low for w in page.words}}
    for i, word in enumerate(page.words):
        kind = kinds[word.low]
        if kind is None or word.possessive or _goes_on(page, i, words):
            continue
        if capital(word, words) and not (kind == "organisation" and i and page.words[i - 1].low == "the"):
            continue
        first = i
        while (
            first and i - first < LONGEST and page.words[first].gap in (" ", ". ") and _modifies(page, first - 1, words)
        ):
            first -= 1
        first -= kind == "organisation" and _placed(page, first, words)
        determiner = page.words[first - 1].low if first and page.words[first].gap == " " else ""
        if kind == "organisation" and determiner in ("a", "an", "former") and words.role(word.low):
            continue  # "a former Acme executive" is no organisation
        named = any(capital(w, words) for w in page.words[first + _opens(page, first, i, words) : i])
        if kind == "anonymous" and not (determiner in ARTICLES and not _predicate(page, first - 1, words)):
            continue
        if named or kind != "organisation" or determiner == "the":
            yield Noun(first, i, kind, named, determiner)


def bodies(page: Page, readings: Iterable[Reading], words: Vocabulary) -> list[Reading]:
    """The sources that name a body by a noun and by whose it is: "Sierra Leone's health ministry"."""
    return [
        r
        for r in readings
        if r.form == "nominal"
        and r.determiner in ("", "the")
        and r.last > r.first
        and page.words[r.last].low == r.head
        and r.head in words.lexicon.organisations
        and not words.role(r.head)
        and any(
            w.capital and (w.possessive or (w.low in words.places and not _firm(r.head, words)))
            for w in page.words[r.first : r.last]
        )
    ]


def _firm(noun: str, words: Vocabulary) -> bool:
    """Is it one of many in its place: "the US company" is no name, "the Ghana central bank" is?"""
    return words.kind(noun) == "company" and noun != "bank"


def _placed(page: Page, first: int, words: Vocabulary) -> bool:
    """Does a place own what begins at a word: "Ghana's central bank"?"""
    owner = page.words[first - 1] if first else None
    return owner is not None and owner.possessive and owner.capital and owner.low in words.places


def _opens(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Is the first word of "Tech firm" capitalised because the headline begins?"""
    return first == 0 and last == 1 and words.kind(page.words[last].low) == "company"


def _kind(low: str, words: Vocabulary) -> SpeakerType | None:
    if low in words.lexicon.groups and low not in words.uses["quantity"]:
        return "group"
    if low in words.lexicon.organisations:
        return "organisation"
    return "anonymous" if words.role(low) and not plural(low) and low not in words.uses["adjective"] else None


def _goes_on(page: Page, i: int, words: Vocabulary) -> bool:
    """Is this no head noun, because a name or a further noun follows: "envoy Brett McGurk", "police officers"?"""
    if i + 1 >= len(page.words) or page.words[i + 1].gap != " ":
        return False
    following = page.words[i + 1]
    return capital(following, words) or words.role(following.low) or words.group(following.low)


def _predicate(page: Page, i: int, words: Vocabulary) -> bool:
    """Does "was a doctor" or "Smith, a doctor" only describe somebody?"""
    if not i or page.words[i].sentence != page.words[i - 1].sentence:
        return False
    described = page.words[i].gap == ", " and (page.words[i - 1].capital or page.words[i - 1].text.isdigit())
    there = i > 1 and page.words[i - 2].low == "there"
    return described or (page.words[i - 1].low in words.uses["copula"] and not there)


def _modifies(page: Page, i: int, words: Vocabulary) -> bool:
    word = page.words[i]
    plain = "-" in word.text or word.low in words.lexicon.organisations or word.low in words.uses["modifier"]
    return capital(word, words) or (plain and not word.possessive)
