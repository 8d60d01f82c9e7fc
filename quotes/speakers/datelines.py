"""The names in a dateline: where an article was written, and which agency prints it."""

from __future__ import annotations

from quotes.detectors.layout import DATELINE
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

BEHIND = 100  # characters from the start of a dateline to its agency


def places(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Is a name the place of a dateline: "AMBON, Indonesia (Newsline) —" at the start of a paragraph?

    What stands before a mere hyphen may be anything: "NASA - The agency said".
    """
    begins = not first or page.words[first - 1].paragraph != page.words[first].paragraph
    found = DATELINE.match(page.text, page.words[first].start) if begins else None
    if found is None or page.words[last].end > found.end("place"):
        return False
    plain = not (found["told"] or found["agency"]) and found["dash"].strip() == "-"
    return not plain or page.extent(first, last).of(page.text).lower() in words.places


def prints(page: Page, first: int, last: int) -> bool:
    """Is a name the agency of a dateline: "SEOUL (Newsline) —"?"""
    extent = page.extent(first, last)
    line = page.text.rfind("\n", max(extent.start - BEHIND, 0), extent.start) + 1
    found = DATELINE.match(page.text, line)
    return found is not None and found.span("agency") == (extent.start, extent.end)
