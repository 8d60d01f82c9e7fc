"""Which claims: the filters that every listing shares, and the one place that turns them into SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, get_args

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.models import Kind, SpeakerType
from quotes.store.folding import fold

STATUSES = ("unreviewed", "accepted", "rejected", "corrected")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list. None means that it does not matter.

    ``speaker``: words of a speaker's name or alias, accents and case folded ("McGurk", "yildirim"), or
    the number of one ("#12"). ``publisher``: part of the outlet's name, folded. ``article``: uid or its beginning,
    row number, input id, url, place, or words of the title. ``named``: True for speakers with a name, False for
    unnamed ones; ``type``: a SpeakerType. ``since``, ``until``: ISO dates (year, month or day), both included, against
    the date of publication; what has none in ISO form never matches.
    ``status``: one of STATUSES; ``reviewed``: True for those that a person decided on, False for the others, also those
    with moved reviews that nobody confirmed; ``tag``: one of the claim's tags. ``attitudes``: also what people think,
    want or feel. ``limit``, ``offset``: a page; ``after``: the ``id`` of the last row of the page before, which costs
    the same however far down the page lies.
    """

    speaker: str | None = None
    publisher: str | None = None
    article: str | None = None
    kind: Kind | None = None
    named: bool | None = None
    type: SpeakerType | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    reviewed: bool | None = None
    tag: str | None = None
    min_confidence: float | None = None
    attitudes: bool = False
    limit: int | None = None
    offset: int = 0
    after: int | None = None


TELLING_OF_ARTICLES = ("publisher", "article", "since", "until")
Conditions = tuple[list[str], dict[str, Any]]
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_YEAR, _MONTH, _DAY = "[0-9][0-9][0-9][0-9]", "-[01][0-9]", "-[0-3][0-9]"
DATED = " or ".join(
    f"published glob '{form}'" for form in (_YEAR, _YEAR + _MONTH, _YEAR + _MONTH + _DAY, f"{_YEAR}{_MONTH}{_DAY}[T ]*")
)
NEAR_NAME = 75  # of 100, how alike two words are that may be meant for one another
UID = re.compile(r"[ac][0-9a-f]{4,16}", re.ASCII)
_NUMBER = re.compile(r"#\d{1,18}", re.ASCII)
_LARGEST = 2**63 - 1  # an SQLite integer


def conditions(db: Database, filters: Filters) -> Conditions:
    """What a row of ``claim_rows`` must fulfil, and the values bound. Raises UsageError for a value that cannot be."""
    _require(filters)
    clauses, values = ["current"], dict[str, Any]()
    if not filters.attitudes:
        clauses.append("mode = 'statement'")
    if filters.named is not None:
        clauses.append(
            "speaker_kind <> 'anonymous'" if filters.named else f"speaker_kind = 'anonymous' and {OF_UNNAMED}"
        )
    if filters.reviewed is not None:
        clauses.append(_of_status("<> 'unreviewed' and moved_from is null", negated=not filters.reviewed))
    for name, clause, value in _bound(db, filters):
        if value is not None:
            clauses.append(clause)
            values[name] = value
    return clauses, values


def of_articles(db: Database, filters: Filters) -> Conditions:
    """What a row of ``articles`` must fulfil: of the filters those that tell of an article."""
    _require(filters)
    bound = [one for one in _bound(db, filters) if one[0] in TELLING_OF_ARTICLES and one[2] is not None]
    return [clause.replace("article_id", "id") for _, clause, _ in bound], {name: value for name, _, value in bound}


def of_article(filters: Filters) -> Filters:
    """The filters without those that tell of a claim: what is asked of a text in which nobody is recorded."""
    return replace(Filters(), **{name: getattr(filters, name) for name in TELLING_OF_ARTICLES})


def counted_in(filters: Filters) -> str:
    """Where to count claims: in an index that has all that is asked, where it has, or in ``claim_rows``."""
    asked = {field.name for field in fields(filters) if getattr(filters, field.name) is not None}
    plain = asked <= {"kind", "article", "attitudes", "limit", "offset"}
    return "claims indexed by claims_counted" if plain else "claim_rows"


