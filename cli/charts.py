"""Counts as pictures: claims over time, unnamed sources by outlet and form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from textwrap import shorten

from rich.console import RenderableType
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
    yield from _part("by outlet", cells, frozenset({1, 2, 3}))


def _by_form(rows: Sequence[Row], claims: int) -> Iterator[RenderableType]:
    forms: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["form"]:
            forms[row["form"]].append(row)
    ranked = sorted(forms.items(), key=lambda item: (-sum(row["claims"] for row in item[1]), item[0]))
    cells = []
    for form, some in ranked:
        count, first = sum(row["claims"] for row in some), max(some, key=lambda row: row["claims"])
        named = list(dict.fromkeys(name for row in some for name in row["speakers"]))
        more = [f"{len(named) - FEW:,} more"] if len(named) > FEW else []
        example = pieces.joined(" ", Text(f"#{first['example']}", "dim"), shown(_short(first["quote"])))
        cells.append([Text(f"{count:,}"), Text(f"{count / claims:.1%}"), shown(form, SOURCE),
                      pieces.joined("\n", shown(", ".join(named[:FEW] + more), "dim"), example)])  # fmt: skip
    yield from _part("by form", cells, frozenset({0, 1}))


def _short(quote: str) -> str:
    return shorten(quote, 2 * WIDEST, placeholder=" …")


def _reasons(rows: Sequence[Row]) -> Iterator[RenderableType]:
    cells = [
        [shown(row["publisher"] or "outlet unknown"), shown(row["form"], SOURCE), shown(words, CUE)]
        for row in rows
        for words in row["reasons"]
    ]
    yield from _part("why they are not named", cells)


def _part(
    heading: str, cells: Sequence[Sequence[Text]], right: frozenset[int] = frozenset()
) -> Iterator[RenderableType]:
    if cells:
        yield Text()
        yield Text(heading, "dim")
        yield indented(Columns(cells[:MOST], widths=(24, 24), right=right))
    if len(cells) > MOST:
        yield Text(f"  … and {len(cells) - MOST:,} more: --csv", "dim")
