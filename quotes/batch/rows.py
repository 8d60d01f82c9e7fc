"""The form of a shard's result: one row an input record, with its claims and its provenance, there and back.

A record that could not be read or extracted from is a row too, with its reason, so that the rows of a shard are as
many as its records. In Parquet the claims of a row are a list of structures: ``unnest`` lists them flat.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quotes.models import Article, Attribution, Claim, Extent, Extents, Resolution, Run, Skipped, Speaker, Via

if TYPE_CHECKING:
    import pyarrow

Row = dict[str, Any]
DONE, FAILED, UNREAD = "done", "failed", "unread"


def row(came: Article | Skipped, claims: Sequence[Claim] | Skipped, run: Run, *, outcome: str = "") -> Row:
    """What became of an input record.

    ``outcome`` is "done"; "failed", where it could not be read or extracted from; or "unread", where it was read but is
    in a language that the model does not read. The last two have a ``reason``.
    """
    left_out = claims if isinstance(claims, Skipped) else None
    found = () if isinstance(claims, Skipped) else claims
    text = "" if isinstance(came, Skipped) else came.text
    return {
        "outcome": outcome or (FAILED if left_out else DONE),
        "reason": left_out.reason if left_out else None,
        **_article(came),
        "claims": [_claim(claim, text) for claim in found],
        "version": run.version,
        "model": run.model,
        "options": json.dumps(run.options, ensure_ascii=False, sort_keys=True),
    }


def record(found: Mapping[str, Any]) -> tuple[Article | Skipped, list[Claim] | Skipped, Run]:
    """The record, its claims and the run from a row, as ``Store.load`` takes them; of a failure only the reason."""
    run = Run(found["version"], found["model"], json.loads(found["options"]))
    left_out = Skipped(found["where"], found["reason"] or "")
    if found["outcome"] == FAILED:
        return left_out, left_out, run
    plain: Row = {name: found[name] for name in _PLAIN} | {name: tuple(found[name]) for name in _LISTS}
    article = Article(**plain, raw_id=None if found["raw_id"] is None else json.loads(found["raw_id"]))
    return article, left_out if found["outcome"] == UNREAD else [_read_claim(one) for one in found["claims"]], run


_PLAIN = ("text", "id", "title", "url", "publisher", "published", "language", "credit", "where", "place")
_LISTS = ("authors", "notes")


def _article(found: Article | Skipped) -> Row:
    if isinstance(found, Skipped):
        blank: Row = dict.fromkeys((*_PLAIN, "raw_id", "sha256"))
        return {**blank, "where": found.where, "authors": [], "notes": []}
    return {
        **{name: getattr(found, name) for name in _PLAIN},
        **{name: list(getattr(found, name)) for name in _LISTS},
        "raw_id": None if found.raw_id is None else json.dumps(found.raw_id, ensure_ascii=False),
        "sha256": found.sha256,
    }


_SEEN = ("kind", "mode", "negated", "hearsay", "lemma", "stance", "detector", "confidence")
_ROLES = ("content", "cue", "source", "cited", "told")


def _claim(claim: Claim, text: str) -> Row:
    seen = claim.attribution
    words = {name: " … ".join(e.of(text) for e in getattr(seen, name)) for name in ("content", "cue", "source")}
    return {
        "quote": words["content"],
        "cue_words": words["cue"],
        "as_printed": words["source"],
        **{name: getattr(seen, name) for name in _SEEN},
        **{name: _pairs(getattr(seen, name)) for name in _ROLES},
        **_resolution(claim.resolution),
        "chain": [
            {"relation": via.relation, "words": via.extent.of(text), "start": via.extent.start, "end": via.extent.end,
             **_resolution(via.resolution)}
            for via in claim.chain
        ],
    }  # fmt: skip


def _read_claim(found: Mapping[str, Any]) -> Claim:
    seen: Row = {name: found[name] for name in _SEEN} | {name: _extents(found[name]) for name in _ROLES}
    chain = (Via(v["relation"], Extent(v["start"], v["end"]), _read_resolution(v)) for v in found["chain"])
    return Claim(Attribution(**seen), _read_resolution(found), tuple(chain))


def _resolution(who: Resolution) -> Row:
    known = who.speaker
    return {
        "speaker": known.name if known else None,
        "speaker_kind": known.type if known else None,
        "role": known.role if known else None,
        "method": who.method,
        "mentions": _pairs(who.mentions),
        "speaker_confidence": who.confidence,
    }


def _read_resolution(found: Mapping[str, Any]) -> Resolution:
    known = None if found["speaker"] is None else Speaker(found["speaker"], found["speaker_kind"], found["role"])
    return Resolution(known, found["method"], _extents(found["mentions"]), found["speaker_confidence"])


def _pairs(extents: Extents) -> list[Row]:
    return [{"start": extent.start, "end": extent.end} for extent in extents]


def _extents(pairs: Iterable[Mapping[str, int]]) -> Extents:
    return tuple(Extent(pair["start"], pair["end"]) for pair in pairs)


def schema() -> pyarrow.Schema:
    """The columns of a result in Parquet; offsets are half-open code points of ``text``."""
    import pyarrow as pa

    words, extents = pa.string(), pa.list_(pa.struct({"start": pa.int64(), "end": pa.int64()}))
    speaker = {
        "speaker": words, "speaker_kind": words, "role": words, "method": words, "mentions": extents,
        "speaker_confidence": pa.float64(),
    }  # fmt: skip
    link = pa.struct({"relation": words, "words": words, "start": pa.int64(), "end": pa.int64(), **speaker})
    claim = pa.struct(
        {
            "quote": words, "cue_words": words, "as_printed": words, "kind": words, "mode": words,
            "negated": pa.bool_(), "hearsay": pa.bool_(), "lemma": words, "stance": words, "detector": words,
            "confidence": pa.float64(), **dict.fromkeys(_ROLES, extents), **speaker, "chain": pa.list_(link),
        }
    )  # fmt: skip
    return pa.schema(
        {
            "outcome": words, "reason": words, **dict.fromkeys(_PLAIN, words), **dict.fromkeys(_LISTS, pa.list_(words)),
            "raw_id": words, "sha256": words, "claims": pa.list_(claim), "version": words, "model": words,
            "options": words, "shard": words, "input_sha256": words, "position": pa.int64(),
        }
    )  # fmt: skip
