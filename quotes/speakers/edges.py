"""Where a source really begins and ends: a detector's span may have a word too many or too few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from quotes.models import Extents
from quotes.speakers.labels import Mention
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page, Word

CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\b\.?)?(?!\w)", re.IGNORECASE)


def spans_of(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """The name of several words that each word belongs to."""
    return {i: m for m in mentions if m.last > m.first for i in range(m.first, m.last + 1)}


def true_words(
    page: Page, source: Extents, cue: Extents, content: Extents, names: Mapping[int, Mention], words: Vocabulary
) -> tuple[int, ...]:
    """The words of a source, by index: none of the cue or the content, of one sentence, and no half names."""
    inside = page.within(source)
    own = [i for i in inside if not holds(cue + content, page.words[i])] or inside
    own = _one_sentence(page, own, page.within(cue[:1]))
    small = words.uses["edge"] | words.uses["preposition"] | words.uses["finite"] | words.uses["reflexive"]
    first, last = _timed(page, own), len(own)
    while last - first > 1 and (page.words[own[last - 1]].text in small or _verb(page, own[last - 2 : last], words)):
        last -= 1
    while last - first > 1 and page.words[own[first]].text in small:
        first += 1
    return _completed(page, own[first:last], names, words)


def _timed(page: Page, own: list[int]) -> int:
    """How many words a time of day at the start of a line takes: "15:30 Aid agencies say"."""
    begins = bool(own) and (not own[0] or page.words[own[0] - 1].paragraph != page.words[own[0]].paragraph)
    clock = CLOCK.match(page.text, page.words[own[0]].start) if begins else None
    taken = sum(page.words[i].end <= clock.end() for i in own) if clock else 0
    return taken if taken < len(own) else 0


def _verb(page: Page, pair: list[int], words: Vocabulary) -> bool:
    """Is the second of these words a verb of the first, a name: "Waters pointed", "NASA says"?"""
    name, low = page.words[pair[0]], page.words[pair[1]].text
    if not name.capital or name.possessive or name.low in words.uses["determiner"] or page.words[pair[1]].gap != " ":
        return False
    if words.document(low) or words.group(low) or words.organisation(low) or words.role(low):  # "the London judge"
        return False
    return low.endswith("ed") or low in words.lexicon.irregular or low.removesuffix("s") in words.lexicon.cues["verb"]


def holds(extents: Extents, word: Word) -> bool:
    """Does a word begin inside one of these extents?"""
    return any(e.start <= word.start < e.end for e in extents)


def _one_sentence(page: Page, own: list[int], cue: list[int]) -> list[int]:
    """The words of the cue's sentence, or of the sentence with most of them, the later one of two."""
    parts = {n: list(group) for n, group in groupby(own, lambda i: page.words[i].sentence)}
    if len(parts) < 2:
        return own
    cued = parts.get(page.words[cue[0]].sentence) if cue else None
    return cued or max(parts.values(), key=lambda part: (len(part), part))


def _completed(page: Page, own: list[int], names: Mapping[int, Mention], words: Vocabulary) -> tuple[int, ...]:
    if not own or (
        len(own) == 1 and page.words[own[0]].low in words.lexicon.pronouns and page.words[own[0]].text != "US"
    ):
        return tuple(own)
    before, after = names.get(own[0]), names.get(own[-1])
    following = own[-1] + 1
    name = names.get(following)
    if after is None and name and name.first == following and page.words[following].gap == " ":
        titled = words.role(page.words[own[-1]].low) and name.label == "PER"
        after = name if titled else None
    first = before.first if before else own[0]
    last = after.last if after else own[-1]
    return (*range(first, own[0]), *own, *range(own[-1] + 1, last + 1))
