"""What a reader sees: the report, a claim in its paragraph, an article with its marks, hits, speakers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from quotes.offsets import paragraphs

from . import pieces
from .pieces import AMBER, CONTENT, CUE, HIT, KINDS, NEGATED, SOURCE, Row
from .render import Columns, indented, shown, widths

CUE_WIDTH = 16  # cells
RELATIONS = {"told": "to"}  # beside the cue, which says "told" already
MOST = 15  # appearances elsewhere


def report(claims: Iterable[Row]) -> Iterator[RenderableType]:
    """Who said what, grouped by speaker: those with most claims first, what nobody is named for last."""
    rows = list(claims)
    articles = {row["article_id"]: row for row in rows}
    groups = _by_speaker(rows)
    yield _headline(rows, sum(name is not None for name, _ in groups), len(articles))
    if len(articles) == 1:
        yield pieces.printed(rows[0])
    least = [min(width, CUE_WIDTH) for width in widths(map(_heads, rows))]
    for (name, _), said in groups.items():
        yield Text()
        yield from _speaker_head(name, said)
        for _, part in groupby(said, key=lambda row: row["article_id"]):
            here = list(part)
            if len(articles) > 1:
                yield indented(pieces.printed(here[0]))
            yield indented(_claims(here, least))


def hits(claims: Iterable[Row], nothing: Callable[[], Iterable[Text]]) -> Iterator[RenderableType]:
    """Hits of a search, each with its speaker and article, the words that were looked for highlighted.

    ``nothing`` tells what was searched where there is none.
    """
    rows = []
    for row in claims:
        quote = pieces.quote(row)
        pieces.mark(quote, row["quote_hits"], HIT, len(quote) - len(row["quote"]))
        lines = [quote]
        if row["context_hits"] and not row["quote_hits"]:
            lines.append(shown(row["context"], "dim"))
            pieces.mark(lines[-1], row["context_hits"], HIT)
        lines.append(pieces.joined(" · ", pieces.printed(row), pieces.also(row)))
        rows.append([pieces.number(row), pieces.speaker(row), Text("\n").join(lines)])
    if rows:
        yield Columns(rows, widths=(0, 28), right=frozenset({0}))
    else:
        yield from nothing()


def speakers(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Speakers, most claims first: how many, who, and of what kind, in how many articles, when."""
    cells = []
    for row in rows:
        articles = Text(pieces.count(row["articles"], "article"))
        known = pieces.joined(" · ", pieces.kind_counts(row), articles, seen(row))
        count = Text(f"{row['claims']:,}", "bold")
        others = Text(f"in {row['speakers']:,} articles apart" if row["speakers"] > 1 else "", "dim")
        number = Text(f" #{row['speaker_id']}" if row["speaker_id"] else "", "dim")
        who = pieces.joined("\n", pieces.joined(", ", _who(row), others), known)
        cells.append([count, shown(row["speaker"], SOURCE) + number, who])
    heading = ("claims", "speaker", "who")
    yield Columns(cells, heading, (0, 24), right=frozenset({0})) if cells else Text("No speakers.", "dim")


def claim(row: Row, article: Row, elsewhere: Sequence[Row]) -> Iterator[RenderableType]:
    """One claim in its paragraph, with where it comes from, how it was found and where else the quotation stands."""
    kind = Text(row["kind"], KINDS[row["kind"]])
    yield pieces.joined(" ", pieces.number(row), pieces.speaker(row), pieces.cue(row), kind)
    yield Text()
    yield from in_its_paragraph(row, article["text"])
    yield Text()
    yield indented(pieces.legend())
    yield Text()
    yield indented(Columns([[Text(key, "dim"), value] for key, value in _provenance(row, article) if value.plain]))
    if elsewhere:
        yield Text()
        yield from _elsewhere(row, elsewhere)


