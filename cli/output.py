"""Where rows and pages go: a writer of ``quotes``, a terminal, a file, a picture."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType

from quotes import writers

from .options import Form
from .render import into, picture, shown, stderr, stdout, svg

Row = Mapping[str, Any]
Page = Callable[[Iterable[Row]], Iterable[RenderableType]]

PICTURE_WIDTH = 100
SPREADSHEETS = ("csv", "tsv", "excel", "xlsx")


def give(rows: Iterable[Row], page: Page, form: Form, columns: Sequence[str] = (), title: str = "quotes") -> None:
    """Rows in the form asked for. ``columns`` are those of a spreadsheet; JSON carries every detail."""
    path = form.out
    name = form.format or (writers.SUFFIXES.get(path.suffix.lower()) if path else None)
    if name:
        export(rows, path, name, columns, force=form.force)
    elif path:
        _save(page(rows), path, title, force=form.force)
    else:
        put(page(rows), table=form.table, paged=not form.no_pager)


def give_told(
    told: object, rows: Iterable[Row], pages: Iterable[RenderableType], form: Form, columns: Sequence[str], title: str
) -> None:
    """What is more than rows: all of it as JSON, on the page, or the rows that a spreadsheet has of it."""
    path = form.out
    if form.format == "json" or (form.format is None and path and writers.SUFFIXES.get(path.suffix.lower()) == "json"):
        with writers.replacing(path, force=form.force) if path else nullcontext(sys.stdout) as stream:
            stream.write(f"{writers.json_text(told)}\n")
    else:
        give(rows, lambda _: pages, form, columns, title)


def export(
    rows: Iterable[Row], path: Path | None, name: str, columns: Sequence[str], *, force: bool, about: Row | None = None
) -> int:
    """Rows in a format of ``quotes.writers`` to a file or standard output, exact; returns how many.

    On a terminal, cells are stripped of what it would obey; JSON needs no such care, since it escapes that itself.
    """
    spreadsheet = name in SPREADSHEETS
    if path is None and spreadsheet and sys.stdout.isatty():
        rows = _for_screen(rows)
    return writers.export(
        rows, path or sys.stdout, name, columns=columns if spreadsheet else (), force=force, about=about
    )


def put(pages: Iterable[RenderableType], *, table: bool = False, paged: bool = False) -> None:
    """Pages on standard output; ``paged`` goes through the reader's pager where a person sits at both ends."""
    console = stdout(table=table)
    with _pager(console) if paged and sys.stdin.isatty() and sys.stdout.isatty() else nullcontext():
        for page in pages:
            console.print(page)


def _pager(console: Console) -> AbstractContextManager[Any]:
    os.environ.setdefault("LESS", "FRX")  # colours pass, and what fits on the screen needs no key
    return console.pager(styles=True, links=True)


def talk(pages: Iterable[RenderableType]) -> None:
    """Pages on standard error."""
    console = stderr()
    for page in pages:
        console.print(page)


def _save(pages: Iterable[RenderableType], path: Path, title: str, *, force: bool) -> None:
    """Pages in a file: a picture under ``.svg``, plain text under ``.txt``; UsageError for another suffix."""
    suffix = path.suffix.lower()
    if suffix not in (".svg", ".txt"):
        writers.format_of(path)
    with writers.replacing(path, force=force) as stream:
        console = picture(PICTURE_WIDTH) if suffix == ".svg" else into(stream)
        for page in pages:
            console.print(page)
        if suffix == ".svg":
            stream.write(svg(console, title))


def _for_screen(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield {key: shown(value).plain if isinstance(value, str) else value for key, value in row.items()}
