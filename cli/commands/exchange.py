"""Claims leave for spreadsheets and programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from quotes.errors import UsageError

from .. import notices, output
from ..options import Choice, shared
from ..output import talk
from ..program import app, claim_columns, examples, opened


@app.command(
    epilog=examples("quotes export csv > claims.csv", "quotes export csv --excel -o claims.csv", "quotes export jsonl")
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
    with opened(context) as store:
        rows = store.claims(choice.filters())
        count = output.export(rows, out, "excel" if excel else format, claim_columns(), force=force)
    if out and not context.obj.quiet:
        talk(notices.told(f"{count:,} claims in {out}"))
