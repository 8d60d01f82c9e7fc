"""Serving a database to browsers, on this machine alone unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import UsageError
from quotes.store import Store
from quotes.web.guard import LOOPBACK, App, guarded

if TYPE_CHECKING:
    from datasette.app import Datasette

NAME = "claims"  # of the database in addresses, whatever its file is called


def application(path: Path, *, hosts: tuple[str, ...] = LOOPBACK) -> App:
    """The application for an ASGI server. Raises UsageError or StoreError where ``path`` is no database of ours."""
    Store(path, readonly=True).close()
    return guarded(_datasette(path).app(), hosts)


def _datasette(path: Path) -> Datasette:
    from datasette.app import Datasette
    from datasette.database import Database

    served = Datasette([], settings={"allow_download": False, "sql_time_limit_ms": 2000, "max_returned_rows": 1000})
    served.add_database(Database(served, path=str(path), is_mutable=True), name=NAME)
    return served


def serve(path: Path, *, host: str, port: int) -> None:
    """Serve until interrupted. Raises UsageError where the port is taken."""
    import uvicorn

    names = LOOPBACK if host in ("127.0.0.1", "localhost", "::1") else (*LOOPBACK, host.lower())
    try:
        uvicorn.run(application(path, hosts=names), host=host, port=port, log_level="warning", lifespan="on")
    except OSError as error:
        raise UsageError(f"cannot serve on {host}:{port}: {error.strerror}", "choose another with --port") from error
