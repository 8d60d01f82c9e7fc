"""People and groups known by a name that the text only passes on: 'a man who goes by the name "Shorty"'."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.speakers.capitals import capital
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

LINKS = frozenset({"as", "by", "herself", "himself", "itself", "name", "only", "themselves"})
OPEN, CLOSE = '"“‘', '"”’'
LONGEST = 5  # words of a nickname


def nickname(page: Page, source: Sequence[int], words: Vocabulary) -> tuple[int, int, int] | None:
    """The name at the end of a source, as the index of the verb that gives it and of its first and last word.

    Either marks stand around it, or capitals follow "as", "by", "name" or "himself" straight away.
    """
    verb = next((i for i in source[1:] if page.words[i].low in words.uses["alias"]), None)
    if verb is None:
        return None
    for i in (i for i in source if i > verb):
        marked = page.words[i].gap[-1:] in tuple(OPEN)
        last = _closing(page, i) if marked else _capitals(page, i, source[-1], words)
        if last is not None:
            return verb, i + (page.words[i].low in ("the", "a", "an") and last > i), last
    return None


def _closing(page: Page, first: int) -> int | None:
    """The last word before the closing mark, if it comes soon."""
    for i in range(first, min(first + LONGEST, len(page.words))):
        after = page.words[i + 1].gap if i + 1 < len(page.words) else page.text[page.words[i].end :]
        if any(mark in after[:3] for mark in CLOSE):
            return i
    return None


def _capitals(page: Page, first: int, end: int, words: Vocabulary) -> int | None:
    """The last of the capitals that begin right behind a word that leads to a name."""
    linked = page.words[first - 1].low in LINKS and page.words[first].gap in (" ", ", ")
    if not linked or not capital(page.words[first], words):
        return None
    last = first
    while last < end and page.words[last + 1].gap == " " and capital(page.words[last + 1], words):
        last += 1
    return last
