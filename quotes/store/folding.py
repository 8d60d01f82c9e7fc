"""Names without accents and case, for finding only: what is stored and shown is never folded."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

# Letters that Unicode does not decompose, one for one. The search index is built with these: a change is a migration.
LETTERS = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H"}
_SINGLE = str.maketrans(LETTERS)
_DOUBLE = str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def straighten(text: str) -> str:
    """Text with the letters of LETTERS replaced; it keeps its length."""
    return text.translate(_SINGLE)


def fold(name: str) -> str:
    """A name for comparing: no accents, no case, single spaces.

    >>> fold("Binali  YILDIRIM") == fold("Binali Yıldırım")
    True
    """
    return " ".join(letters(name).split())


def letters(text: str) -> str:
    """A text without accents and case, its spaces as they are."""
    return (text if text.isascii() else _FOREIGN.sub(_plain, text)).casefold()


def _plain(found: re.Match[str]) -> str:
    """Letters beyond ASCII, folded; the others, nearly all, need no look at each."""
    letters = filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", found[0]))
    return straighten("".join(letters)).casefold().translate(_DOUBLE)
