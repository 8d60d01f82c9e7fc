"""Saving: everything of one article in one transaction, nothing twice, nothing ever overwritten."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from sqlite_utils import Database

from quotes import offsets
from quotes.models import Article, Claim, Extent, Extents, Resolution, Run, Skipped, Via
from quotes.store import grouping, identity
from quotes.store.carrying import carry
from quotes.store.names import claim_digest, claim_uid
from quotes.store.names import identity as article_identity
from quotes.store.recalling import options
from quotes.store.selectors import context, joined, packed, paragraph, pieces, require, require_text
from quotes.store.statements import every, insert, one
from quotes.store.versions import earlier, find, metadata, newest, news, next_uid

Row = dict[str, Any]
Cast = tuple[identity.Roles, str]  # what an article prints of its speakers, and its identity

Outcome = Literal["new", "duplicate", "copy", "changed", "rerun", "unchanged"]


def save(db: Database, article: Article, claims: Sequence[Claim], run: Run, now: str) -> Outcome:
    """See ``Store.save``; the caller holds the transaction."""
    require(article, claims)
    run_id = _run(db, run, now)
    stored, outcome = _put(db, article, now)
    extraction = one(db, "select current from extractions where article_id = ? and run_id = ?", stored["id"], run_id)
    db.execute('delete from skips where "where" = ?', [article.where])
    if extraction and extraction["current"]:
        return outcome
    _make_current(db, stored, run_id)
    if extraction is None:
        _insert_claims(db, stored, run_id, article.text, claims)
        insert(db, "extractions", article_id=stored["id"], run_id=run_id, claims=len(claims), current=1, at=now)
        carry(db, stored["id"], run_id, now)
        grouping.enter(db, stored["id"], run_id, now)
    return "rerun" if outcome == "unchanged" else outcome


def keep(db: Database, article: Article, left_out: Skipped, run: Run, now: str) -> Outcome:
    """See ``Store.keep``; the caller holds the transaction."""
    require(article, ())
    _, outcome = _put(db, article, now)
    skip(db, left_out, run, now)
    return outcome


def foresee(db: Database, article: Article, run: Run) -> Outcome:
    """See ``Store.foresee``."""
    require(article, ())
    stored = find(db, article)
    if stored is None:
        return _outcome(db, article, newest(db, article))
    return "unchanged" if _current(db, stored, run) else "rerun"


def skip(db: Database, skipped: Skipped, run: Run | None, now: str) -> None:
    """See ``Store.skip``; the caller holds the transaction."""
    require_text(skipped.where)
    require_text(skipped.reason)
    known = one(db, 'select 1 from skips where "where" = ? and reason = ?', skipped.where, skipped.reason)
    if known is None:
        run_id = run and _run(db, run, now)
        insert(db, "skips", where=skipped.where, reason=skipped.reason, run_id=run_id, at=now)


def holds(db: Database, article: Article, run: Run) -> bool:
    """See ``Store.holds``."""
    require(article, ())
    stored = find(db, article)
    if stored is None or news(stored, article) or not _current(db, stored, run):
        return False
    return one(db, 'select 1 from skips where "where" = ?', article.where) is None


def has(db: Database, article: Article, run: Run) -> bool:
    """Whether nothing here is new, though the claims that count now may be those of a run that came later."""
    require(article, ())
    stored = find(db, article)
    if stored is None:
        return False
    return (not news(stored, article) and _extracted(db, stored, run) == 0) or holds(db, article, run)


def _current(db: Database, stored: Row, run: Run) -> bool:
    return _extracted(db, stored, run) == 1


def _extracted(db: Database, stored: Row, run: Run) -> int | None:
    """1 if the claims of a run are the current ones, 0 if those of another are, None if it has none."""
    query = """select x.current from extractions x join runs r on r.id = x.run_id
        where x.article_id = ? and r.version = ? and r.model = ? and r.options = ?"""
    found = one(db, query, stored["id"], run.version, run.model, options(run))
    return int(found["current"]) if found else None


# Articles


def _put(db: Database, article: Article, now: str) -> tuple[Row, Outcome]:
    """The stored version that an article is, made where there is none, with what is known of it now."""
    stored = find(db, article)
    outcome: Outcome = "unchanged"
    if stored is None:
        before = newest(db, article)
        outcome = _outcome(db, article, before)
        stored = _insert_article(db, article, before, now)
    _fill(db, stored, article)
    return stored, outcome


def _outcome(db: Database, article: Article, before: Row | None) -> Outcome:
    """What a text not seen before of this article is, beside the others that are stored."""
    if before:
        return "changed"
    if one(db, "select 1 from articles where sha256 = ?", article.sha256):
        return "duplicate"
    return "copy" if grouping.copied(db, article) else "new"


def _fill(db: Database, stored: Row, article: Article) -> None:
    for name, value in news(stored, article).items():
        db.execute(f"update articles set {name} = ? where id = ?", [value, stored["id"]])


def _insert_article(db: Database, article: Article, before: Row | None, now: str) -> Row:
    """Insert a text not seen before as the newest version, unless it was published earlier than the one before."""
    latest = before is None or not earlier(article.published, before["published"])
    if before and latest:
        _retire(db, before)
    name = before["identity"] if before else article_identity(article)
    row = {"identity": name, "sha256": article.sha256, "place": article.place, "latest": latest, **metadata(article)}
    row["uid"] = next_uid(db, row)
    versions = next(every(db, "select count(*) as n from articles where identity = ?", name))
    article_id = insert(
        db,
        "articles",
        version=versions["n"] + 1,
        text=article.text,
        input_id=article.id,
        where=article.where,
        notes=json.dumps(article.notes, ensure_ascii=False),
        added=now,
        **row,
    )
    grouping.enter_article(db, article_id, article.text)
    return {"id": article_id, **row}


def _retire(db: Database, before: Row) -> None:
    """Make room for a newer version."""
    db.execute("update claims set current = 0 where current and article_id = ?", [before["id"]])
    db.execute("update articles set latest = 0 where id = ?", [before["id"]])


def _make_current(db: Database, stored: Row, run_id: int) -> None:
    """Of every version the newest run is current; of the newest version, and of no other, its claims are shown."""
    article_id = stored["id"]
    db.execute("update claims set current = 0 where current and article_id = ?", [article_id])
    db.execute("update extractions set current = 0 where article_id = ? and current", [article_id])
    db.execute("update extractions set current = 1 where article_id = ? and run_id = ?", [article_id, run_id])
    if stored["latest"]:
        db.execute("update claims set current = 1 where article_id = ? and run_id = ?", [article_id, run_id])


# Claims


def _insert_claims(db: Database, stored: Row, run_id: int, text: str, claims: Sequence[Claim]) -> None:
    bounds, cast = offsets.paragraphs(text), (identity.roles(claims), stored["identity"])
    for position, (uid, claim) in enumerate(_named(stored["uid"], claims)):
        who = _speaker(db, claim.resolution, claim.attribution.source, text, cast)
        chain = [_source(db, place, text, via, cast) for place, via in enumerate(claim.chain)]
        row = {"uid": uid, "position": position, **_row(text, bounds, claim)}
        claim_id = insert(
            db,
            "claims",
            article_id=stored["id"],
            run_id=run_id,
            current=stored["latest"],
            speaker_id=who and who["id"],
            digest=claim_digest(row, who, chain),
            **row,
        )
        for link, source in chain:
            insert(db, "claim_sources", claim_id=claim_id, speaker_id=source and source["id"], **link)
    if one(db, "select 1 from speaker_splits where article = ?", stored["identity"]):
        identity.settle_article(db, stored["identity"])


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
        **grouping.fingerprint(joined(content), around.of(text)),
        "context_start": around.start, "context": around.of(text), "paragraph": paragraph(bounds, hull.start),
        "cue_extents": packed(cue), "cue": joined(cue), "lemma": found.lemma, "stance": found.stance,
        "source_extents": packed(source), "as_printed": joined(source),
        "role": who.speaker.role if who.speaker else "", "method": who.method,
        "mentions": packed(pieces(text, who.mentions)), "speaker_confidence": who.confidence,
        "detector": found.detector, "confidence": found.confidence,
    }  # fmt: skip


def _source(db: Database, position: int, text: str, via: Via, cast: Cast) -> tuple[Row, Row | None]:
    """A link of the chain behind a claim, and the row of its speaker."""
    found = via.resolution
    return {
        "position": position, "relation": via.relation, "words": via.extent.of(text),
        "start": via.extent.start, "end": via.extent.end, "method": found.method,
        "mentions": packed(pieces(text, found.mentions)), "confidence": found.confidence,
        "role": found.speaker.role if found.speaker else "",
    }, _speaker(db, found, (via.extent,), text, cast)  # fmt: skip


# Speakers and runs


def _speaker(db: Database, who: Resolution, source: Extents, text: str, cast: Cast) -> Row | None:
    """The speaker's row, and the name it is printed under remembered; None where we do not know."""
    if who.speaker is None:
        return None
    row = identity.speaker(db, who.speaker, *cast)
    printed = joined(pieces(text, source))
    longest = len(who.speaker.name.split()) + 1  # with a title; a role before the name has other people's names in it
    if printed not in ("", who.speaker.name) and (
        who.method == "acronym" or (who.method == "name" and len(printed.split()) <= longest)
    ):
        identity.alias(db, row["id"], printed)
    return row


def _run(db: Database, run: Run, now: str) -> int:
    words = options(run)
    query = "select id from runs where version = ? and model = ? and options = ?"
    known = one(db, query, run.version, run.model, words)
    if known:
        return int(known["id"])
    return insert(db, "runs", version=run.version, model=run.model, options=words, started=now)
