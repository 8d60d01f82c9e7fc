"""A text as words: the ground that the speaker rules stand on. One pass, linear; offsets are code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from quotes.models import Extent, Extents

WORD = re.compile(r"[^\W_]+(?:(?:[-'’.&]|\.-|(?<=\d),(?=\d{3}))[^\W_]+)*")  # "U.S.-led" is one word
CLITIC = re.compile(r"['’](?:s|d|ll|m|re|ve)$", re.IGNORECASE)
ARTICLE = re.compile(r"(?:a[dlnrstz]|ash|el|d)[-'’](?=[^\W\d_a-z])")  # of a name: "Hazim al-Dulaimi"
CONTRACTED = frozenset(
    {"he", "here", "how", "it", "she", "that", "there", "they", "we", "what", "where", "who", "you", "i"}
)
ENDING = re.compile(r"[.!?…]['\"”’)\]]*\s+['\"“‘(\[]*$")
GAP = 80  # longer stretches between two words are looked at from both ends only


class Word(NamedTuple):
    """One word without a possessive or contracted ending ("Obama's", "she'd").

    ``low`` is its lower case with plain apostrophes, ``gap`` what stands between the word before and this one;
    ``capital`` tells whether it begins with a capital letter, behind an Arabic or French article perhaps.
    """

    start: int
    end: int
    text: str
    low: str
    gap: str
    sentence: int
    paragraph: int
    quoted: bool
    possessive: bool
    capital: bool


@dataclass(frozen=True)
class Page:
    """A text and its words in order."""

    text: str
    words: tuple[Word, ...]
    abbreviations: frozenset[str]

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins."""
        return [w.start for w in self.words]

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends."""
        return [w.end for w in self.words]

    @cached_property
    def lowercase(self) -> frozenset[str]:
        """Words that the text also writes in lower case: no names."""
        return frozenset(w.text for w in self.words if w.text[0].islower())

    def inside(self, extent: Extent) -> range:
        """Indices of the words that touch an extent."""
        return range(bisect_right(self.ends, extent.start), bisect_left(self.starts, extent.end))

    def within(self, extents: Extents) -> list[int]:
        """Indices of the words of several extents, in order."""
        return sorted({i for extent in extents for i in self.inside(extent)})

    def extent(self, first: int, last: int) -> Extent:
        """From the first to the last word, both included; the dot of "Jr." belongs to it."""
        end = self.words[last].end
        word = self.words[last]
        dotted = word.low in self.abbreviations or len(word.text) == 1 or "." in word.text
        if dotted and word.capital and self.text[end : end + 1] == "." and not self._ends(last):
            end += 1
        return Extent(self.words[first].start, end)

    def stretches(self, indices: Sequence[int]) -> Extents:
        """Words in order as extents, those that follow each other as one."""
        first = [k for k in range(len(indices)) if not k or indices[k] != indices[k - 1] + 1]
        return tuple(self.extent(indices[a], indices[b - 1]) for a, b in pairwise([*first, len(indices)]))

    def _ends(self, index: int) -> bool:
        """Is this the last word of its sentence?"""
        return index + 1 == len(self.words) or self.words[index + 1].sentence != self.words[index].sentence


def page(text: str, abbreviations: frozenset[str], openers: frozenset[str], kept: frozenset[str] = frozenset()) -> Page:
    """Cut a text into words, with sentences, paragraphs (lines) and quotation marks counted along.

    ``abbreviations`` take a dot that ends no sentence, unless one of the ``openers`` follows, which begin most
    sentences; both are lower case, as are those ``kept`` whole that end like a possessive: "Moody's".
    """
    words: list[Word] = []
    sentence = paragraph = before = 0
    quoted = False
    last = ""
    for match in WORD.finditer(text):
        gap = text[before : match.start()]
        if words and gap != " ":
            new_line = "\n" in gap
            paragraph += new_line
            sentence += new_line or _ended(last, gap, match.group(), abbreviations, openers)
            quoted = _quoted(gap[gap.rfind("\n") + 1 :], quoted and not new_line)
        elif not words:
            quoted = _quoted(gap, False)
        form, end = match.group(), match.end()
        owner = False
        clitic = CLITIC.search(form) if "'" in form or "’" in form else None
        if clitic and not (form.lower().replace("’", "'") in kept and _unnamed(last, gap)):
            owner = clitic.group()[1:].lower() == "s"
            form, end = form[: clitic.start()], end - len(clitic.group())
            owner = owner and form.lower() not in CONTRACTED
        plural = form[-1] in "sS" and text[end : end + 2] in ("' ", "’ ") and not quoted
        body = form == "WHO" and not (last.isupper() and len(last) > 1)  # no "who" of a line in capitals
        low = "w.h.o." if body else form.lower().replace("’", "'")
        capital = form[0].isupper() or (not form.islower() and ARTICLE.match(form) is not None)
        words.append(Word(match.start(), end, form, low, gap, sentence, paragraph, quoted, owner or plural, capital))
        before, last = end, form
    return Page(text, tuple(words), abbreviations)


def _ended(last: str, gap: str, following: str, abbreviations: frozenset[str], openers: frozenset[str]) -> bool:
    """Does a sentence end between two words? Not in "Mr. Key" and "U.S. officials", but in "the U.S. The"."""
    if not ENDING.search(gap[-GAP:]):
        return False
    tail = last.rpartition(".-")[2]  # of "U.S.-led"
    abbreviated = last.lower() in abbreviations or len(tail) == 1 or "." in tail
    return not abbreviated or gap not in (". ", ". (") or ("." in tail and following.lower() in openers)


def _unnamed(last: str, gap: str) -> bool:
    """Is a name that ends like a possessive no surname: "Moody's said", not "Christopher Moody's wife"?"""
    return gap != " " or not last[:1].isupper() or last in ("The", "Meanwhile")


def _quoted(gap: str, inside: bool) -> bool:
    for mark in gap:
        if mark in "“«„":
            inside = True
        elif mark in "”»":
            inside = False
        elif mark == '"':
            inside = not inside
    return inside
