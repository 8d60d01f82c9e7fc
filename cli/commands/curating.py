"""Who is who: one speaker over time, and what people decide of speakers, logged and undoable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import quotes
from quotes import writers

from .. import decisions, notices, profile, searched
from ..options import AsObject, Form, Reviewer, Scope, ToldForm, name_words, shared
from ..output import give, give_told, put
from ..program import app, claim_columns, examples, opened, writable
from .reviewing import reviewer_named

Row = dict[str, Any]
Name = Annotated[
    str,
    typer.Argument(metavar="NAME", help="Words of the name, or the number of a speaker.", autocompletion=name_words),
]


class Speakers(TyperGroup):
    """What follows ``quotes speaker`` is a name, unless it is one of the commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show whoever is named first."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


speaker = typer.Typer(cls=Speakers, no_args_is_help=True, rich_markup_mode="rich")
app.add_typer(
    speaker,
    name="speaker",
    epilog=examples("quotes speaker McGurk", "quotes speaker merge Obama 'Barack Obama'", "quotes speaker undo"),
    help="Show one speaker over time, or say who is who: quotes speaker NAME shows.",
)


@speaker.command(
    epilog=examples("quotes speaker McGurk", "quotes speaker Reuters --since 2016", "quotes speaker show merge")
)
@shared
def show(context: typer.Context, name: Name, scope: Scope, form: ToldForm) -> None:
    """Show one speaker over time: who, how many claims a month, and about what."""
    with opened(context) as store:
        known = profile.find(store, name)
        filters = scope.filters()
        searched.require_known(store, filters)
        known = profile.gather(store, known, filters)
    give_told(known, known["said"], profile.page(known), form, claim_columns(), "quotes speaker")


@speaker.command(epilog=examples("quotes speaker merge Obama 'Barack Obama'", "quotes speaker merge 12 15 19 3"))
def merge(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="A… B", help="Speakers by name or number; the last one stays.", autocompletion=name_words
        ),
    ],
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Take A for B from now on, in new articles too. Nothing that was extracted is changed."""
    _decide(context, lambda store: store.merge(*names, reviewer=reviewer_named(reviewer)), json=json)


@speaker.command(
    epilog=examples(
        "quotes speaker split Smith --article 'Flood at Ashby'",
        "quotes speaker split 12 --claim 40 --claim 41 --as 'Ann Smith'",
    )
)
def split(
    context: typer.Context,
    name: Name,
    article: Annotated[
        list[str] | None, typer.Option("--article", metavar="ARTICLE", help="All that is said in this article.")
    ] = None,
    claim: Annotated[list[str] | None, typer.Option("--claim", metavar="ID", help="This claim.")] = None,
    other: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Whose it is: a speaker who is known, or a new one.")
    ] = None,
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Take what NAME says in an article, or in some claims, for somebody else's."""

    def decide(store: quotes.Store) -> Row:
        return store.split(
            name, articles=article or (), claims=claim or (), name=other, reviewer=reviewer_named(reviewer)
        )

    _decide(context, decide, json=json)


@speaker.command(epilog=examples("quotes speaker rename 12 'Binali Yıldırım'"))
def rename(
    context: typer.Context,
    name: Name,
    to: Annotated[str, typer.Argument(metavar="TO", help="The name to show.")],
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Show a speaker under another name; the old ones still find it."""
    _decide(context, lambda store: store.rename(name, to, reviewer=reviewer_named(reviewer)), json=json)


@speaker.command(epilog=examples("quotes speaker alias 'Islamic State' Daesh"))
def alias(
    context: typer.Context,
    name: Name,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another name that finds it.")],
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Find a speaker by another name too."""
    _decide(context, lambda store: store.alias(name, other, reviewer=reviewer_named(reviewer)), json=json)


@speaker.command(epilog=examples("quotes speaker undo", "quotes speaker undo 7"))
def undo(
    context: typer.Context,
    entry: Annotated[
        int | None, typer.Argument(metavar="ID", help="Number in the log; the last decision if not said.")
    ] = None,
    reviewer: Reviewer = None,
    json: AsObject = False,
) -> None:
    """Undo a decision; an undo is undone by its own number."""
    _decide(context, lambda store: store.retract(entry, reviewer=reviewer_named(reviewer)), json=json)


@speaker.command(epilog=examples("quotes speaker log", "quotes speaker log --csv -o decisions.csv"))
@shared
def log(context: typer.Context, form: Form) -> None:
    """List every decision on speakers, newest first: who, when, what, and whether it was undone."""
    with opened(context) as store:
        give(store.curations(), decisions.log, form, decisions.LOG, "quotes speaker log")


def _decide(context: typer.Context, decide: Callable[[quotes.Store], Row], *, json: bool) -> None:
    with writable(context.obj.db) as store:
        entry = decide(store)
    if json:
        print(writers.json_text(entry))
    elif not context.obj.quiet:
        put(notices.told(f"{entry['what']} · to undo: quotes speaker undo {entry['id']}"))
