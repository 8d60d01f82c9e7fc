"""Plain text: one file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from quotes.models import Article, Skipped
from quotes.readers.decoding import decode
from quotes.readers.inputs import Found, Input, whole
from quotes.readers.metadata import described, parse

ENDINGS = (".txt", ".text")
SIDECAR = ".json"
_TITLE = 150  # code points


def read_plain(source: Input) -> Iterator[Found]:
    """The article of a file, with what ``NAME.json`` beside it says; an unreadable sidecar is a Skipped of its own."""
    data = whole(source)
    found = data if isinstance(data, Skipped) else article(data, source.where, source.place, source.charset)
    if isinstance(found, Article) and source.beside is not None:
        try:
            found = described(found, parse(source.beside.decode("utf-8-sig")))
        except ValueError as error:
            reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            yield Skipped(beside(source.where), reason)
    yield titled(found)


def beside(name: str) -> str:
    """The name of the sidecar of a text."""
    return name[: name.rindex(".")] + SIDECAR


def article(data: bytes, where: str, place: str = "", charset: str | None = None) -> Found:
    """The article in the bytes of a plain text, without a title; ``charset`` is what is declared."""
    try:
        text, notes = decode(data, charset)
    except ValueError as error:
        return Skipped(where, str(error))
    if not text.strip():
        return Skipped(where, "empty")
    if text.encode() != data:
        notes = (*notes, f"sha256 of the bytes read: {sha256(data).hexdigest()}")
    return Article(text, where=where, place=place, notes=notes)


def titled(found: Found) -> Found:
    """The same; an article without a title takes the line that looks like one, and says so."""
    if isinstance(found, Skipped) or found.title or not (line := title(found.text)):
        return found
    return replace(found, title=line, notes=(*found.notes, "title: the first line of the text"))


def title(text: str) -> str | None:
    """The first line, if it is short, no sentence, and followed by a blank line and more."""
    first, _, rest = text.lstrip().partition("\n")
    first, (second, _, more) = first.strip(), rest.partition("\n")
    if second.strip() or not more.strip() or len(first) > _TITLE or first.endswith("."):
        return None
    return " ".join(first.split()) or None
