"""An open database: its transactions, its errors, its time. What is asked and written is in the classes above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quotes.store.connection import Told, connect, immediate, translated

Row = dict[str, Any]


def utc_now() -> datetime:
    """The time that rows are stamped with."""
    return datetime.now(UTC)


class Access:
    """An open file, as ``Store`` describes it."""

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        readonly: bool = False,
        told: Told | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.path = Path(path)
        self.clock = clock
        self.db = connect(self.path, create=create, readonly=readonly, told=told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self.db.conn.close()

    def _rows(self, query: Callable[..., Iterator[Row]], *arguments: Any) -> Iterator[Row]:
        with translated(self.path):
            yield from query(self.db, *arguments)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with translated(self.path), immediate(self.db):
            yield

    def _now(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")
