"""One speaker by number or by name, or who else may have been meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.store.bearers import bears
from quotes.store.filters import effective, near_names, row_number, speakers_named
from quotes.store.folding import fold
from quotes.store.statements import every

Row = dict[str, Any]
FEW = 4  # speakers named in an error
NAMED = ("person", "organisation", "document")  # types of speakers with a name of their own
_SPEAKERS = """select s.id as speaker_id, coalesce(s.given_name, s.name) as speaker, s.type as speaker_kind, s.scope,
        (select title from articles where identity = s.scope order by latest desc limit 1) as only_in
    from speakers s where s.id in (select value from json_each(?)) order by (
        select count(*) from claims where current and coalesce(given_id, speaker_id) = s.id) desc, s.id"""
_WITH_CLAIMS = """select distinct coalesce(m.into_id, m.id) as id from speakers m
    where coalesce(m.into_id, m.id) in (select value from json_each(?))
    and (exists (select 1 from claims where current and coalesce(given_id, speaker_id) = m.id)
        or exists (select 1 from claim_sources where coalesce(given_id, speaker_id) = m.id)
        or exists (select 1 from reviews where speaker_id = m.id))"""
_BORNE = """select distinct coalesce(s.into_id, s.id) as id
    from speaker_aliases a join speakers s on s.id = a.speaker_id
    where a.folded = ? and (a.origin = 'curated' or instr(?, ' ')) order by 1"""


def find(db: Database, key: str | int) -> Row:
    """See ``Store.speaker``."""
    text = str(key).strip()
    number = row_number(text.removeprefix("#"))
    found = _rows(db, effective(db, number)) if number is not None else []
    if not found:
        found = bearing(db, text) or _rows(db, _speaking(db, speakers_named(db, text)))
    if not found:
        raise UsageError(f"there is no speaker {text!r}", _hint(db, text))
    if len(found) > 1:
        raise UsageError(
            f"{text!r} may be {len(found)} speakers: {named(db, found)}",
            f"give more of the name, or a number: quotes speaker {found[0]['speaker_id']}",
        )
    return {**found[0], "names": _names(db, found[0]["speaker_id"])}


def _hint(db: Database, text: str) -> str:
    near = near_names(db, text)
    return f"is it {' or '.join(near)}?" if near else "quotes speakers lists them"


def bearing(db: Database, name: str) -> list[Row]:
    """The effective speakers that the whole of a name belongs to: as the name shown, or else as one of the others.

    A word alone that was printed of somebody ("Wells") is no name of theirs: it may be anybody's.
    """
    rows = _rows(db, _speaking(db, speakers_named(db, name)))
    shown = [row for row in rows if fold(row["speaker"]) == fold(name)]
    return shown or _rows(db, [row["id"] for row in every(db, _BORNE, fold(name), fold(name))])


def partly_bearing(db: Database, name: str) -> list[Row]:
    """The effective speakers with a name of their own that this is part of: "Ortiz" of Dana Ortiz, not of her aide."""
    rows = _rows(db, _speaking(db, speakers_named(db, name)))
    return [
        row
        for row in rows
        if row["speaker_kind"] in NAMED
        and any(bears(other, row["speaker_kind"], name) for other in {row["speaker"], *_names(db, row["speaker_id"])})
    ]


def named(db: Database, rows: Sequence[Row]) -> str:
    """A few speakers in words, with number, type, and the article where it is the only one."""
    some = [f"#{row['speaker_id']} {row['speaker']} ({row['speaker_kind']}{_only(row)})" for row in rows[:FEW]]
    return "; ".join([*some, *(["…"] if len(rows) > FEW else [])])


def _only(row: Row) -> str:
    return f", only in “{row['only_in']}”" if row["only_in"] else ""


def _rows(db: Database, ids: Sequence[int]) -> list[Row]:
    return list(every(db, _SPEAKERS, json.dumps(list(ids))))


def _speaking(db: Database, ids: Sequence[int]) -> list[int]:
    """Those who have claims, or all if nobody has."""
    return [row["id"] for row in every(db, _WITH_CLAIMS, json.dumps(list(ids)))] or list(ids)


def _names(db: Database, speaker: int) -> list[str]:
    query = """select alias, min(a.id) as first from speaker_aliases a join speakers s on s.id = a.speaker_id
        where coalesce(s.into_id, s.id) = ? group by alias order by first"""
    return [row["alias"] for row in every(db, query, speaker)]
