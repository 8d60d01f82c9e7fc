"""The digest of a claim as it stands: what ``verify`` compares with the one taken when it was stored."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from quotes.store.names import SPEAKER, claim_digest
from quotes.store.statements import every

Row = dict[str, Any]
_WHO = ", ".join(f"s.{name} as s_{name}" for name in SPEAKER)
_JOINED = f"select x.*, {_WHO} from {{}} x left join speakers s on s.id = x.speaker_id where"


def digest(db: Database, claim_id: int) -> str:
    """The digest of a stored claim, its speaker and its chain."""
    claim = next(every(db, f"{_JOINED.format('claims')} x.id = ?", claim_id))
    chain = every(db, f"{_JOINED.format('claim_sources')} x.claim_id = ? order by x.position", claim_id)
    return claim_digest(claim, _who(claim), [(link, _who(link)) for link in chain])


def _who(row: Row) -> Row | None:
    return {name: row[f"s_{name}"] for name in SPEAKER} if row["s_key"] is not None else None
