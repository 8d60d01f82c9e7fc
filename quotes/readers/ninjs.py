"""IPTC ninjs, versions 1 to 3: news in JSON, as agencies send it (https://iptc.org/standards/ninjs/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotes.readers.metadata import string

_BODIES = ("body_text", "body_xhtml", "body_html", "bodies")
_PICTURED = ("picture", "audio", "video", "graphic", "composite", "planning", "event")
_GONE = ("canceled", "cancelled", "withheld")


def is_item(record: Mapping[str, object]) -> bool:
    """Whether a JSON object is an item of ninjs."""
    return isinstance(record.get("uri"), str) and any(
        name in record for name in (*_BODIES, "pubstatus", "versioncreated")
    )


def refusal(item: Mapping[str, object]) -> str:
    """Why an item holds no article to read, "" if it may."""
    if item.get("pubstatus") in _GONE:
        return f"{item['pubstatus']} by its publisher"
    kind = item.get("type")
    return f"no text but of type {kind}" if kind in _PICTURED and not any(item.get(name) for name in _BODIES) else ""


def flat(item: Mapping[str, object]) -> dict[str, object]:
    """An item with the names that articles in JSON have; the lists of later versions as single values."""
    bodies, plain, marked = _objects(item.get("bodies")), item.get("body_text"), None
    for body in bodies:
        if "html" in str(body.get("contentType", body.get("contenttype", ""))):
            marked = marked or body.get("value")
        else:
            plain = plain or body.get("value")
    headline = next((one.get("value") for one in _objects(item.get("headlines"))), None)
    address = string(item.get("uri")) or ""
    people = [string(one.get("name")) for one in _objects(item.get("people")) if one.get("rel") == "author"]
    return {
        **item,
        "text": plain,
        "html": item.get("body_xhtml") or item.get("body_html") or marked,
        "title": item.get("headline") or item.get("title") or headline,
        "published": item.get("firstcreated") or item.get("versioncreated"),
        "publisher": item.get("copyrightholder") or item.get("infosource"),
        "url": address if address.startswith(("http://", "https://")) else item.get("url"),
        "id": item.get("uri"),
        "authors": item.get("byline") or people,
        "uri": None,
    }


def _objects(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, Sequence) else []
