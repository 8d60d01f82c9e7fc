"""How alike two passages are, word by word, and what was altered between them. It knows no store.

The alignment is that of Ratcliff and Obershelp (`difflib`), which keeps the longest common runs whole
and so reads as a person would mark it; stray words far from the rest are then let go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from quotes.evidence.changes import Change, ChangeKind, Likeness, Part, negating
from quotes.evidence.editing import ELLIPSIS, Block, bracketed, mended, owned
from quotes.evidence.framing import framed
from quotes.evidence.scope import under
from quotes.evidence.turns import negations, opposed
from quotes.lexicon import load
from quotes.models import Extent
from quotes.store.wording import Word, words

MOST_WORDS = 400  # of a passage that is looked for
WINDOW = 800  # words of a longer text that are compared at once
OMISSION = 4  # words left out in one place that are spoken of as a stretch, and not one by one
BRIDGE = 3  # words in a row that hold on to the rest over any distance
SMALL = ("adverb", "auxiliary", "determiner", "modal", "negator", "possessive", "preposition", "subordinator")
EDGE, EITHER = 2, 4  # words before a fragment that may turn it round, and before one that "or" adds to others

_STOP = re.compile(r"[.?!,;:–—\n]|--| - ")
AMOUNTS = frozenset(
    ["minus", "hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "twice", "double"]
)


def compare(alleged: str, text: str, *, spoken: bool = True) -> Likeness:
    """How the alleged words stand to a text that may hold them, or a part of them, anywhere. Linear in the text.

    ``spoken``: the text is what one person said: what it tells as another's saying is not theirs.
    Raises ValueError for more than MOST_WORDS alleged words.
    """
    ours = mended(alleged)
    if len(ours) > MOST_WORDS:
        raise ValueError(f"more than {MOST_WORDS} words")
    theirs = _window([word.folded for word in ours], mended(text))
    blocks = owned(alleged, ours, theirs) or _held(ours, theirs)
    likeness = _likeness(alleged, text, ours, theirs, blocks)
    return _in_its_frame(alleged, text, likeness) if spoken and likeness.same else likeness


def _in_its_frame(alleged: str, text: str, likeness: Likeness) -> Likeness:
    """With the frame, where the printed words stand in one, the alleged ones do not, and nothing alters them yet."""
    same = [part for part in likeness.parts if part.kind == "same"]
    whole = Extent(same[0].alleged.start, same[-1].alleged.end)
    if likeness.altered or framed(alleged, whole):
        return likeness
    frame = framed(text, likeness.extent)
    return replace(likeness, changes=(Change("frame", "", frame), *likeness.changes)) if frame else likeness


def _window(ours: Sequence[str], theirs: list[Word]) -> list[Word]:
    """The part of a long text that has most of the words."""
    from rapidfuzz.distance import LCSseq

    if len(theirs) <= WINDOW:
        return theirs
    windows = [theirs[at : at + WINDOW] for at in range(0, len(theirs), WINDOW // 2)]
    return max(windows, key=lambda part: LCSseq.similarity(ours, [word.folded for word in part]))


def _held(ours: Sequence[Word], theirs: Sequence[Word]) -> list[Block]:
    """Runs of equal words, without those that stand too far from the longest to belong to the same passage."""
    matcher = SequenceMatcher(None, [w.folded for w in ours], [w.folded for w in theirs], autojunk=False)
    blocks = [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size]
    if not blocks:
        return []
    middle = max(range(len(blocks)), key=lambda n: blocks[n][2])
    kept = [blocks[middle]]
    for block in blocks[middle + 1 :]:
        if _near(kept[-1], block, ours):
            kept.append(block)
    for block in reversed(blocks[:middle]):
        if _near(block, kept[0], ours):
            kept.insert(0, block)
    return kept


def _near(first: Block, second: Block, ours: Sequence[Word]) -> bool:
    """Whether two runs belong together: either both are long, or the shorter is as near as its longer words reach."""
    short = min(first, second, key=lambda block: block[2])
    gap, other = second[1] - first[1] - first[2], second[0] - first[0] - first[2]
    reach = OMISSION * sum(len(word.folded) > OMISSION for word in ours[short[0] : short[0] + short[2]])
    return short[2] >= BRIDGE or gap <= other + short[2] + 1 + reach


def _likeness(
    alleged: str, text: str, ours: Sequence[Word], theirs: Sequence[Word], blocks: Sequence[Block]
) -> Likeness:
    same, of = sum(size for _, _, size in blocks), len(ours)
    if not blocks:
        return Likeness(0, of, Extent(0, 0), (), (), (Extent(0, len(alleged)),))
    blocks = list(_whole(blocks, ours, theirs)) or blocks
    gaps = list(_gaps(blocks, ours, theirs))
    changes, parts = [], list[Part]()
    for nth, ((a, b), block) in enumerate(zip(gaps, [*blocks, None], strict=True)):
        change = _change(alleged, text, ours[slice(*a)], theirs[slice(*b)], a[0] and ours[a[0] - 1].end)
        if change and change.kind == "name" and nth in (0, len(blocks)) and not _is_name(alleged, ours[slice(*a)]):
            change = replace(change, kind="word")  # what happens to stand beside the passage is no other name for it
        if change:
            changes.append(change)
            of += _counted(change.kind, a[1] - a[0], b[1] - b[0])
        parts += _parts(ours, theirs, a, b, block)
    first, last = blocks[0], blocks[-1]
    extent = Extent(theirs[first[1]].start, theirs[last[1] + last[2] - 1].end)
    missed = tuple(Extent(ours[a].start, ours[e - 1].end) for (a, e), _ in gaps if e - a >= BRIDGE)
    changes = _turned(alleged, Extent(ours[first[0]].start, len(alleged)), text, theirs[: first[1]], extent, changes)
    changes = [_core(alleged, change) for change in _swapped(changes)]
    return Likeness(same, of, extent, tuple(parts), tuple(changes), missed)


def _core(alleged: str, change: Change) -> Change:
    """A change; where it puts another word for half of what a passage tells, it makes another statement of it: "we have
    the access" for "we have the vaccines"."""
    ours, theirs = _telling(change.alleged), _telling(change.printed)
    other = change.kind == "word" and bool(ours and theirs) and ours.isdisjoint(theirs)
    following = alleged.partition(change.alleged)[2].split()[:1] if other else []
    modifies = bool(following and _telling(following[0]))  # "a big house" for "a huge house"
    core = other and not modifies and 2 * len(ours) >= len(_telling(alleged))
    return replace(change, kind="opposite") if core else change


