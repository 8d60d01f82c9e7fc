"""Pages of a report, line by line, to text: columns in their order, page heads gone, words and paragraphs mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

_GUTTER = 3  # spaces that part two columns
_CROSSED = 0.15  # of the lines that reach over a gutter, at most: titles do
_FEWEST = 5  # lines on either side of a gutter
_HEADING = 80  # code points; what is longer and has no end is no heading but half a paragraph
_EDGE = 3  # lines at either end of a page that may be its head or foot
_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u00ad‐]$")
_ENDED = re.compile(r"[.!?:;…][”’\"')\]]*$")
_LIGATURES = {chr(0xFB00 + n): letters for n, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}

Known = Callable[[str], bool]


def flowing(pages: Sequence[str], known: Known) -> str:
    """The text of pages that are laid out with spaces; paragraphs are separated by a blank line.

    ``known`` tells whether a word is one of the language: it decides about the hyphen at the end of a line.
    """
    lined = _without_heads([[_plain(line) for line in page.split("\n")] for page in pages])
    words = {word for page in lined for line in page for word in re.findall(r"[\w-]+", line.lower())}
    paragraphs: list[str] = []
    for page in lined:
        for block in _blocks(page):
            for first, lines in _paragraphs(block):
                text = _joined(lines, words, known)
                if paragraphs and first and _goes_on(paragraphs[-1], text):
                    paragraphs[-1] = _joined([paragraphs[-1], text], words, known)
                else:
                    paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _plain(line: str) -> str:
    return "".join(_LIGATURES.get(char, char) for char in line).rstrip()


# Heads and feet


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines at their edges that are numbers of pages, or that half of all pages have there."""
    heads = _repeated([_filled(page)[:_EDGE] for page in pages])
    feet = _repeated([_filled(page)[: -_EDGE - 1 : -1] for page in pages])
    for page in pages:
        filled = [number for number, line in enumerate(page) if line.strip()]
        for numbers, repeated in ((filled[:_EDGE], heads), (filled[: -_EDGE - 1 : -1], feet)):
            for number in numbers:  # from the edge inwards, as far as there are any
                if _mark(page[number]) not in repeated and not _NUMBER.fullmatch(page[number].strip()):
                    break
                page[number] = ""
    return pages


def _filled(page: list[str]) -> list[str]:
    return [line for line in page if line.strip()]


def _repeated(edges: list[list[str]]) -> set[str]:
    counts = Counter(mark for lines in edges for mark in set(map(_mark, lines)))
    return {mark for mark, count in counts.items() if count >= max(2, len(edges) / 2)}


def _mark(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())


# Columns


def _blocks(page: list[str]) -> Iterator[list[str]]:
    """Blocks of lines in reading order: of two columns the left one first, as far as no line crosses them."""
    gutter = _gutter(page)
    if not gutter:
        yield page
        return
    left: list[str] = []
    right: list[str] = []
    for line in page:
        if _crosses(line, gutter):
            yield from (side for side in (left, right) if any(side))
            left, right = [], []
            yield [line]
        else:
            left.append(line[:gutter].rstrip())
            right.append(line[gutter:])
    yield from (side for side in (left, right) if any(side))


def _gutter(page: list[str]) -> int:
    """The place of the space between two columns, 0 if there is but one: hardly any line has words there."""
    lines = [line for line in page if line.strip()]
    width = max(map(len, lines), default=0)
    best, least = 0, _CROSSED * len(lines)
    for place in range(width // 4, 3 * width // 4):
        beside = sum(bool(line[:place].strip()) and bool(line[place:].strip()) for line in lines)
        crossing = sum(_crosses(line, place) for line in lines)
        if beside - crossing >= _FEWEST and crossing < least:
            best, least = place, crossing
    return best


def _crosses(line: str, place: int) -> bool:
    """Whether words of a line stand where a gutter would be."""
    return bool(line[place - _GUTTER : place].strip())


# Paragraphs


def _paragraphs(block: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines of each paragraph, and whether it is the first of its block, which may go on from the last."""
    apart = _spacing(block)
    margin = min((len(line) - len(line.lstrip()) for line in block if line.strip()), default=0)
    width = max(map(len, block), default=0)
    lines: list[str] = []
    first, blank = True, 0
    for line in block:
        if not line.strip():
            blank += 1
            continue
        indented = len(line) - len(line.lstrip()) >= margin + 2
        short = bool(lines) and len(lines[-1]) < 0.8 * (width - margin) and bool(_ENDED.search(lines[-1]))
        if lines and (blank > apart or indented or short):
            yield first, lines
            lines, first = [], False
        lines.append(line.strip())
        blank = 0
    if lines:
        yield first, lines


def _spacing(block: list[str]) -> int:
    """How many blank lines stand between two lines of one paragraph: one where a text is set that wide."""
    filled = [number for number, line in enumerate(block) if line.strip()]
    gaps = Counter(after - before - 1 for before, after in pairwise(filled))
    return 1 if gaps[1] > gaps[0] and len(filled) > _FEWEST else 0


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph goes on over the end of a column or page."""
    return not _ENDED.search(before) and (after[:1].islower() or len(before) > _HEADING)


def _joined(lines: Sequence[str], words: set[str], known: Known) -> str:
    text = " ".join(lines[0].split())
    for line in lines[1:]:
        line = " ".join(line.split())
        cut = _HYPHENATED.search(text)
        if cut and line[:1].islower():
            rest = re.match(r"[^\W\d_]*", line)
            text = text[:-1] + ("" if _is_one(cut[1], rest[0] if rest else "", words, known) else "-") + line
        else:
            text = f"{text} {line}"
    return text


def _is_one(start: str, rest: str, words: set[str], known: Known) -> bool:
    """Whether a word that a hyphen cuts at the end of a line has none otherwise."""
    one, two = f"{start}{rest}".lower(), f"{start}-{rest}".lower()
    if two in words or one in words:
        return two not in words
    return known(one) or not (known(start.lower()) and known(rest.lower()))
