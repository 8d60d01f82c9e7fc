"""Who may be the same: pairs of speakers whose names allow it, with what speaks for it and against it.

Names are never compared pair by pair throughout: only within blocks of a surname, an acronym, or the consonants of a
name (blocking; Christen, Data Matching, 2012), so that 100,000 speakers take seconds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Any

from sqlite_utils import Database

from quotes.store import spellings
from quotes.store.folding import fold
from quotes.store.statements import every

Row = dict[str, Any]
MOST_OF_A_BLOCK = 60  # candidates looked at in a block, those with most claims
EVIDENCE = 2000  # pairs, the likeliest by name, whose evidence is looked up
SHARED, SHARED_MOST, CLASH, OUTLET, NEAR, LATE = 0.12, 0.3, 0.15, 0.03, 0.04, 0.1
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "us"])
_SOUNDS = tuple(
    pair.split("-")
    for pair in "kh-h gh-g ph-f sch-sh tch-sh ch-sh dj-j zh-j ck-k q-k c-k g-k y- w-v x-ks z-s".split()  # noqa: SIM905
)
_PEOPLE = """select s.id as speaker_id, coalesce(s.given_name, s.name) as speaker, s.type as speaker_kind, s.key,
        s.scope, s.field, count(c.id) as claims
    from speakers m join claims c on c.current and coalesce(c.given_id, c.speaker_id) = m.id
    join speakers s on s.id = coalesce(m.into_id, m.id)
    where s.type in ('person', 'organisation')
    group by s.id order by claims desc, s.id"""


@dataclass
class Pair:
    """Two speakers who may be one, and why: ``one`` would become ``other``."""

    one: Row
    other: Row
    score: float
    reasons: list[str]
    doubts: list[str] = field(default_factory=list)


def suggest(db: Database, limit: int | None) -> Iterator[Row]:
    """See ``Store.suggestions``."""
    rows = list(every(db, _PEOPLE))
    pairs: dict[tuple[int, int], Pair] = {}
    for pair in (*_people(rows), *_bodies(rows)):
        ends = tuple(sorted((pair.one["speaker_id"], pair.other["speaker_id"])))
        known = pairs.get((ends[0], ends[1]))
        if known is None or known.score < pair.score:
            pairs[ends[0], ends[1]] = pair
    likely = sorted(pairs.values(), key=_order)[:EVIDENCE]
    weighed = [pair for pair in _weighed(db, likely) if pair.score > 0]
    for pair in sorted(weighed, key=_order)[:limit]:
        yield _row(pair)


def _order(pair: Pair) -> tuple[float, int, int, int]:
    size = pair.one["claims"] + pair.other["claims"]
    return -round(pair.score, 3), -size, pair.one["speaker_id"], pair.other["speaker_id"]


def _row(pair: Pair) -> Row:
    one, other = pair.one, pair.other
    return {
        "score": round(pair.score, 2),
        **{name: one[name] for name in ("speaker_id", "speaker", "speaker_kind", "claims")},
        **{f"other_{name}": other[name] for name in ("speaker_id", "speaker", "speaker_kind", "claims")},
        "evidence_for": "; ".join(pair.reasons),
        "evidence_against": "; ".join(pair.doubts) or None,
        "command": f"quotes speaker merge {one['speaker_id']} {other['speaker_id']}",
    }


def _pair(one: Row, other: Row, score: float, reason: str, *doubts: str) -> Pair:
    """The pair, the one of the shorter name or fewer claims first: it would become the other."""
    first, second = sorted((one, other), key=_standing)
    return Pair(first, second, score, [reason], list(doubts))


def _standing(row: Row) -> tuple[bool, int, int, int]:
    words = len(row["key"].split())
    return words > 1, row["claims"], words, -row["speaker_id"]


# People


def _people(rows: Iterable[Row]) -> Iterator[Pair]:
    full, bare, sounds = (defaultdict[str, list[Row]](list) for _ in range(3))
    for row in rows:
        if row["speaker_kind"] == "person":
            words, suffix = spellings.split_suffix(tuple(row["key"].split()))
            row |= {"words": words, "suffix": suffix}
            if len(words) > 1:
                full[words[-1]].append(row)
                sounds[" ".join(map(consonants, (words[0], words[-1])))].append(row)
            else:
                bare[words[0]].append(row)
    for surname, named in full.items():
        yield from _same_surname(named)
        yield from _surname_alone(bare.get(surname, []), named)
    for name, alone in bare.items():
        if name not in full:
            yield from _same_bare(alone)
    for named in sounds.values():
        yield from _same_sound(named)


def _same_surname(named: list[Row]) -> Iterator[Pair]:
    """Full names of one surname whose given names agree, blocked by what these may be short for."""
    blocks = defaultdict[str, list[Row]](list)
    for row in named:
        for name in {row["words"][0][:1], *_longer(row["words"][0])}:
            blocks[name].append(row)
    for name, block in blocks.items():
        for one, other in combinations(block[:MOST_OF_A_BLOCK], 2):
            initials = len(name) == 1
            if initials == (len(one["words"][0]) == 1 or len(other["words"][0]) == 1) and not excluded(one, other):
                yield _compared(one, other)


def _compared(one: Row, other: Row) -> Pair:
    given, another = one["words"][0], other["words"][0]
    middles = one["words"][1:-1], other["words"][1:-1]
    if one["key"] == other["key"] and one["field"] and other["field"]:
        return _pair(one, other, 0.2, "the same name", f"two walks of life: {one['field']} and {other['field']}")
    if one["key"] == other["key"]:
        return _pair(one, other, 0.6, "the same name")
    if given == another:
        doubt = [] if all(middles) else ["a middle name or initial in one only"]
        return _pair(one, other, 0.4, "the same first and last name", *doubt)
    if min(len(given), len(another)) == 1:
        return _pair(one, other, 0.35, "an initial that fits", "an initial fits many")
    return _pair(one, other, 0.5, f"{given.title()} and {another.title()} are forms of one name")


def excluded(one: Row, other: Row) -> bool:
    """Do the names rule out that these are one? Suffixes, middle initials or names that clash."""
    if one["suffix"] != other["suffix"]:
        return True
    middles = list(zip(one["words"][1:-1], other["words"][1:-1], strict=False))
    return any(not (a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])) for a, b in middles)


def _surname_alone(alone: list[Row], named: list[Row]) -> Iterator[Pair]:
    """A surname alone, and those who bear it: few of them, or it says nothing."""
    others = len(named) - 1
    doubts = [f"borne by {others + 1:,} people"] if others else []
    for one in alone:
        for other in named[:3]:
            score = 0.45 / (1 + others)
            yield Pair(one, other, score, ["the only one of this surname" if not others else "the surname"], doubts[:])


def _same_bare(alone: list[Row]) -> Iterator[Pair]:
    """The same name alone in several articles: each with the one who says most."""
    for other in alone[1:]:
        yield _pair(other, alone[0], 0.3, "the same name alone", "it has one word")


def _same_sound(named: list[Row]) -> Iterator[Pair]:
    for one, other in combinations(named[:MOST_OF_A_BLOCK], 2):
        apart = one["key"] != other["key"] and one["words"][-1] != other["words"][-1]
        like = one["words"][0][0] == other["words"][0][0] or one["words"][-1][0] == other["words"][-1][0]
        if apart and like and not excluded(one, other):
            yield _pair(one, other, 0.4, "the same consonants: perhaps another transliteration")


@lru_cache(maxsize=1 << 16)
def consonants(word: str) -> str:
    """What most transliterations of a name share: its consonants, doubled ones once.

    >>> consonants("mohammed") == consonants("muhamad"), consonants("qaddafi") == consonants("gadafi")
    (True, True)
    """
    for sound, plain in _SOUNDS:
        word = word.replace(sound, plain)
    kept = [char for at, char in enumerate(word) if char not in "aeiou'" or (at == 0 and len(word) < 4)]
    return "".join(char for at, char in enumerate(kept) if not at or kept[at - 1] != char)


@lru_cache(maxsize=1 << 16)
def _longer(given: str) -> frozenset[str]:
    return spellings.short_forms().get(given, frozenset()) | {given} if len(given) > 1 else frozenset()


# Bodies


def _bodies(rows: Iterable[Row]) -> Iterator[Pair]:
    short, long, begins = (defaultdict[str, list[Row]](list) for _ in range(3))
    for row in rows:
        if row["speaker_kind"] == "organisation":
            words = row["key"].split()
            if len(words) == 1:
                short[words[0]].append(row)
            elif not row["scope"]:
                long["".join(word[0] for word in words if word not in _SMALL)].append(row)
                long["".join(word[0] for word in words)].append(row)
                begins[words[0]].append(row)
    for name, ones in short.items():
        for one in ones[:MOST_OF_A_BLOCK]:
            fitting = {row["speaker_id"]: row for row in long.get(name, ())} if len(name) > 1 else {}
            doubts = [f"of {len(fitting)} bodies"] if len(fitting) > 1 else []
            for other in list(fitting.values())[:3]:
                yield Pair(one, other, 0.55 / len(fitting), [f"{one['speaker']} are the initials"], doubts[:])
            longer = begins.get(name, [])
            if len(longer) == 1 and not one["scope"]:
                yield Pair(one, longer[0], 0.35, ["the only longer name that begins so"])


# Evidence

_EVIDENCE = """select coalesce(m.into_id, m.id) as id, nullif(c.role, '') as role, a.identity, a.publisher,
        min(substr(a.published, 1, 10)) as first, max(substr(a.published, 1, 10)) as last
    from speakers m join claims c on c.current and coalesce(c.given_id, c.speaker_id) = m.id
    join articles a on a.id = c.article_id
    where m.id in (select value from json_each(:ids)) or m.into_id in (select value from json_each(:ids))
    group by 1, 2, 3, 4"""


def _weighed(db: Database, pairs: list[Pair]) -> Iterator[Pair]:
    """Pairs with what their articles show, without those whom one article tells apart."""
    ids = {row["speaker_id"] for pair in pairs for row in (pair.one, pair.other)}
    seen = defaultdict[int, list[Row]](list)
    for row in db.query(_EVIDENCE, {"ids": json.dumps(sorted(ids))}):
        seen[row["id"]].append(row)
    for pair in pairs:
        one, other = seen[pair.one["speaker_id"]], seen[pair.other["speaker_id"]]
        if {row["identity"] for row in one}.isdisjoint(row["identity"] for row in other):
            _weigh(pair, one, other)
            yield pair


def _weigh(pair: Pair, one: list[Row], other: list[Row]) -> None:
    roles = _role_words(one), _role_words(other)
    shared = sorted(roles[0] & roles[1])
    if shared:
        pair.score += min(SHARED * len(shared), SHARED_MOST)
        pair.reasons.append(f"roles share {', '.join(shared[:4])}")
    elif all(roles):
        pair.score -= CLASH
        pair.doubts.append(f"roles differ: {_role(one)} / {_role(other)}")
    outlets = sorted({row["publisher"] for row in one} & {row["publisher"] for row in other} - {None})
    if outlets:
        pair.score += OUTLET
        pair.reasons.append(f"both in {outlets[0]}")
    years = _years_apart(one, other)
    if years is not None:
        pair.score += NEAR if not years else -min(LATE, 0.01 * years)
        (pair.doubts if years > 1 else pair.reasons).append(f"{years} years apart" if years > 1 else "the same time")


def _role(rows: Iterable[Row]) -> str:
    return max((str(row["role"]) for row in rows if row["role"]), key=lambda role: (len(role), role))


def _role_words(rows: Iterable[Row]) -> set[str]:
    """The words of the printed roles that say something."""
    words = {word for row in rows if row["role"] for word in fold(row["role"]).split()}
    return {word for word in words if len(word) > 2 and word not in _SMALL}


def _years_apart(one: list[Row], other: list[Row]) -> int | None:
    """Whole years between the two spans of publication; None where a date is missing."""
    spans = []
    for rows in (one, other):
        days = [day[:4] for row in rows for day in (row["first"], row["last"]) if day and day[:4].isdigit()]
        if not days:
            return None
        spans.append((int(min(days)), int(max(days))))
    (first, last), (begin, end) = spans
    return max(0, begin - last, first - end)
