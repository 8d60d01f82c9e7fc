"""Claims counted: over time, and by whom of no name.

Counts of all statements are kept. Others are counted by article first, in the order of an index that has all that is
counted, and joined with the articles then: of a million claims an eighth as many rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, get_args

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.store import tallying
from quotes.store.filters import DATED, Filters, conditions, counted_in
from quotes.store.searching import Query, holding

Row = dict[str, Any]
Unit = Literal["day", "week", "month", "year"]

# The unit of time of a date that is as exact as that or more exact; a week is called by its Monday.
_LENGTHS = {"day": 10, "week": 10, "month": 7, "year": 4}
_PERIODS = {
    "week": "date(substr(published, 1, 10), '-6 days', 'weekday 1')",
    **{unit: f"substr(published, 1, {length})" for unit, length in _LENGTHS.items() if unit != "week"},
}
# Why a source is not named, in the words that papers use.
_ANONYMITY = "context : ({})".format(" OR ".join(f'"{words}"' for words in (
    "anonymity", "anonymously", "not to be named", "not be named", "not be identified", "not to be identified",
    "not authorized", "not authorised", "not permitted to", "not allowed to",
)))  # fmt: skip


def timeline(db: Database, query: Query | None, filters: Filters, unit: Unit) -> Iterator[Row]:
    """See ``Store.timeline``."""
    if unit not in get_args(Unit):
        raise UsageError(f"{unit!r} is no unit of time", f"one of {', '.join(get_args(Unit))}")
    by_day, values = _by_day(db, query, filters)
    sql = f"""with said as materialized ({by_day})
        select {_PERIODS[unit]} as period, sum(claims) as claims, sum(direct) as direct, sum(mixed) as mixed,
            sum(indirect) as indirect, sum(articles) as articles
        from said where length(published) >= {_LENGTHS[unit]} and ({DATED})
        group by period having period is not null order by period"""
    return iter(db.query(sql, values))


def undated(db: Database, query: Query | None, filters: Filters, unit: Unit) -> int:
    """See ``Store.undated``."""
    by_day, values = _by_day(db, query, filters)
    sql = f"""with said as materialized ({by_day}) select coalesce(sum(claims), 0) as n from said
        where not coalesce(length(published) >= {_LENGTHS[unit]} and ({DATED}), 0)"""
    return int(next(iter(db.query(sql, values)))["n"])


def _by_day(db: Database, query: Query | None, filters: Filters) -> tuple[str, Row]:
    """Claims of each day, or of each article with its day, as a query, and the values bound."""
    if tallying.kept(filters) and query is None:
        return tallying.BY_DAY, {}
    by_article, values = _by_article(db, query, filters)
    return (
        f"""select s.*, 1 as articles, published from ({by_article}) s
        join articles indexed by articles_told on id = article_id""",
        values,
    )


def _by_article(db: Database, query: Query | None, filters: Filters) -> tuple[str, Row]:
    """Claims of each article as a query, and the values bound."""
    clauses, values = conditions(db, filters)
    held, more = holding(db, query) if query else ([], {})
    return (
        f"""select article_id, count(*) as claims, sum(kind = 'direct') as direct, sum(kind = 'mixed') as mixed,
            sum(kind = 'indirect') as indirect from {_table(query, filters)}
        where {" and ".join([*clauses, *held])} group by article_id""",
        {**values, **more},
    )


def _table(query: Query | None, filters: Filters) -> str:
    """Where to count; hits are looked up one by one, in the table itself where it has all that is asked."""
    table = counted_in(filters)
    if query is None or table == "claim_rows":
        return table
    return "claim_rows" if query.excluded else "claims not indexed"


def outlets(db: Database, filters: Filters) -> Iterator[Row]:
    """See ``Store.outlets``."""
    if tallying.kept(filters):
        return tallying.outlets(db)
    by_article, values = _by_article(db, None, filters)
    sql = f"""with said as materialized ({by_article})
        select publisher, sum(claims) as claims, count(*) as articles
        from said join articles indexed by articles_told on id = article_id
        group by publisher order by claims desc, publisher"""
    return iter(db.query(sql, values))


def unnamed(db: Database, filters: Filters) -> Iterator[Row]:
    """See ``Store.unnamed``."""
    if tallying.kept(filters):
        return tallying.unnamed(db)
    behind, values = _behind(db, filters, "id, publisher")
    sql = f"""select publisher, speaker, count(*) as claims, min(id) as example
        from ({behind}) group by publisher, speaker order by claims desc, publisher, speaker"""
    return iter(db.query(sql, values))


def reasoned(db: Database, filters: Filters, most: int) -> Iterator[Row]:
    """See ``Store.reasoned``."""
    if tallying.kept(filters):
        return tallying.resting(db, _ANONYMITY, most, _PLACED)
    anonymity = "id in (select rowid from claims_fts where claims_fts match :anonymity)"
    behind, values = _behind(db, filters, f"id, publisher, {_PLACED}", anonymity)
    sql = f"""select id, publisher, speaker, article_id, context, context_start, source_start
        from ({behind}) order by id limit :most"""
    return iter(db.query(sql, {**values, "anonymity": _ANONYMITY, "most": most}))


# Whom a claim rests on without a name, though a named speaker passes it on: "citing officials", "through an aide".
_RELAYED = """from claim_sources k join speakers w on w.id = coalesce(k.given_id, k.speaker_id)
    join speakers v on v.id = coalesce(w.into_id, w.id)
    where v.type = 'anonymous' and k.relation in ('citing', 'via')"""


# A claim's paragraph, and where in the article the source without a name stands; the quote, where that is not said.
_PLACED = f"""article_id, context, context_start, coalesce(
    case when speaker_kind is not 'anonymous' then
        (select k.start {_RELAYED} and k.claim_id = claim_rows.id order by k.position limit 1) end,
    json_extract(source_extents, '$[0][0]'), start) as source_start"""


def _behind(db: Database, filters: Filters, columns: str, further: str = "") -> tuple[str, Row]:
    """Claims with an unnamed source, who speaks or stands behind the speaker, each once, and the values bound.

    What is ``further`` asked leaves few claims, so that their speakers need no look-up of their own.
    """
    by_them, values = conditions(db, replace(filters, named=None if further else False))
    by_them.append(further or "true")
    of_others, more = conditions(db, replace(filters, named=None))
    sql = f"""
        select {columns}, speaker from claim_rows where {" and ".join(by_them)} and speaker_kind = 'anonymous'
        union all
        select {columns}, (select coalesce(v.given_name, v.name) {_RELAYED} and k.claim_id = claim_rows.id
            order by k.position limit 1)
        from claim_rows where id in (select k.claim_id {_RELAYED}) and speaker_kind is not 'anonymous'
            and {" and ".join([*of_others, further or "true"])}"""
    return sql, {**values, **more}
