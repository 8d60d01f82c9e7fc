"""Since version 4: an index of the words of whole texts, and of the names that an article goes by."""

from __future__ import annotations

# The index of texts knows whether a word stands there, not where: a tenth of the size.
STATEMENTS = (
    """
    create virtual table texts_fts using fts5(text, content='article_words', content_rowid='id', detail=none,
        columnsize=0, tokenize='porter unicode61 remove_diacritics 2')""",
    """
    create trigger texts_enter after insert on articles when new.latest begin
        insert into texts_fts (rowid, text) select id, text from article_words where id = new.id;
    end""",
    """
    create trigger texts_leave before delete on articles when old.latest begin
        insert into texts_fts (texts_fts, rowid, text) select 'delete', id, text from article_words where id = old.id;
    end""",
    """
    create trigger texts_retire before update of latest, text on articles when old.latest begin
        insert into texts_fts (texts_fts, rowid, text) select 'delete', id, text from article_words where id = old.id;
    end""",
    """
    create trigger texts_return after update of latest, text on articles when new.latest begin
        insert into texts_fts (rowid, text) select id, text from article_words where id = new.id;
    end""",
    "insert into texts_fts (texts_fts) values ('rebuild')",
    "create index articles_by_input on articles (input_id)",
    "create index articles_by_url on articles (url)",
    'create index articles_by_where on articles ("where")',
)
