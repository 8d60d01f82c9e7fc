"""Which claims: the filters that every listing shares, and the one place that turns them into SQL."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.models import Kind

STATUSES = ("unreviewed", "accepted", "rejected", "corrected")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list. None means that it does not matter.

    ``speaker``: words of a speaker's name or alias, accents and case folded ("McGurk", "yildirim"). ``publisher``: the
    outlet's name, folded. ``article``: uid or a beginning of it, row number, input id, url, place, or words of the
    title. ``named``: True for speakers with a name, False for unnamed ones. ``since``, ``until``: ISO dates (year,
    month or day), both included, against the date of publication as given. ``status``: one of STATUSES. ``attitudes``: also what people
    think, want or feel. ``limit``, ``offset``: a page; ``after``: the ``id`` of the last row of the page before, which
    costs the same however far down the page lies.
    """

    speaker: str | None = None
    publisher: str | None = None
    article: str | None = None
    kind: Kind | None = None
    named: bool | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    min_confidence: float | None = None
    attitudes: bool = False
    limit: int | None = None
    offset: int = 0
    after: int | None = None
