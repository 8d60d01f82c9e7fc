"""What descriptions tell of a named person: the nouns that head them, the role as printed, gender, home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from quotes.lexicon import Gender
from quotes.speakers.labels import Mention
from quotes.speakers.names import fold
from quotes.speakers.vocabulary import RELATIVES, Vocabulary, singular
from quotes.speakers.words import Page

Stretch = tuple[int, int]
STATED = 6  # words looked at behind a name for a home or a pronoun
ARTICLES = frozenset({"a", "an", "another"})
BREAKS = frozenset(',;:.!?()[]"“”\n—–')


def raised(page: Page, words: Vocabulary) -> Iterator[int]:
    """The nouns for people behind "a" and "another", "driver" of "a bus driver was fined"."""
    for i, word in enumerate(page.words):
        if word.low not in ARTICLES or (i and page.words[i - 1].low in words.uses["copula"]):
            continue
        for n, w in enumerate(page.words[i + 1 : i + 1 + STATED], i + 1):
            if w.gap != " " or w.low in words.uses["stopper"] or w.possessive:
                break
            after = page.words[n + 1 : n + 2]
            if (words.role(w.low) or words.member(w.low)) and not (after and words.role(after[0].low)):
                yield n
                break


def home(page: Page, mention: Mention) -> set[str]:
    """The place that stands behind a name, folded: "Ohio" of "Ward Hale of Ohio", "Ward Hale (R-Ohio)"."""
    after = page.words[mention.last + 1 : mention.last + 1 + STATED]
    if after and after[0].gap == ", " and after[0].text.isdigit():  # "Tom Lee, 34, of Malby"
        after = after[1:]
    if len(after) > 1 and after[0].text in ("of", "from") and page.words[mention.last].low != "of":
        named = after[1 + (after[1].low == "the") :]
        return {fold(w.text) for w in takewhile(lambda w: w.capital and w.gap == " ", named)}
    party, dash, place = after[0].text.partition("-") if after else ("", "", "")
    return {fold(place)} if dash and len(party) == 1 and after[0].gap in (", ", " (") else set()


def peoples(page: Page, mention: Mention, words: Vocabulary) -> set[str]:
    """The people or party that one is said to be of: "Pole Jan Nowak", "Ole Vang, a Dane"."""
    before = page.words[max(mention.first - 1, 0) : mention.first]
    after = page.words[mention.last + 1 : mention.last + 3]
    told = [w for w in before if page.words[mention.first].gap == " "]
    told += [after[1]] if len(after) > 1 and after[0].gap == ", " and after[0].low in ("a", "an", "the") else []
    return {fold(w.low) for w in told if words.member(w.low)}


def printed(page: Page, stretches: Iterable[Stretch], words: Vocabulary) -> str:
    """The first of these descriptions as the text prints it, without its article and a form of address at its end."""
    plain = ("a", "an", "the", "both", "another", *OWNERS)
    for first, last in stretches:
        while first < last and page.words[first].low in plain:
            first += 1
        while first < last and page.words[last].low in words.uses["courtesy"] | words.uses["addressing"] | CALLED:
            last -= 1
        low = page.words[first].low
        if first < last or not (low in words.uses["courtesy"] or words.group(low)):  # "Ministers" of two
            return " ".join(page.extent(first, last).of(page.text).split())
    return ""


def deed(page: Page, mention: Mention, words: Vocabulary) -> str:
    """The noun for a person that a relative clause tells: "skipper" for "Ann Lee, who skippered the ferry"; "" if
    none."""
    after = page.words[mention.last + 1 : mention.last + 3]
    if len(after) < 2 or after[0].gap != ", " or after[0].text != "who":
        return ""
    lemma = words.lexicon.lemma(after[1].low)
    return next((n for n in (f"{lemma}er", f"{lemma}r", lemma) if lemma != after[1].low and words.role(n)), "")


DETERMINED = frozenset({"the", "a", "an", "his", "her", "their", "its"})
LINKS = frozenset({"and"})
CALLED = frozenset({"named", "called"})
OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})


def heads(page: Page, stretches: Iterable[Stretch], words: Vocabulary) -> set[str]:
    """The nouns for a person that head a description: "special envoy in …" gives "envoy", not "president"."""
    return {noun for first, last in stretches for noun in _heads(page, first, last, words)}


def _heads(page: Page, first: int, last: int, words: Vocabulary) -> Iterator[str]:
    one_of = first < last and (page.words[first].low, page.words[first + 1].low) == ("one", "of")
    base, noun = True, ""
    for i in range(first + 2 * one_of, last + 1):
        word = page.words[i]
        low = singular(word.low) if one_of or first == last else word.low
        if low == "and" or (i > first and not BREAKS.isdisjoint(word.gap)):
            yield from (words.long(noun),) if noun else ()
            base = base or not _of_another(page, i, noun, words)
            noun = low if base and words.role(low) else ""
        elif low in words.uses["stopper"] or low in RELATIVES or (noun and low in words.uses["determiner"]):
            base = False
        elif base and not word.possessive and words.role(low) and not _anybody_s(page, first, i, low, words):
            yield from _double(page, first, i, words)
            title = low in words.lexicon.titles and low not in words.lexicon.people  # "coroner" of "coroner Dr"
            if noun and (title or noun in words.uses["double"]):  # "Detective Inspector"
                yield words.long(noun)
            noun = low
    if noun:
        yield words.long(noun)
        if "-of-" in noun:  # "mother-of-two"
            yield noun.partition("-")[0]


def _anybody_s(page: Page, first: int, i: int, noun: str, words: Vocabulary) -> bool:
    """Is it the relative of nobody in particular: "a fisherman's daughter" is not "her daughter" later?"""
    owned = i > first and page.words[i - 1].possessive and not page.words[i - 1].capital
    return owned and page.words[first].low in ARTICLES and noun in words.lexicon.kinship


def _of_another(page: Page, i: int, noun: str, words: Vocabulary) -> bool:
    """Does what "and" leads to belong to the words before it: "the son of a teacher and a judge"?"""
    return noun in words.lexicon.kinship or any(w.low in DETERMINED for w in page.words[i + 1 : i + 2])


def _double(page: Page, first: int, i: int, words: Vocabulary) -> Iterator[str]:
    """The noun for two words that end here: "premier" for "prime minister"."""
    pair = f"{page.words[i - 1].low} {page.words[i].low}" if i > first else ""
    if pair in words.short:
        yield words.short[pair]


def gender(page: Page, mention: Mention, stretches: Iterable[Stretch], words: Vocabulary) -> Gender:
    """What titles, descriptions and stated pronouns tell of a person's gender; "n" is who goes by "they"."""
    if stated := _stated(page, mention.last + 1, words):
        return stated
    for i in range(mention.lead, mention.first):
        if told := words.gender(page.words[i].low):
            return told
    told_by_role = {g for noun in heads(page, stretches, words) if (g := words.gender(noun))}
    return told_by_role.pop() if len(told_by_role) == 1 else ""


def _stated(page: Page, first: int, words: Vocabulary) -> Gender:
    """The pronoun that somebody goes by: "Robin Vance, who uses they and them", "Robin Vance (they/them)"."""
    after = page.words[first : first + STATED]
    if len(after) > 1 and after[0].gap == " (" and after[1].gap == "/":
        stated = after[0].low
    else:
        stated = next((pronoun.low for verb, pronoun in pairwise(after) if verb.low in ("uses", "pronouns")), "")
    pronoun = words.lexicon.pronouns.get(stated)
    if pronoun is None or pronoun.person != "3" or stated.startswith("it") or stated in RELATIVES:
        return ""
    return pronoun.gender or "n"
