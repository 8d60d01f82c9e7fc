"""Which files a place stands for: a file, the files of a folder, what a glob matches."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from errno import ENOENT, ENOTDIR
from pathlib import Path

from quotes.models import Skipped
from quotes.readers.decoding import mend
from quotes.readers.plain import ENDINGS, SIDECAR

# Names of files that speak of the folder they lie in and are no articles, with any ending.
ABOUT = ("readme", "license", "licence", "notice", "copying", "credits", "changelog")
HIDDEN = (".", "~$")  # how names of files begin that are not for people; offices lock a file with "~$"


def files(place: str, kinds: tuple[str, ...]) -> Iterator[Path | Skipped]:
    """Files to read, in a fixed order. In a folder only those whose names end in one of ``kinds`` are read."""
    path = Path(place)
    if reason := _closed(path):
        yield Skipped(mend(place), reason)
    elif path.is_dir():
        yield from folder(path, kinds)
    elif path.exists() or not glob.has_magic(place):
        yield path if path.exists() else Skipped(mend(place), "no such file or folder")
    else:
        yield from _matches(place, kinds)


def _closed(path: Path) -> str:
    """Why the system does not even say whether there is such a file: its name is too long, its folder is closed."""
    try:
        path.stat()
    except OSError as error:
        return "" if error.errno in (ENOENT, ENOTDIR) else error.strerror or "cannot be read"
    except ValueError:  # a NUL in its name
        return ""
    return ""


def _matches(pattern: str, kinds: tuple[str, ...]) -> Iterator[Path | Skipped]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        yield Skipped(mend(pattern), "nothing matches")
    paths = [Path(name) for name in found]
    names = set(paths)
    for path in paths:
        if path.is_dir():
            # A pattern that matches a folder and, with **, its files as well is to give each file once.
            yield from (inner for inner in folder(path, kinds) if inner not in names)
        elif not is_sidecar(path):
            yield path


def folder(top: Path, kinds: tuple[str, ...]) -> Iterator[Path | Skipped]:
    """Files of a folder and of those in it, sorted; hidden ones and those ABOUT it are passed over."""
    problems: list[OSError] = []
    readable = False
    for at, folders, names in os.walk(top, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(
            name for name in names if not name.startswith(HIDDEN) and name.lower().split(".")[0] not in ABOUT
        ):
            path = Path(at, name)
            if is_sidecar(path):
                continue
            if name.lower().endswith(kinds) and path.is_file():
                readable = True
                yield path
            else:
                yield Skipped(mend(str(path)), "not a kind of file that is read from a folder")
    for problem in problems:
        yield Skipped(mend(str(problem.filename)), problem.strerror or "cannot be read")
    if not readable:
        yield Skipped(mend(str(top)), f"no file in it that is read ({', '.join(kinds)})")


def is_sidecar(path: Path) -> bool:
    """Whether a file only says something about the text beside it."""
    return path.suffix == SIDECAR and any(path.with_suffix(ending).exists() for ending in ENDINGS)
