"""The small pieces that every page is made of, and their colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.style import Style
from rich.text import Text

from .render import shown

Row = Mapping[str, Any]

# Of the 256 colours that do not depend on a terminal's palette, such as read well on black and on white alike.
GREEN, AMBER, TEAL, BLUE = "color(28)", "color(130)", "color(30)", "color(68)"
SOURCE, CUE, CONTENT, NEGATED, HIT = f"bold {TEAL}", "italic magenta", GREEN, "bold red", "not dim black on yellow"
KINDS = {"direct": GREEN, "mixed": AMBER, "indirect": BLUE}
LINK = re.compile(r"https?://[!-~]+")  # what a terminal may be told to open: nothing that it would obey
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_TIMED = re.compile(r"\d{4}-\d\d-\d\d[T ]", re.ASCII)
TYPES = {"anonymous": "unnamed source"}


def quote(row: Row) -> Text:
    """The quote, after the words that keep it from being read as what it is not."""
    marks = [caution(row)]
    marks += [Text("thinks or wants", "dim")] if row["mode"] == "attitude" else []
    marks += [Text("hearsay", "dim")] if row["hearsay"] else []
    return Text.assemble(*(mark + Text(": ", mark.style) for mark in marks if mark)) + shown(row["quote"])


def caution(row: Row) -> Text:
    """That a thing was not said, or the words with which it was denied, or was not; empty where it was said."""
    if row["negated"]:
        return shown(row["undenied"] or "NOT said", NEGATED)
    return shown(row["cue"], NEGATED) if row["denied"] else Text()


def printed(row: Row) -> Text:
    """Where a claim was printed: the article's title, outlet and day, which open its page where a terminal can."""
    facts = facts_line(row["article"] or row["where"] or row["article_uid"], row["publisher"], day(row))
    if LINK.fullmatch(row["url"] or ""):
        facts.stylize(Style(link=row["url"]))
    return facts


def printer(row: Row) -> Text:
    """The outlet, or the title where there is none."""
    return shown(row["publisher"] or row["article"] or row["where"], "dim")


def day(row: Row) -> str:
    """The day of publication, without the time; what is no ISO date as it was given."""
    published = str(row["published"] or "")
    return published[:10] if _TIMED.match(published) else published


def moment(stamp: str | None) -> str:
    """A time of ISO 8601 to the minute, with its zone; what is none as it was given."""
    found = _MOMENT.fullmatch(stamp or "")
    return f"{found[1]} {found[2]}{_zone(found[3])}" if found else stamp or ""


def _zone(offset: str | None) -> str:
    return " UTC" if offset in ("Z", "+00:00", "+0000") else f" {offset}" if offset else ""


def also(row: Row) -> Text:
    """In how many other outlets a quotation stands, if in any, and in how many of them in other words."""
    if not row.get("also"):
        return Text()
    where = f"also in {count(row['also'], 'outlet')}"
    if not row["reworded"]:
        return Text(where, "dim italic")
    some = f" in {row['reworded']:,}" if row["reworded"] < row["also"] else ""
    return Text.assemble((f"{where}, ", "dim italic"), (f"worded otherwise{some}", AMBER))


def facts_line(*facts: object) -> Text:
    """What is known, on one line."""
    return joined(" · ", *(shown(fact, "dim") for fact in facts if fact))


def number(row: Row) -> Text:
    """The number by which ``quotes show`` finds a claim."""
    return Text(f"#{row['id']}", "dim")


def speaker(row: Row) -> Text:
    """The speaker's name, or that there is none."""
    return shown(row["speaker"], SOURCE) if row["speaker"] else Text("unattributed", "dim")


def cue(row: Row) -> Text:
    """The cue, in the colour of alarm where the thing was not said."""
    return shown(row["cue"], NEGATED if row["negated"] else CUE)


def kind_counts(counts: Mapping[str, int]) -> Text:
    """How many claims there are of each kind."""
    return joined(", ", *(Text(f"{counts[kind]} {kind}", style) for kind, style in KINDS.items() if counts[kind]))


def type_name(kind: str | None) -> str:
    """A type of speaker in words."""
    return TYPES.get(kind or "", kind or "")


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def joined(between: str, *parts: Text) -> Text:
    """The parts that are not empty, with something between them."""
    return Text(between).join(part for part in parts if part.plain)


def legend() -> Text:
    """The colours of a marked text."""
    return joined(" · ", Text("source", SOURCE), Text("cue", CUE), Text("content", CONTENT))


def mark(words: Text, extents: Iterable[Sequence[Any]], style: str, offset: int = 0) -> None:
    """Give the style to some ``[start, end, …]`` of the words."""
    for start, end, *_ in extents:
        words.stylize(style, start + offset, end + offset)
