"""Articles from where they are: files, folders, globs, JSON Lines, standard input. What is not read is a Skipped.

The text of an article is fixed here. Whatever has to be mended (encoding, newlines of plain files, NUL and lone
surrogates, which neither spaCy nor SQLite takes) is mended before any offset exists, and noted on the article.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from quotes.models import Article, Skipped
from quotes.readers.addresses import read_address
from quotes.readers.archives import read_zip
from quotes.readers.credits import credited
from quotes.readers.decoding import mend
from quotes.readers.feeds import read_feed
from quotes.readers.folders import files
from quotes.readers.html import read_html, read_page
from quotes.readers.inputs import LIMIT, TOO_LONG, Found, Input, Options, Reader
from quotes.readers.jsonl import read_jsonl, records
from quotes.readers.languages import recognised
from quotes.readers.mail import read_mail
from quotes.readers.metadata import parse
from quotes.readers.office import read_docx
from quotes.readers.pdf import read_pdf
from quotes.readers.plain import ENDINGS, SIDECAR, article, read_plain, titled
from quotes.readers.records import read_json
from quotes.readers.tables import read_csv, read_xlsx
from quotes.readers.warc import read_warc

__all__ = ["KINDS", "Input", "Options", "Where", "read", "read_html", "read_input", "told"]

Where = str | Path | Iterable[str | Path]

# How a name ends, and what reads such a file; in a folder nothing else is read.
KINDS: dict[str, Reader] = {
    **dict.fromkeys(ENDINGS, read_plain),
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_page),
    **dict.fromkeys((".rss", ".atom", ".xml"), read_feed),
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".ndjson.gz": read_jsonl,
    ".json": read_json,
    ".warc": read_warc,
    ".warc.gz": read_warc,
    ".eml": read_mail,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".docm": read_docx,
    ".zip": read_zip,
}
# Asked for by name, any other file is taken for plain text, but not these, whose text stands between other things.
MARKED_UP = (".doc", ".odt", ".rtf", ".gz")
MOST_SKIPPED = 100_000  # parts of an input that are kept each with its reason; more are counted
MOST_REASONS = 100
LOOK = 5  # lines of standard input, to tell JSON Lines from plain text


def read(where: Where, *, stdin: BinaryIO | None = None, options: Options | None = None) -> Iterator[Found]:
    """Every article at ``where``, in order, each as soon as it is read; Skipped with a reason for what is not.

    A place is a file, a folder (whole, sorted; hidden files and a README or LICENSE are passed over), a glob, a web
    address, or ``-`` for standard input (``stdin``), which may be plain text or JSON Lines. Beside ``NAME.txt`` may lie
    ``NAME.json`` with what is known of it: ``title publisher published url authors credit language``.
    """
    for place in [where] if isinstance(where, str | Path) else where:
        for found in _place(str(place), stdin, options or Options()):
            yield told(found)


def told(found: Found) -> Found:
    """An article with what its text says of it: its language, and the agencies it credits."""
    return recognised(credited(found)) if isinstance(found, Article) else found


def read_input(source: Input) -> Iterator[Found]:
    """What is in some bytes, by the reader of their kind; a failure to read on is a Skipped, after what was read.

    After MOST_SKIPPED parts that are left out there is one Skipped for each reason, in place of all that would follow
    and fill the memory.
    """
    skipped, further = 0, Counter[str]()
    for one in _parts(source):
        if isinstance(one, Article) or skipped < MOST_SKIPPED:
            skipped += isinstance(one, Skipped)
            yield one
        else:
            further[one.reason if one.reason in further or len(further) < MOST_REASONS else "other reasons"] += 1
    yield from (Skipped(source.where, f"{number:,} more of its parts: {why}") for why, number in further.items())


def _parts(source: Input) -> Iterator[Found]:
    name = source.name.lower()
    reader = next((reader for ending, reader in KINDS.items() if name.endswith(ending)), None)
    if reader is None and name.endswith(MARKED_UP):
        yield Skipped(source.where, f"not a kind of file that is read: plain text, {', '.join(KINDS)}")
        return
    try:
        yield from (reader or read_plain)(source)
    except OSError as error:
        yield Skipped(source.where, error.strerror or "cannot be read")


def _place(place: str, stdin: BinaryIO | None, options: Options) -> Iterator[Found]:
    if place == "-":
        yield from _standard_input(stdin or sys.stdin.buffer, options)
    elif place.lower().startswith(("http://", "https://")):
        yield from read_address(place, options)
    else:
        for path in files(place, tuple(KINDS)):
            if isinstance(path, Skipped):
                yield path
            else:
                yield from _file(path, options)


def _file(path: Path, options: Options) -> Iterator[Found]:
    where = mend(str(path))
    try:
        with path.open("rb") as stream:
            source = Input(stream, path.name, where, path.resolve().as_uri(), options)
            beside = _sidecar(path)
            if isinstance(beside, Skipped):
                yield beside
            else:
                source = replace(source, beside=beside)
            yield from read_input(source)
    except OSError as error:
        yield Skipped(where, error.strerror or "cannot be read")


def _sidecar(path: Path) -> bytes | Skipped | None:
    sidecar = path.with_suffix(SIDECAR)
    if path.suffix.lower() not in ENDINGS or not sidecar.is_file():
        return None
    try:
        return sidecar.read_bytes()
    except OSError as error:
        return Skipped(mend(str(sidecar)), error.strerror or "cannot be read")


def _standard_input(stream: BinaryIO, options: Options) -> Iterator[Found]:
    head: list[bytes] = []
    lines = iter(lambda: stream.readline(LIMIT + 1), b"")
    if _are_records(lines, head):
        return records(chain(head, lines), "-", fields=options.fields)
    data = b"".join(head)
    data += stream.read(max(0, LIMIT + 1 - len(data)))
    return iter([titled(article(data, "-")) if len(data) <= LIMIT else Skipped("-", TOO_LONG)])


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
