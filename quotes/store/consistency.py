"""Whether speakers are as the articles and the log have them: names, links, merges, splits, given names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from quotes.store import identity, spellings
from quotes.store.curation import edges_of, log, names_given, speakers_of, splits_of
from quotes.store.selectors import Problem
from quotes.store.statements import every, one

Row = dict[str, Any]


def speakers(db: Database) -> Iterator[Problem]:
    """Every departure of the rows of speakers, and of what is kept beside them, from what they follow from."""
    entries = log(db)
    yield from _dangling(db, entries)
    yield from _names(db, entries)
    yield from _links(db)
    into = identity.representatives(identity.all_edges(db))
    for row in every(db, "select id, name, into_id from speakers order by id"):
        if (row["into_id"] or row["id"]) != into.get(row["id"], row["id"]):
            yield _problem(row, "is not joined with those that the links and the log say")
    yield from _rows(db, entries)
    yield from _given(db)


def _problem(row: Row, what: str) -> Problem:
    return Problem(f"speaker #{row['id']}", f"{row['name']} {what}")


def _dangling(db: Database, entries: Iterable[Row]) -> Iterator[Problem]:
    for entry in entries:
        for number in speakers_of(entry):
            if one(db, "select 1 from speakers where id = ?", number) is None:
                yield Problem(
                    f"log {entry['id']}", f"the {entry['action']} refers to speaker #{number}, who is not there"
                )


def _names(db: Database, entries: list[Row]) -> Iterator[Problem]:
    curated = defaultdict[int, list[str]](list)
    for row in every(db, "select speaker_id, alias from speaker_aliases where origin = 'curated' order by id"):
        curated[row["speaker_id"]].append(row["alias"])
    named = {entry["detail"]["speaker"] for entry in entries if entry["action"] in ("rename", "alias")}
    for row in every(db, "select id, name, type, key, given_name from speakers order by id"):
        number = row["id"]
        if spellings.key(row["name"], row["type"]) != row["key"]:
            yield _problem(row, "is not the name that was stored")
        names, shown = names_given(entries, number) if number in named else ([], None)
        if shown != row["given_name"] or sorted(names) != sorted(curated.get(number, [])):
            yield _problem(row, "is not named as the log says")


def _links(db: Database) -> Iterator[Problem]:
    """Somebody of whom no field is known is the one of that name of whom it is, if there is only one."""
    query = f"""select id, name from speakers s where link_id is not iif({_PLAIN.format("s")} and field = '',
        (select iif(count(*) = 1, max(id), null) from speakers k
            where k.key = s.key and {_PLAIN.format("k")} and k.field <> ''), null) order by id"""
    for row in every(db, query):
        yield _problem(row, "is linked otherwise than names and roles say")


_PLAIN = "{0}.type = 'person' and {0}.scope = ''"


def _rows(db: Database, entries: list[Row]) -> Iterator[Problem]:
    """The rows kept of merges and splits are those of the entries in effect."""
    for table, of in (("speaker_edges", edges_of), ("speaker_splits", splits_of)):
        wanted = {json.dumps(row, sort_keys=True) for entry in entries for row in of(entry)}
        kept = {json.dumps(row, sort_keys=True) for row in every(db, f"select * from {table}")}
        if wanted != kept:
            yield Problem("database", f"{table} does not agree with the log")


def _given(db: Database) -> Iterator[Problem]:
    """Claims are given to those whom the splits give them to."""
    splits = defaultdict[str, list[Row]](list)
    for row in every(db, "select * from speaker_splits order by log_id"):
        splits[row["article"]].append({**row, "members": set(json.loads(row["members"]))})
    query = """select c.uid, a.identity, c.speaker_id, c.given_id, 1 as whole from claims c
            join articles a on a.id = c.article_id
            where c.given_id is not null or a.identity in (select article from speaker_splits)
        union all select c.uid, a.identity, k.speaker_id, k.given_id, 0 from claim_sources k
            join claims c on c.id = k.claim_id join articles a on a.id = c.article_id
            where k.given_id is not null or a.identity in (select article from speaker_splits)"""
    for row in every(db, query):
        uid = row["uid"] if row["whole"] else None
        if identity.given_to(uid, row["speaker_id"], splits[row["identity"]]) != row["given_id"]:
            yield Problem(row["uid"], "it is not given to the speaker whom the log says")
