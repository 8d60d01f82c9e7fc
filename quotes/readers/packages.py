"""Office Open XML (ECMA-376): zip archives of XML, as workbooks and documents of offices are."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from quotes.readers.inputs import LIMIT

TAGS = 5_000_000  # of a part that is made a tree of, where each takes some hundred bytes
# What zipfile and the readers of XML raise for a package that is damaged, sealed or none.
BROKEN = (
    ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
    SyntaxError,
)  # fmt: skip


class ExcessError(Exception):
    """A part of more tags than TAGS."""


def refusal(data: bytes, kind: str) -> str:
    """Why a package is not opened, "" if it may be: none, more than LIMIT unpacked, or of entities, as XML bombs are.

    ``kind`` is what it is to be called.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > LIMIT:
                return f"unpacks to more than {LIMIT // 1_000_000} MB"
            for member in package.infolist():
                with package.open(member) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        return f"a {kind} that declares entities"
    except (*BROKEN, OSError):
        return f"damaged, encrypted, or no {kind}"
    return ""


def parts(package: zipfile.ZipFile, of: str = "") -> dict[str, str]:
    """The names of the parts that a part, or the package, is related to, by the last word of what they are to it."""
    name = join(dirname(of), "_rels", f"{of.rpartition('/')[2]}.rels")
    if name not in package.namelist():
        return {}
    related = [one for one in xml(package, name) if one.get("TargetMode") != "External"]
    return {
        one.get("Type", "").rpartition("/")[2]: normpath(join("/", dirname(of), one.get("Target", ""))).lstrip("/")
        for one in related
    }


def xml(package: zipfile.ZipFile, name: str) -> Any:
    """The root of a part. Raises ExcessError for one that is too large, and one of BROKEN if it is none."""
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True, remove_pis=True)
    written = package.read(name)
    if written.count(b"<") > TAGS:
        raise ExcessError(f"has a part of more than {TAGS:,} tags")
    return fromstring(written, parser)
