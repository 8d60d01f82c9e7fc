"""Statements, letters and posts that somebody is said to have made: who stands behind "the statement" later."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping

from quotes.models import Attribution
from quotes.speakers.edges import holds
from quotes.speakers.readings import Reading
from quotes.speakers.register import MANY
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

Place = tuple[int, ...]  # a source, as indices of words
NEAR, OCCASION = 4, 12  # sentences from a statement to "the statement", words from a cue to "in a statement"


class Utterances:
    """Where an article brings up statements, and the sources that are said to have made them."""

    def __init__(self, page: Page, places: Mapping[Attribution, Place], words: Vocabulary) -> None:
        self.page, self.nouns = page, words.uses["utterance"]
        self.brought: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(page.words):
            if word.low in self.nouns and self._new(i):
                self.brought[word.low].append(i)
        self.made: dict[str, dict[int, Place]] = defaultdict(dict)
        for attribution, place in places.items():
            for i in self._behind(attribution) if place else ():
                if i not in place:
                    self.made[page.words[i].low][i] = place

    def makers(self, place: Place, reading: Reading) -> list[Place | None]:
        """The sources of what "the statement" may be, in order; None for one that nobody is said to have made."""
        words, first = self.page.words, place[0]
        if reading.determiner != "the" or len(place) > 2 or reading.head not in self.made:
            return []
        brought = self.brought.get(reading.head, [])
        at = bisect_right(brought, first)
        recent = brought[max(at - MANY, 0) : at]
        return [self.made[reading.head].get(i) for i in recent if words[first].sentence - words[i].sentence <= NEAR]

    def _behind(self, attribution: Attribution) -> list[int]:
        """The new statements behind a cue: "said in a statement"."""
        cue = self.page.within(attribution.cue)
        behind = self.page.words[cue[0] : cue[0] + OCCASION] if cue else ()
        return [
            i
            for i, word in enumerate(behind, cue[0] if cue else 0)
            if word.low in self.nouns
            and word.sentence == behind[0].sentence
            and not holds(attribution.content, word)
            and self._new(i)
        ]

    def _new(self, i: int) -> bool:
        """Does the text bring up a noun here: "a statement", "a short statement", "his letter"?"""
        before = {w.low for w in self.page.words[max(i - 2, 0) : i] if w.sentence == self.page.words[i].sentence}
        return not before.isdisjoint(("a", "an", "his", "her", "its", "their"))
