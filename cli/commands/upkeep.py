"""Is all as it should be: the stored words, the figures, the installation."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes import judging, scoring, writers
from quotes.errors import UsageError

from .. import checkup, notices
from ..options import AsObject, Form, ToldForm, shared
from ..output import give_told, put, talk
from ..program import FAILED, app, examples, opened, writable


@app.command(epilog=examples("quotes verify", "quotes verify --json"))
def verify(context: typer.Context, json: AsObject = False) -> None:
    """Check that every stored word still stands where it was found; exit 1 if not."""
    from quotes.store import Filters

    with opened(context) as store:
        problems = list(store.verify())
        claims, statements = store.count(Filters(attitudes=True)), store.count()
    if json:
        print(writers.json_text({"claims": claims, "problems": [asdict(problem) for problem in problems]}))
    else:
        put(notices.problems(problems, statements, claims - statements, str(context.obj.db)))
    if problems:
        raise typer.Exit(FAILED)


@app.command(
    epilog=examples(
        "quotes extract gold.jsonl --nl > predicted.jsonl && quotes score gold.jsonl predicted.jsonl", "quotes score"
    )
)
@shared
def score(
    context: typer.Context,
    form: ToldForm,
    gold: Annotated[Path | None, typer.Argument(metavar="GOLD", help="JSON Lines with text and attributions.")] = None,
    predicted: Annotated[
        Path | None, typer.Argument(metavar="PREDICTED", help="JSON Lines as `quotes extract --nl` prints them.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what went wrong instead.")] = False,
) -> None:
    """Measure predicted attributions against gold ones: precision, recall and F1.

    Without files: how often the claims of the database were right, by what you said of them in quotes review.
    """
    if gold is None or predicted is None:
        _score_reviews(context, form, alone=gold is None and not errors)
        return
    wanted, found = scoring.read(gold, gold=True), scoring.read(predicted)
    if not wanted.keys() & found.keys():
        raise UsageError(f"{gold} and {predicted} have no document id in common", "are they of the same articles?")
    if errors:
        rows = list(scoring.errors(wanted, found))
        give_told(rows, rows, notices.errors(rows), form, (), "quotes score --errors")
        return
    measures = _measures(wanted, found)
    table = [{"measure": name, **values} for name, values in measures.items()]
    give_told(measures, table, notices.scores(measures), form, (), "quotes score")


def _score_reviews(context: typer.Context, form: Form, *, alone: bool) -> None:
    from .. import verdicts

    if not alone:
        raise UsageError("two files are compared, or none", "quotes score GOLD PREDICTED, or quotes score")
    with opened(context) as store:
        rows = judging.judge(store.judged())
    give_told(rows, rows, verdicts.judged(rows), form, (), "quotes score")


def _measures(gold: dict[str, Any], predicted: dict[str, Any]) -> dict[str, dict[str, float]]:
    bands = scoring.bands(gold, predicted)
    measures: dict[str, dict[str, float]] = {}
    for name, counts in scoring.score(gold, predicted).items():
        values = (*scoring.ratios(counts), *bands[name], *counts)
        measures[name] = dict(zip(("p", "r", "f1", "low", "high", "right", "found", "gold"), values, strict=True))
    return measures


@app.command(epilog=examples("quotes doctor", "quotes doctor --json"))
def doctor(context: typer.Context, json: AsObject = False) -> None:
    """Try the model on a sentence; say which versions are at work, whether the database is healthy, what was left out.

    Exit 1 if something is wrong.
    """
    found = checkup.examine(context.obj.db)
    if json:
        print(writers.json_text(found))
    else:
        put(notices.health(found))
        talk(notices.told(*found["problems"]))
    if found["problems"]:
        raise typer.Exit(FAILED)


database = typer.Typer(
    epilog=examples("quotes db backup monday.db", "quotes db migrate"),
    help="Back the database up, bring it up to date, show how it is built.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
app.add_typer(database, name="db")


@database.command(epilog=examples("quotes db backup monday.db"))
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where nothing is yet.")],
) -> None:
    """Copy the whole database, also while others work in it."""
    with opened(context) as store:
        store.backup(file)
    talk(notices.told(f"{file} has {file.stat().st_size:,} bytes"))


@database.command(epilog=examples("quotes db migrate"))
def migrate(context: typer.Context) -> None:
    """Bring a database of an older version up to date; a copy of it as it was is left beside it.

    Every command that writes does this too.
    """
    from quotes.store import VERSION

    with writable(context.obj.db):
        talk(notices.told(f"{context.obj.db} has schema version {VERSION}"))


@database.command(epilog=examples("quotes db reindex"))
def reindex(context: typer.Context) -> None:
    """Make search indexes, kept counts and groups of like quotations anew.

    Articles, claims, speakers and reviews stay as they are; the groups get new ids and the time of now.
    """
    with writable(context.obj.db) as store:
        store.reindex()
    talk(notices.told(f"search indexes, counts and groups of {context.obj.db} are made anew"))


@database.command(epilog=examples("quotes db schema", "quotes db schema | less"))
def schema(context: typer.Context) -> None:
    """Print the tables, indexes, triggers and views as SQL: the file is yours to query with any tool."""
    with opened(context) as store:
        print(store.schema())
