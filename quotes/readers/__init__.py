"""Articles from where they are: files, folders, globs, JSON Lines, standard input. What is not read is a Skipped.

The text of an article is fixed here. Whatever has to be mended (encoding, newlines of plain files, NUL and lone
surrogates, which neither spaCy nor SQLite takes) is mended before any offset exists, and noted on the article.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from quotes.models import Article, Skipped
from quotes.readers.decoding import mend
from quotes.readers.folders import files
from quotes.readers.jsonl import read_jsonl, records
from quotes.readers.metadata import parse
from quotes.readers.plain import ENDINGS, LIMIT, article, read_plain, titled

__all__ = ["KINDS", "Where", "read", "read_jsonl", "read_plain"]

Where = str | Path | Iterable[str | Path]

# How a name ends, and what reads such a file; in a folder nothing else is read.
KINDS: dict[str, Callable[[Path], Iterator[Article | Skipped]]] = {
    **dict.fromkeys(ENDINGS, read_plain),
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".ndjson.gz": read_jsonl,
}
# Asked for by name, any other file is taken for plain text, but not these, whose text stands between other things.
MARKED_UP = (".html", ".htm", ".xml", ".json", ".csv", ".tsv", ".xlsx", ".docx", ".odt", ".rtf", ".pdf", ".warc", ".gz")
LOOK = 5  # lines of standard input, to tell JSON Lines from plain text


def read(where: Where, *, stdin: BinaryIO | None = None) -> Iterator[Article | Skipped]:
    """Every article at ``where``, in order, each as soon as it is read; Skipped with a reason for what is not.

    A place is a file, a folder (whole, sorted; hidden files and a README or LICENSE are passed over), a glob, or ``-``
    for standard input (``stdin``), which may be plain text or JSON Lines. Beside ``NAME.txt`` may lie ``NAME.json``
    with what is known of it: ``title publisher published url authors credit language``.
    """
    for place in [where] if isinstance(where, str | Path) else where:
        yield from _place(str(place), stdin)


def _place(place: str, stdin: BinaryIO | None) -> Iterator[Article | Skipped]:
    if place == "-":
        yield from _standard_input(stdin or sys.stdin.buffer)
    elif place.lower().startswith(("http://", "https://")):
        yield Skipped(mend(place), "web addresses are not supported yet")
    else:
        for path in files(place, tuple(KINDS)):
            if isinstance(path, Skipped):
                yield path
            else:
                yield from _file(path)


def _file(path: Path) -> Iterator[Article | Skipped]:
    name = path.name.lower()
    for ending, reader in KINDS.items():
        if name.endswith(ending):
            return reader(path)
    if name.endswith(MARKED_UP):
        return iter([Skipped(mend(str(path)), f"not a kind of file that is read: plain text, {', '.join(KINDS)}")])
    return read_plain(path)


def _standard_input(stream: BinaryIO) -> Iterator[Article | Skipped]:
    head: list[bytes] = []
    lines = iter(lambda: stream.readline(LIMIT + 1), b"")
    if _are_records(lines, head):
        return records(chain(head, lines), "-")
    data = b"".join(head)
    return iter([titled(article(data + stream.read(max(0, LIMIT + 1 - len(data))), "-"))])


def _are_records(lines: Iterator[bytes], head: list[bytes]) -> bool:
    """Whether one of the first LOOK lines that are not blank is an object, or the first begins one: JSON Lines.

    The lines looked at go to ``head``; no more are taken than it needs.
    """
    seen = size = 0
    for line in lines:
        head.append(line)
        size += len(line)
        if line.strip():
            seen += 1
            if _is_object(line) or (seen == 1 and line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{")):
                return True
        if seen == LOOK or size > LIMIT:
            break
    return False


def _is_object(line: bytes) -> bool:
    try:
        parse(line.decode("utf-8-sig"))
    except ValueError:
        return False
    return True
