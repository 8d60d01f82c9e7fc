"""Who is one across articles: the rows of speakers, what links them, and who a claim's speaker is in effect.

A row is found by key, type, scope and field (see ``spellings``), whatever the order of the articles. Rows are joined by
links, which the program draws, and by edges, which people draw; neither changes a row or what was extracted.
``settle`` and ``settle_article`` bring up to date what follows from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from quotes.models import Claim, Speaker, SpeakerType
from quotes.store import spellings
from quotes.store.folding import fold
from quotes.store.statements import every, insert, one

Row = dict[str, Any]
Roles = Mapping[tuple[str, SpeakerType], set[str]]


def roles(claims: Iterable[Claim]) -> Roles:
    """The roles that an article prints of each of its speakers."""
    found: dict[tuple[str, SpeakerType], set[str]] = {}
    for claim in claims:
        for who in (claim.resolution.speaker, *(via.resolution.speaker for via in claim.chain)):
            if who:
                found.setdefault((who.name, who.type), set()).update({who.role} - {""})
    return found


def speaker(db: Database, who: Speaker, printed: Roles, article: str) -> Row:
    """The row of a speaker of an article, made if there is none: id, key, type, scope, field.

    ``article`` is the article's identity, ``printed`` the roles of all its speakers.
    """
    key, kind = spellings.key(who.name, who.type), who.type
    everywhere = spellings.particular(who.name, kind)
    field = spellings.field(sorted(printed.get((who.name, kind), ()))) if everywhere and kind == "person" else ""
    local = not everywhere or field == "private"
    row = {"key": key, "type": kind, "scope": article if local else "", "field": "" if local else field}
    return {"id": _stored(db, who.name, row), **row}


def _stored(db: Database, name: str, row: Row) -> int:
    """The number of a row of speakers that is found by this name; the name it has is an alias already."""
    same = "key = ? and type = ? and scope = ? and field = ?"
    known = one(db, f"select id, name from speakers where {same}", *row.values())
    if known is None:
        speaker_id = new(db, name, **row)
        alias(db, speaker_id, name)
        return speaker_id
    if known["name"] == name:
        return int(known["id"])
    alias(db, known["id"], name)
    best = spellings.fuller(known["name"], name)
    if best != known["name"]:
        db.execute("update speakers set name = ?, folded = ? where id = ?", [best, fold(best), known["id"]])
    return int(known["id"])


def new(db: Database, name: str, *, key: str, type: SpeakerType, scope: str, field: str) -> int:  # noqa: A002 - a column
    """Insert a speaker, and draw the program's link where the new row leaves one candidate or ends that."""
    row = {"name": name, "folded": fold(name), "key": key, "type": type, "scope": scope, "field": field}
    speaker_id = insert(db, "speakers", **row)
    if type == "person" and not scope:
        _relink(db, key)
    return speaker_id


def _relink(db: Database, key: str) -> None:
    """Somebody of whom no field is known is the one of that name of whom it is, if there is only one."""
    query = "select id, field, link_id from speakers where key = ? and type = 'person' and scope = ''"
    rows = {row["field"]: row for row in every(db, query, key)}
    plain, known = rows.pop("", None), [row["id"] for row in rows.values()]
    link = known[0] if len(known) == 1 else None
    if plain and plain["link_id"] != link:
        db.execute("update speakers set link_id = ? where id = ?", [link, plain["id"]])
        settle(db, {plain["id"], *known})


def alias(db: Database, speaker_id: int, name: str, origin: str = "found") -> None:
    """Remember a name that the speaker is found by."""
    known = "select 1 from speaker_aliases where speaker_id = ? and alias = ? and origin = ?"
    if one(db, known, speaker_id, name, origin) is None:
        insert(db, "speaker_aliases", speaker_id=speaker_id, alias=name, folded=fold(name), origin=origin)


# Who is who in effect


