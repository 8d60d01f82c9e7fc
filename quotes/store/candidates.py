"""Which claims and articles share telling words with a passage: few enough to be compared one by one."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlite_utils import Database

from quotes.store.filters import Conditions, Filters, conditions, of_articles
from quotes.store.folding import fold, straighten
from quotes.store.reading import SELECT, decoded

Row = dict[str, Any]
COUNTED = 20_000  # claims; a word that is in more is as good as everywhere
RARE = 2_000  # hits of a look-up that are taken
TELLING, PAIRED = 12, 6  # words looked up alone, and two by two where each alone is too common
EVERYWHERE, LITTLE = 10, 0.1  # a word in every tenth claim tells nothing, or next to nothing
MOST, MOST_TEXTS = 1_000, 20
WITHIN, SEEKABLE = 20_000, 200  # claims of a speaker that are looked through, and looked up one by one
HARDLY_ANY = 3  # telling words below which others are looked up too
HANDFUL = 4  # texts more than there are: in a few of them any word may be in all
_PLAIN = re.compile("[a-z0-9]+")  # what the index of texts surely holds as one word


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim that shares words with a passage: row number, its words, the telling words of both, rarest first.

    ``weight``: how much these tell of what all telling words of the passage do, 0 to 1.
    """

    id: int
    quote: str
    words: tuple[str, ...]
    weight: float


def sharing(db: Database, words: Sequence[str], filters: Filters) -> list[Shared]:
    """The claims, MOST at most, that share the most telling of some words, best first.

    A word tells as much as it is rare (its inverse document frequency). Every look-up is bounded, so that the time does
    not grow with how common the words are. Where ``filters`` name a speaker or an article with at most WITHIN claims,
    only these are looked at, so that others cannot crowd them out; other filters do not matter here.
    """
    counts = {word: _count(db, _in_quotes([word])) for word in dict.fromkeys(words)}
    known = sorted((word for word in counts if counts[word]), key=lambda word: counts[word])[:TELLING]
    weights, within = _weights(db, counts, known), _within(db, filters)
    groups = _paired(known, counts) if within is None else _alone(known, weights)
    hits = [(group, _hits(db, _in_quotes(group), within)) for group in ([*groups, known] if known else [])]
    told: dict[int, float] = defaultdict(float)
    for group, found in hits:
        weight = sum(weights.get(word, LITTLE) for word in group)
        for hit in found:
            told[hit] += weight
    best = sorted(told, key=lambda hit: (-told[hit], hit))[:MOST]
    shared = {hit: set[str]() for hit in best}
    for group, found in hits:
        for hit in shared.keys() & found:
            shared[hit].update(weights.keys() & group)
    whole = sum(weights.values()) or 1.0
    return [
        Shared(
            row["id"],
            row["quote"],
            tuple(word for word in known if word in shared[row["id"]]),
            sum(weights[word] for word in shared[row["id"]]) / whole,
        )
        for row in quotes(db, best)
    ]


def _paired(known: Sequence[str], counts: Mapping[str, int]) -> list[list[str]]:
    """Words to look up together in all claims: rare ones alone, common ones two by two."""
    common = [word for word in known if counts[word] > RARE][:PAIRED]
    return [[word] for word in known if word not in common] + [list(pair) for pair in combinations(common, 2)]


def _alone(known: Sequence[str], weights: Mapping[str, float]) -> list[list[str]]:
    """Words to look up in few claims: those that tell, and the others where these are hardly any."""
    telling = [[word] for word in known if word in weights]
    return telling if len(telling) >= HARDLY_ANY else [[word] for word in known]


def _within(db: Database, filters: Filters) -> list[int] | None:
    """The claims that pass filters on a speaker or an article, which an index has; None if they are too many."""
    if filters.speaker is None and filters.article is None:
        return None
    clauses, values = conditions(db, filters)
    sql = f"select id from claim_rows where {' and '.join(clauses)} limit {WITHIN + 1}"
    found = [number for (number,) in db.execute(sql, values)]
    return found if len(found) <= WITHIN else None


def quotes(db: Database, ids: Sequence[int]) -> Iterator[Row]:
    """See ``Store.quotes``."""
    sql = """select c.id, coalesce(v.quote, c.quote) as quote from json_each(:ids) ids
        join claims c on c.id = ids.value left join review_states v on v.claim_uid = c.uid order by ids.key"""
    return iter(db.query(sql, {"ids": json.dumps(ids)}))


