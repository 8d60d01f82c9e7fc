"""JSON Lines: one line is one article, whose ``text`` is taken as it stands so that offsets into it hold."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping

from quotes.models import Skipped
from quotes.readers.inputs import LIMIT, TOO_LONG, Found, Input
from quotes.readers.metadata import parse
from quotes.readers.records import article_of


def read_jsonl(source: Input) -> Iterator[Found]:
    """The articles of a file, gzipped or not; a line that holds none is a Skipped at ``file:line``."""
    packed = source.name.lower().endswith(".gz")
    stream = gzip.GzipFile(fileobj=source.stream) if packed else source.stream
    try:
        lines = iter(lambda: stream.readline(LIMIT + 1), b"")
        yield from records(lines, source.where, source.place, fields=source.options.fields)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Skipped(source.where, "damaged or not gzip; what came before the damage was read")


def records(
    lines: Iterable[bytes], where: str, place: str = "", first: int = 1, fields: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """The article of each line; ``where``, at the URI ``place``, the lines come from. Blank lines are passed over.

    ``first`` is the number of the first of these lines; ``fields`` as in ``Options``.
    """
    empty = True
    for number, line in enumerate(lines, first):
        if len(line) > LIMIT:
            yield Skipped(f"{where}:{number}", f"{TOO_LONG}; the rest of the file is not read")
            return
        if line.strip():
            empty = False
            yield _article(line, where, number, place, fields)
    if empty:
        yield Skipped(where, "empty")


def _article(line: bytes, where: str, number: int, place: str, fields: Mapping[str, str] | None) -> Found:
    at = f"{where}:{number}"
    try:
        found = parse(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Skipped(at, "not UTF-8")
    except ValueError as error:
        return Skipped(at, str(error))
    return article_of(found, where, number, place, fields)
