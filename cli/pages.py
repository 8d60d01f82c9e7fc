"""What a reader sees: the report, a claim in its paragraph, an article with its marks, hits, speakers, scores."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from quotes.offsets import paragraphs

from .render import Columns, indented, shown

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
                yield indented(_printed(here[0]))
            yield indented(_claims(here))


def hits(claims: Iterable[Row]) -> Iterator[RenderableType]:
    """Hits of a search, each with its speaker and article, the words that were looked for highlighted."""
    rows = []
    for row in claims:
        quote = _quote(row)
        _mark(quote, row["quote_hits"], HIT, len(quote) - len(row["quote"]))
        lines = [quote]
        if row["context_hits"] and not row["quote_hits"]:
            lines.append(shown(row["context"], "dim"))
            _mark(lines[-1], row["context_hits"], HIT)
        rows.append([_number(row), _speaker(row), Text("\n").join([*lines, _printed(row)])])
    yield Columns(rows, widths=(0, 28), right=frozenset({0})) if rows else Text("No claim has these words.", "dim")


def speakers(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Speakers with their counts, most claims first."""
    heading = ("claims", *KINDS, "articles", "first", "last", "speaker", "who")
    cells = [
        [
            *(shown(row[key]) for key in ("claims", *KINDS, "articles", "first", "last")),
            shown(row["speaker"], SOURCE),
            _joined(", ", Text(_type(row["speaker_kind"])), shown(row["role"], "italic")),
        ]
        for row in rows
    ]
    yield Columns(cells, heading, (0,) * 7 + (32,), frozenset(range(5))) if cells else Text("No speakers.", "dim")


def claim(row: Row, article: Row) -> Iterator[RenderableType]:
    """One claim in its paragraph, with where it comes from and how it was found."""
    yield _joined(" ", _number(row), _speaker(row), _cue(row), Text(row["kind"], KINDS[row["kind"]]))
    yield Text()
    for number, words, _ in _marked_paragraphs(article["text"], [row]):
        if any(span.style == CONTENT for span in words.spans):
            yield Columns([[Text(f"  ¶{number}", "dim"), words]])
    yield Text()
    yield indented(_legend())
    yield Text()
    yield indented(Columns([[Text(key, "dim"), value] for key, value in _provenance(row, article) if value.plain]))


def article(row: Row, claims: Sequence[Row]) -> Iterator[RenderableType]:
    """A whole article with every claim marked, and under each paragraph who says what in it."""
    yield shown(row["title"] or row["where"] or row["uid"], "bold")
    yield _facts(*(row[key] for key in ("publisher", "byline", "published", "url")), _count(len(claims), "claim"))
    yield _legend()
    for number, words, begun in _marked_paragraphs(row["text"], claims):
        yield Text()
        yield Columns([[Text(f"¶{number:<3}", "dim"), words]])
        for said in begun:
            yield indented(_joined(" ", _number(said), _speaker(said), _cue(said)), 6)


def summary(rows: Sequence[Row], total: int) -> Iterator[RenderableType]:
    """Who said what, in numbers: a line a speaker, as `speakers` gives them."""
    cells = [
        [
            shown(row["speaker"], SOURCE),
            Text(_type(row["speaker_kind"]), "dim"),
            Text(_count(row["claims"], "claim")),
            _kinds(row),
        ]
        for row in rows
    ]
    yield Columns(cells, widths=(40, 0, 0))
    if total > len(rows):
        yield Text(f"… and {_count(total - len(rows), 'more speaker')}: quotes speakers", "dim")


def skips(rows: Iterable[Any]) -> Iterator[RenderableType]:
    """Inputs that were left out, each with its reason."""
    for skipped in rows:
        yield _joined(" ", Text("skipped", NEGATED), shown(f"{skipped.where}: {skipped.reason}"))


def scores(measures: Mapping[str, Mapping[str, float]]) -> Iterator[RenderableType]:
    """Measures with precision, recall, F1 and its interval in percent, and the counts behind them."""
    heading = ("", "P", "R", "F1", "95 % of F1", "right/found/gold")
    cells = [
        [
            Text(name),
            *(Text(f"{100 * m[key]:.1f}") for key in ("p", "r", "f1")),
            Text(f"{100 * m['low']:.1f}–{100 * m['high']:.1f}"),
            Text(f"{m['right']}/{m['found']}/{m['gold']}", "dim"),
        ]
        for name, m in measures.items()
    ]
    yield Columns(cells, heading, right=frozenset(range(1, 5)))


def errors(rows: Iterable[Mapping[str, str]]) -> Iterator[RenderableType]:
    """What went wrong against the gold, an error a line."""
    cells = [
        [
            shown(row["id"], "dim"),
            Text(row["error"], NEGATED if row["error"] == "invented" else CUE),
            _joined(" · ", shown(row["gold_speaker"] or row["gold_source"], SOURCE), shown(row["gold"]))
            + Text("\n")
            + _joined(" · ", shown(row["found_speaker"] or row["found_source"], "yellow"), shown(row["found"], "dim")),
        ]
        for row in rows
    ]
    yield Columns(cells, ("document", "error", "gold, and what was found"), (24, 0))


def facts(rows: Mapping[str, object]) -> Iterator[RenderableType]:
    """Names and values."""
    yield Columns([[Text(name, "dim"), shown(value)] for name, value in rows.items()])