def in_its_paragraph(row: Row, text: str) -> Iterator[Columns]:
    """The paragraphs that hold a claim's content, with its marks."""
    for number, words, _ in _marked_paragraphs(text, [row]):
        if any(span.style == CONTENT for span in words.spans):
            yield Columns([[Text(f"  ¶{number}", "dim"), words]])


def article(row: Row, claims: Sequence[Row]) -> Iterator[RenderableType]:
    """A whole article with every claim marked, and under each paragraph who says what in it."""
    yield shown(row["title"] or row["where"] or row["uid"], "bold")
    yield pieces.facts_line(
        *(row[key] for key in ("publisher", "byline", "credit")),
        pieces.moment(row["published"]),
        row["url"],
        pieces.count(len(claims), "claim"),
    )
    yield pieces.legend()
    for number, words, begun in _marked_paragraphs(row["text"], claims):
        yield Text()
        yield Columns([[Text(f"¶{number:<3}", "dim"), words]])
        for said in begun:
            place = Text(f"at {said['start']}–{said['end']}", "dim")
            yield indented(pieces.joined(" ", pieces.number(said), pieces.speaker(said), pieces.cue(said), place), 6)


def seen(row: Row) -> Text:
    """The days of a speaker's first and last claim, once where they are the same."""
    return pieces.joined(" – ", *(shown(day, "dim") for day in sorted({row["first"], row["last"]} - {None})))


def _who(row: Row) -> Text:
    return pieces.joined(", ", Text(pieces.type_name(row["speaker_kind"])), shown(row["role"], "italic"))


