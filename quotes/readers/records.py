"""An article from a record, whatever it calls its fields: a line of JSON, an item of a file, a row of a table."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from quotes.models import Article, Skipped
from quotes.readers import ninjs
from quotes.readers.decoding import mend
from quotes.readers.fields import NAMES, named, squeezed
from quotes.readers.html import read_html
from quotes.readers.inputs import Found, Input, whole
from quotes.readers.metadata import described, load, string

_HTML = re.compile(r"\s*<(?:!doctype|html|body|article|section|div|p|h[1-6]|span|figure|blockquote)\b", re.IGNORECASE)
NONE = "no text in it"
FIELDS, LONGEST, DEEPEST = 8, 40, 3  # names told of a record without a text, characters of one, objects it is in
_LISTS = ("articles", "items", "docs", "results", "hits", "data", "documents", "entries", "response", "news")


def read_json(source: Input) -> Iterator[Found]:
    """The articles of a JSON file: one, a list of them, or a list within an object, as services answer."""
    data = whole(source)
    if isinstance(data, Skipped):
        yield data
        return
    try:
        records = _records(load(data.decode("utf-8-sig")))
    except ValueError as error:
        yield Skipped(source.where, "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error))
        return
    for number, record in enumerate(records, 1):
        if isinstance(record, Mapping):
            yield article_of(record, source.where, number, source.place, source.options.fields)
        else:
            yield Skipped(f"{source.where}:{number}", "not a JSON object")
    if not records:
        yield Skipped(source.where, "empty")


def _records(value: object) -> list[object]:
    """The list of what may be articles: the value, or the first list that an object without a text has in it."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping) and not any(named(value, {}).get(name) for name in ("text", "html")):
        for name in _LISTS:
            if isinstance(value.get(name), list | Mapping):
                return _records(value[name])
    return [value]


def dated(value: object) -> object:
    """A value of a table, a date as JSON would have it."""
    return value.isoformat() if isinstance(value, date) else value


def article_of(
    record: Mapping[str, object], where: str, number: int, place: str = "", fields: Mapping[str, str] | None = None
) -> Found:
    """The article of a record, the ``number``-th of ``where``; it has a place of its own if it has an id there.

    ``fields`` as in ``Options``.
    """
    at = f"{where}:{number}"
    if ninjs.is_item(record):
        if reason := ninjs.refusal(record):
            return Skipped(at, reason)
        record = ninjs.flat(record)
    known = named(record, fields or {})
    if not known.keys() & {"text", "html"}:
        return Skipped(at, _without_text(record))
    found = _article(known, _is_markup(known.get("text"), record), at)
    if isinstance(found, Skipped):
        return found
    seen = {name: getattr(found, name) for name in NAMES if getattr(found, name, None)}
    return described(_identified(found, known.get("id"), where, place), {**seen, **known})


def _without_text(record: Mapping[str, object]) -> str:
    """Why a record is no article: which words it has under names that are not ours, and how to say what they are."""
    ours = {name for names in NAMES.values() for name in names}
    worded = {name: words for name, words in _worded(record) if squeezed(name) not in ours}
    if not worded:
        return NONE
    names, longest = [name[:LONGEST] for name in worded][:FIELDS], max(worded, key=lambda name: len(worded[name]))
    return f"{NONE}, but {', '.join(names)}: say which is the text, as in --map text={longest[:LONGEST]}"


def _worded(record: Mapping[str, object], depth: int = 0) -> Iterator[tuple[str, str]]:
    """The names under which a record has words, with dots into objects, and the words."""
    for name, value in record.items():
        if isinstance(value, str) and value.strip():
            yield str(name), value
        elif isinstance(value, Mapping) and depth < DEEPEST:
            yield from ((f"{name}.{inner}", words) for inner, words in _worded(value, depth + 1))


def _article(known: Mapping[str, object], markup: bool, at: str) -> Found:
    text, html = known.get("text"), known.get("html")
    if markup or not text:
        html = text if markup else html
        if isinstance(html, str) and html.strip():
            return read_html(mend(html).encode(), at, charset="utf-8", url=string(known.get("url")))
    return _written(text, at)


def _is_markup(text: object, record: Mapping[str, object]) -> bool:
    """Whether a body is HTML. What is called ``text`` is taken as it stands: offsets into it are to hold."""
    return isinstance(text, str) and record.get("text") != text and bool(_HTML.match(text))


def _written(text: object, at: str) -> Found:
    if not isinstance(text, str):
        return Skipped(at, NONE)
    if not text.strip():
        return Skipped(at, "its text is empty")
    mended = mend(text)
    return Article(mended, where=at, notes=("unusable characters replaced",) if mended != text else ())


def _usable(given: str | int | float) -> bool:
    return given != "" and not (isinstance(given, float) and not math.isfinite(given))  # JSON has no NaN


def _identified(article: Article, given: object, where: str, place: str) -> Article:
    """The article with the id given, if it is one: a string or a number. 7 and "7" are two."""
    if isinstance(given, bool) or not isinstance(given, str | int | float) or not _usable(given):
        return article
    raw = mend(given) if isinstance(given, str) else given
    fragment = quote(json.dumps(raw), safe="")
    return replace(
        article, id=str(raw), raw_id=raw, where=f"{where}#{raw}", place=f"{place}#{fragment}" if place else ""
    )
