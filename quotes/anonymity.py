"""Sources without a name: of what form they are, how often each outlet has them, and why, where it is printed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from quotes.lexicon import load as load_lexicon
from quotes.store import Filters, Store

Row = dict[str, Any]
MOST = 10_000  # claims of which the reason is read

_KNOWING = re.compile(
    r"\b(familiar with|briefed on|close to|knowledge of|aware of|with direct knowledge|involved in)\b", re.IGNORECASE
)
_AFTER = re.compile(r"\s+(?:who|whom|whose|that|which|of|in|on|at|from|for|with|near|inside|within|speaking|familiar|"
                    r"briefed|close|working|asked|based)\b.*|[,;(–—].*", re.IGNORECASE | re.DOTALL)  # fmt: skip
_PART = re.compile(r"\s*(?:one|two|three|four|five|several|some|many|most|another|both|a few)\s+of\s+"
                   r"(?:the|these|those|his|her|its|their)\s+", re.IGNORECASE)  # fmt: skip
_PEOPLE = {
    "people": "person",
    "one": "person",
    "another": "person",
    "others": "person",
    "men": "man",
    "women": "woman",
    "police": "police",
}
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
    """The form of an unnamed source: "official" of "two senior US officials", "person familiar with …".

    >>> form("a senior US official in Baghdad"), form("people familiar with the talks")
    ('official', 'person familiar with …')
    """
    knowing = _KNOWING.search(source)
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", _AFTER.sub("", _PART.sub("", source, count=1)))
    if not words:
        return source.casefold()
    head = words[-1].casefold()
    noun = _PEOPLE.get(head) or load_lexicon("en").lemma(head)
    return f"{noun} {knowing[1].lower()} …" if knowing else noun


def reason(context: str) -> str | None:
    """Why a source is not named, in the words of the paragraph, up to what it said; None where it does not say."""
    found = _REASON.search(context)
    return " ".join(found[1].split()).rstrip(" ,") if found else None


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
    for row in rows:
        if words := reason(row["context"]):
            found[row["publisher"], form(row["speaker"])][words] += 1
    return {key: [words for words, _ in counts.most_common()] for key, counts in found.items()}


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
