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
from quotes.store.finding import bearing, named
from quotes.store.folding import fold
from quotes.store.selectors import require_text
from quotes.store.statements import every

Row = dict[str, Any]
LOOKED_AT = 1_000  # names that hold a word


def speaker_meant(db: Database, who: str | int) -> int:
    """The row of a speaker: by its number (``#12``), or by the whole name, folded; a name never heard of is a person.

    Raises UsageError for a number that no speaker has, and for a name that several have.
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
    known = bearing(db, name)
    known = [row for row in known if row["speaker"] == name] or known
    if len(known) > 1:
        raise UsageError(
            f"{name!r} may be {len(known)} speakers: {named(db, known)}", f"give a number: #{known[0]['speaker_id']}"
        )
    return int(known[0]["speaker_id"]) if known else int(identity.speaker(db, Speaker(name, "person"), {}, "")["id"])


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
