"""Figures of two passages that are alike in what they tell, and not in how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.evidence.comparison import AMOUNTS
from quotes.store.wording import Word, words

Figure = tuple[tuple[str, ...], tuple[str, ...], str, str]  # number, amount, what is counted, as it stands


def differing(alleged: str, printed: str) -> list[str]:
    """A sentence for each alleged figure that the printed words do not have: which stands there instead, if any does.

    That is the printed figure of the same amount or of the same thing, or the only one that is left.

    >>> differing("it will cost 250 million", "the wall would cost $210 million and shelter 4,000 homes")
    ['“210” stands there, not “250”']
    """
    ours, theirs = list(_figures(alleged)), list(_figures(printed))
    common = {one[:2] for one in ours} & {one[:2] for one in theirs}
    theirs = [one for one in theirs if one[:2] not in common]
    found = []
    for figure in (one for one in ours if one[:2] not in common):
        alike = [one for one in theirs if (one[1] and one[1] == figure[1]) or one[2] == figure[2]] or theirs
        if len(alike) == 1:
            one, other = _apart(figure, alike[0])
            found.append(f"“{other}” stands there, not “{one}”")
            theirs = [one for one in theirs if one is not alike[0]]
        elif theirs or common:
            found.append(f"“{figure[3]}” does not stand there")
    return found


def _figures(passage: str) -> Iterator[Figure]:
    some = words(passage)
    at = 0
    while at < len(some):
        end = at
        while end < len(some) and (_amount(some[end]) or (end == at and some[end].folded[0].isdigit())):
            end += 1
        if end > at and any(word.folded[0].isdigit() for word in some[at:end]):
            run = some[at:end]
            number = tuple(word.folded for word in run if not _amount(word))
            amount = tuple(word.folded for word in run if _amount(word))
            yield number, amount, _counted(some, at, end), passage[run[0].start : run[-1].end]
        at = max(end, at + 1)


def _amount(word: Word) -> bool:
    return word.folded in AMOUNTS


def _counted(some: Sequence[Word], start: int, end: int) -> str:
    """What a figure counts: the sign before it, or else the word behind it."""
    before = some[start - 1].folded if start else ""
    return before if before in "$€£¥" and before else some[end].folded if end < len(some) else ""


def _apart(one: Figure, other: Figure) -> tuple[str, str]:
    """Two figures as they stand, without an amount that both have."""
    if one[1] and one[1] == other[1] and len(one[0]) == len(other[0]) == 1:
        return one[3].split()[0], other[3].split()[0]
    return one[3], other[3]