def broad(filters: Filters) -> bool:
    """Whether a good part of all claims passes."""
    return replace(filters, kind=None, named=None, attitudes=False, limit=None, offset=0) == Filters()


def _bound(db: Database, filters: Filters) -> Iterator[tuple[str, str, Any]]:
    """Name, clause and value of each filter that compares with a value."""
    speaker = None if filters.speaker is None else _json(speakers_named(db, filters.speaker))
    article = None if filters.article is None else _json(articles_called(db, filters.article))
    publisher = None if filters.publisher is None else _json(publishers_named(db, filters.publisher))
    tag = None if filters.tag is None else _bindable(filters.tag)
    yield "speaker", OF_THESE, speaker
    yield "article", _in("article_id", "article"), article
    yield "publisher", _in("publisher", "publisher"), publisher
    yield "kind", "kind = :kind", filters.kind
    yield "type", "speaker_kind = :type", filters.type
    yield "since", f"published >= :since and ({DATED})", filters.since
    yield "until", f"substr(published, 1, length(:until)) <= :until and ({DATED})", filters.until
    yield "status", "status = :status" if filters.status == "unreviewed" else _of_status("= :status"), filters.status
    yield "tag", f"claim_id in (select claim_uid from review_states where {_TAGGED})", tag
    yield "least", "confidence >= :least", filters.min_confidence
    yield "after", "(article_id, position) > (select article_id, position from claims where id = :after)", filters.after


_TAGGED = "instr('; ' || lower(tags) || '; ', '; ' || lower(trim(:tag)) || '; ')"  # a cell has them between semicolons


def _of_status(which: str, *, negated: bool = False) -> str:
    """Claims by the status of their reviews: a claim that nobody reviewed has no state."""
    return f"claim_id {'not ' if negated else ''}in (select claim_uid from review_states where status {which})"


def _in(column: str, name: str) -> str:
    return f"{column} in (select value from json_each(:{name}))"


# Narrows by index before the exact condition on the effective speaker: found, joined with it, or set by a reviewer.
OF_SPEAKERS = """id in (
    select id from claims where current and coalesce(given_id, speaker_id) in (
        select value from json_each(:speaker)
        union select id from speakers where into_id in (select value from json_each(:speaker)))
    union select c.id from review_states v join claims c on c.uid = v.claim_uid and c.current
        where v.speaker_id in (
            select value from json_each(:speaker)
            union select id from speakers where into_id in (select value from json_each(:speaker))))"""
OF_THESE = f"{OF_SPEAKERS} and {_in('speaker_id', 'speaker')}"
OF_UNNAMED = OF_SPEAKERS.replace(
    "select value from json_each(:speaker)", "select id from speakers where type = 'anonymous'"
)


def _require(filters: Filters) -> None:
    for name, day in (("since", filters.since), ("until", filters.until)):
        if day is not None and not _is_date(day):
            raise UsageError(f"--{name} {day!r} is not a date", "write 2016, 2016-05 or 2016-05-22")
    words = (("kind", filters.kind, get_args(Kind)), ("type", filters.type, get_args(SpeakerType)))
    for name, value, known in (*words, ("status", filters.status, STATUSES)):
        if value is not None and value not in known:
            raise UsageError(f"--{name} {value!r} is not known", f"one of {', '.join(known)}")
    for name, number in (("limit", filters.limit), ("offset", filters.offset)):
        if number is not None and not 0 <= number <= _LARGEST:
            raise UsageError(f"--{name} {number} is not a number of rows")


def _is_date(day: str) -> bool:
    """Whether it is a year, month or day of the calendar, in ISO form."""
    try:
        return bool(_DATE.fullmatch(day) and date.fromisoformat(f"{day}-01-01"[:10]))
    except ValueError:
        return False


def page(filters: Filters, values: dict[str, Any]) -> str:
    """The clause that takes one page; its numbers are bound."""
    values.update(limit=-1 if filters.limit is None else filters.limit, offset=filters.offset)
    return "limit :limit offset :offset"


