"""The digest of a claim as it stands: what ``verify`` compares with the one taken when it was stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from quotes.store.names import SPEAKER, claim_digest
from quotes.store.statements import every

Row = dict[str, Any]
_WHO = ", ".join(f"s.{name} as s_{name}" for name in SPEAKER)
_CLAIMS = f"select c.*, {_WHO} from claims c left join speakers s on s.id = c.speaker_id where"
_CHAINS = f"""select k.*, {_WHO} from claims c join claim_sources k on k.claim_id = c.id
    left join speakers s on s.id = k.speaker_id where"""


def digest(db: Database, claim_id: int) -> str:
    """The digest of a stored claim, its speaker and its chain."""
    return next(digest for _, _, digest in _digested(db, "c.id = ?", claim_id))


def of_article(db: Database, article_id: int) -> Iterator[tuple[Row, list[Row], str]]:
    """The claims of an article in the order of storing, each with the links of its chain and its digest."""
    return _digested(db, "c.article_id = ?", article_id)


def _digested(db: Database, which: str, number: int) -> Iterator[tuple[Row, list[Row], str]]:
    chains = defaultdict[int, list[Row]](list)
    for link in every(db, f"{_CHAINS} {which} order by k.claim_id, k.position", number):
        chains[link["claim_id"]].append(link)
    for claim in every(db, f"{_CLAIMS} {which} order by c.id", number):
        chain = chains[claim["id"]]
        yield claim, chain, claim_digest(claim, _who(claim), [(link, _who(link)) for link in chain])


def _who(row: Row) -> Row | None:
    return {name: row[f"s_{name}"] for name in SPEAKER} if row["s_key"] is not None else None
