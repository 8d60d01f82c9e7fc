"""What an article and their names call organisations: the agency TASS, "her union, the NTA", a Ministry."""

from __future__ import annotations

from itertools import pairwise

from quotes.speakers.capitals import CONNECTORS, Label, apposed, prefixed
from quotes.speakers.datelines import prints
from quotes.speakers.vocabulary import RELATIVES, Vocabulary
from quotes.speakers.words import Page

APPOSITIVE = 12  # words looked at behind "Northline, the"


def kinds_told(page: Page, first: int, last: int, label: Label, name: tuple[str, ...], words: Vocabulary) -> set[str]:
    """The kinds of organisation that a mention and its name tell. ``name`` is the fullest known, folded."""
    uses, ending = words.uses, name[-1]
    called = [called_before(page, first, words), called_apart(page, first, words), called_behind(page, last, words)]
    dealing = uses["trade"] | (uses["dealing"] if label == "ORG" else frozenset())
    trade = (ending in uses["form"] or ending in dealing) and len(name) > 1
    trade = trade and uses["public"].isdisjoint(name) and "of" not in name
    called.append("company" if trade or prefixed(page.words[first], words) else "")
    called.append("agency" if _head(name) in uses["agency"] else "")
    called.append("force" if not uses["force"].isdisjoint(name) else "")
    called.append(ending if words.kind(ending) in ("agency", "union") else "")
    called.append("wire" if prints(page, first, last) else "")
    return {words.kind(noun) for noun in called if noun}


def _head(name: tuple[str, ...]) -> str:
    """The noun that heads the name of an organisation: "bank" of "Central Bank of Ruritania"."""
    return next((one for one, following in pairwise(name) if following in CONNECTORS), name[-1])


def called_before(page: Page, i: int, words: Vocabulary) -> str:
    """The noun for an organisation, in small letters, right before a name: "agency" before "TASS"; "" if none."""
    before = page.words[i - 1] if i and page.words[i].gap == " " else None
    called = before is not None and not before.possessive and words.organisation(before.text)
    called = called or apposed(page, i - 1, words)
    return before.low if before and called else ""


def called_apart(page: Page, i: int, words: Vocabulary) -> str:
    """The noun for an organisation of which a name is the apposition: "union" in "her union, the NTA"; "" if none."""
    i -= bool(i and page.words[i - 1].low == "the" and page.words[i].gap == " ")
    before = page.words[i - 1] if i and page.words[i].gap == ", " else None
    return before.low if before and not before.possessive and words.organisation(before.text) else ""


def called_behind(page: Page, last: int, words: Vocabulary) -> str:
    """The noun for an organisation in an apposition behind a name: "operator" for "Northline, the operator,"."""
    after = page.words[last + 1 : last + 1 + APPOSITIVE]
    if len(after) < 2 or after[0].gap != ", " or after[0].low not in ("a", "an", "the") or page.words[last].possessive:
        return ""
    until = next((n for n, w in enumerate(after) if n and w.gap != " "), len(after))
    phrase = [w.low for w in after[1:until]]
    head = (
        next((n for n, low in enumerate(phrase) if low in words.uses["stopper"] or low in RELATIVES), len(phrase)) - 1
    )
    return phrase[head] if head >= 0 and words.organisation(phrase[head]) else ""