def speakers_named(db: Database, name: str) -> list[int]:
    """Effective speakers with every word of ``name`` in one of their names or aliases, folded; "#12" is a number."""
    if _NUMBER.fullmatch(name):
        return effective(db, int(name[1:]))
    query = " ".join(f'"{word}"' for word in re.findall(r"\w+", fold(name)))
    return speakers_matching(db, query) if query else []


def speakers_matching(db: Database, query: str) -> list[int]:
    """Effective speakers for an FTS5 query over names: one that was merged into another stands for that other."""
    rows = db.query(
        """select distinct coalesce(s.into_id, s.id) as id from speaker_aliases a join speakers s on s.id = a.speaker_id
        where a.id in (select rowid from names_fts where names_fts match :query) order by 1""",
        {"query": query},
    )
    return [row["id"] for row in rows]


def near_names(db: Database, name: str, most: int = 3) -> list[str]:
    """Names of speakers with a word spelt much like one of this name's: for suggesting, never for finding."""
    from rapidfuzz import fuzz, process

    holders: dict[str, list[str]] = {}
    for row in db.query("select folded, name from speakers where type <> 'anonymous' order by id"):
        for word in row["folded"].split():
            holders.setdefault(word, []).append(row["name"])
    wanted, words = fold(name), list(holders)
    alike = (process.extract(word, words, scorer=fuzz.ratio, score_cutoff=NEAR_NAME) for word in wanted.split())
    names = dict.fromkeys(name for found in alike for word, _, _ in found for name in holders[word])
    return [name for name, _, _ in process.extract(wanted, list(names), scorer=fuzz.WRatio, processor=fold, limit=most)]


def effective(db: Database, number: int) -> list[int]:
    """The speaker whom a row of speakers stands for now, if there is such a row."""
    rows = db.query("select coalesce(into_id, id) as id from speakers where id = ?", [number])
    return [row["id"] for row in rows]


def articles_called(db: Database, key: str) -> list[int]:
    """Articles by uid or its beginning, row number, input id, url or place, or else by words of the title.

    Raises UsageError when there is none.
    """
    words = _bindable(key)
    found = list(_exactly(db, words)) or list(_titled(db, words))
    if not found:
        raise UsageError(f"no article is called {key!r}", "give its id, url, file, or words of its title")
    return found


def _bindable(words: str) -> str:
    """Words that SQLite takes: an argument that could not be decoded has lone surrogates."""
    return words.encode(errors="replace").decode()


def _exactly(db: Database, key: str) -> Iterable[int]:
    yield from _ids(db, "id = :key", row_number(key))
    if UID.fullmatch(key):
        yield from _ids(db, "uid >= :key and uid < :key || 'g'", key)
    yield from _ids(db, 'latest and (input_id = :key or url = :key or "where" = :key)', key or None)


def row_number(key: str) -> int | None:
    """A key as the number of a row, if it is one."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def _titled(db: Database, key: str) -> Iterable[int]:
    wanted = fold(key)
    for row in db.query('select id, title, "where" from articles where latest order by id'):
        if (wanted and wanted in fold(row["title"] or "")) or row["where"].endswith(f"/{key}"):
            yield row["id"]


def _ids(db: Database, clause: str, key: str | int | None) -> Iterable[int]:
    return [row["id"] for row in db.query(f"select id from articles where {clause} order by id", {"key": key})]


def publishers_named(db: Database, name: str) -> list[str]:
    """Outlets with this in their names, folded."""
    wanted = fold(name)
    return [outlet for outlet in _publishers(db) if wanted in fold(outlet)]


def near_publishers(db: Database, name: str, most: int = 3) -> list[str]:
    """Outlets spelt much like a name: for suggesting, never for finding."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        fold(name), _publishers(db), scorer=fuzz.WRatio, processor=fold, limit=most, score_cutoff=NEAR_NAME
    )
    return [outlet for outlet, _, _ in found]


def _publishers(db: Database) -> list[str]:
    rows = db.query("select distinct publisher from articles where publisher is not null order by publisher")
    return [row["publisher"] for row in rows]


def _json(values: object) -> str:
    return json.dumps(values)
