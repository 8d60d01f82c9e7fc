"""What a reviewer sees: a claim with the keys to press, its history, what moved or was lost, how the machine did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from quotes.corrections import Outcome

from . import pages, pieces
from .pieces import AMBER, CONTENT, CUE, GREEN, NEGATED, SOURCE, Row
from .render import Columns, indented, shown

STATUSES = {"accepted": GREEN, "rejected": "red", "corrected": AMBER, "unreviewed": "dim"}
KEYS = (
    ("a", "accept"), ("r", "reject"), ("s", "speaker"), ("e", "extent"), ("n", "note"), ("v", "verdict"), ("t", "tag"),
    ("space", "skip"), ("u", "undo"), ("o", "article"), ("q", "quit"), ("?", "help"),
)  # fmt: skip
HELP = (
    ("a  r", "accept the claim as it is shown, or reject it, and go on"),
    ("s", "say who spoke: a name (Tab completes it), a number as in #12, or - for nobody we know"),
    ("e", "say which words: type them, or move the edges word by word"),
    ("n  v", "add a note; give a verdict on what was said"),
    ("t", "add a tag; -tag takes one away"),
    ("space  k", "leave it for later; it comes again next time"),
    ("u", "take the last review back and return to its claim"),
    ("o", "show the whole article"),
    ("q", "stop; everything said so far is kept"),
)


def progress(done: int, every: int) -> Text:
    """How far one is: ``12 of 240 reviewed``, with a bar."""
    filled = round(20 * done / every) if every else 0
    return Text.assemble(("━" * filled, GREEN), ("━" * (20 - filled), "dim"), f" {done:,} of {every:,} reviewed")


def card(row: Row, text: str, done: int, every: int) -> Iterator[RenderableType]:
    """A claim to be reviewed, in its paragraph."""
    yield Text()
    yield pieces.joined(" · ", progress(done, every), pieces.printed(row))
    kind = Text(row["kind"], pieces.KINDS[row["kind"]])
    caution = pieces.quote({**row, "quote": ""})
    sure = Text(f"confidence {row['confidence']:.2f}", "dim")
    yield pieces.joined(" ", pieces.number(row), pieces.speaker(row), pieces.cue(row), kind, caution, sure)
    if row["moved_from"]:
        yield Text("  the words were others when this was reviewed: confirm with a, or correct", NEGATED)
    yield Text()
    yield from pages.in_its_paragraph(row, text)
    yield Text()
    yield indented(standing(row))
    yield indented(pieces.joined("  ", *(Text.assemble((key, "bold"), f" {what}") for key, what in KEYS)))


def standing(row: Row) -> Text:
    """What is said of a claim so far."""
    status = Text(row["status"], STATUSES[row["status"]])
    said = (row["verdict"], row["tags"] and f"tagged {row['tags']}", row["notes"])
    return pieces.joined(" · ", status, *(shown(words) for words in said if words), _by(row))


def _by(row: Row) -> Text:
    return shown(f"by {row['reviewer']}, {row['reviewed'][:10]}", "dim") if row["reviewer"] else Text()


def help_() -> Iterator[RenderableType]:
    """What the keys do."""
    yield Columns([[Text(key, "bold"), Text(what)] for key, what in HELP], indent=2)


def extent(words: str) -> Iterator[RenderableType]:
    """The words of a claim while its edges are moved."""
    yield indented(shown(words, CONTENT))
    keys = (("h", "← start"), ("l", "start →"), ("j", "← end"), ("k", "end →"), ("w", "type the words"))
    named = (*keys, ("Enter", "keep"), ("q", "leave as it was"))
    yield indented(pieces.joined("  ", *(Text.assemble((key, "bold"), f" {what}") for key, what in named)))


def history(row: Row, reviews: Iterable[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Every review of a claim, oldest first, those taken back struck out."""
    yield pieces.joined(" ", pieces.number(row), pieces.speaker(row), pieces.quote(row))
    yield indented(standing(row))
    cells = []
    for one in reviews:
        what = pieces.joined(" · ", *_said(one))
        if one["undone"]:
            what.stylize("strike dim")
        cells.append([Text(f"{one['id']}", "dim"), shown(pieces.moment(one["at"])), shown(one["reviewer"]), what])
    yield indented(Columns(cells, right=frozenset({0})) if cells else Text("No reviews.", "dim"))


