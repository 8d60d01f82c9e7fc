"""Training articles told anew: other names, other marks, and the layouts that the corpus hardly has.

The corpus ends every headline with a full stop, knows few transcripts and block quotes, and its 840 articles can be
learned by their names; a third of its cues is "said". Each epoch sees them otherwise: persons, organisations and
places replaced by others of their kind, verbs of saying by rarer ones of the same frame, quotation marks of another
style, and paragraphs put in that say attributions of the article again as a headline, a block quote, a turn of a
transcript, inside the report of somebody else, or two in a sentence.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from quotes.training.corpora import Example, Span
from quotes.training.paragraphs import PARAGRAPHS, PAST, SAYING, Draft, Pools

SHARES = {"names": 0.4, "verbs": 0.2, "marks": 0.2, "headline": 0.5, "paragraphs": 0.5}
FRAMES = ("that", "to", "")  # what a verb is followed by: a clause, an infinitive, or anything else
ENDINGS = (PAST, "ing", "s")
STYLES = tuple(str.maketrans("“”", style) for style in ('""', "‘’", "«»"))


def pools(examples: Iterable[Example]) -> Pools:
    """Names of each kind as the examples have them: whole ones, first and last words of persons; cues by frame."""
    found: dict[str, set[str]] = {"first": set(), "last": set(), "ORG": set(), "LOC": set()}
    found |= {f"{frame} {ending}": set() for frame in FRAMES for ending in ENDINGS}
    for example in examples:
        for row in example.attributions or []:
            if key := frame_of(example.text, row):
                found[key].add(example.text[slice(*row["cue"][0])])
        for start, end, kind in example.entities or []:
            words = example.text[start:end].split()
            if kind == "PER" and len(words) == 2 and all(w.isalpha() and w.istitle() for w in words):
                found["first"].add(words[0])
                found["last"].add(words[1])
            elif kind in found and len(words) <= 3:
                found[kind].add(example.text[start:end])
    return {kind: sorted(names) for kind, names in found.items()}


def told_anew(example: Example, known: Pools, rng: random.Random) -> Example:
    """The example as one epoch sees it."""
    if example.attributions is None:
        return example
    if rng.random() < SHARES["names"]:
        example = renamed(example, known, rng)
    example = edited(example, reworded(example, known, rng))
    if rng.random() < SHARES["marks"]:
        example = replace(example, text=example.text.translate(rng.choice(STYLES)))
    if rng.random() < SHARES["headline"]:
        example = edited(example, stops(example.text))
    drafts = [rng.choice(PARAGRAPHS)(example, known, rng) for _ in range(3) if rng.random() < SHARES["paragraphs"]]
    for draft in drafts:
        if draft is not None:
            example = inserted(example, paragraph_end(example.text, rng), draft)
    return example


def renamed(example: Example, known: Pools, rng: random.Random) -> Example:
    """Each name replaced by another of its kind, the same one everywhere in the article.

    Persons keep their given names, by which "he" and "she" know them.
    """
    names = example.entities or []
    persons = [(start, example.text[start:end].split(" ")) for start, end, kind in names if kind == "PER"]
    given = {words[0] for _, words in persons if len(words) > 1}
    chosen: dict[tuple[str, str], str] = {}
    edits = []
    for start, words in persons:
        at = start
        for word in words:
            if word.isalpha() and word.istitle() and word not in given:
                edits.append((at, at + len(word), chosen.setdefault(("PER", word), rng.choice(known["last"]))))
            at += len(word) + 1
    for start, end, kind in names:
        if kind != "PER" and kind in known:
            name = chosen.setdefault((kind, example.text[start:end]), rng.choice(known[kind]))
            edits.append((start, end, name))
    return edited(example, edits)


def frame_of(text: str, row: dict[str, list[Span]]) -> str | None:
    """The pool that a cue belongs to, if it is one verb right before its content: "that ed" for "warned that …".

    Verbs of saying take a clause with "that" or without.
    """
    if len(row["cue"]) != 1 or not row["content"]:
        return None
    start, end = row["cue"][0]
    verb, place = text[start:end], row["content"][0][0]
    ending = PAST if verb in ("said", "told") else next((e for e in ENDINGS if verb.endswith(e)), None)
    if ending is None or not (verb.isalpha() and verb.islower()) or text[end:place] != " ":
        return None
    following = text[place : place + 10].split(" ")[0]
    frame = following if following in FRAMES else "that" if verb in SAYING else ""
    return f"{frame} {ending}"


def reworded(example: Example, known: Pools, rng: random.Random) -> list[tuple[int, int, str]]:
    """Some cues replaced by others of the same frame and ending, every verb as likely as any."""
    edits = {}
    for row in example.attributions or []:
        key = frame_of(example.text, row)
        if key and rng.random() < SHARES["verbs"]:
            edits[row["cue"][0]] = rng.choice(known[key])
    return [(start, end, verb) for (start, end), verb in edits.items()]


def stops(text: str) -> list[tuple[int, int, str]]:
    """The full stop that the corpus puts after its headlines, to be taken away."""
    end = text.find("\n")
    return [(end - 1, end, "")] if end > 0 and text[end - 1] == "." else []


def edited(example: Example, edits: Sequence[tuple[int, int, str]]) -> Example:
    """The example with pieces of its text replaced, all its extents moved along."""
    edits = sorted(edits)
    pieces, at = [], 0
    for start, end, words in edits:
        pieces += [example.text[at:start], words]
        at = end
    starts = [s for s, _, _ in edits]
    gained = [0, *accumulate(len(words) - (end - start) for start, end, words in edits)]

    def moved(place: int, closing: bool) -> int:
        n = sum(1 for s in starts if s < place)
        if n and place < edits[n - 1][1]:  # inside a replaced piece: out to its edge
            start, _, words = edits[n - 1]
            return start + gained[n - 1] + (len(words) if closing else 0)
        return place + gained[n]

    return _mapped(example, "".join([*pieces, example.text[at:]]), lambda s, e: (moved(s, False), moved(e, True)))


def inserted(example: Example, place: int, draft: Draft) -> Example:
    """The example with a paragraph put in at the beginning of a line."""
    words = draft.text + "\n\n"

    def moved(start: int, end: int) -> Span:
        return (start + len(words), end + len(words)) if start >= place else (start, end)

    def copied(start: int, end: int) -> list[Span]:
        return [
            (start - origin + at + place, end - origin + at + place)
            for at, origin, size in draft.copies
            if origin <= start and end <= origin + size
        ]

    grown = _mapped(example, example.text[:place] + words + example.text[place:], moved)
    names = [(s + place, e + place, kind) for s, e, kind in draft.names]
    names += [(*span, kind) for s, e, kind in example.entities or [] for span in copied(s, e)]
    groups = [[span for mention in c for span in copied(*mention)] for c in example.clusters or []]
    new = [{role: [(s + place, e + place) for s, e in a[role]] for role in a} for a in draft.attributions]
    return replace(
        grown,
        attributions=[*(grown.attributions or []), *new],
        entities=None if grown.entities is None else sorted([*grown.entities, *names]),
        clusters=None
        if grown.clusters is None
        else [[*old, *more] for old, more in zip(grown.clusters, groups, strict=True)],
    )


def _mapped(example: Example, text: str, moved: Callable[[int, int], Span]) -> Example:
    return replace(
        example,
        text=text,
        attributions=[{role: [moved(*s) for s in a[role]] for role in a} for a in example.attributions or []],
        entities=None if example.entities is None else [(*moved(s, e), kind) for s, e, kind in example.entities],
        clusters=None if example.clusters is None else [[moved(*m) for m in c] for c in example.clusters],
        lemmas={moved(place, place)[0]: lemma for place, lemma in example.lemmas.items()},
    )


def paragraph_end(text: str, rng: random.Random) -> int:
    """The beginning of a line: the first one in four cases of ten."""
    lines = [0, *(i + 2 for i in range(len(text) - 2) if text.startswith("\n\n", i))]
    return 0 if rng.random() < 0.4 else rng.choice(lines)
