"""The command ``quotes``: every command parses, calls the library and renders. Data on stdout, talk on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import quotes
from quotes.errors import QuotesError, UsageError

from .failures import Commands
from .options import Attitudes, Choice, Database, Form, shared

if TYPE_CHECKING:
    from rich.console import RenderableType

    from quotes.models import Article, Claim, Skipped

Row = Mapping[str, Any]
Page = Callable[[Iterable[Row]], Iterator["RenderableType"]]

FAILED, SOME_FAILED = 1, 3
Sources = Annotated[
    list[str], typer.Argument(metavar="SRC…", help="Files, folders, globs, JSON Lines, or - for standard input.")
]

app = typer.Typer(
    name="quotes",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


@dataclass(frozen=True)
class Settings:
    """What stands before the command."""

    db: Path
    quiet: bool
    verbose: bool


def main() -> None:
    """Run ``quotes`` with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="quotes")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"quotes {quotes.__version__}")
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    db: Database = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Data and errors only.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say also which model and database.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Who said what: claims and quotations from news, with speakers, sources and provenance.

    [bold]quotes add seeds && quotes report[/bold]
    """
    context.obj = Settings(db or Path("quotes.db"), quiet, verbose)


@app.command(epilog="Examples:  quotes add seeds  ·  quotes -d city.db add 'press/*.txt' wire.jsonl  ·  cat a.txt | quotes add -")
def add(context: typer.Context, sources: Sources) -> None:
    """Read articles, find who says what, and store it. The same input twice changes nothing."""
    from . import pages
    from .render import progress

    chosen: Settings = context.obj
    nlp = quotes.load()
    with quotes.Store(chosen.db, create=True) as store:
        with progress("reading", quiet=chosen.quiet) as advance:
            done = quotes.track(sources, store, nlp, progress=advance)
        _talk(pages.skips(done.skipped))
        if not chosen.quiet:
            _print(pages.summary(done, list(store.speakers()), str(chosen.db)))
    if done.skipped:
        raise typer.Exit(SOME_FAILED)


@app.command(epilog="Examples:  quotes extract article.txt  ·  quotes extract gold.jsonl --nl > predicted.jsonl")
def extract(
    context: typer.Context,
    sources: Sources,
    nl: Annotated[bool, typer.Option("--nl", help="JSON, one document a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON array of documents.")] = False,
    attitudes: Attitudes = False,
) -> None:
    """Find who says what and print it, without a database. Offsets are code points of each input's text."""
    from quotes.pipeline import extract_many
    from quotes.writers import write_json, write_jsonl
    from quotes.writers.documents import document

    from . import pages

    if nl and json:
        raise UsageError("one form of output at a time", "choose --json or --nl")
    skipped: list[Skipped] = []
    found = _claims(sources, extract_many, skipped)
    if nl or json:
        documents = (document(article, claims, attitudes=attitudes) for article, claims in found)
        (write_jsonl if nl else write_json)(documents, sys.stdout)
    else:
        for article, claims in found:
            _print(pages.extracted(article, claims, attitudes=attitudes))
    if skipped:
        raise typer.Exit(SOME_FAILED)


def _claims(sources: list[str], extract_many: Any, skipped: list[Skipped]) -> Iterator[tuple[Article, list[Claim]]]:
    """Each article with its claims, in order; what cannot be read is said at once and gathered in ``skipped``."""
    from quotes.models import Skipped

    from . import pages

    def skip(left_out: Skipped) -> None:
        skipped.append(left_out)
        _talk(pages.skips([left_out]))

    def articles() -> Iterator[Article]:
        for item in quotes.read(sources):
            if isinstance(item, Skipped):
                skip(item)
            else:
                yield item

    for article, claims in extract_many(articles(), quotes.load()):
        if isinstance(claims, Skipped):
            skip(claims)
        else:
            yield article, claims


@app.command(epilog="Examples:  quotes report  ·  quotes report --speaker McGurk  ·  quotes report -o report.svg")
@shared
def report(context: typer.Context, choice: Choice, form: Form) -> None:
    """Who said what, grouped by speaker."""
    from . import pages

    with _store(context) as store:
        _give(store.claims(choice.filters()), form, pages.report, _claim_columns())


