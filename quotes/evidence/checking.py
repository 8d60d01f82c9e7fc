"""Did anyone say this? The verdict on an alleged quotation, with everything that speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.evidence.bearers import bearing
from quotes.evidence.changes import Likeness
from quotes.evidence.comparison import compare
from quotes.evidence.credits import uncredited
from quotes.evidence.findings import FEW, NEAR, Finding, Row, find, graded, standing, surfaces
from quotes.evidence.splices import Piece, spliced
from quotes.store import Filters, Store
from quotes.store.filters import of_article

Verdict = Literal["exact", "near", "altered", "spliced", "idea", "text", "absent"]
SPOKEN: tuple[Verdict, ...] = ("exact", "near")
LOOKED_INTO = 10  # articles in which neighbouring claims are joined
NEAREST, IN_COMMON = 3, 2.0  # claims named where nothing else is found; how much tell the words that they share
AT_ONCE = 32  # candidates whose rows are read together, of all that share a word
PIECES = 3  # runs of words missing in the best claim that are looked for elsewhere


@dataclass(frozen=True)
class InText:
    """Words that stand in an article: its row without the text, and where."""

    article: Row
    text: str
    likeness: Likeness


@dataclass(frozen=True)
class Checked:
    """What the collection says of an alleged quotation.

    ``verdict``: "exact" and "near" where ``asked`` (or anybody, where nobody is asked about) said it, so or nearly so;
    "altered" where the words are nearly those, but a negation, a number or a name makes another statement of them;
    "spliced" where parts of them stand word for word, but in places of their own; "idea" where a claim shares only
    its telling words; "text" where the words stand in an article but nobody is recorded as saying them; "absent".
    ``found`` are claims of the one asked about, best and then earliest first; ``others`` those of other speakers;
    ``texts`` articles; ``pieces`` the parts of a splice, or else claims that have what the best one lacks; ``nearest``,
    where there is nothing else, rows of claims that share some telling words.
    ``narrowed``: other filters than the speaker left out a part of the collection.
    """

    alleged: str
    asked: str | None
    verdict: Verdict
    found: tuple[Finding, ...]
    others: tuple[Finding, ...]
    texts: tuple[InText, ...]
    pieces: tuple[Piece, ...]
    nearest: tuple[Row, ...] = ()
    narrowed: bool = False

    @property
    def said(self) -> bool:
        """Whether the one asked about, or anybody, said it, word for word or nearly; not if it is denied, or told."""
        return self.verdict in SPOKEN and not self.found[0].denied and self.found[0].teller is None

    @property
    def otherwise(self) -> tuple[Finding, ...]:
        """Where other outlets have a number, a "not" or an opposite in the words that the best claim has as alleged."""
        if not self.said or self.found[0].row["speaker_id"] is None:
            return ()
        speaker = self.found[0].row["speaker_id"]
        theirs = [one for one in self.found if one.row["speaker_id"] == speaker and one.row["publisher"]]
        same = {one.row["publisher"] for one in theirs if one.grade in SPOKEN and not one.likeness.altered}
        return tuple(one for one in theirs if one.reworded and one.row["publisher"] not in same)

    @property
    def misattributed(self) -> bool:
        """Whether somebody said it, but not the one asked about."""
        told = bool(self.found) and self.found[0].teller is not None
        return not (self.said or told) and bool(self.others) and self.others[0].grade in SPOKEN


def check(store: Store, alleged: str, filters: Filters | None = None) -> Checked:
    """Did anyone say this? ``filters.speaker`` is who is said to have said it; other filters narrow the collection.

    A quotation may be a fragment of a longer one, or run over several claims of a speaker in one article. Whoever is
    only described by the name asked about (an official of the Obama administration) is not meant by it, and claims that
    a person rejected say nothing. A credit pasted with it ("…", she said; "…" – Ada Quill) is left away.
    Raises UsageError where there is no word to look for, or more than 400.
    """
    alleged = uncredited(alleged)
    filters = replace(filters or Filters(), limit=None, offset=0)
    asked = replace(filters, speaker=None)
    alone = find(store, alleged, filters)
    theirs = _bearers(store, alone, filters.speaker)
    everybody = [] if filters.speaker is None else find(store, alleged, asked)
    alone, everybody = (list(_told(some, [*alone, *everybody])) for some in (alone, everybody))
    by_them = tuple(one for one in _together(store, alleged, alone, filters) if one.row["speaker_id"] in theirs)
    others = tuple(one for one in _together(store, alleged, everybody, asked) if one.row["speaker_id"] not in theirs)
    found = sorted((*by_them, *others), key=lambda finding: finding.order)
    best = by_them[0] if by_them else None
    parts = () if _whole(best) else spliced(alleged, [o for o in (*alone, *everybody) if o.row["speaker_id"] in theirs])
    texts = () if best and best.grade == "exact" else _in_texts(store, alleged, filters, found)
    verdict: Verdict = "spliced" if parts else _verdict(best)
    if verdict not in (*SPOKEN, "altered", "spliced") and texts and not (others and others[0].grade in SPOKEN):
        verdict = "text"
    broken = bool(found) and found[0].grade != "exact" and verdict != "spliced"
    pieces = parts or (tuple(_pieces(store, alleged, found[0], asked)) if broken else ())
    nearest = () if found or texts or parts else tuple(_nearest(store, alleged, asked))
    narrowed = asked != Filters(attitudes=filters.attitudes)
    return Checked(alleged, filters.speaker, verdict, by_them, others, texts, pieces, nearest, narrowed)


def _told(found: Iterable[Finding], everything: Sequence[Finding]) -> Iterator[Finding]:
    """What was found, each with its teller: whose quotation has it as what somebody else says."""
    framing = [one for one in everything if one.likeness.under]
    for one in found:
        around = (other.row for other in framing if _within(one.row, other.row))
        yield replace(one, teller=next(around, None))


def _within(one: Row, other: Row) -> bool:
    """Whether a claim stands inside that of another speaker."""
    same, own = (one[key] == other[key] for key in ("article_id", "speaker_id"))
    return bool(same and not own and other["start"] <= one["start"] and one["end"] <= other["end"])


def _bearers(store: Store, found: Sequence[Finding], name: str | None) -> set[int | None]:
    """The speakers of what was found who bear the name asked about; all of them where none is."""
    speakers: set[int | None] = {finding.row["speaker_id"] for finding in found}
    return speakers if name is None else {*bearing(store, (one for one in speakers if one is not None), name)}


def _whole(best: Finding | None) -> bool:
    """Has one place, or several claims in a row, all the words?"""
    return best is not None and _verdict(best) in (*SPOKEN, "altered") and not best.likeness.missed


def _verdict(best: Finding | None) -> Verdict:
    if best is None or best.grade == "part":
        return "absent"
    if best.spliced and all(change.kind in ("omission", "ellipsis") for change in best.likeness.changes):
        return "spliced"
    return "altered" if best.grade == "near" and best.likeness.altered else "spliced" if best.spliced else best.grade


def _nearest(store: Store, alleged: str, filters: Filters) -> list[Row]:
    """Claims that share the most telling words; a word that only one text in seven has is enough."""
    shared = store.sharing(surfaces(alleged), filters)
    weights = store.telling({word for one in shared for word in one.words})
    told = {one.id: sum(weights[word] for word in one.words) for one in shared}
    nearest = sorted((number for number in told if told[number] >= IN_COMMON), key=lambda number: -told[number])
    found: list[Row] = []
    for at in range(0, len(nearest), AT_ONCE):
        found += standing(store.chosen(nearest[at : at + AT_ONCE], filters), filters)
        if len(found) >= NEAREST:
            break
    return found[:NEAREST]


def _together(store: Store, alleged: str, alone: Sequence[Finding], filters: Filters) -> list[Finding]:
    """The claims that have the words or the idea, each alone or several together; best first."""
    found = [*alone, *_joined(store, alleged, alone, filters)]
    return sorted((one for one in found if one.grade != "part"), key=lambda finding: finding.order)


def _joined(store: Store, alleged: str, found: Sequence[Finding], filters: Filters) -> Iterator[Finding]:
    """Claims of one speaker in one article that have more of the words together than any of them alone."""
    best: dict[tuple[int, int], Finding] = {}
    for finding in found:
        if finding.row["speaker_id"] is not None:  # two whom nobody knows need not be one
            best.setdefault((finding.row["article_id"], finding.row["speaker_id"]), finding)
    for (article, speaker), one in list(best.items())[:LOOKED_INTO]:
        if one.likeness.missed:
            said = store.claims(replace(filters, article=one.row["article_uid"]))
            own = [row for row in said if (row["article_id"], row["speaker_id"]) == (article, speaker)]
            together = _run(alleged, standing(own, filters))
            if together and together.likeness.same > one.likeness.same + 1:
                yield together


def _run(alleged: str, rows: Sequence[Row]) -> Finding | None:
    """Of a speaker's claims the first to the last that hold some of the words, as one text: none between is lost."""
    whole = _joint(rows)
    place = compare(alleged, whole).extent
    touched, at = [], 0
    for row in rows:
        if place.start < at + len(row["quote"]) and place.end > at:
            touched.append(row)
        at += len(row["quote"]) + 1
    text = _joint(touched)
    likeness = compare(alleged, text)
    grade = graded(likeness)
    return Finding(tuple(touched), text, likeness, grade) if grade and len(touched) > 1 else None


