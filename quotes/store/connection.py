"""Opening the file, its transactions, and what SQLite's errors mean to a person."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from quotes import files
from quotes.errors import StoreError, UsageError
from quotes.store.schema import APPLICATION, MIGRATIONS, VERSION

Told = Callable[[str], None]

LARGE = 100_000_000  # bytes of a file that is not brought up to date at once
TIMEOUT = 30.0  # seconds to wait for another writer

_MEANINGS = {
    "SQLITE_BUSY": ("another process is writing to {path}", "try again when it is done"),
    "SQLITE_LOCKED": ("another process is writing to {path}", "try again when it is done"),
    "SQLITE_FULL": ("no space left to write {path}", "what was stored before is intact; free some space and repeat"),
    "SQLITE_READONLY": ("{path} cannot be written", "check its permissions, and those of its folder"),
    "SQLITE_CANTOPEN": ("{path} cannot be opened", "check the path and its permissions"),
    "SQLITE_NOTADB": ("{path} is not a quotes database", "give another path with -d"),
    "SQLITE_CORRUPT": ("{path} is damaged", "restore a backup, or add the sources again to a new database"),
    "SQLITE_IOERR": ("the disk failed on {path}", "what was stored before may be intact: run quotes verify"),
    "SQLITE_INTERRUPT": ("work on {path} was interrupted", "nothing was left half-stored; repeat the command"),
}


def error_name(error: sqlite3.Error) -> str:
    """SQLite's own name for an error; errors of the Python module itself have none."""
    return getattr(error, "sqlite_errorname", "")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a StoreError that says what happened to which file."""
    try:
        yield
    except sqlite3.Error as error:
        code = error_name(error)
        for name, (message, hint) in _MEANINGS.items():
            if code.startswith(name):
                raise StoreError(message.format(path=path), hint) from error
        raise StoreError(f"{path}: {error}", "run quotes doctor") from error


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """One transaction that takes the write lock at once: a deferred one fails when another writer comes between."""
    db.conn.execute("begin immediate")
    try:
        yield
        db.conn.execute("commit")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("rollback")
        raise


def connect(
    path: Path,
    *,
    create: bool,
    readonly: bool,
    told: Told | None = None,
    migrations: Migrations = MIGRATIONS,
    latest: int = VERSION,
) -> Database:
    """The open database, ours and brought to version ``latest`` by ``migrations``; see ``Store`` for what is raised."""
    _require(path, create)
    with translated(path):
        conn = _open(path, create, readonly)
        try:
            version = _version(conn, path, create, latest)
            db = Database(conn, execute_plugins=False)
            if not readonly:
                _use_wal(db)
                if told and 0 < version < latest and path.stat().st_size > LARGE:
                    told(f"{path} is of an older version: it is copied and brought up to date, which takes a while")
                _migrate(db, path, version, latest, migrations)
            elif version < latest:
                raise StoreError(
                    f"{path} was made by an older version", "quotes db migrate brings it up to date, and leaves a copy"
                )
            db.execute("pragma foreign_keys = on")  # a migration may replace a table that others refer to
            return db
        except BaseException:
            conn.close()
            raise


@contextmanager
def snapshot(path: Path) -> Iterator[Database]:
    """The database as it is now, for reading, on a connection of its own: what is written meanwhile is not seen."""
    db = connect(path, create=False, readonly=True)
    with closing(db.conn):
        db.conn.execute("begin")
        yield db


def _require(path: Path, create: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a database")
    if not create and not path.exists():
        raise UsageError(f"there is no database {path}", f"quotes -d {path} add … makes one")
    if create and not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}")
    if not create and path.stat().st_size == 0:
        raise StoreError(f"{path} is empty, not a quotes database", f"quotes -d {path} add … fills it")


def dial(path: Path, mode: str) -> sqlite3.Connection:
    """A bare connection: ``ro``, ``rw``, or ``rwc`` to make the file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=TIMEOUT)


def _open(path: Path, create: bool, readonly: bool) -> sqlite3.Connection:
    conn = dial(path, "ro" if readonly else "rwc" if create else "rw")
    try:
        conn.execute("select 1 from sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        conn.close()
        # A closed WAL database in a folder that cannot be written can only be opened as one that nobody changes.
        if (
            not readonly
            or not error_name(error).startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
            or Path(f"{path}-wal").exists()
        ):
            raise
        conn = dial(path, "ro&immutable=1")
    return conn


def _version(conn: sqlite3.Connection, path: Path, create: bool, latest: int) -> int:
    """Version of the schema, 0 for a new file; nothing is written before it is known to be ours."""
    application = _number(conn, "application_id")
    version = _number(conn, "user_version")
    if application == APPLICATION and version > latest:
        raise StoreError(
            f"{path} was made by a newer version of quotes", "upgrade quotes: pip install -U quotes-tracker"
        )
    if application == APPLICATION:
        return version
    if application or not create or conn.execute("select 1 from sqlite_master").fetchone():
        raise StoreError(f"{path} is a database of another program", "give another path with -d")
    return 0


def _number(conn: sqlite3.Connection, pragma: str) -> int:
    return int(conn.execute(f"pragma {pragma}").fetchone()[0])


def _use_wal(db: Database) -> None:
    """SQLite does not wait for the lock that this change needs, so we do."""
    patience = time.monotonic() + TIMEOUT
    while True:
        try:
            db.conn.execute("pragma journal_mode = wal").fetchone()
        except sqlite3.OperationalError as error:
            if not error_name(error).startswith("SQLITE_BUSY") or time.monotonic() > patience:
                raise
            time.sleep(0.02)
        else:
            return


def _migrate(db: Database, path: Path, version: int, latest: int, migrations: Migrations) -> None:
    """Bring the schema up to date in one transaction; a database that holds something is copied beside itself first."""
    if version == latest:
        return
    if version:
        copy(db.conn, _free(path, version))
    with immediate(db):
        if _number(db.conn, "user_version") < latest:  # another process may have been quicker
            migrations.apply(db)
            db.conn.execute(f"pragma application_id = {APPLICATION}")
            db.conn.execute(f"pragma user_version = {latest}")


def copy(conn: sqlite3.Connection, path: Path) -> None:
    """The whole database in a new file, which appears under its name once it is written and on the disk.

    SQLite itself leaves what it had written so far where the disk was full, or the copying was stopped.
    """
    with files.replacing(path) as part:
        conn.execute("vacuum into ?", (str(part),))


def _free(path: Path, version: int) -> Path:
    names = (
        path.with_name(f"{path.name}.v{version}{suffix}.bak") for suffix in ("", *(f"-{n}" for n in range(2, 1000)))
    )
    for name in names:
        if not name.exists():
            return name
    raise StoreError(f"too many backups beside {path}", "move the .bak files away")
