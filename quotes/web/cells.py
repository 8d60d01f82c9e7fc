"""What Datasette's own pages show of ours: links out of its tables, and questions ready to be asked."""

from __future__ import annotations

import re
from typing import Any

COLUMNS = {
    "claim_id": ("claim", re.compile(r"c[0-9a-f]{16}", re.ASCII)),
    "claim_uid": ("claim", re.compile(r"c[0-9a-f]{16}", re.ASCII)),
    "article_uid": ("article", re.compile(r"a[0-9a-f]{16}", re.ASCII)),
    "speaker_id": ("speaker", re.compile(r"\d{1,18}", re.ASCII)),
}
QUESTIONS = {
    "claims_of_a_speaker": {
        "title": "What did somebody say?",
        "sql": """select published, speaker, quote, cue, article, publisher, claim_id from who_said_what
where speaker is not null and quotes_fold(speaker) = quotes_fold(:speaker) order by published desc limit 500""",
    },
    "unnamed_sources_of_an_outlet": {
        "title": "Which unnamed sources does an outlet have?",
        "sql": """select speaker, count(*) as claims, max(published) as last from who_said_what
where speaker_kind = 'anonymous' and publisher = :publisher group by speaker order by claims desc limit 500""",
    },
    "reviewed_claims": {
        "title": "What has been reviewed?",
        "sql": """select v.at, v.reviewer, v.status, v.verdict, w.speaker, w.quote, w.claim_id
from review_states v join who_said_what w on w.claim_id = v.claim_uid order by v.at desc limit 500""",
    },
}


def linked(column: str, value: object) -> Any:
    """A cell as a link to our page, None where it is none of ours."""
    from markupsafe import Markup

    page, form = COLUMNS.get(column, ("", None))
    if form is None or not form.fullmatch(str(value)):
        return None
    return Markup('<a href="/{}/{}">{}</a>').format(page, value, value)


def name_columns(database: Any) -> None:
    """Have Datasette read our foreign keys, which name a table alone, as leading to its ``id``."""
    found = database.foreign_keys_for_table

    async def named(table: str) -> list[dict[str, Any]]:
        return [{**key, "other_column": key["other_column"] or "id"} for key in await found(table)]

    database.foreign_keys_for_table = named
