"""People judge what the machine found: review, read again, how well it did."""

from __future__ import annotations

import getpass
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

import quotes
from quotes import writers
from quotes.errors import UsageError
from quotes.models import Review

from .. import notices, pieces, searched
from ..inputs import Jobs, workers
from ..options import AsObject, Choice, Reviewer, shared
from ..output import put, talk
from ..program import SOME_FAILED, app, examples, writable
from ..progress import progress

DECISION = "Review of one claim"


def reviewer_named(name: str | None) -> str:
    """The reviewer: as said, or the login name."""
    if name and name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("who reviews is not known", "say --reviewer NAME, or set QUOTES_REVIEWER") from None


@app.command(
    epilog=examples(
        "quotes review --speaker McGurk",
        "quotes review 12 --accept --verdict true --tag budget",
        "quotes review 12 --speaker 'Nora Wells' --note 'see the video'",
        "quotes review 12 --quote 'the words as they should be'",
        "quotes review 12 --undo && quotes review 12 --history",
    )
)
@shared
def review(
    context: typer.Context,
    choice: Choice,
    key: Annotated[
        str | None, typer.Argument(metavar="ID", help="A claim; without one, all that wait, one after another.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It is right.", rich_help_panel=DECISION)] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is no claim.", rich_help_panel=DECISION)] = False,
    quote: Annotated[
        str | None, typer.Option(help="The right words.", metavar="WORDS", rich_help_panel=DECISION)
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Said by nobody we know.", rich_help_panel=DECISION)] = False,
    verdict: Annotated[
        str | None, typer.Option(help="Is it true what was said?", metavar="WORDS", rich_help_panel=DECISION)
    ] = None,
    note: Annotated[str | None, typer.Option(help="Add a note.", metavar="WORDS", rich_help_panel=DECISION)] = None,
    untag: Annotated[str | None, typer.Option(help="Take a tag away.", metavar="TAG", rich_help_panel=DECISION)] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last review back.", rich_help_panel=DECISION)] = False,
    history: Annotated[bool, typer.Option("--history", help="Every review.", rich_help_panel=DECISION)] = False,
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Review claims one by one with keys, or one claim with options; with an ID, --speaker and --tag say what is right.

    What was said is kept for ever, with your name and the time; undoing adds to it. One takes up where one left off.
    """
    from ..reviewer import Desk, Keys

    name = reviewer_named(reviewer)
    said = Review(
        status="accepted" if accept else "rejected" if reject else None,
        speaker="" if nobody else choice.speaker if key else None,
        verdict=verdict,
        note=note,
        tag=(choice.tag,) if key and choice.tag else (),
        untag=(untag,) if untag else (),
    )
    acts = (said != Review() or bool(quote)) + undo + history
    if (accept and reject) or acts > 1 or (acts and not key):
        raise UsageError("one thing at a time, of one claim", "quotes review ID --accept, --undo or --history")
    with writable(context.obj.db) as store:
        if key is None:
            desk = Desk(store, searched.chosen(store, choice), name, Keys())
            desk.work()
        elif acts == 0:
            desk = Desk(store, choice.filters(), name, Keys())
            desk.claim(store.claim(key.removeprefix("#")))
        else:
            desk = None
            _decide(store, key.removeprefix("#"), said, quote, name, undo=undo, history=history, json=json)
    if desk and desk.unread:
        raise typer.Exit(SOME_FAILED)


def _decide(
    store: quotes.Store, key: str, said: Review, quote: str | None, name: str, *, undo: bool, history: bool, json: bool
) -> None:
    from .. import verdicts
    from ..reviewer import Keys, meant

    if undo:
        store.undo(key, name)
    elif not history:
        content = store.anchored(key, quote) if quote else None
        if said.speaker:
            said = replace(said, speaker=meant(store, str(said.speaker), Keys()))
        store.review(key, replace(said, content=content), name)
    row, reviews = store.claim(key), store.history(key)
    if json:
        print(writers.json_text({**row, "reviews": reviews}))
    else:
        put(verdicts.history(row, reviews))


@app.command(epilog=examples("quotes rerun", "quotes rerun --model better-model/", "quotes rerun --waiting"))
def rerun(
    context: typer.Context,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="A model of your own; the one that came with quotes if not said."),
    ] = None,
    jobs: Jobs = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only list what moved or is no longer found; read nothing.")
    ] = False,
    json: AsObject = False,
) -> None:
    """Find who says what again in the stored texts; earlier findings are kept, and reviews go on to the new ones.

    The same words keep their reviews. Words that overlap have them moved, to be confirmed; reviewed claims that are no
    longer found are listed.
    """
    from quotes import tracker

    from .. import verdicts

    with writable(context.obj.db) as store:
        done = None
        if not waiting:
            nlp = quotes.load(model=model)
            with progress([], quiet=context.obj.quiet, verbose=context.obj.verbose) as step:
                done = tracker.rerun(store, nlp, jobs=workers(jobs), progress=step)
            talk(notices.skips(done.skipped))
        moved, lost = list(store.moved()), list(store.lost())
    if json:
        print(writers.json_text({"report": done and asdict(done), "moved": moved, "lost": lost}))
    else:
        if done:
            again = f"{pieces.count(done.rerun, 'article')} read again, {done.unchanged:,} as before"
            put(notices.told(f"{again}, {notices.claims(done)}"))
        put(verdicts.carried(moved, lost))
    if done and done.skipped:
        raise typer.Exit(SOME_FAILED)
