"""JSON Lines: one line is one article, whose ``text`` is taken as it stands so that offsets into it hold."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from quotes.models import Article, Skipped
from quotes.readers.decoding import mend
from quotes.readers.inputs import LIMIT, TOO_LONG, Found, Input
from quotes.readers.metadata import described, parse


def read_jsonl(source: Input) -> Iterator[Found]:
    """The articles of a file, gzipped or not; a line that holds none is a Skipped at ``file:line``."""
    packed = source.name.lower().endswith(".gz")
    stream = gzip.GzipFile(fileobj=source.stream) if packed else source.stream
    try:
        yield from records(iter(lambda: stream.readline(LIMIT + 1), b""), source.where, source.place)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Skipped(source.where, "damaged or not gzip; what came before the damage was read")


def records(lines: Iterable[bytes], where: str, place: str = "", first: int = 1) -> Iterator[Found]:
    """The article of each line; ``where``, at the URI ``place``, the lines come from. Blank lines are passed over.

    ``first`` is the number of the first of these lines.
    """
    empty = True
    for number, line in enumerate(lines, first):
        if len(line) > LIMIT:
            yield Skipped(f"{where}:{number}", f"{TOO_LONG}; the rest of the file is not read")
            return
        if line.strip():
            empty = False
            yield record(line, where, number, place)
    if empty:
        yield Skipped(where, "empty")


def record(line: bytes, where: str, number: int, place: str = "") -> Found:
    """The article of one line. It is at ``where#id`` or ``where:line``, and has a place if it has an id there."""
    at = f"{where}:{number}"
    try:
        found = parse(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Skipped(at, "not UTF-8")
    except ValueError as error:
        return Skipped(at, str(error))
    return article_of(found, where, number, place)


def article_of(found: Mapping[str, object], where: str, number: int, place: str = "") -> Found:
    """The article of a record, the ``number``-th of its file."""
    at = f"{where}:{number}"
    text = found.get("text")
    if not isinstance(text, str):
        return Skipped(at, "no text in it")
    if not text.strip():
        return Skipped(at, "its text is empty")
    mended = mend(text)
    notes = ("unusable characters replaced",) if mended != text else ()
    return described(_identified(Article(mended, where=at, notes=notes), found.get("id"), where, place), found)


def _usable(given: str | int | float) -> bool:
    return given != "" and not (isinstance(given, float) and not math.isfinite(given))  # JSON has no NaN


def _identified(article: Article, given: object, where: str, place: str) -> Article:
    """The article with the id given, if it is one: a string or a number. 7 and "7" are two."""
    if isinstance(given, bool) or not isinstance(given, str | int | float) or not _usable(given):
        return article
    raw = mend(given) if isinstance(given, str) else given
    fragment = quote(json.dumps(raw), safe="")
    return replace(
        article, id=str(raw), raw_id=raw, where=f"{where}#{raw}", place=f"{place}#{fragment}" if place else ""
    )
