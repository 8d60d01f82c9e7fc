"""Tables: a row is an article where a column holds texts, or an address to read where one holds addresses."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import chain, groupby
from operator import itemgetter

from quotes.models import Article, Skipped
from quotes.readers.confined import confined_bytes
from quotes.readers.decoding import decode
from quotes.readers.fields import NAMES, squeezed
from quotes.readers.inputs import LIMIT, Found, Input, whole
from quotes.readers.packages import refusal
from quotes.readers.records import article_of
from quotes.sheets import BROKEN

Row = Sequence[object]
Rows = Iterable[tuple[int, Row]]  # with their numbers, from 1
CELLS = 1_000_000  # of a row of text, at most
_SAID = re.compile(r'\s*"?sep=(.)"?\n', re.IGNORECASE)  # a line by which Excel is told what separates cells
_QUOTED = re.compile('"[^"]*"')
_HEADING = 10_000  # characters of a heading that are looked at for its separators
_KNOWN = frozenset(chain.from_iterable(NAMES.values()))
_DELIMITERS = "\t,;|"
_WEB = ("http://", "https://")


def read_csv(source: Input) -> Iterator[Found]:
    """The articles of a table of text, whose columns tabs, commas, semicolons or bars separate."""
    data = whole(source)
    if isinstance(data, Skipped):
        yield data
        return
    try:
        text, notes = decode(data, source.charset)
        csv.field_size_limit(LIMIT)
        yield from _articles(_rows(text), source, source.where, notes)
    except (ValueError, csv.Error) as error:
        yield Skipped(source.where, f"not a table that can be read: {error}")


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """The rows of a table of text. Raises ValueError for one of more than CELLS, which is never put together."""
    said = _SAID.match(text)
    marks, taken = said[1] if said else separator(text), 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in _lines(text, said.end() if said else 0):
            taken += line.count(marks)
            if taken > CELLS:
                raise ValueError(f"a row of more than {CELLS:,} cells")
            yield line

    for number, row in enumerate(csv.reader(lines(), delimiter=marks), 2 if said else 1):
        taken = 0
        yield number, row


def _lines(text: str, start: int) -> Iterator[str]:
    """Lines with their ends, from an offset on; a StringIO would take four bytes for each character."""
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def read_xlsx(source: Input) -> Iterator[Found]:
    """The articles of every sheet of a workbook; formulas count as what they last gave."""
    data = whole(source)
    rows = data if isinstance(data, Skipped) else confined_bytes("workbook", data, source.where)
    if isinstance(rows, Skipped):
        yield rows
        return
    lines = map(json.loads, BytesIO(rows))
    told = next(lines)
    for name, sheet in groupby(lines, key=itemgetter(0)):
        where = f"{source.where}#{name}" if told["sheets"] > 1 else source.where
        yield from _articles(((number, cells) for _, number, cells in sheet if number), source, where)
    if told["problem"]:
        yield Skipped(source.where, told["problem"])


def workbook(data: bytes, where: str) -> bytes | Skipped:
    """A line of JSON on a workbook, and one for each row as ``_cells`` has it; without limits, in this process."""
    if problem := refusal(data, "workbook"):
        return Skipped(where, problem)
    lines, size, sheets, problem = [], 0, 0, ""
    try:
        for row in _cells(data):
            lines.append(json.dumps(row, default=_plain))
            size += len(lines[-1])
            sheets += row[1] == 0
            if size > LIMIT:
                problem = f"unpacks to more than {LIMIT // 1_000_000} MB"
                break
    except BROKEN as error:
        problem = f"not a workbook that can be read: {type(error).__name__}"
    return "\n".join([json.dumps({"sheets": sheets, "problem": problem}), *lines]).encode()


def _cells(data: bytes) -> Iterator[tuple[str, int, Row]]:
    """Of each sheet a row 0, and then those that are not empty: the name of the sheet, the number, the cells."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, 0, []
        sheet.reset_dimensions()  # they are only claimed
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if any(cell is not None for cell in row):
                yield sheet.title, number, row


def _plain(value: object) -> str:
    """A cell that JSON has no form for: a day, a time, how long something took."""
    return value.isoformat() if isinstance(value, date) else str(value)


def separator(text: str) -> str:
    """What stands between the cells of a table: what parts its heading into most names that are known.

    Of several it is the one that is most often in the heading outside of quotes; a tab if there is none.
    """
    head = text.lstrip()[:_HEADING].partition("\n")[0]
    bare = _QUOTED.sub("", head)

    def parted(mark: str) -> tuple[int, int]:
        return sum(squeezed(name) in _KNOWN for name in head.split(mark)), bare.count(mark)

    return max(_DELIMITERS, key=parted)


def _articles(rows: Rows, source: Input, where: str, notes: tuple[str, ...] = ()) -> Iterator[Found]:
    numbered: Iterator[tuple[int, Row]] = (
        (number, row) for number, row in rows if any(cell not in (None, "") for cell in row)
    )
    first = next(numbered, None)
    second = next(numbered, None)
    if first is None or (second is None and _address(first[1]) is None):
        yield Skipped(where, "empty" if first is None else "no row below its heading")
        return
    numbered = chain([second] if second else [], numbered)
    heads = [str(cell if cell is not None else "").strip() for cell in first[1]]
    texts, addresses = _column(heads, source, "text", "html"), _column(heads, source, "url")
    if "claimid" in map(squeezed, heads):
        yield Skipped(where, "claims as quotes exports them, not articles")
    elif texts is not None:
        for number, row in numbered:
            record = {head: cell for head, cell in zip(heads, row, strict=False) if head}
            found = article_of(record, where, number, source.place, source.options.fields)
            yield replace(found, notes=(*found.notes, *notes)) if isinstance(found, Article) else found
    elif addresses is not None or (addresses := _address(first[1])) is not None:
        listed = numbered if not _is_address(first[1], addresses) else chain([first], numbered)
        yield from _fetched(((number, row[addresses]) for number, row in listed if addresses < len(row)), source, where)
    else:
        yield Skipped(where, f"no column of texts or addresses in it, but {', '.join(filter(None, heads))[:200]}")


def _column(heads: Sequence[str], source: Input, *fields: str) -> int | None:
    """The column of the first of our fields that is there, by the name given for it or one that is known."""
    known = [squeezed(head) for head in heads]
    for field in fields:
        given = source.options.fields.get(field)
        for name in (squeezed(given),) if given else NAMES[field]:
            if name in known:
                return known.index(name)
    return None


def _address(row: Row) -> int | None:
    return next((column for column in range(len(row)) if _is_address(row, column)), None)


def _is_address(row: Row, column: int) -> bool:
    return column < len(row) and str(row[column]).strip().lower().startswith(_WEB)


def _fetched(cells: Iterable[tuple[int, object]], source: Input, where: str) -> Iterator[Found]:
    """What is at each address; a file on this machine is none."""
    from quotes.readers.addresses import read_address  # it reads tables too

    for number, cell in cells:
        address = str(cell or "").strip()
        if address.lower().startswith(_WEB):
            yield from read_address(address, source.options, source.depth + 1)
        else:
            yield Skipped(f"{where}:{number}", "not an address of the web")
