"""Inputs cut into shards of some minutes' work, the same cut for the same inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from quotes.batch import ledger
from quotes.batch.ledger import Piece, Shard
from quotes.batch.shard import local, opened
from quotes.errors import UsageError
from quotes.files import digest
from quotes.models import Skipped

SIZE = 4_000_000  # bytes of text in a shard: about two minutes of one core
PACKED = 4  # text is so much larger than the gzip of it
PARQUET = (".parquet", ".pq")
LINES, ARCHIVES = (".jsonl", ".ndjson"), (".warc", ".warc.gz")

Progress = Callable[[str, int], None]


def make(inputs: Sequence[str], folder: Path, *, size: int = SIZE, progress: Progress | None = None) -> dict[str, Any]:
    """Plan the work on ``inputs`` (files, folders, globs, fsspec URLs) in ``folder``; returns what the plan says.

    Every input is read once, for its digest. Planning again with more inputs, or after some changed, keeps what is
    done of the others. Raises UsageError where nothing is to be done.
    """
    skipped: list[Skipped] = []
    pieces: list[Piece] = []
    for url in _found(inputs, skipped):
        try:
            pieces += _pieces(url, size)
        except (OSError, ValueError) as error:  # ValueError: what is no Parquet
            skipped.append(Skipped(url, getattr(error, "strerror", None) or str(error)))
        if progress:
            progress(url, len(pieces))
    if not pieces:
        raise UsageError("nothing to plan", skipped[0].where + ": " + skipped[0].reason if skipped else "")
    shards = list(gathered(pieces, size))
    ledger.write_plan(folder, shards, {"inputs": list(inputs), "size": size, "pieces": len(pieces)}, skipped)
    return ledger.read_plan(folder)


def gathered(pieces: Iterable[Piece], size: int) -> Iterator[Shard]:
    """Pieces, in order, in shards of about ``size`` bytes; a larger piece is a shard of its own."""
    group: list[Piece] = []
    held = 0
    for piece in pieces:
        weight = _weight(piece)
        if group and held + weight > size:
            yield Shard(tuple(group))
            group, held = [], 0
        group.append(piece)
        held += weight
    if group:
        yield Shard(tuple(group))


def _weight(piece: Piece) -> int:
    if piece.kind == "rows":
        return SIZE  # a row group is cut by whoever wrote it
    return (piece.end - piece.start) * (PACKED if piece.url.endswith(".gz") else 1)


def _found(inputs: Iterable[str], skipped: list[Skipped]) -> Iterator[str]:
    """Every file of the inputs, once, in order."""
    seen = set()
    for given in inputs:
        for url in _local(given, skipped) if local(given) else _remote(given, skipped):
            if url not in seen:
                seen.add(url)
                yield url


def _kinds() -> tuple[str, ...]:
    from quotes.readers import KINDS

    return (*KINDS, *PARQUET)


def _local(given: str, skipped: list[Skipped]) -> Iterator[str]:
    from quotes.readers.folders import files

    for path in files(given, _kinds()):
        if isinstance(path, Skipped):
            skipped.append(path)
        else:
            yield str(path.resolve())


def _remote(given: str, skipped: list[Skipped]) -> Iterator[str]:
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(given)
        names = system.glob(path) if any(sign in path for sign in "*?[") else [path]
        files = [file for name in names for file in (system.find(name) if system.isdir(name) else [name])]
    except (OSError, ValueError, ImportError) as error:  # not there, no such protocol, its library is not installed
        skipped.append(Skipped(given, str(error)))
        return
    if not files:
        skipped.append(Skipped(given, "nothing matches"))
    for name in sorted(files):
        if name.lower().endswith(_kinds()):
            yield system.unstrip_protocol(name)
        else:
            skipped.append(Skipped(system.unstrip_protocol(name), "not a kind of file that is read"))


def _pieces(url: str, size: int) -> Iterator[Piece]:
    lower = url.lower()
    with opened(url) as file:
        if lower.endswith(LINES):
            yield from _cut_lines(url, file, size)
        elif lower.endswith(PARQUET):
            yield from _row_groups(url, file)
        elif lower.endswith(ARCHIVES):
            yield from _cut_archive(url, file, size)
        else:
            whole = digest(file)
            yield Piece(url, "file", 0, file.seek(0, 2), whole)


def _cut_lines(url: str, file: BinaryIO, size: int) -> Iterator[Piece]:
    start = at = lines = 0
    first, total = 1, sha256()
    for line in file:
        total.update(line)
        at += len(line)
        lines += 1
        if at - start >= size:
            yield Piece(url, "lines", start, at, total.hexdigest(), first)
            start, first, total = at, lines + 1, sha256()
    if at > start or not lines:
        yield Piece(url, "lines", start, at, total.hexdigest(), first)


def _row_groups(url: str, file: BinaryIO) -> Iterator[Piece]:
    import pyarrow.parquet as pq

    whole, line = digest(file), 1
    about = pq.ParquetFile(file).metadata
    for group in range(about.num_row_groups):
        yield Piece(url, "rows", group, group + 1, whole, line)
        line += about.row_group(group).num_rows


def _cut_archive(url: str, file: BinaryIO, size: int) -> Iterator[Piece]:
    """A web archive cut between records: every part is an archive itself. A damaged one stays whole."""
    from fastwarc.warc import ArchiveIterator

    try:
        ends = [record.stream_pos for record in ArchiveIterator(file, parse_http=False)][1:]
    except OSError:
        file.seek(0)
        whole = digest(file)
        yield Piece(url, "file", 0, file.seek(0, 2), whole)
        return
    ends.append(file.seek(0, 2))
    step = size // PACKED if url.endswith(".gz") else size
    start = 0
    for end, after in zip(ends, [*ends[1:], None], strict=True):
        if after is None or after - start > step:
            file.seek(start)
            yield Piece(url, "records", start, end, sha256(file.read(end - start)).hexdigest())
            start = end
