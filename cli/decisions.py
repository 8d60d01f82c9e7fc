"""What people decided of speakers, and what they may want to decide: the log, and pairs that may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from . import pieces
from .pieces import AMBER, GREEN, SOURCE, Row
from .render import Columns, shown

LOG = ("id", "at", "reviewer", "action", "what", "undone_by")
PAIRS = (
    "score", "speaker_id", "speaker", "speaker_kind", "claims", "other_speaker_id", "other_speaker",
    "other_speaker_kind", "other_claims", "evidence_for", "evidence_against", "command",
)  # fmt: skip


def log(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Entries of the log, newest first, an undone one with what undid it."""
    cells = []
    for row in rows:
        undone = Text(f"undone by {row['undone_by']}" if row["undone_by"] else "", "dim")
        what = pieces.joined("\n", shown(row["what"], "dim" if undone else ""), undone)
        cells.append([Text(str(row["id"]), "dim"), shown(row["at"][:16].replace("T", " "), "dim"),
            shown(row["reviewer"]), what])  # fmt: skip
    heading = ("", "when (UTC)", "who", "what")
    yield Columns(cells, heading, (0, 0, 16), right=frozenset({0})) if cells else Text("Nothing was decided.", "dim")


def suggestions(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Pairs that may be one, most telling first, with what speaks for and against it and the command to type."""
    cells = []
    for row in rows:
        pair = pieces.joined(" = ", *(_who(row, prefix) for prefix in ("", "other_")))
        lines = [pair, shown(row["evidence_for"] and f"for: {row['evidence_for']}", GREEN)]
        lines += [shown(f"against: {row['evidence_against']}", AMBER)] if row["evidence_against"] else []
        cells.append([Text(f"{row['score']:.2f}", "bold"), pieces.joined("\n", *lines, shown(row["command"], "dim"))])
    heading = ("score", "who may be the same")
    yield Columns(cells, heading, right=frozenset({0})) if cells else Text("Nobody seems to be two.", "dim")


def _who(row: Row, prefix: str) -> Text:
    number, claims = row[f"{prefix}speaker_id"], pieces.count(row[f"{prefix}claims"], "claim")
    return shown(row[f"{prefix}speaker"], SOURCE) + Text(f" #{number}, {claims}", "dim")
