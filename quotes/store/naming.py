"""Which speaker a person means by a name or a number."""

from __future__ import annotations

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.store.filters import row_number
from quotes.store.folding import fold
from quotes.store.selectors import require_text
from quotes.store.statements import every, insert, one


def speaker_meant(db: Database, who: str | int) -> int:
    """The row of a speaker: by its number (``#12``), or by the whole name, folded; a name never heard of is a person.

    Raises UsageError for a number that no speaker has, and for a name that several have.
    """
    number = row_number(str(who).removeprefix("#").strip())
    if number is not None:
        if one(db, "select 1 from speakers where id = ?", number) is None:
            raise UsageError(f"there is no speaker #{number}", "quotes speakers --json shows their numbers")
        return number
    name = " ".join(str(who).split())
    require_text(name)
    if not name:
        raise UsageError("a speaker without a name")
    known = list(every(db, "select id, name, type from speakers where folded = ? order by id", fold(name)))
    exact = [row for row in known if row["name"] == name] or known
    if len(exact) > 1:
        listed = ", ".join(f"#{row['id']} {row['name']} ({row['type']})" for row in exact)
        raise UsageError(f"{name!r} may be {len(exact)} speakers: {listed}", f"give a number: #{exact[0]['id']}")
    return int(exact[0]["id"]) if exact else _new(db, name)


def _new(db: Database, name: str) -> int:
    speaker = insert(db, "speakers", name=name, type="person", folded=fold(name))
    insert(db, "speaker_aliases", speaker_id=speaker, alias=name, folded=fold(name), origin="curated")
    return speaker
