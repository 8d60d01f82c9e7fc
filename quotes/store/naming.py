"""Which speaker a person means by a name or a number."""

from __future__ import annotations

from sqlite_utils import Database

from quotes.errors import UsageError
from quotes.models import Speaker
from quotes.store import identity
from quotes.store.filters import effective, row_number
from quotes.store.finding import bearing, named
from quotes.store.selectors import require_text


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
