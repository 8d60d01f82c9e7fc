"""Statements and reports in PDF: their text in the order in which people read it, with quotations whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from quotes.models import Article, Skipped
from quotes.readers.columns import flowing
from quotes.readers.confined import confined_whole
from quotes.readers.decoding import mend
from quotes.readers.inputs import Found, Input
from quotes.readers.metadata import described, string
from quotes.readers.plain import titled

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

PAGES = 2000
_LETTERS = 0.5  # of the characters that are no space; where fonts keep their letters to themselves there are fewer
NO_TITLE = re.compile(
    r"(?i)(?:microsoft\s+\w+\s*-|untitled|document\d*$|layout\s*\d|.*\.(?:docx?|pdf|indd|rtf|odt)$|\W*$)"
)
NO_AUTHOR = re.compile(r"(?i)(?:user|admin\w*|author|unknown|owner|default|root|\w+\\.*|\S*\d\S*|\W*)$")
_FIRST_YEAR = 1993  # of PDF


def read_pdf(source: Input) -> Iterator[Found]:
    """The article of a document, read within limits of time and memory."""
    return confined_whole("document", source)


def document(data: bytes, where: str, *, place: str = "") -> Found:
    """The article of a document, or why there is none; what is hostile to pypdf is not bounded here."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Skipped(where, "encrypted: a password is needed")
        if len(reader.pages) > PAGES:
            return Skipped(where, f"more than {PAGES:,} pages")
        pages = [_laid_out(page) for page in reader.pages]
        known = _facts(reader)
    except DependencyError:
        return Skipped(where, "encrypted in a way that is not read")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        return Skipped(where, f"damaged, without end, or no PDF: {type(error).__name__}")
    text = mend(flowing(pages, _is_word))
    if problem := _problem(text):
        return Skipped(where, problem)
    notes = [f"sha256 of the bytes read: {sha256(data).hexdigest()}"]
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    notes += [f"pages without text: {', '.join(empty)}"] if empty else []
    notes += ["published: when the file was made"] if known["published"] else []
    return titled(described(Article(text, where=where, place=place, notes=tuple(notes)), known))


def _laid_out(page: PageObject) -> str:
    """A page as lines in which words stand where they are printed."""
    return page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=True)


def _problem(text: str) -> str:
    printed = [char for char in text if not char.isspace()]
    if not printed:
        return "no text in it: is it a scan?"
    letters = sum(char.isalpha() for char in printed)
    return "its letters cannot be told from its fonts" if letters < _LETTERS * len(printed) else ""


def _is_word(word: str) -> bool:
    from simplemma import is_known

    return bool(is_known(word, lang="en"))


def _facts(reader: PdfReader) -> dict[str, object]:
    """What a document says of itself, as far as a person may have said it."""
    told = reader.metadata
    title, author = (string(value) or "" for value in (told.title, told.author)) if told else ("", "")
    language = reader.root_object.get("/Lang")
    return {
        "title": None if NO_TITLE.match(title) else title,
        "authors": [] if NO_AUTHOR.match(author) else [name.strip() for name in author.split(";")],
        "published": _made(reader),
        "language": str(language).split("-")[0].lower() if language else None,
    }


def _made(reader: PdfReader) -> str | None:
    try:
        made = reader.metadata.creation_date if reader.metadata else None
    except ValueError:
        return None
    if made is None:
        return None
    day = made if made.tzinfo else made.replace(tzinfo=UTC)
    return made.isoformat() if made.year >= _FIRST_YEAR and day <= datetime.now(UTC) + timedelta(days=1) else None
