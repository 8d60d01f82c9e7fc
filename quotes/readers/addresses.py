"""Articles at web addresses: a page, a feed and what it names, a report, an archive, whatever the bytes show it to be.

Nothing is lost when a run is stopped: an address counts as read only when its article is in the store, or when there
was nothing to get.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from posixpath import basename
from urllib.parse import unquote, urlsplit

from quotes.models import Article, Skipped, Visit
from quotes.readers.decoding import mend
from quotes.readers.feeds import Entry, completed, entries, inline, is_feed
from quotes.readers.fetching import Response, fetcher
from quotes.readers.inputs import Found, Input, Options
from quotes.readers.links import unmarked

DEEPEST = 2  # lists of addresses, one named by the other
_FIRST = (
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"WARC/\d"), ".warc"),
    (re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S), ".html"),
)
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/pdf": ".pdf",
    "application/warc": ".warc",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_LASTING = (" 404", " 410", " 451", "robots.txt forbids it", "not a web address")  # reasons that stay


def read_address(url: str, options: Options, depth: int = 0) -> Iterator[Found]:
    """What is at an address; where nothing has changed since it was stored, the article as it is stored.

    ``depth`` is through how many feeds and tables it was found: a feed may name itself.
    """
    url = unmarked(mend(url.strip()))
    if depth > DEEPEST:
        yield Skipped(url, "an address in a list of lists")
        return
    memory = options.memory
    visit = memory.visited(url) if memory else None
    stored = memory.article_at(url) if memory and visit else None
    current = visit if stored or _all_read(visit, options) else None
    answer = fetcher(options.allow_private, options.ignore_robots).fetch(url, current)
    if isinstance(answer, Skipped):
        if memory and answer.reason.endswith(_LASTING):
            memory.visit(url, Visit(settled=True))
        yield answer
    elif answer.status == 304:
        yield from [stored] if stored else []
    else:
        yield from _read(answer, url, options, depth)


def follow(named: list[Entry], source: Input) -> Iterator[Found]:
    """The articles of a feed's entries that are not known yet, each completed by what the feed says of it."""
    seen: set[str] = set()
    for nth, entry in enumerate(named, 1):
        if entry.link is None and entry.content.strip():
            yield inline(entry, source, nth)
        elif entry.link is None:
            yield Skipped(f"{source.where}#{nth}", "an entry without a link and without a text")
        elif entry.link not in seen and not _is_known(entry.link, source.options):
            seen.add(entry.link)
            yield from (completed(found, entry) for found in read_address(entry.link, source.options, source.depth + 1))


def _read(answer: Response, url: str, options: Options, depth: int) -> Iterator[Found]:
    """The articles in an answer, and what is to be remembered of it: a page without one is not asked for again."""
    from quotes.readers import read_input

    name = called(answer)
    source = Input(BytesIO(answer.body), name, url, url, options, url=answer.url, charset=answer.charset, depth=depth)
    if is_feed(answer.body):
        yield from _read_feed(answer, source)
        return
    article = None
    for found in read_input(source):
        if isinstance(found, Article) and found.place == url:
            found = replace(found, url=found.url or answer.url)
        if isinstance(found, Article):
            article = article or found.url or url
        yield found
    if options.memory:
        options.memory.visit(url, replace(answer.visit, article=article, settled=article is None))


def _read_feed(answer: Response, source: Input) -> Iterator[Found]:
    found = entries(answer.body, source.where, url=answer.url, charset=answer.charset)
    if isinstance(found, Skipped):
        yield found
        return
    if source.options.memory:
        leads = tuple(entry.link for entry in found if entry.link)
        source.options.memory.visit(source.where, replace(answer.visit, leads=leads))
    yield from follow(found, source)


def called(answer: Response) -> str:
    """A name whose end says what an answer is: its bytes know best, then its path, then the type it declares."""
    path = unquote(urlsplit(answer.url).path).lower()
    base = basename(path.rstrip("/")) or "page"
    for pattern, ending in _FIRST:
        if pattern.match(answer.body):
            return base if base.endswith(ending) else f"{base}{ending}"
    if answer.body.startswith(b"PK\x03\x04"):
        return f"{base}{_packaged(answer.body)}"
    if answer.body.startswith(b"\x1f\x8b"):
        return base if base.endswith(".gz") else f"{base}.warc.gz"
    return f"{base}{_KINDS[answer.kind]}" if answer.kind in _KINDS else base


def _packaged(data: bytes) -> str:
    """The ending for what is packed as zip: a document and a workbook are so too, and their first bytes do not tell."""
    with suppress(zipfile.BadZipFile, ValueError, OSError):
        names = zipfile.ZipFile(BytesIO(data)).namelist()
        return ".docx" if "word/document.xml" in names else ".xlsx" if "xl/workbook.xml" in names else ".zip"
    return ".zip"


def _all_read(visit: Visit | None, options: Options) -> bool:
    """Whether all that a feed named at the last visit is known, so that an unchanged feed has nothing new."""
    return visit is not None and bool(visit.leads) and all(_is_known(lead, options) for lead in visit.leads)


def _is_known(url: str, options: Options) -> bool:
    """Whether there is nothing left to get at an address."""
    memory = options.memory
    if memory is None:
        return False
    visit = memory.visited(url)
    return bool(visit and visit.settled) or memory.article_at(url) is not None
