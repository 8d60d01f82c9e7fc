"""The tables of reviews since version 3: every change kept, and what holds after them in one row a claim."""

from __future__ import annotations

# What is null in a review stays as it was; "" takes a verdict or notes away. ``undoes`` names the review taken back,
# ``moved_from`` the claim of an earlier run that the review was made of. A state keeps that as ``origin``, and as
# ``moved_from`` until a person has looked at the claim again.
STATEMENTS = (
    "create temp table earlier_reviews as select * from reviews",  # not renamed: triggers elsewhere would be checked
    "drop table reviews",
    """
    create table reviews (
        id integer primary key,
        claim_uid text not null,
        status text check (status in ('unreviewed', 'accepted', 'rejected', 'corrected')),
        speaker_id integer references speakers,
        unattributed integer not null default 0,
        content text,
        verdict text,
        notes text,
        tags text,
        undoes integer references reviews,
        moved_from text,
        reviewer text not null,
        at text not null
    )""",
    """
    insert into reviews (id, claim_uid, status, speaker_id, verdict, notes, reviewer, at)
        select id, claim_uid, status, speaker_id, verdict,
            group_concat(note, char(10)) over (partition by claim_uid order by id), reviewer, at
        from earlier_reviews""",
    """
    insert into reviews (claim_uid, tags, reviewer, at)
        select claim_uid, group_concat(tag, '; '), max(reviewer), max(at)
        from (select * from tags order by claim_uid, tag) group by claim_uid""",
    "drop table earlier_reviews",
    "drop table tags",
    "create index reviews_by_claim on reviews (claim_uid, id)",
    """
    create trigger reviews_are_kept before delete on reviews
    begin select raise(abort, 'reviews are append-only'); end""",
    """
    create trigger reviews_are_not_changed before update on reviews
    begin select raise(abort, 'reviews are append-only'); end""",
    """
    create table review_states (
        claim_uid text primary key,
        status text not null,
        speaker_id integer references speakers,
        unattributed integer not null,
        content text, quote text, start integer, "end" integer, prefix text, suffix text,
        context_start integer, context text, paragraph integer,
        verdict text, notes text, tags text,
        origin text,
        moved_from text,
        revision integer not null references reviews,
        reviewer text not null,
        at text not null
    ) without rowid""",
    "create index review_states_by_status on review_states (status)",
    "create index review_states_by_speaker on review_states (speaker_id) where speaker_id is not null",
    "create index review_states_by_origin on review_states (origin) where origin is not null",
    """
    insert into review_states (claim_uid, status, speaker_id, unattributed, verdict, notes, tags, revision,
            reviewer, at)
        select claim_uid,
            coalesce((select status from reviews where claim_uid = r.claim_uid and status is not null
                order by id desc limit 1), 'unreviewed'),
            (select speaker_id from reviews where claim_uid = r.claim_uid and speaker_id is not null
                order by id desc limit 1),
            0,
            (select verdict from reviews where claim_uid = r.claim_uid and verdict is not null
                order by id desc limit 1),
            (select notes from reviews where claim_uid = r.claim_uid and notes is not null order by id desc limit 1),
            (select tags from reviews where claim_uid = r.claim_uid and tags is not null),
            id, reviewer, at
        from reviews r where id in (select max(id) from reviews group by claim_uid)""",
)
