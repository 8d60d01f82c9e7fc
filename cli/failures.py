"""Errors, caught once: one line and a hint on standard error, an exit code, and never a traceback."""

from __future__ import annotations

import os
import re
import sys
import traceback
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from quotes.errors import QuotesError

from . import INTERRUPTED, STOPPED
from .render import shown, stderr

WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")  # within a paragraph of a docstring
GLOBAL = ("-d", "--db", "-q", "--quiet", "-v", "--verbose", "--version")


class Commands(TyperGroup):
    """The group of all commands; everything that one of them raises ends here."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Options, for people."""
        return [plain(param) for param in super().get_params(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, and those below it, with help for people."""
        command = super().get_command(ctx, cmd_name)
        for one in (command, *getattr(command, "commands", {}).values()) if command else ():
            one.help = WRAPPED.sub(" ", one.help or "")
            for param in one.get_params(ctx):
                plain(param)
        return command

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command line and leave with its exit code."""
        try:
            code = super().main(*arguments, **{**options, "standalone_mode": False})
            sys.stdout.flush()
        except QuotesError as error:
            _leave(str(error), error.hint, error.code)
        except typer.Abort:
            _leave("stopped", "", 1)
        except OSError as error:
            _leave(f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""), "", 1)
        except typer.TyperException as error:
            message = " ".join(error.format_message().split())  # a list of choices comes with tabs
            _leave(message.replace(": Value error, ", ": "), _hint(error), error.exit_code)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{os.path.basename(place.filename)}:{place.lineno}"  # noqa: PTH119
            _leave(f"unexpected {type(error).__name__}: {error} ({where})", "this is a fault of quotes: report it", 1)
        if code == INTERRUPTED:
            _leave(STOPPED, "", INTERRUPTED)
        sys.exit(code or 0)


def plain(param: Any) -> Any:
    """A parameter whose help says what it is called, and not of what type of Python it is; a switch takes no value."""
    if getattr(param, "is_flag", False) and param.metavar is None:
        param.metavar = ""
    elif param.param_type_name == "argument":
        usage = param.metavar if param.required else f"[{param.metavar}]"
        param.display_type_rich = lambda ctx: None
        param.get_usage_pieces = lambda ctx: [usage]
    return param


def _leave(message: str, hint: str, code: int) -> NoReturn:
    console = stderr()
    if message:  # empty after a bare `quotes`, which has printed its help
        console.print(shown(f"quotes: {message}"))
    if message and hint:
        console.print(shown(f"        {hint}", "dim"))
    sys.exit(code)


def _hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    if context and getattr(error, "option_name", None) in GLOBAL:
        return f"it stands before the command: quotes {error.option_name} … {context.info_name}"  # type: ignore[attr-defined]
    return f"try {context.command_path if context else 'quotes'} --help"
