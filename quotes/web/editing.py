"""Reviews from the browser: the same rows, only ever added to, as those of ``quotes review``."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quotes.errors import StoreError, UsageError
from quotes.models import Review
from quotes.store import Store
from quotes.web.guard import editor
from quotes.web.replies import Row, asked, failed

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def review(datasette: Datasette, request: Request) -> Response:
    """Add what a form says of a claim, and lead back to where it stood."""
    from datasette.utils.asgi import Response

    who = editor(request.scope)
    if who is None or request.method != "POST":
        return Response.text("Reviews are sent by a form, when serving with --edit.\n", status=403)
    given = await request.post_vars()
    if not hmac.compare_digest(given.get("proof", "").encode(), who.proof.encode()):
        return Response.text("This form is not one of ours.\n", status=403)

    def add(store: Store) -> Row:
        key = request.url_vars["uid"]
        return (
            store.undo(key, who.reviewer)
            if given.get("say") == "undo"
            else store.review(key, said(given), who.reviewer)
        )

    try:
        row = await asked(datasette, request, add, write=True)
    except (UsageError, StoreError) as error:
        return await failed(datasette, request, error, 400)
    back = f"/article/{row['article_uid']}#{row['claim_id']}" if given.get("back") else f"/claim/{row['claim_id']}"
    return Response.redirect(datasette.urls.path(back), status=303)


def said(given: Mapping[str, str]) -> Review:
    """The review that a form makes. Raises UsageError where it says nothing."""
    what, words = (
        given.get("say"),
        {name: given.get(name, "").strip() for name in ("speaker", "note", "verdict", "tag")},
    )
    if what == "accept":
        return Review(status="accepted")
    if what == "reject":
        return Review(status="rejected")
    if what == "nobody":
        return Review(speaker="")
    if what == "speaker" and words["speaker"]:
        return Review(speaker=words["speaker"])
    if what == "note" and any(words[name] for name in ("note", "verdict", "tag")):
        tags = (words["tag"],) if words["tag"] else ()
        return Review(note=words["note"] or None, verdict=words["verdict"] or None, tag=tags)
    raise UsageError("the form says nothing of the claim", "fill in a field, or accept or reject it")