def settle(db: Database, changed: Iterable[int]) -> None:
    """Set ``into_id`` of every row that is joined, or was, with one of those whose links or edges changed."""
    apart = set(changed)
    apart.update(row["id"] for at in list(apart) for row in every(db, _TOGETHER, at, at))
    edges: dict[tuple[int, int, int], None] = {}
    reached, ahead = set[int](), apart
    while ahead:
        reached |= ahead
        found = [edge for at in ahead for edge in _edges(db, at)]
        edges.update(dict.fromkeys(found))
        ahead = {end for _, *ends in found for end in ends} - reached
    into = representatives(sorted(edges))
    for at in reached:
        effective = into.get(at, at)
        value = None if effective == at else effective
        db.execute("update speakers set into_id = ? where id = ? and into_id is not ?", [value, at, value])


_TOGETHER = """select id from speakers where into_id = ?
    union all select id from speakers where into_id = (select into_id from speakers where id = ?)"""
_EDGES = """select 0 as log_id, id as merged_id, link_id as into_id from speakers where link_id is not null {of_link}
    union all select log_id, merged_id, into_id from speaker_edges {of_edge}"""


def _edges(db: Database, at: int) -> list[tuple[int, int, int]]:
    """Links and edges that end in a row, each with its place in the log: (place, merged, into)."""
    found = []
    for end, link in (("merged_id", "id"), ("into_id", "link_id")):
        query = _EDGES.format(of_link=f"and {link} = ?", of_edge=f"where {end} = ?")
        found += [(row["log_id"], row["merged_id"], row["into_id"]) for row in every(db, query, at, at)]
    return found


def all_edges(db: Database) -> list[tuple[int, int, int]]:
    """Every link and edge, in the order in which they count."""
    rows = every(db, _EDGES.format(of_link="", of_edge=""))
    return sorted((row["log_id"], row["merged_id"], row["into_id"]) for row in rows)


def representatives(edges: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Row → the row that stands for all it is joined with, whatever the edges: chains and circles lose nobody.

    Of those joined, the one that the last edge led to stands for all (disjoint sets, Galler and Fischer 1964).
    """
    parent: dict[int, int] = {}

    def root(at: int) -> int:
        parent.setdefault(at, at)
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    for _, merged, into in edges:
        parent[root(merged)] = root(into)
    return {at: root(at) for at in list(parent)}


# Who is split off


def settle_article(db: Database, article: str) -> None:
    """Set ``given_id`` of the claims of an article, in all its versions and runs, and of what they cite."""
    query = "select log_id, claim_uid, members, into_id from speaker_splits where article = ? order by log_id"
    splits = [{**row, "members": set(json.loads(row["members"]))} for row in every(db, query, article)]
    of = "from claims c join articles a on a.id = c.article_id"
    claims = f"select c.id, c.uid, c.speaker_id, c.given_id {of} where a.identity = ?"
    for row in list(every(db, claims, article)):
        given = given_to(row["uid"], row["speaker_id"], splits)
        if given != row["given_id"]:
            db.execute("update claims set given_id = ? where id = ?", [given, row["id"]])
    links = f"""select k.claim_id, k.position, k.speaker_id, k.given_id {of}
        join claim_sources k on k.claim_id = c.id where a.identity = ?"""
    for row in list(every(db, links, article)):
        given = given_to(None, row["speaker_id"], splits)
        if given != row["given_id"]:
            place = row["claim_id"], row["position"]
            db.execute("update claim_sources set given_id = ? where claim_id = ? and position = ?", [given, *place])


def given_to(uid: str | None, found: int | None, splits: Iterable[Row]) -> int | None:
    """Whom the splits of an article, in the order of the log, give a claim to that was found to be somebody's.

    None: nobody else. ``uid`` is the claim's; what a claim cites follows the splits of whole articles only.
    """
    now = found
    for split in splits:
        if now in split["members"] and split["claim_uid"] in ("", uid):
            now = split["into_id"]
    return None if now == found else now


def members(db: Database, effective: Iterable[int]) -> list[int]:
    """All rows that these effective speakers stand for, themselves first."""
    ids = json.dumps(list(effective))
    query = """select value as id from json_each(?)
        union select id from speakers where into_id in (select value from json_each(?))"""
    return [row["id"] for row in every(db, query, ids, ids)]
