"""What the commands that read articles are given, and what is found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

import quotes
from quotes.models import Article, Claim, Skipped
from quotes.readers.inputs import Options

from . import notices
from .output import talk

Sources = Annotated[
    list[str], typer.Argument(metavar="SRC…", help="Files, folders, globs, JSON Lines, or - for standard input.")
]

Map = Annotated[
    str,
    typer.Option("--map", metavar="OURS=THEIRS,…", help="Names of fields, as text=body,title=head."),
]


def options(fields: str) -> Options:
    """How to read, from what the options of a command say. Raises UsageError for a field that we do not have."""
    from quotes.readers.fields import mapping

    return Options(fields=mapping(fields))


def claims_in(sources: list[str], skipped: list[Skipped], fields: str = "") -> Iterator[tuple[Article, list[Claim]]]:
    """Each article with its claims, in order; what cannot be read is said at once and gathered in ``skipped``."""
    from quotes.pipeline import extract_many

    def skip(left_out: Skipped) -> None:
        skipped.append(left_out)
        talk(notices.skips([left_out]))

    def articles() -> Iterator[Article]:
        for item in quotes.read(sources, options=options(fields)):
            if isinstance(item, Skipped):
                skip(item)
            else:
                yield item

    for article, claims in extract_many(articles(), quotes.load()):
        if isinstance(claims, Skipped):
            skip(claims)
        else:
            yield article, claims
