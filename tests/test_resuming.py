"""A job that is killed, doubled or poisoned leaves the database that an undisturbed one leaves."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.store import Store
from test_store import dump

STANDIN = Path(__file__).parent / "standin.py"


def articles(path: Path, count: int, poison: int | None = None) -> Path:
    """Short articles; every tenth has the text of one before it, every seventh quotes what others quote."""
    lines = []
    for n in range(count):
        text = f'"The water of day {n} came over the wall," said Ann Bell. "Cold it was on day {n % 50}," said Bob Roe.'
        if n % 10 == 9:
            text = json.loads(lines[n // 2])["text"]
        if n == poison:
            text = "poison"
        lines.append(json.dumps({"id": n, "text": text, "title": f"Day {n}", "publisher": f"Outlet {n % 12}"}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def add(database: Path, source: Path, jobs: int = 2) -> subprocess.Popen[str]:
    command = [sys.executable, str(STANDIN), str(database), str(source), str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> list[str]:
    out, errors = process.communicate(timeout=600)
    assert (process.returncode, errors) == (0, "")
    return out.splitlines()


@pytest.mark.parametrize(
    ("count", "kills"), [(60, 2), pytest.param(1000, 50, marks=pytest.mark.soak)], ids=["short", "soak"]
)
def test_killed_at_random_and_resumed_it_is_as_if_nothing_had_been(tmp_path: Path, count: int, kills: int) -> None:
    source, chance = articles(tmp_path / "news.jsonl", count), random.Random(7)
    for _ in range(kills):
        with add(tmp_path / "killed.db", source) as process:
            assert process.stdout
            for _ in range(chance.randrange(1, max(2, count // kills))):
                process.stdout.readline()
            process.kill()
    for name in ("killed", "undisturbed"):
        finished(add(tmp_path / f"{name}.db", source))
    with Store(tmp_path / "killed.db") as killed, Store(tmp_path / "undisturbed.db") as undisturbed:
        assert len(list(killed.articles())) == count
        assert dump(killed) == dump(undisturbed)
        assert not list(killed.verify())


def test_four_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    source = articles(tmp_path / "news.jsonl", 40)
    for process in [add(tmp_path / "four.db", source, jobs=1) for _ in range(4)]:
        assert len(finished(process)) == 41
    finished(add(tmp_path / "one.db", source))
    with Store(tmp_path / "four.db") as four, Store(tmp_path / "one.db") as one:
        rows = [
            [(row["input_id"], row["publisher"], row["claims"]) for row in store.articles()] for store in (four, one)
        ]
        assert sorted(rows[0]) == sorted(rows[1])
        assert {row["speaker"]: row["claims"] for row in four.speakers()} == {"Ann Bell": 40, "Bob Roe": 40}
        assert not list(four.verify())


def test_a_poisonous_article_costs_itself_alone(tmp_path: Path) -> None:
    source = articles(tmp_path / "news.jsonl", 40, poison=20)
    lines = finished(add(tmp_path / "news.db", source))
    assert sum(line.endswith("skipped") for line in lines) == 1
    with Store(tmp_path / "news.db") as store:
        assert len(list(store.articles())) == 39
        [skip] = store.skips()
    assert skip["where"].endswith("#20")
    assert skip["reason"] == "ends the process that works on it, twice: killed by SIGKILL"


@pytest.mark.soak
def test_memory_stays_flat(tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 20_000):
        source = articles(tmp_path / f"{count}.jsonl", count)
        peaks.append(int(finished(add(tmp_path / f"{count}.db", source))[-1]))
    assert peaks[1] - peaks[0] < 20_000, "kB for 18,000 articles more"