def _telling(some: str) -> set[str]:
    """The lemmas of the words that tell something: no article, pronoun, preposition, auxiliary."""
    lexicon = load()
    small = lexicon.pronouns.keys() | frozenset().union(*(lexicon.modifiers[role] for role in SMALL))
    return {lexicon.lemma(word.folded) for word in words(some) if word.folded not in small} - small


def _swapped(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes; where two put each other's words in their place, the order is turned round."""
    pairs = [tuple(tuple(word.folded for word in words(some)) for some in (c.alleged, c.printed)) for c in changes]
    for change, (ours, theirs) in zip(changes, pairs, strict=True):
        swapped = change.kind in ("name", "word") and bool(ours and theirs) and (theirs, ours) in pairs
        yield replace(change, kind="opposite") if swapped else change


def _whole(blocks: Sequence[Block], ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Block]:
    """The blocks without the half of a contraction that the other half does not follow: "can" is no part of "can't"."""
    for a, b, size in blocks:
        first = _halved(ours, a) or _halved(theirs, b)
        last = _halved(ours, a + size) or _halved(theirs, b + size)
        if size > first + last:
            yield a + first, b + first, size - first - last


def _halved(some: Sequence[Word], at: int) -> bool:
    """Whether a cut before a word parts a contraction."""
    return 0 < at < len(some) and some[at].start == some[at - 1].start


def _gaps(
    blocks: Sequence[Block], ours: Sequence[Word], theirs: Sequence[Word]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Before, between and after the blocks: word ranges in ours and in theirs.

    At the ends, only as many of their words count as ours has there: the rest is not quoted.
    """
    first, last = blocks[0], blocks[-1]
    start = max(0, first[1] - first[0])
    yield (0, first[0]), (start - _halved(theirs, start), first[1])
    for one, other in pairwise(blocks):
        yield (one[0] + one[2], other[0]), (one[1] + one[2], other[1])
    begin = last[1] + last[2]
    end = min(len(theirs), begin + len(ours) - last[0] - last[2])
    yield (last[0] + last[2], len(ours)), (begin, end + _halved(theirs, end))


def _change(alleged: str, text: str, ours: Sequence[Word], theirs: Sequence[Word], before: int) -> Change | None:
    if not ours and not theirs:
        return None
    added, printed = _span(alleged, ours), _span(text, theirs)
    if not ours:
        following = next((w.start for w in words(alleged[before:])), 0) + before
        if ELLIPSIS.search(alleged, before, following):
            return Change("ellipsis", "", printed)
        if len(theirs) >= OMISSION:
            return Change("omission", "", printed)
    kind = _kind(alleged, text, ours, theirs)
    edited = kind in ("name", "word") and bracketed(alleged, ours) and _explains(ours, theirs)
    return Change("bracket" if edited else kind, added, printed)


def _explains(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Do words in brackets only say what the printed ones point to, or fit them to a sentence: "[the firm]" for "it"?

    A name for a name, or one verb for another, is no edit.
    """
    if not theirs:
        return True
    small = load().modifiers["determiner"] | load().modifiers["possessive"] | frozenset(load().pronouns)
    lemmas = [{load().lemma(word.folded) for word in some} for some in (ours, theirs)]
    return theirs[0].folded in small or not lemmas[0].isdisjoint(lemmas[1])


def _counted(kind: ChangeKind, ours: int, theirs: int) -> int:
    """How many words more, or fewer, a change makes of those that are counted."""
    if kind in ("omission", "ellipsis"):
        return 0
    return -ours if kind == "bracket" else max(0, theirs - ours)


def _kind(alleged: str, text: str, ours: Sequence[Word], theirs: Sequence[Word]) -> ChangeKind:
    one, other = ([word.folded for word in some] for some in (ours, theirs))
    if len(negations(one)) != len(negations(other)):
        return "negation"
    over = not one and load().framing.get(" ".join(other)) == "past"  # "I used to think"
    if over or opposed(one, other):
        return "opposite"
    numbers = [[word for word in some if word[0].isdigit() or word in AMOUNTS] for some in (one, other)]
    if numbers[0] != numbers[1]:
        return "number"
    return "name" if _is_name(alleged, ours) or _is_name(text, theirs) else "word"


def _is_name(text: str, some: Sequence[Word]) -> bool:
    """Whether a word has a capital that no beginning of a sentence explains."""
    return any(
        text[word.start].isupper() and text[: word.start].rstrip(" \"'“”‘’«»")[-1:] not in ("", ".", "?", "!", "\n")
        for word in some
        if word.folded != "i"
    )


def _turned(
    alleged: str, begun: Extent, text: str, before: Sequence[Word], place: Extent, changes: list[Change]
) -> list[Change]:
    """The changes, with what one passage has before the words in common, and the other has not, that negates them."""
    ours, theirs = under(alleged, begun), under(text, place) or _before(text, before, place.start)
    counted = any(change.kind == "negation" for change in changes[:1] if begun.start)
    if bool(ours) == bool(theirs) or counted:
        return changes
    if theirs:
        return [Change("cut", "", theirs), *changes]
    return [replace(changes[0], kind="negation"), *changes[1:]]


def _before(text: str, before: Sequence[Word], start: int) -> str:
    """A negation in the sentence just before a fragment that begins in its middle; "no injuries or" reaches farther."""
    listed = any(word.folded in ("or", "nor") for word in before[-EDGE:])
    for word in reversed(negating(before[-EITHER if listed else -EDGE :])):
        between = text[word.start : start]
        answer = word.folded in load().modifiers["interjection"] and text[word.end] == ","  # "No, we will"
        return "" if answer or _STOP.search(between) else between.strip()
    return ""


def _parts(
    ours: Sequence[Word], theirs: Sequence[Word], a: tuple[int, int], b: tuple[int, int], block: Block | None
) -> Iterator[Part]:
    here, there = _extent(ours, *a), _extent(theirs, *b)
    if a[0] < a[1]:
        yield Part("alleged", here, Extent(there.start, there.start))
    if b[0] < b[1]:
        yield Part("printed", Extent(here.end, here.end), there)
    if block:
        yield Part("same", *(_extent(some, at, at + block[2]) for some, at in ((ours, block[0]), (theirs, block[1]))))


def _extent(some: Sequence[Word], start: int, end: int) -> Extent:
    if start == end:
        at = some[start].start if start < len(some) else some[-1].end if some else 0
        return Extent(at, at)
    return Extent(some[start].start, some[end - 1].end)


def _span(text: str, some: Sequence[Word]) -> str:
    return text[some[0].start : some[-1].end] if some else ""
