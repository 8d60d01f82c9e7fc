"""JSON Lines: one line is one article, whose ``text`` is taken as it stands so that offsets into it hold."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotes.models import Article, Skipped
from quotes.readers.decoding import mend
from quotes.readers.metadata import described, parse, string
from quotes.readers.plain import LIMIT, TOO_LONG


def read_jsonl(path: Path) -> Iterator[Article | Skipped]:
    """The articles of a file, gzipped or not; a line that holds none is a Skipped at ``file:line``."""
    where = mend(str(path))
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            yield from records(iter(lambda: file.readline(LIMIT + 1), b""), where)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Skipped(where, "damaged or not gzip; what came before the damage was read")
    except OSError as error:
        yield Skipped(where, error.strerror or "cannot be read")


def records(lines: Iterable[bytes], where: str) -> Iterator[Article | Skipped]:
    """The article of each line; ``where`` is what the lines come from. Blank lines are passed over."""
    empty = True
    for number, line in enumerate(lines, 1):
        if len(line) > LIMIT:
            yield Skipped(f"{where}:{number}", f"{TOO_LONG}; the rest of the file is not read")
            return
        if line.strip():
            empty = False
            yield record(line, where, number)
    if empty:
        yield Skipped(where, "empty")


def record(line: bytes, where: str, number: int) -> Article | Skipped:
    """The article of one line. It has the id of the input, and its place is ``where#id`` or ``where:line``."""
    place = f"{where}:{number}"
    try:
        found = parse(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Skipped(place, "not UTF-8")
    except ValueError as error:
        return Skipped(place, str(error))
    text, name = found.get("text"), string(found.get("id")) or ""
    if not isinstance(text, str):
        return Skipped(place, "no text in it")
    if not text.strip():
        return Skipped(place, "its text is empty")
    mended = mend(text)
    notes = ("unusable characters replaced",) if mended != text else ()
    return described(Article(mended, id=name, where=f"{where}#{name}" if name else place, notes=notes), found)
