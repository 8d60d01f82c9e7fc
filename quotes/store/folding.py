"""Names without accents and case, for finding only: what is stored and shown is never folded."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, one for one. The search index is built with these: a change is a migration.
LETTERS = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H"}
_SINGLE = str.maketrans(LETTERS)
_DOUBLE = str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_MAYBE_COMBINING = re.compile("[\u0300-\U0010ffff]")  # no mark that combines stands before these


def straighten(text: str) -> str:
    """Text with the letters of LETTERS replaced; it keeps its length."""
    return text.translate(_SINGLE)


def fold(name: str) -> str:
    """A name for comparing: no accents, no case, single spaces.

    >>> fold("Binali  YILDIRIM") == fold("Binali Yıldırım")
    True
    """
    if not name.isascii():
        letters = _MAYBE_COMBINING.sub(_unaccented, unicodedata.normalize("NFKD", name))
        name = straighten(letters)
    return " ".join(name.casefold().translate(_DOUBLE).split())


def _unaccented(char: re.Match[str]) -> str:
    return "" if unicodedata.combining(char[0]) else char[0]
