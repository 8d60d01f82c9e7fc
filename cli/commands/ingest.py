"""News goes in: with a database, and without."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

import quotes
from quotes import writers
from quotes.errors import UsageError
from quotes.models import Article, Report, Skipped
from quotes.readers.inputs import Options
from quotes.writers.documents import document, joined

from .. import notices
from ..inputs import Jobs, Map, Private, Robots, Sources, claims_in, options, workers
from ..options import AsObject, Attitudes
from ..output import put, talk
from ..program import SOME_FAILED, Settings, app, examples, opened, writable
from ..progress import Step, progress


@app.command(
    epilog=examples(
        "quotes add seeds",
        "quotes -d city.db add 'press/*.txt' wire.jsonl",
        "quotes add https://news.example/feed.xml",
        "quotes add archive --dry-run",
    )
)
def add(
    context: typer.Context,
    sources: Sources,
    fields: Map = "",
    jobs: Jobs = None,
    allow_private: Private = False,
    ignore_robots: Robots = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be new, and write nothing.")] = False,
    json: AsObject = False,
) -> None:
    """Read articles, find who says what, and store it. The same input twice changes nothing.

    What was interrupted is taken up again by the same command.
    """
    chosen: Settings = context.obj
    how = options(fields, allow_private, ignore_robots)
    with progress(sources, quiet=chosen.quiet, verbose=chosen.verbose) as step:
        if dry_run:
            done = _survey(chosen.db, quotes.read(sources, options=how), step)
        else:
            done = _store(chosen.db, sources, how, workers(jobs), step)
    talk(notices.left_out(done.skipped))
    if json:
        print(writers.json_text({"read": done.read, **asdict(done)}))
    elif not chosen.quiet:
        put(
            notices.summary(
                done, _speakers(context) if done.claims and not dry_run else [], str(chosen.db), dry=dry_run
            )
        )
    if done.skipped:
        raise typer.Exit(SOME_FAILED)


def _store(db: Path, sources: list[str], how: Options, jobs: int, step: Step) -> Report:
    """Add the sources to the database; what became of them."""
    nlp = quotes.load()
    with writable(db, create=True) as store:
        try:
            return quotes.track(sources, store, nlp, jobs=jobs, progress=step, options=how)
        except KeyboardInterrupt:
            talk(notices.stopped(step.outcomes, str(db)))
            raise


def _speakers(context: typer.Context) -> list[dict[str, Any]]:
    with opened(context) as store:
        return list(store.speakers(apart=False))


def _survey(db: Path, inputs: Iterable[Article | Skipped], step: Step) -> Report:
    """What would become of the inputs; a database that is not there yet is an empty one, and is not made."""
    from quotes.pipeline import run_of
    from quotes.tracker import survey

    run = run_of(quotes.load())
    if not db.exists():
        return survey(inputs, None, run, step)
    with quotes.Store(db, readonly=True) as store:
        return survey(inputs, store, run, step)


@app.command(epilog=examples("quotes extract article.txt", "quotes extract gold.jsonl --nl > predicted.jsonl"))
def extract(
    context: typer.Context,
    sources: Sources,
    fields: Map = "",
    jobs: Jobs = None,
    allow_private: Private = False,
    ignore_robots: Robots = False,
    nl: Annotated[bool, typer.Option("--nl", help="JSON, one document a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON array of documents.")] = False,
    attitudes: Attitudes = False,
    join: Annotated[
        bool | None,
        typer.Option(
            "--joined/--apart",
            help="With “that”, and continuations with the claim they carry on; as PolNeAR counts, so the form of "
            "--nl and --json with --attitudes.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Find who says what and print it, without a database. Offsets are code points of each input's text."""
    if nl and json:
        raise UsageError("one form of output at a time", "choose --json or --nl")
    skipped: list[Skipped] = []
    how = options(fields, allow_private, ignore_robots)
    found = claims_in(quotes.read(sources, options=how), skipped, jobs)
    if (attitudes and (nl or json)) if join is None else join:  # the corpora with attitudes have this form
        found = ((article, joined(article.text, claims)) for article, claims in found)
    if nl or json:
        documents = (document(article, claims, attitudes=attitudes) for article, claims in found)
        writers.export(documents, sys.stdout, "jsonl" if nl else "json")
    else:
        for article, claims in found:
            put(notices.extracted(article, claims, attitudes=attitudes))
    if skipped:
        raise typer.Exit(SOME_FAILED)
