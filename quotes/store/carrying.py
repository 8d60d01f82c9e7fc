"""Reviews go on to what another run finds: the same words keep them, words that overlap have them moved, flagged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from sqlite_utils import Database

from quotes.models import Extent
from quotes.store.reading import SELECT, decoded
from quotes.store.reviewing import settle
from quotes.store.statements import every, insert

Row = dict[str, Any]
LEAST = 0.5  # of the shorter of two contents, shared: less is another claim
MOVED = ("status", "speaker_id", "unattributed", "content", "verdict", "notes", "tags")


def carry(db: Database, article_id: int, run_id: int, now: str) -> None:
    """Move the reviews of claims that a run no longer finds to the claims it finds in their place, best overlap first.

    A claim with reviews of its own takes none. What moves is a review of the new claim that names the old one; the
    old one keeps its own. The caller holds the transaction, and the claims of the run are stored.
    """
    gone, new = _gone(db, article_id, run_id), _free(db, article_id, run_id)
    overlaps = [
        (-share, i, j)
        for (i, old), (j, row) in product(enumerate(gone), enumerate(new))
        if old["start"] < row["end"] and row["start"] < old["end"] and (share := _share(old, row))
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in sorted(overlaps):
        if -share >= LEAST and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            _move(db, gone[i], new[j]["uid"], now)


def moved(db: Database) -> Iterator[Row]:
    """See ``Store.moved``."""
    query = f"select {SELECT} from claim_rows where current and moved_from is not null order by article_id, position"
    for row in list(map(decoded, every(db, query))):
        yield {**row, "was": _newest(db, row["moved_from"])}


def lost(db: Database) -> Iterator[Row]:
    """See ``Store.lost``."""
    query = f"""select v.claim_uid as uid, max(a.latest) as latest from review_states v
        join claims c on c.uid = v.claim_uid join articles a on a.id = c.article_id
        where (v.status <> 'unreviewed' or v.verdict is not null or v.notes is not null or v.tags is not null)
        and not exists (select 1 from claims where uid = v.claim_uid and current)
        and not exists (select 1 from review_states where origin = v.claim_uid)
        and not exists (select 1 from review_states o join claims k on k.uid = o.claim_uid and k.current
            where o.claim_uid = v.origin and (v.moved_from is not null or ({_held("o")}) is ({_held("v")})))
        group by v.claim_uid order by min(c.article_id), min(c.start), v.claim_uid"""
    for row in list(every(db, query)):
        yield {**_newest(db, row["uid"]), "newer": not row["latest"]}


def _held(of: str) -> str:
    return ", ".join(f"{of}.{name}" for name in MOVED)


def _newest(db: Database, uid: str) -> Row:
    """A claim as its last run has it, current or not."""
    query = f"select {SELECT} from claim_rows where claim_id = ? order by run_id desc limit 1"
    return decoded(next(every(db, query, uid)))


def _gone(db: Database, article_id: int, run_id: int) -> list[Row]:
    """Reviewed claims of an article that a run does not find and whose reviews have not moved on, in reading order."""
    query = f"""select v.claim_uid, {_held("v")}, v.reviewer,
        c.content as found, c.start, c."end" from review_states v join claims c on c.uid = v.claim_uid
        where c.article_id = ? and c.run_id = (select max(run_id) from claims where uid = v.claim_uid)
        and v.claim_uid not in (select uid from claims where article_id = c.article_id and run_id = ?)
        and not exists (select 1 from review_states o where o.origin = v.claim_uid)
        order by c.start, v.claim_uid"""
    return list(every(db, query, article_id, run_id))


def _free(db: Database, article_id: int, run_id: int) -> list[Row]:
    query = """select uid, content as found, start, "end" from claims c where article_id = ? and run_id = ?
        and not exists (select 1 from review_states where claim_uid = c.uid) order by position"""
    return list(every(db, query, article_id, run_id))


def _share(one: Row, other: Row) -> float:
    """How much of the shorter of two contents lies in both, in code points."""
    first, second = ([Extent(start, end) for start, end, _ in json.loads(row["found"])] for row in (one, other))
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a, b in product(first, second))
    return shared / min(sum(extent.end - extent.start for extent in part) for part in (first, second))


def _move(db: Database, old: Row, uid: str, now: str) -> None:
    held = {name: old[name] for name in MOVED}
    insert(db, "reviews", claim_uid=uid, moved_from=old["claim_uid"], reviewer=old["reviewer"], at=now, **held)
    settle(db, uid)
