"""The process that ``confined`` talks to: a request in, an Article, a Skipped or bytes out, until its input ends."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from quotes.models import Skipped
from quotes.readers.confined import MEMORY, SECONDS, packed, receive, send
from quotes.readers.html import page
from quotes.readers.inputs import Found
from quotes.readers.office import writing
from quotes.readers.pdf import document
from quotes.readers.tables import workbook

TASKS: dict[str, Callable[..., Found | bytes]] = {
    "document": document,
    "page": page,
    "workbook": workbook,
    "writing": writing,
}
HEAVY = 600 << 20  # bytes; a process that has grown so large makes room for a new one


def serve() -> None:
    """Answer requests from standard input on standard output."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it stops when the one who asks does
    logging.disable()
    while (request := receive(sys.stdin.buffer)) is not None:
        header, data = request
        heavy = _limited()
        found = _answer(header["task"], data, header["where"], header["options"])
        if isinstance(found, bytes):
            send(answers, {"last": heavy}, found)
        else:
            send(answers, {**packed(found), "last": heavy})


def _answer(task: str, data: bytes, where: str, options: dict[str, str | None]) -> Found | bytes:
    try:
        return TASKS[task](data, where, **options)
    except MemoryError:
        return Skipped(where, "takes too much memory to read")
    except RecursionError:
        return Skipped(where, "nested too deep to be read")
    except Exception as error:
        return Skipped(where, f"cannot be read: {type(error).__name__}: {error}")


def _limited() -> bool:
    """Set the limits for the next input, where the system has them; whether the process has grown heavy before."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) > HEAVY
    return False


if __name__ == "__main__":
    serve()
