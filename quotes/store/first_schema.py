"""The tables of version 1, and its search; those that changed since are in modules of their own."""

from __future__ import annotations

from quotes.store.views import folded

# Words of a document are kept as JSON [[start, end, words], …] beside the joined form that people read.
TABLES = (
    """
    create table articles (
        id integer primary key,
        uid text not null unique,
        identity text not null,
        version integer not null,
        latest integer not null,
        sha256 text not null,
        text text not null,
        input_id text not null,
        "where" text not null,
        place text not null,
        title text, publisher text, byline text, published text, url text, language text,
        notes text not null,
        added text not null,
        unique (identity, sha256)
    )""",
    "create index articles_by_text on articles (sha256, url)",
    "create index articles_by_place on articles (place)",
    "create index articles_by_publisher on articles (publisher)",
    "create unique index articles_latest on articles (identity) where latest",
    """
    create table runs (
        id integer primary key,
        version text not null,
        model text not null,
        options text not null,
        started text not null,
        unique (version, model, options)
    )""",
    """
    create table extractions (
        article_id integer not null references articles,
        run_id integer not null references runs,
        claims integer not null,
        current integer not null,
        at text not null,
        primary key (article_id, run_id)
    ) without rowid""",
    "create unique index extractions_current on extractions (article_id) where current",
    """
    create table speakers (
        id integer primary key,
        name text not null,
        type text not null check (type in ('person', 'organisation', 'group', 'document', 'anonymous')),
        folded text not null,
        unique (name, type)
    )""",
    """
    create table speaker_aliases (
        id integer primary key,
        speaker_id integer not null references speakers,
        alias text not null,
        folded text not null,
        origin text not null check (origin in ('name', 'printed', 'curated')),
        unique (speaker_id, alias)
    )""",
    """
    create table speaker_merges (
        id integer primary key,
        merged_id integer not null references speakers,
        into_id integer not null references speakers check (into_id <> merged_id),
        reason text not null,
        reviewer text not null,
        at text not null,
        undone_at text
    )""",
    "create unique index speaker_merges_active on speaker_merges (merged_id) where undone_at is null",
    "create index speaker_merges_into on speaker_merges (into_id) where undone_at is null",
    """
    create table claims (
        id integer primary key,
        uid text not null,
        article_id integer not null references articles,
        run_id integer not null references runs,
        position integer not null,
        current integer not null,
        kind text not null check (kind in ('direct', 'indirect', 'mixed')),
        mode text not null check (mode in ('statement', 'attitude')),
        negated integer not null,
        hearsay integer not null,
        start integer not null,
        "end" integer not null,
        content text not null,
        quote text not null,
        prefix text not null,
        suffix text not null,
        context_start integer not null,
        context text not null,
        paragraph integer not null,
        cue_extents text not null,
        cue text not null,
        lemma text not null,
        stance text not null,
        source_extents text not null,
        as_printed text not null,
        speaker_id integer references speakers,
        role text not null,
        method text not null,
        mentions text not null,
        speaker_confidence real not null,
        detector text not null,
        confidence real not null,
        unique (uid, run_id)
    )""",
    "create index claims_in_order on claims (article_id, position) where current",
    "create index claims_by_speaker on claims (speaker_id) where current",
    "create index claims_by_article on claims (article_id, run_id)",
    """
    create table claim_sources (
        claim_id integer not null references claims,
        position integer not null,
        relation text not null check (relation in ('citing', 'told', 'via', 'reported')),
        words text not null,
        start integer not null,
        "end" integer not null,
        speaker_id integer references speakers,
        method text not null,
        mentions text not null,
        confidence real not null,
        primary key (claim_id, position)
    ) without rowid""",
    "create index claim_sources_by_speaker on claim_sources (speaker_id)",
    """
    create table reviews (
        id integer primary key,
        claim_uid text not null,
        status text not null check (status in ('unreviewed', 'accepted', 'rejected', 'corrected')),
        speaker_id integer references speakers,
        content text,
        verdict text,
        note text,
        reviewer text not null,
        at text not null
    )""",
    "create index reviews_by_claim on reviews (claim_uid, id)",
    "create index reviews_by_speaker on reviews (speaker_id) where speaker_id is not null",
    """
    create trigger reviews_are_kept before delete on reviews
    begin select raise(abort, 'reviews are append-only'); end""",
    """
    create trigger reviews_are_not_changed before update on reviews
    begin select raise(abort, 'reviews are append-only'); end""",
    """
    create table tags (
        claim_uid text not null,
        tag text not null,
        reviewer text not null,
        at text not null,
        primary key (claim_uid, tag)
    ) without rowid""",
    """
    create table quote_groups (
        id integer primary key,
        kind text not null check (kind in ('exact', 'near', 'wire')),
        at text not null
    )""",
    """
    create table quote_group_claims (
        group_id integer not null references quote_groups,
        claim_uid text not null,
        similarity real not null,
        primary key (group_id, claim_uid)
    ) without rowid""",
    "create index quote_groups_by_claim on quote_group_claims (claim_uid)",
    """
    create table skips (
        id integer primary key,
        "where" text not null,
        reason text not null,
        run_id integer references runs,
        at text not null,
        unique ("where", reason)
    )""",
)

SEARCH = (
    f"""
    create view claim_words as
    select id, {folded("quote")} as quote, {folded("context")} as context from claims where current""",
    """
    create virtual table claims_fts using fts5(
        quote, context, content='claim_words', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')""",
    """
    create virtual table names_fts using fts5(
        folded, content='speaker_aliases', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    """
    create trigger claims_enter after insert on claims when new.current begin
        insert into claims_fts (rowid, quote, context) select id, quote, context from claim_words where id = new.id;
    end""",
    """
    create trigger claims_leave before delete on claims when old.current begin
        insert into claims_fts (claims_fts, rowid, quote, context)
            select 'delete', id, quote, context from claim_words where id = old.id;
    end""",
    """
    create trigger claims_retire before update on claims when old.current begin
        insert into claims_fts (claims_fts, rowid, quote, context)
            select 'delete', id, quote, context from claim_words where id = old.id;
    end""",
    """
    create trigger claims_return after update on claims when new.current begin
        insert into claims_fts (rowid, quote, context) select id, quote, context from claim_words where id = new.id;
    end""",
    """
    create trigger names_enter after insert on speaker_aliases begin
        insert into names_fts (rowid, folded) values (new.id, new.folded);
    end""",
    """
    create trigger names_leave after delete on speaker_aliases begin
        insert into names_fts (names_fts, rowid, folded) values ('delete', old.id, old.folded);
    end""",
    """
    create trigger names_change after update on speaker_aliases begin
        insert into names_fts (names_fts, rowid, folded) values ('delete', old.id, old.folded);
        insert into names_fts (rowid, folded) values (new.id, new.folded);
    end""",
)
