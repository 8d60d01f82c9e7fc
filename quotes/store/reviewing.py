"""What people say of claims: every review is a row that stays, and what holds after them is one row a claim."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import Any, get_args

from sqlite_utils import Database

from quotes import offsets
from quotes.errors import UsageError
from quotes.models import Extent, Extents, Review, Status
from quotes.store.connection import immediate
from quotes.store.filters import Filters, conditions, page
from quotes.store.naming import speaker_meant
from quotes.store.reading import SELECT, claim, decoded
from quotes.store.selectors import BREAK, Problem, context, joined, packed, paragraph, pieces, require_text
from quotes.store.statements import every, insert, one

Row = dict[str, Any]
_SAID = ("status", "verdict", "notes", "tags")
_CHANGES = ("status", "speaker_id", "unattributed", "content", "verdict", "notes", "tags")
_NOTHING: Row = {**dict.fromkeys((*_CHANGES, "origin", "moved_from")), "status": "unreviewed", "unattributed": 0}


def review(db: Database, key: int | str, said: Review, reviewer: str, now: str) -> Row:
    """See ``Store.review``; the caller holds the transaction."""
    row = claim(db, key)
    changes = _changes(db, row, said)
    before = state(db, row["claim_id"])
    told = before.get("reviewer") == reviewer and not before["moved_from"]  # saying the same again adds nothing
    if not changes or (told and all((value or None) == (before[name] or None) for name, value in changes.items())):
        return row
    insert(db, "reviews", claim_uid=row["claim_id"], reviewer=reviewer, at=now, **changes)
    settle(db, row["claim_id"])
    return claim(db, row["id"])


def review_all(
    db: Database, reviews: Iterable[tuple[str, Review, int]], reviewer: str, now: str, *, partly: bool, trial: bool
) -> list[Problem]:
    """See ``Store.review_all``."""
    against: list[Problem] = []
    with suppress(_TakenBack), immediate(db):
        for uid, said, revision in reviews:
            try:
                if state(db, uid).get("revision", 0) != revision:
                    raise UsageError("reviewed in the meantime")
                review(db, uid, said, reviewer, now)
            except UsageError as error:
                against.append(Problem(uid, str(error)))
        if trial or (against and not partly):
            raise _TakenBack
    return against


class _TakenBack(Exception):  # noqa: N818 - no error: it ends a transaction that shall leave nothing
    """Nothing of this transaction shall stay."""


def as_of(db: Database, uid: str, revision: int) -> Row:
    """See ``Store.as_of``."""
    held = fold(row for row in history(db, uid) if row["id"] <= revision)
    found = next(
        every(
            db,
            """select c.quote, s.name as speaker from claims c
            left join speakers m on m.id = coalesce(?, c.given_id, c.speaker_id)
            left join speakers s on s.id = coalesce(m.into_id, m.id)
            where c.uid = ? order by c.current desc, c.run_id desc limit 1""",
            held["speaker_id"],
            uid,
        )
    )
    if held["content"]:
        found["quote"] = joined(json.loads(held["content"]))
    if held["unattributed"]:
        found["speaker"] = None
    return {**found, **{name: held[name] for name in _SAID}}


def undo(db: Database, key: int | str, reviewer: str, now: str) -> Row:
    """See ``Store.undo``; the caller holds the transaction."""
    row = claim(db, key)
    standing = [one for one in history(db, row["claim_id"]) if one["undone"] is None and one["undoes"] is None]
    if not standing:
        raise UsageError(f"no review of claim #{row['id']} is left to undo")
    insert(db, "reviews", claim_uid=row["claim_id"], undoes=standing[-1]["id"], reviewer=reviewer, at=now)
    settle(db, row["claim_id"])
    return claim(db, row["id"])


def history(db: Database, uid: str) -> list[Row]:
    """Reviews of a claim, oldest first: the columns of the table, the ``speaker`` and, if ``undone``, by which row."""
    query = """select r.*, coalesce(s.given_name, s.name) as speaker, u.id as undone from reviews r
        left join speakers s on s.id = r.speaker_id left join reviews u on u.undoes = r.id
        where r.claim_uid = ? order by r.id"""
    return list(every(db, query, uid))


def pending(db: Database, filters: Filters) -> Row | None:
    """See ``Store.pending``."""
    clauses, values = conditions(db, filters)
    first = page(replace(filters, limit=1), values)
    query = f"""select {SELECT} from claim_rows where {" and ".join(clauses)}
        and (status = 'unreviewed' or moved_from is not null) order by article_id, position {first}"""
    return next(map(decoded, db.query(query, values)), None)


def progress(db: Database, filters: Filters) -> tuple[int, int]:
    """See ``Store.progress``."""
    clauses, values = conditions(db, filters)
    query = f"""select count(*) as every_one, coalesce(sum(status <> 'unreviewed' and moved_from is null), 0) as done
        from claim_rows where {" and ".join(clauses)}"""
    [row] = db.query(query, values)
    return row["done"], row["every_one"]


def judged(db: Database) -> Iterator[Row]:
    """See ``Store.judged``: of a claim found by several runs, the newest finding."""
    query = """select c.kind, c.detector, c.confidence, v.status <> 'rejected' as claim,
        v.content is null or v.content = c.content as extent,
        case when v.unattributed then 0 when v.speaker_id is null then 1
            else coalesce(o.into_id, o.id) is coalesce(m.into_id, m.id) end as speaker,
        c.speaker_id is not null as named
        from review_states v join claims c on c.uid = v.claim_uid
        left join speakers m on m.id = c.speaker_id left join speakers o on o.id = v.speaker_id
        where v.status <> 'unreviewed' and v.moved_from is null
            and c.run_id = (select max(run_id) from claims where uid = v.claim_uid)
        order by v.claim_uid"""
    for row in every(db, query):
        named = row.pop("named")
        flags = {name: bool(row[name]) for name in ("claim", "extent", "speaker")}
        yield {**row, **flags, "speaker": flags["speaker"] if named else None}


# What holds


def state(db: Database, uid: str) -> Row:
    """What the reviews of a claim come to: status, speaker_id, unattributed, content, verdict, notes, tags."""
    return one(db, "select * from review_states where claim_uid = ?", uid) or dict(_NOTHING)


def fold(reviews: Iterable[Row]) -> Row:
    """The same from the reviews themselves, oldest first, those taken back left out."""
    rows = list(reviews)
    undone = {row["undoes"] for row in rows}
    held = dict(_NOTHING)
    for row in rows:
        if row["undoes"] is None and row["id"] not in undone:
            held.update({name: row[name] for name in ("content", *_SAID) if row[name] is not None})
            if row["speaker_id"] or row["unattributed"]:
                held.update(speaker_id=row["speaker_id"], unattributed=row["unattributed"])
            held.update(origin=row["moved_from"] or held["origin"], moved_from=row["moved_from"])
    return {**held, **{name: held[name] or None for name in ("verdict", "notes", "tags")}}


def settle(db: Database, uid: str) -> None:
    """Write what holds after a claim's reviews, and have the search index read the words as they now are."""
    reviews = history(db, uid)
    row = {**fold(reviews), **{name: reviews[-1][name] for name in ("reviewer", "at")}, "revision": reviews[-1]["id"]}
    if row["content"]:
        row |= _words(db, uid, json.loads(row["content"]))
    shown = [claim["id"] for claim in every(db, "select id from claims where uid = ? and current", uid)]
    for number in shown:  # the triggers of the index take the old words away here …
        db.execute("update claims set current = 0 where id = ?", [number])
    db.execute("delete from review_states where claim_uid = ?", [uid])
    insert(db, "review_states", claim_uid=uid, **row)
    for number in shown:  # … and put the new ones in here
        db.execute("update claims set current = 1 where id = ?", [number])


