"""The same quotation in several articles: exact and near wordings, and paragraphs that were copied with it.

A *wording* is a quote's words, folded. Wordings that are nearly the same hang together, in chains too; all claims with
one of them form a group as soon as they stand in two articles. ``exact`` and ``near`` are such groups; claims of a
group whose whole paragraph is the same form a group ``wire``: not only reported alike, but copied. Groups are what
hangs together, so they are the same in whatever order articles come. Shorter quotes say too little to be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from quotes.models import Article
from quotes.store.likeness import apart, bands, digest, likeness, sketch, words_of
from quotes.store.reading import SELECT, decoded
from quotes.store.statements import every, insert, one
from quotes.store.wording import words

Row = dict[str, Any]

LEAST = 5  # words of a quote
SHORT = 50  # words; articles with fewer are alike by chance
ALIKE = 0.8  # of `likeness`, for two wordings and for two articles
BANDS = 8  # keys of a wording
KEYS = 16  # of an article
READ = 1_000_000  # words of other articles compared with one: seconds
AT_ONCE = 10_000  # claims in memory
MOST = 100  # wordings or articles looked at for one key; more share only what everybody says


def fingerprint(quote: str, context: str) -> Row:
    """The columns by which a claim finds its like: the digests of its words and of those around it."""
    words = _words_of(quote)
    if len(words) < LEAST:
        return {"words": None, "setting": None}
    return {"words": digest(words), "setting": digest(words_of(context))}


def enter(db: Database, article_id: int, run_id: int, now: str) -> None:
    """Put the claims of an article by a run into their groups; the caller holds the transaction."""
    _enter(db, article_id, run_id, now)
    tell_apart(db)


def tell_apart(db: Database) -> None:
    """Note how each claim of a group is worded, where that is not known yet."""
    query = f"""select distinct claim_uid as uid, (select quote from claims where uid = claim_uid limit 1) as quote
        from quote_group_claims where wording is null limit {AT_ONCE}"""
    while claims := list(every(db, query)):
        for claim in claims:
            values = [wording(claim["quote"]), claim["uid"]]
            db.execute("update quote_group_claims set wording = ? where claim_uid = ?", values)


@lru_cache(maxsize=200)  # copies of a quote come one after the other
def wording(quote: str) -> int:
    """The digest of a quote's words as they are compared, for claims of a group."""
    return digest([word.folded for word in words(quote)])


def _enter(db: Database, article_id: int, run_id: int, now: str) -> None:
    query = "select uid, words, setting, quote from claims where article_id = ? and run_id = ? and words is not null"
    shared = [
        claim for claim in list(every(db, query, article_id, run_id)) if _shared(db, claim["words"], claim["quote"])
    ]
    roots: dict[int, list[Row]] = {}
    for claim in shared:
        roots.setdefault(_root(db, claim["words"]), []).append(claim)
    for root, new in roots.items():
        _gather(db, root, new, now)


def remake(db: Database, now: str) -> None:
    """Make digests, keys, sketches and groups anew from the words that are stored; the caller holds the transaction."""
    for table in ("quote_group_claims", "quote_groups", "wording_bands", "wordings", "article_bands"):
        db.execute(f"delete from {table}")
    enter_all(db, now)
    tell_apart(db)


def enter_all(db: Database, now: str) -> None:
    """Every claim and article that is stored, where there are no groups yet."""
    last = 0
    while claims := list(every(db, f"{_AS_PRINTED} where id > ? order by id limit {AT_ONCE}", last)):
        for claim in claims:
            prints = list(fingerprint(claim["quote"], claim["context"]).values())
            db.execute(_PRINTED, [*prints, claim["id"], *prints])
        last = claims[-1]["id"]
    for article in every(db, "select id, text from articles order by id"):
        enter_article(db, article["id"], article["text"])
    for extraction in every(db, "select article_id, run_id from extractions order by article_id, run_id"):
        _enter(db, extraction["article_id"], extraction["run_id"], now)


