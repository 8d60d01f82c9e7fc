"""Names of people, word by word: when may two of them be one person's?

Words are folded (no case, accents or dots). What is never done is a fuzzy comparison: "George Bush" and "George
W. Bush Jr." look alike to every edit distance.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quotes.speakers.words import Word

SUFFIXES = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})
SUFFIXES |= {"vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xxiii"}
ARTICLE = re.compile(r"^(?:a[dlnrstz]|ash|el)-(?=\w{2})")
QUOTES = "\"“”‘’'"
LONG = 5  # letters; shorter names differ by one letter too often
UNDECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "’": "'"})


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """A word of a name for comparison: lower case, no accents, no dots, no Arabic article ("al-Harthy", "Harthy")."""
    low = word.lower()
    low = ARTICLE.sub("", low) if "-" in low else low
    if low.isascii():
        return low.replace(".", "")
    decomposed = unicodedata.normalize("NFKD", low.translate(UNDECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != ".")


def folded(words: list[Word]) -> tuple[str, ...]:
    """The words of a name for comparison; "K.C." counts as one initial, "k"."""
    return tuple(fold(w.text)[:1] if "." in w.text else fold(w.text) for w in words)


def split_suffix(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The name without "Jr." or "III", and that suffix."""
    if len(words) > 1 and words[-1] in SUFFIXES:
        return words[:-1], words[-1]
    return words, ""


def surname(words: tuple[str, ...]) -> str:
    """The last word before any suffix."""
    return split_suffix(words)[0][-1]


def paternal(words: tuple[str, ...]) -> str:
    """The word that may be the first of two surnames: "ortega" in "José Luis Ortega Valle"."""
    bare = split_suffix(words)[0]
    return bare[-2] if len(bare) > 2 and len(bare[-2]) > 2 else ""


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """May two full names (two words or more, folded) be the same person's inside one article?

    The surname and the suffix must agree, the given name too or by its initial; middle names must not clash.
    "Cobb Jr." is a Cobb who is a junior. A name that ends with the whole other one ("State John Kerry", "John Kerry")
    was cut too early.
    """
    (a, suffix_a), (b, suffix_b) = split_suffix(one), split_suffix(other)
    if min(len(a), len(b)) == 1 < max(len(a), len(b)):
        return a[-1] == b[-1] and suffix_a == suffix_b != ""
    if min(len(a), len(b)) < 2 or a[-1] != b[-1] or (suffix_a and suffix_b and suffix_a != suffix_b):
        return False
    short, long = sorted((a, b), key=len)
    if long[-len(short) :] == short:
        return not (suffix_a or suffix_b) or suffix_a == suffix_b
    if (suffix_a or suffix_b) and suffix_a != suffix_b and a != b:
        return False
    return _agree(a[0], b[0]) and all(any(_agree(m, n) for n in long[1:-1]) for m in short[1:-1])


def _agree(one: str, other: str) -> bool:
    """Equal, one the initial of the other, or one letter apart inside ("Kristen" and "Kristin")."""
    if one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1]):
        return True
    return one[-1] == other[-1] and misspelt(one, other)


def misspelt(one: str, other: str) -> bool:
    """Are these long words one letter apart, behind the same first letter?"""
    short, long = sorted((one, other), key=len)
    if len(short) < LONG or len(long) - len(short) > 1 or short[0] != long[0] or short == long:
        return False
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def initials(name: str) -> str:
    """The capitals that the words of a printed name begin with: "WFP"."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def unmarked(name: str) -> str:
    """A name without marks that nothing inside it answers: in 'dealer known as "Pip', 'author of “Saltmarsh'."""
    name = name.strip(QUOTES)
    answered = name.count('"') % 2 == 0 and name.count("“") == name.count("”")
    return name if answered else name.replace('"', "").replace("“", "")
