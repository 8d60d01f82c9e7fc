"""Since version 13: what is counted of current statements by outlet and by day, and those whose source has no name.

Totals follow from ``article_totals``. A claim rests on a source without a name that speaks, or else on the first that
is cited or spoken through; whatever may change that, the claim is looked at anew. Tallies follow from these claims.
"""

from __future__ import annotations

from quotes.store.filters import DATED

TABLES = (
    """
    create table printed_totals (
        counted text not null check (counted in ('outlet', 'day')),
        value text,
        direct integer not null, mixed integer not null, indirect integer not null,
        articles integer not null
    )""",
    "create unique index printed_totals_of on printed_totals (counted, value is null, coalesce(value, ''))",
    """
    create table unnamed_claims (
        claim_id integer primary key references claims,
        publisher text,
        speaker text not null
    )""",
    "create index unnamed_claims_of on unnamed_claims (publisher, speaker)",
    """
    create table unnamed_tallies (
        publisher text,
        speaker text not null,
        claims integer not null,
        example integer not null references claims
    )""",
    "create unique index unnamed_tallies_of on unnamed_tallies (publisher is null, coalesce(publisher, ''), speaker)",
)

_VALUE = f"""case counted when 'outlet' then a.publisher
        else iif({DATED.replace("published", "a.published")}, substr(a.published, 1, 10), null) end"""
_PRINTED = "articles a indexed by articles_told, (select column1 as counted from (values ('outlet'), ('day')))"
_SAME = "publisher is old.publisher and speaker = old.speaker"
_TALLY = """(publisher is null) = (old.publisher is null) and coalesce(publisher, '') = coalesce(old.publisher, '')
            and speaker = old.speaker"""  # as its index has it
_BEHIND = """select coalesce(t.given_name, t.name) from claim_sources k
            join speakers w on w.id = coalesce(k.given_id, k.speaker_id)
            join speakers t on t.id = coalesce(w.into_id, w.id)
            where k.claim_id = c.id and k.relation in ('citing', 'via') and t.type = 'anonymous'
            order by k.position limit 1"""


def _add(article: str, counts: str, joined: str = "") -> str:
    """Add to what is counted of the outlet and day of an article."""
    return f"""insert into printed_totals select counted, {_VALUE}, {counts} from {_PRINTED} {joined}
            where a.id = {article}
            on conflict do update set direct = direct + excluded.direct, mixed = mixed + excluded.mixed,
                indirect = indirect + excluded.indirect, articles = articles + excluded.articles;"""


def _move(sign: int) -> str:
    """All that is counted of an article, added or taken away."""
    counts = ", ".join(f"{sign} * t.{name}" for name in ("direct", "mixed", "indirect"))
    return _add("old.id", f"{counts}, {sign}", "join article_totals t on t.article_id = a.id")


def _resting(which: str) -> str:
    """Claims that rest on a source without a name, and its name as merges and people have it."""
    return f"""select claim_id, publisher, speaker from (
        select c.id as claim_id, a.publisher,
            iif(s.type = 'anonymous', coalesce(s.given_name, s.name), ({_BEHIND})) as speaker
        from claims c join articles a indexed by articles_told on a.id = c.article_id
        left join review_states v on v.claim_uid = c.uid
        left join speakers m on
            m.id = case when v.unattributed then null else coalesce(v.speaker_id, c.given_id, c.speaker_id) end
        left join speakers s on s.id = coalesce(m.into_id, m.id)
        where c.current and c.mode = 'statement' and c.id in ({which})) where speaker is not null"""


def _of(speakers: str) -> str:
    """Claims that any of these rows of speakers may be behind."""
    return f"""select id from claims where current and coalesce(given_id, speaker_id) in ({speakers})
            union select k.id from review_states w join claims k on k.uid = w.claim_uid
                where w.speaker_id in ({speakers})
            union select claim_id from claim_sources where coalesce(given_id, speaker_id) in ({speakers})"""


def _look(which: str) -> str:
    return f"""begin
        delete from unnamed_claims where claim_id in ({which});
        insert into unnamed_claims {_resting(which)};
    end"""


_CHANGE = ", ".join(f"new.{name} - old.{name}" for name in ("direct", "mixed", "indirect"))
_UNNAMED = """select id from speakers where type = 'anonymous'
    union select m.id from speakers m join speakers s on s.id = m.into_id where s.type = 'anonymous'"""
_JOINED = "select old.id union select id from speakers where into_id = old.id"
_INTO_UNNAMED = "exists (select 1 from speakers where id in (old.into_id, new.into_id) and type = 'anonymous')"

# What each table holds, from the claims themselves and from what is counted of them.
WHOLE = {
    "printed_totals": f"""select counted, {_VALUE} as value, sum(t.direct), sum(t.mixed), sum(t.indirect), count(*)
        from article_totals t join {_PRINTED} on a.id = t.article_id group by counted, value""",
    "unnamed_claims": _resting(_of(_UNNAMED)),
    "unnamed_tallies": """select publisher, speaker, count(*), min(claim_id) from unnamed_claims
        group by publisher, speaker""",
}
TRIGGERS = (
    f"""create trigger printed_begin after insert on article_totals begin
        {_add("new.article_id", "new.direct, new.mixed, new.indirect, 1")} end""",
    # SQLite gives triggers no order: the row of an article without statements is deleted before this or after.
    f"""create trigger printed_change after update on article_totals begin
        {_add("new.article_id", f"{_CHANGE}, -(new.direct + new.mixed + new.indirect = 0)")} end""",
    f"create trigger printed_before before update of publisher, published on articles begin {_move(-1)} end",
    f"create trigger printed_after after update of publisher, published on articles begin {_move(1)} end",
    """
    create trigger printed_none after update on printed_totals when new.articles = 0 begin
        delete from printed_totals where rowid = new.rowid;
    end""",
    f"create trigger unnamed_enter after insert on claims when new.current {_look('new.id')}",
    f"create trigger unnamed_change after update of current, given_id, speaker_id on claims {_look('new.id')}",
    """
    create trigger unnamed_leave before delete on claims begin
        delete from unnamed_claims where claim_id = old.id;
    end""",
    f"create trigger unnamed_cited after insert on claim_sources {_look('new.claim_id')}",
    f"create trigger unnamed_recited after update of given_id, speaker_id on claim_sources {_look('new.claim_id')}",
    f"create trigger unnamed_uncited after delete on claim_sources {_look('old.claim_id')}",
    f"""create trigger unnamed_printed after update of publisher on articles
        {_look("select id from claims where article_id = new.id and current")}""",
    f"""create trigger unnamed_curated after update of name, given_name, into_id on speakers
        when old.type = 'anonymous' or {_INTO_UNNAMED} {_look(_of(_JOINED))}""",
    """
    create trigger unnamed_more after insert on unnamed_claims begin
        insert into unnamed_tallies values (new.publisher, new.speaker, 1, new.claim_id)
            on conflict do update set claims = claims + 1, example = min(example, excluded.example);
    end""",
    f"""
    create trigger unnamed_less after delete on unnamed_claims begin
        delete from unnamed_tallies where {_TALLY} and claims = 1;
        update unnamed_tallies set claims = claims - 1,
            example = (select min(claim_id) from unnamed_claims where {_SAME})
            where {_TALLY};
    end""",
)
STATEMENTS = (*TABLES, *(f"insert into {table} {query}" for table, query in WHOLE.items()), *TRIGGERS)
