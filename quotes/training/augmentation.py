"""Training articles told anew: other names, other marks, and the layouts that the corpus hardly has.

The corpus ends every headline with a full stop, knows few transcripts and block quotes, and its 840 articles can be
learned by their names. Each epoch sees them otherwise: persons, organisations and places replaced by others of
their kind, quotation marks of another style, and paragraphs put in that say an attribution of the article again as a
headline, a block quote, a turn of a transcript, or inside the report of somebody else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from quotes.training.corpora import Example, Span

SHARES = {"names": 0.4, "marks": 0.2, "headline": 0.5, "paragraphs": 0.5}
STYLES = tuple(str.maketrans("“”", style) for style in ('""', "‘’", "«»"))
MARKS = '“”"«»'
SMALL = frozenset(["a", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to", "with"])
PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "who",
        "that",
        "this",
        "these",
        "those",
        "his",
        "her",
        "their",
        "my",
        "our",
    ]
)
VERBS = ("says", "says", "say", "warns", "claims", "reports", "tells reporters")
SAYING = frozenset(["said", "say", "says", "saying", "claimed", "claims", "argued", "argues"])
Attributions = list[dict[str, list[Span]]]
Pools = dict[str, list[str]]


@dataclass
class Draft:
    """A paragraph in the making; extents count from its own beginning."""

    example: Example
    text: str = ""
    names: list[tuple[int, int, str]] = field(default_factory=list)
    copies: list[tuple[int, int, int]] = field(default_factory=list)  # where, from where, how long
    attributions: Attributions = field(default_factory=list)

    def put(self, words: str, kind: str = "") -> Span:
        """New words, a name if ``kind`` says so."""
        span = (len(self.text), len(self.text) + len(words))
        self.text += words
        if kind:
            self.names.append((*span, kind))
        return span

    def copy(self, start: int, end: int, style: Callable[[str], str] = str) -> Span:
        """Words of the article, in another letter case perhaps."""
        self.copies.append((len(self.text), start, end - start))
        words = self.example.text[start:end]
        styled = style(words)
        return self.put(styled if len(styled) == len(words) else words)

    def tell(self, content: Sequence[Span], cue: Sequence[Span], source: Sequence[Span]) -> None:
        """An attribution of the paragraph."""
        self.attributions.append({"cue": list(cue), "source": list(source), "content": list(content)})


def pools(examples: Iterable[Example]) -> Pools:
    """Names of each kind as the examples have them: whole ones, and first and last words of persons."""
    found: dict[str, set[str]] = {"first": set(), "last": set(), "ORG": set(), "LOC": set()}
    for example in examples:
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
    """Each name replaced by another of its kind, the same one everywhere in the article."""
    chosen: dict[tuple[str, str], str] = {}
    edits = []
    for start, end, kind in example.entities or []:
        words = example.text[start:end]
        if kind == "PER":
            at = start
            for n, word in enumerate(words.split(" ")):
                if word.isalpha() and word.istitle():
                    pool = "first" if n == 0 and " " in words else "last"
                    edits.append((at, at + len(word), chosen.setdefault(("PER", word), rng.choice(known[pool]))))
                at += len(word) + 1
        elif kind in known:
            edits.append((start, end, chosen.setdefault((kind, words), rng.choice(known[kind]))))
    return edited(example, edits)


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


def person(draft: Draft, known: Pools, rng: random.Random) -> Span:
    """A person of a name that the corpus has in pieces."""
    return draft.put(f"{rng.choice(known['first'])} {rng.choice(known['last'])}", "PER")


def chosen(example: Example, rng: random.Random, fits: Callable[[Span, Span], bool]) -> tuple[Span, Span] | None:
    """Content and source of an attribution that has one piece of each, is a sentence that was said, and fits."""
    pairs = [
        (a["content"][0], a["source"][0])
        for a in example.attributions or []
        if len(a["content"]) == len(a["source"]) == 1
        and (sentence(example.text, a) and fits(a["content"][0], a["source"][0]))
    ]
    return rng.choice(pairs) if pairs else None


def sentence(text: str, row: dict[str, list[Span]]) -> bool:
    """Is the content a whole sentence, by its cue?"""
    cue = {word for extent in row["cue"] for word in text[slice(*extent)].lower().split()}
    return bool(cue & SAYING) or text.startswith("that ", row["content"][0][0])


def headline(example: Example, known: Pools, rng: random.Random) -> Draft | None:
    """What somebody said, once more as a headline: "Smith: It rains", "It rains, says Smith", "It rains: Smith"."""
    text = example.text

    def fits(content: Span, source: Span) -> bool:
        words = text[slice(*content)]
        named = text[source[0]].isupper() and text[slice(*source)].lower() not in PRONOUNS
        return named and source[1] - source[0] < 30 and 4 <= words.count(" ") <= 14 and not set(words) & set(MARKS)

    pair = chosen(example, rng, fits)
    if pair is None:
        return None
    (start, end), source = pair
    start += 5 if text[start : start + 5] == "that " else 0
    end -= text[end - 1] in ".,"
    draft = Draft(example)
    style = rng.choice((first_upper, titled))
    form, verb = rng.randrange(5), rng.choice(VERBS)
    if form == 0:
        who, cue = draft.copy(*source, first_upper), draft.put(":")
        draft.put(" ")
        said = draft.copy(start, end, rng.choice((str, style)))
    elif form == 1:
        who = draft.copy(*source, first_upper)
        draft.put(" ")
        cue = draft.put(verb)
        draft.put(" ")
        said = draft.copy(start, end, rng.choice((str, titled)))
    else:
        said = draft.copy(start, end, style)
        joint = (": ", ", ", ", ")[form - 2]
        if form == 2:
            cue = (draft.put(joint)[0], len(draft.text) - 1)
            who = draft.copy(*source)
        else:
            draft.put(joint)
            first = rng.random() < 0.5
            cue = draft.put(verb) if first else (0, 0)
            draft.put(" " if first else "")
            who = draft.copy(*source)
            if not first:
                draft.put(" ")
                cue = draft.put(verb)
    draft.tell([said], [cue], [who])
    return draft


def nested(example: Example, known: Pools, rng: random.Random) -> Draft | None:
    """A sentence that reports, inside the report of somebody else."""
    text = example.text
    rows = [
        a
        for a in example.attributions or []
        if len(a["content"]) == len(a["source"]) == len(a["cue"]) == 1
        and 0 < a["cue"][0][0] - a["source"][0][1] < 3
        and 0 < a["content"][0][0] - a["cue"][0][1] < 8
        and a["content"][0][1] - a["source"][0][0] < 200
        and (a["source"][0][0] == 0 or text[a["source"][0][0] - 2] in ".\n”")
        and not set(text[slice(*a["content"][0])]) & set(MARKS)
    ]
    if not rows:
        return None
    row = rng.choice(rows)
    begin, end = row["source"][0][0], row["content"][0][1]
    end -= text[end - 1] in ".,"
    draft = Draft(example)
    if rng.random() < 0.7:
        who = person(draft, known, rng)
        draft.put(" ")
        cue = draft.put(rng.choice(("said", "says", "told reporters", "reported", "wrote", "claimed")))
        draft.put(" ")
        at = len(draft.text)
        draft.put(rng.choice(("that ", "")))
        common = text[begin:end].replace("\xa0", " ").split(" ")[0].lower() in PRONOUNS | {"the", "a"}
        copy = draft.copy(begin, end, first_lower if common else str)
        outer = [(at, len(draft.text))]
    else:
        copy = draft.copy(begin, end)
        outer = [copy]
        draft.put(", ")
        who = person(draft, known, rng)
        draft.put(" ")
        cue = draft.put(rng.choice(("said", "says", "reported", "wrote")))
    draft.put(".")
    draft.tell(outer, [cue], [who])
    shift = copy[0] - begin
    draft.tell(*([(s + shift, min(e, end) + shift) for s, e in row[role]] for role in ("content", "cue", "source")))
    return draft


def spoken(example: Example, rng: random.Random) -> Span | None:
    """The words inside the marks of a direct quotation that is a sentence."""
    text = example.text

    def fits(content: Span, source: Span) -> bool:
        words = text[slice(*content)]
        whole = words[0] in '“"‘«' and words[-1] in '”"’»' and words[1:2].isupper() and words.count(" ") > 5
        return whole and not set(words[1:-1]) & set(MARKS)

    pair = chosen(example, rng, fits)
    return (pair[0][0] + 1, pair[0][1] - 1) if pair else None


def block_quote(example: Example, known: Pools, rng: random.Random) -> Draft | None:
    """A quotation by its layout alone: signed after its full stop or a dash, with marks or without."""
    words = spoken(example, rng)
    if words is None:
        return None
    draft = Draft(example)
    start, end = words
    end -= example.text[end - 1] == ","
    marks = rng.choice(("", "", "“”", '""'))
    at = len(draft.text)
    draft.put(marks[:1])
    draft.copy(start, end)
    if example.text[end - 1] not in ".?!":
        draft.put(".")
    draft.put(marks[1:])
    said = (at, len(draft.text))
    draft.put(rng.choice((" — ", "\n— ", " ", " ", " - ")))
    who = person(draft, known, rng)
    if rng.random() < 0.6:
        draft.put(", ")
        who = (who[0], draft.put(rng.choice(("spokesman", "mayor", "the group’s director", "analyst", "senator")))[1])
    draft.tell([said], [], [who])
    return draft


def turns(example: Example, known: Pools, rng: random.Random) -> Draft | None:
    """Two to four turns of a transcript, the speakers in capitals or not."""
    draft = Draft(example)
    style = rng.choice((str.upper, str))
    speakers = [style(rng.choice(known["last"])) for _ in range(2)]
    for n in range(rng.randint(2, 4)):
        words = spoken(example, rng)
        if words is None:
            return None
        if n:
            draft.put("\n\n")
        who, cue = draft.put(speakers[n % 2], "PER"), draft.put(":")
        draft.put(" ")
        said = draft.copy(words[0], words[1] - (example.text[words[1] - 1] in ",."))
        draft.tell([(said[0], draft.put(".")[1])], [cue], [who])
    return draft


def first_upper(words: str) -> str:
    """With a capital at its beginning."""
    return words[:1].upper() + words[1:]


def first_lower(words: str) -> str:
    """With a small letter at its beginning."""
    return words[:1].lower() + words[1:]


def titled(words: str) -> str:
    """In the letter case of headlines."""
    return first_upper(" ".join(w if w in SMALL else first_upper(w) for w in words.split(" ")))


PARAGRAPHS = (headline, headline, nested, block_quote, turns)
