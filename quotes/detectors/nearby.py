"""Who is spoken of, or reports, right before a quotation that has no cue: Smith was furious. "They never asked us." """

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nouns import PERSONS, tokens
from quotes.lexicon import cue_words
from quotes.models import Attribution, Extent, Name

NEAR = 400  # code points on either side of a quotation in which its speaker must stand; it keeps all linear


class Nearby:
    """The people of a text by their places; where ``names`` are none at all, capitals must do."""

    def __init__(self, names: Sequence[Name], sentences: Sentences, reader: Reader) -> None:
        self.text, self.sentences, self.reader = sentences.text, sentences, reader
        self.people = sorted(n.extent for n in names if n.label == "PER")
        self.named = bool(names)

    def person(self, place: int) -> Extent | None:
        """The one person of the sentence before a place: the pronoun that it begins with, or the only name."""
        end = max(0, place - NEAR)
        above = self.text[end:place].rstrip()
        if not above or above[-1] in "\"”’'":
            return None
        at = bisect_left(self.sentences.ends, end + len(above)) - 1
        start = max(self.sentences.ends[at] if at >= 0 else 0, end)
        first_name, last_name = (bisect_left(self.people, Extent(p, 0)) for p in (start, place))
        people = self._heads(self.people[first_name:last_name])
        first = tokens(self.text, start, end + len(above), self.reader.lexicon)[:1]
        if first and first[0].word in PERSONS:
            return Extent(first[0].start, first[0].end)
        if len(people) == 1:
            return people[0]
        return None if people or self.named else self._opening_name(start, end + len(above))

    def _heads(self, people: Sequence[Extent]) -> list[Extent]:
        """People without the names that only describe the next one: "Yankton skipper Moe Lindgren"."""
        between = [self.text[a.end : b.start].split() for a, b in pairwise(people)]
        described = [bool(words) and set(words) <= self.reader.nouns.roles for words in between]
        return [person for person, modifies in zip(people, (*described, False), strict=False) if not modifies]

    def _opening_name(self, start: int, end: int) -> Extent | None:
        """Capitalised words at the beginning of a sentence, if they are no function words."""
        found = tokens(self.text, start, end, self.reader.lexicon)
        size = next((i for i, t in enumerate(found) if not t.upper), 0)
        return Extent(found[0].start, found[size - 1].end) if size and self.reader.nouns.is_name(found[0]) else None


def resumed(text: str, attributions: Sequence[Attribution], reader: Reader) -> Iterator[Attribution]:
    """The attributions, with quotations that nobody is known to have said given to who reports right before them.

    Such a quotation goes on where a report ends, in its paragraph or alone in the next: Ek said it was late. "Very."
    """
    reports = {_end(a): a for a in attributions if a.source and a.cue and a.kind == "indirect"}
    for attribution in attributions:
        start = attribution.content[0].start
        before = len(text[max(0, start - NEAR) : start].rstrip(" \n."))
        report = reports.get(max(0, start - NEAR) + before)
        alone = attribution.kind == "direct" and not (attribution.source or attribution.cue)
        if alone and report and _joined(text, attribution, report) and _states(text, report, reader):
            yield replace(attribution, source=report.source)
        else:
            yield attribution


def _end(report: Attribution) -> int:
    """Where an attribution ends."""
    return max(e.end for e in (*report.content, *report.cue, *report.source))


def _joined(text: str, quotation: Attribution, report: Attribution) -> bool:
    """Does a quotation stand in the paragraph of a report behind its full stop, or fill the next one?"""
    between, after = text[_end(report) : quotation.content[0].start], text[quotation.content[-1].end :][:1]
    return between[:1] == "." and ("\n" not in between or (after in ("", "\n") and between.count("\n") <= 2))


def _states(text: str, report: Attribution, reader: Reader) -> bool:
    """Did somebody state something, and not keep silent?"""
    cue = reader.lexicon.read_cue(cue_words(text, report))
    return cue.mode == "statement" and not cue.negated and not cue.passive
