"""The tables of speakers since version 6: who is one across articles, and the log of what people decided of it."""

from __future__ import annotations

from collections.abc import Iterable

# A speaker is one row wherever its name says who is meant (scope ''), else one row an article (its identity)
# or a row that a person split off ('split:' and the number in the log). ``into_id`` and ``given_id`` follow from the
# links, the log and the claims, and are kept for reading; what was extracted stays in claims.speaker_id.
CURATION = (
    """
    create table speakers_new (
        id integer primary key,
        name text not null,
        type text not null check (type in ('person', 'organisation', 'group', 'document', 'anonymous')),
        folded text not null,
        key text not null,
        scope text not null,
        field text not null,
        given_name text,
        link_id integer references speakers,
        into_id integer references speakers,
        unique (key, type, scope, field)
    )""",
    """
    create table aliases_new (
        id integer primary key,
        speaker_id integer not null references speakers,
        alias text not null,
        folded text not null,
        origin text not null check (origin in ('found', 'curated')),
        unique (speaker_id, alias, origin)
    )""",
    """
    create table speaker_log (
        id integer primary key,
        action text not null check (action in ('merge', 'split', 'rename', 'alias', 'undo')),
        detail text not null,
        undoes integer references speaker_log,
        reviewer text not null,
        at text not null,
        check ((action = 'undo') = (undoes is not null))
    )""",
    """
    create trigger speaker_log_is_kept before delete on speaker_log
    begin select raise(abort, 'the log is append-only'); end""",
    """
    create trigger speaker_log_is_not_changed before update on speaker_log
    begin select raise(abort, 'the log is append-only'); end""",
    """
    create table speaker_edges (
        log_id integer not null references speaker_log,
        merged_id integer not null references speakers,
        into_id integer not null references speakers check (into_id <> merged_id),
        primary key (log_id, merged_id)
    ) without rowid""",
    "create index speaker_edges_from on speaker_edges (merged_id)",
    "create index speaker_edges_into on speaker_edges (into_id)",
    """
    create table speaker_splits (
        log_id integer not null references speaker_log,
        article text not null,
        claim_uid text not null,
        members text not null,
        into_id integer not null references speakers,
        primary key (log_id, article, claim_uid)
    ) without rowid""",
    "create index speaker_splits_by_article on speaker_splits (article)",
    "alter table claims add column given_id integer references speakers",
    "alter table claims add column digest text not null default ''",
    "alter table claim_sources add column given_id integer references speakers",
    "drop index claims_by_speaker",
    "drop index claim_sources_by_speaker",
    "create index claims_by_speaker on claims (coalesce(given_id, speaker_id)) where current",
    "create index claim_sources_by_speaker on claim_sources (coalesce(given_id, speaker_id))",
    "create index claims_as_found on claims (speaker_id)",
)
RENAMED = (
    "drop table speaker_merges",
    "drop table speaker_aliases",
    "drop table speakers",
    "alter table speakers_new rename to speakers",
    "alter table aliases_new rename to speaker_aliases",
    "create index speakers_merged on speakers (into_id) where into_id is not null",
    "create index speakers_linked on speakers (link_id) where link_id is not null",
)


def triggers(search: Iterable[str]) -> list[str]:
    """The triggers of search, but for claims whose words do not change: whom they are found to be by is no word."""
    made = (statement for statement in search if "create trigger" in statement)
    return [one.replace("update on claims", "update of current, quote, context on claims") for one in made]
