"""Version 6 of the schema: speakers of earlier ones, a row for a name in all articles, become those of ``identity``."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from quotes.models import Speaker
from quotes.store import identity
from quotes.store.digests import digest
from quotes.store.statements import every, insert

Row = dict[str, Any]
_USES = """select a.identity, c.speaker_id, c.role from claims c join articles a on a.id = c.article_id
        where c.speaker_id is not null
    union select a.identity, k.speaker_id, '' from claim_sources k join claims c on c.id = k.claim_id
        join articles a on a.id = c.article_id where k.speaker_id is not null
    union select a.identity, r.speaker_id, '' from reviews r join claims c on c.uid = r.claim_uid
        join articles a on a.id = c.article_id where r.speaker_id is not null
    order by 1, 2"""
_REKEYED = (
    "select new from rekeyed where old = {of}.speaker_id and article = (select a.identity from articles a {join})"
)


def gather(db: Database) -> dict[str, list[Row]]:
    """What earlier versions hold of speakers: their rows, names, merges, and in which articles they speak."""
    queries = {
        "speakers": "select id, name, type from speakers order by id",
        "aliases": "select speaker_id, alias from speaker_aliases order by id",
        "merges": "select * from speaker_merges where undone_at is null order by id",
        "uses": _USES,
    }
    return {name: list(every(db, query)) for name, query in queries.items()}


def restore(db: Database, before: dict[str, list[Row]]) -> None:
    """Insert the speakers anew, point claims, sources, reviews and merges to them, and digest every claim."""
    new = _speakers(db, before)
    # Columns of other types than those they are compared with would not be found by the key, but one by one.
    db.execute(
        "create temp table rekeyed (old integer, article text, new integer, primary key (old, article)) without rowid"
    )
    db.conn.executemany("insert into rekeyed values (?, ?, ?)", [(*place, row) for place, row in new.items()])
    _repoint(db)
    db.execute("drop table rekeyed")
    _merge(db, before["merges"], new)
    db.execute("insert into names_fts (names_fts) values ('rebuild')")
    for claim in list(every(db, "select id from claims")):
        db.execute("update claims set digest = ? where id = ?", [digest(db, claim["id"]), claim["id"]])


def _speakers(db: Database, before: dict[str, list[Row]]) -> dict[tuple[int, str], int]:
    """The new row of each old one, by article."""
    old = {row["id"]: row for row in before["speakers"]}
    names: dict[int, list[str]] = {}
    for row in before["aliases"]:
        names.setdefault(row["speaker_id"], []).append(row["alias"])
    roles: dict[tuple[int, str], set[str]] = {}
    for row in before["uses"]:
        roles.setdefault((row["speaker_id"], row["identity"]), set()).update({row["role"]} - {""})
    new: dict[tuple[int, str], int] = {}
    for (number, article), printed in roles.items():
        who = Speaker(old[number]["name"], old[number]["type"])
        row = identity.speaker(db, who, {(who.name, who.type): printed}, article)
        new[number, article] = row["id"]
        for name in names.get(number, ()):
            identity.alias(db, row["id"], name)
    return new


def _repoint(db: Database) -> None:
    in_claim = _REKEYED.format(of="claims", join="where a.id = claims.article_id")
    db.execute(f"update claims set speaker_id = ({in_claim}) where speaker_id is not null")
    of_claim = "join claims c on c.article_id = a.id where c.id = claim_sources.claim_id"
    in_source = _REKEYED.format(of="claim_sources", join=of_claim)
    db.execute(f"update claim_sources set speaker_id = ({in_source}) where speaker_id is not null")
    db.execute("drop trigger reviews_are_not_changed")
    by_uid = "join claims c on c.article_id = a.id where c.uid = reviews.claim_uid limit 1"
    in_review = _REKEYED.format(of="reviews", join=by_uid)
    db.execute(f"update reviews set speaker_id = ({in_review}) where speaker_id is not null")
    in_state = _REKEYED.format(of="review_states", join=by_uid.replace("reviews.", "review_states."))
    db.execute(f"update review_states set speaker_id = ({in_state}) where speaker_id is not null")
    db.execute("""create trigger reviews_are_not_changed before update on reviews
        begin select raise(abort, 'reviews are append-only'); end""")  # fmt: skip


def _merge(db: Database, merges: list[Row], new: dict[tuple[int, str], int]) -> None:
    """Merges of earlier versions, as if they had been made of the new rows."""
    rows: dict[int, list[int]] = {}
    for (number, _), row in new.items():
        if row not in rows.setdefault(number, []):
            rows[number].append(row)
    for merge in merges:
        into = rows.get(merge["into_id"], [])[:1]
        merged = [row for row in rows.get(merge["merged_id"], []) if row not in into]
        if into and merged:
            detail = json.dumps({"speakers": merged, "into": into[0]})
            by = {"reviewer": merge["reviewer"], "at": merge["at"]}
            log_id = insert(db, "speaker_log", action="merge", detail=detail, **by)
            for row in merged:
                insert(db, "speaker_edges", log_id=log_id, merged_id=row, into_id=into[0])
            identity.settle(db, [*merged, *into])
