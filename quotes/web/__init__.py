"""The page: quotes in their article, in a browser. A plugin of Datasette; ``quotes serve`` starts it. Extra ``web``.

Beside the pages of our own (home, articles, speakers, claims, search, check) Datasette's are there with every table,
its search, facets, CSV and JSON. Nothing is asked of any other machine, and nothing needs a script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import hookimpl

from quotes.web import pages

__all__ = ["canned_queries", "prepare_connection", "register_routes", "render_cell"]


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our pages."""
    return [
        (r"^/$", pages.home),
        (r"^/articles$", pages.articles),
        (r"^/article/(?P<uid>[a-z0-9]+)$", pages.article),
        (r"^/speakers$", pages.speakers),
        (r"^/speaker/(?P<number>\d+)$", pages.speaker),
        (r"^/claim/(?P<uid>[a-z0-9]+)(?:\.(?P<format>jsonld|annotation))?$", pages.claim),
        (r"^/search$", pages.search),
        (r"^/check$", pages.check),
    ]


@hookimpl
def render_cell(value: object, column: str) -> Any:
    """In Datasette's tables, ids of claims and articles lead to their pages."""
    return pages.linked(column, value)


@hookimpl
def prepare_connection(conn: Any) -> None:
    """``quotes_fold(name)`` in SQL: a name as the search index has it."""
    from quotes.store import fold

    conn.create_function("quotes_fold", 1, lambda name: None if name is None else fold(str(name)), deterministic=True)


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, str]]:
    """Questions that every desk asks, on databases that are ours."""
    return pages.questions(datasette, database)
