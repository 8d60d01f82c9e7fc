"""Whether everything is still as it was stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.models import Extent
from quotes.offsets import CONTEXT
from quotes.store import consistency, digests, resemblance, reviewing, tallying
from quotes.store.connection import copy, dial, error_name, snapshot
from quotes.store.names import article_uid, claim_uid, origin
from quotes.store.selectors import Problem, joined
from quotes.store.statements import every
from quotes.store.versions import copies

Row = dict[str, Any]
_COUNTED = ("articles", "claims", "speakers", "runs", "reviews", "skips")
INDEXES = ("claims_fts", "names_fts", "texts_fts")
LOOKED_AT = 1000  # articles whose words ``health`` checks; ``verify`` checks all
RESTORE = "restore a backup, or add the sources again to a new database"
REINDEX = "quotes db reindex makes it anew"
DAMAGE = (ValueError, TypeError, IndexError)  # of a value that is no JSON, or JSON of another form


def verify(path: Path) -> Iterator[Problem]:
    """Every departure from what was stored: the search indexes, then article by article, then the database as a whole.

    The indexes come first: who cannot have them checked because another process writes learns it at once.
    """
    yield from _indexes(path)
    with snapshot(path) as db:
        yield from _whole(db)


def _whole(db: Database) -> Iterator[Problem]:
    for article in every(db, "select id, uid, identity, place, sha256, text from articles order by id"):
        yield from _article(db, article)
        yield from _words(db, article)
        yield from _uids(db, article)
    yield from _reviews(db)
    yield from consistency.speakers(db)
    yield from tallying.verify(db)
    yield from resemblance.verify(db)
    yield from _file(db)


def _words(db: Database, article: Row) -> Iterator[Problem]:
    """Words of claims, and of whom they cite, that are not where they are said to stand."""
    for claim, chain, digest in digests.of_article(db, article["id"]):
        try:
            departures = list(_claim(article["text"], claim))
        except DAMAGE:
            departures = ["what is stored of it cannot be read"]
        yield from (Problem(claim["uid"], what) for what in departures)
        if digest != claim["digest"]:
            yield Problem(claim["uid"], "what was extracted of it was altered")
        for source in chain:
            if article["text"][source["start"] : source["end"]] != source["words"]:
                yield Problem(claim["uid"], f"the words of source {source['words']!r} are not in their place")


def _reviews(db: Database) -> Iterator[Problem]:
    """What holds of a claim follows from its reviews, and its corrected words stand in the text."""
    for held in db.query("select * from review_states order by claim_uid"):
        reviews = reviewing.history(db, held["claim_uid"])
        if not reviews or reviews[-1]["id"] != held["revision"] or reviewing.fold(reviews).items() - held.items():
            yield Problem(held["claim_uid"], "what is shown of its reviews is not what they say")
        parts = json.loads(held["content"] or "[]")
        text = reviewing.text_of(db, held["claim_uid"]) if parts else ""
        if any(text[start:end] != words for start, end, words in parts) or (parts and joined(parts) != held["quote"]):
            yield Problem(held["claim_uid"], "the words of its correction are not in their place")


def _digest(article: Row) -> Iterator[Problem]:
    if sha256(article["text"].encode()).hexdigest() != article["sha256"]:
        yield Problem(article["uid"], "the text of the article was altered")


def _article(db: Database, article: Row) -> Iterator[Problem]:
    yield from _digest(article)
    if article_uid(origin(article), copies(db, article, before=article["id"])) != article["uid"]:
        yield Problem(article["uid"], "the article's identity or digest was altered")


def _claim(text: str, claim: Row) -> Iterator[str]:
    for column, shown, name in (
        ("content", "quote", "quote"), ("cue_extents", "cue", "cue"), ("source_extents", "as_printed", "source"),
    ):  # fmt: skip
        parts = json.loads(claim[column])
        if any(text[start:end] != words for start, end, words in parts):
            yield f"the words of the {name} are not in their place"
        if joined(parts) != claim[shown]:
            yield f"the {name} shown is not the {name} stored"
    if any(text[start:end] != words for start, end, words in json.loads(claim["mentions"])):
        yield "the mentions of the speaker are not in their place"
    start, end, around = claim["start"], claim["end"], claim["context_start"]
    content = json.loads(claim["content"])
    if (start, end) != (content[0][0], max(part[1] for part in content)):
        yield "the place of the quote is not that of its pieces"
    if claim["prefix"] != text[max(0, start - CONTEXT) : start] or claim["suffix"] != text[end : end + CONTEXT]:
        yield "the words before or after the quote are others"
    if text[around : around + len(claim["context"])] != claim["context"]:
        yield "the context is not in its place"


def _uids(db: Database, article: Row) -> Iterator[Problem]:
    """A claim's uid is made from its place: another place under the same uid would carry reviews to other words."""
    seen: dict[object, int] = {}
    query = "select uid, run_id, content, source_extents from claims where article_id = ? order by run_id, position"
    for claim in every(db, query, article["id"]):
        words = claim["run_id"], claim["content"], claim["source_extents"]
        try:
            content, source = (
                tuple(Extent(start, end) for start, end, _ in json.loads(claim[column]))
                for column in ("content", "source_extents")
            )
        except DAMAGE:
            continue  # said already
        if claim_uid(article["uid"], content, source, seen.setdefault(words, 0)) != claim["uid"]:
            yield Problem(claim["uid"], "the claim's id is not that of its words")
        seen[words] += 1


