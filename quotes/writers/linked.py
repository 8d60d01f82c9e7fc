"""Claims for the web of data: schema.org in JSON-LD, and W3C Web Annotations.

A quotation in marks is a schema.org ``Quotation``, other speech a ``Claim``; a ``ClaimReview`` stands beside it only
where a person gave a verdict. A ``TextPositionSelector`` counts Unicode code points, as the Web Annotation Data Model
(2017, section 4.2.5) has it; its ``source`` is the page, or the article's uid where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from quotes.writers.texts import json_text

Row = Mapping[str, Any]
Node = dict[str, Any]

SCHEMA, ANNOTATION = "https://schema.org", "http://www.w3.org/ns/anno.jsonld"
TYPES = {"person": "Person", "organisation": "Organization", "group": "Organization"}
UNSAID = "The article says that this was not said."
UNDENIED = "The article says that this was not denied, not that it was said."
HEARSAY = "The article does not show who says this."
ATTITUDE = "The article ascribes this as a thought or wish, not as words."


def write_jsonld(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """schema.org statements about claims in one JSON-LD document; ``columns`` do not matter."""
    return _listed(rows, stream, {"@context": SCHEMA}, "@graph", statements)


def write_annotations(rows: Iterable[Row], stream: TextIO, columns: Sequence[str] = ()) -> int:
    """Web Annotations of claims on one AnnotationPage; ``columns`` do not matter."""
    page = {"@context": ANNOTATION, "id": "urn:quotes:claims", "type": "AnnotationPage"}
    return _listed(rows, stream, page, "items", lambda row: [annotation(row)])


def _listed(rows: Iterable[Row], stream: TextIO, head: Node, key: str, nodes: Any) -> int:
    """One object with a long list in it, written row by row."""
    count, between = 0, "\n"
    stream.write(f"{json_text(head)[:-1]}, {json_text(key)}: [")
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last value is the answer
        for node in nodes(row):
            stream.write(between + json_text(node))
            between = ",\n"
    stream.write("\n]}\n" if count else "]}\n")
    return count


def statements(row: Row) -> Iterator[Node]:
    """What schema.org can say of a claim: the Quotation or Claim, and the ClaimReview of a verdict."""
    direct = row["kind"] == "direct"
    speaker, name = _speaker(row), f"urn:quotes:claim:{row['claim_id']}"
    cautions = [UNDENIED if row["undenied"] else UNSAID] if row["negated"] else []
    cautions += [HEARSAY] * row["hearsay"] + [ATTITUDE] * (row["mode"] == "attitude")
    yield _known(
        {
            "@type": "Quotation" if direct else "Claim",
            "@id": name,
            "text": row["quote"],
            "spokenByCharacter" if direct else "author": speaker,
            "isPartOf" if direct else "appearance": _article(row),
            "description": " ".join(cautions),
        }
    )
    if row["verdict"]:
        yield _known(
            {
                "@type": "ClaimReview",
                "@id": f"{name}:review:{row['revision']}",
                "claimReviewed": row["quote"],
                "itemReviewed": {"@id": name},
                "reviewRating": {"@type": "Rating", "alternateName": row["verdict"]},
                "author": {"@type": "Person", "name": row["reviewer"]},
                "datePublished": row["reviewed"],
                "reviewBody": row["notes"],
            }
        )


def annotation(row: Row) -> Node:
    """A claim as a Web Annotation: who says it as the body, and each piece of its content as a target."""
    source = row["url"] or f"urn:quotes:article:{row['article_uid']}"
    body = [("identifying", row["speaker"]), ("classifying", row["kind"]), ("commenting", row["notes"])]
    body += [("tagging", tag) for tag in (row["tags"] or "").split("; ")]
    return {
        "id": f"urn:quotes:claim:{row['claim_id']}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [{"type": "TextualBody", "purpose": why, "value": words} for why, words in body if words],
        "target": [{"source": source, "selector": selectors(row, nth)} for nth in range(len(row["content"]))],
    }


def selectors(row: Row, nth: int) -> list[Node]:
    """The two selectors of one piece of a content; what stands before or after an inner piece is not in the row."""
    start, end, words = row["content"][nth]
    quote = {"type": "TextQuoteSelector", "exact": words}
    if nth == 0:
        quote["prefix"] = row["prefix"]
    if nth == len(row["content"]) - 1:
        quote["suffix"] = row["suffix"]
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]


def _speaker(row: Row) -> Node | None:
    if not row["speaker"]:
        return None
    kind = TYPES.get(row["speaker_kind"], "Thing" if row["speaker_kind"] == "document" else "Person")
    return _known({"@type": kind, "name": row["speaker"], "description": row["role"]})


def _article(row: Row) -> Node:
    publisher = row["publisher"] and {"@type": "Organization", "name": row["publisher"]}
    return _known(
        {
            "@type": "NewsArticle",
            "@id": f"urn:quotes:article:{row['article_uid']}",
            "url": row["url"],
            "headline": row["article"],
            "author": row["byline"] and {"@type": "Person", "name": row["byline"]},
            "publisher": publisher,
            "datePublished": row["published"],
        }
    )


def _known(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "")}
