"""The pages that answer a question: search, and whether anyone said it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quotes import evidence
from quotes.store import Filters, Store
from quotes.web.replies import Context, number, page
from quotes.web.summary import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

PAGE = 50  # hits of a page
MOST = 2_000  # hits that are shown; whoever has more needs more words
FEW = 12  # findings of a kind


async def search(datasette: Datasette, request: Request) -> Response:
    """Claims with these words, each hit marked; best first, or the newest."""
    words, by_date = request.args.get("q") or "", request.args.get("sort") == "date"
    place = min(number(request, "from") or 0, MOST - PAGE)

    def gather(store: Store) -> Context:
        asked = {"q": words, "by_date": by_date}
        if not words.strip():
            return {**asked, "claims": [], "next": None}
        rows = list(store.search(words, Filters(limit=PAGE, offset=place), "date" if by_date else "relevance"))
        claims = [{**row, "pieces": pieces(row["quote"], row["quote_hits"])} for row in rows]
        more = place + PAGE if len(rows) == PAGE and place + PAGE < MOST else None
        near = {word: store.near_words(word) for word in words.split()} if not (rows or place) else {}
        return {**asked, "claims": claims, "next": more, "near": {word: some for word, some in near.items() if some}}

    return await page(datasette, request, "search", gather)


def pieces(words: str, hits: Sequence[Sequence[int]]) -> list[tuple[str, bool]]:
    """A text cut at its hits, ``[start, end]`` in order: each piece, and whether it is one."""
    edges = [0, *(edge for hit in hits for edge in hit), len(words)]
    return [(words[start:end], bool(place % 2)) for place, (start, end) in enumerate(pairwise(edges)) if start < end]


async def check(datasette: Datasette, request: Request) -> Response:
    """Whether anyone said the words, with every difference."""
    words, speaker = (request.args.get(name) or "" for name in ("words", "speaker"))

    def gather(store: Store) -> Context:
        asked = {"words": words, "asked": speaker, "told": None}
        if not words.strip():
            return asked
        checked = evidence.check(store, words, Filters(speaker=speaker.strip() or None))
        told = evidence.told(checked)
        near = [one for one in (*told["found"], *told["others"]) if one["grade"] == "near"]
        return {
            **asked,
            "told": told,
            "grave": checked.misattributed or checked.verdict in ("altered", "spliced"),
            "searched": summary(store).claims,
            "differing": any(part["kind"] != "same" for one in (*near, *told["texts"]) for part in one["diff"]),
            "most": FEW,
        }

    return await page(datasette, request, "check", gather)
