"""How long a question to a large database takes, through the library: median and spread, beside the size of the file.

    python benchmarks/claims.py claims.db && python benchmarks/desk.py claims.db [--times 7]

Each question is asked so many times, of another claim each time where it is about one, after once unmeasured. The time
that a command needs to start, which is the same for all, is given apart. Where others use the machine too, the time of
the processor says what one to itself would take.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from quotes import Store, anonymity, evidence
from quotes.store import Filters

Question = Callable[[dict[str, Any]], object]
PAGE = 20  # rows of a listing


def questions(store: Store) -> dict[str, Question]:
    """What a person asks, by name; each is given a claim to ask about."""
    page = Filters(limit=PAGE)
    return {
        "search: a rare word": lambda row: list(store.search(_words(row)[-1], page)),
        "search: two words": lambda row: list(store.search(" ".join(_words(row)[2:4]), page)),
        "search: a very common word": lambda _: list(store.search("the", page)),
        "search: a phrase": lambda row: list(store.search(f'"{" ".join(_words(row)[3:6])}"', page)),
        "search: newest first": lambda row: list(store.search(_words(row)[3], page, "date")),
        "search: of a speaker": lambda row: list(
            store.search(_words(row)[3], Filters(limit=PAGE, speaker=row["speaker"]))
        ),
        "check: exact": lambda row: evidence.check(store, row["quote"]),
        "check: a word left out": lambda row: evidence.check(store, " ".join(_words(row)[:5] + _words(row)[6:])),
        "check: absent": lambda row: evidence.check(store, " ".join(reversed(_words(row)))),
        "compare": lambda row: evidence.versions(store, row["quote"]),
        "speakers": lambda _: list(store.speakers(page, apart=False)),
        "speakers: with a name": lambda _: list(store.speakers(Filters(named=True, limit=PAGE), apart=False)),
        "speakers: each by itself": lambda _: list(store.speakers(page)),
        "speaker: claims of one": lambda row: list(store.claims(Filters(speaker=row["speaker"], limit=PAGE))),
        "speaker: counted": lambda row: list(store.speakers(Filters(speaker=row["speaker"]))),
        "report: first claims": lambda _: list(store.claims(page)),
        "report: an outlet, a year": lambda _: list(
            store.claims(Filters(publisher="Ashby Post", since="2020", limit=PAGE))
        ),
        "report: far down": lambda row: list(store.claims(Filters(after=row["id"], limit=PAGE))),
        "count": lambda _: store.count(Filters()),
        "outlets": lambda _: list(store.outlets()),
        "timeline": lambda _: list(store.timeline()),
        "timeline: of a word": lambda row: list(store.timeline(_words(row)[3])),
        "unnamed": lambda _: list(islice(anonymity.counted(store), PAGE)),
    }


def _words(row: dict[str, Any]) -> list[str]:
    return re.findall(r"\w+", row["quote"])


def measure(question: Question, rows: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """Milliseconds that each asking takes, by the clock and of the processor."""
    question(rows[0])
    clock, processor = [], []
    for row in rows:
        began, begun = time.perf_counter(), time.process_time()
        question(row)
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - begun))
    return clock, processor


def start() -> float:
    """Milliseconds of a command that does nothing but start."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "quotes_cli", "--version"], check=True, capture_output=True)
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    """Ask everything and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--times", type=int, default=7)
    chosen = parser.parse_args()
    with Store(chosen.path, readonly=True) as store:
        claims = store.count(Filters())
        print(f"{claims:,} claims, {chosen.path.stat().st_size / 1e6:,.0f} MB; milliseconds")
        print(f"{'':32} {'median':>8}   {'least – most':>19}   {'processor':>8}")
        numbers = random.Random(1).sample(range(1, claims), chosen.times)
        rows = [store.claim(number) for number in numbers]
        for name, question in questions(store).items():
            clock, processor = measure(question, rows)
            spread = f"{min(clock):8.1f} – {max(clock):8.1f}"
            print(f"{name:32} {statistics.median(clock):8.1f}   {spread}   {statistics.median(processor):8.1f}")
    print(f"{'start of a command':32} {statistics.median(start() for _ in range(chosen.times)):8.1f}")


if __name__ == "__main__":
    main()
