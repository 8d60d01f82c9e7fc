"""Paragraphs that say attributions of an article again: a headline, a block quote, turns, reports nested and joined."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quotes.training.corpora import Example, Span

MARKS = '“”"«»'
SMALL = frozenset(["a", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to", "with"])
PRONOUNS = frozenset(
    ["he", "she", "they", "it", "we", "i", "you", "who", "that", "this", "these", "those", "his", "her", "their", "my"]
)
HEADLINES = ("S: C", "S V C", "C: S", "C, V S", "C, S V")  # source, verb, content
VERBS = ("says", "says", "say", "warns", "claims", "reports", "tells reporters")
SAYING = frozenset(["said", "say", "says", "saying", "claimed", "claims", "argued", "argues"])
PAST = "ed"  # the ending by which pools of verbs are known; "said" and "told" count as well
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
    template, style = rng.choice(HEADLINES), rng.choice((first_upper, titled))
    spans: dict[str, Span] = {}
    for part in template:
        if part == "S":
            spans[part] = draft.copy(*source, first_upper if template[0] == "S" else str)
        elif part == "C":
            spans[part] = draft.copy(start, end, style if template[0] == "C" else rng.choice((str, style)))
        else:
            spans[part] = draft.put(rng.choice(VERBS) if part == "V" else part)
    draft.tell([spans["C"]], [spans["V" if "V" in template else ":"]], [spans["S"]])
    return draft


def reporting(example: Example) -> Attributions:
    """The attributions that are a plain sentence each: source, cue, content without marks, one piece of each."""
    text = example.text
    return [
        a
        for a in example.attributions or []
        if len(a["content"]) == len(a["source"]) == len(a["cue"]) == 1
        and 0 < a["cue"][0][0] - a["source"][0][1] < 3
        and 0 < a["content"][0][0] - a["cue"][0][1] < 8
        and a["content"][0][1] - a["source"][0][0] < 200
        and (a["source"][0][0] == 0 or text[a["source"][0][0] - 2] in ".\n”")
        and not set(text[slice(*a["content"][0])]) & set(MARKS)
    ]


def shifted(row: dict[str, list[Span]], shift: int, end: int) -> list[list[Span]]:
    """Content, cue and source of an attribution moved along, cut off at ``end``."""
    return [[(s + shift, min(e, end) + shift) for s, e in row[role]] for role in ("content", "cue", "source")]


def nested(example: Example, known: Pools, rng: random.Random) -> Draft | None:
    """A sentence that reports, inside the report of somebody else."""
    text, rows = example.text, reporting(example)
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
    draft.tell(*shifted(row, copy[0] - begin, end))
    return draft


def coordinated(example: Example, known: Pools, rng: random.Random) -> Draft | None:
    """Two reports of one source in a sentence: "Smith said it rains and warned that the road is flooded"."""
    text = example.text
    rows = [row for row in reporting(example) if sentence(text, row)]
    if len(rows) < 2 or not known[f"that {PAST}"]:
        return None
    row, other = rng.sample(rows, 2)
    begin, end = row["source"][0][0], row["content"][0][1]
    end -= text[end - 1] in ".,"
    draft = Draft(example)
    copy = draft.copy(begin, end)
    draft.put(rng.choice((" and ", " and ", ", and ", " but ", ", but ")))
    cue = draft.put(rng.choice(known[f"that {PAST}"]))
    draft.put(" ")
    start, stop = other["content"][0]
    stop -= text[stop - 1] in ".,"
    at = len(draft.text)
    if not text.startswith("that ", start):
        draft.put("that ")
    draft.copy(start, stop)
    said = (at, len(draft.text))
    draft.put(".")
    first = shifted(row, copy[0] - begin, end)
    draft.tell(*first)
    draft.tell([said], [cue], first[2])
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


PARAGRAPHS = (headline, headline, nested, block_quote, turns, coordinated, coordinated)
