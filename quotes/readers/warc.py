"""Web archives (WARC, ISO 28500): the pages, texts and documents that a crawler was answered with.

Nothing that is damaged is read: a record counts if it has its length and, where it states one, its digest. After
damage reading goes on at the next record.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from quotes.models import Article, Skipped
from quotes.readers.inputs import LIMIT, TOO_LONG, Found, Input

# Types of content that are read, and the ending of a file of that kind.
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_PACKED, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."  # how a record begins, gzipped or not
_HEAD = 1 << 20  # bytes of headers, at most
_STEP = 1 << 20


def read_warc(source: Input) -> Iterator[Found]:
    """The articles of an archive, gzipped or not; what else is in it is counted in one Skipped at the end."""
    others: Counter[str] = Counter()
    for record in _records(source):
        if isinstance(record, Skipped):
            yield record
        else:
            yield from _read(record, source, others)
    if others:
        counts = ", ".join(f"{number:,} {kind}" for kind, number in others.most_common())
        yield Skipped(source.where, f"records that are no articles: {counts}")


def _records(source: Input) -> Iterator[Any]:
    """Whole records in order, and a Skipped for each stretch that is damaged."""
    from fastwarc.warc import ArchiveIterator

    stream, start, last = source.stream, 0, -1
    packed = stream.read(2) == _PACKED[:2]
    while start >= 0:
        reached = start
        stream.seek(start)
        try:
            for record in ArchiveIterator(stream, parse_http=False, max_header_len=_HEAD):
                reached = last = start + record.stream_pos
                damage = _damage(record)
                yield Skipped(f"{source.where}:{reached}", damage) if damage else record
            break
        except OSError:
            bad = reached if reached > last else reached + 1
            start = _next(stream, reached + 1, _PACKED if packed else _PLAIN)
            rest = f"reading goes on at byte {start}" if start >= 0 else "nothing after it can be read"
            yield Skipped(f"{source.where}:{bad}", f"damaged, or no web archive; {rest}")
    if packed and last >= 0 and start >= 0 and (lost := _left(stream, last)):
        yield Skipped(f"{source.where}:{last}", f"cut off: the last {lost} bytes are no whole record")
    elif last < 0 and start >= 0:
        yield Skipped(source.where, "empty, or cut off before the first record ends")


def _damage(record: Any) -> str:
    """Why a record is not to be taken for whole, "" if it is; its bytes are then in memory."""
    declared = record.headers.get("Content-Length", "")
    if not declared.isdecimal():
        return "cut off in its head"
    if int(declared) > LIMIT:
        return TOO_LONG
    record.freeze()
    if record.content_length != int(declared):
        return f"cut off: {record.content_length} of {declared} bytes"
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest(consume=False):
        return "damaged: its digest is another"
    if cut := record.headers.get("WARC-Truncated"):
        return f"cut off by the crawler: {cut}"
    return ""


def _next(stream: BinaryIO, start: int, mark: bytes) -> int:
    """Where ``mark`` comes next, -1 if it does not."""
    stream.seek(start)
    at, kept = start, b""
    while data := stream.read(_STEP):
        found = (kept + data).find(mark)
        if found >= 0:
            return at - len(kept) + found
        at, kept = at + len(data), (kept + data)[1 - len(mark) :]
    return -1


def _left(stream: BinaryIO, start: int) -> int:
    """How many bytes follow the gzip member that begins at ``start``."""
    stream.seek(start)
    member = zlib.decompressobj(31)
    try:
        while (data := stream.read(_STEP)) and not member.eof:
            while data and not member.eof:
                member.decompress(data, _STEP)
                data = member.unconsumed_tail
    except zlib.error:
        return 0
    return len(member.unused_data) + len(data) + len(stream.read(_STEP)) if member.eof else 0


def _read(record: Any, source: Input, others: Counter[str]) -> Iterator[Found]:
    """What the readers find in one record; records that are no answer of a site are left out, as revisits are."""
    from quotes.readers import read_input  # the table of readers, which names this one

    if record.headers.get("WARC-Type", "").lower() not in ("response", "resource", "conversion"):
        return
    url = record.headers.get("WARC-Target-URI", "").strip("<> ")
    media, charset = (record.headers.get("Content-Type", "").partition(";")[0].strip().lower(), None)
    try:
        if record.is_http:
            record.parse_http(auto_decode="all", max_header_len=_HEAD)
            if record.http_headers.status_code not in range(200, 300):
                others[f"answers {record.http_headers.status_code}"] += 1
                return
            media, charset = record.http_content_type or "", record.http_charset
        ending = ENDINGS.get(media)
        if ending is None:
            others[media or "of no declared type"] += 1
            return
        data = record.reader.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        yield Skipped(f"{source.where}#{url}", f"its answer cannot be unpacked: {error}")
        return
    part = replace(source.part(url, data), name=f"record{ending}", url=url or None, charset=charset)
    for found in read_input(part):
        yield _dated(found, record) if isinstance(found, Article) else found


def _dated(article: Article, record: Any) -> Article:
    """The article with its address and the time at which the crawler had it: no time of publication."""
    note = f"fetched: {record.headers.get('WARC-Date', 'at an unknown time')}"
    return replace(article, url=article.url or record.headers.get("WARC-Target-URI"), notes=(*article.notes, note))
