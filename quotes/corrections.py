"""What people changed in a table of claims comes back as reviews: a merge of three, so that nothing is overwritten.

The table says from which review of each claim it was made (``revision``). What differs from the claim as it was then
was edited; an edit of something that another review has changed since is a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from quotes import sheets
from quotes.errors import UsageError
from quotes.models import Review, Status
from quotes.store import COLUMNS, Problem, Store

Row = dict[str, Any]

EDITABLE = ("status", "speaker", "quote", "verdict", "tags", "notes")
FOLLOWING = ("role", "speaker_kind", "context", "paragraph", "start", "end", "status", "revision", "moved_from")
ORIGIN = ("run", "model", "confidence")  # of a newer run: the claim is the same one if its words are
UNREVIEWED = "unreviewed"  # what an emptied cell says of a claim's status
FLAGS = ("negated", "hearsay")
# What spreadsheet programs write for true and false where they speak other languages.
YES = ("wahr", "vrai", "verdadero", "verdadeiro", "vero", "waar", "sant", "sand", "tosi", "prawda")
NO = ("falsch", "faux", "falso", "onwaar", "falskt", "falsk", "epätosi", "fałsz")
_DAY, _PRINTED = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"[0-9]{1,4}([./-]) ?[0-9]{1,2}\1 ?[0-9]{1,4}\.?")
CUT, CELL = "…", 32_767  # how a workbook's cells end that were too long for it


@dataclass
class Outcome:
    """What an import does, or would do: claims changed, rows that change nothing, and what stands against rows.

    ``speakers`` are names in it that nobody had.
    """

    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Problem] = field(default_factory=list)
    applied: bool = False
    speakers: list[str] = field(default_factory=list)


def bring(
    store: Store, path: str | Path, reviewer: str, *, force: bool = False, skip: bool = False, trial: bool = False
) -> Outcome:
    """Make reviews of what was edited in a table (see ``sheets.read``), all of it in one transaction or nothing.

    Where there are conflicts nothing is written, unless they are to be skipped (``skip``) or the table wins (``force``;
    what cannot be applied at all, such as words that do not stand in the article, is then skipped too). ``trial``
    writes nothing. The same table twice changes nothing. Raises UsageError for a file that is no such table.
    """
    done, reviews = Outcome(), []
    seen: set[str] = set()
    narrow = None
    for number, row in sheets.read(path):
        narrow = sheets.is_narrow(path) if narrow is None else narrow
        uid = _text(row.get(sheets.KEY)).strip()
        try:
            change = _change(store, uid, row, force=force, narrow=narrow)
            if change and uid in seen:
                raise UsageError("edited twice in the table")
            new = change and change[0].speaker and store.meant(change[0].speaker) is None
        except UsageError as error:
            done.conflicts.append(Problem(f"row {number}, {uid or 'no claim id'}", str(error)))
            continue
        if change is None:
            done.unchanged += 1
        else:
            done.speakers += [str(change[0].speaker)] if new and change[0].speaker not in done.speakers else []
            reviews.append((uid, *change))
            seen.add(uid)
    partly = force or skip
    refused = store.review_all(reviews, reviewer, partly=partly, trial=trial or bool(done.conflicts and not partly))
    done.conflicts += refused
    done.changed = [uid for uid, *_ in reviews if uid not in {problem.where for problem in refused}]
    done.applied = not trial and (partly or not done.conflicts)
    return done


def _change(store: Store, uid: str, row: Row, *, force: bool, narrow: bool) -> tuple[Review, int] | None:
    """The review that a row makes, and the revision that it follows; None where nothing was edited."""
    now = store.claim(uid) if uid.startswith("c") else None
    if now is None or now["claim_id"] != uid:
        raise UsageError("there is no such claim")
    revision = _revision(row.get("revision"))
    then = now if revision is None else store.as_of(uid, revision)
    row = _widened(row, now, then) if narrow else row
    edits = {name: row[name] for name in EDITABLE if name in row and not _same(name, then[name], row[name])}
    edits = {name: value for name, value in edits.items() if not _holds(store, name, now, value)}
    if not force:
        _require(now, then, row, edits, revision)
    return (_review(store, uid, edits), now["revision"]) if edits else None


def _holds(store: Store, name: str, now: Row, cell: Any) -> bool:
    """Whether a claim already is as an edited cell says: a speaker by another name or by number is still that one."""
    if _same(name, now[name], cell):
        return True
    meant = store.meant(cell) if name == "speaker" and _text(cell).strip() else None
    return meant is not None and meant["speaker_id"] == now["speaker_id"]


def _require(now: Row, then: Row, row: Row, edits: Row, revision: int | None) -> None:
    """Raise UsageError where a row contradicts what is stored."""
    if edits and revision is None and now["revision"]:
        raise UsageError("reviewed before, and the table does not say from which revision it was made")
    since = [name for name in edits if not _same(name, now[name], then[name])]
    if since:
        raise UsageError(f"{_listed(since)} changed since the export, by {now['reviewer']} on {now['reviewed'][:10]}")
    fixed = set(COLUMNS) - set(EDITABLE) - set(ORIGIN) - {"revision"}
    if revision != now["revision"]:
        fixed -= set(FOLLOWING)
    altered = [name for name in COLUMNS if name in fixed and name in row and not _same(name, now[name], row[name])]
    if altered:
        raise UsageError(f"{_listed(altered)} cannot be changed in a table")


def _review(store: Store, uid: str, edits: Row) -> Review:
    words = {name: _text(value) for name, value in edits.items()}
    status = (words["status"].strip().casefold() or UNREVIEWED) if "status" in words else None
    if status is not None and status not in get_args(Status):
        raise UsageError(f"{words['status']!r} is no status of review: it is one of {', '.join(get_args(Status))}")
    tags = words.get("tags")
    return Review(
        status=status,  # type: ignore[arg-type]  # one of them, as was just seen
        speaker=words["speaker"].strip() if "speaker" in words else None,
        content=store.anchored(uid, words["quote"]) if "quote" in words else None,
        verdict=words.get("verdict"),
        notes=words.get("notes"),
        tags=None if tags is None else (tags,),
    )


def _revision(cell: Any) -> int | None:
    text = _text(cell).strip()
    if not text:
        return None
    try:
        return int(float(text.replace(",", ".")))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text!r} is no revision") from error


def _same(name: str, stored: Any, cell: Any) -> bool:
    """Whether a cell says what is stored, whatever a spreadsheet program makes of numbers, truth and line breaks."""
    one, other = _text(stored), _text(cell)
    if name in ("status", "verdict", "speaker"):
        one, other = one.strip(), other.strip()
    if name == "status":
        other = other or UNREVIEWED
    if name == "tags":
        return _tags(one) == _tags(other)
    if one == other or (name in (*FLAGS, "status") and one.casefold() == other.casefold()):
        return True
    if name in FLAGS and other.casefold() in (YES if stored else NO):
        return True
    if name == "published" and _is_day(one, other):
        return True
    if len(other) == CELL and other.endswith(CUT) and one.startswith(other[:-1]):
        return True
    return isinstance(stored, (int, float)) and _number(other) == float(stored)


def _is_day(stored: str, cell: str) -> bool:
    """Whether a cell has a stored day in the order and with the signs of some country, the century left out or not."""
    if not (_DAY.fullmatch(stored) and _PRINTED.fullmatch(cell)):
        return False
    year, *rest = map(int, stored.split("-"))
    return sorted(map(int, re.findall("[0-9]+", cell))) in (sorted([year, *rest]), sorted([year % 100, *rest]))


def _widened(row: Row, *versions: Row) -> Row:
    """A row as it was before Windows-1252 took letters from it: what is left of a stored value is that value."""
    lost = {
        name: version[name]
        for version in versions
        for name, cell in row.items()
        if name in version and _is_left_of(_text(version[name]), _text(cell))
    }
    return {**row, **lost}


def _is_left_of(stored: str, cell: str) -> bool:
    """Whether a cell is a stored text with something else for each letter that Windows-1252 does not have.

    Programs write a question mark or a letter like it, and for what is outside of the first 65,536 code points two.
    """
    letters = [(char, bool(char.encode("cp1252", "ignore"))) for char in stored]
    for wide in (1, 2):
        kept = "".join(char if known else "\0" * (wide if char > "\uffff" else 1) for char, known in letters)
        if len(kept) == len(cell) and all(one in (other, "\0") for one, other in zip(kept, cell, strict=True)):
            return "\0" in kept
    return False


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _tags(words: str) -> set[str]:
    return {" ".join(tag.split()) for tag in words.split(";") if tag.strip()}


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_text, value))
    return "" if value is None else str(value).replace("\r\n", "\n")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
