"""Predicted attributions against gold ones: words, spans, whole attributions and speakers.

Documents are plain dicts as ``quotes extract --nl`` prints them, matched by ``id``; gold ones also carry ``text``.
Spans are compared as sets of words, so quotation marks and spaces at the edges never decide. A measure is a triple
of counts (right, found, gold). Intervals are percentiles of a bootstrap over documents, with a fixed seed.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import UsageError

Document = dict[str, Any]
Counts = dict[str, tuple[int, int, int]]
Words = frozenset[int]

ROLES = ("source", "cue", "content")
OVERLAPS = (1.0, 0.8, 0.5)
WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")


@dataclass(frozen=True)
class Pair:
    """An attribution with its roles as sets of word numbers."""

    row: dict[str, Any]
    content: Words
    source: Words


def read(path: str | Path, *, gold: bool = False) -> dict[str, Document]:
    """Documents of a JSON Lines file (``.gz`` or plain) by id; ``gold`` ones must have text and attributions too.

    Raises UsageError for a file that cannot be read, is none, or has a document that cannot be scored.
    """
    path = Path(path)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as stream:
            documents = {number: json.loads(line) for number, line in enumerate(stream, 1) if line.strip()}
    except (OSError, EOFError) as error:
        raise UsageError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not JSON Lines: {error}") from error
    for number, document in documents.items():
        _require(document, gold, f"{path}:{number}")
    return {document["id"]: document for document in documents.values()}


def _require(document: Any, gold: bool, where: str) -> None:
    """Raise UsageError for what is no document, or no gold one."""
    kinds = {"attributions": list, "text": str}
    if not isinstance(document, dict) or not isinstance(document.get("id"), str | int | float):
        raise UsageError(f"{where} is no document with an id", "one JSON object a line, as quotes extract --nl prints")
    for key, kind in kinds.items():
        if (gold or key in document) and not isinstance(document.get(key), kind):
            raise UsageError(
                f"{where} has no {key}" + (", which a gold document needs" if gold else " of the right form"),
                "the gold file comes first: quotes score gold.jsonl predicted.jsonl",
            )
    for row in document.get("attributions", []):
        if not _is_attribution(row):
            raise UsageError(f"{where} has an attribution of another form", "roles are lists of [start, end]")


def _is_attribution(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and all(_are_extents(row.get(role) or []) for role in ROLES)
        and isinstance(row.get("speaker") or "", str)
    )


def _are_extents(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(pair, list)
        and len(pair) == 2
        and all(type(place) is int for place in pair)
        and 0 <= pair[0] <= pair[1]
        for pair in found
    )


def score(gold: dict[str, Document], predicted: dict[str, Document]) -> Counts:
    """Counts of every measure over all gold documents; one without a prediction counts as nothing found."""
    return add(score_document(d, predicted.get(key, {})) for key, d in gold.items())


def add(parts: Any) -> Counts:
    """The sum of counts, measure by measure."""
    total: dict[str, list[int]] = {}
    for counts in parts:
        for measure, triple in counts.items():
            row = total.setdefault(measure, [0, 0, 0])
            for i, n in enumerate(triple):
                row[i] += n
    return {measure: (a, b, c) for measure, (a, b, c) in total.items()}


def ratios(counts: tuple[int, int, int]) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where nothing can be divided."""
    right, found, gold = counts
    precision, recall = (right / found if found else 0.0), (right / gold if gold else 0.0)
    both = precision + recall
    return precision, recall, (2 * precision * recall / both if both else 0.0)


