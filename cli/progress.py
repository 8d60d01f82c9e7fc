"""How far a long job is, on a terminal: bar, count, what it does in a second, the time left, the present name."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from quotes.models import Article, Skipped

from .inputs import expected
from .render import shown, stderr

LEAST_NAME = 12  # cells


class Step:
    """What to call for each input done, with what became of it; it counts both."""

    def __init__(self, display: Progress, sources: list[str], verbose: bool) -> None:
        self.display, self.verbose = display, verbose
        self.outcomes: Counter[str] = Counter()
        self.words = 0
        self.began = time.monotonic()
        total = None if display.disable else expected(sources)
        self.task = display.add_task("", total=total, rate="")

    def __call__(self, done: Article | Skipped, outcome: str) -> None:
        """One input more."""
        self.outcomes[outcome] += 1
        if not self.display.disable:
            self.words += len(done.text.split()) if isinstance(done, Article) and outcome != "unchanged" else 0
            self.display.update(self.task, advance=1, description=done.where, rate=self._rate())
        if self.verbose:
            self.display.console.print(Text(f"{outcome:<10}") + shown(done.where), soft_wrap=True)

    def _rate(self) -> str:
        seconds = max(time.monotonic() - self.began, 0.001)
        return f"{self.outcomes.total() / seconds:,.1f}/s  {self.words / seconds:,.0f} words/s"


class Name(ProgressColumn):
    """The present input, as much of it as there is room for."""

    def render(self, task: Task) -> Text:
        """The end of its name: folders are the same for many."""
        words = shown(task.description)
        room = max(LEAST_NAME, stderr().width - 80)
        return words if len(words) <= room else Text("…") + words[-room + 1 :]


@contextmanager
def progress(sources: list[str], *, quiet: bool, verbose: bool) -> Iterator[Step]:
    """A bar on standard error where that is a terminal; with ``verbose`` a line there for each input in any case."""
    console = stderr()
    columns = (
        SpinnerColumn(), BarColumn(12), MofNCompleteColumn(), TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(compact=True), Name(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as display:
        yield Step(display, sources, verbose)