def _words(db: Database, uid: str, parts: list[tuple[int, int, str]]) -> Row:
    """What a claim's row shows of a corrected content."""
    text = text_of(db, uid)
    hull = Extent(parts[0][0], max(end for _, end, _ in parts))
    bounds = offsets.paragraphs(text)
    around, affixes = context(text, bounds, hull), offsets.selector(text, hull)
    return {
        "quote": joined(parts), "start": hull.start, "end": hull.end, "prefix": affixes["prefix"],
        "suffix": affixes["suffix"], "context_start": around.start, "context": around.of(text),
        "paragraph": paragraph(bounds, hull.start),
    }  # fmt: skip


def text_of(db: Database, uid: str) -> str:
    """The text that a claim stands in."""
    query = "select a.text from claims c join articles a on a.id = c.article_id where c.uid = ? limit 1"
    return str(next(every(db, query, uid))["text"])


# What is said


def _changes(db: Database, row: Row, said: Review) -> Row:
    """The columns of a review, without those that it leaves as they are. Raises UsageError for what cannot be."""
    if said.status is not None and said.status not in get_args(Status):
        raise UsageError(f"{said.status!r} is no status of review", f"one of {', '.join(get_args(Status))}")
    for words in (said.verdict, said.notes, said.note, *(said.tags or ()), *said.tag):
        require_text(words)
    changes: Row = {"status": said.status, "verdict": _trimmed(said.verdict), "notes": _notes(row, said)}
    changes["tags"] = _tags(row, said)
    if said.speaker is not None:
        meant = speaker_meant(db, said.speaker) if said.speaker != "" else None
        changes |= {"speaker_id": meant, "unattributed": int(meant is None)}
    if said.content is not None:
        changes["content"] = packed(pieces(*_required(text_of(db, row["claim_id"]), said.content)))
    if said.status is None and (said.speaker is not None or said.content is not None):
        changes["status"] = "corrected"
    return {name: value for name, value in changes.items() if value is not None or name == "speaker_id"}


