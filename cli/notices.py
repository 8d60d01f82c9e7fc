"""What a command says of its own work: what was added or left out, what verify, score and doctor found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from quotes.models import Article, Claim, Report, Skipped
from quotes.senses import undenied

from . import pieces
from .pieces import AMBER, CUE, KINDS, NEGATED, SOURCE, Row
from .render import Columns, indented, shown

MOST = 15  # speakers in a summary, inputs left out
FEW = 3  # inputs named of those left out for one reason
LAST_RUNS = 5


def summary(done: Report, rows: Sequence[Row], database: str, *, dry: bool = False) -> Iterator[RenderableType]:
    """What an ingest did or, ``dry``, would do, and who says what in the database: a line a speaker."""
    changes = (
        (done.new, "new"),
        (done.duplicates, "new with a text known from elsewhere"),
        (done.copies, "new and nearly the same as a known one"),
        (done.changed, "changed"),
        (done.rerun, "read by another run"),
        (done.unchanged, "unchanged"),
        (len(done.skipped), "skipped"),
    )
    read = ", ".join(f"{number:,} {what}" for number, what in changes if number) or "nothing new"
    stored = "nothing stored: a dry run" if dry else f"{claims(done)} stored"
    yield pieces.joined(
        " · ", Text(f"articles: {read}", "bold"), Text(stored), shown(database), Text(duration(done.seconds), "dim")
    )
    cells = [
        [
            shown(row["speaker"], SOURCE),
            Text(pieces.type_name(row["speaker_kind"]), "dim"),
            Text(pieces.count(row["claims"], "claim")),
            pieces.kind_counts(row),
        ]
        for row in rows[:MOST]
    ]
    if cells:
        yield Text("in the database now:", "dim")
    yield indented(Columns(cells, widths=(40, 0, 0), right=frozenset({2})))
    if len(rows) > MOST:
        yield Text(f"  … and {pieces.count(len(rows) - MOST, 'more speaker')}: quotes speakers", "dim")


def claims(done: Report) -> str:
    """How many claims came, what people think or want told apart: listings leave it out."""
    return _counted(done.claims - done.attitudes, done.attitudes)


def _counted(statements: int, attitudes: int) -> str:
    more = f" and {pieces.count(attitudes, 'attitude')}" if attitudes else ""
    return f"{pieces.count(statements, 'claim')}{more}"


def extracted(article: Article, claims: Iterable[Claim], *, attitudes: bool) -> Iterator[RenderableType]:
    """An article's claims without a database."""
    yield shown(article.title or article.where or article.id, "bold")
    cells = []
    for claim in claims:
        seen, speaker = claim.attribution, claim.resolution.speaker
        if attitudes or seen.mode == "statement":
            words = {role: " … ".join(e.of(article.text) for e in getattr(seen, role)) for role in ("content", "cue")}
            how = {key: getattr(seen, key) for key in ("negated", "mode", "hearsay")}
            source = " … ".join(e.of(article.text) for e in seen.source)
            held = undenied(seen.stance, source, words["cue"], negated=seen.negated)
            quote = pieces.quote({"quote": words["content"], "denied": False, "undenied": held, **how})  # cue beside it
            who = pieces.speaker({"speaker": speaker and speaker.name})
            cells.append([who, Text(seen.kind, KINDS[seen.kind]), shown(words["cue"], CUE), quote])
    yield indented(Columns(cells, widths=(28, 0, 16)) if cells else Text("No claims.", "dim"))


def problems(found: Sequence[object], statements: int, attitudes: int, database: str) -> Iterator[RenderableType]:
    """What `Store.verify` found, a problem a line, or that all is well."""
    for problem in found:
        yield pieces.joined(" ", Text("altered", NEGATED), shown(problem))
    if not found:
        yield shown(f"every word of {_counted(statements, attitudes)} stands where it was found: {database}")


def told(*sentences: str) -> Iterator[RenderableType]:
    """Plain sentences, a line each."""
    for sentence in sentences:
        yield shown(sentence)


def skips(rows: Iterable[Skipped]) -> Iterator[Text]:
    """Inputs that were left out, each with its reason."""
    for skipped in rows:
        yield pieces.joined(" ", Text("skipped", NEGATED), shown(f"{skipped.where}: {skipped.reason}"))


def left_out(rows: Sequence[Skipped]) -> Iterator[Text]:
    """Inputs that were left out, by reason; of a reason with many the first ones."""
    reasons: dict[str, list[Skipped]] = {}
    for skipped in rows:
        reasons.setdefault(skipped.reason, []).append(skipped)
    for reason, places in sorted(reasons.items(), key=lambda item: -len(item[1]))[:MOST]:
        if len(places) <= FEW:
            yield from skips(places)
            continue
        yield pieces.joined(" ", Text("skipped", NEGATED), shown(f"{len(places):,} inputs: {reason}"))
        yield from (shown(f"  {skipped.where}", "dim") for skipped in places[:FEW])
        yield Text(f"  … and {len(places) - FEW:,} more: quotes doctor --json", "dim")
    if len(reasons) > MOST:
        yield Text(f"  … for {len(reasons) - MOST:,} more reasons: quotes doctor --json", "dim")


def stopped(outcomes: Counter[str], database: str) -> Iterator[Text]:
    """What an ingest had done when it was interrupted."""
    done = ", ".join(f"{number:,} {outcome}" for outcome, number in outcomes.most_common()) or "nothing"
    yield shown(f"articles so far: {done}; all of them whole in {database}; the same command goes on from there")


def duration(seconds: float) -> str:
    """Seconds, or minutes, or hours and minutes."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


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
            pieces.joined(" · ", shown(row["gold_speaker"] or row["gold_source"], SOURCE), shown(row["gold"]))
            + Text("\n")
            + pieces.joined(
                " · ", shown(row["found_speaker"] or row["found_source"], AMBER), shown(row["found"], "dim")
            ),
        ]
        for row in rows
    ]
    yield Columns(cells, ("document", "error", "gold, and what was found"), (24, 0))


def health(found: Mapping[str, Any]) -> Iterator[RenderableType]:
    """What `checkup.examine` found, but for its problems: facts, the last runs, the last inputs left out and why."""
    facts = {**found["versions"], **_named("model", found["model"]), **_named("database", found["database"])}
    yield Columns([[Text(name, "dim"), shown(value)] for name, value in facts.items()])
    if runs := found["runs"][-LAST_RUNS:]:
        yield Text()
        heading = ("run", "started", "version", "model", "articles", "claims", "skips")
        rows = [{**run, "started": pieces.moment(run["started"]), "run": run["id"]} for run in runs]
        yield Columns([[shown(row[key]) for key in heading] for row in rows], heading, right=frozenset({0, 4, 5, 6}))
    if skips := found["skips"]:
        yield Text()
        yield from left_out([Skipped(row["where"], row["reason"]) for row in reversed(skips)])


def _named(part: str, facts: Mapping[str, Any]) -> dict[str, object]:
    return {f"{part} {name}": _in_words(value) for name, value in facts.items()}


def _in_words(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else value
