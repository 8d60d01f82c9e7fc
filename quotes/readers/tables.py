"""Tables: a row is an article where a column holds texts, or an address to read where one holds addresses."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import chain

from quotes.models import Skipped
from quotes.readers.decoding import decode
from quotes.readers.fields import NAMES, squeezed
from quotes.readers.inputs import LIMIT, Found, Input, whole
from quotes.readers.records import article_of, dated

Row = Sequence[object]
# What openpyxl and what it stands on raise for a workbook that is damaged, sealed or none.
_BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
    SyntaxError,
)  # fmt: skip
_DELIMITERS = "\t,;|"
_WEB = ("http://", "https://")


def read_csv(source: Input) -> Iterator[Found]:
    """The articles of a table of text, whose columns tabs, commas, semicolons or bars separate."""
    data = whole(source)
    if isinstance(data, Skipped):
        yield data
        return
    try:
        text, _ = decode(data, source.charset)
        head = text.lstrip().partition("\n")[0]
        csv.field_size_limit(LIMIT)
        rows = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count))
        yield from _articles(rows, source, source.where)
    except (ValueError, csv.Error) as error:
        yield Skipped(source.where, f"not a table that can be read: {error}")


def read_xlsx(source: Input) -> Iterator[Found]:
    """The articles of every sheet of a workbook; formulas count as what they last gave."""
    data = whole(source)
    problem = data.reason if isinstance(data, Skipped) else _refusal(data)
    if problem or isinstance(data, Skipped):
        yield Skipped(source.where, problem)
        return
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # they are only claimed
            where = f"{source.where}#{sheet.title}" if len(book.worksheets) > 1 else source.where
            yield from _articles(sheet.iter_rows(values_only=True), source, where)
    except _BROKEN as error:
        yield Skipped(source.where, f"not a workbook that can be read: {type(error).__name__}")


def _refusal(data: bytes) -> str:
    """Why a workbook is not opened: it is none, unpacks to more than LIMIT, or declares entities, as XML bombs do."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            if sum(member.file_size for member in book.infolist()) > LIMIT:
                return f"unpacks to more than {LIMIT // 1_000_000} MB"
            for member in book.infolist():
                with book.open(member) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        return "a workbook that declares entities"
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return "damaged, encrypted, or no workbook"
    return ""


def _articles(rows: Iterable[Row], source: Input, where: str) -> Iterator[Found]:
    numbered: Iterator[tuple[int, Row]] = (
        (number, row) for number, row in enumerate(rows, 1) if any(cell not in (None, "") for cell in row)
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
            record = {head: dated(cell) for head, cell in zip(heads, row, strict=False) if head}
            yield article_of(record, where, number, source.place, source.options.fields)
    elif addresses is not None or (addresses := _address(first[1])) is not None:
        listed = numbered if not _is_address(first[1], addresses) else chain([first], numbered)
        yield from _fetched(((number, row[addresses]) for number, row in listed if addresses < len(row)), source, where)
    else:
        yield Skipped(where, f"no column of texts or addresses in it, but {', '.join(filter(None, heads))[:200]}")


def _column(heads: Sequence[str], source: Input, *fields: str) -> int | None:
    """The column of the first of our fields that is there, by the name given for it or one that is known."""
    for field in fields:
        given = source.options.fields.get(field)
        names = (squeezed(given),) if given else NAMES[field]
        for name in names:
            if name in (squeezed_heads := [squeezed(head) for head in heads]):
                return squeezed_heads.index(name)
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
