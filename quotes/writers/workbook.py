"""Claims as a spreadsheet in the form of Excel, to be read, reviewed and given back to ``quotes import``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from quotes.errors import QuotesError

Row = Mapping[str, Any]

CELL, ROWS = 32_767, 1_048_575  # what Excel holds: characters in a cell, rows under the heading
CUT = "…"
WIDTHS = {
    "quote": 60,
    "context": 60,
    "notes": 40,
    "article": 30,
    "speaker": 24,
    "role": 24,
    "as_printed": 24,
    "url": 30,
}
NARROW, EDITED = 12, ("speaker", "quote", "status", "verdict", "tags", "notes")
STATUSES = ["unreviewed", "accepted", "rejected", "corrected"]


def write_workbook(rows: Iterable[Row], path: Path, columns: Sequence[str], about: Mapping[str, object]) -> int:
    """Write the rows to a file of Excel's, a second sheet saying what it is ``about``; memory does not grow with them.

    Text is text, never a formula, and a cell longer than Excel's 32,767 characters is cut, ending in "…". Raises
    QuotesError for more rows than a sheet holds.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with Workbook(str(path), options) as book:
            sheet = book.add_worksheet("claims")
            count = _fill(book, sheet, *_headed(rows, columns))
            _explain(book.add_worksheet("export"), {**about, "claims": count})
    except XlsxWriterException as error:
        raise error.__cause__ if isinstance(error.__cause__, OSError) else QuotesError(str(error)) from error
    return count


def _headed(rows: Iterable[Row], columns: Sequence[str]) -> tuple[Iterable[Row], Sequence[str]]:
    """The rows and their columns, those of the first row if none are given."""
    if columns:
        return rows, columns
    rows = iter(rows)
    first = next(rows, {})
    return (chain((first,), rows) if first else ()), list(first)


def _fill(book: Any, sheet: Any, rows: Iterable[Row], columns: Sequence[str]) -> int:
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    edited = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8E1"})
    head = book.add_format({"bold": True, "bottom": 1})
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    styles = [edited if column in EDITED else plain for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column, NARROW), styles[place])
    sheet.freeze_panes(1, 2)
    sheet.write_row(0, 0, columns, head)
    count = 0
    for count, row in enumerate(rows, 1):
        if count > ROWS:
            raise QuotesError(f"a sheet holds {ROWS:,} claims at most", "choose fewer, or export csv or jsonl")
        for place, column in enumerate(columns):
            _put(sheet, count, place, row.get(column), styles[place], link if column == "url" else None)
    if columns:
        sheet.autofilter(0, 0, count, len(columns) - 1)
    if count and "status" in columns:
        place = columns.index("status")
        sheet.data_validation(1, place, count, place, {"validate": "list", "source": STATUSES})
    return count


def _put(sheet: Any, row: int, column: int, value: Any, style: Any, link: Any) -> None:
    if isinstance(value, str):
        words = value if len(value) <= CELL else value[: CELL - 1] + CUT
        if not (link and _is_address(words) and sheet.write_url(row, column, words, link, string=words) == 0):
            sheet.write_string(row, column, words, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif value is not None:
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_blank(row, column, None, style)


def _is_address(words: str) -> bool:
    return words.startswith(("https://", "http://")) and len(words) < 2000 and not any(map(str.isspace, words))


def _explain(sheet: Any, about: Mapping[str, object]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
    for number, (name, value) in enumerate(about.items()):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, str(value)[:CELL])