@app.command(epilog="""Examples:  quotes search strikes  ·  quotes search '"precision strikes" -Syria' --speaker McGurk""")
@shared
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Words, "a phrase", begin* and -without.')],
    choice: Choice,
    form: Form,
) -> None:
    """Search quotes, their context and their speakers."""
    from . import pages

    with _store(context) as store:
        _give(store.search(query, choice.filters()), form, pages.hits, _claim_columns())


@app.command(epilog="Examples:  quotes show 2  ·  quotes show 'on the defensive'  ·  quotes show 2 --json")
def show(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ID", help="Number or id of a claim; id or words of the title of an article.")],
    json: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False,
    attitudes: Attitudes = False,
) -> None:
    """Show a claim in its paragraph, or a whole article, with source, cue and content in colour."""
    from quotes.store import Filters
    from quotes.writers import json_text

    from . import pages

    with _store(context) as store:
        if (claim := _claim(store, key)) is not None:
            article = store.article(claim["article_id"])
            print(json_text(claim)) if json else _print(pages.claim(claim, article))
            return
        article = store.article(key)
        claims = list(store.claims(Filters(article=article["uid"], attitudes=attitudes)))
        print(json_text(article | {"claims": claims})) if json else _print(pages.article(article, claims))


@app.command(epilog="Examples:  quotes speakers  ·  quotes speakers --unnamed  ·  quotes speakers --publisher Reuters --csv")
@shared
def speakers(context: typer.Context, choice: Choice, form: Form) -> None:
    """List speakers with counts, roles, and when they were first and last seen."""
    from . import pages

    with _store(context) as store:
        _give(store.speakers(choice.filters()), form, pages.speakers)


@app.command(epilog="Examples:  quotes export csv > claims.csv  ·  quotes export csv --excel -o claims.csv  ·  quotes export jsonl")
@shared
def export(
    context: typer.Context,
    format: Annotated[Literal["csv", "tsv", "json", "jsonl"], typer.Argument(help="The format.")],  # noqa: A002
    choice: Choice,
    excel: Annotated[bool, typer.Option("--excel", help="CSV that Excel opens: BOM, CRLF, no formulas.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
) -> None:
    """Write claims for a spreadsheet or a program: CSV and TSV one row a claim, JSON with every detail."""
    if excel and format != "csv":
        raise UsageError(f"--excel is a kind of csv, not of {format}", "quotes export csv --excel")
    columns = _claim_columns() if format in ("csv", "tsv") else ()
    with _store(context) as store:
        rows = store.claims(choice.filters())
        count = quotes.export(rows, out or sys.stdout, "excel" if excel else format, columns=columns, force=force)
    if out and not context.obj.quiet:
        _talk([_words(f"{count} claims in {out}")])


@app.command()
def verify(context: typer.Context) -> None:
    """Check that every stored word still stands where it was found; exit 1 if not."""
    from . import pages

    with _store(context) as store:
        problems = list(store.verify())
        _print(pages.problems(problems, store.count(), str(context.obj.db)))
    if problems:
        raise typer.Exit(FAILED)


@app.command(epilog="Examples:  quotes extract gold.jsonl --nl > predicted.jsonl && quotes score gold.jsonl predicted.jsonl")
def score(
    gold: Annotated[Path, typer.Argument(help="JSON Lines with text and attributions.")],
    predicted: Annotated[Path, typer.Argument(help="JSON Lines as `quotes extract --nl` prints them.")],
    json: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what went wrong instead.")] = False,
) -> None:
    """Measure predicted attributions against gold ones: precision, recall and F1."""
    from quotes import scoring
    from quotes.writers import json_text

    from . import pages

    wanted, found = scoring.read(gold), scoring.read(predicted)
    if errors:
        rows = list(scoring.errors(wanted, found))
        print(json_text(rows)) if json else _print(pages.errors(rows))
        return
    counts = scoring.score(wanted, found)
    ...


@app.command()
def doctor(context: typer.Context) -> None:
    """Say which model and versions are at work, and whether the database is healthy; exit 1 if something is wrong."""
    ...


def _store(context: typer.Context) -> quotes.Store:
    """The database, opened to be read."""
    return quotes.Store(context.obj.db, readonly=True)


def _claim_columns() -> tuple[str, ...]:
    from quotes.store import COLUMNS

    return COLUMNS
