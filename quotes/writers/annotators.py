"""Articles with their claims for tools that annotate and train: Label Studio, doccano, spaCy.

A document is an article's row with its ``text`` and the rows of its claims. Offsets are code points of the text,
which is how both annotators count (Label Studio since 1.5: its pull request 1559).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from quotes.models import Attribution, Claim, Extent, Extents, Resolution, Speaker, Via
from quotes.writers.texts import json_text

Row = Mapping[str, Any]
Document = tuple[Row, Sequence[Row]]

ROLES = {"source_extents": "SOURCE", "cue_extents": "CUE", "content": "CONTENT"}


def write_label_studio(documents: Iterable[Document], stream: TextIO) -> int:
    """Tasks of Label Studio with the claims as predictions: spans, and relations from content to source and cue.

    They fit a labelling interface with ``<Labels name="label" toName="text">`` (SOURCE, CUE, CONTENT) and
    ``<Text name="text" value="$text"/>``.
    """
    count = 0
    stream.write("[")
    for count, (article, claims) in enumerate(documents, 1):
        spans = [_region(*span) for span in _spans(claims)]
        relations = [
            {"type": "relation", "from_id": a, "to_id": b, "direction": "right", "labels": [name]}
            for a, b, name in _relations(claims)
        ]
        task = {
            "data": {"text": article["text"], "id": article["uid"], "title": article["title"] or ""},
            "predictions": [{"model_version": claims[0]["model"] if claims else "", "result": spans + relations}],
        }
        stream.write(("\n" if count == 1 else ",\n") + json_text(task))
    stream.write("\n]\n" if count else "]\n")
    return count


def write_doccano(documents: Iterable[Document], stream: TextIO) -> int:
    """JSON Lines for doccano's sequence labelling with relations."""
    count = 0
    for count, (article, claims) in enumerate(documents, 1):  # noqa: B007 - the last value is the answer
        numbers: dict[str, int] = {}
        entities = []
        for name, label, (start, end, _) in _spans(claims):
            numbers[name] = len(numbers)
            entities.append({"id": numbers[name], "label": label, "start_offset": start, "end_offset": end})
        relations = [
            {"id": nth, "from_id": numbers[a], "to_id": numbers[b], "type": name}
            for nth, (a, b, name) in enumerate(_relations(claims))
        ]
        row = {"text": article["text"], "id": article["uid"], "entities": entities, "relations": relations}
        stream.write(json_text(row) + "\n")
    return count


def docbin(documents: Iterable[Document], language: str = "en") -> tuple[bytes, int]:
    """A spaCy DocBin, and how many Docs it has: their claims in ``doc.spans["claims"]``, as the pipeline leaves them.

    ``doc.user_data`` has the article's uid, title and url. A DocBin is one piece: memory grows with it.
    """
    import spacy
    from spacy.tokens import DocBin

    from quotes.layers import put_claims

    nlp, found = spacy.blank(language), DocBin(store_user_data=True)
    nlp.max_length = 10**9  # of a parser's memory, and there is none
    for article, claims in documents:
        doc = nlp.make_doc(article["text"])
        put_claims(doc, [claim_of(row) for row in claims])
        doc.user_data.update({name: article[name] for name in ("uid", "title", "url")})
        found.add(doc)
    return found.to_bytes(), len(found)


def claim_of(row: Row) -> Claim:
    """A claim's row as the noun: what was stored, and what people corrected."""
    seen = Attribution(
        _extents(row["content"]), _extents(row["cue_extents"]), _extents(row["source_extents"]),
        kind=row["kind"], mode=row["mode"], negated=row["negated"], hearsay=row["hearsay"], lemma=row["lemma"],
        stance=row["stance"], cited=_chained(row, told=False), told=_chained(row, told=True),
        detector=row["detector"], confidence=row["confidence"],
    )  # fmt: skip
    who = Speaker(row["speaker"], row["speaker_kind"], row["role"] or "") if row["speaker"] else None
    resolved = Resolution(who, row["method"], _extents(row["mentions"]), row["speaker_confidence"])
    return Claim(seen, resolved, tuple(_via(link) for link in row["chain"]))


def _via(link: Row) -> Via:
    who = Speaker(link["speaker"], link["speaker_kind"]) if link["speaker"] else None
    return Via(link["relation"], Extent(link["start"], link["end"]), Resolution(who))


def _chained(row: Row, *, told: bool) -> Extents:
    return tuple(Extent(k["start"], k["end"]) for k in row["chain"] if (k["relation"] == "told") == told)


def _extents(parts: Iterable[Sequence[Any]]) -> Extents:
    return tuple(Extent(start, end) for start, end, _ in parts)


def _spans(claims: Iterable[Row]) -> Iterator[tuple[str, str, Sequence[Any]]]:
    """Name, label and place of every span."""
    for row in claims:
        for role, label in ROLES.items():
            for nth, part in enumerate(row[role]):
                yield f"{row['claim_id']}-{label}-{nth}", label, part


def _relations(claims: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """From the first piece of a content to its further pieces, its cue and its source."""
    for row in claims:
        first = f"{row['claim_id']}-CONTENT-0"
        for role, label in ROLES.items():
            for nth in range(len(row[role])):
                if (other := f"{row['claim_id']}-{label}-{nth}") != first:
                    yield first, other, "continued" if label == "CONTENT" else label.lower()


def _region(name: str, label: str, part: Sequence[Any]) -> dict[str, Any]:
    start, end, words = part
    value = {"start": start, "end": end, "text": words, "labels": [label]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
