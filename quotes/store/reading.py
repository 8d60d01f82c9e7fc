"""Rows for people: claims, articles, speakers, runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.models import Article
from quotes.senses import undenied
from quotes.store import tallying
from quotes.store.columns import COLUMNS, DETAILS
from quotes.store.filters import OF_THESE, UID, Filters, articles_called, conditions, counted_in, page, row_number

Row = dict[str, Any]
SELECT = ", ".join(f'"{name}"' for name in (*COLUMNS, *DETAILS) if name not in ("denied", "undenied"))
_DOCUMENTS = ("content", "cue_extents", "source_extents", "mentions", "chain")
_FLAGS = ("negated", "hearsay", "current")
ARTICLE = """a.id, a.uid, a.input_id, a.title, a.publisher, a.byline, a.published, a.url, a."where", a.language,
    a.credit,
    a.sha256, a.added, a.version, length(a.text) as characters,
    (select count(*) from claims c where c.article_id = a.id and c.current and c.mode = 'statement') as claims"""


def decoded(row: Row) -> Row:
    """A row of ``claim_rows`` with its JSON and its truth values as Python has them."""
    return {
        **row,
        **{name: json.loads(row[name]) for name in _DOCUMENTS},
        **{name: bool(row[name]) for name in _FLAGS},
        "denied": row["stance"] == "deny" and row["kind"] != "direct" and not row["negated"],
        "undenied": undenied(row["stance"], row["as_printed"] or "", row["cue"] or "", negated=bool(row["negated"])),
    }


def claims(db: Database, filters: Filters) -> Iterator[Row]:
    """See ``Store.claims``."""
    clauses, values = conditions(db, filters)
    query = f"""select {SELECT} from claim_rows where {" and ".join(clauses)}
        order by article_id, position {page(filters, values)}"""
    return map(decoded, db.query(query, values))


def count(db: Database, filters: Filters) -> int:
    """See ``Store.count``."""
    if tallying.kept(filters):
        return tallying.count(db)
    clauses, values = conditions(db, filters)
    query = f"select count(*) as n from {counted_in(filters)} where {' and '.join(clauses)}"
    return int(next(iter(db.query(query, values)))["n"])


def passes(db: Database, filters: Filters) -> bool:
    """See ``Store.passes``."""
    clauses, values = conditions(db, filters)
    return bool(list(db.query(f"select 1 from {counted_in(filters)} where {' and '.join(clauses)} limit 1", values)))


def stamp(db: Database) -> tuple[int, ...]:
    """See ``Store.stamp``: of the tables that only grow how far they have grown."""
    last = (f"coalesce((select max(id) from {table}), 0)" for table in ("claims", "articles", "reviews", "speaker_log"))
    numbers: tuple[int, ...] = db.execute(f"select {', '.join(last)}, (select count(*) from extractions)").fetchone()
    return numbers


def claim(db: Database, key: int | str) -> Row:
    """See ``Store.claim``."""
    text = str(key)
    rows = db.query(
        f"""select {SELECT} from claim_rows where id = :number or claim_id >= :uid and claim_id < :uid || 'g'
        order by claim_id, current desc, run_id desc limit 100""",
        {"number": row_number(text), "uid": text if UID.fullmatch(text) else None},
    )
    found = list({row["claim_id"]: row for row in reversed(list(rows))}.values())
    if not found:
        raise UsageError(f"there is no claim {text!r}", _stored(db))
    if len(found) > 1:
        raise UsageError(f"{text!r} begins the ids of several claims", "give more of it")
    return decoded(found[0])


def _stored(db: Database) -> str:
    """Which claims there are, for somebody who asked for another."""
    [row] = db.query("select count(*) as n, min(id) as first, max(id) as last from claims where current")
    if not row["n"]:
        return "no claims are stored: quotes add"
    numbers = f"numbers from #{row['first']} to #{row['last']}"
    return f"{row['n']:,} claims and attitudes have {numbers}: quotes report, quotes search"


def article(db: Database, key: int | str) -> Row:
    """See ``Store.article``."""
    found = articles_called(db, str(key))
    if len(found) > 1:
        names = [f"{row['uid']} {row['title'] or ''}".strip() for row in _named(db, found[:3])]
        names += ["…"] * (len(found) > len(names))
        raise UsageError(
            f"{key!r} may be {len(found)} articles: {'; '.join(names)}", "say more of its title, or its id"
        )
    return article_numbered(db, found[0])


def article_numbered(db: Database, number: int) -> Row:
    """One article with its text, by row number."""
    row = next(iter(db.query(f"select {ARTICLE}, a.text, a.notes from articles a where a.id = ?", [number])))
    return {**row, "notes": json.loads(row["notes"])}


def _named(db: Database, ids: list[int]) -> Iterator[Row]:
    return iter(db.query("select uid, title from articles where id in (select value from json_each(?))", [str(ids)]))


def articles(db: Database, filters: Filters) -> Iterator[Row]:
    """See ``Store.articles``: of the filters, those on articles."""
    clauses, values = conditions(db, filters)
    narrowed = filters != Filters(limit=filters.limit, offset=filters.offset)
    within = f"and a.id in (select article_id from claim_rows where {' and '.join(clauses)})" if narrowed else ""
    query = f"select {ARTICLE} from articles a where a.latest {within} order by a.id {page(filters, values)}"
    return iter(db.query(query, values))


def speakers(db: Database, filters: Filters, apart: bool) -> Iterator[Row]:
    """See ``Store.speakers``."""
    kept = tallying.kept(replace(filters, named=None))
    if kept and not apart:
        return tallying.speakers(db, filters)
    if kept and filters.limit is not None:
        return _apart(db, filters)
    return speakers_said(db, filters, apart)


def _apart(db: Database, filters: Filters) -> Iterator[Row]:
    """A page of speakers; those alike in many articles, who have few claims each, are counted from these."""
    chosen = list(tallying.most(db, filters))
    alike = [row["id"] for row in chosen if row["alike"]]
    counted = tallying.numbered(db, [row["id"] for row in chosen if not row["alike"]])
    rows = {row["speaker_id"]: row for row in (*counted, *speakers_said(db, Filters(), True, alike))}
    return (rows[row["id"]] for row in chosen)


def speakers_said(db: Database, filters: Filters, apart: bool, only: Sequence[int] | None = None) -> Iterator[Row]:
    """See ``Store.speakers``, whatever the filters: from the claims; of all speakers, or of these ``only``."""
    clauses, values = conditions(db, filters)
    if only is not None:
        clauses.append(OF_THESE)
        values["speaker"] = json.dumps(only)
    query = f"""
        with said as materialized (
            select {"speaker_id" if apart else _FORM} as form, speaker_id, speaker, speaker_kind, role, kind,
                article_id, publisher, substr(published, 1, 10) as day
            from claim_rows where {" and ".join(clauses)} and speaker_id is not null),
        counted as materialized (
            select form, iif(min(speaker_id) = max(speaker_id), min(speaker_id), null) as speaker_id,
                max(speaker) as speaker, speaker_kind, count(*) as claims, sum(kind = 'direct') as direct,
                sum(kind = 'indirect') as indirect, sum(kind = 'mixed') as mixed,
                count(distinct article_id) as articles, count(distinct publisher) as outlets,
                min(day) as first, max(day) as last, count(distinct speaker_id) as speakers
            from said group by form order by claims desc, speaker, speaker_kind, form {page(filters, values)}),
        roles as (
            select form, role, row_number() over (
                partition by form order by count(*) desc, length(role) desc, role) as place
            from said where role is not null and form in (select form from counted)
            group by form, role)
        select speaker_id, speaker, speaker_kind, role, claims, direct, indirect, mixed, articles, outlets,
            first, last, speakers
        from counted s left join roles r on r.form = s.form and r.place = 1
        order by claims desc, speaker, speaker_kind, s.form"""
    return iter(db.query(query, values))


# Those whom their articles name alike without saying who they are; a person, or one whom people named, is no form.
_FORM = """(select iif(s.scope = '' or s.scope like 'split:%' or s.type = 'person' or s.given_name is not null,
    s.id, s.type || ' ' || s.key) from speakers s where s.id = speaker_id)"""


def runs(db: Database) -> Iterator[Row]:
    """See ``Store.runs``."""
    query = """select r.*, count(x.article_id) as articles, coalesce(sum(x.claims), 0) as claims,
        (select count(*) from skips where run_id = r.id) as skips
        from runs r left join extractions x on x.run_id = r.id group by r.id order by r.id"""
    return ({**row, "options": json.loads(row["options"])} for row in db.query(query))


def skips(db: Database) -> Iterator[Row]:
    """See ``Store.skips``."""
    return iter(db.query('select "where", reason, at from skips order by id'))


def newest(db: Database) -> Iterator[Row]:
    """Row numbers of the newest versions of articles."""
    return iter(db.query("select id from articles where latest order by id"))


def as_read(db: Database, number: int) -> Article:
    """An article's row as the noun that was saved."""
    [row] = db.query("select * from articles where id = ?", [number])
    names = ("text", "title", "url", "publisher", "published", "language", "credit", "where", "place")
    authors = (row["byline"],) if row["byline"] else ()
    notes = tuple(json.loads(row["notes"]))
    return Article(**{name: row[name] for name in names}, id=row["input_id"], authors=authors, notes=notes)
