"""Figures of two passages that are alike in what they tell, and not in how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from quotes.lexicon import load
from quotes.store.wording import NUMBERS, words

_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12, "trn": 10**12}
_SPELT, _SCALE = "|".join(sorted(NUMBERS, key=len, reverse=True)), "|".join(_SCALES)
_FIGURE = re.compile(
    rf"""(?<![\w.,:])(?P<minus>[-−]|minus\s)?
    (?:(?P<digits>\d++(?:[.,:]\d++)*+)(?P<short>[^\W\d_]+\b)?|(?P<one>half\s+an?|an?)(?=\s(?:{_SCALE})\b)|(?P<spelt>{_SPELT})\b)
    (?P<scales>(?:[\s-](?:{_SCALE})\b(?:\s(?:and\s)?(?:{_SPELT})\b)?)*)(?P<parts>/|-(?:third|quarter|fifth|half))?""",
    re.IGNORECASE | re.VERBOSE,
)
_DATING = re.compile(
    r"\b(?:in|since|by|until|till|from|before|after|during|of|to|and|(?:jan|febr)uary|march|april|may|june|july|august"
    r"|(?:sept|nov|dec)ember|october),?\s$",
    re.IGNORECASE,
)
_ORDINAL = ("st", "nd", "rd", "th")
_JOINED = re.compile(r"[^\W\d_][-–]$|/$")
_MONEY = frozenset(["dollar", "dollars", "pound", "pounds", "euro", "euros", "yen", "pence", "cents", "roubles"])
_NEAR = 40  # code points around a figure that say what it counts


@dataclass(frozen=True)
class _Figure:
    """A figure as it stands, what it may be worth ("5m": metres or millions), its amount in words, what it counts."""

    printed: str
    worth: frozenset[Decimal | str]
    amount: str
    sort: str
    within: bool  # an ordinal, a date, a fraction or a name ("COVID-19"), of which it alone tells nothing

    def alike(self, other: _Figure) -> bool:
        """Whether both tell how many of one thing, or of money, or how much in one large amount."""
        amounts = {self.sort, other.sort} <= {"", "money"} and bool(self.amount) and self.amount == other.amount
        return amounts or (self.sort == other.sort != "")

    def short(self, other: _Figure) -> str:
        """As it stands, without an amount that the other has too."""
        return self.printed.removesuffix(self.amount).strip() if self.amount == other.amount else self.printed


def differing(alleged: str, printed: str) -> list[str]:
    """A sentence for each alleged figure that the printed words do not have: which stands there instead, if one does.

    That is the only other figure of the same sort: of money, of percent, of years, of the same thing.

    >>> differing("it will cost 250 million", "the wall would cost $210 million and shelter 4,000 homes")
    ['“210” stands there, not “250”']
    """
    ours, theirs = list(_figures(alleged)), list(_figures(printed))
    held = frozenset[Decimal | str]().union(*(one.worth for one in theirs))
    said = frozenset[Decimal | str]().union(*(one.worth for one in ours))
    others = [one for one in theirs if not (one.worth & said or one.within)]
    found = []
    for figure in (one for one in ours if theirs and not (one.worth & held or one.within)):
        alike = [one for one in others if figure.alike(one)]
        if len(alike) == 1:
            found.append(f"“{alike[0].short(figure)}” stands there, not “{figure.short(alike[0])}”")
            others.remove(alike[0])
        else:
            found.append(f"“{figure.printed}” does not stand there")
    return found


def _figures(passage: str) -> Iterator[_Figure]:
    for match in _FIGURE.finditer(passage):
        scales = match["scales"] or ""
        if scales or match[0].casefold() not in ("one", "zero"):  # "no one", "one of them"
            within = bool(
                match["parts"]
                or match["short"] in _ORDINAL
                or _JOINED.search(passage, max(0, match.start() - 2), match.start())
            )
            printed = match[0].removesuffix(match["parts"] or "").strip()
            yield _Figure(printed, _worth(match), scales.strip(" -"), _sort(passage, match), within)


def _worth(match: re.Match[str]) -> frozenset[Decimal | str]:
    scales = match["scales"] or ""
    first = match["digits"] or match["spelt"]
    number = _number("0.5" if (match["one"] or "").casefold().startswith("half") else "1" if match["one"] else first)
    if isinstance(number, str):
        return frozenset([number])
    short = (match["short"] or "").casefold()
    worth = [number] if len(short) != 2 or short not in _SHORT else []
    worth += [number * _SHORT[short]] if short in _SHORT else []
    sign = -1 if match["minus"] else 1
    return frozenset(sign * _scaled(one, scales) for one in worth)


def _scaled(number: Decimal, scales: str) -> Decimal:
    """A number with the words behind it: 2 and "hundred and fifty thousand" are 250,000."""
    whole, part = Decimal(0), number
    for word in words(scales):
        scale = _SCALES.get(word.folded)
        if scale is None:
            part += Decimal(word.folded) if word.folded.isdigit() else 0
        elif scale < 1_000:
            part *= scale
        else:
            whole, part = whole + part * scale, Decimal(0)
    return whole + part


def _number(printed: str) -> Decimal | str:
    folded = words(printed.replace(":", "."))[0].folded.replace(",", ".")
    try:
        return Decimal(folded)
    except InvalidOperation:
        return folded


def _sort(passage: str, match: re.Match[str]) -> str:
    """What a figure counts: money, percent, years, or the word behind it; nothing where none is."""
    if passage[max(0, match.start() - 1) : match.start()] in tuple("$€£¥"):
        return "money"
    plain = not (match["scales"] or match["short"]) and (match["digits"] or "")
    if (
        plain
        and len(plain) == 4
        and plain.isdigit()
        and _DATING.search(passage, max(0, match.start() - 12), match.start())
    ):
        return "year"
    behind = next(iter(words(passage[match.end() : match.end() + _NEAR])), None)
    counted = behind.folded if behind else ""
    if counted in _MONEY or counted in ("percent", "percentage"):
        return "money" if counted in _MONEY else "percent"
    return "" if counted in _countless() or counted.isdigit() else counted


@lru_cache
def _countless() -> frozenset[str]:
    """Words that are counted by no figure before them."""
    modifiers = load().modifiers
    kinds = ("adverb", "auxiliary", "determiner", "modal", "opener", "preposition", "small", "subordinator")
    return frozenset().union(*(modifiers[kind] for kind in kinds))