def _file(db: Database) -> Iterator[Problem]:
    for row in db.query("pragma quick_check"):
        if row["quick_check"] != "ok":
            yield Problem("database", str(row["quick_check"]))
    for row in db.query("pragma foreign_key_check"):
        yield Problem("database", f"a row of {row['table']} refers to a row of {row['parent']} that is not there")


def _indexes(path: Path) -> Iterator[Problem]:
    """SQLite's own check of an index counts as writing: it has a connection that may, or is left out.

    Each check is a transaction of its own, over before anything is said of it: nobody waits longer than for one.
    """
    with closing(dial(path, "rw")) as conn:
        conn.isolation_level = None
        for index in INDEXES:
            try:
                conn.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                if error_name(error).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
                    return
                if not error_name(error).startswith("SQLITE_CORRUPT"):
                    raise
                yield Problem("database", f"the search index {index} does not agree with what it indexes")


def health(path: Path) -> Row:
    """See ``Store.health``."""
    with snapshot(path) as db:
        told, problems = _told(db, path), [*_file(db), *_newest(db)]
    return {
        **told,
        "problems": [
            *(f"{problem}; {RESTORE}" for problem in problems),
            *(f"{problem}; {REINDEX}" for problem in _indexes(path)),
        ],
    }


def _newest(db: Database) -> Iterator[Problem]:
    newest = "select id, uid, sha256, text from articles order by id desc limit ?"
    for article in db.query(newest, [LOOKED_AT]):
        yield from (*_digest(article), *_words(db, article))


def _told(db: Database, path: Path) -> Row:
    page_count, page_size, version, journal = (
        next(iter(db.query(f"pragma {name}")))[name]
        for name in ("page_count", "page_size", "user_version", "journal_mode")
    )
    return {
        "path": str(path),
        "bytes": page_count * page_size,
        "schema": version,
        "sqlite": sqlite3.sqlite_version,
        "journal": journal,
        **{table: db.table(table).count for table in _COUNTED},
        "words": f"checked in the {LOOKED_AT:,} articles read last; quotes verify checks all",
    }


def backup(db: Database, path: Path) -> None:
    """See ``Store.backup``."""
    if path.exists():
        raise UsageError(f"{path} exists already", "give a path where nothing is yet")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}")
    copy(db.conn, path)


def schema(db: Database) -> str:
    """See ``Store.schema``; what SQLite makes for itself is left out."""
    query = """select sql from sqlite_master where sql is not null and name not glob 'sqlite_*'
        and not (type = 'table' and name glob '*_fts_*') order by type = 'table' desc, rowid"""
    return "\n".join(f"{row['sql']};" for row in db.query(query))
