"""Who stands before a court."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import dropwhile, pairwise, takewhile

from quotes.speakers.labels import Mention
from quotes.speakers.vocabulary import RELATIVES, Vocabulary
from quotes.speakers.words import Page, Word

REACH = 40  # words behind a name
OBJECT = 6  # words from a verb to the charge


def charged(page: Page, mention: Mention, heads: Iterable[str], words: Vocabulary) -> bool:
    """Does the text tell that somebody is tried: "Ann Lee, 54, of Mill Lane, denies two counts of arson",
    "Ann Lee appeared at Tarn Crown Court. She denies the charge"?

    The name begins its sentence, the verb is the first behind it, and nothing else is said of who that is: counts are
    read out by prosecutors, and those who lost somebody speak of charges.
    """
    begins = not mention.lead or page.words[mention.lead - 1].sentence != page.words[mention.first].sentence
    if not begins or not words.uses["courtesy"].issuperset(heads) or page.words[mention.last].possessive:
        return False
    told = _predicate(page, mention.last + 1, words)
    if _tried(told, words):
        return True
    here = page.words[mention.last].sentence
    after = page.words[mention.last + 1 : mention.last + 1 + REACH]
    pronoun = next((n for n, w in enumerate(after, mention.last + 1) if w.sentence > here), 0)
    hearing = words.lexicon.modifiers["hearing"]
    appeared = bool(told) and told[0].low in words.uses["appearing"] and any(w.low in hearing for w in told)
    goes_on = appeared and pronoun > 0 and page.words[pronoun].text in ("He", "She")
    return goes_on and _tried(_predicate(page, pronoun + 1, words), words)


def _predicate(page: Page, first: int, words: Vocabulary) -> list[Word]:
    """The words behind a subject and its appositions ("54, of Mill Lane,") up to the next mark."""
    sentence = page.words[first - 1].sentence
    after = list(takewhile(lambda w: w.sentence == sentence, page.words[first : first + REACH]))
    small = words.uses["preposition"] | words.uses["determiner"]
    while after and after[0].gap == ", " and (after[0].capital or after[0].text.isdigit() or after[0].low in small):
        end = next((n for n, w in enumerate(after) if n and w.gap != " "), len(after))
        if any(w.low in RELATIVES for w in after[:end]):
            return []
        after = after[end:]
    if not after or after[0].gap not in (" ", ", "):
        return []
    return [after[0], *takewhile(lambda w: w.gap == " ", after[1:])]


def _tried(predicate: list[Word], words: Vocabulary) -> bool:
    """Does a predicate tell of a charge: "faces two counts", "has been charged", "appeared in court charged"?"""
    uses, small = words.uses, words.uses["finite"] | words.uses["copula"]
    helping = uses["copula"] | uses["perfect"] | uses["edge"] - words.lexicon.modifiers["negator"]
    auxiliaries = {w.low for w in takewhile(lambda w: w.low in helping, predicate)}
    rest = list(dropwhile(lambda w: w.low in helping, predicate))
    if not rest or rest[0].low in uses["accused"]:
        return bool(rest) and not uses["copula"].isdisjoint(auxiliaries)
    if rest[0].low in uses["appearing"]:
        return any(
            w.low in uses["accused"] and before.low in words.lexicon.modifiers["hearing"]
            for before, w in pairwise(rest)
        )
    if rest[0].low in uses["standing-trial"]:
        behind = [w.low for w in rest[1:3]]  # "stands trial", "went on trial"
        return behind == ["on", "trial"] or behind[:1] == ["trial"]
    if rest[0].low not in uses["answering"]:
        return False
    charge = next((n for n, w in enumerate(rest[:OBJECT]) if w.low in uses["charge"]), 0)
    barred = uses["clause"] - {"and"} | small | uses["preposition"] | uses["answering"] | words.lexicon.pronouns.keys()
    plain = all(w.low not in barred and not w.possessive for w in rest[1:charge])
    return charge > 0 and plain and not (rest[charge + 1 :] and rest[charge + 1].low in small)
