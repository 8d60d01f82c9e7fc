"""Stable names: what an article is known by, and the uids of its versions and of their claims."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from quotes.models import Article, Extents

Row = dict[str, Any]


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
