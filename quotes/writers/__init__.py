"""Rows out of the store: spreadsheets, JSON and its kin, pages and corpora; in UTF-8 with LF, the text exact.

A row is a mapping of column names to values, as ``Store.claims`` and its sisters give them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn, TextIO

from quotes import files
from quotes.errors import QuotesError, UsageError
from quotes.writers import annotators, linked, pages, workbook
from quotes.writers.texts import json_text

__all__ = ["DOCUMENTS", "FORMATS", "SUFFIXES", "export", "export_documents", "format_of", "json_text", "replacing"]

Row = Mapping[str, Any]
Writer = Callable[[Iterable[Row], TextIO, Sequence[str]], int]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def export(
    rows: Iterable[Row],
    target: str | Path | TextIO,
    format: str | None = None,  # noqa: A002 - the word the command line uses
    *,
    columns: Sequence[str] = (),
    force: bool = False,
    about: Mapping[str, object] | None = None,
) -> int:
    """Write the rows to a path or an open text stream; returns how many there were.

    ``format`` is a key of ``FORMATS``; None takes it from the suffix of the path. ``columns`` chooses and orders
    the columns; empty means those of the first row. A file appears under its name only when it is whole, and an
    existing one is replaced only with ``force``. A workbook (``xlsx``) needs a path, and says on a second sheet what
    it is ``about``. Raises UsageError for an unknown format or an existing file, QuotesError where nothing can be
    written.
    """
    name = format or format_of(target)
    if name == WORKBOOK:
        with _whole(_path(target, name), force=force) as part:
            return workbook.write_workbook(rows, part, columns, about or {})
    write = FORMATS.get(name) or _unknown(format)
    if not isinstance(target, (str, Path)):
        return write(rows, target, columns)
    with replacing(Path(target), force=force) as stream:
        return write(rows, stream, columns)


def export_documents(
    documents: Iterable[annotators.Document],
    target: str | Path | TextIO,
    format: str,  # noqa: A002
    *,
    force: bool = False,
) -> int:
    """Write articles with their claims, as ``Store.documents`` gives them; returns how many there were.

    ``format`` is one of DOCUMENTS. ``docbin`` needs a path, and ``html`` a folder, in which each article is a page
    named by its uid, and ``index.html`` links to each; a folder keeps what else is in it. Raises as ``export`` does.
    """
    if format == "html":
        return _pages(documents, _path(target, format), force=force)
    if format == "docbin":
        with _whole(_path(target, format), force=force) as part:
            packed, count = annotators.docbin(documents)
            part.write_bytes(packed)
            return count
    write = _ANNOTATED.get(format) or _unknown(format)
    if not isinstance(target, (str, Path)):
        return write(documents, target)
    with replacing(Path(target), force=force) as stream:
        return write(documents, stream)


def _pages(documents: Iterable[annotators.Document], folder: Path, *, force: bool) -> int:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise QuotesError(f"cannot make the folder {folder}: {error.strerror or error}") from error
    with replacing(folder / "index.html", force=force) as index:
        return pages.write_index(_paged(documents, folder, force=force), index)


def _paged(documents: Iterable[annotators.Document], folder: Path, *, force: bool) -> Iterator[annotators.Document]:
    """The documents, each as soon as its page is written."""
    for article, claims in documents:
        with replacing(folder / pages.name_of(article), force=force) as stream:
            pages.write_page(article, claims, stream)
        yield article, claims


def _path(target: str | Path | TextIO, format: str) -> Path:  # noqa: A002
    if not isinstance(target, (str, Path)):
        raise UsageError(f"{format} needs a file to be written to", f"quotes export {format} -o NAME")
    return Path(target)


def format_of(target: str | Path | TextIO) -> str:
    """The format that the suffix of a path names. Raises UsageError where it names none."""
    suffix = Path(target).suffix.lower() if isinstance(target, (str, Path)) else ""
    return SUFFIXES.get(suffix) or _unknown(suffix or "a name without suffix")


def _unknown(format: str | None) -> NoReturn:  # noqa: A002
    raise UsageError(f"no such format: {format}", f"the formats are {', '.join(FORMATS)}")


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """A text stream whose words stand under ``path`` once the block ends well, and nowhere if it does not.

    Raises UsageError if the path exists and ``force`` is off, QuotesError if it cannot be written.
    """
    with _whole(path, force=force) as part, part.open("x", encoding="utf-8", newline="") as stream:
        yield stream


@contextmanager
def _whole(path: Path, *, force: bool) -> Iterator[Path]:
    """Where to write what shall stand under ``path`` once the block ends well; see ``replacing``."""
    path = path.resolve()  # a link keeps pointing where it points
    try:
        if path.exists() and not (force and path.is_file()):
            raise UsageError(f"{path} exists already", "choose another name, or --force to replace a file")
        with files.replacing(path) as part:
            yield part
    except OSError as error:
        raise QuotesError(f"cannot write {path}: {error.strerror or error}") from error


def write_csv(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """Comma-separated values with a heading; lists and mappings inside a cell are JSON."""
    return _spreadsheet(rows, _LineFeeds(stream), columns)


def write_tsv(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """Tab-separated values, quoted as CSV is where a cell holds a tab or a line break."""
    return _spreadsheet(rows, _LineFeeds(stream), columns, delimiter="\t")


def write_excel(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """CSV for Excel: a byte order mark, CRLF, and an apostrophe before every cell that would run as a formula.

    A cell is guarded when, after any apostrophes, it begins with ``= + - @``, a tab or a carriage return: so one
    apostrophe taken off such a cell gives back exactly what was stored.
    """
    stream.write("\ufeff")
    return _spreadsheet(rows, stream, columns, cell=lambda value: _guarded(_cell(value)))


def write_jsonl(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """One JSON object a line."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last value is the answer
        stream.write(json_text(_chosen(row, columns)) + "\n")
    return count


def write_json(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """One JSON array, an object a line."""
    count = 0
    stream.write("[")
    for count, row in enumerate(rows, 1):
        stream.write(("\n" if count == 1 else ",\n") + json_text(_chosen(row, columns)))
    stream.write("\n]\n" if count else "]\n")
    return count


FORMATS: dict[str, Writer] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "excel": write_excel,
    "json": write_json,
    "jsonl": write_jsonl,
    "jsonld": linked.write_jsonld,
    "annotations": linked.write_annotations,
}
WORKBOOK = "xlsx"
_ANNOTATED = {"labelstudio": annotators.write_label_studio, "doccano": annotators.write_doccano}
DOCUMENTS = ("html", "docbin", *_ANNOTATED)
SUFFIXES = {
    ".xlsx": WORKBOOK,
    ".jsonld": "jsonld",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def _spreadsheet(
    rows: Iterable[Row],
    stream: TextIO | _LineFeeds,
    columns: Sequence[str],
    *,
    delimiter: str = ",",
    cell: Callable[[Any], Any] | None = None,
) -> int:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        columns = columns or list(first)
        rows = chain((first,), rows)
    # With CRLF as its line end the csv module also quotes a cell that holds a lone CR; with LF it does not.
    table = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    if columns:
        table.writerow(columns)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last value is the answer
        table.writerow([(cell or _cell)(row.get(column)) for column in columns])
    return count


class _LineFeeds:
    """A stream whose rows end in LF where the csv module ends them in CRLF."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, row: str) -> int:
        return self.stream.write(row.removesuffix("\r\n") + "\n")


def _chosen(row: Row, columns: Sequence[str]) -> dict[str, Any]:
    return {column: row.get(column) for column in columns} if columns else dict(row)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, tuple, dict)) else value


def _guarded(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value