def _said(one: Mapping[str, Any]) -> Iterator[Text]:
    if one["undone"]:
        yield Text("taken back")
    if one["undoes"]:
        yield Text(f"takes back {one['undoes']}")
    if one["moved_from"]:
        yield shown(f"moved from {one['moved_from']}", CUE)
    if one["status"]:
        yield Text(one["status"], STATUSES[one["status"]])
    if one["speaker_id"]:
        yield shown(one["speaker"], SOURCE)
    if one["unattributed"]:
        yield Text("said by nobody we know", SOURCE)
    if one["content"]:
        yield shown(" … ".join(words for _, _, words in json.loads(one["content"])), CONTENT)
    for name in ("verdict", "notes", "tags"):
        if one[name] is not None:
            yield shown(f"{name}: {one[name] or 'none'}")


def carried(moved: Sequence[Row], lost: Sequence[Row]) -> Iterator[RenderableType]:
    """Reviews that are waiting to be confirmed, and reviewed claims that are no longer found."""
    if moved:
        yield Text(f"{pieces.count(len(moved), 'reviewed claim')} moved: confirm with quotes review", "bold")
    for row in moved:
        cells = [[Text("was", "dim"), _placed(row["was"])], [Text("now", "dim"), _placed(row)]]
        yield pieces.joined(" ", pieces.number(row), pieces.speaker(row), Text(row["status"], STATUSES[row["status"]]))
        yield Columns(cells, indent=4)
    if lost:
        yield Text(f"{pieces.count(len(lost), 'reviewed claim')} no longer found", "bold")
    for row in lost:
        why = "in an earlier version of the article" if row["newer"] else "by the newest run"
        yield pieces.joined(" ", pieces.number(row), pieces.speaker(row), Text(row["status"], STATUSES[row["status"]]),
                            Text(why, "dim"))  # fmt: skip
        yield indented(pieces.joined(" · ", pieces.quote(row), pieces.printed(row)), 4)


def _placed(row: Row) -> Text:
    return pieces.joined(" ", Text(f"{row['start']}–{row['end']}", "dim"), pieces.quote(row))


def judged(rows: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """How often people found the machine right, with counts and the interval of 95 %."""
    if not rows[0]["reviewed"]:
        yield Text("No claim is accepted, rejected or corrected yet: quotes review", "dim")
        return
    cells = []
    for row in rows:
        words, names = _share(row["extents"], row["right"]), _share(row["speakers"], row["named"])
        between = f"{100 * row['low']:.0f}–{100 * row['high']:.0f}"
        label = pieces.joined(" ", Text(row["by"] if row["by"] != "all" else "all claims"), shown(row["value"]))
        cells.append([label, _share(row["right"], row["reviewed"]), Text(between), words, names])
    heading = ("", "claims right", "95 %", "words right", "speakers right")
    yield Columns(cells, heading, right=frozenset(range(1, 5)))


def _share(right: int, every: int) -> Text:
    return Text(f"{100 * right / every:.0f} % ({right}/{every})") if every else Text("–", "dim")


def imported(done: Outcome, *, trial: bool) -> Iterator[RenderableType]:
    """What an import did, or would do, and what stood against it."""
    for problem in done.conflicts:
        yield pieces.joined(" ", Text("conflict", NEGATED), shown(problem))
    if done.speakers:
        yield shown(f"{pieces.count(len(done.speakers), 'new speaker')}: {', '.join(done.speakers)}")
    verb = "changed" if done.applied else "would change"
    same, against = f"{done.unchanged:,} without an edit", pieces.count(len(done.conflicts), "conflict")
    yield Text(f"{pieces.count(len(done.changed), 'claim')} {verb}, {same}, {against}")
    if not (trial or done.applied):
        yield Text("Nothing was applied: --skip-conflicts applies the rest, --force lets the file win.", NEGATED)
