"""Many articles through `quotes batch`: rates and bytes; or workers killed at random, and what is left then.

    python benchmarks/batch.py --articles 100000 --jobs 2
    python benchmarks/batch.py --articles 2000 --kill 10

Articles are paragraphs of those in tests/data, each under another dateline, so that no two are the same. With
``--kill``, processes of a Dask cluster of this machine are killed at random moments while it works; the run is then
taken up again, and its rows are compared with those of an undisturbed run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
QUOTES = [sys.executable, "-m", "quotes_cli"]


def originals() -> list[dict[str, Any]]:
    """The articles that all others are made from."""
    texts = [json.loads(line) for line in (ROOT / "tests/data/wikinews.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{"text": one["text"], "title": one.get("title")} for one in texts]


def altered(count: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """So many articles, each a paragraph of an original under a dateline of its own."""
    rng, known = random.Random(seed), originals()
    for number in range(count):
        one = rng.choice(known)
        paragraphs = [part for part in one["text"].split("\n") if part.strip()]
        body = rng.choice(paragraphs)
        day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        yield {
            "id": f"a{number}",
            "text": f"Edition {number} of {day}.\n\n{body}",
            "title": one["title"],
            "published": day,
            "publisher": f"Outlet {rng.randint(1, 40)}",
        }


def written(path: Path, count: int) -> Path:
    """A file of so many articles."""
    with path.open("w", encoding="utf-8") as file:
        for record in altered(count):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def quotes(*arguments: str | Path) -> tuple[str, float]:
    """What a command prints, and its seconds."""
    started = time.monotonic()
    done = subprocess.run([*QUOTES, *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout, time.monotonic() - started


def rates(folder: Path, count: int, jobs: int) -> Iterator[str]:
    """Plan, run and load, each with its rate."""
    source, work, database = written(folder / "in.jsonl", count), folder / "work", folder / "out.db"
    _, planning = quotes("batch", "plan", source, "--to", work)
    _, running = quotes("batch", "run", work, "--jobs", str(jobs))
    _, loading = quotes("-d", database, "batch", "load", work)
    found = json.loads(quotes("batch", "status", work, "--json")[0])
    parquet = sum(path.stat().st_size for path in (work / "results").iterdir())
    yield f"{count:,} articles, {found['words']:,} words, {found['claims']:,} claims, {found['shards']} shards"
    yield f"plan   {planning:8.1f} s   {source.stat().st_size / planning / 1e6:8.1f} MB/s"
    yield f"run    {running:8.1f} s   {found['words'] / running:8,.0f} words/s with {jobs} processes"
    yield f"                      {count / running * 3600 / jobs:8,.0f} articles a core and hour"
    yield f"load   {loading:8.1f} s   {found['claims'] / loading:8,.0f} claims/s"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    yield f"peak memory of a process: {peak / 1000:,.0f} MB"
    stored = database.stat().st_size
    yield f"bytes a claim: Parquet {parquet / found['claims']:,.0f}, SQLite {stored / found['claims']:,.0f}"


def rows(work: Path) -> dict[str, str]:
    """Digest of every result, by shard."""
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((work / "ledger").iterdir())]
    return {entry["shard"]: entry["result"] for entry in entries}


def killed(folder: Path, count: int, kills: int) -> Iterator[str]:
    """Workers killed at random while a cluster of two works; then the same once more, until all is done."""
    rng = random.Random(1)
    source = written(folder / "in.jsonl", count)
    for name in ("calm", "killed"):
        quotes("batch", "plan", source, "--to", folder / name, "--size", "1")
    quotes("batch", "run", folder / "calm")
    command = [*QUOTES, "batch", "run", str(folder / "killed"), "--dask", "--jobs", "2"]
    left, starts = kills, 0
    while left:
        starts += 1
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while left and run.poll() is None:
            time.sleep(rng.uniform(1, 6))
            victims = descendants(run.pid)
            if victims and run.poll() is None:
                os.kill(rng.choice(victims), signal.SIGKILL)
                left -= 1
        run.kill() if rng.random() < 0.3 else run.wait()
    quotes("batch", "run", folder / "killed")
    same = rows(folder / "calm") == rows(folder / "killed")
    yield f"{kills} kills in {starts} runs of two workers: results {'the same, each once' if same else 'DIFFER'}"
    if not same:
        raise SystemExit(1)


def descendants(pid: int) -> list[int]:
    """Processes under this one, by Linux's own list."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").glob("*") for child in (task / "children").read_text().split()
    ]
    return children + [one for child in children for one in descendants(child)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kill", type=int, default=0, metavar="N")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        lines = (
            killed(Path(folder), options.articles, options.kill)
            if options.kill
            else rates(Path(folder), options.articles, options.jobs)
        )
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main()
