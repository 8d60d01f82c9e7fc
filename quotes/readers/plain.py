"""Plain text: one file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from quotes.models import Article, Skipped
from quotes.readers.decoding import decode, mend
from quotes.readers.metadata import described, parse

ENDINGS = (".txt", ".text")
SIDECAR = ".json"
LIMIT = 200_000_000  # bytes of one article
TOO_LONG = f"longer than {LIMIT // 1_000_000} MB"
_TITLE = 150  # code points


def read_plain(path: Path) -> Iterator[Article | Skipped]:
    """The article of a file, with what ``NAME.json`` beside it says; an unreadable sidecar is a Skipped of its own."""
    where = mend(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        yield Skipped(where, error.strerror or "cannot be read")
        return
    found = article(data, where, path.resolve().as_uri())
    sidecar = path.with_suffix(SIDECAR)
    if isinstance(found, Article) and sidecar.is_file():
        try:
            found = described(found, parse(sidecar.read_bytes().decode("utf-8-sig")))
        except (OSError, ValueError) as error:
            yield Skipped(mend(str(sidecar)), _reason(error))
    yield titled(found)


def article(data: bytes, where: str, place: str = "") -> Article | Skipped:
    """The article in the bytes of a plain text, without a title."""
    if len(data) > LIMIT:
        return Skipped(where, TOO_LONG)
    try:
        text, notes = decode(data)
    except ValueError as error:
        return Skipped(where, _reason(error))
    if not text.strip():
        return Skipped(where, "empty")
    if text.encode() != data:
        notes = (*notes, f"sha256 of the bytes read: {sha256(data).hexdigest()}")
    return Article(text, where=where, place=place, notes=notes)


def titled(found: Article | Skipped) -> Article | Skipped:
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


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return getattr(error, "strerror", None) or str(error)
