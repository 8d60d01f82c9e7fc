"""Serving a database to browsers, on this machine alone unless told otherwise."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import UsageError
from quotes.store import Store
from quotes.web.guard import LOOPBACK, NUMBERS, App, Editor, guarded

if TYPE_CHECKING:
    from datasette.app import Datasette

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only told apart here
NAME = "claims"  # of the database in addresses, whatever its file is called


def application(path: Path, *, hosts: tuple[str, ...] = LOOPBACK, editing: Editor | None = None) -> App:
    """The application for an ASGI server. Raises UsageError or StoreError where ``path`` is no database of ours."""
    Store(path, readonly=True).close()
    return guarded(_datasette(path).app(), hosts, editing)


def _datasette(path: Path) -> Datasette:
    from datasette.app import Datasette
    from datasette.database import Database

    served = Datasette([], settings={"allow_download": False, "sql_time_limit_ms": 2000, "max_returned_rows": 1000})
    served.add_database(Database(served, path=str(path), is_mutable=True), name=NAME)
    return served


def editor(reviewer: str) -> Editor:
    """Somebody who may review while this process runs, with a token that cannot be guessed."""
    return Editor(secrets.token_urlsafe(32), reviewer)


def listen(host: str, port: int) -> socket.socket:
    """A socket that browsers reach, 0 for any port that is free. Raises UsageError where it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = (error.strerror or "no such address").partition(" (while")[0]
        raise UsageError(f"cannot serve on {host}:{port}: {reason}", "choose another with --port or --host") from error


def address(listening: socket.socket, editing: Editor | None = None) -> str:
    """The address of the first page, with the token where there is one."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only told apart here
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/{f'?token={editing.token}' if editing else ''}"


def serve(app: App, listening: socket.socket) -> None:
    """Serve until interrupted."""
    import uvicorn

    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def names(host: str) -> tuple[str, ...]:
    """The host names that requests may have: this machine's, and any address by number where it listens at all."""
    if host in EVERYWHERE:
        return (*LOOPBACK, socket.gethostname(), NUMBERS)
    return (*LOOPBACK, f"[{host}]" if ":" in host else host)
