"""Full-text search without a syntax to learn: whatever is typed is words, and no input is an error of SQLite's."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.store.filters import Conditions, Filters, broad, conditions, page, speakers_matching
from quotes.store.folding import fold, straighten
from quotes.store.identity import members
from quotes.store.reading import SELECT, decoded

Row = dict[str, Any]
Order = Literal["relevance", "date"]
RANKED = 50_000  # hits; ranking a word of millions of claims takes seconds, the newest of them milliseconds
MOST_WORDS = 64
NEAR_WORD = 70  # of 100, how alike a word that is nowhere and one that is may be spelt
CHUNK = 500  # rows fetched at a time
_WEIGHTS = "4.0, 1.0"  # of the quote and of its context
# The index holds stems: "election" stands there as "elect", which "electi" does not begin. So a beginning is also
# looked for with what may complete it, stemmed alike.
_ENDINGS = """n on ion tion ation zation ization isation g ng ing d ed s es ies r er ers or ors y ly lly ally ity ties
    ities t nt ent ment ments al nal onal ional e ve ive le ble able ible ce nce ence ance us ous ul ful ss ess ness
    m sm ism st ist ists ize ise"""
ENDINGS = tuple(_ENDINGS.split())
_TERM = re.compile(r'(-?)(?:["“”„]([^"“”„]*)["“”„]?|([^\s"“”„]+))')
_UNSEARCHABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase to look for; ``prefix``: the beginning of a word."""

    words: str
    prefix: bool = False

    @property
    def match(self) -> str:
        """The term as FTS5 reads it: always quoted, so that nothing in it is syntax."""
        return self._among(straighten(self.words), ENDINGS)

    @property
    def name_match(self) -> str:
        """The same for the index of names, which holds them folded and unstemmed."""
        return self._among(fold(self.words), ())

    def _among(self, words: str, endings: tuple[str, ...]) -> str:
        plain = words.replace('"', " ")  # folding turns a full-width mark into a plain one
        if not self.prefix:
            return f'"{plain}"'
        return " OR ".join([f'("{plain}"*', *(f'"{plain}{ending}"' for ending in endings)]) + ")"


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that a claim must have, and terms that it must not have."""

    wanted: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @property
    def match(self) -> str:
        """The query as FTS5 reads it."""
        return f"{' AND '.join(term.match for term in self.wanted)}{self.exclusion}"

    @property
    def exclusion(self) -> str:
        """What follows a query to exclude terms from it."""
        return f" NOT ({self.none_of})" if self.excluded else ""

    @property
    def any_of(self) -> str:
        """Any of the wanted terms: what is highlighted."""
        return " OR ".join(term.match for term in self.wanted)

    @property
    def none_of(self) -> str:
        """Any of the excluded terms."""
        return " OR ".join(term.match for term in self.excluded)


def parse(text: str) -> Query:
    """Words, ``"phrases"``, ``beginnings*`` and ``-exclusions``. Raises UsageError when nothing is to be found."""
    wanted: list[Term] = []
    excluded: list[Term] = []
    for minus, phrase, word in _TERM.findall(_UNSEARCHABLE.sub(" ", text)):
        given = (phrase or word).strip()
        words = given.rstrip("*")
        if any(char.isalnum() for char in words):
            (excluded if minus else wanted).append(Term(words, prefix=given.endswith("*")))
    if not wanted:
        raise UsageError("there is no word to look for", 'write words, "a phrase", begin*, or -without')
    if len(wanted) + len(excluded) > MOST_WORDS:
        raise UsageError(f"more than {MOST_WORDS} words to look for", "put a long passage in quotation marks")
    return Query(tuple(wanted), tuple(excluded))


def search(db: Database, query: Query, filters: Filters, order: Order = "relevance") -> Iterator[Row]:
    """See ``Store.search``."""
    if order not in get_args(Order):
        raise UsageError(f"{order!r} is no order", f"one of {', '.join(get_args(Order))}")
    ids = _hits(db, query, filters, order)
    for at in range(0, len(ids), CHUNK):
        yield from _rows(db, query, ids[at : at + CHUNK])


def holding(db: Database, query: Query) -> Conditions:
    """What a row of ``claim_rows`` must fulfil to be a hit, however many there are, and the values bound."""
    by_name, values = _by_name(db, query)
    without, excluding = _unless(db, query)
    hit = f"id in (select rowid from claims_fts where claims_fts match :match {by_name.format(rank='')})"
    return [hit, *without], {**values, **excluding, "match": query.match}


def _unless(db: Database, query: Query) -> Conditions:
    """What a row must fulfil so that its speaker has none of the excluded words, and the values bound."""
    those = [one for term in query.excluded for one in speakers_matching(db, term.name_match)]
    clause = "(speaker_id is null or speaker_id not in (select value from json_each(:without)))"
    return [clause] if those else [], {"without": json.dumps(those)}


def _hits(db: Database, query: Query, filters: Filters, order: Order) -> list[int]:
    """Row numbers of one page of hits, in order."""
    held, values = holding(db, query)
    clauses, more = conditions(db, filters)
    values.update(more)
    where, taken = " and ".join([*clauses, *held]), page(filters, values)
    if order == "date" and _walked(query, filters) and _common(db, query):
        return _latest(db, query, clauses, values, taken)
    if order == "date":
        sql = f"""select id from claim_rows where {where}
            order by published is null, published desc, id desc {taken}"""
    elif _common(db, query):
        return _newest(db, query, filters, (clauses, values))
    else:
        sql = f"""with hits as materialized (
                select rowid as hit, bm25(claims_fts, {_WEIGHTS}) as rank from claims_fts where claims_fts match :match)
            select v.id from claim_rows v left join hits on hit = v.id where {where}
            order by coalesce(rank, 0.0), v.id desc {taken}"""
    return [row["id"] for row in db.query(sql, values)]


def _walked(query: Query, filters: Filters) -> bool:
    """Whether looking at one claim after the other soon finds a page, if hits are many; a beginning is many words."""
    return filters.limit is not None and broad(filters) and not any(term.prefix for term in query.wanted)


def _latest(db: Database, query: Query, clauses: list[str], values: Row, taken: str) -> list[int]:
    """One page of hits too many to sort, those published last first: article by article, no further than needed."""
    terms = []
    for nth, term in enumerate(query.wanted):
        some = members(db, speakers_matching(db, term.name_match))
        values |= {f"term{nth}": term.match, f"speakers{nth}": json.dumps(some)}
        terms.append(f"({_at_hit(f'term{nth}')} or teller in (select value from json_each(:speakers{nth})))")
    if query.excluded:
        without, excluding = _unless(db, query)
        values |= {"none": query.none_of, **excluding}
        terms += [f"not {_at_hit('none')}", *without]
    sql = f"""select v.id from (select id as number, published as told from articles indexed by articles_by_day) d
        cross join (select id as hit, article_id as printed, coalesce(given_id, speaker_id) as teller
            from claims where current) c on printed = number
        cross join claim_rows v on v.id = hit
        where {" and ".join([*clauses, *terms])} order by told desc, v.id desc {taken}"""
    return [number for (number,) in db.execute(sql, values)]


def _at_hit(name: str) -> str:
    return f"exists (select 1 from claims_fts where claims_fts match :{name} and rowid = hit)"


def _newest(db: Database, query: Query, filters: Filters, chosen: Conditions) -> list[int]:
    """One page of hits too many to rank, those read last first: the index gives them so, and no more than needed."""
    clauses, values = chosen
    by_name, _ = _by_name(db, query)
    most = -1 if filters.limit is None else filters.offset + filters.limit
    sources = ["select rowid as hit from claims_fts where claims_fts match :match order by rowid desc"]
    sources += [f"select id as hit from ({by_name.removeprefix('union all ').format(rank='')})"] if by_name else []
    unless = "(speaker_id is null or speaker_id not in (select value from json_each(:without)))"
    found = [
        row["id"]
        for source in sources
        for row in db.query(
            f"""select v.id from ({source}) cross join claim_rows v on v.id = hit
            where {" and ".join([*clauses, unless])} order by hit desc limit :most""",
            {**values, "most": most},
        )
    ]
    return sorted(set(found), reverse=True)[filters.offset :][: filters.limit]


def _common(db: Database, query: Query) -> bool:
    """Whether the query has more hits than can be ranked in a moment."""
    sql = f"select count(*) as n from (select 1 from claims_fts where claims_fts match :match limit {RANKED + 1})"
    return int(next(iter(db.query(sql, {"match": query.match})))["n"]) > RANKED


def _by_name(db: Database, query: Query) -> tuple[str, Row]:
    """Further hits: claims whose speaker's name holds some of the words, and whose own words hold the others."""
    speakers = [speakers_matching(db, term.name_match) for term in query.wanted]
    if not any(speakers):
        return "", {}
    speakers = [members(db, some) for some in speakers]
    values: Row = {"named": json.dumps(sorted({one for some in speakers for one in some})), "excluded": query.none_of}
    clauses = [_has("excluded", "not ")] if query.excluded else []
    for nth, (term, some) in enumerate(zip(query.wanted, speakers, strict=True)):
        values[f"term{nth}"], values[f"speakers{nth}"] = term.match, json.dumps(some)
        clauses.append(f"({_spoken(f'speakers{nth}')} or {_has(f'term{nth}')})")
    sql = f"""union all select c.id{{rank}} from claims c
        where c.current and {_spoken("named")} and {" and ".join(clauses)}"""
    return sql, values


