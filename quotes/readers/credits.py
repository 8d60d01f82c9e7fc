"""Whose copy an article is: the news agencies that its dateline, byline or last lines credit.

The text stays as it is. Only agencies of ``data/agencies.tsv`` are named, and only where credit lines stand: a report
about an agency credits nobody.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from quotes.models import Article

_EDGE = 4000  # code points at either end in which credits are looked for
_HEAD, _TAIL = 6, 5  # lines there that are not blank
_LONGEST = 400  # code points of a line that credits somebody
_STAFF = r"(?:\s+(?:staff|news|health|science|sports?|business|political|senior|white|house)\b)*"
_STAFF += r"(?:\s+(?:writers?|reporters?|correspondents?|editors?|agency))?"
_PARTICLES = (
    "al",
    "am",
    "an",
    "da",
    "das",
    "de",
    "del",
    "der",
    "do",
    "dos",
    "du",
    "el",
    "en",
    "la",
    "le",
    "of",
    "on",
    "sur",
    "und",
    "upon",
)
_CONTRIBUTED = re.compile(r"\bcontributed\s+(?:to\s+th[ie]s|reporting|from)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"""[\W_]*(?:with\s+(?:files|inputs?|reporting|additional\s+reporting|material|agency\s+inputs?)\s+(?:from|by)\b
    |(?:additional\s+)?reporting\s+(?:by|from)\b|sources?\s*:|agenc(?:y|ies)\s*:|©|\(c\)|copyright\b|via\s+
    |courtesy\s+of\b|distributed\s+by\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def credited(article: Article) -> Article:
    """The article with the agencies it credits, in ``credit``, and the lines that do so among its notes.

    What its metadata credits comes first; agencies are joined with "; ", each by one name.
    """
    lines = dict(_lines(article.text))
    authors = (agencies(author) for author in article.authors)
    names = [name for found in (article.credit, *authors) if found for name in found.split("; ")]
    names += (name for found in lines.values() for name in found)
    notes = tuple(note for line in lines if (note := f"credit line: {line}") not in article.notes)
    return replace(article, credit="; ".join(dict.fromkeys(names)) or None, notes=article.notes + notes)


def agencies(credit: str) -> str | None:
    """The agencies of a credit that names nothing else, "AP/Reuters" or "By Jo Bell, AFP"; None if it is no such."""
    known = _patterns()["byline"].fullmatch(credit[:_LONGEST])
    return "; ".join(dict.fromkeys(_agencies(credit))) if known else None


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    """Lines that give credit, on one line, with the agencies in them; a dateline is given without what it begins."""
    head = [line.strip() for line in text[:_EDGE].split("\n") if line.strip()][:_HEAD]
    tail = [line.strip() for line in text[-_EDGE:].split("\n") if line.strip()][-_TAIL:]
    patterns = _patterns()
    for line in head:
        if (found := patterns["dateline"].match(line)) and _is_place(found["place"]):
            yield " ".join(found[0].split()), _agencies(found["who"])
        elif len(line) <= _LONGEST and patterns["byline"].fullmatch(line):
            yield " ".join(line.split()), _agencies(line)
    for line in tail:
        if credit := _closing(line):
            yield " ".join(credit.split()), _agencies(credit)


def _is_place(words: str) -> bool:
    """Whether the words before an agency in a dateline may be a place and a day: "RIO DE JANEIRO, March 5"."""
    return all(not word[0].islower() or word in _PARTICLES for word in words.split()) and not _agencies(words)


def _closing(line: str) -> str:
    """The part of a last line that gives credit, "" if none does."""
    if len(line) <= _LONGEST:
        if _GIVEN.match(line) or _CONTRIBUTED.search(line):
            return line if _agencies(line) or _named_by_hand(line) else ""
        if _patterns()["byline"].fullmatch(line.strip("()[]–—-*. ")):
            return line
    found = _patterns()["end"].search(line[-_LONGEST:])
    return found[0] if found else ""


def _named_by_hand(line: str) -> bool:
    """Whether reporters or editors are credited, though no agency is."""
    return bool(re.match(r"\W*(?:with\s+files|(?:additional\s+)?reporting)\s", line, re.IGNORECASE))


def _agencies(words: str) -> list[str]:
    return [_folded()[" ".join(found.split()).casefold()] for found in _patterns()["agency"].findall(words)]


def _spelt(form: str) -> str:
    """A pattern for a form: an abbreviation in capitals is none in other letters, "AP" but not "ap"."""
    words = re.escape(form).replace(r"\ ", r"\s+")
    return f"(?-i:{words})" if form.isupper() else words


@cache
def _forms() -> dict[str, str]:
    """Forms of the names of agencies → the one name."""
    with (files("quotes") / "data" / "agencies.tsv").open(encoding="utf-8") as file:
        return {row["form"]: row["name"] for row in csv.DictReader(file, delimiter="\t")}


@cache
def _folded() -> dict[str, str]:
    return {form.casefold(): name for form, name in _forms().items()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    forms = "|".join(map(_spelt, sorted(_forms(), key=len, reverse=True)))
    agency = rf"(?:the\s+)?(?<![\w@.])(?:{forms})(?!\w)"
    several = rf"{agency}(?:\s*(?:[,;/&|+-]|and)\s*{agency})*"
    sources = {
        "agency": rf"(?<![\w@.])({forms})(?!\w)",
        "dateline": rf"(?P<place>[^()\n]{{0,60}})\((?P<who>{several})\)\s*[-–—:]",
        "byline": rf"(?:by\s+)?{several}{_STAFF}|by\s[^.;:]{{1,80}}?[\s,|/]{several}{_STAFF}",
        "end": rf"[(\[]\s*{several}\s*[)\]]\.?$|(?<=[\s.”\"])[-–—]\s*{several}\.?$",
    }
    return {name: re.compile(source, re.IGNORECASE) for name, source in sources.items()}
