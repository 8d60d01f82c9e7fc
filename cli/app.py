"""The command ``quotes``: every command parses, calls the library and renders. Data on stdout, talk on stderr."""

from __future__ import annotations

import signal
import sys

from . import commands  # noqa: F401 - adds them to the program
from .program import app

__all__ = ["app", "main"]


def main() -> None:
    """Run ``quotes`` with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):  # a reader who leaves early ends us in silence, as it ends any filter
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app(prog_name="quotes")
