"""Which speaker a person means by a name or a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.models import Speaker
from quotes.store import identity
from quotes.store.filters import effective, row_number
from quotes.store.finding import bearing, named, partly_bearing
from quotes.store.folding import fold
from quotes.store.selectors import require_text
from quotes.store.statements import every

Row = dict[str, Any]
LOOKED_AT = 1_000  # names that hold a word


def speaker_meant(db: Database, who: str | int) -> int:
    """The row of a speaker as ``known`` finds it; a name never heard of is a new person."""
    number = known(db, who)
    if number is not None:
        return number
    return int(identity.speaker(db, Speaker(" ".join(str(who).split()), "person"), {}, "")["id"])


def known(db: Database, who: str | int) -> int | None:
    """The row of the speaker meant: by its number (``#12``) or by the whole name; None where nobody has the name.

    Raises UsageError for a number that no speaker has, for a name of several, and for a part of a name: that only one
    bears it so far does not say that this one is meant.
    """
    number = row_number(str(who).removeprefix("#").strip())
    if number is not None:
        found = effective(db, number)
        if not found:
            raise UsageError(f"there is no speaker #{number}", "quotes speakers --json shows their numbers")
        return found[0]
    name = " ".join(str(who).split())
    require_text(name)
    if not name:
        raise UsageError("a speaker without a name")
    meant = bearing(db, name)
    meant = [row for row in meant if row["speaker"] == name] or meant
    if not meant and (partly := partly_bearing(db, name)):
        raise UsageError(
            f"{name!r} is no whole name; near: {named(db, partly)}",
            f"give the whole name, or a number: #{partly[0]['speaker_id']}",
        )
    if len(meant) > 1:
        raise UsageError(
            f"{name!r} may be {len(meant)} speakers: {named(db, meant)}", f"give a number: #{meant[0]['speaker_id']}"
        )
    return int(meant[0]["speaker_id"]) if meant else None


def words_beginning(db: Database, beginning: str, limit: int) -> list[str]:
    """See ``Store.name_words``."""
    wanted = fold(beginning)
    match = '"{}"*'.format(wanted.replace('"', " "))
    query = (
        "select alias from speaker_aliases where id in (select rowid from names_fts where names_fts match ? limit ?)"
    )
    names = every(db, query, match, LOOKED_AT) if wanted.isalnum() else ()
    words = {word for row in names for word in re.findall(r"\w+", row["alias"]) if fold(word).startswith(wanted)}
    return sorted(words)[:limit]


def beginning_with(db: Database, beginning: str, limit: int) -> Iterator[Row]:
    """See ``Store.names``."""
    query = "select distinct name from speakers where substr(folded, 1, length(?1)) = ?1 order by name limit ?2"
    return every(db, query, fold(beginning), limit)