def bands(
    gold: dict[str, Document], predicted: dict[str, Document], *, rounds: int = 400, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """For each measure the interval of F1 that holds ``level`` of the bootstrap samples of documents."""
    parts = [score_document(d, predicted.get(key, {})) for key, d in gold.items()]
    rng = random.Random(0)  # noqa: S311 - a sample, not a secret
    samples: dict[str, list[float]] = {}
    for _ in range(rounds):
        for measure, counts in add(rng.choices(parts, k=len(parts))).items():
            samples.setdefault(measure, []).append(ratios(counts)[2])
    edge = (1 - level) / 2
    return {m: (quantile(v, edge), quantile(v, 1 - edge)) for m, v in samples.items()}


def quantile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def score_document(gold: Document, predicted: Document) -> Counts:
    """Counts of every measure for one document."""
    words = [m.span() for m in WORD.finditer(gold["text"])]
    found, wanted = predicted.get("attributions", []), gold["attributions"]
    counts: Counts = {}
    for role in ROLES:
        counts |= _spans(role, _pieces(found, role, words), _pieces(wanted, role, words))
    speakers = any("speaker" in row for row in wanted)
    if speakers:
        counts["words:speaker"] = _overlap(_said(found, words), _said(wanted, words))
    ours, theirs = _pairs(found, words), _pairs(wanted, words)
    for least in OVERLAPS:
        matched = match(ours, theirs, least)
        sizes = (len(ours), len(theirs))
        counts[f"content>={least}"] = (len(matched), *sizes)
        counts[f"attribution>={least}"] = (sum(_same_source(a, b) for a, b in matched), *sizes)
    counts |= _by_kind(matched, theirs)
    if speakers:
        named = sum(_same_name(a, b) for a, b in matched)
        wrong = sum(bool(plain(a.row.get("speaker"))) and not _same_name(a, b) for a, b in matched)
        counts["speaker>=0.5"] = (named, len(ours), len(theirs))
        counts["wrong-name"] = (wrong, len(matched), len(matched))
    return counts


def match(ours: list[Pair], theirs: list[Pair], least: float) -> list[tuple[Pair, Pair]]:
    """One-to-one matches by overlap of content (intersection over union), best first, document order on ties."""
    at: dict[int, list[int]] = {}  # gold pairs by word: only those that share one are compared
    for j, b in enumerate(theirs):
        for word in b.content:
            at.setdefault(word, []).append(j)
    scored = []
    for i, a in enumerate(ours):
        for j, shared in Counter(j for word in a.content for j in at.get(word, ())).items():
            scored.append((-shared / (len(a.content) + len(theirs[j].content) - shared), i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    matched = []
    for overlap, i, j in sorted(scored):
        if -overlap >= least and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            matched.append((ours[i], theirs[j]))
    return matched


def plain(name: str | None) -> str:
    """A name for comparison: without accents, case, punctuation or leading article."""
    folded = unicodedata.normalize("NFKD", name or "")
    letters = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    single = re.sub(r"\s+", " ", re.sub(r"[^\w ]+", " ", letters))
    return re.sub(r"^(the|a|an) ", "", single.strip())


def errors(gold: dict[str, Document], predicted: dict[str, Document]) -> Iterator[dict[str, str]]:
    """What went wrong, one dict an error: ``id, error, gold, found, source, speaker`` as text.

    Errors are ``missed``, ``invented``, ``wrong source`` and ``wrong speaker``, at an overlap of one half.
    """
    for key, document in gold.items():
        text = document["text"]
        words = [m.span() for m in WORD.finditer(text)]
        ours = _pairs(predicted.get(key, {}).get("attributions", []), words)
        theirs = _pairs(document["attributions"], words)
        matched = match(ours, theirs, 0.5)
        for pair in (p for p in theirs if not any(p is b for _, b in matched)):
            yield _error(key, text, "missed", None, pair.row)
        for pair in (p for p in ours if not any(p is a for a, _ in matched)):
            yield _error(key, text, "invented", pair.row, None)
        for a, b in matched:
            if not _same_source(a, b):
                yield _error(key, text, "wrong source", a.row, b.row)
            elif "speaker" in b.row and not _same_name(a, b):
                yield _error(key, text, "wrong speaker", a.row, b.row)


def unmatched(gold: Document, predicted: Document) -> list[dict[str, Any]]:
    """Predicted rows that match no gold one by half with the source right."""
    words = [m.span() for m in WORD.finditer(gold["text"])]
    ours = _pairs(predicted.get("attributions", []), words)
    matched = match(ours, _pairs(gold["attributions"], words), 0.5)
    right = [a for a, b in matched if _same_source(a, b)]
    return [p.row for p in ours if not any(p is a for a in right)]


def _error(key: str, text: str, kind: str, found: Any, gold: Any) -> dict[str, str]:
    def words(row: Any, role: str) -> str:
        return " … ".join(text[s:e] for s, e in (row or {}).get(role) or [])

    return {
        "id": key,
        "error": kind,
        "gold": words(gold, "content"),
        "found": words(found, "content"),
        "gold_source": words(gold, "source"),
        "found_source": words(found, "source"),
        "gold_speaker": (gold or {}).get("speaker") or "",
        "found_speaker": (found or {}).get("speaker") or "",
    }


def _covered(extents: list[list[int]], words: list[tuple[int, int]]) -> Words:
    return frozenset(i for i, (a, b) in enumerate(words) if any(a < e and b > s for s, e in extents))


def _pieces(rows: list[Any], role: str, words: list[tuple[int, int]]) -> set[Words]:
    return {piece for row in rows for extent in row.get(role) or [] if (piece := _covered([extent], words))}


def _pairs(rows: list[Any], words: list[tuple[int, int]]) -> list[Pair]:
    pairs = [Pair(r, _covered(r.get("content") or [], words), _covered(r.get("source") or [], words)) for r in rows]
    return [p for p in pairs if p.content]


def _overlap(ours: Any, theirs: Any) -> tuple[int, int, int]:
    return len(ours & theirs), len(ours), len(theirs)


def _spans(role: str, ours: set[Words], theirs: set[Words]) -> Counts:
    every = Words().union
    return {f"span:{role}": _overlap(ours, theirs), f"words:{role}": _overlap(every(*ours), every(*theirs))}


def _said(rows: list[Any], words: list[tuple[int, int]]) -> set[tuple[int, str]]:
    return {(i, plain(row.get("speaker"))) for row in rows for i in _covered(row.get("content") or [], words)}


def _same_source(ours: Pair, theirs: Pair) -> bool:
    return bool(ours.source & theirs.source) or not (ours.source or theirs.source)


def _same_name(ours: Pair, theirs: Pair) -> bool:
    return plain(ours.row.get("speaker")) == plain(theirs.row.get("speaker"))


def _by_kind(matched: list[tuple[Pair, Pair]], theirs: list[Pair]) -> Counts:
    kinds = sorted({str(p.row["kind"]) for p in theirs if p.row.get("kind")})
    found = {k: sum(b.row.get("kind") == k for _, b in matched) for k in kinds}
    return {f"recall:{k}": (found[k], found[k], sum(p.row.get("kind") == k for p in theirs)) for k in kinds}
