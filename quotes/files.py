"""Files that are written whole or not at all, and what is in them as a number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Where to write what shall stand under ``path`` once the block ends well; it is on the disk before it does.

    Whatever else happens, nothing is left of it. Raises OSError.
    """
    part = path.with_name(f".{path.name[:40]}.{token_hex(8)}.part")  # in a container every process has the same number
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
        _keep_name(path.parent)
    finally:
        with suppress(OSError):
            part.unlink()


def _keep_name(folder: Path) -> None:
    """A folder remembers a new name for good once it is synchronised; some systems open no folder, and need not."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def digest(file: BinaryIO) -> str:
    """SHA-256 of all that is in a file, which is then at its start again."""
    found = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return found
