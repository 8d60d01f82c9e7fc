"""Names across articles: what two spellings of one name have in common, and which names say who is meant.

Nothing here compares fuzzily, and nothing depends on what else is stored: that is why the order of the articles cannot
matter. A key is the name without what printers do differently (case, accents, dots, hyphens, titles); names of
different keys are never joined by the program, only by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from quotes.models import SpeakerType
from quotes.store.folding import fold

if TYPE_CHECKING:
    from quotes.speakers.vocabulary import Vocabulary

_SUFFIXES = {"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr"}
_SUFFIXES |= {numeral: numeral for numeral in ("ii", "iii", "iv")}
_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`](?=\w)")
_POSSESSIVE = re.compile(r"\w['’]s\b|s['’](?=\s|$)")
_HEAD_ENDS = re.compile(r",| (?:of|at|in|for|from|to|with|on|by)\b")


@lru_cache(maxsize=2_000)
def key(name: str, kind: SpeakerType) -> str:
    """The name as every printer's spelling of it has in common: "Jean‑Luc O’Neil, Jr" is "jean luc oneil jr".

    Titles and articles are left out where more than one word stays; a name without a letter or digit is its own key.
    """
    text = _APOSTROPHES.sub("", fold(name))
    words = _WORD.findall(text if kind == "person" else text.replace(".", ""))
    if kind == "person":
        words = [*_without_titles(words[:-1]), *words[-1:]]
        words = [*words[:1], *(_SUFFIXES.get(word, word) for word in words[1:])]
    elif len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words) or fold(name)


@lru_cache(maxsize=2_000)
def particular(name: str, kind: SpeakerType) -> bool:
    """Does the name by itself say who is meant, whatever the article? If not, it belongs to its article alone.

    Not a surname or given name alone ("Smith", "J. Smith"), nobody without a name ("officials", "residents"), no body
    or paper that any town or day may have ("the ministry", "Supreme Court", "a report").
    """
    if kind == "anonymous":
        return False
    return _particular_person(name) if kind == "person" else _particular_body(name, kind)


def field(roles: Iterable[str]) -> str:
    """The one walk of life that the printed roles tell of ("public", "science", "sport", "arts", "faith", "private").

    Empty where they tell of none or of several: a senator who was a professor may be either's namesake.
    """
    found = {field for role in roles for word in _head(role) if (field := _fields().get(word))}
    return found.pop() if len(found) == 1 else ""


def fuller(one: str, other: str) -> str:
    """Of two spellings of one name, the one to show: not shouted, with its accents, unabridged; the order is no matter.

    >>> fuller("ERDOGAN", "Erdogan"), fuller("Recep Erdoğan", "Recep Erdogan")
    ('Erdogan', 'Recep Erdoğan')
    """
    return max(one, other, key=lambda name: (not name.isupper(), sum(char > "\x7f" for char in name), len(name), name))


def split_suffix(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a person's key without "jr" or "iii", and that suffix."""
    return (words[:-1], words[-1]) if len(words) > 1 and words[-1] in _SUFFIXES.values() else (words, "")


@lru_cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """Given name → the names it may be short for, and itself."""
    long: dict[str, set[str]] = {}
    for short, name in _rows("speaker_nicknames.tsv"):
        long.setdefault(short, {short}).add(name)
    return {short: frozenset(names) for short, names in long.items()}


def _particular_person(name: str) -> bool:
    """Two words at least, neither in lower case, and more than an initial before the surname."""
    if _POSSESSIVE.search(name):
        return False
    words, _ = split_suffix(tuple(key(name, "person").split()))
    printed = _WORD.findall(name)
    if min(len(words), len(printed)) < 2 or printed[0].islower() or printed[-1].islower():
        return False
    return len(words[0]) > 1 or len(words) > 2


def _particular_body(name: str, kind: SpeakerType) -> bool:
    """One proper word at least; in lower case only what joins, or the one body of its kind that a place has."""
    if key(name, kind) in _uses("proper"):
        return True
    printed = [word for word in _WORD.findall(name.replace(".", "")) if word not in _vocabulary().function]
    small = [word for word in printed if word.islower()]
    if small and (kind != "organisation" or small[-1] != printed[-1] or small[-1] not in _uses("single")):
        return False
    own = [word for word in printed if not word.islower() and not _common(word.casefold(), kind)]
    return bool(own) and (kind != "document" or len(printed) > 1)


def _common(word: str, kind: SpeakerType) -> bool:
    from quotes.speakers.vocabulary import singular

    words = _vocabulary()
    nouns = {"organisation": words.lexicon.organisations, "group": words.lexicon.groups}.get(
        kind, words.lexicon.documents
    )
    ordinary = _uses("common"), words.uses["adjective"], words.uses["modifier"], words.uses["determiner"]
    return word in nouns or singular(word) in nouns or any(word in some for some in ordinary)


def _without_titles(words: list[str]) -> list[str]:
    titles = _vocabulary().lexicon.titles
    first = next((at for at, word in enumerate(words) if word not in titles or word in _uses("regnal")), len(words))
    return words[first:]


def _head(role: str) -> list[str]:
    """The words of a role before what it is of: "president" of "president of the players' union"."""
    return [word.strip(".") for word in re.split(r"[\s/]+", _HEAD_ENDS.split(role.casefold(), maxsplit=1)[0])]


@lru_cache
def _fields() -> Mapping[str, str]:
    fields = ("public", "science", "sport", "arts", "faith", "private")
    return {word: use for word, use in _rows("speaker_identity.tsv") if use in fields}


@lru_cache
def _uses(use: str) -> frozenset[str]:
    return frozenset(word for word, its in _rows("speaker_identity.tsv") if its == use)


@lru_cache
def _rows(name: str) -> list[tuple[str, str]]:
    lines = (files("quotes.data") / "en" / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(word, use) for word, use in (line.split("\t") for line in lines)]


@lru_cache
def _vocabulary() -> Vocabulary:
    from quotes.lexicon import load
    from quotes.speakers.vocabulary import vocabulary

    return vocabulary(load())
