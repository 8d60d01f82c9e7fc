"""All or nothing: failing statements, killed and competing writers, a full disk, a lock that is not let go."""

from __future__ import annotations

import inspect
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any, ClassVar

import pytest

from conftest import FLOOD, flood_claims
from quotes.errors import StoreError
from quotes.models import Article, Review, Run, Skipped, Visit
from quotes.readers import read
from quotes.store import Store, connection
from test_store import BETTER, NOON, RUN, dump

ROOT = Path(__file__).parent.parent
# Writes articles number argv[2:], one transaction each, and says so after each commit.
WRITER = """
import sys
from datetime import datetime, UTC
from quotes.models import Article, Run, Attribution, Claim, Extent, Resolution, Speaker
from quotes.store import Store

with Store(sys.argv[1], create=True, clock=lambda: datetime(2024, 3, 6, tzinfo=UTC)) as store:
    for number in sys.argv[2:]:
        text = f'"Rain {number}," said Ann Bell. "Snow," said Bob Cole.'
        found = [(0, text.index(" said")), (text.index('"Snow'), text.rindex(" said"))]
        claims = [
            Claim(Attribution((Extent(*place),)), Resolution(Speaker(name, "person"), "name"))
            for place, name in zip(found, ("Ann Bell", "Bob Cole"))
        ]
        store.save(Article(text, id=number, where=number), claims, Run("1", "by-hand"))
        print(number, flush=True)
"""


class Fused(sqlite3.Connection):
    """A connection whose statement number ``fuse`` fails, once; sqlite-utils releases a savepoint twice if need be."""

    fuse: ClassVar[int] = 0

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        Fused.fuse -= not arguments[0].startswith("RELEASE")
        if Fused.fuse == 0 and not arguments[0].startswith("RELEASE"):
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(*arguments)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


@pytest.fixture
def fused(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Fused))
    Fused.fuse = 0
    with Store(path, create=True, clock=lambda: NOON) as store:
        store.save(FLOOD, flood_claims(), RUN)
        store.review(2, Review("accepted", note="by telephone"), "ann")
        store.rename("Residents", "People of Ashby", reviewer="ann")
        yield store


def reviewed(store: Store) -> object:
    said = [(row["claim_id"], Review("rejected", verdict="false"), row["revision"] or 0) for row in store.claims()]
    return store.review_all(said, "ben")


ELSEWHERE = replace(FLOOD, url="https://elsewhere.example", text="Before. " + FLOOD.text)
CHANGED = replace(FLOOD, text=FLOOD.text + " After.")
# Every way to write, and more than how many statements it takes.
WRITES: dict[str, tuple[Callable[[Store], object], int]] = {
    "save: new": (lambda store: store.save(Article("Another text.", id="x", where="x"), [], BETTER), 10),
    "save: copy": (lambda store: store.save(ELSEWHERE, flood_claims(), BETTER), 30),
    "save: changed": (lambda store: store.save(CHANGED, flood_claims(), BETTER), 30),
    "save: rerun": (lambda store: store.save(FLOOD, flood_claims(), BETTER), 30),
    "skip": (lambda store: store.skip(Skipped("a.txt", "it is empty"), RUN), 3),
    "keep": (lambda store: store.keep(ELSEWHERE, Skipped("b.txt", "in Welsh"), RUN), 5),
    "load": (lambda store: store.load([(ELSEWHERE, flood_claims(), BETTER), (Skipped("c", "d"), [], RUN)]), 30),
    "load: index anew": (lambda store: store.load([(ELSEWHERE, flood_claims(), BETTER)], claims=1000), 30),
    "visit": (lambda store: store.visit("https://a.example", Visit("etag", leads=("https://b.example",))), 2),
    "merge": (lambda store: store.merge("Nora Wells", "Ministry", reviewer="ann"), 5),
    "split": (lambda store: store.split("Nora Wells", claims=[2], name="Norah Wells", reviewer="ann"), 5),
    "rename": (lambda store: store.rename("Nora Wells", "N. Wells", reviewer="ann"), 5),
    "alias": (lambda store: store.alias("Nora Wells", "the mayor", reviewer="ann"), 5),
    "retract": (lambda store: store.retract(reviewer="ann"), 5),
    "review": (lambda store: store.review(3, Review(speaker="Somebody New", tag=("wall",)), "ann"), 5),
    "review_all": (reviewed, 20),
    "undo": (lambda store: store.undo(2, "ann"), 5),
}


