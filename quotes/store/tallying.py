"""Counts of all statements, from the tables that keep them: as quick for a million claims as for a thousand.

The tables are those of ``tallies_schema`` and ``outlets_schema``; what is narrowed further is counted from the claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from quotes.store import outlets_schema, tallies_schema
from quotes.store.filters import Filters, page
from quotes.store.selectors import Problem
from quotes.store.statements import one
from quotes.store.tallies_schema import form, local

Row = dict[str, Any]
# What each table holds, in the order in which they follow from each other.
WHOLE = {**tallies_schema.whole("temp.statements"), **outlets_schema.WHOLE}
BY_DAY = """select value as published, direct + mixed + indirect as claims, direct, mixed, indirect, articles
    from printed_totals where counted = 'day'"""

# Of a group of several forms what they share is counted anew; of one form alone it stands in its row.
_SPEAKERS = f"""
    with parts as materialized (
        select t.*, s.id as speaker_id, coalesce(s.given_name, s.name) as name,
            coalesce(s.type, substr(form, 1, instr(form, ' ') - 1)) as kind,
            iif(s.id is null, form, iif({local("s")} and s.given_name is null, s.type || ' ' || s.key, s.id)) as whole
        from speaker_totals t left join speakers m on m.id = t.form
        left join speakers s on s.id = coalesce(m.into_id, m.id)),
    groups as materialized (
        select whole, kind as speaker_kind, count(*) as parts, sum(direct) as direct, sum(indirect) as indirect,
            sum(mixed) as mixed, sum(direct + indirect + mixed) as claims, sum(articles) as articles,
            sum(speakers) as speakers, max(speaker_id) as speaker_id,
            max(coalesce(max(name), ''), iif(typeof(whole) = 'text', coalesce((select name from speakers s
                where type = kind and key = substr(whole, instr(whole, ' ') + 1) and exists (select 1 from
                    speaker_tallies where form = whole and counted = 'speaker' and value = +s.id)
                order by name desc limit 1), ''), '')) as speaker
        from parts group by whole),
    chosen as materialized (
        select * from groups where {{which}} order by claims desc, speaker, speaker_kind, whole {{page}}),
    members as materialized (
        select c.whole, p.form from chosen c join parts p on p.whole = c.whole),
    told as not materialized (
        select m.whole, counted, value, claims from members m join speaker_tallies t on t.form = m.form),
    days as not materialized (
        select whole, (select min(value) from speaker_tallies t where t.form = m.form and counted = 'day') as first,
            (select max(value) from speaker_tallies t where t.form = m.form and counted = 'day') as last
        from members m),
    speaking as materialized (
        select c.*, case parts when 1 then articles else (select count(distinct value) from told
                where told.whole = c.whole and counted = 'article') end as in_articles,
            case parts when 1 then speakers else (select count(distinct coalesce(s.into_id, s.id)) from told
                join speakers s on s.id = value where told.whole = c.whole and counted = 'speaker') end as number
        from chosen c)
    select case number when 1 then coalesce(speaker_id,
            (select value from told where told.whole = c.whole and counted = 'speaker')) end as speaker_id,
        speaker, speaker_kind,
        (select value from told where told.whole = c.whole and counted = 'role'
            group by value order by sum(claims) desc, length(value) desc, value limit 1) as role,
        claims, direct, indirect, mixed, in_articles as articles,
        (select count(distinct value) from told where told.whole = c.whole and counted = 'outlet') as outlets,
        (select min(first) from days where days.whole = c.whole) as first,
        (select max(last) from days where days.whole = c.whole) as last, number as speakers
    from speaking c order by claims desc, speaker, speaker_kind, whole"""


def kept(filters: Filters) -> bool:
    """Whether these filters leave all statements, whose counts are kept."""
    return replace(filters, limit=None, offset=0) == Filters()


def count(db: Database) -> int:
    """How many statements there are."""
    return int(next(iter(db.query(f"select coalesce(sum(claims), 0) as n from ({BY_DAY})")))["n"])


def outlets(db: Database) -> Iterator[Row]:
    """See ``Store.outlets``, of all statements."""
    query = """select value as publisher, direct + mixed + indirect as claims, articles
        from printed_totals where counted = 'outlet' order by claims desc, publisher"""
    return iter(db.query(query))


def unnamed(db: Database) -> Iterator[Row]:
    """See ``Store.unnamed``, of all statements."""
    query = """select publisher, speaker, claims, example from unnamed_tallies
        order by claims desc, publisher, speaker"""
    return iter(db.query(query))


def resting(db: Database, match: str, most: int, columns: str) -> Iterator[Row]:
    """See ``Store.reasoned``, of all statements that match an FTS5 query: looked through in their order, to so many."""
    query = f"""select u.claim_id as id, u.publisher, u.speaker, {columns}
        from (select rowid as number from claims_fts where claims_fts match :match) f
        cross join unnamed_claims u on u.claim_id = f.number
        cross join claim_rows on claim_rows.id = u.claim_id
        order by f.number limit :most"""
    return iter(db.query(query, {"match": match, "most": most}))


def speakers(db: Database, filters: Filters) -> Iterator[Row]:
    """See ``Store.speakers``, of all statements, or of all with or without a name."""
    values: Row = {"named": filters.named}
    which = ":named is null or (speaker_kind <> 'anonymous') = :named"
    return iter(db.query(_SPEAKERS.format(which=which, page=page(filters, values)), values))


def numbered(db: Database, ids: Sequence[int]) -> Iterator[Row]:
    """See ``Store.speakers``: these ones, none of whom has the form of others."""
    which = "whole in (select value from json_each(:ids))"
    values = {"ids": json.dumps(ids), "limit": -1, "offset": 0}
    return iter(db.query(_SPEAKERS.format(which=which, page="limit :limit offset :offset"), values))


def most(db: Database, filters: Filters) -> Iterator[Row]:
    """A page of effective speakers, each by itself, most claims first: id, alike (whether of the form of others)."""
    values: Row = {"named": filters.named}
    taken = page(filters, values)
    values["most"] = filters.offset + values["limit"]
    return iter(db.query(f"{_MOST} {taken}", values))


# Those who were joined are counted together; all others stand in the index as they come.
_WHO = f"""s.id, coalesce(s.given_name, s.name) as speaker, s.type as speaker_kind,
    typeof({form("s")}) = 'text' as alike"""
_NAMED = "(:named is null or (s.type <> 'anonymous') = :named)"
_MOST = f"""
    with joined as materialized (
        select id, into_id as whole from speakers where into_id is not null
        union select into_id, into_id from speakers where into_id is not null),
    counted as (
        select whole, sum(t.claims) as claims from joined j join speakers s on s.id = j.id
        join speaker_tallies t on t.form = {form("s")} and t.counted = 'speaker' and t.value = s.id group by whole)
    select id, alike from (
        select * from (
            select t.claims, {_WHO} from speaker_tallies t indexed by speakers_by_claims
            cross join speakers s on s.id = t.value
            where t.counted = 'speaker' and {_NAMED} and s.id not in (select id from joined)
            order by t.claims desc, speaker, speaker_kind, s.id limit :most)
        union all
        select claims, {_WHO} from counted join speakers s on s.id = whole where {_NAMED})
    order by claims desc, speaker, speaker_kind, id"""


def triggers() -> set[str]:
    """Names of the triggers that keep the counts."""
    return {statement.split()[2] for statement in (*tallies_schema.TRIGGERS, *outlets_schema.TRIGGERS)}


def rebuild(db: Database) -> None:
    """Count all claims anew; the caller holds the transaction, and the triggers are out of the way."""
    with _gathered(db, "statements", f"select * from {tallies_schema.statements('true')}"):
        for table, query in WHOLE.items():
            db.execute(f"delete from {table}")
            db.execute(f"insert into {table} {query}")


def verify(db: Database) -> Iterator[Problem]:
    """Counts that are not those of the claims."""
    with _gathered(db, "statements", f"select * from {tallies_schema.statements('true')}"):
        for table, query in WHOLE.items():
            with _gathered(db, "counted", query):
                apart = f"select * from {table} except select * from temp.counted limit 1"
                fewer = f"select 1 where (select count(*) from {table}) <> (select count(*) from temp.counted)"
                if one(db, apart) or one(db, fewer):
                    yield Problem("database", f"the counts kept in {table} are not those of the claims")


@contextmanager
def _gathered(db: Database, name: str, query: str) -> Iterator[None]:
    """The rows of a query in a table of this connection alone: what is asked of all claims is read once."""
    db.execute(f"create temp table {name} as {query}")
    try:
        yield
    finally:
        db.execute(f"drop table temp.{name}")
