"""What is planned and what is done: small JSON files, each written whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from quotes import files
from quotes.errors import UsageError
from quotes.models import Run, Skipped

FORM = 2  # of the files below
PLAN, SHARDS, RESULTS, LEDGER = "plan.json", "shards.jsonl", "results", "ledger"


@dataclass(frozen=True)
class Piece:
    """A part of one input: bytes ``start`` to ``end`` of a file, or these row groups of a Parquet file.

    ``line`` is the number of the first line of a piece of JSON Lines; ``sha256`` that of the bytes of the piece, or of
    the whole file for row groups.
    """

    url: str
    kind: str  # file, lines, records (of a web archive), rows (of Parquet)
    start: int
    end: int
    sha256: str
    line: int = 1


@dataclass(frozen=True)
class Shard:
    """Some minutes' work. The same inputs give the same ``key``, whatever else is planned beside them."""

    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits, the name of its files."""
        return self.sha256[:16]

    @cached_property
    def sha256(self) -> str:
        """Digest of where its pieces are and what is in them."""
        return sha256(json.dumps([asdict(piece) for piece in self.pieces], sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Entry:
    """What was done of a shard: ``records`` in are ``done``, ``failed`` and ``unread`` out, these by their ``reasons``.

    ``result`` and ``bytes`` are digest and size of the Parquet file.
    """

    shard: str
    input_sha256: str
    version: str
    model: str
    options: dict[str, Any]
    records: int
    done: int
    failed: int
    unread: int
    reasons: dict[str, int]
    claims: int
    words: int
    seconds: float
    result: str
    bytes: int

    def by(self, run: Run) -> bool:
        """Whether this is the work of the same program, model and options."""
        return (self.version, self.model, self.options) == (run.version, run.model, run.options)


def write_plan(folder: Path, shards: list[Shard], about: Mapping[str, Any], skipped: list[Skipped]) -> None:
    """Write the plan; shards first, so that a plan that can be read is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    with files.replacing(folder / SHARDS) as path, path.open("w", encoding="utf-8") as file:
        for shard in shards:
            file.write(json.dumps(asdict(shard), ensure_ascii=False) + "\n")
    header = {"form": FORM, **about, "shards": len(shards), "skipped": [asdict(s) for s in skipped]}
    with files.replacing(folder / PLAN) as path:
        path.write_text(json.dumps(header, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_plan(folder: Path) -> dict[str, Any]:
    """What the plan says of itself. Raises UsageError where there is none that this version reads."""
    try:
        header: dict[str, Any] = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"there is no plan in {folder}", f"quotes batch plan INPUT… --to {folder}") from error
    if header.get("form") != FORM:
        raise UsageError(f"the plan in {folder} is of another version of quotes", "plan again in a new folder")
    return header


def read_shards(folder: Path) -> Iterator[Shard]:
    """The shards of a plan, in its order."""
    read_plan(folder)
    with (folder / SHARDS).open(encoding="utf-8") as file:
        for line in file:
            yield Shard(tuple(Piece(**piece) for piece in json.loads(line)["pieces"]))


def result(folder: Path, shard: Shard) -> Path:
    """Where the result of a shard is, or will be."""
    return folder / RESULTS / f"{shard.key}.parquet"


def write_entry(folder: Path, shard: Shard, entry: Entry) -> None:
    """Remember that a shard is done; its result is on the disk already."""
    (folder / LEDGER).mkdir(exist_ok=True)
    with files.replacing(folder / LEDGER / f"{shard.key}.json") as path:
        path.write_text(json.dumps(asdict(entry), ensure_ascii=False) + "\n", encoding="utf-8")


def entry(folder: Path, shard: Shard) -> Entry | None:
    """What was done of a shard; None if its result is missing or of another size than what was written."""
    try:
        found = Entry(**json.loads((folder / LEDGER / f"{shard.key}.json").read_text(encoding="utf-8")))
        whole = result(folder, shard).stat().st_size == found.bytes
    except (OSError, ValueError, TypeError):
        return None
    return found if whole and found.input_sha256 == shard.sha256 else None


def intact(folder: Path, shard: Shard) -> Entry | None:
    """What was done of a shard; None if its result is not, to the bit, what was written."""
    found = entry(folder, shard)
    if found is None:
        return None
    with result(folder, shard).open("rb") as file:
        return found if files.digest(file) == found.result else None


def status(folder: Path) -> dict[str, Any]:
    """Counts over the shards of a plan, the rate of those at work on one, and why records failed, most frequent first.

    Keys: shards, shards_done, records, done, failed, unread, claims, words, seconds, words_per_second, reasons.
    """
    totals = Counter[str]()
    reasons = Counter[str]()
    for shard in read_shards(folder):
        totals["shards"] += 1
        found = entry(folder, shard)
        if found is None:
            continue
        totals["shards_done"] += 1
        for name in _COUNTED:
            totals[name] += getattr(found, name)
        reasons.update(found.reasons)
    rate = round(totals["words"] / totals["seconds"]) if totals["seconds"] else None
    counts = {name: totals[name] for name in ("shards", "shards_done", *_COUNTED)}
    return {
        **counts,
        "seconds": round(totals["seconds"], 1),
        "words_per_second": rate,
        "reasons": dict(reasons.most_common()),
    }


_COUNTED = ("records", "done", "failed", "unread", "claims", "words", "seconds")
