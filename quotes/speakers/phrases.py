"""One segment of a source, read: the name in it, or the noun that heads it."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.speakers.capitals import initial, unadorned
from quotes.speakers.cores import core
from quotes.speakers.labels import Mention
from quotes.speakers.namings import named_in
from quotes.speakers.readings import Reading
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page


def read_segment(page: Page, segment: list[int], known: Mapping[int, Mention], words: Vocabulary) -> Reading:
    """Read one segment: the name in it, or the noun that heads it."""
    start = 0
    while start < len(segment) - 1 and _determines(page, segment[start], words):
        start += 1
    determiner = page.words[segment[start - 1]].low if start else ""
    body = segment[start:]
    if determiner and body[0] == body[-1] and page.words[body[0]].low in words.uses["reverence"]:  # "his Honour"
        return Reading("nominal", segment[0], body[0], head=page.words[body[0]].low, determiner=determiner)
    if not start:
        body = [i for i in body if i <= unadorned(page, body[0], body[-1], words)]
    named = named_in(page, body, determiner, known, words)
    if named:
        return named
    phrase, head = core(page, body, words)
    if head in words.uses["utterance"]:
        owners = [i for i in phrase[:-1] if page.words[i].possessive]
        if owners and (owner := named_in(page, phrase[: phrase.index(owners[-1]) + 1], "", known, words)):
            return owner
        if determiner in ("his", "her", "their", "its") and start == 1:
            return Reading("pronoun", segment[0], segment[0], head=determiner)
    if determiner in ("his", "her", "their", "its", "my", "our") and head in words.lexicon.kinship:
        body = segment
    return Reading("nominal", body[0], body[-1], head=head, determiner=determiner)


def _determines(page: Page, i: int, words: Vocabulary) -> bool:
    return page.words[i].low in words.uses["determiner"] and not initial(page, i)
