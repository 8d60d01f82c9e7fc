"""The work on one shard: its records read, extracted from, and written as one Parquet file.

``results`` alone is what an engine of another kind needs: it takes records, gives rows, and keeps nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from quotes import files
from quotes.batch import ledger
from quotes.batch.ledger import Entry, Piece, Shard
from quotes.batch.rows import DONE, FAILED, UNREAD, Row, row, schema
from quotes.errors import QuotesError
from quotes.files import digest
from quotes.models import Claim, Run, Skipped
from quotes.pool import Failed
from quotes.readers import read, read_input, told
from quotes.readers.decoding import mend
from quotes.readers.inputs import Found, Input
from quotes.readers.jsonl import records as records_of
from quotes.readers.records import article_of, dated
from quotes.tracker import unread

Extract = Callable[[Iterable[tuple[Found, str | None]]], Iterator[tuple[Found, list[Claim] | Failed | None]]]

GROUP = 256  # rows written at a time


class ChangedError(QuotesError):
    """An input is no longer what was planned."""


def process_shard(shard: Shard, folder: Path, run: Run, extract: Extract) -> Entry:
    """Do a shard, write its result and its line in the ledger. Raises ChangedError if an input is another one now."""
    started = time.monotonic()
    tally = _Tally()
    path = ledger.result(folder, shard)
    path.parent.mkdir(exist_ok=True)
    with files.replacing(path) as temporary:
        _write(tally.of(results(records(shard), run, extract)), shard, temporary)
    with path.open("rb") as file:
        written = digest(file)
    entry = Entry(
        shard=shard.key,
        input_sha256=shard.sha256,
        version=run.version,
        model=run.model,
        options=run.options,
        **asdict(tally),
        seconds=round(time.monotonic() - started, 3),
        result=written,
        bytes=path.stat().st_size,
    )
    ledger.write_entry(folder, shard, entry)
    return entry


def results(found: Iterable[Found], run: Run, extract: Extract) -> Iterator[Row]:
    """A row for every record, in their order."""

    def tasks() -> Iterator[tuple[Found, str | None]]:
        for came in found:
            yield came, None if isinstance(came, Skipped) or unread(came, run) else came.text

    for came, claims in extract(tasks()):
        if isinstance(came, Skipped):
            yield row(came, came, run)
        elif isinstance(claims, Failed):
            yield row(came, Skipped(came.where, claims.reason), run)
        elif claims is None:
            yield row(came, unread(came, run) or (), run, outcome=UNREAD)
        else:
            yield row(came, claims, run)


@dataclass
class _Tally:
    """What went through."""

    records: int = 0
    done: int = 0
    failed: int = 0
    unread: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    claims: int = 0
    words: int = 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted."""
        for found in rows:
            self.records += 1
            self.done += found["outcome"] == DONE
            self.failed += found["outcome"] == FAILED
            self.unread += found["outcome"] == UNREAD
            if found["reason"]:
                self.reasons[found["reason"]] = self.reasons.get(found["reason"], 0) + 1
            self.claims += len(found["claims"])
            self.words += len((found["text"] or "").split())
            yield found


def _write(rows: Iterable[Row], shard: Shard, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns, group = schema(), []
    with pq.ParquetWriter(path, columns, compression="zstd") as writer:
        for position, found in enumerate(rows):
            group.append({**found, "shard": shard.key, "input_sha256": shard.sha256, "position": position})
            if len(group) == GROUP:
                writer.write_table(pa.Table.from_pylist(group, columns))
                group.clear()
        writer.write_table(pa.Table.from_pylist(group, columns))


# Reading


def records(shard: Shard) -> Iterator[Found]:
    """The records of a shard, as ``quotes.read`` gives them. Raises ChangedError."""
    for piece in shard.pieces:
        yield from _READERS[piece.kind](piece)


def _lines(piece: Piece) -> Iterator[Found]:
    found = records_of(iter(BytesIO(_bytes(piece)).readline, b""), mend(piece.url), place(piece.url), first=piece.line)
    return map(told, found)


def _part(piece: Piece) -> Iterator[Found]:
    return map(told, read_input(_input(piece, BytesIO(_bytes(piece)))))


def _file(piece: Piece) -> Iterator[Found]:
    with opened(piece.url) as file:
        _same(piece, digest(file))
        if local(piece.url):
            yield from read(Path(piece.url))  # with what lies beside it
        else:
            yield from map(told, read_input(_input(piece, file)))


def _rows(piece: Piece) -> Iterator[Found]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(piece.url) as file:
        _same(piece, digest(file))
        try:
            found = pq.ParquetFile(file).read_row_groups([*range(piece.start, piece.end)]).to_pylist()
        except pa.ArrowException as error:
            raise QuotesError(f"{piece.url} is damaged: {error}") from error
        for number, row in enumerate(found, piece.line):
            record = {name: dated(value) for name, value in row.items()}
            yield told(article_of(record, mend(piece.url), number, place(piece.url)))


_READERS: dict[str, Callable[[Piece], Iterator[Found]]] = {
    "file": _file,
    "lines": _lines,
    "records": _part,
    "rows": _rows,
}


def _input(piece: Piece, stream: BinaryIO) -> Input:
    return Input(stream, PurePosixPath(piece.url).name, mend(piece.url), place(piece.url))


def _bytes(piece: Piece) -> bytes:
    with opened(piece.url) as file:
        file.seek(piece.start)
        data: bytes = file.read(piece.end - piece.start)
    _same(piece, sha256(data).hexdigest())
    return data


def _same(piece: Piece, found: str) -> None:
    if found != piece.sha256:
        raise ChangedError(f"{piece.url} has changed since it was planned", "plan again: what is done stays done")


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """A local file or one that fsspec opens, to be read as bytes."""
    if local(url):
        with Path(url).open("rb") as file:
            yield file
    else:
        import fsspec

        with fsspec.open(url, "rb") as file:
            yield file


def local(url: str) -> bool:
    """Whether this is a path of this machine."""
    return "://" not in url


def place(url: str) -> str:
    """The URI of an input."""
    return Path(url).resolve().as_uri() if local(url) else url
