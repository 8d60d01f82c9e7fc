"""Plain statements within a transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


def one(db: Database, query: str, *values: object) -> Row | None:
    """The first row, or None."""
    return next(every(db, query, *values), None)


def every(db: Database, query: str, *values: object) -> Iterator[Row]:
    """Rows by plain statements: ``db.query`` would open a savepoint for each, and hide one that fails to close."""
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def insert(db: Database, table: str, **row: object) -> int:
    """Insert one row; names of tables and columns are this module's own."""
    return int(db.execute(_inserting(table, *row), list(row.values())).lastrowid or 0)


@cache
def _inserting(table: str, *columns: str) -> str:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    return f"insert into {table} ({names}) values ({marks})"
