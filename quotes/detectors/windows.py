"""Text → word pieces → windows: what the encoder reads, the same in training and at run time.

A *word* here is a pre-token of the BERT tokenizer (a run of letters and digits, or one mark); spans begin
and end at words. Offsets are Unicode code points of the text as given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    Ints = np.ndarray[Any, np.dtype[np.int64]]

CLS, SEP, MASK = 101, 102, 103  # pieces of the vocabulary with a meaning of their own
PIECES = 254  # of a window, beside [CLS] and [SEP]
MARK_OPEN, MARK_CLOSE, MARK_EITHER = "“«„", "”»", '"'
STRAIGHT = str.maketrans("’‘", "''")  # one for one: offsets hold
SENTENCE_END = frozenset(".!?…")


@dataclass(frozen=True)
class Encoded:
    """A text as word pieces; every array has one entry a piece.

    ``shape`` is the letter case (0 lower or other, 1 Capitalised, 2 UPPER, 3 digit first), + 4 inside
    quotation marks, + 8 where a line begins. ``first`` marks the first piece of each word.
    """

    ids: Ints
    shape: Ints
    first: np.ndarray[Any, np.dtype[np.bool_]]
    starts: Ints
    ends: Ints
    breaks: np.ndarray[Any, np.dtype[np.int8]]  # before a piece: 2 a line begins, 1 a sentence may begin


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """Word pieces of a text, line by line, in linear time."""
    lines = list(_lines(text))
    plain = [text[a:b].translate(STRAIGHT) for a, b in lines]
    columns: list[tuple[int, int, bool, int, int, int]] = []
    for (base, _), line, encoding in zip(
        lines, plain, tokenizer.encode_batch(plain, add_special_tokens=False), strict=True
    ):
        columns.extend(_pieces(base, line, encoding))
    table = np.array(columns, dtype=np.int64).reshape(-1, 6)
    return Encoded(
        table[:, 0], table[:, 1], table[:, 2].astype(bool), table[:, 3], table[:, 4], table[:, 5].astype(np.int8)
    )


def windows(encoded: Encoded, limit: int = PIECES) -> list[tuple[int, int]]:
    """Ranges of pieces that cover the text once: whole lines packed together, long lines cut at sentences."""
    count = len(encoded.ids)
    if not count:
        return []
    cuts = [0]
    lines = [*np.flatnonzero(encoded.breaks == 2).tolist(), count]
    for line, following in pairwise(lines):
        if following - cuts[-1] > limit and line > cuts[-1]:
            cuts.append(line)
        while following - cuts[-1] > limit:
            cuts.append(_cut(encoded, cuts[-1], limit))
    return list(pairwise([*cuts, count]))


def _cut(encoded: Encoded, start: int, limit: int) -> int:
    """Where to cut a line too long for one window: the last sentence that fits, else the last word."""
    inside = slice(start + limit // 4, start + limit + 1)
    for places in (encoded.breaks[inside] > 0, encoded.first[inside]):
        found = np.flatnonzero(places)
        if len(found):
            return int(inside.start + found[-1])
    return start + limit


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def _pieces(base: int, line: str, encoding: Any) -> Iterator[tuple[int, int, bool, int, int, int]]:
    """``(id, shape, first, start, end, break)`` of each piece of a line."""
    quoted, word_before, ended, case = False, None, False, 0
    words = encoding.word_ids
    spans = encoding.offsets
    for i, (piece, word, (a, b)) in enumerate(zip(encoding.ids, words, spans, strict=True)):
        first = word != word_before
        surface = line[a:b]
        if first:
            last = i
            while last + 1 < len(words) and words[last + 1] == word:
                last += 1
            case = _case(line[a : spans[last][1]])
        opens = surface in MARK_OPEN or (surface == MARK_EITHER and not quoted)
        inside = quoted or opens
        if surface in MARK_CLOSE or (surface == MARK_EITHER and quoted):
            quoted = False
        elif opens:
            quoted = True
        line_begins = i == 0
        sentence = ended and first and a > 0 and line[a - 1].isspace()
        yield piece, case + 4 * inside + 8 * line_begins, first, base + a, base + b, 2 if line_begins else int(sentence)
        if surface in SENTENCE_END:
            ended = True
        elif surface not in MARK_CLOSE + MARK_EITHER + "')]":
            ended = False
        word_before = word


def _case(word: str) -> int:
    if word[:1].isdigit():
        return 3
    if len(word) > 1 and word.isupper():
        return 2
    return int(word[:1].isupper())
