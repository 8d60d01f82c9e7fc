"""One speaker over time: which one is meant, what is known, and the page that shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

import quotes

from . import pages, pieces
from .pieces import SOURCE, TEAL, Row
from .render import Columns, indented, shown

if TYPE_CHECKING:
    from quotes.store import Filters

FEW = 4  # claims of a topic, or speakers who may be meant
OUTLET_WIDTH = 20  # cells
BARS, WIDEST = "▁▂▃▄▅▆▇█", 60  # bars of a sparkline
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)", re.ASCII)


def find(store: quotes.Store, key: str) -> Row:
    """The speaker with that number or those words in the name, as `Store.speakers` has it; see `Store.speaker`."""
    from quotes.store import Filters

    known = store.speaker(key)
    mine = Filters(speaker=f"#{known['speaker_id']}", attitudes=True)
    counted = next(iter(store.speakers(mine)), None)
    return {**known, "role": None, "first": None, "last": None, **(counted or {})}


def gather(store: quotes.Store, who: Row, filters: Filters) -> dict[str, Any]:
    """A row of `Store.speakers` for the claims that pass, and these claims by outlet, month and topic.

    ``outlets``: [{publisher, claims}], ``months``: [{month, claims}], ``topics``: [{term, claims: their ids}] of the
    newest claims, ``said``: the claims themselves, those of the last day first.
    """
    from quotes import topics

    wanted = replace(filters, speaker=f"#{who['speaker_id']}")
    counted = next(iter(store.speakers(wanted)), {})
    rows = list(store.claims(wanted))
    rows.sort(key=lambda row: (row["published"] or "")[:10], reverse=True)
    months = Counter(month for row in rows if (month := _month(row)))
    newest = rows[: topics.MOST]
    terms: dict[tuple[str, ...], str] = {}  # of terms that the very same claims have, the one found first
    for term, _ in topics.key_terms([row["quote"] for row in newest]):
        terms.setdefault(tuple(row["claim_id"] for row in newest if topics.mentions(row["quote"], term)), term)
    return {
        **who,
        **(counted or dict.fromkeys(("claims", "direct", "indirect", "mixed", "articles"), 0)),
        "outlets": _counts("publisher", Counter(row["publisher"] for row in rows if row["publisher"]).most_common()),
        "months": _counts("month", sorted(months.items())),
        "topics": [{"term": term, "claims": list(ids)} for ids, term in terms.items()],
        "said": rows,
    }


def page(known: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Who it is, a bar for each month, and what was said on each topic and on others."""
    yield from _head(known)
    months = {row["month"]: row["claims"] for row in known["months"]}
    if months:
        yield _sparkline(months)
    others = {row["claim_id"]: row for row in known["said"]}
    rows = dict(others)
    for topic in known["topics"]:
        yield Text()
        yield from _said(shown(topic["term"], "bold"), [rows[key] for key in topic["claims"]])
        for key in topic["claims"]:
            others.pop(key, None)
    if others:
        yield Text()
        yield from _said(Text("other" if known["topics"] else "no topic", "bold"), list(others.values()))


def _head(known: Mapping[str, Any]) -> Iterator[Text]:
    kind = Text(pieces.type_name(known["speaker_kind"]), "dim")
    yield pieces.joined(" · ", shown(known["speaker"], SOURCE), kind, shown(known["role"], "italic"))
    if not known["said"]:
        yield Text("No claims.", "dim")
        return
    counts = Text(pieces.count(known["claims"], "claim")), Text(pieces.count(known["articles"], "article"))
    yield pieces.joined(" · ", *counts, pieces.kind_counts(known), pages.seen(known))
    if known["outlets"]:
        yield pieces.joined(", ", *(shown(f"{row['publisher']} {row['claims']:,}", "dim") for row in known["outlets"]))


def _said(term: Text, rows: Sequence[Row]) -> Iterator[RenderableType]:
    yield pieces.joined(" · ", term, Text(pieces.count(len(rows), "claim"), "dim"))
    yield Some(
        [[pieces.number(row), shown(pieces.day(row), "dim"), pieces.printer(row), pieces.quote(row)] for row in rows]
    )


@dataclass(frozen=True)
class Some:
    """Claims: the first few on a terminal, all of them where nothing wraps."""

    cells: Sequence[Sequence[Text]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        cells = self.cells if options.no_wrap else self.cells[:FEW]
        yield indented(Columns(cells, widths=(0, 0, OUTLET_WIDTH), right=frozenset({0})))
        if len(cells) < len(self.cells):
            yield Text(f"  … and {len(self.cells) - len(cells):,} more", "dim")


def _month(row: Row) -> str | None:
    """The month of publication; None for a date that has none."""
    found = MONTH.match(row["published"] or "")
    return found[0] if found else None


def _counts(name: str, counts: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{name: value, "claims": number} for value, number in counts]


def _sparkline(months: Mapping[str, int]) -> Text:
    """Claims by month from the first to the last, a dot for none; several months a bar where they are very many."""
    numbers = {12 * int(month[:4]) + int(month[5:7]): count for month, count in months.items()}
    first, last = min(numbers), max(numbers)
    step = -(-(last - first + 1) // WIDEST)
    bars = [0] * ((last - first) // step + 1)
    for number, count in numbers.items():
        bars[(number - first) // step] += count
    most = max(bars)
    if first == last:
        return Text(f"{min(months)}  {pieces.count(most, 'claim')}", "dim")
    line = "".join(BARS[-(-bar * len(BARS) // most) - 1] if bar else "·" for bar in bars)
    scale = Text(f"at most {most:,} {'a month' if step == 1 else f'in {step} months'}", "dim")
    return pieces.joined("  ", Text(min(months), "dim"), Text(line, TEAL), Text(max(months), "dim"), scale)