def _weights(db: Database, counts: Mapping[str, int], known: Sequence[str]) -> dict[str, float]:
    """What each word tells, without those that are everywhere; those nowhere tell most, and are never shared."""
    claims = next(iter(db.query("select max(id) as n from claims")))["n"] or 0
    most = max(1, min(COUNTED - 1, claims // EVERYWHERE))
    telling = [word for word in (*known, *(word for word in counts if not counts[word])) if counts[word] <= most]
    return {word: math.log(1 + claims / (counts[word] or 1)) for word in telling}


def telling(db: Database, words: Iterable[str]) -> dict[str, float]:
    """See ``Store.telling``: the natural logarithm of how many claims, or else articles, there are to one with it."""
    [whole] = db.query("select (select max(id) from claims) as claims, (select max(id) from articles) as articles")
    found = {}
    for word in words:
        said, printed = _count(db, _in_quotes([word])), _text_count(db, _PLAIN.findall(fold(word)), COUNTED)
        share = max(said / (whole["claims"] or 1), printed / ((whole["articles"] or 0) + HANDFUL))
        found[word] = -math.log(min(1.0, share)) if share > 0 and max(said, printed) < COUNTED else 0.0
    return found


def _in_quotes(words: Sequence[str]) -> str:
    """An FTS5 query for quotes with all of these words, each quoted so that nothing in it is syntax."""
    return f"{{quote}} : ({' AND '.join(_quoted(word) for word in words)})"


def _quoted(word: str) -> str:
    return '"{}"'.format(straighten(word).replace('"', " "))


def _count(db: Database, match: str) -> int:
    sql = "select count(*) as n from (select 1 from claims_fts where claims_fts match :match limit :most)"
    return int(next(iter(db.query(sql, {"match": match, "most": COUNTED})))["n"])


def _hits(db: Database, match: str, within: Sequence[int] | None) -> list[int]:
    """Claims with these words; of few ones each is looked up, of more the hits are looked through."""
    those = f"and {'+' * (len(within) > SEEKABLE)}rowid in (select value from json_each(:within))" if within else ""
    sql = f"select rowid as id from claims_fts where claims_fts match :match {those} limit :most"
    values = {"match": match, "most": RARE, "within": json.dumps(within)}
    return [] if within == [] else [number for (number,) in db.execute(sql, values)]  # as tuples: thousands of them


def chosen(db: Database, ids: Sequence[int], filters: Filters) -> list[Row]:
    """Of the claims with these row numbers those that pass the filters, as ``Store.claims`` has them, in this order."""
    clauses, values = conditions(db, filters)
    within = "id in (select value from json_each(:ids))"
    sql = f"select {SELECT} from claim_rows where {within} and {' and '.join(clauses)}"
    rows = {row["id"]: decoded(row) for row in db.query(sql, {**values, "ids": json.dumps(list(ids))})}
    return [rows[number] for number in ids if number in rows]


def texts(db: Database, passage: str, filters: Filters) -> list[Row]:
    """Newest versions of articles, MOST_TEXTS at most, whose text has every telling word of a passage, or all but one.

    Of the filters only those that tell of an article matter.
    Keys: id, uid, title, publisher, published, url, where, text.
    """
    words = dict.fromkeys(_PLAIN.findall(fold(passage)))
    counts = {word: _text_count(db, [word], RARE) for word in words}
    known = sorted((word for word in counts if counts[word]), key=lambda word: counts[word])[:TELLING]
    but_one = [[word for word in known if word != other] for other in known] if len(known) > 2 else []
    passing = of_articles(db, filters)
    for group in [known, *but_one] if known else []:
        if found := _texts(db, group, passing):
            return found
    return []


def _texts(db: Database, words: Sequence[str], passing: Conditions) -> list[Row]:
    clauses, values = passing
    within = "id in (select rowid from texts_fts where texts_fts match :match limit :looked_at)"
    sql = f"""select id, uid, title, publisher, published, url, "where", text from articles
        where id in (select id from articles where {" and ".join([within, *clauses])} limit :most)
        order by published is null, published, id"""
    match = " AND ".join(map(_quoted, words))
    return list(db.query(sql, {**values, "match": match, "looked_at": RARE, "most": MOST_TEXTS}))


def _text_count(db: Database, words: Sequence[str], most: int) -> int:
    """How many texts have these words, at most so many."""
    if not words:
        return 0
    sql = "select count(*) as n from (select 1 from texts_fts where texts_fts match :match limit :most)"
    return int(next(iter(db.query(sql, {"match": " AND ".join(map(_quoted, words)), "most": most})))["n"])
