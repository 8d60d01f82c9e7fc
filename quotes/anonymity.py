"""Sources without a name: of what form they are, how often each outlet has them, and why, where it is printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from quotes.detectors.forms import sentences_of
from quotes.lexicon import load as load_lexicon
from quotes.store import Filters, Store

Row = dict[str, Any]
MOST = 10_000  # claims of which the reason is read

_KNOWING = re.compile(
    r"\b(familiar with|briefed on|close to|knowledge of|aware of|with direct knowledge|involved in)\b", re.IGNORECASE
)
_AFTER = (
    r"\s+(?:who|whom|whose|that|which|not|speaking|familiar|briefed|asked|aboard|around|behind"
    r"|close(?=\s+to\b)|(?:working|based)(?=\s+(?:{0})\b)|known(?=\s+(?:as|to|for|only)\b)|(?:named|called)(?=\s+[\"'“‘]?(?-i:[A-Z]))"
    r"|{0})(?![\w’'-])|[,;(–—]"
)
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
_SOME = r"(?:one|two|three|four|five|several|some|many|most|another|both|a few)"
_PART = re.compile(
    rf"\s*(?:up\s+to\s+|(?:one|{_NUMBER})\s+in\s+(?:every\s+)?{_NUMBER}\s+"
    rf"|{_SOME}\s+of\s+(?:the|these|those|his|her|its|their)\s+)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_EITHER = frozenset(["inside", "outside", "near"])  # before a noun too: "two inside sources"
_ARTICLES = frozenset(["a", "an", "the", "no", "every"])
_OWNERS = ("'s", "’s", "s'", "s’")
_PEOPLE = {"people": "person", "men": "man", "women": "woman", "police": "police"}
_REASON = re.compile(
    r"""\b((?:(?:spoke|speaking|talked)\s+)?(?:on\s+(?:the\s+)?condition\s+(?:of\s+anonymity|that)|
    (?:requested|requesting|demanded|granted|asked\s+for|insisted\s+on|under|with)\s+anonymity|anonymously|
    (?:asked|asking|declined|refused|who\s+did\s+not\s+want|did\s+not\s+wish|wished|preferred)\s+(?:not\s+)?to\s+be\s+
    (?:named|identified)|(?:not|n['’]t)\s+be\s+(?:named|identified)|
    not\s+(?:been\s+)?(?:authori[sz]ed|permitted|allowed)\s+to\s+(?:speak|talk|comment|discuss|brief)|anonymity)\b
    (?:(?!\s+(?:said|says|told|tells|added)\b)[^,;:.!?“”"()—]|
    ,(?=\s(?:because|citing|for\s+fear|fearing|since|given|lest)\b))*)""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=10_000)
def form(source: str) -> str:
    """The form of an unnamed source, its head noun: "official" of "two senior US officials", "person familiar with …".

    A noun that says little alone keeps the one before it: "security guard", "crew member".

    >>> form("a senior US official in Baghdad"), form("people familiar with the talks"), form("aides to Kane")
    ('official', 'person familiar with …', 'aide')
    """
    knowing = _KNOWING.search(source)
    words = _headed(_PART.sub("", source, count=1))
    if not words:
        return source.casefold()
    lexicon = load_lexicon("en")
    head = words[-1].casefold()
    noun = "person" if head in _alone() else _PEOPLE.get(head) or lexicon.lemma(head)
    if len(words) > 1 and noun in lexicon.modifiers["compound"] and _compounds(words[-2]):
        noun = f"{words[-2]} {noun}"
    return f"{noun} {knowing[1].lower()} …" if knowing else noun


def _headed(source: str) -> list[str]:
    """The words of a source up to its head, which stands before the first that tells more of it."""
    words = list(_WORD.finditer(source))
    ends = [word.end() for word in words]
    cuts = ((bisect_right(ends, cut.start()), cut[0].strip().casefold()) for cut in _after().finditer(source))
    size = next((at for at, after in cuts if at and _heads(words[at - 1][0], after)), len(words))
    return [word[0] for word in words[:size]]


def _heads(word: str, after: str) -> bool:
    """Whether a word may be the head of a source that another stands behind."""
    if word.casefold() in _alone():
        return after not in _EITHER
    return not (word.endswith(_OWNERS) or ("-" in word and word.endswith("ed")) or word.casefold() in _describing())


def _compounds(word: str) -> bool:
    """Whether a word before a noun may be a noun that makes one with it: no name, and nothing that only describes."""
    return word.islower() and "-" not in word and word not in _describing() and not word.endswith(_OWNERS)


@lru_cache
def _alone() -> frozenset[str]:
    """Words that stand for people where no noun follows: "two in the party"."""
    modifiers = load_lexicon("en").modifiers
    return modifiers["determiner"] - modifiers["possessive"] - _ARTICLES


@lru_cache
def _describing() -> frozenset[str]:
    modifiers = load_lexicon("en").modifiers
    return modifiers["describing"] | modifiers["determiner"] | modifiers["possessive"] | modifiers["preposition"]


@lru_cache
def _after() -> re.Pattern[str]:
    """What begins behind the head of a source."""
    prepositions = "|".join(sorted(load_lexicon("en").modifiers["preposition"]))
    return re.compile(_AFTER.format(prepositions), re.IGNORECASE)


def reasons(context: str, sources: Iterable[int]) -> dict[int, list[str]]:
    """Why sources are not named, in the words of the paragraph, up to what they said: by the place of each in it.

    A reason is that of the source before it in its sentence, the nearest; else of one behind it there; else of the
    last one before. A place outside of the paragraph comes before or behind it all.

    >>> told = "A resident, who asked not to be named, was afraid, an official said."
    >>> reasons(told, [0, told.index("an official")])
    {0: ['asked not to be named']}
    """
    found: dict[int, list[str]] = {}
    places, ends = sorted(sources), sentences_of(context, load_lexicon("en")).ends
    for match in _REASON.finditer(context):
        at = bisect_right(places, match.start())
        before, behind = (places[at - 1] if at else None), (places[at] if at < len(places) else None)
        same = before is not None and bisect_right(ends, max(0, before)) == bisect_right(ends, match.start())
        follows = behind is not None and bisect_right(ends, match.end()) == bisect_right(ends, behind)
        place = before if before is not None and (same or not follows) else behind
        if place is not None:
            found.setdefault(place, []).append(" ".join(match[1].split()).rstrip(" ,"))
    return found


def counted(store: Store, filters: Filters | None = None) -> list[Row]:
    """Unnamed sources by outlet and form, and each outlet that has none; those with most claims first.

    Keys: publisher, form (None for an outlet without), claims, articles, share (of the outlet's claims), outlet_claims,
    speakers (as named, most frequent first), example (a claim's number), quote, reasons (those printed, most frequent
    first).
    """
    filters = filters or Filters()
    outlets = {row["publisher"]: row["claims"] for row in store.outlets(filters)}
    groups: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in store.unnamed(filters):
        groups[row["publisher"], form(row["speaker"])].append(row)
    reasons = _reasons(store.reasoned(filters, MOST))
    rows = [_row(*key, rows, outlets[key[0]], reasons.get(key, [])) for key, rows in groups.items()]
    silent = outlets.keys() - {publisher for publisher, _ in groups}
    rows += [_row(publisher, None, [], outlets[publisher], []) for publisher in silent]
    rows.sort(key=lambda row: (-row["claims"], row["publisher"] or "", row["form"] or ""))
    quotes = {row["id"]: row["quote"] for row in store.quotes([row["example"] for row in rows if row["example"]])}
    return [{**row, "quote": quotes.get(row["example"])} for row in rows]


def _reasons(rows: Iterable[Row]) -> dict[tuple[str | None, str], list[str]]:
    found: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    for paragraph in _paragraphs(rows):
        start, context = paragraph[0]["context_start"], paragraph[0]["context"]
        told = reasons(context, {row["source_start"] - start for row in paragraph})
        for row in paragraph:
            found[row["publisher"], form(row["speaker"])].update(told.get(row["source_start"] - start, ()))
    return {key: [words for words, _ in counts.most_common()] for key, counts in found.items()}


def _paragraphs(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """The claims that have one context, whose sources may be taken for one another's."""
    groups: dict[tuple[int, int, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["article_id"], row["context_start"], row["context"]].append(row)
    return groups.values()


def _row(publisher: str | None, name: str | None, rows: list[Row], whole: int, reasons: list[str]) -> Row:
    claims = sum(row["claims"] for row in rows)
    return {
        "publisher": publisher,
        "form": name,
        "claims": claims,
        "share": round(claims / whole, 4),
        "outlet_claims": whole,
        "speakers": [row["speaker"] for row in rows],
        "example": min((row["example"] for row in rows), default=None),
        "reasons": reasons,
    }
