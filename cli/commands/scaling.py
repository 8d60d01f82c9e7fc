"""Corpora larger than one sitting: plan, run, status, load."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from quotes import writers
from quotes.errors import UsageError
from quotes.models import Skipped

from .. import batches, notices
from ..batches import counting
from ..inputs import Jobs, workers
from ..options import AsObject
from ..output import put, talk
from ..program import SOME_FAILED, Settings, app, examples, writable

batch = typer.Typer(
    epilog=examples("quotes batch plan archive/ --to work", "quotes batch run work", "quotes batch load work"),
    name="batch",
    help="Very many articles: cut into shards, worked off by many processes or machines, loaded into the database.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
app.add_typer(batch)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the plan and its results are.")]


@batch.command(
    epilog=examples("quotes batch plan archive/ --to work", "quotes batch plan 's3://news/2024/*.jsonl.gz' --to work")
)
def plan(
    context: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="Files, folders, globs or fsspec addresses; Parquet too.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Folder for the plan and the results.")],
    size: Annotated[int, typer.Option("--size", metavar="MB", min=1, help="Text in a shard, about.")] = 4,
    json: AsObject = False,
) -> None:
    """Cut inputs into shards of some minutes' work. Planning again keeps what is done."""
    _needed()
    from quotes.batch import plan as planning

    with counting("reading", quiet=context.obj.quiet) as step:
        made = planning.make(inputs, to, size=size * 1_000_000, progress=lambda *_: step(1))
    skipped = [Skipped(**one) for one in made["skipped"]]
    talk(notices.skips(skipped))
    print(writers.json_text(made)) if json else put(batches.planned(made, to))
    if skipped:
        raise typer.Exit(SOME_FAILED)


@batch.command(
    "run", epilog=examples("quotes batch run work --jobs 8", "quotes batch run work --scheduler tcp://head:8786")
)
def work(
    context: typer.Context,
    folder: Folder,
    jobs: Jobs = None,
    dask: Annotated[bool, typer.Option("--dask", help="Work on Dask processes of this machine.")] = False,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster there.")
    ] = None,
    json: AsObject = False,
) -> None:
    """Do the shards that are not done yet. Interrupt it, kill it, run it again: nothing is done twice or lost."""
    _needed()
    from quotes.batch import engine

    number, failed = workers(jobs), list[Skipped]()
    run, extract = engine.extracting(number)
    shards = list(engine.missing(folder, run))
    with counting("shards", quiet=context.obj.quiet, total=len(shards)) as step:
        outcomes = (
            engine.dask(shards, folder, run, extract, scheduler=scheduler, jobs=number)
            if dask or scheduler
            else engine.here(shards, folder, run, extract)
        )
        for _, outcome in outcomes:
            step(1)
            if isinstance(outcome, Skipped):
                failed.append(outcome)
                talk(notices.skips([outcome]))
    _status(folder, json=json)
    if failed:
        raise typer.Exit(SOME_FAILED)


@batch.command(epilog=examples("quotes batch status work", "quotes batch status work --json"))
def status(folder: Folder, json: AsObject = False) -> None:
    """How many shards and records are done, at what rate, and what failed why."""
    _needed()
    _status(folder, json=json)


@batch.command(epilog=examples("quotes -d archive.db batch load work"))
def load(context: typer.Context, folder: Folder, json: AsObject = False) -> None:
    """Bring results into the database, in one transaction. The same results twice change nothing."""
    _needed()
    from quotes.batch import loading

    chosen: Settings = context.obj
    with writable(chosen.db, create=True) as store, counting("claims", quiet=chosen.quiet) as step:
        report = loading.load(folder, store, step)
        speakers = list(store.speakers(apart=False))
    talk(notices.skips(report.skipped))
    print(writers.json_text(asdict(report))) if json else put(notices.summary(report, speakers, str(chosen.db)))


def _status(folder: Path, *, json: bool) -> None:
    from quotes.batch import ledger

    found = ledger.status(folder)
    print(writers.json_text(found)) if json else put(batches.status(found))


def _needed() -> None:
    """Raises UsageError where the extra is not installed."""
    from importlib.util import find_spec

    if missing := [name for name in ("pyarrow", "fsspec") if find_spec(name) is None]:
        raise UsageError(f"batches need {' and '.join(missing)}", "pip install 'quotes-tracker[batch]'")
