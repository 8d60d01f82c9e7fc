"""The options that commands share, each defined once, and the decorator that hands them over as values."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

import typer

from quotes.errors import UsageError
from quotes.models import Kind, SpeakerType

if TYPE_CHECKING:
    from quotes.store import Filters


CHOICE, FORM = "Choice of claims", "Form of the output"


def name_words(context: typer.Context, incomplete: str) -> list[str]:
    """Words of speakers' names that go on from the letters typed; none where there is no database that can be read."""
    import quotes
    from quotes.errors import QuotesError

    try:
        with quotes.Store(context.find_root().params.get("db") or Path("quotes.db"), readonly=True) as store:
            return [incomplete + word[len(incomplete) :] for word in store.name_words(incomplete)]
    except QuotesError:
        return []


Database = Annotated[
    Path | None,
    typer.Option("-d", "--db", envvar="QUOTES_DB", metavar="FILE", help="The database; quotes.db if not said."),
]
Attitudes = Annotated[
    bool, typer.Option("--attitudes", help="Also what people are said to think or want.", rich_help_panel=CHOICE)
]
Reviewer = Annotated[
    str | None,
    typer.Option(
        envvar="QUOTES_REVIEWER", metavar="NAME", help="Who decides; the name you are logged in with if not said."
    ),
]
AsObject = Annotated[bool, typer.Option("--json", help="A JSON object.")]


@dataclass(frozen=True)
class Scope:
    """Which claims of a speaker already chosen: the filters, named as in ``quotes.store.Filters``."""

    publisher: Annotated[str | None, typer.Option(help="Who printed it.", metavar="NAME", rich_help_panel=CHOICE)] = (
        None
    )
    article: Annotated[
        str | None, typer.Option(help="Id or part of the title.", metavar="ARTICLE", rich_help_panel=CHOICE)
    ] = None
    kind: Annotated[
        Kind | None, typer.Option(help="direct, indirect or mixed.", metavar="KIND", rich_help_panel=CHOICE)
    ] = None
    since: Annotated[
        str | None, typer.Option(help="Published on this day or later.", metavar="DATE", rich_help_panel=CHOICE)
    ] = None
    until: Annotated[
        str | None, typer.Option(help="Published on this day or before.", metavar="DATE", rich_help_panel=CHOICE)
    ] = None
    status: Annotated[str | None, typer.Option(help="Status of review.", metavar="STATUS", rich_help_panel=CHOICE)] = (
        None
    )
    reviewed: Annotated[
        bool | None, typer.Option("--reviewed/--unreviewed", help="Reviewed or not.", rich_help_panel=CHOICE)
    ] = None
    tag: Annotated[str | None, typer.Option(help="Tagged so.", metavar="TAG", rich_help_panel=CHOICE)] = None
    min_confidence: Annotated[
        float | None,
        typer.Option(help="Least confidence, 0 to 1.", metavar="SHARE", min=0, max=1, rich_help_panel=CHOICE),
    ] = None
    attitudes: Attitudes = False

    def filters(self) -> Filters:
        """The same for the store."""
        from quotes.store import Filters

        return Filters(**asdict(self))


@dataclass(frozen=True)
class Choice(Scope):
    """Which claims of whomever, and how many."""

    speaker: Annotated[
        str | None,
        typer.Option(
            help="Words of the speaker's name.", metavar="NAME", autocompletion=name_words, rich_help_panel=CHOICE
        ),
    ] = None
    named: Annotated[
        bool | None,
        typer.Option("--named/--unnamed", help="Speakers with a name, or without.", rich_help_panel=CHOICE),
    ] = None
    type: Annotated[
        SpeakerType | None,
        typer.Option(help=f"{', '.join(get_args(SpeakerType))}.", metavar="TYPE", rich_help_panel=CHOICE),
    ] = None
    limit: Annotated[
        int | None, typer.Option("-n", "--limit", help="At most so many.", metavar="N", min=1, rich_help_panel=CHOICE)
    ] = None
    offset: Annotated[
        int,
        typer.Option(
            help="Leave out the first so many.", metavar="N", min=0, show_default=False, rich_help_panel=CHOICE
        ),
    ] = 0


@dataclass(frozen=True)
class Form:
    """How rows leave: a table on a terminal and plain lines elsewhere, or a format of ``quotes.writers``."""

    json: Annotated[bool, typer.Option("--json", help="A JSON array.", rich_help_panel=FORM)] = False
    nl: Annotated[bool, typer.Option("--nl", help="JSON, one object a line.", rich_help_panel=FORM)] = False
    csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values.", rich_help_panel=FORM)] = False
    tsv: Annotated[bool, typer.Option("--tsv", help="Tab-separated values.", rich_help_panel=FORM)] = False
    table: Annotated[
        bool, typer.Option("-t", "--table", help="A table, also where there is no terminal.", rich_help_panel=FORM)
    ] = False
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Write to this file; the suffix decides.", metavar="FILE", rich_help_panel=FORM
        ),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.", rich_help_panel=FORM)] = (
        False
    )

    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print at once, also on a terminal.", rich_help_panel=FORM)
    ] = False

    @property
    def format(self) -> str | None:
        """The writer asked for by an option; None where a table or plain lines are wanted.

        Raises UsageError if two forms are asked for at once.
        """
        chosen = [
            name
            for name, wanted in (
                ("json", self.json),
                ("jsonl", self.nl),
                ("csv", self.csv),
                ("tsv", self.tsv),
                ("", self.table),
            )
            if wanted
        ]
        if len(chosen) > 1:
            raise UsageError("one form of output at a time", "choose one of --json, --nl, --csv, --tsv and --table")
        return chosen[0] or None if chosen else None


@dataclass(frozen=True)
class ToldForm(Form):
    """The same for what is more than rows: its JSON is one object."""

    json: Annotated[bool, typer.Option("--json", help="A JSON object.", rich_help_panel=FORM)] = False


def shared(command: Callable[..., None]) -> Callable[..., None]:
    """Open up parameters annotated with a dataclass of options: its fields become options of the command.

    The command itself receives the dataclass, filled.
    """
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, Any] = {
        name: p.annotation for name, p in signature.parameters.items() if is_dataclass(p.annotation)
    }

    def call(**given: Any) -> None:
        values = {
            name: group(**{field.name: given.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **values)

    opened = [p for name, p in signature.parameters.items() if name not in groups]
    opened += [option for group in groups.values() for option in _options(group)]
    opened = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in opened]
    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__signature__ = inspect.Signature(opened)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in opened}
    return call


def _options(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in fields(group)
    ]
