"""The page: quotes in their article, in a browser. A plugin of Datasette; ``quotes serve`` starts it. Extra ``web``.

Beside the pages of our own (home, articles, speakers, claims, search, check) Datasette's are there with every table,
its search, facets, CSV and JSON. Nothing is asked of any other machine, and nothing needs a script.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl

from quotes.errors import UsageError
from quotes.web import asking, cells, editing, pages, replies

__all__ = [
    "canned_queries",
    "handle_exception",
    "prepare_connection",
    "register_routes",
    "render_cell",
    "skip_csrf",
    "startup",
]


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages, where a database of ours is served: elsewhere Datasette stays as it is."""
    return ROUTES if replies.served(datasette) else []


REVIEW = re.compile(r"^/claim/(?P<uid>c[0-9a-f]+)/review$", re.ASCII)
ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/$", pages.home),
    (r"^/articles$", pages.articles),
    (r"^/article/(?P<uid>a[a-z0-9]+)$", pages.article),
    (r"^/speakers$", pages.speakers),
    (r"^/speaker/(?P<number>\d{1,18})$", pages.speaker),
    (r"^/unnamed$", pages.unnamed),
    (r"^/claim/(?P<uid>c[0-9a-f]+)$", pages.claim),
    (r"^/claim/(?P<uid>c[0-9a-f]+)\.(?P<format>jsonld|annotation)$", pages.linked_data),
    (REVIEW.pattern, editing.review),
    (r"^/search$", asking.search),
    (r"^/check$", asking.check),
]


@hookimpl
def render_cell(value: object, column: str) -> Any:
    """In Datasette's tables, ids of claims and articles lead to their pages."""
    return cells.linked(column, value)


@hookimpl
def prepare_connection(conn: Any) -> None:
    """``quotes_fold(name)`` in SQL: a name as the search index has it."""
    from quotes.store import fold

    conn.create_function("quotes_fold", 1, lambda name: None if name is None else fold(str(name)), deterministic=True)


@hookimpl(optionalhook=True)  # of versions before 1.0
def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, str]]:
    """Questions that every desk asks, on databases that are ours."""
    return cells.QUESTIONS if database in replies.served(datasette) else {}


@hookimpl(optionalhook=True)  # of versions before 1.0
def skip_csrf(scope: Any) -> bool:
    """Our forms carry a proof of their own, which is looked at before any review."""
    return REVIEW.fullmatch(scope["path"]) is not None


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Tables of ours can be browsed; the same questions where Datasette keeps them itself, as since its version 1.0."""

    async def add() -> None:
        for database in replies.served(datasette):
            cells.name_columns(datasette.databases[database])
            if hasattr(datasette, "add_query"):
                for name, question in cells.QUESTIONS.items():
                    await datasette.add_query(database, name, question["sql"], title=question["title"])

    return add


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]] | None:
    """An address where nothing is gets a page of ours that says so."""
    if getattr(exception, "status", None) != 404 or not replies.served(datasette):
        return None
    return lambda: replies.failed(datasette, request, UsageError(f"there is nothing at {request.path}"))