@pytest.mark.parametrize("change", WRITES)
def test_a_change_is_made_whole_or_not_at_all_whichever_statement_fails(fused: Store, change: str) -> None:
    write, least = WRITES[change]
    before = dump(fused)
    for n in range(1, 3000):
        Fused.fuse = n
        try:
            write(fused)
        except StoreError:
            assert not fused.db.conn.in_transaction
            assert dump(fused) == before
        else:
            break
    assert Fused.fuse > 0
    assert n > least
    Fused.fuse = 0
    assert dump(fused) != before
    assert not list(fused.verify())


def test_every_way_to_write_is_tried_with_every_statement_failing() -> None:
    writing = re.compile(r"_writing\(\)|_curate\(|review_all\(|immediate\(")
    methods = {name for name, method in inspect.getmembers(Store, inspect.isfunction) if name[0] != "_"}
    assert {name for name in methods if writing.search(inspect.getsource(getattr(Store, name)))} == {
        *(change.split(":")[0] for change in WRITES),
        "reindex",  # changes no row that is right
    }


def test_a_database_is_made_whole_or_not_at_all_whichever_statement_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Fused))
    for n in range(1, 1000):
        Fused.fuse = n
        try:
            Store(path, create=True).close()
        except StoreError:
            continue  # the next attempt has to cope with what this one left
        if Fused.fuse > 0:
            break
        path.unlink()
    assert n > 30
    Fused.fuse = 0
    with Store(path) as store:
        assert store.health()["problems"] == []


def test_a_full_disk_leaves_what_was_stored(path: Path) -> None:
    with Store(path, create=True, clock=lambda: NOON) as store:
        store.save(FLOOD, flood_claims(), RUN)
        before = dump(store)
        pages = store.db.execute("pragma page_count").fetchone()[0]
        store.db.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(StoreError, match="no space left"):
            store.save(replace(FLOOD, url="https://elsewhere.example", text=FLOOD.text * 200), flood_claims(), RUN)
        assert dump(store) == before
        assert not list(store.verify())


def test_a_writer_that_does_not_let_go_is_named_after_a_while(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "TIMEOUT", 0.05)
    with Store(path, create=True) as one, Store(path) as other:
        one.db.conn.execute("begin immediate")
        with pytest.raises(StoreError, match="another process is writing"):
            other.skip(Skipped("a", "b"), Run("1", "m"))
        assert other.count() == 0


def test_reading_goes_on_while_another_writes(path: Path) -> None:
    with Store(path, create=True) as writer, Store(path, readonly=True) as reader:
        writer.save(FLOOD, flood_claims(), RUN)
        rows = reader.claims()
        first = next(rows)
        writer.save(FLOOD, [], BETTER)
        assert len([first, *rows]) == 7
        assert reader.count() == 0


class Watched(sqlite3.Connection):
    """A connection before each of whose statements something else happens."""

    meanwhile: ClassVar[Callable[[], object]]

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        Watched.meanwhile()
        return super().execute(*arguments)


def test_no_fault_is_found_while_another_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path, create=True) as store, Store(path) as other:
        store.save(FLOOD, flood_claims(), RUN)
        runs = (Run("1", f"take {number}") for number in range(20))
        changes: Iterator[Callable[[], object]] = cycle(
            [
                lambda: other.review(3, Review(speaker="#1"), "ann"),
                lambda: [other.save(ELSEWHERE, flood_claims(), run) for run in islice(runs, 1)],
                lambda: other.merge("#1", "#2", reviewer="ann"),
                lambda: other.undo(3, "ann"),
                lambda: other.retract(reviewer="ann"),
            ]
        )
        Watched.meanwhile = lambda: next(changes)()
        before = store.stamp()
        monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
        assert not list(store.verify())
        assert store.health()["problems"] == []
        assert next(runs, None) is None
        assert store.stamp() != before


