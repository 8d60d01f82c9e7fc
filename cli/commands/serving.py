"""The page in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.errors import UsageError

from .. import notices
from ..output import talk
from ..program import app, examples


@app.command(epilog=examples("quotes serve", "quotes -d city.db serve --port 9000"))
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, metavar="N", help="The port.")] = 8001,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="The address; this machine alone.")] = "127.0.0.1",
) -> None:
    """Read the database in a browser: articles with their claims marked, speakers over time, search, check."""
    try:
        from quotes.web import server
    except ImportError as error:
        raise UsageError(f"the page needs {error.name}", "pip install 'quotes-tracker[web]'") from error
    talk(notices.told(f"http://{host}:{port}/ — Ctrl-C ends it"))
    server.serve(context.obj.db, host=host, port=port)
