"""Readers of the training corpora → Example, offsets in Unicode code points of ``text``.

PolNeAR (Newell, Margolin and Ruths 2018) for attributions, its CoreNLP layer (silver) for entities and
coreference, GUM (Zeldes 2017) for gold entities and coreference. GUM's news and interviews are left out of
training: they are what the speaker step is measured on.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Span = tuple[int, int]
SILVER = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
GOLD = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclass(frozen=True)
class Example:
    """One document. ``attributions``, ``entities`` or ``clusters`` are None where the corpus does not mark them."""

    id: str
    text: str
    attributions: list[dict[str, list[Span]]] | None = None
    entities: list[tuple[int, int, str]] | None = None
    clusters: list[list[Span]] | None = None
    lemmas: dict[int, str] = field(default_factory=dict)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSON Lines file, ``.gz`` or plain."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def polnear(folder: Path, split: str) -> list[Example]:
    """A split of PolNeAR with its automatic layer, where there is one."""
    silver = {row["id"]: row for row in lines(folder / f"{split}.corenlp.jsonl.gz")}
    examples = []
    for row in lines(folder / f"{split}.jsonl.gz"):
        layer = silver.get(row["id"])
        examples.append(
            Example(
                row["id"],
                row["text"],
                [
                    {role: [(s, e) for s, e in a.get(role) or []] for role in ("cue", "source", "content")}
                    for a in row["attributions"]
                ],
                _names(layer["sentences"]) if layer else None,
                [[(m[0], m[1]) for m in c] for c in layer["coref"]] if layer else None,
                {t[0]: t[3] for s in layer["sentences"] for t in s} if layer else {},
            )
        )
    return examples


def _names(sentences: list[list[Any]]) -> list[tuple[int, int, str]]:
    names: list[tuple[int, int, str]] = []
    for sentence in sentences:
        before = None
        for start, end, _, _, label, *_ in sentence:
            kind = SILVER.get(label)
            if kind and kind == before:
                names[-1] = (names[-1][0], end, kind)
            elif kind:
                names.append((start, end, kind))
            before = kind
    return names


def gum(folder: Path, *, genres_left_out: tuple[str, ...] = ("news", "interview")) -> list[Example]:
    """GUM documents with gold entities (names only) and coreference clusters."""
    paths = sorted(folder.glob("GUM_*.conllu"))
    return [conllu(p) for p in paths if p.stem.split("_")[1] not in genres_left_out]


def conllu(path: Path) -> Example:
    """One GUM document; its text is rebuilt from the tokens, paragraphs on lines of their own."""
    text, words = _words(path)
    names: list[tuple[int, int, str]] = []
    clusters: dict[str, list[Span]] = {}
    for group, kind, inside in _mentions(words):
        start, end = inside[0].start, inside[-1].end
        clusters.setdefault(group, []).append((start, end))
        if kind in GOLD and all(word.tag == "PROPN" for word in inside):
            names.append((start, end, GOLD[kind]))
    return Example(path.stem, text, None, names, [c for c in clusters.values() if len(c) > 1])


class _Word(NamedTuple):
    """A word of a CoNLL-U file: where it stands in the text, its part of speech, its ``Entity`` value."""

    start: int
    end: int
    tag: str
    entity: str


def _words(path: Path) -> tuple[str, list[_Word]]:
    """The text and its words; those of a multiword token ("don't") share the place of its surface."""
    text, glue, until = "", "", 0
    words: list[_Word] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and text:
            glue = "\n\n"
        if not line:
            until = 0  # each sentence counts its words anew
        number, form, _, tag, *_, misc = line.split("\t") if line[:1].isdigit() else (".", *[""] * 9)
        if "." in number:  # a comment, the end of a sentence, or a word that is not in the text
            continue
        values = dict(v.split("=", 1) for v in misc.split("|") if "=" in v)
        first, _, last = number.partition("-")
        if int(first) > until:
            text += glue + form
            glue = "" if values.get("SpaceAfter") == "No" else " "
            until = int(last or first)
        if not last:
            words.append(_Word(len(text) - len(form), len(text), tag, values.get("Entity", "")))
    return text, words


def _mentions(words: list[_Word]) -> Iterator[tuple[str, str, list[_Word]]]:
    """Group, kind and words of each mention, in the order of their ends."""
    under_way: list[tuple[str, str, int]] = []
    for at, word in enumerate(words):
        for action, body in _brackets(word.entity):
            if action in "(=":
                group, kind = [*body.split("-"), ""][:2]
                under_way.append((group, kind, at))
            if action in ")=":
                group = body.split("-")[0]
                i = next((i for i in reversed(range(len(under_way))) if under_way[i][0] == group), None)
                if i is not None:
                    _, kind, first = under_way.pop(i)
                    yield group, kind, words[first : at + 1]


def _brackets(entity: str) -> Iterator[tuple[str, str]]:
    """Actions of a GUM ``Entity`` value: ``(`` opens, ``)`` closes, ``=`` one word."""
    i = 0
    while i < len(entity):
        if entity[i] == "(":
            j = i + 1
            while j < len(entity) and entity[j] not in "()":
                j += 1
            single = j < len(entity) and entity[j] == ")"
            yield ("=" if single else "("), entity[i + 1 : j]
            i = j + single
        else:
            j = entity.find(")", i)
            yield ")", entity[i:j]
            i = j + 1
