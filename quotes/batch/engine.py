"""Doing the shards of a plan that are not done: here, in processes, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.batch import ledger
from quotes.batch.ledger import Entry, Shard
from quotes.batch.shard import Extract, process_shard
from quotes.errors import QuotesError
from quotes.models import Run, Skipped

if TYPE_CHECKING:
    from spacy.language import Language

Outcome = tuple[Shard, Entry | Skipped]


def extracting(jobs: int = 1) -> tuple[Run, Extract]:
    """What extracts, and how: on ``jobs`` processes of this machine."""
    from quotes import pipeline

    nlp = _loaded()
    return pipeline.run_of(nlp), lambda tasks: pipeline.work(tasks, nlp, jobs=jobs)


def missing(folder: Path, run: Run) -> Iterator[Shard]:
    """Shards of the plan that this program and model have not done, or whose results were altered since."""
    for shard in ledger.read_shards(folder):
        entry = ledger.intact(folder, shard)
        if entry is None or not entry.by(run):
            yield shard


def here(shards: Iterable[Shard], folder: Path, run: Run, extract: Extract) -> Iterator[Outcome]:
    """One shard after the other, whose articles ``extract`` spreads over processes as it likes."""
    for shard in shards:
        yield shard, attempt(shard, folder, run, extract)


def attempt(shard: Shard, folder: Path, run: Run, extract: Extract) -> Entry | Skipped:
    """The entry of a shard, or why there is none; the others go on."""
    try:
        return process_shard(shard, folder, run, extract)
    except (QuotesError, OSError) as error:
        return Skipped(f"shard {shard.key}", str(error))


def dask(
    shards: Iterable[Shard], folder: Path, run: Run, extract: Extract, *, scheduler: str | None, jobs: int
) -> Iterator[Outcome]:
    """Shards as tasks of Dask, on the cluster at ``scheduler`` or on ``jobs`` processes of this machine.

    Workers see ``folder`` at the same path. A shard whose workers die again and again is done here with care:
    ``extract`` sets aside the article that kills. Raises QuotesError where the cluster cannot be reached.
    """
    from distributed import Client, LocalCluster, as_completed

    with ExitStack() as open_:
        try:
            cluster = scheduler or open_.enter_context(
                LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
            )
            client = open_.enter_context(Client(cluster))
        except OSError as error:
            raise QuotesError(f"no Dask scheduler at {scheduler}: {error}", "dask scheduler starts one") from error
        tasks = {
            client.submit(_task, shard, str(folder.resolve()), run, key=f"{shard.key}-{run.model[:8]}"): shard
            for shard in shards
        }
        for future in as_completed(tasks):
            yield tasks[future], _gathered(future, tasks[future], folder, run, extract)


def _gathered(future: Any, shard: Shard, folder: Path, run: Run, extract: Extract) -> Entry | Skipped:
    from distributed import KilledWorker

    try:
        return future.result()  # type: ignore[no-any-return]
    except KilledWorker:
        return attempt(shard, folder, run, extract)
    except (QuotesError, OSError) as error:
        return Skipped(f"shard {shard.key}", str(error))


def _task(shard: Shard, folder: str, run: Run) -> Entry:
    """A shard in the process of a worker, which loads its pipeline once."""
    own, extract = extracting()
    if own != run:
        raise QuotesError("a worker has another version or model", "install the same on all machines")
    return process_shard(shard, Path(folder), run, extract)


@cache
def _loaded() -> Language:
    from quotes import pipeline

    return pipeline.load()