def _spoken(name: str) -> str:
    return f"coalesce(c.given_id, c.speaker_id) in (select value from json_each(:{name}))"


def _has(name: str, negation: str = "") -> str:
    return f"c.id {negation}in (select rowid from claims_fts where claims_fts match :{name})"


def _rows(db: Database, query: Query, ids: list[int]) -> Iterator[Row]:
    """Claims by row number, in the order given, with the places of the hits."""
    values = {"ids": json.dumps(ids)}
    rows = {
        row["id"]: row
        for row in db.query(f"select {SELECT} from claim_rows where id in (select value from json_each(:ids))", values)
    }
    opening, closing = secrets.token_hex(8), secrets.token_hex(8)  # not to be guessed, so never in the words
    marked = {
        row["rowid"]: row
        for row in db.query(
            """select rowid, highlight(claims_fts, 0, :opening, :closing) as quote,
            highlight(claims_fts, 1, :opening, :closing) as context
            from claims_fts where claims_fts match :match and rowid in (select value from json_each(:ids))""",
            {"opening": opening, "closing": closing, "match": query.any_of, **values},
        )
    }
    for number in ids:
        hits = marked.get(number, {"quote": "", "context": ""})
        yield {
            **decoded(rows[number]),
            "quote_hits": _ranges(hits["quote"], opening, closing),
            "context_hits": _ranges(hits["context"], opening, closing),
        }


