"""Claims leave for spreadsheets and programs, and come back corrected."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

import quotes
from quotes import writers
from quotes.errors import UsageError

from .. import notices, output, pieces, searched
from ..options import AsObject, Choice, Reviewer, shared
from ..output import put, talk
from ..program import FAILED, app, claim_columns, examples, opened, writable
from .reviewing import reviewer_named

Format = Literal[
    "csv", "tsv", "json", "jsonl", "jsonld", "annotations", "xlsx", "html", "docbin", "labelstudio", "doccano"
]


@app.command(
    epilog=examples(
        "quotes export csv > claims.csv",
        "quotes export xlsx --reviewed -o claims.xlsx",
        "quotes export html --article 'on the defensive' -o pages/",
        "quotes export annotations --speaker McGurk > mcgurk.json",
    )
)
@shared
def export(
    context: typer.Context,
    format: Annotated[Format, typer.Argument(metavar="FORMAT", help=f"{', '.join(get_args(Format))}.")],  # noqa: A002
    choice: Choice,
    excel: Annotated[bool, typer.Option("--excel", help="CSV that Excel opens: BOM, CRLF, no formulas.")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file, or folder for html.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Write claims for people and programs.

    csv and tsv have one row a claim, json and jsonl every detail; xlsx is to be reviewed and given back to quotes
    import; jsonld is schema.org, annotations are W3C Web Annotations; html is a page an article, with marks; docbin is
    for spaCy; labelstudio and doccano for annotators.
    """
    if excel and format != "csv":
        raise UsageError(f"--excel is a kind of csv, not of {format}", "quotes export csv --excel")
    with opened(context) as store:
        filters = searched.chosen(store, choice)
        if format in writers.DOCUMENTS:
            documents = store.documents(filters)
            count = writers.export_documents(documents, out or sys.stdout, format, force=force)
        else:
            name = "excel" if excel else format
            rows, about = store.claims(filters), _about(context, choice)
            count = output.export(rows, out, name, claim_columns(), force=force, about=about)
    if out and not context.obj.quiet:
        talk(notices.told(f"{pieces.count(count, 'article' if format in writers.DOCUMENTS else 'claim')} in {out}"))


def _about(context: typer.Context, choice: Choice) -> dict[str, Any]:
    """Where an export comes from, for those who find the file."""
    chosen = {name: value for name, value in vars(choice).items() if value not in (None, False, 0)}
    return {
        "what": "claims and quotations, with their speakers and sources",
        "made by": f"quotes {quotes.__version__}",
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": context.obj.db.resolve().name,
        "chosen": ", ".join(f"{name}: {value}" for name, value in chosen.items()) or "all statements",
        "to give back": "edit status, speaker, quote, verdict, tags and notes; then quotes import FILE",
        "offsets": "start and end are half-open, in Unicode code points of the article's text",
    }


@app.command(
    "import",
    epilog=examples(
        "quotes import claims.xlsx --dry-run", "quotes import claims.csv", "quotes import a.csv --skip-conflicts"
    ),
)
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XLSX or JSON Lines that quotes export wrote.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")] = False,
    skip: Annotated[bool, typer.Option("--skip-conflicts", help="Apply the rest.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Let the file win over later reviews.")] = False,
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Bring back claims that were reviewed in a table: status, speaker, quote, verdict, tags and notes.

    Each edit becomes a review. Where the claim has changed since, or another column was altered, nothing is applied
    unless you say how; exit 1.
    """
    from quotes import corrections

    from .. import verdicts

    if force and skip:
        raise UsageError("--force and --skip-conflicts exclude each other")
    with writable(context.obj.db) as store:
        done = corrections.bring(store, file, reviewer_named(reviewer), force=force, skip=skip, trial=dry_run)
    if json:
        problems = [{"where": problem.where, "what": problem.what} for problem in done.conflicts]
        print(writers.json_text({**vars(done), "conflicts": problems}))
    else:
        put(verdicts.imported(done, trial=dry_run))
    if done.conflicts and not done.applied:
        raise typer.Exit(FAILED)