def _by_speaker(rows: Iterable[Row]) -> dict[tuple[str | None, str | None], list[Row]]:
    groups: dict[tuple[str | None, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["speaker"], row["speaker_kind"]].append(row)
    return dict(sorted(groups.items(), key=lambda group: (group[0][0] is None, -len(group[1]))))


def _headline(rows: Sequence[Row], speakers: int, articles: int) -> Text:
    if not rows:
        return Text("No claims.", "dim")
    counts = f"{_count(len(rows), 'claim')} by {_count(speakers, 'speaker')} in {_count(articles, 'article')}"
    kinds = Counter(row["kind"] for row in rows)
    return _joined(" · ", Text(counts, "bold"), _kinds(kinds))


def _speaker_head(name: str | None, said: Sequence[Row]) -> Iterator[Text]:
    kind = said[0]["speaker_kind"]
    head = shown(name, SOURCE) if name else Text("Unattributed", "bold")
    yield _joined(" · ", head, Text(_type(kind) if name else "nobody is named", "dim"), Text(_count(len(said), "claim")))
    role = Counter(row["role"] for row in said if row["role"]).most_common(1)
    if role:
        yield shown(role[0][0], "italic")


def _claims(rows: Iterable[Row]) -> Columns:
    cells = []
    for row in rows:
        quote = _quote(row)
        if row["said_via"]:
            quote = _joined("\n", quote, shown(row["said_via"], "dim italic"))
        kind = Text(row["kind"], KINDS[row["kind"]])
        cells.append([_number(row), Text(f"¶{row['paragraph']}", "dim"), kind, shown(row["cue"], CUE), quote])
    return Columns(cells, widths=(0, 0, 0, 16), right=frozenset({0}))


def _quote(row: Row) -> Text:
    """The quote, after the words that keep it from being read as what it is not."""
    marks = [("did NOT say", NEGATED)] if row["negated"] else []
    marks += [("thinks or wants", "dim")] if row["mode"] == "attitude" else []
    marks += [("hearsay", "dim")] if row["hearsay"] else []
    return Text.assemble(*((f"{words}: ", style) for words, style in marks)) + shown(row["quote"])


def _printed(row: Row) -> Text:
    return _facts(row["article"] or row["where"] or row["article_uid"], row["publisher"], row["published"])


def _facts(*facts: object) -> Text:
    return _joined(" · ", *(shown(fact, "dim") for fact in facts if fact))


def _number(row: Row) -> Text:
    return Text(f"#{row['id']}", "dim")


def _speaker(row: Row) -> Text:
    return shown(row["speaker"], SOURCE) if row["speaker"] else Text("unattributed", "dim")


def _cue(row: Row) -> Text:
    return shown(row["cue"], NEGATED if row["negated"] else CUE)


def _kinds(counts: Mapping[str, int]) -> Text:
    return _joined(", ", *(Text(f"{counts[kind]} {kind}", style) for kind, style in KINDS.items() if counts[kind]))


def _type(kind: str | None) -> str:
    return TYPES.get(kind or "", kind or "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _joined(between: str, *parts: Text) -> Text:
    return Text(between).join(part for part in parts if part.plain)


def _legend() -> Text:
    return _joined(" · ", Text("source", SOURCE), Text("cue", CUE), Text("content", CONTENT))


def _mark(words: Text, extents: Iterable[Sequence[Any]], style: str, offset: int = 0) -> None:
    for start, end, *_ in extents:
        words.stylize(style, start + offset, end + offset)


def _marked_paragraphs(text: str, claims: Sequence[Row]) -> Iterator[tuple[int, Text, list[Row]]]:
    """Each paragraph's number and marked words, with the claims that begin in it."""
    whole = shown(text)
    for key, style in (("content", CONTENT), ("source_extents", SOURCE), ("cue_extents", CUE)):
        for row in claims:
            _mark(whole, row[key], style)
    extents = paragraphs(text)
    starts = [extent.start for extent in extents]
    begun = defaultdict(list)
    for row in claims:
        begun[bisect_right(starts, row["start"]) - 1].append(row)
    pieces = whole.divide([offset for extent in extents for offset in (extent.start, extent.end)])
    for number in range(len(extents)):
        yield number + 1, pieces[2 * number + 1], begun[number]


def _provenance(row: Row, article: Row) -> Iterator[tuple[str, Text]]:
    evidence = _joined(
        ", ",
        Text(row["method"] or ""),
        Text(f"confidence {row['speaker_confidence']:.2f}") if row["speaker"] else Text(),
        *(shown(f"“{words}” at {start}") for start, _, words in row["mentions"]),
    )
    yield "speaker", _joined(", ", _speaker(row), Text(_type(row["speaker_kind"])), shown(row["role"], "italic"))
    yield "as printed", shown(row["as_printed"])
    yield "resolved by", evidence
    yield "said via", shown(row["said_via"])
    yield "cue", _joined(", ", shown(row["cue"], CUE), shown(row["lemma"]), shown(row["stance"]))
    yield "mode", _joined(", ", Text(row["mode"]), Text("not said", NEGATED) if row["negated"] else Text())
    yield "article", shown(row["article"])
    yield "printed by", _facts(row["publisher"], row["byline"], row["published"])
    yield "url", shown(row["url"])
    yield "file", shown(row["where"])
    yield "place", Text(f"characters {row['start']}–{row['end']}, paragraph {row['paragraph']}")
    yield "text", Text(f"{article['uid']}, SHA-256 {article['sha256']}")
    yield "found by", Text(f"{row['detector']}, confidence {row['confidence']:.2f}")
    yield "run", _joined(", ", shown(f"{row['run']}"), shown(row["model"]))
    yield "review", _joined(", ", *(shown(row[key]) for key in ("status", "verdict", "tags", "notes")))
    yield "claim", shown(row["claim_id"])
