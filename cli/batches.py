"""What the commands for batches show: the plan, how far it is done, what was loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from . import pieces
from .pieces import NEGATED
from .render import indented, shown, stderr


@contextmanager
def counting(what: str, *, quiet: bool, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """What to call with the number of things done since; a bar with the time left where there is a terminal."""
    console = stderr()
    columns = (
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as display:
        task = display.add_task(what, total=total)
        yield lambda number: display.advance(task, number)


def planned(plan: Mapping[str, Any], folder: Path) -> Iterator[RenderableType]:
    """What was planned, and what to do next."""
    yield Text(f"{pieces.count(plan['shards'], 'shard')} of {pieces.count(plan['pieces'], 'piece')} of input", "bold")
    yield shown(f"quotes batch run {folder}", "dim")


def status(found: Mapping[str, Any]) -> Iterator[RenderableType]:
    """How far the work is, at what rate, and what could not be done."""
    yield Text(f"{found['shards_done']:,} of {pieces.count(found['shards'], 'shard')} done", "bold")
    parts = ", ".join(f"{found[name]:,} {name}" for name in ("done", "failed", "unread") if found[name])
    yield pieces.joined(
        " · ",
        Text(pieces.count(found["records"], "record") + (f": {parts}" if parts else "")),
        Text(pieces.count(found["claims"], "claim")),
        Text(pieces.count(found["words"], "word")),
    )
    if found["words_per_second"]:
        yield Text(f"{found['words_per_second']:,} words a second and shard at work", "dim")
    for reason, number in found["reasons"].items():
        yield indented(pieces.joined(" ", Text(f"{number:,}", NEGATED), shown(reason)))
