"""Whether what is kept of who says the same is what follows from the claims and articles: what ``verify`` asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from quotes.store import grouping
from quotes.store.selectors import Problem
from quotes.store.statements import every, one

Row = dict[str, Any]


def verify(db: Database) -> Iterator[Problem]:
    """Every departure of digests, keys, sketches and groups from those of the words that are stored."""
    yield from _claims(db)
    yield from _wordings(db)
    yield from _articles(db)
    yield from _groups(db)
    yield from _members(db)


def _claims(db: Database) -> Iterator[Problem]:
    for claim in every(db, "select uid, quote, context, words, setting from claims order by id"):
        if grouping.fingerprint(claim["quote"], claim["context"]) != {key: claim[key] for key in ("words", "setting")}:
            yield Problem(claim["uid"], "the digests by which its like is found are not those of its words")


def _wordings(db: Database) -> Iterator[Problem]:
    keys = 0
    query = """select w.words, c.uid, coalesce(c.quote, '') as quote,
        (select root from wordings r where r.words = w.root) is w.root and w.root <= w.words as rooted
        from wordings w left join claims c on c.id = (select id from claims where words = w.words limit 1)"""
    for row in every(db, query):
        bands, sketch = grouping.of_wording(row["quote"])
        keys += len(set(bands))
        values = json.dumps(bands), row["words"], sketch
        if not row["rooted"] or one(db, _KEYS, *values) != {"n": len(set(bands))}:
            yield Problem(row["uid"] or "database", "the keys by which its like is found are not those of its words")
    if one(db, "select 1 from claims where words is not null and words not in (select words from wordings)"):
        yield Problem("database", "there are claims whose wordings are not kept")
    if one(db, "select count(*) as n from wording_bands") != {"n": keys}:
        yield Problem("database", "there are keys of wordings that no claim has")


_KEYS = """select count(*) as n from wording_bands
    where band in (select value from json_each(?)) and words = ? and sketch = ?"""


def _articles(db: Database) -> Iterator[Problem]:
    keys = 0
    found = "select count(*) as n from article_bands where band in (select value from json_each(?)) and article_id = ?"
    for article in every(db, "select id, uid, text from articles order by id"):
        bands = set(grouping.of_article(article["text"])[1])
        keys += len(bands)
        if one(db, found, json.dumps(list(bands)), article["id"]) != {"n": len(bands)}:
            yield Problem(article["uid"], "the keys by which its copies are found are not those of its words")
    if one(db, "select count(*) as n from article_bands") != {"n": keys}:
        yield Problem("database", "there are keys of articles that none has")


def _groups(db: Database) -> Iterator[Problem]:
    """Claims that hang together are in a group as soon as two articles have them; so are those of one paragraph."""
    held = """select q.root, q.setting, q.kind, m.claim_uid from quote_groups q
        left join quote_group_claims m on m.group_id = q.id"""
    apart = "select * from (select * from {} except select * from {})"
    query = f"with {_SAID}, held as ({held}), wanted as ({_GROUPED}) {apart.format('held', 'wanted')}"
    for row in every(db, f"{query} union all {apart.format('wanted', 'held')}"):
        yield Problem(row["claim_uid"] or "database", "its groups are not those of its words")


_SAID = """said as materialized (select w.root, c.setting, c.uid, a.identity from wordings w
    join claims c on c.words = w.words join articles a on a.id = c.article_id)"""
_GROUPED = """select root, null, iif((select count(*) from wordings w where w.root = s.root) > 1, 'near', 'exact'), uid
    from (select root from said group by root having count(distinct identity) > 1) s join said using (root)
    union select root, setting, 'wire', uid
    from (select root, setting from said group by root, setting having count(distinct identity) > 1)
    join said using (root, setting)"""


def _members(db: Database) -> Iterator[Problem]:
    query = """select m.claim_uid, m.similarity, m.wording, q.root, q.setting,
        (select quote from claims where uid = m.claim_uid limit 1) as quote,
        (select words from claims where uid = m.claim_uid limit 1) as words
        from quote_group_claims m join quote_groups q on q.id = m.group_id order by m.group_id, m.claim_uid"""
    for row in every(db, query):
        if row["quote"] is None:
            continue  # said already
        alike = 1.0
        if row["setting"] is None and row["words"] != row["root"]:
            alike = grouping.similarity(grouping.quote_of(db, row["root"]), row["quote"])
        if (row["similarity"], row["wording"]) != (alike, grouping.wording(row["quote"])):
            yield Problem(row["claim_uid"], "how alike it is to others of its group is not what their words say")
