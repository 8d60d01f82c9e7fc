"""What a sidecar or a JSON line says about an article; whatever it does not say is None, never a guess."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from quotes.models import Article
from quotes.readers.credits import agencies
from quotes.readers.decoding import mend

VALUES = 5_000_000  # of one document; an empty list in three bytes takes sixty-four
_FIELDS = ("title", "url", "publisher", "language")
_TIMED = re.compile(r"\d[Tt ]\d")  # Python takes any other sign too, and a zone after a day for the time
_WHOLE = ("", "-01", "-01-01")  # what makes a day of a day, a month, a year


def parse(line: str) -> Mapping[str, object]:
    """A JSON object. Raises ValueError with a reason that a person understands."""
    record = load(line)
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


def load(text: str) -> object:
    """What some JSON says. Raises ValueError likewise."""
    if sum(map(text.count, "[{,")) > VALUES:
        raise ValueError(f"JSON with more than {VALUES:,} values in one document; JSON Lines has one for each article")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if "\n" in text.rstrip() else f"column {error.colno}"
        raise ValueError(f"not JSON: {error.msg} at {at}") from error
    except ValueError as error:  # Python reads no number of more than 4,300 digits
        raise ValueError("not JSON that can be read: a number without end") from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deep") from error


def described(article: Article, record: Mapping[str, object]) -> Article:
    """The article with what ``record`` knows of it; a date that is not ISO 8601 is only noted, as it stands."""
    known = {name: value for name in _FIELDS if (value := string(record.get(name)))}
    authors = record.get("authors")
    names = (string(author) for author in (authors if isinstance(authors, list) else [authors]))
    credit, published = string(record.get("credit")), string(record.get("published"))
    credited, day = credit and agencies(credit), published and moment(published)
    notes = (("credit", None if credited else credit), ("published", None if day else published))
    return replace(
        article,
        **known,
        published=day,
        credit=credited,
        authors=tuple(name for name in names if name),
        notes=(*article.notes, *(f"{name}: {value}" for name, value in notes if value)),
    )


def moment(written: str) -> str | None:
    """A date or time in the one ISO 8601 form that we keep: year, month, day, or day and time. None if it is none.

    A day stays a day, and a time keeps its zone or has none: what is not said is not added.
    """
    if not written.isascii() or (written.isdigit() and len(written) not in (4, 8)):
        return None  # other digits are a time in seconds or milliseconds, of which Python would read a part
    if any(_parsed(date, written + rest) == written + rest for rest in _WHOLE):
        return written
    return _parsed(date, written) or (_parsed(datetime, written) if _TIMED.search(written) else None)


def _parsed(kind: type[date], written: str) -> str | None:
    try:
        return kind.fromisoformat(written).isoformat()
    except ValueError:
        return None


def string(value: object) -> str | None:
    """A value as text on one line, None if it is none: empty, true or false, a list, an object."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(mend(str(value)).split()) or None