def _trimmed(words: str | None) -> str | None:
    return None if words is None else words.strip()


def _notes(row: Row, said: Review) -> str | None:
    if not (said.note and said.note.strip()):
        return said.notes
    before = row["notes"] if said.notes is None else said.notes
    return "\n".join(filter(None, (before, said.note.strip())))


def _tags(row: Row, said: Review) -> str | None:
    if said.tags is None and not said.tag and not said.untag:
        return None
    held = tags_in(row["tags"]) if said.tags is None else list(said.tags)
    wanted = {part for tag in (*held, *said.tag) for part in tags_in(tag)}
    return "; ".join(sorted(wanted - {part for tag in said.untag for part in tags_in(tag)}))


def tags_in(words: str | None) -> list[str]:
    """Tags as a cell shows them, between semicolons."""
    return [" ".join(tag.split()) for tag in (words or "").split(";") if tag.strip()]


def _required(text: str, content: Extents) -> tuple[str, Extents]:
    """A text and extents that are words of it, in order and apart. Raises UsageError where they are not."""
    ordered = all(one.end <= other.start for one, other in pairwise(content))
    inside = all(0 <= extent.start < extent.end <= len(text) and extent.of(text).strip() for extent in content)
    if not (content and ordered and inside):
        raise UsageError("a quote is words of its article, piece by piece in order", "give words that stand there")
    return text, content


def anchored_at(db: Database, row: Row, words: str) -> Extents:
    """See ``Store.anchored``."""
    near = tuple(Extent(start, end) for start, end, _ in row["content"])
    return anchored(text_of(db, row["claim_id"]), words, near)


def anchored(text: str, words: str, near: Extents) -> Extents:
    """Where the words of a corrected quote stand: the place next to ``near``, a broken quote piece by piece.

    Blanks may be others. Raises UsageError where the words are not in the text, or nowhere near in several places.
    """
    whole = _places(text, words)
    if not whole and BREAK.strip() in words:
        return tuple(_following(text, words.split(BREAK.strip()), near))
    hull = Extent(near[0].start, near[-1].end)
    touching = [place for place in whole if place.start < hull.end and hull.start < place.end]
    if touching or len(whole) == 1:
        return (min(touching or whole, key=lambda place: (abs(place.start - hull.start), place.start)),)
    if not whole:
        raise UsageError(f"these words do not stand in the article: {words!r}", "a quote is kept in its own words")
    raise UsageError(f"these words stand in {len(whole)} places of the article: {words!r}", "give more of them")


def _following(text: str, parts: Iterable[str], near: Extents) -> Iterator[Extent]:
    at = None
    for part in parts:
        places = [place for place in _places(text, part) if at is None or place.start >= at]
        if not places:
            raise UsageError(f"these words do not stand in the article: {part.strip()!r}")
        found = min(places, key=lambda place: abs(place.start - near[0].start)) if at is None else places[0]
        at = found.end
        yield found


def _places(text: str, words: str) -> list[Extent]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [Extent(*found.span()) for found in re.finditer(pattern, text)] if pattern else []
