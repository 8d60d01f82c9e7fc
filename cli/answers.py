"""What a reader sees of a quotation that was looked for: the verdict, the differences, the versions of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from . import pieces
from .pieces import AMBER, BLUE, CUE, GREEN, NEGATED, SOURCE, Row
from .render import Columns, indented, shown

if TYPE_CHECKING:
    from quotes.evidence import Checked

FEW = 5  # findings of each sort
VERDICTS = {
    "exact": f"bold {GREEN}",
    "near": f"bold {AMBER}",
    "altered": "bold red",
    "spliced": "bold red",
    "idea": f"bold {BLUE}",
    "text": f"bold {AMBER}",
}
ALLEGED, PRINTED = "red strike", f"{GREEN} underline"
MARKS = {"alleged": ("[-", "-]", ALLEGED), "printed": ("{+", "+}", PRINTED), "same": ("", "", "")}
LESS = {
    "exact": "word for word",
    "under": "under a negation",
    "framed": "under what others say, a question or a condition",
    "near": "in nearly the same words",
    "idea": "the idea only",
}  # than the verdict has
UNDER = {"cut": "under", "frame": "framed"}  # by the kind of the change
VERDICT_COLUMNS = ("verdict", "sort", "grade", "similarity", "explanation")
VERSION_COLUMNS = ("version", "similarity", "explanation", "altered", "copy", "other_speaker")


def verdict(checked: Checked, limit: int, remarks: Sequence[str]) -> Iterator[RenderableType]:
    """The verdict, and then what it rests on, each sort of finding under a heading of its own."""
    from quotes import evidence

    told, words = evidence.told(checked), checked.alleged
    style = "bold red" if checked.misattributed else VERDICTS.get(checked.verdict, "bold red")
    yield shown(told["summary"], style)
    for remark in remarks:
        yield shown(remark, "dim")
    for key, heading in (("found", ""), ("others", "said by others")):
        for nth, (sort, found) in enumerate(groupby(told[key], key=_sort)):
            less = pieces.joined(": ", Text(heading), Text(LESS[sort] if nth else ""))
            yield from _findings(list(found), less.plain, limit, words)
    parts = "where each part stands" if checked.verdict == "spliced" else "what is missing there, said here"
    where = {one["claims"][0]["id"]: one for one in told["pieces"]}  # two parts may stand in one claim
    yield from _findings([*where.values()], parts, limit, words)
    yield from _texts(told["texts"][:limit])
    yield from _nearest(told["nearest"][:limit])
    if _differing(told):
        yield Text()
        yield pieces.joined("  ", *(_marked(kind, f"only {kind}") for kind in ("alleged", "printed")))


def _sort(found: Mapping[str, Any]) -> str:
    """The grade of a finding, and apart from it what stands under a negation or is no statement of its speaker's."""
    kinds = [change["kind"] for change in found["changes"]]
    return UNDER[kinds[0]] if len(kinds) == 1 and kinds[0] in UNDER else str(found["grade"])


def _differing(told: Mapping[str, Any]) -> bool:
    near = [one for key in ("found", "others") for one in told[key] if one["grade"] == "near"]
    return any(part["kind"] != "same" for one in (*near, *told["texts"]) for part in one["diff"])


def _findings(found: Sequence[Mapping[str, Any]], heading: str, limit: int, alleged: str) -> Iterator[RenderableType]:
    if not found:
        return
    yield Text()
    if heading:
        yield Text(heading, "dim")
    yield indented(Columns([_finding(one, alleged) for one in found[:limit]], widths=(0, 24), right=frozenset({0})))
    if len(found) > limit:
        yield Text(f"  … and {len(found) - limit:,} more: -n {len(found)}", "dim")