def _by_speaker(rows: Iterable[Row]) -> dict[tuple[str | None, str | None], list[Row]]:
    groups: dict[tuple[str | None, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["speaker"], row["speaker_kind"]].append(row)
    return dict(sorted(groups.items(), key=lambda group: (group[0][0] is None, -len(group[1]))))


def _headline(rows: Sequence[Row], speakers: int, articles: int) -> Text:
    if not rows:
        return Text("No claims.", "dim")
    numbers = ((len(rows), "claim"), (speakers, "speaker"), (articles, "article"))
    counts = "{} by {} in {}".format(*(pieces.count(*number) for number in numbers))
    kinds = Counter(row["kind"] for row in rows)
    return pieces.joined(" · ", Text(counts, "bold"), pieces.kind_counts(kinds))


def _speaker_head(name: str | None, said: Sequence[Row]) -> Iterator[Text]:
    kind = said[0]["speaker_kind"]
    head = shown(name, SOURCE) if name else Text("Unattributed", "bold")
    type_name = Text(pieces.type_name(kind) if name else "nobody is named", "dim")
    yield pieces.joined(" · ", head, type_name, Text(pieces.count(len(said), "claim")))
    role = Counter(row["role"] for row in said if row["role"]).most_common(1)
    if role:
        yield shown(role[0][0], "italic")


def _claims(rows: Iterable[Row], least: Sequence[int]) -> Columns:
    cells = []
    for row in rows:
        chain = shown("; ".join(map(_passed, row["chain"])), "dim italic")
        cells.append([*_heads(row), pieces.joined("\n", pieces.quote(row), chain, pieces.also(row))])
    return Columns(cells, widths=(0, 0, 0, CUE_WIDTH), least=least, right=frozenset({0}))


def _passed(link: Row) -> str:
    """A link of the chain in words."""
    return f"{RELATIONS.get(link['relation'], link['relation'])} {link['words']}"


def _heads(row: Row) -> list[Text]:
    """What stands before a quote: number, paragraph, kind, cue."""
    place, kind = Text(f"¶{row['paragraph']}", "dim"), Text(row["kind"], KINDS[row["kind"]])
    return [pieces.number(row), place, kind, pieces.cue(row)]


def _marked_paragraphs(text: str, claims: Sequence[Row]) -> Iterator[tuple[int, Text, list[Row]]]:
    """Each paragraph's number and marked words, with the claims that begin in it."""
    whole = shown(text)
    for key, style in (("content", CONTENT), ("source_extents", SOURCE), ("cue_extents", CUE)):
        for row in claims:
            pieces.mark(whole, row[key], style)
    extents = paragraphs(text)
    starts = [extent.start for extent in extents]
    begun = defaultdict(list)
    for row in claims:
        begun[bisect_right(starts, row["start"]) - 1].append(row)
    parts = whole.divide([offset for extent in extents for offset in (extent.start, extent.end)])
    for number in range(len(extents)):
        yield number + 1, parts[2 * number + 1], begun[number]


def _elsewhere(row: Row, others: Sequence[Row]) -> Iterator[RenderableType]:
    """The first appearances of a quotation in other articles, each with how it differs."""
    copied = sum(other["wire"] for other in others)
    places = f"{pieces.count(row['also'], 'other outlet')}, {pieces.count(len(others), 'article')}"
    wire = f", in {copied:,} of them with the same paragraph" if copied else ""
    otherwise = Text(f"worded otherwise in {pieces.count(row['reworded'], 'outlet')}" if row["reworded"] else "", AMBER)
    how = Text(f"quotes compare {row['id']}" if row["reworded"] else "", "dim")
    yield pieces.joined(" · ", Text(f"also in {places}{wire}", "bold"), otherwise, how)
    cells = []
    for other in others[:MOST]:
        same = "copied" if other["wire"] else "same words" if other["alike"] else "otherwise"
        style = "dim" if other["alike"] else AMBER
        cells.append([pieces.number(other), Text(same, style), pieces.speaker(other), pieces.printed(other)])
    yield indented(Columns(cells, widths=(0, 0, 28), right=frozenset({0})))
    if len(others) > MOST:
        yield Text(f"  … and {len(others) - MOST:,} more: quotes show {row['id']} --json", "dim")


def _provenance(row: Row, article: Row) -> Iterator[tuple[str, Text]]:
    evidence = pieces.joined(
        ", ",
        Text(row["method"] or ""),
        Text(f"confidence {row['speaker_confidence']:.2f}") if row["speaker"] else Text(),
        *(shown(f"“{words}” at {start}") for start, _, words in row["mentions"]),
    )
    yield "speaker", pieces.joined(", ", pieces.speaker(row), _who(row))
    yield "as printed", shown(row["as_printed"])
    yield "quote", pieces.quote(row)
    yield "resolved by", evidence
    yield "said to", shown("; ".join(one["words"] for one in row["chain"] if one["relation"] == "told"))
    yield "said via", shown("; ".join(_passed(one) for one in row["chain"] if one["relation"] != "told"))
    facts = (shown(row["lemma"]), shown(row["stance"])) if row["cue"] else ()
    yield "cue", pieces.joined(", ", shown(row["cue"], CUE), *facts)
    unsaid = Text("neither said nor denied" if row["undenied"] else "not said", NEGATED) if row["negated"] else Text()
    yield "mode", pieces.joined(", ", Text(row["mode"]), unsaid)
    yield "article", shown(row["article"])
    yield "printed by", pieces.facts_line(row["publisher"], row["byline"], pieces.moment(row["published"]))
    yield "credit", shown(article["credit"])
    yield "url", shown(row["url"])
    yield "file", shown(row["where"])
    yield "place", Text(f"characters {row['start']}–{row['end']}, paragraph {row['paragraph']}")
    yield "article id", shown(article["uid"])
    yield "SHA-256", shown(article["sha256"])
    yield "found by", Text(f"{row['detector']}, confidence {row['confidence']:.2f}")
    yield "run", pieces.joined(", ", shown(f"{row['run']}"), shown(row["model"]))
    yield "review", pieces.joined(", ", *(shown(row[key]) for key in ("status", "verdict", "tags", "notes")))
    yield "claim", shown(row["claim_id"])
