"""Results into a claims database, all of them or none, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from quotes.batch import ledger
from quotes.batch.ledger import Shard
from quotes.batch.rows import record
from quotes.models import Report, Skipped
from quotes.store import Record, Store

GROUP = 64  # rows of a result in memory at a time

Progress = Callable[[int], None]


def load(folder: Path, store: Store, progress: Progress | None = None) -> Report:
    """Save what the finished shards of a plan hold; what the store has already is left as it is.

    A result that is not what was written is left out, with its reason. ``progress`` is told how many claims each row
    brought. Raises StoreError and then has changed nothing.
    """
    entries = [(shard, entry) for shard in ledger.read_shards(folder) if (entry := ledger.entry(folder, shard))]
    whole: list[Shard] = []
    altered: list[Skipped] = []
    for shard, _ in entries:
        if ledger.intact(folder, shard):
            whole.append(shard)
        else:
            altered.append(_altered(folder, shard))
    claims = sum(entry.claims for _, entry in entries)
    report = store.load(_records(folder, whole, progress), claims=claims)
    return replace(report, skipped=(*report.skipped, *altered))


def _altered(folder: Path, shard: Shard) -> Skipped:
    again = f"quotes batch run {folder} does the shard again"
    return Skipped(str(ledger.result(folder, shard)), f"was altered since it was written; {again}")


def _records(folder: Path, shards: Iterable[Shard], progress: Progress | None) -> Iterator[Record]:
    import pyarrow.parquet as pq

    for shard in shards:
        with pq.ParquetFile(ledger.result(folder, shard)) as table:
            for batch in table.iter_batches(GROUP):
                for found in batch.to_pylist():
                    yield record(found)
                    if progress:
                        progress(len(found["claims"]))
