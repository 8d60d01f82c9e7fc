"""Claims as they were saved, to be saved again for the same text elsewhere: nothing is computed twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from quotes.models import Article, Attribution, Claim, Extent, Extents, Resolution, Run, Speaker, Via
from quotes.store.statements import every, one

Row = dict[str, Any]


def known(db: Database, article: Article, run: Run) -> tuple[int, int] | None:
    """The stored article with this text whose claims this run has found, and the run, as row numbers."""
    query = """select x.article_id, x.run_id from articles a join extractions x on x.article_id = a.id
        join runs r on r.id = x.run_id
        where a.sha256 = ? and r.version = ? and r.model = ? and r.options = ? order by a.id"""
    row = one(db, query, article.sha256, run.version, run.model, options(run))
    return (row["article_id"], row["run_id"]) if row else None


def options(run: Run) -> str:
    """The options of a run as they are stored."""
    return json.dumps(run.options, ensure_ascii=False, sort_keys=True)


def recall(db: Database, article: Article, run: Run) -> list[Claim]:
    """See ``Store.recall``."""
    query = """select c.*, s.name, s.type from claims c left join speakers s on s.id = c.speaker_id
        where c.article_id = ? and c.run_id = ? order by c.position"""
    return [_claim(db, row) for row in every(db, query, *(known(db, article, run) or (None, None)))]


def _claim(db: Database, row: Row) -> Claim:
    chain = tuple(_chain(db, row["id"]))
    attribution = Attribution(
        _extents(row["content"]), _extents(row["cue_extents"]), _extents(row["source_extents"]),
        kind=row["kind"], mode=row["mode"], negated=bool(row["negated"]), hearsay=bool(row["hearsay"]),
        lemma=row["lemma"], stance=row["stance"], detector=row["detector"], confidence=row["confidence"],
        cited=tuple(via.extent for via in chain if via.relation == "citing"),
        told=tuple(via.extent for via in chain if via.relation == "told"),
    )  # fmt: skip
    return Claim(attribution, _resolution(row, row["speaker_confidence"]), chain)


def _chain(db: Database, claim_id: int) -> Iterator[Via]:
    query = """select k.*, s.name, s.type from claim_sources k left join speakers s on s.id = k.speaker_id
        where k.claim_id = ? order by k.position"""
    for row in every(db, query, claim_id):
        yield Via(row["relation"], Extent(row["start"], row["end"]), _resolution(row, row["confidence"]))


def _resolution(row: Row, confidence: float) -> Resolution:
    speaker = Speaker(row["name"], row["type"], row["role"]) if row["name"] is not None else None
    return Resolution(speaker, row["method"], _extents(row["mentions"]), confidence)


def _extents(pieces: str) -> Extents:
    return tuple(Extent(start, end) for start, end, _ in json.loads(pieces))
