"""Office Open XML (ECMA-376): zip archives of XML, as workbooks and documents of offices are."""

from __future__ import annotations

import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from quotes.readers.inputs import LIMIT
from quotes.sheets import BROKEN

TAGS = 5_000_000  # of a part that is made a tree of, where each takes some hundred bytes


class RefusedError(Exception):
    """A part of more tags than TAGS, or that declares entities."""


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
    """The root of a part. Raises RefusedError, and one of BROKEN if it is none."""
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True, remove_pis=True)
    written = package.read(name)
    if written.count(b"<") > TAGS:
        raise RefusedError(f"has a part of more than {TAGS:,} tags")
    root = fromstring(written, parser)
    if root.getroottree().docinfo.doctype:  # in UTF-16, or far below the start
        raise RefusedError("has a part that declares entities")
    return root
