"""What the commands that read articles are given, and what is found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

import quotes
from quotes.models import Article, Claim, Skipped
from quotes.readers.inputs import Options

from . import notices
from .output import talk

SINGLE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".eml", ".pdf", ".docx", ".docm")  # one file, one article
COUNTED = 500_000_000  # bytes of JSON Lines whose lines are counted beforehand

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SRC…", help="Files, folders, globs, web addresses, feeds, or - for standard input."),
]

Map = Annotated[
    str,
    typer.Option("--map", metavar="OURS=THEIRS,…", help="Names of fields, as text=body,title=head."),
]

Jobs = Annotated[
    int | None,
    typer.Option("-j", "--jobs", metavar="N", help="Processes at work; all cores if not said.", min=1),
]


Private = Annotated[bool, typer.Option("--allow-private", help="Web addresses in private networks too.")]
Robots = Annotated[bool, typer.Option("--ignore-robots", help="Also what a site's robots.txt forbids.")]


def options(fields: str, allow_private: bool, ignore_robots: bool) -> Options:
    """How to read, from what the options of a command say. Raises UsageError for a field that we do not have."""
    from quotes.readers.fields import mapping

    return Options(mapping(fields), allow_private, ignore_robots)


def claims_in(
    inputs: Iterable[Article | Skipped], skipped: list[Skipped], jobs: int | None
) -> Iterator[tuple[Article, list[Claim]]]:
    """Each article with its claims, in order; what is left out is said in its turn and gathered in ``skipped``."""
    from quotes.pipeline import run_of, work
    from quotes.pool import Failed
    from quotes.tracker import unread

    nlp = quotes.load()
    run = run_of(nlp)

    def tasks() -> Iterator[tuple[Article | Skipped, str | None]]:
        for came in inputs:
            left_out = came if isinstance(came, Skipped) else unread(came, run)
            yield left_out or came, came.text if isinstance(came, Article) and not left_out else None

    for came, claims in work(tasks(), nlp, jobs=workers(jobs)):
        if isinstance(came, Article) and isinstance(claims, list):
            yield came, claims
            continue
        left_out = Skipped(came.where, claims.reason) if isinstance(claims, Failed) else came
        if isinstance(left_out, Skipped):
            skipped.append(left_out)
            talk(notices.skips([left_out]))


def workers(jobs: int | None) -> int:
    """How many processes are wanted: as many as there are cores, if it is not said."""
    from quotes.pool import cores

    return jobs or cores()


def expected(sources: list[str]) -> int | None:
    """How many inputs there will be, as far as that can be told before they are read; None where it cannot."""
    from quotes.readers import KINDS
    from quotes.readers.folders import files

    if not sources or any(place == "-" or "://" in place for place in sources):
        return None
    counts = [
        1 if isinstance(path, Skipped) else _articles(path) for place in sources for path in files(place, tuple(KINDS))
    ]
    return None if None in counts else sum(count or 0 for count in counts)


def _articles(path: Path) -> int | None:
    """The lines of JSON Lines; one where a file is one article; None for what holds others."""
    name = path.name.lower()
    if name.endswith(SINGLE):
        return 1
    if not name.endswith((".jsonl", ".ndjson")) or path.stat().st_size > COUNTED:
        return None
    with path.open("rb") as file:
        return sum(bool(line.strip()) for line in file)