def _ranges(marked: str, opening: str, closing: str) -> list[list[int]]:
    """Where the marks stood, as ``[start, end]`` in the words without them."""
    ranges, at = [], 0
    before, *parts = marked.split(opening)
    at = len(before)
    for part in parts:
        hit, _, rest = part.partition(closing)
        ranges.append([at, at + len(hit)])
        at += len(hit) + len(rest)
    return ranges


def near_words(db: Database, word: str, most: int = 3) -> list[str]:
    """See ``Store.near_words``."""
    from rapidfuzz import fuzz, process

    wanted = fold(_UNSEARCHABLE.sub(" ", word))
    if db.execute("select 1 from claims_fts where claims_fts match ? limit 1", [Term(wanted).match]).fetchone():
        return []
    db.execute("create virtual table if not exists temp.vocabulary using fts5vocab('main', 'claims_fts', 'row')")
    alike = db.execute(
        "select term from vocabulary where term >= ? and term < ?", [wanted[:1], f"{wanted[:1]}\U0010ffff"]
    )
    stems = [stem for (stem,) in alike]
    found = process.extract(wanted, stems, scorer=fuzz.ratio, limit=most, score_cutoff=NEAR_WORD)
    return list(dict.fromkeys(word for stem, _, _ in found for word in _as_printed(db, stem)))


def _as_printed(db: Database, stem: str) -> Iterator[str]:
    """A word as a claim has it, of what the index holds of it."""
    sql = """select highlight(claims_fts, 0, :opening, :closing) || ' ' || highlight(claims_fts, 1, :opening, :closing)
        from claims_fts where claims_fts match :match limit 1"""
    marks = {"opening": secrets.token_hex(8), "closing": secrets.token_hex(8)}
    for (words,) in db.execute(sql, {**marks, "match": Term(stem).match}):
        _, _, rest = words.partition(marks["opening"])
        yield rest.partition(marks["closing"])[0].lower()
