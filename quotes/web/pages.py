"""The pages: each gathers rows from the store, in a thread of its own, and fills a template."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes import evidence
from quotes.errors import StoreError, UsageError
from quotes.store import Filters, Store
from quotes.web import reading
from quotes.web.guard import STRICT

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

Row = dict[str, Any]
Context = dict[str, Any]

PAGE = 50  # rows of a listing
FEW = 12  # rows of a list on the home page
COLUMNS = {"claim_id": "claim", "article_uid": "article"}


def database(datasette: Datasette) -> Path:
    """The first database that is ours. Raises UsageError where there is none."""
    for known in datasette.databases.values():
        if known.path and _ours(Path(known.path)):
            return Path(known.path)
    raise UsageError("no quotes database is served", "quotes serve -d FILE")


def _ours(path: Path) -> bool:
    try:
        Store(path, readonly=True).close()
    except (StoreError, UsageError):
        return False
    return True


async def shown(datasette: Datasette, request: Request, template: str, gather: Callable[[Store], Context]) -> Response:
    """A page: what ``gather`` finds in the store, in a template; what cannot be found is a page that says so."""
    from datasette.utils.asgi import Response

    status = 200
    try:
        context = await asyncio.to_thread(_gathered, database(datasette), gather)
    except UsageError as error:
        status, template, context = 404, "missing", {"error": str(error), "hint": error.hint}
    except StoreError as error:
        status, template, context = 500, "missing", {"error": str(error), "hint": error.hint}
    html = await datasette.render_template(f"quotes/{template}.html", context, request=request)
    return Response.html(html, status=status, headers={"content-security-policy": STRICT, "cache-control": "no-store"})


def _gathered(path: Path, gather: Callable[[Store], Context]) -> Context:
    with Store(path, readonly=True) as store:
        return gather(store)


async def home(datasette: Datasette, request: Request) -> Response:
    """Who is quoted most, what is new, whom nobody names."""

    def gather(store: Store) -> Context:
        return {
            "claims": store.count(),
            "people": list(store.speakers(Filters(named=True, limit=FEW))),
            "unnamed": list(store.speakers(Filters(named=False, limit=FEW))),
            "articles": list(store.articles(Filters(limit=FEW))),
        }

    return await shown(datasette, request, "home", gather)


async def articles(datasette: Datasette, request: Request) -> Response:
    """All articles, a page at a time."""

    def gather(store: Store) -> Context:
        rows = list(store.articles(Filters(limit=PAGE, after=_number(request, "after"))))
        return {"articles": rows, "after": rows[-1]["id"] if len(rows) == PAGE else None}

    return await shown(datasette, request, "articles", gather)


async def article(datasette: Datasette, request: Request) -> Response:
    """An article with every claim marked, and who made them beside it."""
    attitudes = "attitudes" in request.args

    def gather(store: Store) -> Context:
        found = store.article(request.url_vars["uid"])
        claims = list(store.claims(Filters(article=found["uid"], attitudes=attitudes)))
        return {
            "article": found,
            "claims": claims,
            "hues": hues(claims),
            "paragraphs": reading.article(found["text"], claims),
            "attitudes": attitudes,
        }

    return await shown(datasette, request, "article", gather)


def hues(claims: list[Row]) -> list[int]:
    """A colour for each claim: the same for one speaker, in the order of their first words; 0 for nobody."""
    order = list(dict.fromkeys(row["speaker_id"] for row in claims if row["speaker_id"]))
    return [1 + order.index(row["speaker_id"]) % reading.HUES if row["speaker_id"] else 0 for row in claims]


async def speakers(datasette: Datasette, request: Request) -> Response:
    """Speakers, most claims first."""
    unnamed = "unnamed" in request.args

    def gather(store: Store) -> Context:
        place = _number(request, "from") or 0
        rows = list(store.speakers(Filters(named=not unnamed, limit=PAGE, offset=place)))
        return {"speakers": rows, "unnamed": unnamed, "next": place + PAGE if len(rows) == PAGE else None}

    return await shown(datasette, request, "speakers", gather)


async def speaker(datasette: Datasette, request: Request) -> Response:
    """One speaker: role, aliases, counts, claims over time."""

    def gather(store: Store) -> Context:
        raise NotImplementedError

    return await shown(datasette, request, "speaker", gather)


async def claim(datasette: Datasette, request: Request) -> Response:
    """A claim at its own address, with all that is known of how it came here."""

    def gather(store: Store) -> Context:
        row = store.claim(request.url_vars["uid"])
        versions = list(evidence.rows(evidence.versions(store, row["quote"], Filters()), row["quote"]))
        elsewhere = [one for one in versions if one["article_id"] != row["article_id"]]
        return {"claim": row, "elsewhere": elsewhere[:PAGE]}

    return await shown(datasette, request, "claim", gather)


async def search(datasette: Datasette, request: Request) -> Response:
    """Claims with these words."""
    words = request.args.get("q") or ""

    def gather(store: Store) -> Context:
        rows = list(store.search(words, Filters(limit=PAGE))) if words.strip() else []
        return {"q": words, "claims": rows}

    return await shown(datasette, request, "search", gather)


async def check(datasette: Datasette, request: Request) -> Response:
    """Whether anyone said the words, with every difference."""
    words, asked = (request.args.get(name) or "" for name in ("words", "speaker"))

    def gather(store: Store) -> Context:
        blank: Context = {"words": words, "asked": asked, "told": None}
        if not words.strip():
            return blank
        checked = evidence.check(store, words, Filters(speaker=asked.strip() or None))
        told = evidence.told(checked)
        near = [one for key in ("found", "others") for one in told[key] if one["grade"] == "near"]
        return {
            **blank,
            "told": told,
            "misattributed": checked.misattributed,
            "searched": store.count(),
            "differing": any(part["kind"] != "same" for one in (*near, *told["texts"]) for part in one["diff"]),
            "most": FEW,
        }

    return await shown(datasette, request, "check", gather)


def _number(request: Request, name: str) -> int | None:
    given = request.args.get(name) or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def linked(column: str, value: object) -> Any:
    """A cell of Datasette's tables as a link to our page, None where it is none of ours."""
    from markupsafe import Markup

    if column not in COLUMNS or not isinstance(value, str) or not value.isalnum():
        return None
    return Markup('<a href="/{}/{}">{}</a>').format(COLUMNS[column], value, value)


def questions(datasette: Datasette, name: str) -> dict[str, dict[str, str]]:
    """Canned queries for a database, if it is ours."""
    known = datasette.databases.get(name)
    return QUESTIONS if known and known.path and _ours(Path(known.path)) else {}


QUESTIONS = {
    "claims_of_a_speaker": {
        "title": "What did somebody say?",
        "sql": "select * from who_said_what where speaker = :speaker order by published limit 1000",
    },
}
