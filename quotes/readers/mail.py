"""A message, as press offices send their releases: its text is an article, and so is each attachment that is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from itertools import count
from typing import cast

from quotes.lexicon import load
from quotes.models import Article, Skipped
from quotes.readers.html import read_html
from quotes.readers.inputs import Found, Input
from quotes.readers.metadata import described, string
from quotes.readers.plain import article

LIMIT = 100_000_000  # bytes of a message with all that is attached
_LINES, _PARTS = 4_000_000, 1_000  # of a message; the library holds every line and part as an object
_NESTED = 20  # multiparts one in the other; each line is compared with what ends any of them
_HEAD = 1_000  # characters that are read of a header, some of which the library takes apart in quadratic time
_DEEPEST = 8  # messages one in the other: each is parsed with all that lie in it
_STUB = 400  # characters; a plain text so short may only say that there is another
_OFFICES = (
    "agency bureau centre center comms communications council department desk editor enquiries foundation group inc "
    "info information institute limited ltd media ministry news newsletter newsroom office press pr public relations "
    "releases service society team trust union university"
)
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, KeyError, RecursionError)  # of hostile headers and parts


def read_mail(source: Input) -> Iterator[Found]:
    """The text of a message and what is attached to it; what is attached and not read is noted."""
    if source.depth > _DEEPEST:
        yield Skipped(source.where, "a message too deep in messages")
        return
    data = source.stream.read(LIMIT + 1)
    if problem := _excess(data):
        yield Skipped(source.where, problem)
        return
    try:
        message = cast(EmailMessage, message_from_bytes(data, policy=_Brief()))
        if message.get_content_type() in _SEALED:
            yield Skipped(source.where, "encrypted")
            return
        attached = list(_attached(message, source))
        found = _text(message, source)
    except _ExcessError as error:
        yield Skipped(source.where, str(error))
        return
    except _BROKEN as error:
        yield Skipped(source.where, f"not a message that can be read: {type(error).__name__}")
        return
    if isinstance(found, Article):
        left_out = tuple(f"attachment not read: {part.where}" for part in attached if not _is_read(part))
        yield described(replace(found, notes=(*found.notes, *left_out)), _facts(message))
    elif not any(map(_is_read, attached)):
        yield found
    for part in filter(_is_read, attached):
        yield from _inside(part)


class _ExcessError(Exception):
    """A message of more parts than _PARTS, or of more multiparts in each other than _NESTED."""


class _Message(EmailMessage):
    """A message, or a part of one, that is given up as soon as it takes more parts than it may have."""

    def __init__(self, policy: policy.Policy | None = None) -> None:
        super().__init__(policy)
        self.numbers, self.depth = count(1), 0  # of the parts of the whole; of multiparts around this one

    def attach(self, payload: _Message) -> None:  # type: ignore[override]
        """Take a part, with what is known of the whole."""
        payload.numbers, payload.depth = self.numbers, self.depth + (self.get_content_maintype() == "multipart")
        if next(self.numbers) > _PARTS:
            raise _ExcessError(f"a message of more than {_PARTS:,} parts")
        if payload.depth > _NESTED:
            raise _ExcessError(f"a message of more than {_NESTED} multiparts, one in the other")
        super().attach(payload)


class _Brief(policy.EmailPolicy):
    """How headers are read: no further than _HEAD."""

    message_factory = _Message

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name of a header and what is read of it."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEAD]


def _excess(data: bytes) -> str:
    """Why a message is too much to be taken apart, "" if it is not."""
    if len(data) > LIMIT:
        return f"a message longer than {LIMIT // 1_000_000} MB"
    return f"a message of more than {_LINES:,} lines" if data.count(b"\n") + data.count(b"\r") > _LINES else ""


def _is_read(part: Input) -> bool:
    from quotes.readers import KINDS  # the table of readers, which names this one

    return part.name.lower().endswith(tuple(KINDS))


def _inside(part: Input) -> Iterator[Found]:
    from quotes.readers import read_input

    return read_input(part)


# Text


def _text(message: EmailMessage, source: Input) -> Found:
    """The plain text, unless there is none or it is a stub beside a text in HTML."""
    plain = _body(message, source, "plain")
    if isinstance(plain, Article) and len(plain.text) > _STUB:
        return plain
    html = _body(message, source, "html")
    if isinstance(plain, Article) and (not isinstance(html, Article) or len(html.text) < 2 * len(plain.text)):
        return plain
    return html or plain or Skipped(source.where, "no text in it")


def _body(message: EmailMessage, source: Input, kind: str) -> Found | None:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return None
    data, charset = _bytes(part), part.get_content_charset()
    if kind == "html":
        return read_html(data, source.where, charset=charset, place=source.place)
    return article(data, source.where, source.place, charset)


def _bytes(part: MIMEPart) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


# Attachments


def _attached(message: EmailMessage, source: Input) -> Iterator[Input]:
    """Every part that is no body, with a name to be read by."""
    seen: Counter[str] = Counter()
    for part in message.iter_attachments() if message.is_multipart() else ():
        inner = part.get_content() if part.get_content_type() == "message/rfc822" else None
        data = inner.as_bytes() if isinstance(inner, EmailMessage) else _bytes(part)
        name = _name(part)
        seen[name] += 1
        yield replace(source.part(name, data, seen[name]), charset=part.get_content_charset())


def _name(part: EmailMessage) -> str:
    from quotes.readers.warc import ENDINGS

    name, kind = part.get_filename(), part.get_content_type()
    return name or f"part{ENDINGS.get(kind) or '.' + kind.rpartition('/')[2]}"


# What the head says


def _facts(message: EmailMessage) -> dict[str, object]:
    name, address = parseaddr(_head(message, "From"))
    sender, person = name or address, _is_person(name)
    return {
        "title": _head(message, "Subject"),
        "published": _date(_head(message, "Date")),
        "authors": [sender] if person else [],
        "publisher": _head(message, "Organization") or (None if person else sender),
        "language": _head(message, "Content-Language"),
    }


def _head(message: EmailMessage, name: str) -> str:
    try:
        return string(str(message.get(name) or "")) or ""
    except _BROKEN:
        return ""


def _date(written: str) -> str:
    try:
        return parsedate_to_datetime(written).isoformat()
    except _BROKEN:
        return written


def _is_person(name: str) -> bool:
    """Whether a sender's name may be one of a person: two to four words, none of which names an office."""
    words = name.replace(",", " ").split()
    offices = {*_OFFICES.split(), *load().organisations}
    return 2 <= len(words) <= 4 and all(word[0].isupper() and word.lower() not in offices for word in words)
