"""Bytes to text without losing a quotation mark: one bad byte must not turn every curly quote into rubbish."""

from __future__ import annotations

import codecs
import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNUSABLE = re.compile("[\0\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_MOST_CONTROLS = 0.02  # of all bytes; random bytes have 10 %, text has none
_MOST_BAD = 0.001


def mend(text: str) -> str:
    """Text of the same length in which NUL and lone surrogates are U+FFFD: spaCy and SQLite take neither."""
    return _UNUSABLE.sub(REPLACEMENT, text)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of a plain file, with line feeds only, and notes of what was mended. Raises ValueError if it is not text.

    A byte order mark decides; then UTF-8; then UTF-8 with replacements where hardly any byte is bad or most of what is
    not ASCII is good; then Windows-1252.
    """
    text, encoding = _with_mark(data) or _without_mark(data)
    mended = mend(text).replace("\r\n", "\n").replace("\r", "\n")
    replaced = mended.count(REPLACEMENT) - _own_replacements(data, encoding)
    notes = [f"read as {encoding}"] if encoding != "utf-8" else []
    if replaced > 0:
        notes.append(f"{replaced} unreadable characters replaced")
    return mended, tuple(notes)


def _with_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    return None


def _without_mark(data: bytes) -> tuple[str, str]:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(data):
        raise ValueError("not text but binary data")
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    bad = text.count(REPLACEMENT)
    good = sum(char > "\x7f" for char in text) - bad
    if good and (bad <= _MOST_BAD * len(data) or good > bad):
        return text, "utf-8"
    return data.decode("cp1252", "replace"), "windows-1252"


def _own_replacements(data: bytes, encoding: str) -> int:
    """Replacement characters that were in the file already."""
    return data.count(REPLACEMENT.encode()) if encoding == "utf-8" else 0
