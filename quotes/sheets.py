"""Tables of claims as they come back: CSV of any spreadsheet, workbooks, JSON Lines."""

from __future__ import annotations

import codecs
import csv
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import repeat
from pathlib import Path
from typing import Any, TextIO
from zipfile import BadZipFile

from quotes.errors import UsageError

Row = dict[str, Any]

KEY = "claim_id"
LONGEST = 2**31 - 1  # characters in a cell; the csv module stops at 131,072 otherwise
ROWS = 1_048_576  # of a sheet; what is missing between two rows is counted through
# What zipfile and the readers of XML raise for a workbook or another such package that is damaged, sealed or none.
BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError,
)  # fmt: skip
TEXTS = (".csv", ".tsv", ".txt")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NARROW = "cp1252"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read(path: str | Path) -> Iterator[tuple[int, Row]]:
    """Rows of a table with ``claim_id`` among its columns, each with its number in the file, the heading being 1.

    The suffix decides: ``.csv``, ``.tsv``, ``.xlsx``, ``.jsonl``. What spreadsheet programs make of CSV is understood:
    other separators, UTF-16 and Windows-1252 (see ``is_narrow``), CRLF, and the apostrophes that keep cells from
    running as formulas. Raises UsageError for a file that cannot be read or is no such table.
    """
    path = Path(path)
    readers = {**dict.fromkeys(TEXTS, _csv), ".jsonl": _jsonl, ".ndjson": _jsonl, ".xlsx": _xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path} is no table of claims", "give a .csv, .tsv, .xlsx or .jsonl file")
    try:
        yield from reader(path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise UsageError(f"{path} is in no encoding that is read", "save it as CSV UTF-8, or as .xlsx") from error
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV: {error}") from error


def is_narrow(path: str | Path) -> bool:
    """Whether a table of text is in Windows-1252, as Excel saves it if not told otherwise; few letters are in it."""
    return Path(path).suffix.lower() in TEXTS and _encoding(Path(path)) == _NARROW


def _encoding(path: Path) -> str:
    """What a file is written in, by its byte order mark, else UTF-8 if it can be, else Windows-1252."""
    with path.open("rb") as stream:
        start = stream.read(3)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    try:
        with path.open(encoding="utf-8", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return _NARROW
    return "utf-8"


def _csv(path: Path) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(LONGEST)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        head, first = stream.readline(), 2
        if head.lower().startswith("sep="):  # by which Excel is told what separates cells
            head, first = stream.readline(), 3
        delimiter = _delimiter(head, path)
        guarded = encoding in _MARKS.values() or head.endswith("\r\n")
        names = next(csv.reader([head.rstrip("\r\n")], delimiter=delimiter))
        for number, cells in enumerate(csv.reader(_lines(stream), delimiter=delimiter), first):
            if any(cells):
                yield number, _row(names, [_bare(cell) if guarded else cell for cell in cells], f"{path}, row {number}")


def _lines(stream: TextIO) -> Iterator[str]:
    return iter(stream.readline, "")


def _delimiter(head: str, path: Path) -> str:
    """What stands between the columns of the heading, which are words of ours without any of these."""
    found = [mark for mark in ",;\t" if KEY in (name.strip('" \r\n') for name in head.split(mark))]
    if not found:
        raise _no_table(path)
    return max(found, key=head.count)


def _bare(cell: str) -> str:
    """A cell without the apostrophe that ``--excel`` put before what would run as a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _row(names: list[str], cells: Iterable[Any], where: str) -> Row:
    cells = list(cells)
    if len(cells) > len(names) and any(cell not in ("", None) for cell in cells[len(names) :]):
        raise UsageError(f"{where} has more cells than the heading", "a cell with a separator in it must be quoted")
    return dict(zip(names, cells, strict=False))


def _jsonl(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(_lines(stream), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UsageError(f"{path}, line {number} is no JSON: {error}") from error
            if not isinstance(row, dict) or not isinstance(row.get(KEY), str):
                raise UsageError(
                    f"{path}, line {number} has no {KEY}", "one claim a line, as quotes export jsonl has it"
                )
            yield number, row


def _xlsx(path: Path) -> Iterator[tuple[int, Row]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            rows = _cells(book.worksheets[0]) if book.worksheets else iter(())
            names = [str(name or "") for name in next(rows, ())]
            if KEY not in names:
                raise _no_table(path)
            for number, cells in enumerate(rows, 2):
                if number > ROWS:
                    raise UsageError(f"{path} has a row below {ROWS:,}, the last that a workbook can have")
                if any(cell is not None for cell in cells):
                    emptied = repeat(None, len(names) - len(cells))  # at the end of a row, where nothing is written
                    yield number, _row(names, [*map(_unescaped, cells), *emptied], f"{path}, row {number}")
    except (InvalidFileException, *BROKEN) as error:
        raise UsageError(f"{path} is damaged or no workbook: {error}") from error


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet, each as far as it is written: how large a sheet is, is only claimed."""
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _unescaped(cell: Any) -> Any:
    """A cell with the characters that XML cannot hold, which workbooks write as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell) if isinstance(cell, str) else cell


def _no_table(path: Path) -> UsageError:
    return UsageError(f"{path} has no column {KEY}", "give a file that quotes export csv, xlsx or jsonl wrote")
