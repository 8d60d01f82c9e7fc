"""RSS and Atom: which articles a feed names, and what it says of them."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from quotes.models import Article, Skipped
from quotes.readers.decoding import decode
from quotes.readers.facts import iso, people
from quotes.readers.html import declared, read_html
from quotes.readers.inputs import Found, Input
from quotes.readers.links import joined, unmarked
from quotes.readers.metadata import moment, string

LIMIT = 10_000_000  # bytes
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LOOK = 2048  # bytes in which a feed shows that it is one
TOO_LONG = f"a feed longer than {LIMIT // 1_000_000} MB"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article; ``content`` is HTML, and ``link`` without a fragment."""

    link: str | None
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    content: str


def is_feed(data: bytes) -> bool:
    """Whether bytes begin as a feed does."""
    return _FEED.search(data[:_LOOK].replace(b"\0", b"")) is not None


def entries(data: bytes, where: str, *, url: str | None = None, charset: str | None = None) -> list[Entry] | Skipped:
    """The articles that a feed names, in its order, their links resolved against ``url``; or why there are none.

    XML that declares entities is refused before it is parsed: a kilobyte of them can become gigabytes.
    """
    if len(data) > LIMIT:
        return Skipped(where, TOO_LONG)
    try:
        text, _ = decode(data, charset or declared(data))
    except ValueError as error:
        return Skipped(where, str(error))
    if "<!entity" in text.casefold():
        return Skipped(where, "a feed that declares entities, which none needs")
    parsed = _parsed(_DECLARATION.sub("", text), url)
    if not parsed.entries and (parsed.bozo or not parsed.version):
        return Skipped(where, "a feed that cannot be read")
    base = joined(url or "", parsed.feed.get("link") or "")
    return [_entry(one, base) for one in parsed.entries]


def _parsed(text: str, url: str | None) -> Any:
    import feedparser

    # A stream, never a string or bytes, which feedparser would take for the name of a file or for an address.
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": url} if url else {})}
    return feedparser.parse(BytesIO(text.encode()), response_headers=headers)


def _entry(found: Any, base: str) -> Entry:
    link = string(found.get("link"))
    whole = unmarked(joined(base, link)) if link else ""
    contents = [content.get("value") or "" for content in found.get("content", [])]
    authors = [found.get("author")] if len(found.get("authors", [])) < 2 else [one.get("name") for one in found.authors]
    return Entry(
        whole if whole.startswith(("http://", "https://")) else None,
        string(found.get("title")),
        moment(iso(found.get("published") or "")) or _time(found.get("published_parsed")),
        tuple(name for author in authors for name in people(_unmailed(string(author) or ""))),
        max(contents, key=len, default="") or found.get("summary") or "",
    )


def _unmailed(author: str) -> str:
    """The name in "jo@a.example (Jo Bell)" or "Jo Bell <jo@a.example>"; feedparser cuts addresses at three letters."""
    return parseaddr(author)[0] if "@" in author else author


def _time(parsed: Any) -> str | None:
    """What feedparser makes of a date, which is in UTC."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def completed(found: Found, entry: Entry) -> Found:
    """An article with what its page did not say and the feed does."""
    if isinstance(found, Skipped):
        return found
    return replace(
        found,
        title=found.title or entry.title,
        published=found.published or entry.published,
        authors=found.authors or entry.authors,
    )


def inline(entry: Entry, source: Input, nth: int) -> Found:
    """The article of an entry that has no link but stands in the feed whole."""
    part = source.part(entry.title or f"entry {nth}", b"", nth)
    found = read_html(entry.content.encode(), part.where, charset="utf-8", place=part.place)
    return completed(found, entry) if isinstance(found, Article) else found


def read_feed(source: Input) -> Iterator[Found]:
    """The articles that a feed names, fetched from where they are; what memory holds of them is not fetched again."""
    from quotes.readers.addresses import follow

    data = source.stream.read(LIMIT + 1)
    if not is_feed(data):
        yield Skipped(source.where, "not a feed")
        return
    found = entries(data, source.where, url=source.url, charset=source.charset)
    if isinstance(found, Skipped):
        yield found
    else:
        yield from follow(found, source)
