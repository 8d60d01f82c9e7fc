"""Results into a claims database, all of them or none, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from quotes.batch import ledger
from quotes.batch.rows import record
from quotes.models import Report
from quotes.store import Record, Store

GROUP = 64  # rows of a result in memory at a time

Progress = Callable[[int], None]


def load(folder: Path, store: Store, progress: Progress | None = None) -> Report:
    """Save what the finished shards of a plan hold; what the store has already is left as it is.

    ``progress`` is told how many claims each row brought. Raises StoreError and then has changed nothing.
    """
    entries = [entry for shard in ledger.read_shards(folder) if (entry := ledger.entry(folder, shard))]
    return store.load(_records(folder, progress), claims=sum(entry.claims for entry in entries))


def _records(folder: Path, progress: Progress | None) -> Iterator[Record]:
    import pyarrow.parquet as pq

    for shard in ledger.read_shards(folder):
        if ledger.entry(folder, shard) is None:
            continue
        with pq.ParquetFile(ledger.result(folder, shard)) as table:
            for batch in table.iter_batches(GROUP):
                for found in batch.to_pylist():
                    yield record(found)
                    if progress:
                        progress(len(found["claims"]))
