"""Did anyone say this, and how was it printed elsewhere?"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

import quotes
from quotes import writers

from .. import answers
from ..options import AsObject, Choice, Form, Scope, shared
from ..output import give, put
from ..program import FAILED, app, claim_columns, examples, opened

if TYPE_CHECKING:
    from quotes.evidence import Checked

CLAIM = re.compile(r"#?\d{1,18}|c[0-9a-f]{16}", re.ASCII)


@app.command(
    epilog=examples(
        'quotes check "precision strikes in Syria"',
        'quotes check "we will leave Syria" --speaker McGurk',
        'quotes check "we will … leave" --json',
    )
)
@shared
def check(
    context: typer.Context,
    words: Annotated[str, typer.Argument(metavar="QUOTE", help="The words that somebody is said to have said.")],
    scope: Scope,
    speaker: Annotated[
        str | None, typer.Option(help="Who is said to have said them.", metavar="NAME", rich_help_panel="Options")
    ] = None,
    limit: Annotated[
        int, typer.Option("-n", "--limit", help="Claims shown of each sort.", metavar="N", min=1)
    ] = answers.FEW,
    json: AsObject = False,
) -> None:
    """Did anyone say this? Word for word, nearly (with every difference), only the idea, or not in this collection.

    Exit 0 if it was said, so or nearly so, by the speaker asked about or by anyone; 1 if not.
    """
    from quotes import evidence

    filters = replace(scope.filters(), speaker=speaker)
    with opened(context) as store:
        checked = evidence.check(store, words, filters)
        if json:
            print(writers.json_text(evidence.told(checked)))
        else:
            put(answers.verdict(checked, limit, _searched(store, checked)))
    if not checked.said:
        raise typer.Exit(FAILED)


def _searched(store: quotes.Store, checked: Checked) -> list[str]:
    """What a verdict that is no comfort rests on: how much was searched, and whether the speaker is known at all."""
    from quotes.store import Filters

    if checked.said:
        return []
    told = [f"{store.count(Filters()):,} claims searched"]
    if checked.asked and not next(store.speakers(Filters(speaker=checked.asked, attitudes=True, limit=1)), None):
        near = store.near_names(checked.asked)
        told.append(f"nobody is called {checked.asked!r}" + (f"; near: {', '.join(near)}" if near else ""))
    return told


@app.command(
    epilog=examples("quotes compare 2", 'quotes compare "precision strikes in Syria"', "quotes compare 2 --csv")
)
@shared
def compare(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ID|QUOTE", help="Number or id of a claim, or the words of one.")],
    choice: Choice,
    form: Form,
) -> None:
    """Show how a quotation was printed elsewhere and later: each wording, who carried it, and what was altered."""
    from quotes import evidence

    with opened(context) as store:
        quotation = store.claim(key.removeprefix("#"))["quote"] if CLAIM.fullmatch(key) else key
        found = evidence.versions(store, quotation, choice.filters())
    rows = islice(evidence.rows(found, quotation), choice.offset, choice.limit and choice.offset + choice.limit)
    give(rows, answers.versions, form, (*claim_columns(), *answers.VERSION_COLUMNS), "quotes compare")
