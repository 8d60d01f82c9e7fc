"""Words on a terminal: the one door for text from outside, the consoles, columns."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

GAP = "  "
PADDED = 40  # cells; a longer one pushes its line rather than every other

CELL = 12.2  # pixels, of a picture
_LEADING = re.compile(r'x="([\d.]+)"( y="[\d.]+" )textLength="([\d.]+)"(?=[^>]*>((?:&#160;)+)[^<])([^>]*)>(?:&#160;)+')

_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20)},  # control pictures
    0x7F: 0x2421,
    # Whatever else moves the cursor, turns the direction of writing or cannot be encoded.
    **dict.fromkeys((*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F)), 0xFFFD),
    **dict.fromkeys((*range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000)), 0xFFFD),
    0x0A: 0x20,
}


def shown(words: object, style: str = "") -> Text:
    """Text from outside on one line: never markup, every control or bidirectional character replaced by a visible one.

    Code point for code point, so offsets into the words hold; a line break becomes a space. None is empty.
    """
    return Text("" if words is None else str(words).translate(_CONTROLS), style=style)


def stdout(*, table: bool = False) -> Console:
    """The console for data. Lines wrap on a terminal and for ``table``; elsewhere never, whatever COLUMNS says."""
    return _console(sys.stdout, wrap=table or sys.stdout.isatty())


def stderr() -> Console:
    """The console for talk."""
    return _console(sys.stderr, wrap=sys.stderr.isatty())


def into(stream: TextIO) -> Console:
    """A console for plain, unwrapped text in a file."""
    return _console(stream, wrap=False)


def picture(width: int) -> Console:
    """A console that records in full colour for `svg`, whatever the surroundings."""
    return Console(
        file=io.StringIO(),
        record=True,
        width=width,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def svg(recorded: Console, title: str) -> str:
    """What a `picture` console recorded, as SVG: the same words give the same bytes, and nothing is fetched."""
    exported = recorded.export_svg(title=title, theme=DIMMED_MONOKAI, unique_id="quotes", font_aspect_ratio=CELL / 20)
    offline = re.sub(r"\s*@font-face \{.*?\}", "", exported, count=2, flags=re.DOTALL)  # those of Rich's own heading
    return _LEADING.sub(_moved, offline)


def _moved(found: re.Match[str]) -> str:
    """A piece of text without the spaces that it begins with, as far to the right: some viewers drop such spaces."""
    width = CELL * found[4].count("&#160;")
    x, length = (f"{float(value):.6g}" for value in (float(found[1]) + width, float(found[3]) - width))
    return f'x="{x}"{found[2]}textLength="{length}"{found[5]}>'


def _console(stream: TextIO, *, wrap: bool) -> Console:
    return Console(file=stream, soft_wrap=not wrap, highlight=False, markup=False, emoji=False)


@dataclass(frozen=True)
class Columns:
    """Rows of one-line cells, the last of which wraps: aligned on a terminal, whole lines where nothing wraps.

    ``widths`` bounds the columns before the last, in cells (0: as wide as needed), ``least`` keeps them from being
    narrower; ``right`` names those that are numbers. On a terminal a line break in a cell starts a line in it.
    """

    rows: Sequence[Sequence[Text]]
    heading: Sequence[str] = ()
    widths: Sequence[int] = ()
    least: Sequence[int] = ()
    right: frozenset[int] = frozenset()
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        if options.no_wrap:
            yield from self._lines()
        else:
            yield Padding(self._table(), (0, 0, 0, self.indent))

    def _table(self) -> Table:
        table = Table(box=None, show_header=bool(self.heading), header_style="dim", padding=(0, len(GAP), 0, 0))
        table.pad_edge = False
        last = len(self.rows[0]) - 1 if self.rows else -1
        bounds, least = ([*given, *[0] * (last + 1)] for given in (self.widths, self.least))
        for number in range(last + 1):
            table.add_column(
                self.heading[number] if self.heading else "",
                justify="right" if number in self.right else "left",
                min_width=least[number],
                max_width=bounds[number] or None,
                no_wrap=number < last and not bounds[number],
                overflow="fold",
            )
        for row in self.rows:
            table.add_row(*row)
        return table

    def _lines(self) -> Iterator[Text]:
        every = [[Text(word, "dim") for word in self.heading], *self.rows] if self.heading else self.rows
        needed = zip_longest((min(width, PADDED) for width in widths(every)), self.least, fillvalue=0)
        padded = [max(pair) for pair in needed]
        for row in every:
            cells = [
                _padded(cell, width if number < len(row) - 1 else 0, right=number in self.right)
                for number, (cell, width) in enumerate(zip(row, padded, strict=True))
            ]
            line = Text(" " * self.indent) + Text(GAP).join(cells)
            line.rstrip()
            yield line


def widths(rows: Iterable[Iterable[Text]]) -> list[int]:
    """The cells that each column needs."""
    return [max(cell_len(cell.plain) for cell in column) for column in zip(*rows, strict=True)]


def _padded(cell: Text, width: int, *, right: bool) -> Text:
    flat = Text(GAP).join(cell.split("\n"))
    missing = max(0, width - cell_len(flat.plain))
    flat.pad_left(missing) if right else flat.pad_right(missing)
    return flat


def indented(what: Columns | Text, cells: int = 2) -> Columns:
    """The same, further to the right."""
    return replace(what if isinstance(what, Columns) else Columns([[what]]), indent=cells)
