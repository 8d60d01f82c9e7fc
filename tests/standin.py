"""A fast stand-in for the model, for tests of what happens around it; run as a program it adds a file to a database.

    python tests/standin.py DATABASE ARTICLES.jsonl JOBS

prints the place of each article once it is stored, and at the end the peak memory of this process in kB.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from quotes import pool
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Skipped, Speaker
from quotes.readers import read
from quotes.store import Store
from quotes.tracker import ingest

SAID = re.compile(r'("[^"\n]*") (said) ([A-Z]\w*(?: [A-Z]\w*)?)')
RUN = Run("1", "marks")
NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)


def claims_of(text: str) -> list[Claim]:
    """``"…" said Name``, and nothing more; ``poison`` kills the process."""
    if "poison" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    found = []
    for match in SAID.finditer(text):
        content, cue, source = (Extent(*match.span(group)) for group in (1, 2, 3))
        who = Resolution(Speaker(match[3], "person"), "name", (source,), 1.0)
        found.append(Claim(Attribution((content,), (cue,), (source,), "direct", lemma="say"), who))
    return found


def make() -> Callable[[str], list[Claim]]:
    """What a worker does."""
    return claims_of


def told(came: Article | Skipped, outcome: str) -> None:
    """A line for each input."""
    print(came.where, outcome, flush=True)


def main(database: str, articles: str, jobs: str) -> None:
    """Add the articles."""
    import standin  # workers import it by this name

    with Store(database, create=True, clock=lambda: NOON) as store:
        ingest(
            read(articles), store, RUN,
            lambda tasks: pool.ordered(tasks, standin.make, jobs=int(jobs), patience=lambda _: 60.0), told,
        )  # fmt: skip
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
