"""Saving: everything of one article in one transaction, nothing twice, nothing ever overwritten."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any, Literal

from sqlite_utils import Database

from quotes import offsets
from quotes.models import Article, Claim, Extent, Extents, Resolution, Run, Skipped, Via
from quotes.store.folding import fold
from quotes.store.selectors import context, joined, packed, paragraph, pieces, require, require_text

Row = dict[str, Any]
_METADATA = ("title", "publisher", "byline", "published", "url", "language")
_FOUND = f'id, uid, identity, latest, input_id, "where", {", ".join(_METADATA)}'
_ALIAS_METHODS = ("name", "acronym")  # these sources are names of the speaker, worth finding it by
_ALIAS_LENGTH = 100


def save(
    db: Database, article: Article, claims: Sequence[Claim], run: Run, now: str
) -> Literal["new", "unchanged", "changed", "rerun"]:
    """See ``Store.save``; the caller holds the transaction."""
    require(article, claims)
    run_id = _run(db, run, now)
    stored = find(db, article)
    outcome: Literal["new", "unchanged", "changed", "rerun"] = "unchanged"
    if stored is None:
        before = _predecessor(db, article)
        stored, outcome = _insert_article(db, article, before, now), "changed" if before else "new"
    elif not stored["latest"]:
        outcome = "changed"
    _fill(db, stored, article)
    extraction = _one(db, "select current from extractions where article_id = ? and run_id = ?", stored["id"], run_id)
    if outcome == "unchanged" and extraction and extraction["current"]:
        return outcome
    _make_current(db, stored, run_id)
    if extraction is None:
        _insert_claims(db, stored, run_id, article.text, claims)
        _insert(db, "extractions", article_id=stored["id"], run_id=run_id, claims=len(claims), current=1, at=now)
    db.execute('delete from skips where "where" = ?', [article.where])
    return "rerun" if outcome == "unchanged" else outcome


def skip(db: Database, skipped: Skipped, run: Run | None, now: str) -> None:
    """See ``Store.skip``; the caller holds the transaction."""
    require_text(skipped.where)
    require_text(skipped.reason)
    known = _one(db, 'select 1 from skips where "where" = ? and reason = ?', skipped.where, skipped.reason)
    if known is None:
        run_id = run and _run(db, run, now)
        _insert(db, "skips", where=skipped.where, reason=skipped.reason, run_id=run_id, at=now)


def holds(db: Database, article: Article, run: Run) -> bool:
    """See ``Store.holds``."""
    require(article, ())
    stored = find(db, article)
    if stored is None or not stored["latest"] or _news(stored, article):
        return False
    query = """select 1 from extractions x join runs r on r.id = x.run_id
        where x.article_id = ? and x.current and r.version = ? and r.model = ? and r.options = ?"""
    return _one(db, query, stored["id"], run.version, run.model, _options(run)) is not None


# Articles


def identity(article: Article) -> str:
    """What an article is known by: its url; or its place, where it has an id there; or nothing but its text."""
    return article.url or (article.id and (article.where or article.id)) or f"sha256:{article.sha256}"


def article_uid(identity: str, sha256: str) -> str:
    """Stable name of one version of an article."""
    return "a" + _digest(identity, sha256)


def claim_uid(article_uid: str, content: Extents, source: Extents, nth: int) -> str:
    """Stable name of a claim, whatever run finds it; ``nth`` counts those of the same words and source from 0."""
    return "c" + _digest(
        article_uid,
        *(f"{extent.start}-{extent.end}" for extent in content),
        "/",
        *(f"{extent.start}-{extent.end}" for extent in source),
        str(nth),
    )


def _digest(*parts: str) -> str:
    # Spreadsheets turn 1234567890123456 and 12e4567 into numbers: callers put a letter first.
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def find(db: Database, article: Article) -> Row | None:
    """The stored version with this text: of the same article, or else a copy with the same particulars elsewhere."""
    rows = list(_all(db, f"select {_FOUND} from articles where sha256 = ? order by id", article.sha256))
    given = _metadata(article)
    for row in rows:
        if row["identity"] == identity(article) or _same_place(row, article):
            return row
    for row in rows:
        if row["latest"] and all(row[name] == given[name] for name in _METADATA):
            return row
    return None


def _same_place(row: Row, article: Article) -> bool:
    """Whether both lie in the same place, and their urls do not tell them apart."""
    place = article.id and (row["input_id"], row["where"]) == (article.id, article.where)
    return bool(place) and (not article.url or row["url"] in (None, article.url))


def _predecessor(db: Database, article: Article) -> str | None:
    """Identity of the stored article that this one, of another text, is a new version of."""
    known = _one(db, "select identity from articles where latest and identity = ?", identity(article))
    rows = _all(db, f'select {_FOUND} from articles where latest and "where" = ? order by id', article.where)
    known = known or next((row for row in rows if _same_place(row, article)), None)
    return str(known["identity"]) if known else None


def _metadata(article: Article) -> Row:
    return {
        "title": article.title,
        "publisher": article.publisher,
        "byline": ", ".join(article.authors) or None,
        "published": article.published,
        "url": article.url,
        "language": article.language,
    }


def _news(stored: Row, article: Article) -> Row:
    """Metadata that the stored article lacks or has otherwise; what is unknown now does not wipe what was known."""
    return {name: value for name, value in _metadata(article).items() if value not in (None, stored[name])}


def _fill(db: Database, stored: Row, article: Article) -> None:
    for name, value in _news(stored, article).items():
        db.execute(f"update articles set {name} = ? where id = ?", [value, stored["id"]])


def _insert_article(db: Database, article: Article, before: str | None, now: str) -> Row:
    name = before or identity(article)
    versions = list(_all(db, "select 1 from articles where identity = ?", name))
    row = {"identity": name, "uid": article_uid(name, article.sha256), "latest": 0, **_metadata(article)}
    article_id = _insert(
        db,
        "articles",
        version=len(versions) + 1,
        sha256=article.sha256,
        text=article.text,
        input_id=article.id,
        where=article.where,
        notes=json.dumps(article.notes, ensure_ascii=False),
        added=now,
        **row,
    )
    return {"id": article_id, **row}


def _make_current(db: Database, stored: Row, run_id: int) -> None:
    """Only the newest version of an article, and only its newest run, has claims that are shown."""
    article_id, name = stored["id"], stored["identity"]
    db.execute(
        "update claims set current = 0 where current and article_id in (select id from articles where identity = ?)",
        [name],
    )
    db.execute("update articles set latest = 0 where identity = ? and latest", [name])
    db.execute("update articles set latest = 1 where id = ?", [article_id])
    db.execute("update extractions set current = 0 where article_id = ? and current", [article_id])
    db.execute("update extractions set current = 1 where article_id = ? and run_id = ?", [article_id, run_id])
    db.execute("update claims set current = 1 where article_id = ? and run_id = ?", [article_id, run_id])


# Claims


def _insert_claims(db: Database, stored: Row, run_id: int, text: str, claims: Sequence[Claim]) -> None:
    bounds = offsets.paragraphs(text)
    for position, (uid, claim) in enumerate(_named(stored["uid"], claims)):
        claim_id = _insert(
            db,
            "claims",
            uid=uid,
            article_id=stored["id"],
            run_id=run_id,
            position=position,
            current=1,
            speaker_id=_speaker(db, claim.resolution, claim.attribution.source, text),
            **_row(text, bounds, claim),
        )
        for place, via in enumerate(claim.chain):
            _insert_source(db, claim_id, place, text, via)


def _named(article: str, claims: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    """Claims in reading order with their uids, whatever order they come in."""
    seen: Counter[tuple[Extents, Extents]] = Counter()
    for claim in sorted(claims, key=_order):
        found = claim.attribution
        words = found.content, found.source
        yield claim_uid(article, *words, seen[words]), claim
        seen[words] += 1


def _order(claim: Claim) -> tuple[object, ...]:
    found, who = claim.attribution, claim.resolution.speaker
    name = (who.name, who.type) if who else ("", "")
    return found.content, found.source, found.cue, found.kind, found.mode, name, found.confidence


def _row(text: str, bounds: Sequence[Extent], claim: Claim) -> Row:
    found, who = claim.attribution, claim.resolution
    hull = Extent(found.content[0].start, max(extent.end for extent in found.content))
    around, affixes = context(text, bounds, hull), offsets.selector(text, hull)
    content, cue, source = (pieces(text, spans) for spans in (found.content, found.cue, found.source))
    return {
        "kind": found.kind, "mode": found.mode, "negated": found.negated, "hearsay": found.hearsay,
        "start": hull.start, "end": hull.end, "content": packed(content), "quote": joined(content),
        "prefix": affixes["prefix"], "suffix": affixes["suffix"],
        "context_start": around.start, "context": around.of(text), "paragraph": paragraph(bounds, hull.start),
        "cue_extents": packed(cue), "cue": joined(cue), "lemma": found.lemma, "stance": found.stance,
        "source_extents": packed(source), "as_printed": joined(source),
        "role": who.speaker.role if who.speaker else "", "method": who.method,
        "mentions": packed(pieces(text, who.mentions)), "speaker_confidence": who.confidence,
        "detector": found.detector, "confidence": found.confidence,
    }  # fmt: skip


def _insert_source(db: Database, claim_id: int, position: int, text: str, via: Via) -> None:
    _insert(
        db, "claim_sources", claim_id=claim_id, position=position, relation=via.relation, words=via.extent.of(text),
        start=via.extent.start, end=via.extent.end,
        speaker_id=_speaker(db, via.resolution, (via.extent,), text), method=via.resolution.method,
        mentions=packed(pieces(text, via.resolution.mentions)), confidence=via.resolution.confidence,
    )  # fmt: skip


# Speakers and runs


def _speaker(db: Database, who: Resolution, source: Extents, text: str) -> int | None:
    """Row of a speaker: the same canonical name and type is the same row."""
    if who.speaker is None:
        return None
    name, kind = who.speaker.name, who.speaker.type
    known = _one(db, "select id from speakers where name = ? and type = ?", name, kind)
    speaker_id = known["id"] if known else _insert(db, "speakers", name=name, type=kind, folded=fold(name))
    if known is None:
        _alias(db, speaker_id, name, "name")
    printed = joined(pieces(text, source))
    if who.method in _ALIAS_METHODS and 0 < len(printed) <= _ALIAS_LENGTH:
        _alias(db, speaker_id, printed, "printed")
    return speaker_id


def _alias(db: Database, speaker_id: int, alias: str, origin: str) -> None:
    known = _one(db, "select 1 from speaker_aliases where speaker_id = ? and alias = ?", speaker_id, alias)
    if known is None:
        _insert(db, "speaker_aliases", speaker_id=speaker_id, alias=alias, folded=fold(alias), origin=origin)


def _run(db: Database, run: Run, now: str) -> int:
    options = _options(run)
    query = "select id from runs where version = ? and model = ? and options = ?"
    known = _one(db, query, run.version, run.model, options)
    if known:
        return int(known["id"])
    return _insert(db, "runs", version=run.version, model=run.model, options=options, started=now)


def _options(run: Run) -> str:
    return json.dumps(run.options, ensure_ascii=False, sort_keys=True)


def _one(db: Database, query: str, *values: object) -> Row | None:
    return next(_all(db, query, *values), None)


def _all(db: Database, query: str, *values: object) -> Iterator[Row]:
    """Rows by plain statements: ``db.query`` would open a savepoint for each, and hide one that fails to close."""
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _insert(db: Database, table: str, **row: object) -> int:
    """Insert one row; names of tables and columns are this module's own."""
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    return int(db.execute(f"insert into {table} ({names}) values ({marks})", list(row.values())).lastrowid or 0)
