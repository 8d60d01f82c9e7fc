"""From a question to the store to an answer for a browser: gathered in a thread of its own, set in a template."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from quotes.errors import StoreError, UsageError
from quotes.store import Store
from quotes.web.guard import STRICT, editor

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

Row = dict[str, Any]
Context = dict[str, Any]
Found = TypeVar("Found")

HEADERS = {"content-security-policy": STRICT, "cache-control": "no-store"}


async def page(datasette: Datasette, request: Request, template: str, gather: Callable[[Store], Context]) -> Response:
    """What ``gather`` finds in the store, in a template; where that fails, a page that says so."""
    try:
        context = await asked(datasette, request, gather)
    except (UsageError, StoreError) as error:
        return await failed(datasette, request, error)
    return await _filled(datasette, request, template, context, 200)


async def failed(datasette: Datasette, request: Request, error: UsageError | StoreError, status: int = 404) -> Response:
    """A page that says what is wrong and what helps; ``status`` is for what was asked, 500 where the database fails."""
    status = status if isinstance(error, UsageError) else 500
    return await _filled(datasette, request, "missing", {"error": str(error), "hint": error.hint}, status)


async def asked(
    datasette: Datasette, request: Request, gather: Callable[[Store], Found], *, write: bool = False
) -> Found:
    """What a function of the store returns. Raises UsageError where no database of ours may be seen."""
    path = await _database(datasette, request.actor)
    return await asyncio.to_thread(_gathered, path, gather, write)


def _gathered(path: Path, gather: Callable[[Store], Found], write: bool) -> Found:
    with Store(path, readonly=not write) as store:
        return gather(store)


async def _filled(datasette: Datasette, request: Request, template: str, context: Context, status: int) -> Response:
    from datasette.utils.asgi import Response

    context = {**context, "editor": editor(request.scope), "tables": next(iter(served(datasette)), None)}
    html = await datasette.render_template(f"quotes/{template}.html", context, request=request)
    return Response.html(html, status=status, headers=HEADERS)


async def _database(datasette: Datasette, actor: Any) -> Path:
    for name, path in served(datasette).items():
        if await _may_see(datasette, actor, name):
            return path
    raise UsageError("no database of quotes is served here", "quotes -d FILE serve")


def served(datasette: Datasette) -> dict[str, Path]:
    """The databases that are ours, by the names they are served under."""
    return {name: Path(known.path) for name, known in datasette.databases.items() if known.path and ours(known.path)}


def ours(path: str) -> bool:
    """Whether there is a database of quotes that can be read."""
    try:
        Store(path, readonly=True).close()
    except (StoreError, UsageError):
        return False
    return True


async def _may_see(datasette: Datasette, actor: Any, name: str) -> bool:
    """What whoever runs Datasette allows, which has another name since its version 1.0."""
    try:
        from datasette.resources import DatabaseResource
    except ImportError:
        return await datasette.permission_allowed(actor, "view-database", resource=name, default=True)
    return await datasette.allowed(action="view-database", resource=DatabaseResource(name), actor=actor)


def number(request: Request, name: str) -> int | None:
    """A whole number in the query of an address, if there is one."""
    given = request.args.get(name) or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
