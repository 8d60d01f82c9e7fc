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
_MOST_UPPER = 0.25  # of all bytes; French has 4 %, Russian in an encoding of its own 80 %
_FEWEST = 64  # bytes that tell one encoding from another
_SAMPLE = 50_000  # bytes that charset-normalizer looks at
_ASCII = bytes(range(128))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_SEVEN_BIT = ("iso2022_jp", "hz", "iso2022_kr")  # all ASCII to the eye of a decoder
_WEB_LABELS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
_OF_PYTHON = ("utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "mbcs", "oem")
_NAMES = {f"cp125{n}": f"windows-125{n}" for n in range(9)}
_REFERENCES = re.compile("&#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?")
_WEB_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def mend(text: str) -> str:
    """Text of the same length in which NUL and lone surrogates are U+FFFD: spaCy and SQLite take neither."""
    return _UNUSABLE.sub(REPLACEMENT, text)


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Text, with line feeds only, and notes of what was mended. Raises ValueError if it is not text.

    A byte order mark decides; then UTF-8, which no other text passes for; then the encoding that is ``declared``; then
    UTF-8 with replacements where hardly any byte is bad or most of what is not ASCII is good; then Windows-1252, or
    what charset-normalizer takes it for where that cannot be.
    """
    text, encoding = _with_mark(data) or _without_mark(data, declared)
    mended = mend(text).replace("\r\n", "\n").replace("\r", "\n")
    replaced = mended.count(REPLACEMENT) - _own_replacements(data, encoding)
    notes = [f"read as {encoding}"] if encoding != "utf-8" else []
    if declared and encoding == "utf-8" and not data.isascii() and (codec(declared) or "utf-8") != "utf-8":
        notes.append(f"read as utf-8, declared {declared}")
    if replaced > 0:
        notes.append(f"{replaced} unreadable characters replaced")
    return mended, tuple(notes)


def visible(text: str) -> str:
    """Text of the web as browsers take it: C1 controls are Windows-1252, other controls are space."""
    return _WEB_CONTROLS.sub(_shown, _REFERENCES.sub(_referred, text))


def codec(label: str) -> str | None:
    """The codec that a label of the web stands for, None if it is unknown. Latin 1 and ASCII are Windows-1252."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    if name.replace("_", "-") in _OF_PYTHON:
        return None
    return _WEB_LABELS.get(name, name)


def _referred(reference: re.Match[str]) -> str:
    digits = reference[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if number > 0x9F or number in (9, 10, 13) or 32 <= number < 127:
        return reference[0]
    return _web_character(number)


def _shown(control: re.Match[str]) -> str:
    return _web_character(ord(control[0]))


def _web_character(number: int) -> str:
    return bytes([number]).decode("cp1252", "ignore") if number >= 128 else " "


def _with_mark(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    for start, encoding in _WIDE:  # no mark, but the first character of markup in two bytes
        if data.startswith(start):
            return data.decode(encoding, "replace"), encoding
    return None


def _without_mark(data: bytes, declared: str | None) -> tuple[str, str]:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(data):
        raise ValueError("not text but binary data")
    claimed = codec(declared) if declared else None
    if claimed in _SEVEN_BIT and (text := _strictly(data, claimed)):
        return text, claimed
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    if claimed and claimed != "utf-8" and (read := _strictly(data, claimed)):
        return read, _NAMES.get(claimed, claimed)
    bad = text.count(REPLACEMENT)
    good = sum(char > "\x7f" for char in text) - bad
    if good and (bad <= _MOST_BAD * len(data) or good > bad):
        return text, "utf-8"
    return _guessed(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guessed(data: bytes) -> tuple[str, str]:
    """Windows-1252, as most of what declares nothing; but a text of a script whose every letter is not ASCII is not."""
    upper = len(data.translate(None, _ASCII))
    if len(data) >= _FEWEST and upper > _MOST_UPPER * len(data):
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_SAMPLE]).best()
        if best is not None and (text := _strictly(data, best.encoding)):
            return text, _NAMES.get(best.encoding, best.encoding)
    return data.decode("cp1252", "replace"), "windows-1252"


def _own_replacements(data: bytes, encoding: str) -> int:
    """Replacement characters that were in the file already."""
    return data.count(REPLACEMENT.encode()) if encoding == "utf-8" else 0
