"""What an editor does to a quotation and owns up to: an ellipsis, "[T]he", words in square brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes.store.wording import Word, words

HIDDEN = 100  # words that one ellipsis may hide
ELLIPSIS = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")

Block = tuple[int, int, int]  # where in ours, where in theirs, how many words


def mended(text: str) -> list[Word]:
    """The words of a text, those that an editor's brackets part made whole.

    >>> [word.folded for word in mended("[T]he bridge was close[d] [for good]")]
    ['the', 'bridge', 'was', 'closed', 'for', 'good']
    """
    whole: list[Word] = []
    for word in words(text):
        if whole and text[whole[-1].end : word.start] in ("[", "]"):
            word = Word(whole[-1].start, word.end, whole.pop().folded + word.folded)
        whole.append(word)
    return whole


def bracketed(text: str, some: Sequence[Word]) -> bool:
    """Whether some words of a text all stand in brackets, or have some."""
    spans = [found.span() for found in _BRACKETS.finditer(text)]
    return bool(some) and all(any(start < word.end and word.start < end for start, end in spans) for word in some)


def owned(alleged: str, ours: Sequence[Word], theirs: Sequence[Word]) -> list[Block]:
    """Where the parts that ellipses leave of a quotation stand, whole and in order, as near to each other as may be.

    Empty where there is no ellipsis between words, or one of the parts is not there.
    """
    breaks = [
        nth for nth, (one, other) in enumerate(pairwise(ours), 1) if ELLIPSIS.search(alleged, one.end, other.start)
    ]
    if not breaks:
        return []
    bounds = [*pairwise([0, *breaks, len(ours)])]
    places = [list(_places(ours[start:end], theirs)) for start, end in bounds]
    best: list[Block] = []
    for first in places[0]:
        found = _after(first, bounds, places)
        if found and (not best or found[-1][1] - first < best[-1][1] - best[0][1]):
            best = found
    return best


def _after(first: int, bounds: Sequence[tuple[int, int]], places: Sequence[Sequence[int]]) -> list[Block]:
    """The parts from a place of the first one on, each where it stands next."""
    blocks = [(0, first, bounds[0][1])]
    for (start, end), those in zip(bounds[1:], places[1:], strict=True):
        over = blocks[-1][1] + blocks[-1][2]
        nth = bisect_left(those, over)
        if nth == len(those) or those[nth] > over + HIDDEN:
            return []
        blocks.append((start, those[nth], end - start))
    return blocks


def _places(part: Sequence[Word], theirs: Sequence[Word]) -> Iterator[int]:
    wanted = [word.folded for word in part]
    for at in range(len(theirs) - len(part) + 1):
        if theirs[at].folded == wanted[0] and [word.folded for word in theirs[at : at + len(part)]] == wanted:
            yield at