_AS_PRINTED = "select id, quote, context from claims"
_PRINTED = "update claims set words = ?, setting = ? where id = ? and (words is not ? or setting is not ?)"


def enter_sketches(db: Database) -> None:
    """Beside every key of a wording its sketch, for a database from before there were any."""
    db.conn.create_function("sketch", 1, lambda quote: sketch(words_of(quote)), deterministic=True)
    db.execute("create temp table sketches (words integer primary key, sketch integer not null)")
    db.execute(
        """insert into sketches select words, sketch((select quote from claims c where c.words = w.words limit 1))
        from wordings w"""
    )
    db.execute("update wording_bands set sketch = (select sketch from sketches s where s.words = wording_bands.words)")
    db.execute("drop table sketches")


def enter_article(db: Database, article_id: int, text: str) -> None:
    """Remember by which keys an article is found by its like."""
    rows = ((band, article_id) for band in of_article(text)[1])
    db.conn.executemany("insert or ignore into article_bands values (?, ?)", rows)


def copied(db: Database, article: Article) -> bool:
    """Whether an article nearly the same is stored."""
    words, keys = of_article(article.text)
    return any(likeness(words, other, ALIKE) >= ALIKE for other in _near(db, keys))


def _near(db: Database, keys: Sequence[int]) -> Iterator[list[str]]:
    """Words of articles that share a key, as they are asked for, those that share most first: others wait meanwhile."""
    read = 0
    for row in list(every(db, _OF_ARTICLES, *keys)) if keys else ():
        words = words_of(next(every(db, "select text from articles where id = ?", row["article_id"]))["text"])
        yield words
        read += len(words)
        if read > READ:
            return


_OF_ARTICLES = f"""select article_id from ({
    " union all ".join([f"select * from (select article_id from article_bands where band = ? limit {MOST})"] * KEYS)
}) group by article_id order by count(*) desc, article_id"""


def appearances(db: Database, uid: str) -> Iterator[Row]:
    """See ``Store.appearances``."""
    members, wire = _members(db, uid, "<>"), _members(db, uid, "=")
    query = f"""select {SELECT} from claim_rows where current and claim_id = ?
        and article_id not in (select article_id from claims where uid = ?)"""
    rows = [row for other in members for row in every(db, query, other, uid)]
    for row in sorted(rows, key=lambda row: (row["published"] or "", row["article_id"], row["id"])):
        likeness, alike = members[row["claim_id"]]
        yield {**decoded(row), "likeness": likeness, "alike": alike, "wire": row["claim_id"] in wire}


def _members(db: Database, uid: str, wire: str) -> dict[str, tuple[float, bool]]:
    query = f"""select h.claim_uid as uid, h.similarity, h.wording is g.wording as alike from quote_group_claims g
        join quote_groups q on q.id = g.group_id and q.kind {wire} 'wire'
        join quote_group_claims h on h.group_id = g.group_id where g.claim_uid = ?"""
    return {row["uid"]: (row["similarity"], bool(row["alike"])) for row in every(db, query, uid)}


@lru_cache(1)
def of_article(text: str) -> tuple[list[str], list[int]]:
    """Words and keys of an article: looked up and then remembered, one article after the other."""
    words = words_of(text)
    return words, bands(words, shingle=4, count=KEYS, rows=4) if len(words) >= SHORT else []


@lru_cache(maxsize=200)  # a quote is asked for by its fingerprint, its wording and its group, near ones by each other
def _words_of(quote: str) -> list[str]:
    return words_of(quote)


# Wordings


def _root(db: Database, words: int) -> int:
    return int((one(db, "select root from wordings where words = ?", words) or {"root": words})["root"])


