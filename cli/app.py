"""The command ``quotes``: every command parses, calls the library and renders. Data on stdout, talk on stderr."""

from __future__ import annotations

import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import quotes
from quotes import scoring, writers
from quotes.errors import UsageError
from quotes.models import Skipped
from quotes.writers.documents import document, joined

from . import checkup, notices, output, pages, profile
from .failures import Commands
from .inputs import Sources, claims_in
from .options import AsObject, Attitudes, Choice, Database, Form, Scope, shared
from .output import give, put, talk
from .render import progress

Row = dict[str, Any]

FAILED, SOME_FAILED = 1, 3


def _examples(*commands: str) -> str:
    """An epilogue of examples, a line each."""
    return "Examples:\n\n" + "\n\n".join(commands)


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
    if hasattr(signal, "SIGPIPE"):  # a reader who leaves early ends us in silence, as it ends any filter
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
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
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say what becomes of each input.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Who said what: claims and quotations from news, with speakers, sources and provenance.

    [bold]quotes add seeds && quotes report[/bold]
    """
    context.obj = Settings(db or Path("quotes.db"), quiet, verbose)


@app.command(
    epilog=_examples("quotes add seeds", "quotes -d city.db add 'press/*.txt' wire.jsonl", "cat a.txt | quotes add -")
)
def add(context: typer.Context, sources: Sources, json: AsObject = False) -> None:
    """Read articles, find who says what, and store it. The same input twice changes nothing."""
    chosen: Settings = context.obj
    nlp = quotes.load()
    with quotes.Store(chosen.db, create=True) as store:
        with progress(quiet=chosen.quiet, verbose=chosen.verbose) as step:
            done = quotes.track(sources, store, nlp, progress=step)
        talk(notices.skips(done.skipped))
        if json:
            print(writers.json_text(asdict(done)))
        elif not chosen.quiet:
            put(notices.summary(done, list(store.speakers()), str(chosen.db)))
    if done.skipped:
        raise typer.Exit(SOME_FAILED)


@app.command(epilog=_examples("quotes extract article.txt", "quotes extract gold.jsonl --nl > predicted.jsonl"))
def extract(
    context: typer.Context,
    sources: Sources,
    nl: Annotated[bool, typer.Option("--nl", help="JSON, one document a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON array of documents.")] = False,
    attitudes: Attitudes = False,
    join: Annotated[bool, typer.Option("--joined", help="Continuations with the claim they carry on.")] = False,
) -> None:
    """Find who says what and print it, without a database. Offsets are code points of each input's text."""
    if nl and json:
        raise UsageError("one form of output at a time", "choose --json or --nl")
    skipped: list[Skipped] = []
    found = claims_in(sources, skipped)
    if join:
        found = ((article, joined(claims)) for article, claims in found)
    if nl or json:
        documents = (document(article, claims, attitudes=attitudes) for article, claims in found)
        writers.export(documents, sys.stdout, "jsonl" if nl else "json")
    else:
        for article, claims in found:
            put(notices.extracted(article, claims, attitudes=attitudes))
    if skipped:
        raise typer.Exit(SOME_FAILED)


@app.command(epilog=_examples("quotes report", "quotes report --speaker McGurk", "quotes report -o report.svg"))
@shared
def report(context: typer.Context, choice: Choice, form: Form) -> None:
    """Who said what, grouped by speaker."""
    with _store(context) as store:
        give(store.claims(choice.filters()), pages.report, form, _claim_columns(), "quotes report")


@app.command(epilog=_examples("quotes search strikes", "quotes search '\"precision strikes\" -Syria' --speaker McGurk"))
@shared
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Words, "a phrase", begin* and -without.')],
    choice: Choice,
    form: Form,
) -> None:
    """Search quotes, their context and their speakers."""
    with _store(context) as store:
        give(store.search(query, choice.filters()), pages.hits, form, _claim_columns(), "quotes search")


@app.command(epilog=_examples("quotes show 2", "quotes show 'on the defensive'", "quotes show 2 --json"))
def show(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="ID", help="Number or id of a claim; id or words of the title of an article.")
    ],
    json: AsObject = False,
    attitudes: Attitudes = False,
) -> None:
    """Show a claim in its paragraph, or a whole article, with source, cue and content in colour."""
    with _store(context) as store:
        row, claims = _found(store, key, attitudes=attitudes)
        if json:
            print(writers.json_text(row if claims is None else {**row, "claims": claims}))
        elif claims is None:
            put(pages.claim(row, store.article(row["article_id"])))
        else:
            put(pages.article(row, claims))


