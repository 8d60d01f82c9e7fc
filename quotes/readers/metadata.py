"""What a sidecar or a JSON line says about an article; whatever it does not say is None, never a guess."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from quotes.models import Article
from quotes.readers.decoding import mend

_FIELDS = ("title", "url", "publisher", "published", "language")


def parse(line: str) -> Mapping[str, object]:
    """A JSON object. Raises ValueError with a reason that a person understands."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deep") from error
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


def described(article: Article, record: Mapping[str, object]) -> Article:
    """The article with what ``record`` knows of it."""
    known = {name: value for name in _FIELDS if (value := string(record.get(name)))}
    authors = record.get("authors")
    names = (string(author) for author in (authors if isinstance(authors, list) else [authors]))
    credit = string(record.get("credit"))
    return replace(
        article,
        **known,
        authors=tuple(name for name in names if name),
        notes=(*article.notes, f"credit: {credit}") if credit else article.notes,
    )


def string(value: object) -> str | None:
    """A value as text on one line, None if it is none: empty, true or false, a list, an object."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(mend(str(value)).split()) or None
