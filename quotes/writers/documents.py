"""Claims as the documents that ``quotes extract`` prints and ``quotes score`` reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from quotes.models import Article, Attribution, Claim, Extent, Extents, Via

LONGEST = 7  # code points of what joins a clause to its cue
LED = re.compile(r"\bthat,? \Z")


def document(article: Article, claims: Sequence[Claim], *, attitudes: bool = False) -> dict[str, Any]:
    """An article's id and its claims as attributions; those of mode ``attitude`` only if asked for.

    The id is the JSON value that the input has, or else the article's place, so that no two documents share one.
    Every role is a list of ``[start, end]``, half-open code points of the article's text. ``speaker`` is ``""`` where
    we do not know; ``cited`` names the sources further up the chain.
    """
    return {
        "id": (article.id or article.where) if article.raw_id is None else article.raw_id,
        "attributions": [_attribution(article, c) for c in claims if attitudes or c.attribution.mode != "attitude"],
    }


def joined(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """Claims as some corpora (PolNeAR) count them: with the "that" before a clause, and each continuation given to the
    claim that it carries on.

    A continuation has no cue of its own and the very source of a claim that has one; their contents become one.
    """
    claims = [replace(c, attribution=_led(text, c.attribution)) for c in claims]
    owners = {c.attribution.source: i for i, c in reversed(list(enumerate(claims))) if c.attribution.cue}
    out = list(claims)
    for i, claim in enumerate(claims):
        owner = owners.get(claim.attribution.source) if claim.attribution.source else None
        if claim.attribution.cue or owner is None:
            continue
        told = out[owner].attribution
        content = tuple(sorted(told.content + claim.attribution.content))
        out[owner] = replace(out[owner], attribution=replace(told, content=content))
        out[i] = replace(claim, attribution=replace(claim.attribution, content=()))
    return [c for c in out if c.attribution.content]


def _led(text: str, attribution: Attribution) -> Attribution:
    first = attribution.content[0]
    found = LED.search(text, max(0, first.start - LONGEST), first.start)
    if not attribution.cue or found is None:
        return attribution
    return replace(attribution, content=(Extent(found.start(), first.end), *attribution.content[1:]))


def _attribution(article: Article, claim: Claim) -> dict[str, Any]:
    seen, speaker = claim.attribution, claim.resolution.speaker
    return {
        "content": _pairs(seen.content),
        "cue": _pairs(seen.cue),
        "source": _pairs(seen.source),
        "kind": seen.kind,
        "mode": seen.mode,
        "speaker": speaker.name if speaker else "",
        "speaker_type": speaker.type if speaker else "",
        "negated": seen.negated,
        "cited": [_name(article, via) for via in claim.chain if via.relation != "told"],
        "confidence": round(seen.confidence, 4),
    }


def _pairs(extents: Extents) -> list[list[int]]:
    return [[extent.start, extent.end] for extent in extents]


def _name(article: Article, via: Via) -> str:
    known = via.resolution.speaker
    return known.name if known else via.extent.of(article.text)