def _found(store: quotes.Store, key: str, *, attitudes: bool) -> tuple[Row, list[Row] | None]:
    """The claim of that id, or else the article with its claims."""
    from quotes.store import Filters

    try:
        return store.claim(key.removeprefix("#")), None
    except UsageError as no_claim:
        try:
            article = store.article(key)
        except UsageError as no_article:
            raise UsageError(f"{no_claim}; {no_article}", no_claim.hint) from None
    return article, list(store.claims(Filters(article=article["uid"], attitudes=attitudes)))


@app.command(
    epilog=_examples("quotes speakers", "quotes speakers --unnamed", "quotes speakers --publisher Reuters --csv")
)
@shared
def speakers(context: typer.Context, choice: Choice, form: Form) -> None:
    """List speakers with counts, roles, and when they were first and last seen."""
    with _store(context) as store:
        give(store.speakers(choice.filters()), pages.speakers, form, title="quotes speakers")


@app.command(
    epilog=_examples("quotes speaker McGurk", "quotes speaker Reuters --since 2016", "quotes speaker McGurk --json")
)
@shared
def speaker(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Words of the name, or the number of a speaker.")],
    scope: Scope,
    json: AsObject = False,
) -> None:
    """Show one speaker over time: who, how many claims a month, and about what."""
    with _store(context) as store:
        known = profile.gather(store, profile.find(store, name), scope.filters())
    if json:
        print(writers.json_text(known))
    else:
        put(profile.page(known))


@app.command(
    epilog=_examples("quotes export csv > claims.csv", "quotes export csv --excel -o claims.csv", "quotes export jsonl")
)
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
    with _store(context) as store:
        rows = store.claims(choice.filters())
        count = output.export(rows, out, "excel" if excel else format, _claim_columns(), force=force)
    if out and not context.obj.quiet:
        talk(notices.told(f"{count:,} claims in {out}"))


@app.command(epilog=_examples("quotes verify", "quotes verify --json"))
def verify(context: typer.Context, json: AsObject = False) -> None:
    """Check that every stored word still stands where it was found; exit 1 if not."""
    from quotes.store import Filters

    with _store(context) as store:
        problems = list(store.verify())
        claims = store.count(Filters(attitudes=True))
    if json:
        print(writers.json_text({"claims": claims, "problems": [asdict(problem) for problem in problems]}))
    else:
        put(notices.problems(problems, claims, str(context.obj.db)))
    if problems:
        raise typer.Exit(FAILED)


@app.command(
    epilog=_examples("quotes extract gold.jsonl --nl > predicted.jsonl && quotes score gold.jsonl predicted.jsonl")
)
def score(
    gold: Annotated[Path, typer.Argument(help="JSON Lines with text and attributions.")],
    predicted: Annotated[Path, typer.Argument(help="JSON Lines as `quotes extract --nl` prints them.")],
    json: AsObject = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what went wrong instead.")] = False,
) -> None:
    """Measure predicted attributions against gold ones: precision, recall and F1."""
    wanted, found = scoring.read(gold, gold=True), scoring.read(predicted)
    if not wanted.keys() & found.keys():
        raise UsageError(f"{gold} and {predicted} have no document id in common", "are they of the same articles?")
    if errors:
        rows = list(scoring.errors(wanted, found))
        print(writers.json_text(rows)) if json else put(notices.errors(rows))
        return
    measures = _measures(wanted, found)
    print(writers.json_text(measures)) if json else put(notices.scores(measures))


def _measures(gold: dict[str, Any], predicted: dict[str, Any]) -> dict[str, dict[str, float]]:
    bands = scoring.bands(gold, predicted)
    measures: dict[str, dict[str, float]] = {}
    for name, counts in scoring.score(gold, predicted).items():
        values = (*scoring.ratios(counts), *bands[name], *counts)
        measures[name] = dict(zip(("p", "r", "f1", "low", "high", "right", "found", "gold"), values, strict=True))
    return measures


@app.command(epilog=_examples("quotes doctor", "quotes doctor --json"))
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


def _store(context: typer.Context) -> quotes.Store:
    """The database, opened to be read."""
    return quotes.Store(context.obj.db, readonly=True)


def _claim_columns() -> tuple[str, ...]:
    from quotes.store import COLUMNS

    return COLUMNS