def _joint(rows: Sequence[Row]) -> str:
    return " ".join(row["quote"] for row in rows)


def _in_texts(store: Store, alleged: str, filters: Filters, found: Sequence[Finding]) -> tuple[InText, ...]:
    """Articles that have more of the words than any claim of theirs, those that have them so first.

    Filters of claims hide no claim here: whom they leave out is recorded all the same.
    """
    everything = of_article(filters)
    hidden = find(store, alleged, everything) if everything != filters else []
    texts = _standing_in(store, alleged, everything, [*found, *hidden])
    return tuple(sorted(texts, key=lambda text: (text.likeness.altered, -text.likeness.similarity)))


def _standing_in(store: Store, alleged: str, filters: Filters, found: Sequence[Finding]) -> Iterator[InText]:
    known: dict[int, int] = {}
    for finding in found:
        article = finding.row["article_id"]
        known[article] = max(known.get(article, 0), finding.likeness.same)
    for article in store.texts(alleged, filters):
        text = article.pop("text")
        likeness = compare(alleged, text, spoken=False)
        more = likeness.same > known.get(article["id"], 0)
        if more and likeness.similarity >= NEAR and likeness.same >= FEW:
            yield InText(article, text, likeness)


def _pieces(store: Store, alleged: str, best: Finding, filters: Filters) -> Iterator[Piece]:
    for missed in best.likeness.missed[:PIECES]:
        [*found] = find(store, missed.of(alleged), filters)
        for finding in found[:1]:
            if finding.grade == "exact" and finding.row["id"] not in {row["id"] for row in best.rows}:
                yield Piece(missed, finding)
