"""Did anyone say this, and how was it printed elsewhere?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import quotes

from .. import answers, charts, notices, pieces, searched
from ..options import Choice, Form, Scope, ToldForm, name_words, shared
from ..output import give, give_told, talk
from ..program import FAILED, app, claim_columns, examples, opened

if TYPE_CHECKING:
    from quotes.evidence import Checked
    from quotes.store import Filters

Row = dict[str, Any]
Unit = Literal["day", "week", "month", "year"]  # as `quotes.store.counting` has it, which help need not load
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
    form: ToldForm,
    speaker: Annotated[
        str | None,
        typer.Option(
            help="Who is said to have said them.", metavar="NAME", autocompletion=name_words, rich_help_panel="Options"
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("-n", "--limit", help="Claims shown of each sort.", metavar="N", min=1)
    ] = answers.FEW,
) -> None:
    """Did anyone say this? Word for word, nearly (with every difference), only the idea, or not in this collection.

    Exit 0 if it was said, so or nearly so, by the speaker asked about or by anyone; 1 if not.
    """
    from quotes import evidence

    filters = replace(scope.filters(), speaker=speaker)
    with opened(context) as store:
        searched.require_known(store, scope.filters())
        checked = evidence.check(store, words, filters)
        columns = (*answers.VERDICT_COLUMNS, *claim_columns())
        page = answers.verdict(checked, limit, _searched(store, checked, scope.filters()))
        give_told(evidence.told(checked), evidence.table(checked), page, form, columns, "quotes check")
    if not checked.said:
        raise typer.Exit(FAILED)


def _searched(store: quotes.Store, checked: Checked, filters: Filters) -> list[str]:
    """What a verdict that is no comfort rests on: how much was searched, and whether the speaker is known at all."""
    from quotes.store import Filters

    if checked.said:
        return []
    passing = " with these filters" if checked.narrowed else ""
    told = [f"{pieces.count(store.count(filters), 'claim')}{passing} searched"]
    return told + [line.plain for line in searched.no_speaker(store, Filters(speaker=checked.asked))]


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
        found = evidence.versions(store, quotation, searched.chosen(store, choice))
    rows = _page(evidence.rows(found, quotation), choice)
    give(rows, answers.versions, form, (*claim_columns(), *answers.VERSION_COLUMNS), "quotes compare")


@app.command(
    epilog=examples("quotes timeline", "quotes timeline strikes --speaker McGurk --by week", "quotes timeline -o t.svg")
)
@shared
def timeline(
    context: typer.Context,
    choice: Choice,
    form: Form,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Only claims with these words, as in search.")] = "",
    by: Annotated[Unit, typer.Option(help="day, week, month or year.", metavar="UNIT")] = "month",
) -> None:
    """Count claims over time, all or those with some words: bars on a terminal, or a picture with -o x.svg."""
    query = words or None
    with opened(context) as store:
        filters = searched.chosen(store, choice)
        page = partial(charts.timeline, unit=by)
        give(_page(store.timeline(query, filters, by), choice), page, form, title="quotes timeline")
        left_out = store.undated(query, filters, by)
    if left_out and not context.obj.quiet:
        talk(notices.told(f"{pieces.count(left_out, 'claim')} without the {by} of publication"))


@app.command(
    epilog=examples("quotes unnamed", "quotes unnamed --publisher Reuters --since 2024", "quotes unnamed --csv")
)
@shared
def unnamed(context: typer.Context, choice: Choice, form: Form) -> None:
    """Count sources without a name, by outlet and by form ("official", "person familiar with …"), and say why."""
    from quotes import anonymity

    with opened(context) as store:
        every = anonymity.counted(store, searched.chosen(store, choice))
    give(_page(every, choice), partial(charts.unnamed, every=every), form, title="quotes unnamed")


def _page(rows: Iterable[Row], choice: Choice) -> Iterator[Row]:
    """The part of counted rows that -n and --offset ask for."""
    return islice(rows, choice.offset, None if choice.limit is None else choice.offset + choice.limit)
