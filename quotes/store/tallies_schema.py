"""Since version 9: what is counted of current statements, by speaker and by article, kept up to date by triggers.

A ``form`` is the number of who said it, after reviews and splits, or what those have in common whom their articles name
alike without saying who they are ("anonymous officials"), each but a row for its article. Whoever a speaker was joined
with is looked up when counts are read.
"""

from __future__ import annotations

_OF_KIND = "{sign} * sum(kind = 'direct'), {sign} * sum(kind = 'mixed'), {sign} * sum(kind = 'indirect')"
_ADDED = "direct = direct + excluded.direct, mixed = mixed + excluded.mixed, indirect = indirect + excluded.indirect"
_ALL, _TOLD = "('article'), ('outlet'), ('day'), ('role'), ('speaker')", "('outlet'), ('day')"

TABLES = (
    """
    create table speaker_tallies (
        form not null,
        counted text not null check (counted in ('article', 'outlet', 'day', 'role', 'speaker')),
        value not null,
        claims integer not null,
        primary key (form, counted, value)
    ) without rowid""",
    """
    create table speaker_totals (
        form primary key not null,
        direct integer not null, mixed integer not null, indirect integer not null,
        articles integer not null, speakers integer not null
    ) without rowid""",
    """
    create table article_totals (
        article_id integer primary key references articles,
        direct integer not null, mixed integer not null, indirect integer not null
    )""",
    "create index speakers_alike on speakers (type, key, name)",
    "create index articles_told on articles (id, publisher, published)",  # texts lie between these columns
)


def local(of: str) -> str:
    """Whether a row of speakers is but one article's, and no person."""
    return f"({of}.scope <> '' and {of}.scope not like 'split:%' and {of}.type <> 'person')"


def statements(which: str) -> str:
    """Current statements with what is counted of them, as a table of a query."""
    return f"""(select c.article_id, c.kind, a.publisher, substr(a.published, 1, 10) as day, s.id as speaker_id,
            iif(s.id is null, null, {form("s")}) as form,
            case when v.speaker_id is null and v.unattributed is not 1 then nullif(c.role, '') end as role
        from claims c join articles a indexed by articles_told on a.id = c.article_id
        left join review_states v on v.claim_uid = c.uid
        left join speakers s on
            s.id = case when v.unattributed then null else coalesce(v.speaker_id, c.given_id, c.speaker_id) end
        where c.current and c.mode = 'statement' and {which})"""


def form(of: str) -> str:
    """The form of a row of speakers."""
    alike = f"{local(of)} and {of}.given_name is null and {of}.into_id is null"
    return f"iif({alike}, {of}.type || ' ' || {of}.key, {of}.id)"


def _tallies(rows: str, sign: int = 1, counted: str = _ALL) -> str:
    return f"""select form, counted, value, {sign} * count(*) as claims from (
            select form, counted, case counted when 'article' then article_id when 'outlet' then publisher
                when 'day' then day when 'role' then role else speaker_id end as value
            from {rows}, (select column1 as counted from (values {counted})) where form is not null)
        where value is not null group by form, counted, value"""


def _of_speakers(rows: str, sign: int = 1, distinct: str = "0, 0") -> str:
    return f"""select form, {_OF_KIND.format(sign=sign)}, {distinct} from {rows}
        where form is not null group by form"""


def _of_articles(rows: str, sign: int = 1) -> str:
    return f"select article_id, {_OF_KIND.format(sign=sign)} from {rows} group by article_id"


def _count(which: str, sign: int) -> str:
    rows = statements(which)
    return f"""begin
        insert into speaker_totals {_of_speakers(rows, sign)} on conflict do update set {_ADDED};
        insert into article_totals {_of_articles(rows, sign)} on conflict do update set {_ADDED};
        {_tally(which, sign, _ALL)}
    end"""


def _tally(which: str, sign: int, counted: str) -> str:
    return f"""insert into speaker_tallies {_tallies(statements(which), sign, counted)}
            on conflict do update set claims = claims + excluded.claims;"""


# Since version 12: who said most is read in this order.
BY_CLAIMS = "create index speakers_by_claims on speaker_tallies (claims, value) where counted = 'speaker'"


def whole(rows: str) -> dict[str, str]:
    """What each table holds, from all statements."""
    distinct = "count(distinct article_id), count(distinct speaker_id)"
    return {
        "speaker_tallies": _tallies(rows),
        "speaker_totals": _of_speakers(rows, distinct=distinct),
        "article_totals": _of_articles(rows),
    }


_CHANGED = "update of current, given_id, speaker_id on claims"
_PRINTED = "update of publisher, published on articles"
_CURATED = f"update of into_id, given_name on speakers when {local('old')}"
_OF_OLD = """s.id = old.id and c.id in (select id from claims where current and coalesce(given_id, speaker_id) = old.id
        union select k.id from review_states w join claims k on k.uid = w.claim_uid where w.speaker_id = old.id)"""
TRIGGERS = (
    f"create trigger counted_enter after insert on claims when new.current {_count('c.id = new.id', 1)}",
    f"create trigger counted_leave before delete on claims when old.current {_count('c.id = old.id', -1)}",
    f"create trigger counted_retire before {_CHANGED} when old.current {_count('c.id = old.id', -1)}",
    f"create trigger counted_return after {_CHANGED} when new.current {_count('c.id = new.id', 1)}",
    f"create trigger told_before before {_PRINTED} begin {_tally('a.id = old.id', -1, _TOLD)} end",
    f"create trigger told_after after {_PRINTED} begin {_tally('a.id = new.id', 1, _TOLD)} end",
    f"create trigger curated_before before {_CURATED} {_count(_OF_OLD, -1)}",
    f"create trigger curated_after after {_CURATED} {_count(_OF_OLD, 1)}",
    """
    create trigger tallies_begin after insert on speaker_tallies when new.counted in ('article', 'speaker') begin
        update speaker_totals set articles = articles + (new.counted = 'article'),
            speakers = speakers + (new.counted = 'speaker') where form = new.form;
    end""",
    """
    create trigger tallies_end after update on speaker_tallies when new.claims = 0 begin
        delete from speaker_tallies where form = new.form and counted = new.counted and value = new.value;
        update speaker_totals set articles = articles - 1 where form = new.form and new.counted = 'article';
        update speaker_totals set speakers = speakers - 1 where form = new.form and new.counted = 'speaker';
        delete from speaker_totals where form = new.form and articles = 0 and speakers = 0;
    end""",
    """
    create trigger totals_end after update on article_totals when new.direct + new.mixed + new.indirect = 0 begin
        delete from article_totals where article_id = new.article_id;
    end""",
)
STATEMENTS = (
    *TABLES,
    *(f"insert into {table} {query}" for table, query in whole(statements("true")).items()),
    *TRIGGERS,
)
