"""Stable names: what an article is known by, and the uids of its versions and of their claims."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from quotes.models import Article, Extents

Row = dict[str, Any]
_EXTRACTED = (
    "uid", "position", "kind", "mode", "negated", "hearsay", "content", "cue_extents", "lemma", "stance",
    "source_extents", "role", "method", "mentions", "speaker_confidence", "detector", "confidence",
)  # fmt: skip
_JSON = json.JSONEncoder(ensure_ascii=False)
_LINK = ("position", "relation", "words", "start", "end", "method", "mentions", "confidence")
SPEAKER = ("key", "type", "scope", "field")  # what a row of speakers is known by, and unique in


def identity(article: Article) -> str:
    """What an article is known by: its url, or its place, or nothing but its text."""
    return article.url or article.place or _of_text(article.sha256)


def _of_text(sha256: str) -> str:
    return f"sha256:{sha256}"


def origin(article: Row) -> tuple[str, str]:
    """What the uid of a stored article is made of: its url and text. A place is not in it: folders differ."""
    nowhere = article["identity"] in (article["place"], _of_text(article["sha256"]))
    return "" if nowhere else article["identity"], article["sha256"]


def article_uid(origin: tuple[str, str], nth: int) -> str:
    """Stable name of one version of an article; ``nth`` counts those of the same origin from 0, as first saved."""
    return "a" + _digest(*origin, *([str(nth)] if nth else []))


def claim_uid(article_uid: str, content: Extents, source: Extents, nth: int) -> str:
    """Stable name of a claim, whatever run finds it; ``nth`` counts those of the same words and source from 0."""
    return "c" + _digest(
        article_uid,
        *(f"{extent.start}-{extent.end}" for extent in content),
        "/",
        *(f"{extent.start}-{extent.end}" for extent in source),
        str(nth),
    )


def _digest(*parts: str) -> str:
    # Spreadsheets turn 1234567890123456 and 12e4567 into numbers: callers put a letter first.
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def claim_digest(claim: Row, speaker: Row | None, chain: Iterable[tuple[Row, Row | None]]) -> str:
    """Digest of all that was extracted for a claim: its row, its speaker's, and those of its chain with theirs."""
    parts = [_values(claim, _EXTRACTED), _values(speaker, SPEAKER)]
    parts += [[_values(link, _LINK), _values(who, SPEAKER)] for link, who in chain]
    return _digest(_JSON.encode(parts))


def _values(row: Row | None, columns: tuple[str, ...]) -> list[Any]:
    found = [] if row is None else [row[name] for name in columns]
    return [int(value) if isinstance(value, bool) else value for value in found]
