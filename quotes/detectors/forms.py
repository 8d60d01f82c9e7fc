"""What a quotation is by its form: speech, the title of a work, a nickname, or a word at arm's length."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Literal

from quotes.detectors.nouns import Token, tokens
from quotes.lexicon import Lexicon
from quotes.models import Extent

Form = Literal["speech", "title", "nickname", "scare"]

# a full stop ends a sentence if no small letter follows
SENTENCE_END = re.compile(r"[.?!…][\"”’'»)\]]*(?=\s+[^\s\w]*[^\Wa-z_]|\s*\Z|\s*\n)|\n")
LAST = re.compile(r"(?<![^\s(\[“\"‘'])[\w.]+$")
WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
SO_CALLED = re.compile(r"(?:so[- ]called|\bkn(?:own|ew)(?: \w+)? as)\s*$", re.I)
FAR = 400  # code points of a sentence on either side of a place in it that rules look at
LONG = 12  # words; titles, nicknames and scare quotes are shorter


class Sentences:
    """The sentences of a text and the cues in them, found once, for look-ups in logarithmic time."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.ends = [m.end() for m in SENTENCE_END.finditer(text) if not self._shortened(m)] + [len(text)]
        self.words: dict[int, list[Token]] = {}
        self.cues = [m.start() for m in WORD.finditer(text) if lexicon.reports(m[0])]

    def around(self, extent: Extent) -> Extent:
        """From the beginning of the sentence in which an extent begins to the end of that in which it ends."""
        first = bisect_right(self.ends, extent.start)
        last = max(first, bisect_left(self.ends, extent.end))
        return Extent(self.ends[first - 1] if first else 0, self.ends[min(last, len(self.ends) - 1)])

    def split(self, extent: Extent) -> tuple[list[Token], list[Token]]:
        """The words and marks of the sentence in which an extent begins: those before it and those behind it.

        A sentence is cut into words once; on either side as many are given as begin within FAR code points.
        """
        at = min(bisect_right(self.ends, extent.start), len(self.ends) - 1)
        if at not in self.words:
            start = self.ends[at - 1] if at else 0
            self.words[at] = tokens(self.text, start, self.ends[at], self.lexicon)
        words = self.words[at]
        first = bisect_left(words, extent.start - FAR, key=lambda t: t.start)
        before = bisect_right(words, extent.start, key=lambda t: t.end)
        after = bisect_left(words, extent.end, key=lambda t: t.start)
        last = bisect_right(words, extent.end + FAR, key=lambda t: t.end)
        return words[first:before], words[after:last]

    def form(self, extent: Extent, inner: Extent) -> Form:
        """The form of a quotation, from its words, its capitals and what stands next to it."""
        text = self.text
        words = inner.of(text).split(None, LONG)
        if len(words) > LONG or not any(c.isalnum() for c in inner.of(text)[:200]):
            return "speech"
        lead, said = text[max(0, extent.start - 40) : extent.start], self._attached(extent, inner)
        ended = words[-1][-1] in ".?!…" and not said
        if len(words) <= 4 and self.lexicon.modifiers["nickname"].intersection(WORD.findall(lead.lower())[-2:]):
            return "nickname"
        if _titled(words, self.lexicon.modifiers["small"]) and not (said and self._quoted(extent, inner)):
            if len(words) <= 3 and not ended and _between_names(lead, text[extent.end : extent.end + 3]):
                return "nickname"
            if (len(words) > 1 and words[-1][-1] != ".") or self._work(lead):
                return "title"
        if SO_CALLED.search(lead) or (len(words) <= 3 and not ended and not said and not self._cued(extent)):
            return "scare"
        return "speech"

    def _shortened(self, match: re.Match[str]) -> bool:
        """Does the full stop belong to an abbreviation or an initial?"""
        last = LAST.search(self.text, max(0, match.start() - 12), match.start()) if match[0][0] == "." else None
        return last is not None and (
            (len(last[0]) == 1 and last[0].isupper()) or last[0].lower() in self.lexicon.abbreviations
        )

    def _attached(self, extent: Extent, inner: Extent) -> bool:
        """Does a cue stand right before it (after "said", "said:", "called it a"), or right after its comma?"""
        lead = self.text[max(0, extent.start - 60) : extent.start].rstrip()
        near = WORD.findall(lead)[-4:]
        return lead[-1:] == ":" or any(self.lexicon.reports(w) for w in near) or self._answered(extent, inner)

    def _answered(self, extent: Extent, inner: Extent) -> bool:
        """Does it end in a comma with a cue right after it?"""
        after = self.text[extent.end : extent.end + 50]
        comma = inner.of(self.text).rstrip()[-1:] in (",", "?", "!") or after.lstrip()[:1] == ","
        return comma and any(self.lexicon.reports(w) or w == "according" for w in WORD.findall(after)[:4])

    def _quoted(self, extent: Extent, inner: Extent) -> bool:
        """Is what is set in capitals said all the same: a colon, a comma or a verb that names nothing before it?"""
        lead = self.text[max(0, extent.start - 30) : extent.start].rstrip()
        last = WORD.findall(lead)[-1:]
        naming = any(self.lexicon.lemma(w) in self.lexicon.modifiers["naming"] for w in last)
        verb = any(self.lexicon.reports(w) for w in last)
        return (verb and (not naming or lead[-1] in ":,")) or lead[-1:] == ":" or self._answered(extent, inner)

    def _cued(self, extent: Extent) -> bool:
        """Is there a cue in its sentence, outside it?"""
        around = self.around(extent)
        first, last = bisect_left(self.cues, around.start), bisect_left(self.cues, around.end)
        inside = bisect_left(self.cues, extent.end) - bisect_left(self.cues, extent.start)
        return last - first > inside

    def _work(self, lead: str) -> bool:
        """Does a noun for a work stand before it ("his book")?"""
        words = WORD.findall(lead)[-2:]
        return any(self.lexicon.lemma(w) in self.lexicon.works for w in words)


@lru_cache(maxsize=2)
def sentences_of(text: str, lexicon: Lexicon) -> Sentences:
    """Of a text that several ask about one after the other."""
    return Sentences(text, lexicon)


def _titled(words: list[str], small: frozenset[str]) -> bool:
    """Is it set in capitals as a title or a name is: each word of weight begins with one?"""
    plain = [w.strip(".,?!:;…'’\"") for w in words]
    if any(w[-1] in ".?!" and w[:1].islower() for w in words[:-1]):
        return False
    weighty = [w for w in plain if w and w.lower() not in small]
    return bool(weighty) and all(not w[0].isalpha() or w[0].isupper() for w in weighty) and plain[0][:1].isupper()


def _between_names(lead: str, after: str) -> bool:
    """Does it stand between the parts of a name, as in William "Bill" Smith?"""
    words = lead.split()
    return bool(words) and words[-1][:1].isupper() and after[:1] == " " and after[1:2].isupper()
