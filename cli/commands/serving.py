"""The page in a browser."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from quotes.errors import UsageError

from ..options import Reviewer
from ..program import app, examples
from .reviewing import reviewer_named


@app.command(epilog=examples("quotes serve --open", "quotes -d city.db serve --port 9000", "quotes serve --edit"))
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 for any that is free.")] = 8001,
    host: Annotated[str, typer.Option(metavar="NAME", help="The address to listen at.")] = "127.0.0.1",
    edit: Annotated[bool, typer.Option("--edit", help="Let whoever has the address printed here review.")] = False,
    browser: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    reviewer: Reviewer = None,
) -> None:
    """Read the database in a browser: articles with their claims marked, speakers over time, search, check."""
    try:
        from quotes.web import server
    except ImportError as error:
        raise UsageError(f"the page needs {error.name}", "pip install 'quotes-tracker[web]'") from error
    editing = server.editor(reviewer_named(reviewer)) if edit else None
    application = server.application(context.obj.db, hosts=server.names(host), editing=editing)
    with server.listen(host, port) as listening:
        address = server.address(listening, editing)
        typer.echo(f"{address}\nCtrl-C ends it.", err=True)  # not wrapped: an address is copied whole
        if browser:
            webbrowser.open(address)
        server.serve(application, listening)
