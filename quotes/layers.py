"""What a Doc carries: labelled span groups for people and displacy, plain rows in their ``attrs`` for exactness.

A span group holds whole tokens, while a claim may begin or end inside one ("US-led" cut by the article itself), so
the rows are the truth and the spans a view of it. Both survive ``to_bytes``, ``DocBin`` and ``nlp.pipe(n_process=2)``,
which attributes of ``doc._`` do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quotes.models import Attribution, Claim, Extent, Extents, Link, Name, Resolution, Speaker, Via
from quotes.offsets import span_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEARNED, RULES, DECIDED, CLAIMS = "quotes_learned", "quotes_rules", "attributions", "claims"
NAMES, LINKS = "names", "quotes_links"


def put_attributions(doc: Doc, key: str, attributions: Sequence[Attribution]) -> None:
    """Spans labelled SOURCE, CUE and CONTENT; those of one ``span.id_`` form one attribution."""
    _put(doc, key, [asdict(a) for a in attributions], _labelled(attributions))


def attributions(doc: Doc, key: str = DECIDED) -> list[Attribution]:
    """The attributions of a layer, empty if it was never made."""
    return [attribution(row) for row in _rows(doc, key)]


def put_names(doc: Doc, names: Sequence[Name], links: Sequence[Link]) -> None:
    """Spans labelled PER, ORG, LOC or MISC, and the links between mentions."""
    _put(doc, NAMES, [asdict(n) for n in names], ((n.label, "", n.extent) for n in names))
    _put(doc, LINKS, [asdict(link) for link in links], ())


def names(doc: Doc) -> list[Name]:
    """The names of a Doc."""
    return [Name(Extent(**row["extent"]), row["label"]) for row in _rows(doc, NAMES)]


def links(doc: Doc) -> list[Link]:
    """The links between mentions of a Doc."""
    return [Link(**row) for row in _rows(doc, LINKS)]


def put_claims(doc: Doc, claims: Sequence[Claim]) -> None:
    """Claims, with spans as for attributions; ``span.kb_id_`` names the speaker of a content."""
    _put(
        doc,
        CLAIMS,
        [asdict(c) for c in claims],
        _labelled([c.attribution for c in claims]),
        {str(i): c.resolution.speaker.name for i, c in enumerate(claims) if c.resolution.speaker},
    )


def claims(doc: Doc) -> list[Claim]:
    """The claims of a Doc."""
    return [
        Claim(
            attribution(row["attribution"]),
            _resolution(row["resolution"]),
            tuple(Via(v["relation"], Extent(**v["extent"]), _resolution(v["resolution"])) for v in row["chain"]),
        )
        for row in _rows(doc, CLAIMS)
    ]


def attribution(row: dict[str, Any]) -> Attribution:
    """An Attribution from its plain row."""
    extents = {role: _extents(row[role]) for role in ("content", "cue", "source", "cited", "told")}
    return Attribution(**{**row, **extents})


def _extents(rows: Iterable[dict[str, int]]) -> Extents:
    return tuple(Extent(**row) for row in rows)


def _resolution(row: dict[str, Any]) -> Resolution:
    speaker = Speaker(**row["speaker"]) if row["speaker"] else None
    return Resolution(speaker, row["method"], _extents(row["mentions"]), row["confidence"])


def _labelled(attributions: Sequence[Attribution]) -> Iterable[tuple[str, str, Extent]]:
    for number, a in enumerate(attributions):
        for label, extents in (("SOURCE", a.source), ("CUE", a.cue), ("CONTENT", a.content)):
            yield from ((label, str(number), extent) for extent in extents)


def _put(
    doc: Doc,
    key: str,
    rows: list[dict[str, Any]],
    labelled: Iterable[tuple[str, str, Extent]],
    speakers: dict[str, str] | None = None,
) -> None:
    from spacy.tokens import Span, SpanGroup

    spans = []
    for label, number, extent in labelled:
        span = span_of(doc, extent)
        if span is None:  # nothing but space: the row stands, there is nothing to show
            continue
        named = (speakers or {}).get(number, "") if label == "CONTENT" else ""
        spans.append(Span(doc, span.start, span.end, label=label, span_id=number, kb_id=named))
    doc.spans[key] = SpanGroup(doc, name=key, attrs={"rows": rows}, spans=spans)


def _rows(doc: Doc, key: str) -> list[dict[str, Any]]:
    return list(doc.spans[key].attrs["rows"]) if key in doc.spans else []
