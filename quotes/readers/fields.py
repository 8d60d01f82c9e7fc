"""What others call our fields: an extract has ``body`` and a table ``Headline``, we ``text`` and ``title``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quotes.errors import UsageError

# Names as ``squeezed`` gives them, the likelier ones first; of two that an input has, the first with a value counts.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "bodytext", "content", "maintext", "articlebody", "articletext", "fulltext", "plaintext",
        "textcontent", "story", "volltext", "texte", "texto", "testo",
    ),
    "html": ("bodyxhtml", "bodyhtml", "contenthtml", "html"),
    "title": ("title", "headline", "head", "heading", "titel", "titre", "título", "titolo"),
    "published": (
        "published", "publishedat", "datepublished", "datepublish", "publishdate", "publisheddate", "pubdate",
        "publicationdate", "firstpublished", "versioncreated", "firstcreated", "date", "datetime", "timestamp",
        "datum", "fecha",
    ),
    "publisher": (
        "publisher", "publishername", "outlet", "publication", "newspaper", "sitename", "sourcedomain", "hostname",
        "domain", "source",
    ),
    "url": ("url", "link", "weburl", "canonicalurl", "articleurl", "sourceurl", "permalink", "uri"),
    "authors": ("authors", "author", "byline", "creator", "autor", "autoren", "auteur", "auteurs", "autore"),
    "language": ("language", "lang", "inlanguage", "languagecode", "sprache", "langue", "idioma"),
    "credit": ("credit", "creditline", "agency"),
    "id": ("id",),
}  # fmt: skip
_OTHER = re.compile(r"[^\w]|_")
_NAMING = ("name", "value", "main", "title")  # keys of an object under which its name stands
_BY = re.compile(r"^by\s+", re.IGNORECASE)


def mapping(written: str) -> dict[str, str]:
    """Fields by name from ``text=body,title=headline.main``. Raises UsageError for what is no such list."""
    pairs = [part.split("=", 1) for part in written.split(",") if part.strip()]
    if any(len(pair) != 2 or not all(name.strip() for name in pair) for pair in pairs):
        raise UsageError(f"{written!r} does not say which field is which", "for example --map text=body,title=headline")
    found = {ours.strip(): theirs.strip() for ours, theirs in pairs}
    for ours in found:
        if ours not in NAMES:
            raise UsageError(f"there is no field {ours!r}", f"there are {', '.join(NAMES)}")
    return found


def squeezed(name: str) -> str:
    """A name without case and what stands between its words: ``datePublished`` and ``Date published`` are one."""
    return _OTHER.sub("", name).casefold()


def named(record: Mapping[str, object], fields: Mapping[str, str]) -> dict[str, object]:
    """What a record says, by our names; ``fields`` says what it calls some, with dots into objects."""
    theirs = {squeezed(str(name)): value for name, value in reversed(list(record.items()))}
    found: dict[str, object] = {}
    for ours, names in NAMES.items():
        values = [_inside(record, fields[ours])] if ours in fields else [theirs.get(name) for name in names]
        known = [value for value in values if value not in (None, "", [], {})]
        if known or any(value == "" for value in values):
            found[ours] = known[0] if known else ""
    return {name: value if name in ("id", "text", "html") else _simple(name, value) for name, value in found.items()}


def _inside(record: object, path: str) -> object:
    """The value at ``headline.main``; a key that has dots of its own comes first."""
    if not isinstance(record, Mapping) or path in record:
        return record[path] if isinstance(record, Mapping) else None
    first, dot, rest = path.partition(".")
    return _inside(record.get(first), rest) if dot else None


def _simple(name: str, value: object) -> object:
    """Names in place of objects that have them, and a byline without its "By"."""
    if isinstance(value, list):
        return [_simple(name, one) for one in value] if name == "authors" else _simple(name, next(iter(value), None))
    if isinstance(value, Mapping):
        return next((value[key] for key in _NAMING if isinstance(value.get(key), str)), None)
    return _BY.sub("", value.strip()) if name == "authors" and isinstance(value, str) else value
