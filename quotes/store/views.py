"""The views of the newest schema: what holds now of each claim, for queries and for people.

A migration that changes a table drops them first and makes them anew when it is done.
"""

from __future__ import annotations

from sqlite_utils import Database

from quotes.store.columns import COLUMNS
from quotes.store.folding import LETTERS


def folded(column: str) -> str:
    """A column folded, letter for letter, where unicode61 leaves letters unfolded: what the search index reads."""
    for letter, plain in LETTERS.items():
        column = f"replace({column}, '{letter}', '{plain}')"
    return column


def _elsewhere(counted: str) -> str:
    """What is counted of the other outlets with a claim's quotation, those where it is worded alike told apart."""
    return f"""(select {counted} from
            (select distinct coalesce(b.publisher, b.identity) as outlet, h.wording is g.wording as alike
                from quote_group_claims g
                join quote_groups q on q.id = g.group_id and q.kind <> 'wire'
                join quote_group_claims h on h.group_id = g.group_id
                join claims d on d.uid = h.claim_uid and d.current
                join articles b on b.id = d.article_id
                where g.claim_uid = c.uid and outlet <> coalesce(a.publisher, a.identity) limit 1000))"""


# Effective values: a reviewer's word (v) comes before a split (given_id), that before the machine (c); the speaker so
# found (m) counts as the one it was joined with (s).
VIEWS = (
    f"""
    create view claim_rows as
    select
        c.uid as claim_id, coalesce(s.given_name, s.name) as speaker,
        case when v.speaker_id is null and v.unattributed is not 1 then nullif(c.role, '') end as role,
        s.type as speaker_kind, nullif(c.as_printed, '') as as_printed, c.kind, coalesce(v.quote, c.quote) as quote,
        coalesce(v.context, c.context) as context, nullif(c.cue, '') as cue,
        (select group_concat(relation || ' ' || words, '; ') from
            (select relation, words from claim_sources where claim_id = c.id order by position)) as said_via,
        a.title as article, a.publisher, a.byline, a.published, a.url, coalesce(v.paragraph, c.paragraph) as paragraph,
        coalesce(v.start, c.start) as start, coalesce(v."end", c."end") as "end", c.confidence,
        coalesce(v.status, 'unreviewed') as status, v.verdict, v.tags, v.notes, coalesce(v.revision, 0) as revision,
        c.run_id as run, r.model,
        c.id, c.article_id, a.uid as article_uid, s.id as speaker_id, c.run_id, c.mode, c.negated, c.hearsay,
        c.stance, c.lemma, c.detector, c.method, c.speaker_confidence, coalesce(v.content, c.content) as content,
        c.cue_extents, c.source_extents, c.mentions,
        (select json_group_array(json_object('relation', relation, 'words', words, 'start', start, 'end', "end",
            'speaker', name, 'speaker_kind', type)) from
            (select k.relation, k.words, k.start, k."end", coalesce(v.given_name, v.name) as name, v.type
                from claim_sources k
                left join speakers w on w.id = coalesce(k.given_id, k.speaker_id)
                left join speakers v on v.id = coalesce(w.into_id, w.id)
                where k.claim_id = c.id order by k.position)) as chain,
        coalesce(v.prefix, c.prefix) as prefix, coalesce(v.suffix, c.suffix) as suffix,
        coalesce(v.context_start, c.context_start) as context_start, a."where", c.current, c.position,
        v.reviewer, v.at as reviewed, v.moved_from,
        {_elsewhere("count(distinct outlet)")} as also,
        {_elsewhere("count(distinct outlet) - count(distinct iif(alike, outlet, null))")} as reworded
    from claims c
    join articles a on a.id = c.article_id
    join runs r on r.id = c.run_id
    left join review_states v on v.claim_uid = c.uid
    left join speakers m on
        m.id = case when v.unattributed then null else coalesce(v.speaker_id, c.given_id, c.speaker_id) end
    left join speakers s on s.id = coalesce(m.into_id, m.id)""",
    f"""
    create view who_said_what as
    select {", ".join(f'"{name}"' for name in COLUMNS)}
    from claim_rows where current and mode = 'statement'""",
    f"""
    create view claim_words as
    select c.id, {folded("coalesce(v.quote, c.quote)")} as quote, {folded("coalesce(v.context, c.context)")} as context
    from claims c left join review_states v on v.claim_uid = c.uid where c.current""",
    f"""
    create view article_words as select id, {folded("text")} as text from articles where latest""",
)


def drop(db: Database) -> None:
    """Take the views away, so that no table they name is held."""
    for name in ("who_said_what", "claim_rows", "claim_words", "article_words"):
        db.execute(f"drop view if exists {name}")


def make(db: Database) -> None:
    """Make the views anew."""
    for statement in VIEWS:
        db.execute(statement)
