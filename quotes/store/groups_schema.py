"""Versions 8 and 10 of the schema: by what claims and articles find their like, and how alike these are worded."""

from __future__ import annotations

STATEMENTS = (
    "alter table claim_sources add column role text not null default ''",
    "alter table claims add column words integer",
    "alter table claims add column setting integer",
    "create index claims_by_words on claims (words) where words is not null",
    "create index claims_by_setting on claims (setting) where setting is not null",
    "alter table quote_groups add column root integer",
    "alter table quote_groups add column setting integer",
    "create unique index quote_groups_by_root on quote_groups (root, coalesce(setting, 0))",
    "create table wordings (words integer primary key, root integer not null)",
    "create index wordings_by_root on wordings (root)",
    "create table wording_bands (band integer, words integer, primary key (band, words)) without rowid",
    "create table article_bands (band integer, article_id integer references articles, primary key (band, article_id))"
    " without rowid",
)
WORDINGS = (
    "alter table quote_group_claims add column wording integer",
    "create index quote_groups_unworded on quote_group_claims (claim_uid) where wording is null",
)