def _finding(found: Mapping[str, Any], alleged: str) -> list[Text]:
    row = found["claims"][0]
    numbers = Text(" ").join(pieces.number(claim) for claim in found["claims"])
    near = found["grade"] == "near" and any(part["kind"] != "same" for part in found["diff"])
    words = diff(found["diff"]) if near else pieces.quote(row)
    remark = "" if found["grade"] == "exact" else found["explanation"]
    if found["grade"] == "idea":
        shared = sorted(found["shared"][:FEW], key=alleged.find)
        both = f"both have, in some form, {', '.join(f'“{word}”' for word in shared)}"
        remark = "; ".join([both, *found["figures"]])
    marked = pieces.caution(row) if near else Text()
    return [numbers, pieces.speaker(row), pieces.joined("\n", marked, words, shown(remark, CUE), pieces.printed(row))]


def _lines(row: Row, remark: str) -> Text:
    return pieces.joined("\n", pieces.quote(row), shown(remark, CUE), pieces.printed(row))


def _texts(found: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    if found:
        yield Text()
        yield Text("in the text of an article, not as a claim", "dim")
        cells = [
            [
                shown(f"at {one['start']}–{one['end']}", "dim"),
                pieces.joined("\n", diff(one["diff"]), shown(_remark(one), CUE), _article(one["article"])),
            ]
            for one in found
        ]
        yield indented(Columns(cells))


def _nearest(found: Sequence[Row]) -> Iterator[RenderableType]:
    if found:
        yield Text()
        cells = [[pieces.number(row), pieces.speaker(row), _lines(row, "; ".join(row["figures"]))] for row in found]
        yield indented(Columns(cells, widths=(0, 24), right=frozenset({0})))


def _remark(one: Mapping[str, Any]) -> str:
    return one["explanation"] if one["changes"] else ""


def _article(row: Row) -> Text:
    return pieces.facts_line(row["title"] or row["where"] or row["uid"], row["publisher"], pieces.day(row), row["uid"])


def diff(parts: Iterable[Mapping[str, str]]) -> Text:
    """The words of both, what only one of them has between marks and in its colour."""
    return pieces.joined(" ", *(_marked(part["kind"], part["words"]) for part in parts))


def _marked(kind: str, words: str) -> Text:
    opening, closing, style = MARKS[kind]
    return Text.assemble((opening, style), shown(words, style), (closing, style))


def versions(rows: Iterable[Row]) -> Iterator[RenderableType]:
    """Each wording with the claims that have it, earliest first; what was altered in the colour of alarm."""
    every = list(rows)
    if not every:
        yield Text("No claim has these words.", "dim")
        return
    groups = [list(group) for _, group in groupby(every, key=lambda row: row["version"])]
    outlets = len({row["publisher"] for row in every if row["publisher"]})
    counts = (len(groups), "wording"), (len(every), "claim"), (outlets, "outlet")
    yield Text(" · ".join(pieces.count(*count) for count in counts if count[0]), "bold")
    least = [
        0,
        10 if any(row["published"] for row in every) else 0,
        min(24, max(len(pieces.printer(row)) for row in every)),
    ]
    for group in groups:
        yield Text()
        yield from _wording(group[0])
        yield indented(
            Columns([_appearance(row) for row in group], widths=(0, 0, 24), least=least, right=frozenset({0}))
        )


def _wording(row: Row) -> Iterator[RenderableType]:
    same = not row["changes"]
    yield pieces.quote(row) if same or row["longer"] else diff(row["diff"])
    remark = "longer; " if row["longer"] and not same else ""
    alarm = Text("ALTERED", NEGATED) if row["altered"] else Text()
    if not same:
        yield pieces.joined(" ", alarm, shown(remark + row["explanation"], CUE))


def _appearance(row: Row) -> list[Text]:
    other = Text("another speaker", NEGATED) if row["other_speaker"] else Text()
    copy = Text("wire copy", AMBER) if row["copy"] else Text()
    who = shown(row["speaker"], NEGATED if row["other_speaker"] else SOURCE) if row["speaker"] else pieces.speaker(row)
    day = shown(pieces.day(row), "dim")
    return [pieces.number(row), day, pieces.printer(row), pieces.joined(" · ", who, other, copy)]