def _shared(db: Database, words: int, quote: str) -> bool:
    """Let a wording hang together with those that are nearly the same; whether it was there, or there are such."""
    if one(db, "select 1 from wordings where words = ?", words):
        return True
    folded = _words_of(quote)
    keys, own = of_wording(quote)
    found = dict(db.execute(_OF_BANDS, keys))
    near = [other for other, its in found.items() if not apart(own, its, ALIKE)]
    roots = {_root(db, other) for other in near if likeness(folded, _words_of(quote_of(db, other)), ALIKE) >= ALIKE}
    root = min(roots | {words})
    insert(db, "wordings", words=words, root=root)
    db.conn.executemany("insert or ignore into wording_bands values (?, ?, ?)", [(key, words, own) for key in keys])
    for other in roots - {root}:
        _dissolve(db, other)
        db.execute("update wordings set root = ? where root = ?", [root, other])
    if len(roots - {root}) + (root in roots) > 1 or (roots and root not in roots):
        _dissolve(db, root)
    return bool(roots)


_OF_BANDS = " union all ".join(
    [f"select * from (select words, sketch from wording_bands where band = ? limit {MOST})"] * BANDS
)


def of_wording(quote: str) -> tuple[list[int], int]:
    """Keys and sketch of a wording."""
    folded = _words_of(quote)
    return bands(folded, shingle=2, count=BANDS, rows=2), sketch(folded)


def quote_of(db: Database, words: int) -> str:
    """Some quote of a wording."""
    return str((one(db, "select quote from claims where words = ? limit 1", words) or {"quote": ""})["quote"])


def _dissolve(db: Database, root: int) -> None:
    """Its groups are made anew: they hang together with others now."""
    groups = "select id from quote_groups where root = ?"
    db.execute(f"delete from quote_group_claims where group_id in ({groups})", [root])
    db.execute("delete from quote_groups where root = ?", [root])


# Groups


def _gather(db: Database, root: int, new: Sequence[Row], now: str) -> None:
    """Bring the groups of a root up to date with new claims; they are made as soon as there are two articles."""
    group = one(db, "select id from quote_groups where root = ? and setting is null", root)
    if group is None:
        new = list(every(db, _OF_ROOT, root))
        if len({claim["identity"] for claim in new}) < 2:
            return
        group = {"id": insert(db, "quote_groups", kind="exact", at=now, root=root)}
    wordings = next(every(db, "select count(*) as n from wordings where root = ?", root))["n"]
    db.execute("update quote_groups set kind = ? where id = ?", ["near" if wordings > 1 else "exact", group["id"]])
    like: dict[int, float] = {root: 1.0}
    middle = quote_of(db, root)
    for claim in new:
        if claim["words"] not in like:
            like[claim["words"]] = similarity(middle, claim["quote"])
    _add(db, group["id"], ((claim["uid"], like[claim["words"]]) for claim in new))
    for setting in {claim["setting"] for claim in new}:
        _copy(db, root, setting, [claim for claim in new if claim["setting"] == setting], now)


def similarity(one: str, other: str) -> float:
    """How alike two quotes are, to three digits."""
    return round(likeness(_words_of(one), _words_of(other)), 3)


_OF_ROOT = """select c.uid, c.words, c.setting, c.quote, a.identity from wordings w
    join claims c on c.words = w.words join articles a on a.id = c.article_id where w.root = ?"""


def _copy(db: Database, root: int, setting: int, new: Sequence[Row], now: str) -> None:
    """The claims of a root in one and the same paragraph, if it stands in two articles; a known group takes the new."""
    group = one(db, "select id from quote_groups where root = ? and setting = ?", root, setting)
    if group is None:
        new = list(every(db, f"{_OF_ROOT} and c.setting = ?", root, setting))
        if len({claim["identity"] for claim in new}) < 2:
            return
        group = {"id": insert(db, "quote_groups", kind="wire", at=now, root=root, setting=setting)}
    _add(db, group["id"], ((claim["uid"], 1.0) for claim in new))


def _add(db: Database, group: int, members: Iterable[tuple[str, float]]) -> None:
    for uid, similarity in members:
        db.execute(_MEMBER, [group, uid, similarity])


_MEMBER = "insert or ignore into quote_group_claims (group_id, claim_uid, similarity) values (?, ?, ?)"
