"""What a reader sees: the report, a claim in its paragraph, an article with its marks, hits, speakers, scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from .render import Columns, shown

Row = Mapping[str, Any]

SOURCE, CUE, CONTENT, NEGATED, HIT = "bold cyan", "magenta", "green", "bold red", "black on yellow"
KINDS = {"direct": "green", "mixed": "yellow", "indirect": "blue"}
TYPES = {"organization": "organisation", "anonymous": "unnamed source"}


def report(claims: Iterable[Row]) -> Iterator[RenderableType]:
    """Who said what, grouped by speaker: those with most claims first, what nobody is named for last."""
    rows = list(claims)
    articles = {row["article_id"]: row for row in rows}
    groups = _by_speaker(rows)
    yield _headline(rows, sum(name is not None for name, _ in groups), len(articles))
    if len(articles) == 1:
        yield _printed(rows[0])
    for (name, _), said in groups.items():
        yield Text()
        yield from _speaker_head(name, said)
        for _, part in groupby(said, key=lambda row: row["article_id"]):
            here = list(part)
            if len(articles) > 1:
                yield Padding(_printed(here[0]), (0, 0, 0, 2))
            yield Padding(_claims(here), (0, 0, 0, 2))


def hits(claims: Iterable[Row]) -> Iterator[RenderableType]:
    """Hits of a search, each with its speaker and article, the words that were looked for highlighted."""
    rows = []
    for row in claims:
        quote = _quote(row)
        mark(quote, row["quote_hits"], HIT, len(quote) - len(row["quote"]))
        where = _printed(row)
        if not row["quote_hits"] and row["context_hits"]:
            context = shown(row["context"], "dim")
            mark(context, row["context_hits"], HIT)
            where = Text("\n").join([context, where])
        rows.append([_number(row), _speaker(row), Text("\n").join([quote, where])])
    yield Columns(rows, widths=(0, 28), right=frozenset({0})) if rows else Text("No claim has these words.", "dim")


def speakers(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Speakers with their counts, most claims first."""
    heading = ("claims", *KINDS, "articles", "first", "last", "speaker", "who")
    cells = [
        [
            *(shown(row[key]) for key in ("claims", *KINDS, "articles", "first", "last")),
            shown(row["speaker"], SOURCE),
            Text(", ").join(filter(None, [Text(_type(row["speaker_kind"])), shown(row["role"], "italic")])),
        ]
        for row in rows
    ]
    yield Columns(cells, heading, (0,) * 7 + (32,), frozenset(range(5))) if cells else Text("No speakers yet.", "dim")


def claim(row: Row, article: Row) -> Iterator[RenderableType]:
    """One claim in its paragraph, with where it comes from and how it was found."""
    text: str = article["text"]
    start, end = _paragraph(text, row["start"], row["end"])
    words = _marked(text, [row], start, end)
    yield Text.assemble((f"#{row['id']} ", "dim"), _speaker(row), " ", _cue(row))
    yield Padding(words, (1, 2))
    yield _legend()
    yield Text()
    yield Columns([[Text(key, "dim"), value] for key, value in _provenance(row, article) if value])


def article(row: Row, claims: Sequence[Row]) -> Iterator[RenderableType]:
    """A whole article with every claim marked, and under each paragraph who says what in it."""
    yield shown(row["title"] or row["where"] or row["uid"], "bold")
    yield _facts(row["publisher"], row["byline"], row["published"], row["url"], _count(len(claims), "claim"))
    yield _legend()
    text: str = row["text"]
    number = 0
    for start, end in _paragraphs(text):
        number += 1
        here = [c for c in claims if any(s < end and e > start for s, e, _ in _extents(c))]
        yield Text()
        yield Columns([[Text(f"¶{number:<3}", "dim"), _marked(text, here, start, end)]])
        begun = [c for c in here if start <= c["start"] < end]
        yield from (Padding(Text.assemble(_number(c), " ", _speaker(c), " ", _cue(c)), (0, 0, 0, 6)) for c in begun)
