"""What people decide of speakers: merge, split, rename, alias, and undo, as rows of a log that only grows.

What is in effect follows from the entries that are not undone, in the order of the log; an undo can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.store import identity, spellings
from quotes.store.filters import articles_called
from quotes.store.finding import bearing, find, named
from quotes.store.reading import claim
from quotes.store.selectors import require_text
from quotes.store.statements import every, insert, one

Row = dict[str, Any]


def merge(db: Database, keys: Sequence[str | int], by: Row) -> Row:
    """See ``Store.merge``."""
    *merged, into = [find(db, key) for key in keys]
    ids = [row["speaker_id"] for row in merged]
    if not ids:
        raise UsageError("two speakers make a merge", "quotes speaker merge A B: A becomes B")
    if into["speaker_id"] in ids or len(set(ids)) < len(ids):
        raise UsageError(
            f"{keys[-1]!r} and another of them are one speaker already", "quotes speaker log says since when"
        )
    said = {"names": [row["speaker"] for row in merged], "name": into["speaker"]}
    return _record(db, "merge", {"speakers": ids, "into": into["speaker_id"], **said}, by)


def split(
    db: Database, key: str | int, by: Row, articles: Sequence[str | int], claims: Sequence[str | int], name: str | None
) -> Row:
    """See ``Store.split``."""
    who = find(db, key)
    members = identity.members(db, [who["speaker_id"]])
    places = [(row["identity"], "") for wanted in articles for row in _speaking_in(db, who, members, wanted)]
    places += [_place(db, who, wanted) for wanted in claims]
    if not places:
        raise UsageError("nothing is named to split off", "name an --article, or claims with --claim")
    named_so = [row for row in bearing(db, name) if row["speaker_id"] != who["speaker_id"]] if name else []
    if len(named_so) > 1:
        raise UsageError(f"{name!r} are several speakers already: {named(db, named_so)}", "give the number of one")
    into = named_so[0]["speaker_id"] if named_so else _new(db, who, name or who["speaker"])
    detail = {"speaker": who["speaker_id"], "name": who["speaker"], "members": members, "into": into}
    said = {"as": named_so[0]["speaker"] if named_so else name or who["speaker"], "known": bool(named_so)}
    return _record(db, "split", {**detail, **said, "places": sorted(set(places))}, by)


def rename(db: Database, key: str | int, name: str, by: Row) -> Row:
    """See ``Store.rename``."""
    who = _given(db, key, name)
    if who["speaker"] == name:
        raise UsageError(f"{name!r} is the name already")
    return _record(db, "rename", {"speaker": who["speaker_id"], "name": who["speaker"], "as": name}, by)


def alias(db: Database, key: str | int, name: str, by: Row) -> Row:
    """See ``Store.alias``."""
    who = _given(db, key, name)
    if any(row["speaker_id"] == who["speaker_id"] for row in bearing(db, name)):
        raise UsageError(f"{who['speaker']} is known as {name!r} already")
    return _record(db, "alias", {"speaker": who["speaker_id"], "name": who["speaker"], "as": name}, by)


def retract(db: Database, entry: int | None, by: Row) -> Row:
    """See ``Store.retract``."""
    rows = log(db)
    wanted = entry or next((row["id"] for row in rows if row["active"] and row["action"] != "undo"), None)
    if wanted is None:
        raise UsageError("there is nothing to undo", "quotes speaker log lists what was done")
    row = next((row for row in rows if row["id"] == wanted), None)
    if row is None:
        raise UsageError(f"the log has no entry {wanted}", "quotes speaker log lists them")
    if not row["active"]:
        raise UsageError(
            f"entry {wanted} was undone already", "quotes speaker log says by which; undo that one instead"
        )
    return _record(db, "undo", {}, by, undoes=wanted)


def log(db: Database) -> list[Row]:
    """See ``Store.curations``."""
    rows, undone = [], dict[int, int]()
    for row in every(db, "select * from speaker_log order by id desc"):
        if row["action"] == "undo" and row["id"] not in undone:
            undone[row["undoes"]] = row["id"]
        by = undone.get(row["id"])
        rows.append({**row, "detail": json.loads(row["detail"]), "active": by is None, "undone_by": by})
    of = {row["id"]: row for row in rows}
    for row in rows:
        row["what"] = _said(row, of)
    return rows


def _said(entry: Row, of: Mapping[int, Row]) -> str:
    """An entry in words, with the names as they were."""
    detail, action = entry["detail"], entry["action"]
    if action == "undo":
        return f"undone: {_said(of[entry['undoes']], of)}"
    who = f"{detail['name']} #{detail['into' if action == 'merge' else 'speaker']}"
    if action == "merge":
        names = zip(detail["names"], detail["speakers"], strict=True)
        merged = [f"{name} #{number}" for name, number in names]
        return f"{', '.join(merged)} {'is' if len(merged) == 1 else 'are'} {who}"
    if action == "split":
        return f"{who} is {detail['as']} #{detail['into']} in {_places(detail['places'])}"
    return f"{who} is {'shown' if action == 'rename' else 'also found'} as {detail['as']}"


def _places(places: Sequence[tuple[str, str]]) -> str:
    claims = sum(bool(uid) for _, uid in places)
    counts = ((len(places) - claims, "article"), (claims, "claim"))
    return " and ".join(f"{number} {noun}{'s' if number > 1 else ''}" for number, noun in counts if number)


def speakers_of(entry: Row) -> list[int]:
    """The numbers of all speakers that an entry of the log names."""
    detail = entry["detail"]
    listed = [*detail.get("speakers", ()), *detail.get("members", ())]
    return [*listed, *(detail[name] for name in ("speaker", "into") if name in detail)]


def _given(db: Database, key: str | int, name: str) -> Row:
    require_text(name)
    if not name.strip():
        raise UsageError("a name has a letter at least")
    return find(db, key)


def _speaking_in(db: Database, who: Row, members: list[int], key: str | int) -> list[Row]:
    """The identities of the articles so called in which the speaker speaks, or is cited."""
    ids, rows = json.dumps(articles_called(db, str(key))), json.dumps(members)
    theirs = "coalesce({of}.given_id, {of}.speaker_id) in (select value from json_each(:rows))"
    query = f"""select distinct a.identity from articles a join claims c on c.article_id = a.id
        left join claim_sources k on k.claim_id = c.id
        where a.id in (select value from json_each(:ids)) and ({theirs.format(of="c")} or {theirs.format(of="k")})"""
    found = list(db.query(query, {"ids": ids, "rows": rows}))
    if not found:
        raise UsageError(f"{who['speaker']} says nothing in {key!r}", f"quotes report --speaker '#{who['speaker_id']}'")
    if len(found) > 1:
        raise UsageError(f"{key!r} may be {len(found)} articles in which {who['speaker']} speaks", "give the id of one")
    return found


def _place(db: Database, who: Row, key: str | int) -> tuple[str, str]:
    row = claim(db, str(key).removeprefix("#"))
    if row["speaker_id"] != who["speaker_id"]:
        says = row["speaker"] or "nobody we know"
        raise UsageError(f"claim {key} is said by {says}, not by {who['speaker']}", f"quotes show {key}")
    article = one(db, "select identity from articles where id = ?", row["article_id"])
    return (article or {})["identity"], row["claim_id"]


def _new(db: Database, who: Row, name: str) -> int:
    """A row for what is split off; its scope is the entry of the log that is about to be."""
    require_text(name)
    number = next(every(db, "select coalesce(max(id), 0) + 1 as id from speaker_log"))["id"]
    key, kind = spellings.key(name, who["speaker_kind"]), who["speaker_kind"]
    row = identity.new(db, name, key=key, type=kind, scope=f"split:{number}", field="")
    identity.alias(db, row, name)
    return row


# What an entry does


def _record(db: Database, action: str, detail: Row, by: Row, undoes: int | None = None) -> Row:
    """Append an entry, and bring up to date what it changes: itself, or those that an undo turns on or off."""
    before = {row["id"]: row for row in log(db)}
    words = json.dumps(detail, ensure_ascii=False)
    number = insert(db, "speaker_log", action=action, detail=words, undoes=undoes, **by)
    after = log(db)
    for row in reversed(after):
        if row["active"] != before.get(row["id"], {"active": False})["active"]:
            _apply(db, row)
    return next(row for row in after if row["id"] == number)


def _apply(db: Database, entry: Row) -> None:
    if entry["action"] == "merge":
        _apply_merge(db, entry)
    elif entry["action"] == "split":
        _apply_split(db, entry)
    elif entry["action"] != "undo":
        _apply_name(db, entry["detail"]["speaker"])


def _apply_merge(db: Database, entry: Row) -> None:
    detail = entry["detail"]
    db.execute("delete from speaker_edges where log_id = ?", [entry["id"]])
    for row in edges_of(entry):
        insert(db, "speaker_edges", **row)
    identity.settle(db, [*detail["speakers"], detail["into"]])


def edges_of(entry: Row) -> list[Row]:
    """The rows of speaker_edges that an entry of the log stands for now."""
    if not entry["active"] or entry["action"] != "merge":
        return []
    into = entry["detail"]["into"]
    return [{"log_id": entry["id"], "merged_id": one, "into_id": into} for one in entry["detail"]["speakers"]]


def _apply_split(db: Database, entry: Row) -> None:
    db.execute("delete from speaker_splits where log_id = ?", [entry["id"]])
    for row in splits_of(entry):
        insert(db, "speaker_splits", **row)
    for article in {article for article, _ in entry["detail"]["places"]}:
        identity.settle_article(db, article)


def splits_of(entry: Row) -> list[Row]:
    """The rows of speaker_splits that an entry of the log stands for now."""
    if not entry["active"] or entry["action"] != "split":
        return []
    members, into = json.dumps(entry["detail"]["members"]), entry["detail"]["into"]
    return [
        {"log_id": entry["id"], "article": article, "claim_uid": uid, "members": members, "into_id": into}
        for article, uid in entry["detail"]["places"]
    ]


def _apply_name(db: Database, speaker: int) -> None:
    names, name = names_given(log(db), speaker)
    db.execute("update speakers set given_name = ? where id = ?", [name, speaker])
    db.execute("delete from speaker_aliases where speaker_id = ? and origin = 'curated'", [speaker])
    for given in names:
        identity.alias(db, speaker, given, "curated")


def names_given(entries: Iterable[Row], speaker: int) -> tuple[list[str], str | None]:
    """The names that people gave a row, by rename or alias, and the one to show; ``entries``: newest first."""
    active = [row for row in entries if row["active"] and row["action"] in ("rename", "alias")]
    theirs = [row for row in active if row["detail"]["speaker"] == speaker]
    shown = next((row["detail"]["as"] for row in theirs if row["action"] == "rename"), None)
    return list(dict.fromkeys(row["detail"]["as"] for row in reversed(theirs))), shown
