"""Zip archives: every member by the reader of its kind. Names are names only; nothing is ever written by one."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from quotes.models import Skipped
from quotes.readers.folders import ABOUT, HIDDEN
from quotes.readers.inputs import Found, Input
from quotes.readers.plain import ENDINGS, beside

MEMBER = 1_000_000_000  # bytes of one member
TOTAL = 4_000_000_000  # bytes of all members of one archive
MEMBERS = 200_000
_DEEPEST = 1  # an archive may lie in an archive, or in a message, but no deeper
_IN_MEMORY = 32 << 20
_STEP = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def read_zip(source: Input) -> Iterator[Found]:
    """The articles of every member, in the order of the archive."""
    if source.depth > _DEEPEST:
        yield Skipped(source.where, "an archive too deep in archives")
        return
    try:
        archive = zipfile.ZipFile(source.stream)
    except _DAMAGED:
        yield Skipped(source.where, "damaged or no zip archive")
        return
    with archive:
        members = [member for member in archive.infolist() if not _is_passed_over(member)]
        if len(members) > MEMBERS:
            yield Skipped(source.where, f"more than {MEMBERS:,} files in it")
        elif not members:
            yield Skipped(source.where, "empty")
        else:
            yield from _members(archive, members, source)


def _members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: Input) -> Iterator[Found]:
    from quotes.readers import KINDS, read_input  # the table of readers, which names this one

    names = {member.filename for member in members}
    sidecars = {beside(name) for name in names if name.lower().endswith(ENDINGS)} & names
    seen: Counter[str] = Counter()
    left = TOTAL
    for member in members:
        name = member.filename
        if name in sidecars:
            continue
        seen[name] += 1
        part = source.part(name, b"", seen[name])
        if not name.lower().endswith(tuple(KINDS)):
            yield Skipped(part.where, "not a kind of file that is read from an archive")
            continue
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            copied = _copied(archive, member, cast(BinaryIO, file), min(MEMBER, left))
            if isinstance(copied, str):
                yield Skipped(part.where, copied)
                continue
            left -= copied
            sidecar = _sidecar(archive, name, sidecars)
            yield from read_input(replace(part, stream=cast(BinaryIO, file), beside=sidecar))


def _is_passed_over(member: zipfile.ZipInfo) -> bool:
    """Folders, hidden files, what a Mac adds, and what speaks of the archive itself."""
    path = PurePosixPath(member.filename)
    hidden = any((part.startswith(HIDDEN) and part.strip(".")) or part == "__MACOSX" for part in path.parts)
    return member.is_dir() or hidden or path.name.lower().split(".")[0] in ABOUT


def _copied(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: BinaryIO, most: int) -> int | str:
    """Unpack a member whole, so that its checksum is known before any of it is read: its size, or why not."""
    if member.flag_bits & 1:
        return "encrypted"
    size = 0
    try:
        with archive.open(member) as packed:
            while data := packed.read(_STEP):
                size += len(data)
                if size > most:
                    return f"unpacks to more than {most // 1_000_000:,} MB"
                file.write(data)
    except _DAMAGED:
        return "damaged, or packed in a way that is not known"
    file.seek(0)
    return size


def _sidecar(archive: zipfile.ZipFile, name: str, sidecars: set[str]) -> bytes | None:
    if not name.lower().endswith(ENDINGS) or beside(name) not in sidecars:
        return None
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        copied = _copied(archive, archive.getinfo(beside(name)), cast(BinaryIO, file), _IN_MEMORY)
        return b"" if isinstance(copied, str) else file.read()
