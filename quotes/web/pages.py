"""The pages to read: home, articles, speakers, unnamed sources, claims."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes import anonymity, evidence, runs, topics
from quotes.errors import StoreError, UsageError
from quotes.store import Filters, Store
from quotes.web import drawing
from quotes.web.replies import Context, Row, asked, failed, number, page
from quotes.web.summary import MOST, outlets, summary
from quotes.writers import linked

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

PAGE = 50  # rows of a listing
FEW = 12  # rows of a list on the home page
HUES = 8  # colours of speakers
NEWEST = 500  # claims of a speaker that are sorted by topic


async def home(datasette: Datasette, request: Request) -> Response:
    """Who is quoted most, what is new, whom nobody names."""

    def gather(store: Store) -> Context:
        known = summary(store)
        return {
            "claims": known.claims,
            "people": known.named[:FEW],
            "articles": list(store.newest_articles(FEW)),
            "outlets": known.outlets[:FEW],
        }

    return await page(datasette, request, "home", gather)


async def articles(datasette: Datasette, request: Request) -> Response:
    """All articles, the newest first, a page at a time."""

    def gather(store: Store) -> Context:
        rows = list(store.newest_articles(PAGE, number(request, "after")))
        return {"articles": rows, "after": rows[-1]["id"] if len(rows) == PAGE else None}

    return await page(datasette, request, "articles", gather)


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
            "paragraphs": runs.paragraphed(found["text"], claims),
            "attitudes": attitudes,
        }

    return await page(datasette, request, "article", gather)


def hues(claims: list[Row]) -> list[int]:
    """A colour for each claim: the same for one speaker, in the order of their first words; 0 for nobody."""
    order = list(dict.fromkeys(row["speaker_id"] for row in claims if row["speaker_id"]))
    return [1 + order.index(row["speaker_id"]) % HUES if row["speaker_id"] else 0 for row in claims]


async def speakers(datasette: Datasette, request: Request) -> Response:
    """Speakers, most claims first."""
    unnamed, name = "unnamed" in request.args, (request.args.get("name") or "").strip()

    def gather(store: Store) -> Context:
        place = number(request, "from") or 0
        if name:
            rows = list(store.speakers(Filters(named=not unnamed, speaker=name, limit=MOST)))
        else:
            rows = summary(store).unnamed if unnamed else summary(store).named
        more = place + PAGE if len(rows) > place + PAGE else None
        return {"speakers": rows[place : place + PAGE], "unnamed": unnamed, "name": name, "next": more}

    return await page(datasette, request, "speakers", gather)


async def speaker(datasette: Datasette, request: Request) -> Response:
    """One speaker: role, names, counts, claims over time, newest first or by topic."""
    when, by_topic = request.args.get("when") or None, "topics" in request.args

    def gather(store: Store) -> Context:
        who = store.speaker(f"#{request.url_vars['number']}")
        everything = Filters(speaker=f"#{who['speaker_id']}", attitudes=True)
        counted = next(store.speakers(everything), None)
        wanted = Filters(speaker=everything.speaker, attitudes=True, since=when, until=when)
        known = {
            "who": who,
            "counted": counted,
            "timeline": drawing.timeline(list(store.timeline(None, everything))),
            "outlets": list(store.outlets(everything)),
            "when": when,
        }
        return {**known, **(_topics(store, wanted) if by_topic else _said(store, wanted, number(request, "after")))}

    return await page(datasette, request, "speaker", gather)


def _said(store: Store, filters: Filters, after: int | None) -> Context:
    rows = list(store.newest_claims(replace(filters, limit=PAGE, after=after)))
    return {"claims": rows, "after": rows[-1]["id"] if len(rows) == PAGE else None}


def _topics(store: Store, filters: Filters) -> Context:
    """The newest claims under the terms that they share, each under every term it has, and the others."""
    rows = list(store.newest_claims(replace(filters, limit=NEWEST)))
    terms = [term for term, _ in topics.key_terms([row["quote"] for row in rows])]
    found = [(term, [row for row in rows if topics.mentions(row["quote"], term)]) for term in terms]
    sorted_ = {row["id"] for _, some in found for row in some}
    return {"topics": [*found, ("", [row for row in rows if row["id"] not in sorted_])]}


async def unnamed(datasette: Datasette, request: Request) -> Response:
    """Sources without a name by outlet and form, and the reasons that are printed."""
    publisher = request.args.get("publisher") or None

    def gather(store: Store) -> Context:
        rows = [row for row in anonymity.counted(store, Filters(publisher=publisher)) if row["claims"]]
        return {"outlets": outlets(rows), "rows": rows[:PAGE], "publisher": publisher}

    return await page(datasette, request, "unnamed", gather)


async def claim(datasette: Datasette, request: Request) -> Response:
    """A claim at its own address, with all that is known of how it came here, and the same words elsewhere."""
    uid = request.url_vars["uid"]

    def gather(store: Store) -> Context:
        row = store.claim(uid)
        versions = list(evidence.rows(evidence.versions(store, row["quote"], Filters()), row["quote"]))
        elsewhere = [one for one in versions if one["article_id"] != row["article_id"]]
        around = store.speakers(Filters(article=row["article_uid"], attitudes=True, limit=PAGE))
        return {
            "claim": row,
            "elsewhere": elsewhere[:PAGE],
            "history": store.history(row["claim_id"]),
            "names": [one["speaker"] for one in around],
        }

    return await page(datasette, request, "claim", gather)


FORMATS = {
    "jsonld": (linked.write_jsonld, "application/ld+json; charset=utf-8"),
    "annotation": (linked.write_annotations, 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
}


async def linked_data(datasette: Datasette, request: Request) -> Response:
    """A claim for programs: schema.org in JSON-LD, or a W3C Web Annotation."""
    from datasette.utils.asgi import Response

    write, kind = FORMATS[request.url_vars["format"]]
    try:
        row = await asked(datasette, request, lambda store: store.claim(request.url_vars["uid"]))
    except (UsageError, StoreError) as error:
        return await failed(datasette, request, error)
    written = io.StringIO()
    write([row], written)
    return Response(written.getvalue(), content_type=kind)
