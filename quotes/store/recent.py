"""Newest first: articles and claims by their day of publication, a page at a time by the last row of the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from quotes.store.filters import DATED, Filters, conditions
from quotes.store.reading import ARTICLE, SELECT, decoded

Row = dict[str, Any]
# What is no date of ours has no day, and comes last.
DAY = f"case when {DATED} then substr(published, 1, 10) else '' end"


def articles(db: Database, limit: int, after: int | None) -> Iterator[Row]:
    """See ``Store.newest_articles``."""
    further = "" if after is None else f"and ({DAY}, id) < (select {DAY}, id from articles where id = :after)"
    query = f"""select {ARTICLE} from articles a where a.id in (
            select id from articles where latest {further} order by {DAY} desc, id desc limit :limit)
        order by {DAY} desc, a.id desc"""
    return iter(db.query(query, {"after": after, "limit": limit}))


def claims(db: Database, filters: Filters) -> Iterator[Row]:
    """See ``Store.newest_claims``."""
    clauses, values = conditions(db, replace(filters, after=None))
    if filters.after is not None:
        clauses.append(
            f"""({DAY}, article_id, -position) < (select {DAY}, c.article_id, -c.position
            from claims c join articles a on a.id = c.article_id where c.id = :after)"""
        )
        values["after"] = filters.after
    order = f"{DAY} desc, article_id desc, position"
    ids = db.query(
        f"select id from claim_rows where {' and '.join(clauses)} order by {order} limit :limit",
        {**values, "limit": -1 if filters.limit is None else filters.limit},
    )
    query = f"""select {SELECT} from claim_rows where id in (select value from json_each(:ids)) order by {order}"""
    return map(decoded, db.query(query, {"ids": json.dumps([row["id"] for row in ids])}))
