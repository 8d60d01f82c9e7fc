"""Which stored version an article is, and which of its versions is the newest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from quotes.models import Article
from quotes.store.names import article_uid, identity, origin
from quotes.store.statements import every, one

Row = dict[str, Any]
MOST = 2**63 - 1  # the highest number of a row
METADATA = ("title", "publisher", "byline", "published", "url", "language", "credit")
_FOUND = f"id, uid, identity, latest, place, {', '.join(METADATA)}"


def find(db: Database, article: Article) -> Row | None:
    """The stored version with this text: of the same article, or else a copy with the same particulars elsewhere."""
    same = " and ".join(f"{name} is ?" for name in METADATA)
    copy = f"select {_FOUND} from articles where sha256 = ? and latest and {same} order by id"
    known = _known(db, article, "sha256 = ?", article.sha256)
    return known or one(db, copy, article.sha256, *metadata(article).values())


def newest(db: Database, article: Article) -> Row | None:
    """The newest version of the stored article that this one, of another text, is a version of."""
    return _known(db, article, "latest")


def _known(db: Database, article: Article, which: str, *values: str) -> Row | None:
    """The version of this article that is ``which``: by its identity, or by its place if no urls tell them apart."""
    query = f"select {_FOUND} from articles where {which}"
    known = one(db, f"{query} and identity = ?", *values, identity(article))
    if known or not article.place:
        return known
    rows = every(db, f"{query} and place = ? order by id", *values, article.place)
    return next((row for row in rows if not article.url or row["url"] in (None, article.url)), None)


def earlier(published: str | None, other: str | None) -> bool:
    """Whether the one is known to be published before the other; times count where both are of one kind."""
    try:
        first, second = datetime.fromisoformat(published or ""), datetime.fromisoformat(other or "")
    except ValueError:
        return False
    timed = "T" in str(published) and "T" in str(other) and (first.tzinfo is None) == (second.tzinfo is None)
    return first < second if timed else first.date() < second.date()


def next_uid(db: Database, row: Row) -> str:
    """The uid of a version about to be inserted."""
    return article_uid(origin(row), copies(db, row))


def copies(db: Database, row: Row, before: int = MOST) -> int:
    """How many versions of the same origin have lower numbers: one of a url is alone with its text."""
    if origin(row)[0]:
        return 0
    query = "select identity, sha256, place from articles where sha256 = ? and id < ?"
    return sum(origin(copy) == origin(row) for copy in every(db, query, row["sha256"], before))


def metadata(article: Article) -> Row:
    """What is known of an article, by column."""
    return {
        "title": article.title,
        "publisher": article.publisher,
        "byline": ", ".join(article.authors) or None,
        "published": article.published,
        "url": article.url,
        "language": article.language,
        "credit": article.credit,
    }


def news(stored: Row, article: Article) -> Row:
    """Metadata that the stored article lacks or has otherwise; what is unknown now does not wipe what was known."""
    return {name: value for name, value in metadata(article).items() if value not in (None, stored[name])}
