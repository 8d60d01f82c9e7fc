"""The words of a passage as they are compared: no case, no accents, no marks.

"won't" is "will not", "U.S." is "US", "forty-one" is "41", "per cent" is "%", "1,500" is "1500" and "1,5" is not
"15"; any other hyphen separates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.store.folding import fold

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = _SMALL[1:10]
NUMBERS = {word: str(number) for number, word in enumerate(_SMALL)}
NUMBERS |= {word: str(10 * number) for number, word in enumerate(_TENS, 2)}
NUMBERS |= {f"{ten}-{unit}": str(int(NUMBERS[ten]) + int(NUMBERS[unit])) for ten in _TENS for unit in _UNITS}
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[%$€£¥]|(?<![\w.,)%])[-−](?=\d)|\d+(?:[.,]\d+)*(?!\w)"
    rf"|(?i:\b(?:{'|'.join(_TENS)})-(?:{'|'.join(_UNITS)})\b|\bper[ -]cent\b)|[^\W_]+(?:['’ʼ][^\W_]+)*"
)
_THOUSANDS = re.compile(r",(?=(?:\d\d,){0,4}\d{3}(?!\d))")  # in "12,000", and in "1,50,000" as India writes it
_SPELLINGS = {**NUMBERS, "%": "percent", "per cent": "percent", "per-cent": "percent", "-": "minus", "−": "minus"}
_SPELLINGS |= {"cannot": "can not", "won't": "will not", "can't": "can not", "shan't": "shall not", "ain't": "is not"}
_ENDINGS = {"n't": " not", "'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'s": ""}


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text, and as it is compared; two where one is a contraction ("can", "not")."""

    start: int
    end: int
    folded: str


def words(text: str) -> list[Word]:
    """The words of a text in order, with their offsets in it."""
    found = []
    for match in _WORD.finditer(text):
        found += [Word(match.start(), match.end(), part) for part in _folded(match[0]).split()]
    return found


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    plain = _THOUSANDS.sub("", fold(word).replace("’", "'").replace("ʼ", "'"))
    if word.endswith("."):
        return plain.replace(".", "")
    if plain in _SPELLINGS:
        return _SPELLINGS[plain]
    ending = next((ending for ending in _ENDINGS if plain.endswith(ending)), "")
    return plain.removesuffix(ending) + _ENDINGS.get(ending, "")
