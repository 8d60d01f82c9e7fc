"""Counts as pictures: claims over time, unnamed sources by outlet and form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from textwrap import shorten

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from . import pieces
from .pieces import AMBER, CUE, KINDS, SOURCE, Row
from .render import Columns, indented, shown

WIDEST = 48  # cells of a bar
BLOCKS = {"direct": "█", "mixed": "▓", "indirect": "▒"}  # to be told apart without colours too
STEPS = {"week": 7}  # days between units that are called by a day
MOST = 10  # lines of a part
FEW = 4  # sources of a form that are named


def timeline(rows: Iterable[Row], unit: str) -> Iterator[RenderableType]:
    """A bar for each unit of time, its kinds apart; a line where several units have none."""
    every = list(rows)
    if not every:
        yield Text("No claims with a date.", "dim")
        return
    most = max(row["claims"] for row in every)
    whole = {name: sum(row[name] for row in every) for name in ("claims", *BLOCKS)}
    span = pieces.joined(
        " – ", *(shown(day, "dim") for day in dict.fromkeys((every[0]["period"], every[-1]["period"])))
    )
    yield pieces.joined(" · ", Text(pieces.count(whole["claims"], "claim"), "bold"), span, pieces.kind_counts(whole))
    yield pieces.joined("  ", *(Text(f"{block} {kind}", KINDS[kind]) for kind, block in BLOCKS.items()))
    yield Columns(list(_lines(every, STEPS.get(unit, 1), most)), right=frozenset({1}))


def _lines(rows: Sequence[Row], step: int, most: int) -> Iterator[list[Text]]:
    """A line a unit that has claims, and one wherever units between have none."""
    before = _place(rows[0]["period"]) - step
    for row in rows:
        at = _place(row["period"])
        if at - before > step:
            yield [Text("⋮", "dim"), Text(), Text("none", "dim")]
        yield [shown(row["period"]), Text(f"{row['claims']:,}"), _bar(row, most)]
        before = at


def _place(period: str) -> int:
    """Where a year, a month or a day lies in the order of them."""
    if len(period) > len("2024-03"):
        return date.fromisoformat(period).toordinal()
    return int(period) if len(period) == len("2024") else 12 * int(period[:4]) + int(period[5:7])


def _bar(row: Row, most: int) -> Text:
    """A bar as long as the claims are of the most, at least a cell where there are any."""
    whole = max(1, round(WIDEST * row["claims"] / most))
    ends = [0]
    for kind in BLOCKS:
        ends.append(ends[-1] + row[kind])
    cells = [round(whole * end / row["claims"]) for end in ends]
    parts = zip(BLOCKS.items(), pairwise(cells), strict=True)
    return Text.assemble(*((block * (end - start), KINDS[kind]) for (kind, block), (start, end) in parts))


def unnamed(rows: Iterable[Row], every: Sequence[Row]) -> Iterator[RenderableType]:
    """How many claims come from sources without a name: in all, and by the outlets and forms of these rows, and why."""
    page = list(rows)
    outlets = {row["publisher"]: row["outlet_claims"] for row in every}
    claims, whole = sum(row["claims"] for row in every), sum(outlets.values())
    if not whole:
        yield Text("No claims.", "dim")
        return
    share = f"{claims:,} of {pieces.count(whole, 'claim')} ({claims / whole:.1%}) from unnamed sources"
    reasons = sum(len(row["reasons"]) for row in every)
    yield pieces.joined(
        " · ", Text(share, "bold"), Text(f"{pieces.count(reasons, 'reason')} printed" if reasons else "")
    )
    yield from _by_outlet(_with("publisher", page, every), outlets)
    yield from _by_form(_with("form", page, every), claims)
    yield from _reasons(page)


def _with(key: str, page: Sequence[Row], every: Sequence[Row]) -> list[Row]:
    """All rows with an outlet, or a form, that stands on the page: its count is of all of them."""
    there = {row[key] for row in page}
    return [row for row in every if row[key] in there]


def _by_outlet(rows: Sequence[Row], outlets: Mapping[str | None, int]) -> Iterator[RenderableType]:
    counts: Counter[str | None] = Counter()
    for row in rows:
        counts[row["publisher"]] += row["claims"]
    ranked = sorted(counts, key=lambda name: (-counts[name] / outlets[name], -outlets[name], name or ""))
    cells = [
        [
            shown(name or "outlet unknown"),
            Text(f"{counts[name]:,}"),
            Text(f"of {outlets[name]:,}", "dim"),
            Text(f"{counts[name] / outlets[name]:.1%}"),
            Text("█" * round(WIDEST / 2 * counts[name] / outlets[name]), AMBER),
        ]
        for name in ranked
    ]
    yield Part("by outlet", cells, cells, frozenset({1, 2, 3}))


def _by_form(rows: Sequence[Row], claims: int) -> Iterator[RenderableType]:
    forms: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["form"]:
            forms[row["form"]].append(row)
    ranked = sorted(forms.items(), key=lambda item: (-sum(row["claims"] for row in item[1]), item[0]))
    whole, brief = ([_form(*item, claims, brief=short) for item in ranked] for short in (False, True))
    yield Part("by form", whole, brief, frozenset({0, 1}))


def _form(form: str, rows: Sequence[Row], claims: int, *, brief: bool) -> list[Text]:
    count, first = sum(row["claims"] for row in rows), max(rows, key=lambda row: row["claims"])
    named = list(dict.fromkeys(name for row in rows for name in row["speakers"]))
    if brief and len(named) > FEW:
        named = [*named[:FEW], f"{len(named) - FEW:,} more"]
    quote = shorten(first["quote"], 2 * WIDEST, placeholder=" …") if brief else first["quote"]
    example = pieces.joined(" ", Text(f"#{first['example']}", "dim"), shown(quote))
    what = pieces.joined("\n", shown(", ".join(named), "dim"), example)
    return [Text(f"{count:,}"), Text(f"{count / claims:.1%}"), shown(form, SOURCE), what]


def _reasons(rows: Sequence[Row]) -> Iterator[RenderableType]:
    cells = [
        [shown(row["publisher"] or "outlet unknown"), shown(row["form"], SOURCE), shown(words, CUE)]
        for row in rows
        for words in row["reasons"]
    ]
    yield Part("why they are not named", cells, cells)


@dataclass(frozen=True)
class Part:
    """Lines under a heading: the first few, in brief, on a terminal, all of them where nothing wraps."""

    heading: str
    cells: Sequence[Sequence[Text]]
    brief: Sequence[Sequence[Text]]
    right: frozenset[int] = frozenset()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        cells = self.cells if options.no_wrap else self.brief[:MOST]
        if cells:
            yield Text()
            yield Text(self.heading, "dim")
            yield indented(Columns(cells, widths=(24, 24), right=self.right))
        if len(cells) < len(self.cells):
            yield Text(f"  … and {len(self.cells) - len(cells):,} more: --csv", "dim")
