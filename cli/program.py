"""The program that commands are added to, what stands before them, and the ways they share to open a database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

import quotes

from .failures import Commands
from .options import Database

FAILED, SOME_FAILED = 1, 3  # exit codes


def examples(*commands: str) -> str:
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


def writable(path: Path, *, create: bool = False) -> quotes.Store:
    """A database opened to be written, which may have to be brought up to date first."""
    from . import notices
    from .output import talk

    return quotes.Store(path, create=create, told=lambda sentence: talk(notices.told(sentence)))


def opened(context: typer.Context) -> quotes.Store:
    """The database, opened to be read."""
    return quotes.Store(context.obj.db, readonly=True)


def claim_columns() -> tuple[str, ...]:
    """The columns of a claim in a spreadsheet."""
    from quotes.store import COLUMNS

    return COLUMNS
