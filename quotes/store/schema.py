"""The schema as migrations, which never change: version n is the first n of them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database, Migrations

from quotes.store import (
    first_schema,
    grouping,
    groups_schema,
    outlets_schema,
    rekeying,
    reviews_schema,
    speakers_schema,
    tallies_schema,
    texts_schema,
    views,
    visits,
)

APPLICATION = 0x51554F54  # "QUOT" in the header of the file: ours, and nobody else's

MIGRATIONS = Migrations("quotes")


@MIGRATIONS()
def claims_with_provenance(db: Database) -> None:
    """Version 1: articles, runs, claims, speakers, curation, search; views are in a module of their own."""
    for statement in first_schema.TABLES + first_schema.SEARCH:
        db.execute(statement)


@MIGRATIONS()
def articles_with_credit(db: Database) -> None:
    """Version 2: the agencies that an article credits."""
    db.execute("alter table articles add column credit text")


@MIGRATIONS()
def reviews_as_changes(db: Database) -> None:
    """Version 3: a review says what it changes and can be undone; what holds now stands in one row a claim."""
    views.drop(db)
    for statement in reviews_schema.STATEMENTS:
        db.execute(statement)
    views.make(db)


@MIGRATIONS()
def words_of_texts(db: Database) -> None:
    """Version 4: what stands in an article is found, claimed or not, and an article by its names without a scan."""
    views.drop(db)
    views.make(db)
    for statement in texts_schema.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def addresses_that_were_read(db: Database) -> None:
    """Version 5: what is remembered of web addresses."""
    for statement in visits.TABLE:
        db.execute(statement)


@MIGRATIONS()
def speakers_with_identity(db: Database) -> None:
    """Version 6: who is one across articles, a log of what people decided of it, a digest of every claim."""
    for name in ("who_said_what", "claim_rows"):
        db.execute(f"drop view {name}")
    triggers = speakers_schema.triggers(first_schema.SEARCH)
    for statement in triggers:
        db.execute(f"drop trigger {statement.split()[2]}")
    before = rekeying.gather(db)
    for statement in (*speakers_schema.CURATION, *speakers_schema.RENAMED, *triggers):
        db.execute(statement)
    views.drop(db)
    views.make(db)
    rekeying.restore(db, before)


@MIGRATIONS()
def claims_counted_by_article(db: Database) -> None:
    """Version 7: what is counted of claims stands in an index."""
    db.execute("create index claims_counted on claims (article_id, mode, kind, current) where current")


@MIGRATIONS()
def quotations_in_groups(db: Database) -> None:
    """Version 8: the same quotation in several articles is known as one."""
    views.drop(db)
    for statement in groups_schema.STATEMENTS:
        db.execute(statement)
    views.make(db)  # version 11 fills the tables


@MIGRATIONS()
def statements_counted(db: Database) -> None:
    """Version 9: counts of speakers and articles are kept, not made."""
    views.drop(db)
    views.make(db)
    for statement in tallies_schema.STATEMENTS:
        db.execute(statement)


@MIGRATIONS()
def wordings_told_apart(db: Database) -> None:
    """Version 10: of the same quotation in several articles it is known where the words are others."""
    views.drop(db)
    for statement in groups_schema.WORDINGS:
        db.execute(statement)
    views.make(db)
    grouping.tell_apart(db)


@MIGRATIONS()
def wordings_with_sketches(db: Database) -> None:
    """Version 11: a wording is told from one that only shares some keys with it without a look at its claims."""
    db.execute("alter table wording_bands add column sketch integer")
    if db.execute("select 1 from wordings limit 1").fetchone():
        grouping.enter_sketches(db)
    else:
        grouping.enter_all(db, datetime.now(UTC).isoformat(timespec="seconds"))
        grouping.tell_apart(db)


@MIGRATIONS()
def first_pages(db: Database) -> None:
    """Version 12: what was published last, and who said most, is found without a look at the rest."""
    db.execute("create index articles_by_day on articles (published)")
    db.execute(tallies_schema.BY_CLAIMS)


@MIGRATIONS()
def outlets_and_unnamed_sources_counted(db: Database) -> None:
    """Version 13: counts of outlets, days and sources without a name are kept, not made."""
    for statement in outlets_schema.STATEMENTS:
        db.execute(statement)


VERSION = 13
