"""Web addresses that were read: what to ask their servers next time, and which stored article came of them."""

from __future__ import annotations

import json

from sqlite_utils import Database

from quotes.models import Article, Visit
from quotes.store.selectors import require_text
from quotes.store.statements import one

TABLE = (
    """
    create table visits (
        url text primary key,
        etag text,
        modified text,
        leads text not null,
        article text,
        settled integer not null,
        at text not null
    ) without rowid""",
)


def visited(db: Database, url: str) -> Visit | None:
    """See ``Store.visited``."""
    row = one(db, "select etag, modified, leads, article, settled from visits where url = ?", url)
    if row is None:
        return None
    return Visit(row["etag"], row["modified"], tuple(json.loads(row["leads"])), row["article"], bool(row["settled"]))


def visit(db: Database, url: str, visit: Visit, now: str) -> None:
    """See ``Store.visit``; the caller holds the transaction."""
    for text in (url, visit.etag, visit.modified, visit.article, *visit.leads):
        require_text(text or "")
    leads = json.dumps(visit.leads, ensure_ascii=False)
    db.execute(
        """insert into visits (url, etag, modified, leads, article, settled, at) values (?, ?, ?, ?, ?, ?, ?)
        on conflict (url) do update set etag = excluded.etag, modified = excluded.modified, leads = excluded.leads,
            article = excluded.article, settled = excluded.settled, at = excluded.at""",
        [url, visit.etag, visit.modified, leads, visit.article, visit.settled, now],
    )


def article_at(db: Database, url: str) -> Article | None:
    """See ``Store.article_at``."""
    known = visited(db, url)
    row = one(db, "select * from articles where latest and place = ? order by id", url)
    if row is None and known and known.article:
        row = one(db, "select * from articles where latest and url = ? order by id", known.article)
    if row is None:
        return None
    return Article(
        row["text"],
        title=row["title"],
        url=row["url"],
        publisher=row["publisher"],
        published=row["published"],
        authors=(row["byline"],) if row["byline"] else (),
        language=row["language"],
        credit=row["credit"],
        where=url,
        notes=tuple(json.loads(row["notes"])),
        place=row["place"],
    )