@pytest.mark.parametrize("readonly", [True, False])
def test_what_verify_says_can_be_put_right_while_it_goes_on(path: Path, readonly: bool) -> None:
    with Store(path, create=True) as store, Store(path, readonly=readonly) as reader:
        store.save(FLOOD, flood_claims(), RUN)
        store.db.conn.executescript("delete from speaker_tallies; delete from unnamed_tallies")
        said = []
        for problem in reader.verify():
            said.append(problem)
            store.reindex()
            assert not list(reader.verify())
        assert [str(problem).split()[5] for problem in said] == ["speaker_tallies", "unnamed_tallies"]


def test_verify_lets_others_write_between_the_checks_of_search_indexes(path: Path) -> None:
    with Store(path, create=True) as store:
        store.save(FLOOD, flood_claims(), RUN)
        store.db.conn.executescript("drop trigger names_change; update speaker_aliases set folded = 'x'")
        problems = store.verify()
        assert "names_fts" in str(next(problems))
        assert store.save(ELSEWHERE, flood_claims(), RUN) == "copy"
        assert not list(problems)


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that may not be written, with a closed database in it and an article that may not be read."""
    nobody, user = 65534, os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store(folder / "claims.db", create=True) as store:
            store.save(FLOOD, flood_claims(), RUN)
        (folder / "secret.txt").touch(mode=0)
        (folder / "claims.db").chmod(0o444)
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(nobody)  # root may do everything
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


def test_an_archived_database_can_be_read_and_is_not_written(locked_folder: Path) -> None:
    with Store(locked_folder / "claims.db", readonly=True) as store:
        assert store.count() == 7
        assert not list(store.verify())
    for path in ("claims.db", "new.db"):
        with pytest.raises(StoreError, match="cannot be"):
            Store(locked_folder / path, create=True)


def test_a_file_that_may_not_be_read_says_so(locked_folder: Path) -> None:
    where = str(locked_folder / "secret.txt")
    assert list(read(where)) == [Skipped(where, "Permission denied")]


def write(path: Path, numbers: list[int], **surroundings: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), *map(str, numbers)]
    environment = {**os.environ, **surroundings}
    pipe = subprocess.PIPE
    return subprocess.Popen(arguments, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=environment)


def assert_as_undisturbed(path: Path, numbers: list[int]) -> None:
    """After one more run a file is what a run that nobody disturbed makes."""
    for target in (path, path.with_name("undisturbed.db")):
        with write(target, numbers) as process:
            assert len(list(process.stdout or [])) == len(numbers)
    with Store(path) as store, Store(path.with_name("undisturbed.db")) as undisturbed:
        assert dump(store) == dump(undisturbed)


def test_neither_hash_seed_nor_time_zone_is_in_what_is_stored(tmp_path: Path) -> None:
    dumps = []
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")):
        path = tmp_path / f"{seed}.db"
        with write(path, [1, 2, 3], PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale) as process:
            assert len(list(process.stdout or [])) == 3
        with Store(path) as store:
            dumps.append(dump(store))
    assert dumps[0] == dumps[1]


def test_a_killed_writer_loses_nothing_that_it_acknowledged(path: Path) -> None:
    chance = random.Random(7)
    numbers = list(range(120))
    acknowledged: set[str] = set()
    for _ in range(10):
        with write(path, numbers) as process:
            assert process.stdout
            for _ in range(chance.randrange(1, 60)):
                acknowledged.add(process.stdout.readline().strip())
            process.kill()
            acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
        with Store(path) as store:
            stored = {row["input_id"]: row["claims"] for row in store.articles()}
            assert acknowledged - {""} <= set(stored)
            assert set(stored.values()) == {2}
            assert not list(store.verify())
    assert_as_undisturbed(path, numbers)


def test_four_writers_of_the_same_articles_store_each_once(path: Path) -> None:
    chance = random.Random(7)
    orders = [chance.sample(range(40), 40) for _ in range(4)]
    writers = [write(path, order) for order in orders]
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert (writer.returncode, errors) == (0, "")
    with Store(path) as store:
        assert sorted(int(row["input_id"]) for row in store.articles()) == list(range(40))
        assert [(row["speaker"], row["claims"]) for row in store.speakers()] == [("Ann Bell", 40), ("Bob Cole", 40)]
        assert not list(store.verify())
