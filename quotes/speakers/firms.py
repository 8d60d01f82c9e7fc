"""Organisations by what they are: whom "the company" may mean, one or none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from quotes.speakers.cast import Cast
from quotes.speakers.chains import addressed
from quotes.speakers.register import MANY, Referent

NEAR = 3  # sentences
APART = 6  # words between an analyst and the firm behind


def meant(cast: Cast, index: int, noun: str) -> list[Referent]:
    """The organisation that a noun at a word means: the one near by that the text calls so, the only one near by, or
    the only one of the whole text before that it calls so."""
    words = cast.page.words
    called = [o for o in cast.by_kind[cast.words.kind(noun)][:MANY] if o.before(index) is not None]
    called = [o for o in called if not _outside(cast, o.mentions[0])]
    near = [o for o in called if words[index].sentence - words[o.before(index) or 0].sentence <= NEAR]
    found = near if len(near) == 1 else _lately(cast, index, noun)
    return found or (called if len(called) == 1 else [])


def together(cast: Cast, index: int, noun: str, number: int) -> list[Referent]:
    """So many organisations of a kind, which the same sentence or the one before names: "A and B will merge, the two
    firms said"."""
    words, kind = cast.page.words, cast.words.kind(noun)
    for reach in range(2):
        near = dict[int, Referent]()
        for first, firm in _before(cast, index):
            called = firm.kinds - cast.words.uses["generic"]
            if words[index].sentence - words[first].sentence <= reach and (not called or kind in called):
                near[id(firm)] = firm
        if len(near) >= number:
            return list(near.values())[::-1] if len(near) == number else []
    return []


def _lately(cast: Cast, index: int, noun: str) -> list[Referent]:
    """The one organisation of the sentences before a word, if it is one and may be of this kind.

    A name with another noun for an organisation in it is out: no company is a "Ministry of Culture". So is what the
    text calls otherwise, and who was only told: after "Flynn told the BBC" the company is another.
    """
    words, kind = cast.words, cast.words.kind(noun)
    names = words.uses.get(f"{kind}-name", frozenset())  # words that tell in a name what it names: "FC" a club
    endings = words.uses.get(f"{kind}-ending", frozenset())  # or only at its end: "Leeds United"
    if noun in words.uses["public"] and not names:
        return []
    found = dict[int, Referent]()
    for first, referent in _before(cast, index):
        nouns = [w for w in referent.words if w in words.lexicon.organisations and w not in names]
        other = any(w != noun and words.kind(w) != kind for w in nouns)
        named = not names.isdisjoint(referent.words) or referent.words[-1] in endings
        other = other or (bool(names) and not named)  # an agency is a "watchdog", a bank is none
        if noun in words.uses["generic"]:  # an association is a "group", a ministry is none
            other = not words.uses["public"].isdisjoint(referent.words)
        called = referent.kinds - words.uses["generic"] - names
        otherwise = bool(called) and kind not in called
        printed = noun not in words.uses["press"] and not words.uses["outlet"].isdisjoint(referent.words)  # a newspaper
        other = other or _outside(cast, first)
        if not other and not otherwise and not printed and not addressed(cast.page.words, first, words):
            found[id(referent)] = referent
    return list(found.values()) if len(found) == 1 else []


def _outside(cast: Cast, first: int) -> bool:
    """Is it a firm that looks on from outside: of "analyst Kim of Mirae", "the company's largest shareholder, Coe"?"""
    words, printed = cast.words, cast.page.words
    if first > 1 and printed[first].gap == ", " and printed[first - 1].low in words.uses["outsider"]:
        return True
    if first and printed[first - 1].low in words.uses["former"]:
        return True
    before = printed[max(first - APART, 0) : first]
    outsider = any(w.low in words.uses["outsider"] and w.sentence == printed[first].sentence for w in before)
    return bool(before) and before[-1].low in words.uses["preposition"] and (outsider or _beside(cast, first))


def _beside(cast: Cast, first: int) -> bool:
    """Is it named but once, as where one who speaks works, "says Ann Lee of Coe Bank", in an article on another?"""
    firm, printed = cast.at[first], cast.page.words
    near = (cast.at.get(i) for i in range(first - 2, max(first - APART, -1), -1))
    person = next((p for p in near if p), None)
    leading = any(f is not firm and printed[i].paragraph == 0 for i, f in cast.firms[:MANY])
    return leading and len(firm.mentions) == 1 and person is not None and person.type == "person"


def _before(cast: Cast, index: int) -> Iterator[tuple[int, Referent]]:
    """Mentions of organisations in the sentences before a word, the last first."""
    words = cast.page.words
    end = bisect_left(cast.firms, index, key=lambda f: f[0])
    for k in range(end - 1, max(end - 1 - MANY, -1), -1):
        if words[index].sentence - words[cast.firms[k][0]].sentence > NEAR:
            return
        yield cast.firms[k]
