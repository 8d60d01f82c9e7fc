"""News goes in: with a database, and without."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

import quotes
from quotes import writers
from quotes.errors import UsageError
from quotes.models import Skipped
from quotes.writers.documents import document, joined

from .. import notices
from ..inputs import Map, Sources, claims_in, options
from ..options import AsObject, Attitudes
from ..output import put, talk
from ..program import SOME_FAILED, Settings, app, examples
from ..render import progress


@app.command(
    epilog=examples("quotes add seeds", "quotes -d city.db add 'press/*.txt' wire.jsonl", "cat a.txt | quotes add -")
)
def add(context: typer.Context, sources: Sources, fields: Map = "", json: AsObject = False) -> None:
    """Read articles, find who says what, and store it. The same input twice changes nothing."""
    chosen: Settings = context.obj
    how = options(fields)
    nlp = quotes.load()
    with quotes.Store(chosen.db, create=True) as store:
        with progress(quiet=chosen.quiet, verbose=chosen.verbose) as step:
            done = quotes.track(sources, store, nlp, progress=step, options=how)
        talk(notices.skips(done.skipped))
        if json:
            print(writers.json_text(asdict(done)))
        elif not chosen.quiet:
            put(notices.summary(done, list(store.speakers()), str(chosen.db)))
    if done.skipped:
        raise typer.Exit(SOME_FAILED)


@app.command(epilog=examples("quotes extract article.txt", "quotes extract gold.jsonl --nl > predicted.jsonl"))
def extract(
    context: typer.Context,
    sources: Sources,
    fields: Map = "",
    nl: Annotated[bool, typer.Option("--nl", help="JSON, one document a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON array of documents.")] = False,
    attitudes: Attitudes = False,
    join: Annotated[bool, typer.Option("--joined", help="Continuations with the claim they carry on.")] = False,
) -> None:
    """Find who says what and print it, without a database. Offsets are code points of each input's text."""
    if nl and json:
        raise UsageError("one form of output at a time", "choose --json or --nl")
    skipped: list[Skipped] = []
    found = claims_in(sources, skipped, fields)
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
