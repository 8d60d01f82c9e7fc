"""The claims database: stored once, found again, verified, never overwritten."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import FLOOD, flood_claims
from marking import marked
from quotes import files
from quotes.errors import StoreError, UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Review, Run, Skipped, Speaker, Via
from quotes.store import COLUMNS, DETAILS, VERSION, Filters, Store, UnstorableError, connection, fold
from quotes.store.connection import connect
from quotes.store.schema import MIGRATIONS

RUN = Run("0.1.0", "by-hand")
BETTER = Run("0.2.0", "by-hand", {"threads": 2})
NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)
LEDGER = "_sqlite_migrations"  # says when the schema was made
ENVOY = marked(
    """{source:1 Binali Yıldırım} {cue:1 said} {content:1 the U.S.-led plan wouldn't work}.

{content:2 "We lost £5m at Żółć & Søn,"} {source:2 Yıldırım} {cue:2 said}, {content:2 "in C++ alone."}"""
)
YILDIRIM = Speaker("Binali Yıldırım", "person", "prime minister")


def envoy_claims() -> list[Claim]:
    return [Claim(seen, Resolution(YILDIRIM, "name", seen.source, 0.9)) for seen in ENVOY.attributions]


def envoy(**particulars: Any) -> Article:
    return Article(ENVOY.text, where="envoy.txt", place="file:///news/envoy.txt", **particulars)


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    names = [name for name in store.db.table_names() if name != LEDGER]
    return {name: sorted(store.db.execute(f"select * from {name}").fetchall(), key=repr) for name in names}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new store with FLOOD in it."""
    with Store(tmp_path / "claims.db", create=True, clock=lambda: NOON) as opened:
        assert opened.save(FLOOD, flood_claims(), RUN) == "new"
        yield opened


# Saving


def test_a_row_has_the_columns_that_a_fact_checker_keeps(store: Store) -> None:
    rows = list(store.claims())
    assert list(rows[0]) == [*COLUMNS, *DETAILS]
    wells = rows[1]
    assert (wells["speaker"], wells["speaker_kind"], wells["kind"], wells["cue"]) == (
        "Nora Wells",
        "person",
        "mixed",
        "told",
    )
    assert wells["role"] == "the mayor of Ashby"
    assert wells["as_printed"] == "Nora Wells, the mayor of Ashby"
    assert (wells["publisher"], wells["byline"], wells["published"]) == ("Ashby Courier", "Jo Bell", "2024-03-05")
    assert (wells["status"], wells["model"], wells["verdict"]) == ("unreviewed", "by-hand", None)


def test_a_broken_quotation_is_shown_joined_and_stored_piece_by_piece(store: Store) -> None:
    [row] = [row for row in store.claims() if "Next time" in row["quote"]]
    assert row["quote"] == '"Next time," … "we may not be."'
    assert [words for _, _, words in row["content"]] == ['"Next time,"', '"we may not be."']
    assert all(FLOOD.text[start:end] == words for start, end, words in row["content"])


def test_prefix_context_and_suffix_stand_where_they_say(store: Store) -> None:
    for row in store.claims(Filters(attitudes=True)):
        start, end, around = row["start"], row["end"], row["context_start"]
        assert FLOOD.text[start - len(row["prefix"]) : start] == row["prefix"]
        assert FLOOD.text[end : end + len(row["suffix"])] == row["suffix"]
        assert FLOOD.text[around : around + len(row["context"])] == row["context"]
        assert around <= start < around + len(row["context"])


def test_the_chain_of_sources_is_kept_in_order(store: Store) -> None:
    [row] = [row for row in store.claims() if row["chain"]]
    assert row["said_via"] == "citing two officials"
    [link] = row["chain"]
    assert (link["relation"], link["speaker"], link["speaker_kind"]) == ("citing", "two officials", "anonymous")
    assert FLOOD.text[link["start"] : link["end"]] == link["words"] == "two officials"


def test_the_same_again_changes_nothing(store: Store) -> None:
    before = dump(store)
    assert store.holds(FLOOD, RUN)
    assert store.save(FLOOD, list(reversed(flood_claims())), RUN) == "unchanged"
    assert dump(store) == before


def test_the_order_in_which_claims_come_does_not_matter(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "other.db", create=True, clock=lambda: NOON) as other:
        other.save(FLOOD, list(reversed(flood_claims())), RUN)
        ids = [row["claim_id"] for row in other.claims()]
    assert ids == [row["claim_id"] for row in store.claims()]


def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(store: Store) -> None:
    later = replace(FLOOD, text=FLOOD.text.replace("300 homes", "900 homes"))
    assert not store.holds(later, RUN)
    assert store.save(later, flood_claims(), RUN) == "changed"
    assert [row["version"] for row in store.articles()] == [2]
    assert {row["article_uid"] for row in store.claims()} == {store.article("flood")["uid"]}
    assert any("900 homes" in row["quote"] for row in store.claims())
    assert not any("300 homes" in row["quote"] for row in [*store.claims(), *store.search("homes")])
    assert not list(store.verify())


def test_an_older_version_that_comes_again_changes_nothing(store: Store) -> None:
    later = replace(FLOOD, text=FLOOD.text + "\n")
    store.save(later, flood_claims()[:2], RUN)
    before = dump(store)
    for article, claims in ((FLOOD, flood_claims()), (later, flood_claims()[:2])) * 2:
        assert store.holds(article, RUN)
        assert store.save(article, claims, RUN) == "unchanged"
    assert dump(store) == before
    assert store.count() == 2


def test_an_older_version_is_rerun_once_without_being_shown(store: Store) -> None:
    later = replace(FLOOD, text=FLOOD.text + "\n")
    store.save(later, [], RUN)
    assert not store.holds(FLOOD, BETTER)
    assert store.save(FLOOD, flood_claims(), BETTER) == "rerun"
    assert store.holds(FLOOD, BETTER)
    assert store.holds(later, RUN)
    assert store.count() == 0
    assert not list(store.search("wall"))
    assert not list(store.verify())


@pytest.mark.parametrize(
    ("first", "second", "newest"),
    [
        (None, None, 2),
        ("2024-03-05", None, 2),
        (None, "2024-03-05", 2),
        ("2024-03-05", "2024-03-05", 2),
        ("2024-03-05", "2024-03-04", 1),
        ("2024-03-05T10:00:00", "2024-03-05T09:00:00", 1),
        ("2024-03-05", "2024-03-05T09:00:00", 2),
        ("2024-03-05T10:00:00+00:00", "2024-03-05T11:30:00+02:00", 1),
        ("2024-03-05T10:00:00+00:00", "2024-03-05T09:00:00", 2),
        ("2024-03-05", "May 5, 1999", 2),
        ("2024", "2023-01-01", 2),
    ],
)
def test_the_newest_version_is_the_last_to_be_seen_but_for_one_published_earlier(
    store: Store, first: str | None, second: str | None, newest: int
) -> None:
    texts = [envoy(published=first), replace(envoy(published=second), text=ENVOY.text + "\n")]
    assert [store.save(article, envoy_claims(), RUN) for article in texts] == ["new", "changed"]
    assert store.article("envoy.txt")["version"] == newest
    assert store.count(Filters(article="envoy.txt")) == 2
    assert not list(store.verify())


FETCHED = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([None, "2024-03-05", "2024-03-06"])), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fetched=FETCHED, url=st.sampled_from([None, "https://x.example/live"]), place=st.sampled_from(["", "file:///x"]))
def test_whatever_was_added_can_be_added_again_without_a_change(
    tmp_path: Path, fetched: list[tuple[str, str | None]], url: str | None, place: str
) -> None:
    path = tmp_path / "again.db"
    path.unlink(missing_ok=True)
    articles = [Article(text, url=url, place=place, published=published) for text, published in fetched]
    said = [Claim(Attribution((Extent(0, 1),)), Resolution(None))]
    with Store(path, create=True, clock=lambda: NOON) as store:
        for article in articles:
            store.save(article, said, RUN)
        before = dump(store)
        assert {store.save(article, said, RUN) for article in articles} <= {"unchanged"}
        assert dump(store) == before
        names = {text for text, _ in fetched} if not url and not place else {"one"} if fetched else set()
        assert len(list(store.articles())) == store.count() == len(names)
        assert not list(store.verify())


def test_the_same_id_from_elsewhere_replaces_nothing(store: Store) -> None:
    for text in ("Rain.", "Snow."):
        assert store.save(Article(text, id="1", where="-#1"), [], RUN) == "new"
    for place in ("file:///a/1.txt", "file:///b/1.txt"):
        assert store.save(Article(f"In {place}", where="1.txt", place=place), [], RUN) == "new"
    assert [row["version"] for row in store.articles()] == [1] * 5


def test_the_ids_of_a_claim_are_the_same_in_every_folder(store: Store, tmp_path: Path) -> None:
    store.save(envoy(), envoy_claims(), RUN)
    with Store(tmp_path / "other.db", create=True) as other:
        other.save(replace(envoy(), place="file:///elsewhere.txt"), envoy_claims(), RUN)
        assert [row["claim_id"] for row in other.claims()] == [
            row["claim_id"] for row in store.claims(Filters(article="envoy.txt"))
        ]


def test_copies_told_apart_by_their_outlets_have_ids_of_their_own(store: Store) -> None:
    for outlet, outcome in (("Courier", "new"), ("Gazette", "duplicate"), ("Herald", "duplicate")):
        copy = replace(envoy(publisher=outlet), place=f"file:///{outlet}.txt")
        assert store.save(copy, envoy_claims(), RUN) == outcome
    assert len({row["claim_id"] for row in store.claims(Filters(speaker="Yildirim"))}) == 6
    assert not list(store.verify())


def test_a_rerun_keeps_the_old_claims_and_the_ids_of_those_found_again(store: Store) -> None:
    before = {row["claim_id"] for row in store.claims()}
    assert store.save(FLOOD, flood_claims()[:3], BETTER) == "rerun"
    now = list(store.claims())
    assert len(now) == 3
    assert {row["claim_id"] for row in now} < before
    assert {row["run"] for row in now} == {2}
    assert [(run["version"], run["claims"]) for run in store.runs()] == [("0.1.0", 8), ("0.2.0", 3)]
    gone = (before - {row["claim_id"] for row in now}).pop()
    assert store.claim(gone)["current"] is False
    assert not list(store.verify())


def test_what_becomes_known_later_is_filled_in_and_nothing_known_is_wiped(store: Store) -> None:
    bare = replace(FLOOD, publisher=None, title=None, published="2024-03-07", language="en")
    assert not store.holds(bare, RUN)
    assert store.save(bare, flood_claims(), RUN) == "unchanged"
    article = store.article("flood")
    assert (article["publisher"], article["published"], article["language"]) == ("Ashby Courier", "2024-03-07", "en")
    assert article["title"] == FLOOD.title


def test_a_copy_of_a_text_elsewhere_is_the_same_article_but_another_outlets_is_not(store: Store) -> None:
    assert store.save(envoy(), envoy_claims(), RUN) == "new"
    copy = replace(envoy(), where="./copy.txt", place="file:///news/copy.txt")
    assert store.holds(copy, RUN)
    assert store.save(copy, envoy_claims(), RUN) == "unchanged"
    printed = replace(copy, publisher="Another Outlet")
    assert store.save(printed, envoy_claims(), RUN) == "duplicate"
    assert [row["speaker"] for row in store.speakers(Filters(speaker="Yildirim"))] == ["Binali Yıldırım"]


def test_a_url_that_becomes_known_later_makes_no_second_article(store: Store) -> None:
    linked = envoy(url="https://a.example/envoy")
    assert store.save(envoy(), envoy_claims(), RUN) == "new"
    assert store.save(linked, envoy_claims(), RUN) == "unchanged"
    assert store.article("envoy.txt")["url"] == "https://a.example/envoy"
    elsewhere = replace(linked, url="https://b.example/other", text="Two urls in one place are two articles.")
    assert store.save(elsewhere, [], RUN) == "new"
    assert store.save(replace(linked, text=ENVOY.text + "\n"), envoy_claims(), RUN) == "changed"
    assert store.save(replace(envoy(), text=ENVOY.text + "\n\n"), envoy_claims(), RUN) == "changed"
    assert {row["url"]: row["version"] for row in store.articles()} == {FLOOD.url: 1, elsewhere.url: 1, None: 3}
    assert not list(store.verify())


def test_a_skip_is_remembered_once_and_forgotten_when_the_input_is_read(store: Store) -> None:
    for _ in range(2):
        store.skip(Skipped("envoy.txt", "no such file"), RUN)
    assert [(row["where"], row["reason"]) for row in store.skips()] == [("envoy.txt", "no such file")]
    store.save(envoy(), envoy_claims(), RUN)
    assert not list(store.skips())


@pytest.mark.parametrize(
    "article",
    [
        Article("a\0b"),
        Article("lone \ud800"),
        Article("fine", title="\udfff"),
        Article("fine", where="a\0"),
        Article("fine", place="a\0"),
        Article("fine", notes=("\ud912",)),
    ],
)
def test_what_sqlite_would_cut_is_refused(store: Store, article: Article) -> None:
    with pytest.raises(UnstorableError):
        store.save(article, [], RUN)
    assert [row["uid"] for row in store.articles()] == [store.article("flood")["uid"]]


@pytest.mark.parametrize(
    "claim",
    [
        Claim(Attribution((Extent(0, 6),)), Resolution(None)),
        Claim(Attribution((Extent(3, 3),)), Resolution(None)),
        Claim(Attribution((Extent(-2, 1),)), Resolution(None)),
        Claim(Attribution(()), Resolution(None)),
        Claim(Attribution((Extent(0, 2),), source=(Extent(4, 9),)), Resolution(None)),
        Claim(Attribution((Extent(0, 2),)), Resolution(Speaker(" ", "person"))),
        Claim(Attribution((Extent(0, 2),)), Resolution(None), (Via("told", Extent(2, 99), Resolution(None)),)),
    ],
)
def test_a_claim_outside_its_text_is_refused(store: Store, claim: Claim) -> None:
    with pytest.raises(UnstorableError):
        store.save(Article("short"), [claim], RUN)


def test_the_same_words_twice_are_two_claims(store: Store) -> None:
    one = envoy_claims()[0]
    store.save(envoy(), [one, replace(one, attribution=replace(one.attribution, lemma="say"))], RUN)
    rows = list(store.claims(Filters(article="envoy.txt")))
    assert len({row["claim_id"] for row in rows}) == 2


# Filters


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), 7),
        (Filters(attitudes=True), 8),
        (Filters(speaker="wells"), 3),
        (Filters(speaker="NORA"), 3),
        (Filters(speaker="Well"), 0),
        (Filters(speaker="'\" or 1=1 --"), 0),
        (Filters(publisher="courier"), 7),
        (Filters(publisher="Times"), 0),
        (Filters(article="breaks its banks"), 7),
        (Filters(article="flood"), 7),
        (Filters(article="https://courier.example/flood"), 7),
        (Filters(article="flood.txt"), 7),
        (Filters(kind="direct"), 2),
        (Filters(named=True), 5),
        (Filters(named=False), 1),
        (Filters(since="2024"), 7),
        (Filters(since="2024-03-05", until="2024-03-05"), 7),
        (Filters(since="2024-03-06"), 0),
        (Filters(until="2024-03"), 7),
        (Filters(until="2024-02"), 0),
        (Filters(status="unreviewed"), 7),
        (Filters(status="rejected"), 0),
        (Filters(min_confidence=0.9), 7),
        (Filters(min_confidence=0.91), 0),
    ],
)
def test_filters(store: Store, filters: Filters, expected: int) -> None:
    assert len(list(store.claims(filters))) == store.count(filters) == expected


@pytest.mark.parametrize("published", ["May 5, 1999", "9 May 2024", "2024 or so", "2024-05x", "٢٠٢٤-05-05", "", "99"])
def test_what_is_no_date_is_in_no_span_of_time(store: Store, published: str) -> None:
    store.save(envoy(published=published), envoy_claims(), RUN)
    assert store.count() == 9
    for filters in (Filters(since="1000"), Filters(until="9999"), Filters(since="1000", until="9999-12-31")):
        assert store.count(filters) == 7


@pytest.mark.parametrize("published", ["2024", "2024-05", "2024-05-09", "2024-05-09T08:00:00+00:00"])
def test_a_date_may_be_as_exact_as_it_is_known(store: Store, published: str) -> None:
    store.save(envoy(published=published), envoy_claims(), RUN)
    assert store.count(Filters(since="2024", until="2024", article="envoy.txt")) == 2
    assert store.count(Filters(until="2023", article="envoy.txt")) == 0


@pytest.mark.parametrize(
    "filters",
    [
        Filters(since="yesterday"),
        Filters(since="2023-02-29"),
        Filters(since="0000"),
        Filters(until="٢٠٢٤"),
        Filters(until="2024-13"),
        Filters(until="2024-3-5"),
        Filters(kind="spoken"),  # type: ignore[arg-type]
        Filters(status="accepted' or 1"),
        Filters(limit=-1),
        Filters(offset=-1),
        Filters(limit=2**63),
        Filters(article="no such article"),
    ],
)
def test_a_filter_that_cannot_be_is_said_to_be_so(store: Store, filters: Filters) -> None:
    with pytest.raises(UsageError):
        list(store.claims(filters))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    word=st.text(max_size=20),
    name=st.sampled_from(["speaker", "publisher", "article", "since", "status", "kind", "tag"]),
)
@example(word="\ud800", name="article")
@example(word="\ud800", name="tag")
@example(word="x' or 1=1 --", name="publisher")
def test_no_value_of_a_filter_is_an_error_of_sqlites(store: Store, word: str, name: str) -> None:
    try:
        rows = list(store.claims(Filters(**{name: word})))  # type: ignore[arg-type]
    except UsageError:
        return
    if rows and name == "publisher":
        assert fold(word) in fold("Ashby Courier")
    if rows and name == "speaker":
        assert re.findall(r"\w+", fold(word))


def test_pages_by_offset_and_by_the_last_row_are_the_same(store: Store) -> None:
    store.save(envoy(), envoy_claims(), RUN)
    whole = [row["id"] for row in store.claims()]
    by_offset = [row["id"] for n in range(0, 12, 2) for row in store.claims(Filters(limit=2, offset=n))]
    by_key: list[int] = []
    while page := list(store.claims(Filters(limit=2, after=by_key[-1] if by_key else None))):
        by_key += [row["id"] for row in page]
    assert whole == by_offset == by_key


def test_one_claim_and_one_article_by_the_beginning_of_their_ids(store: Store) -> None:
    row = next(store.claims())
    assert store.claim(row["claim_id"][:8]) == store.claim(row["id"]) == row
    assert store.article(row["article_uid"][:8])["text"] == FLOOD.text
    for key in ("c", "c0000000", "%", "", "-1", "99999999999999999999999", row["article_uid"]):
        with pytest.raises(UsageError):
            store.claim(key)


def test_an_article_that_may_be_several_is_not_guessed(store: Store) -> None:
    for n in range(2):
        store.save(Article(f"Nothing {n}.", id=f"{n}", where=f"x#{n}", title="Two of a kind"), [], RUN)
    with pytest.raises(UsageError, match="may be 2 articles"):
        store.article("two of a kind")


def test_speakers_are_counted(store: Store) -> None:
    rows = {row["speaker"]: row for row in store.speakers()}
    assert next(iter(rows)) == "Nora Wells"
    wells = rows["Nora Wells"]
    assert (wells["claims"], wells["direct"], wells["mixed"], wells["articles"], wells["outlets"]) == (3, 2, 1, 1, 1)
    assert (wells["first"], wells["last"], wells["role"]) == ("2024-03-05", "2024-03-05", "the mayor of Ashby")
    assert "Residents" not in rows
    assert "Residents" in {row["speaker"] for row in store.speakers(Filters(attitudes=True))}


# Curation: the rows that later commands write are already read


def test_a_review_a_tag_and_a_merge_are_seen_in_every_row(store: Store) -> None:
    row = next(row for row in store.claims() if row["speaker"] == "Nora Wells")
    engineer = next(row for row in store.speakers(Filters(named=False)))["speaker_id"]
    store.review(row["id"], Review("accepted", note="accepted by hand", tag=("flood",)), "me")
    store.review(row["id"], Review(speaker=engineer, verdict="false", note="corrected by hand"), "me")
    [seen] = store.claims(Filters(status="corrected"))
    assert (seen["claim_id"], seen["verdict"], seen["tags"]) == (row["claim_id"], "false", "flood")
    assert (seen["notes"], seen["speaker"]) == ("accepted by hand\ncorrected by hand", "senior engineer")
    assert store.count(Filters(speaker="engineer")) == 2
    assert store.count(Filters(speaker="Wells")) == 2
    store.save(FLOOD, flood_claims(), BETTER)
    assert store.count(Filters(status="corrected")) == 1
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.db.execute("delete from reviews")


# Search


def found(store: Store, query: str) -> list[str]:
    return [row["quote"] for row in store.search(query)]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("moved", 1),
        ("move", 1),
        ('"came over the wall"', 1),
        ('"over came"', 0),
        ("“came over”", 1),
        ("hom* dry", 2),
        ("homes -dry", 0),
        ("wall -sic", 1),
        ("wall -wells", 1),
        ("wells wall", 1),
        ("U.S.-led", 1),
        ("wouldn't", 1),
        ("C++", 1),
        ("yildirim", 2),
        ("YILDIRIM plan", 1),
        ("zolc son", 1),
        ("Żółć", 1),
        ("O'Neill", 0),
        ("NOT", 4),
        ("prime", 0),
    ],
)
def test_search_without_a_syntax(store: Store, query: str, hits: int) -> None:
    store.save(envoy(), envoy_claims(), RUN)
    assert len(found(store, query)) == hits


def test_hits_are_marked_in_the_words_themselves(store: Store) -> None:
    store.save(envoy(), envoy_claims(), RUN)
    [row] = store.search("zolc alone")
    assert [row["quote"][start:end] for start, end in row["quote_hits"]] == ["Żółć", "alone"]
    [row] = store.search("river banks")
    assert [row["context"][start:end] for start, end in row["context_hits"]] == ["River", "banks"]


def test_a_speaker_is_found_whose_sentence_has_only_a_pronoun(store: Store) -> None:
    text = '"It poured," she said.'
    said = Claim(
        Attribution((Extent(0, 12),), source=(Extent(13, 16),)), Resolution(Speaker("Zoë Żak", "person"), "link")
    )
    store.save(Article(text, id="z", where="z"), [said], RUN)
    assert found(store, "zoe poured") == found(store, "zak") == ['"It poured,"']
    assert found(store, "zak -poured") == found(store, "poured -zak") == []


@pytest.mark.parametrize("query", ["electi*", "elec*", "organi*", "organizer*", "carp*", "car*", '"of the car*"'])
def test_a_beginning_finds_words_that_the_index_holds_as_shorter_stems(store: Store, query: str) -> None:
    text = "The election of the carpet makers' organizers"
    store.save(Article(text, id="e", where="e"), [Claim(Attribution((Extent(0, len(text)),)), Resolution(None))], RUN)
    text = "An elegant organ in a car"
    store.save(Article(text, id="f", where="f"), [Claim(Attribution((Extent(0, len(text)),)), Resolution(None))], RUN)
    assert "The election of the carpet makers' organizers" in found(store, query)
    assert ("An elegant organ in a car" in found(store, query)) == (query in ("organi*", "organizer*", "car*"))


def test_search_obeys_filters_and_pages(store: Store) -> None:
    everything = found(store, "the")
    assert len(everything) > 3
    pages = [row["quote"] for n in range(len(everything)) for row in store.search("the", Filters(limit=1, offset=n))]
    assert pages == everything
    assert {row["kind"] for row in store.search("the", Filters(kind="mixed"))} == {"mixed"}


@pytest.mark.parametrize("query", ["", "   ", '"', "-", "- -", "***", "-rain", "😀", "\0", "\ud800", "'\"'", "()", "^"])
def test_a_query_without_a_word_says_so(store: Store, query: str) -> None:
    with pytest.raises(UsageError):
        list(store.search(query))


def test_too_many_words_say_so(store: Store) -> None:
    with pytest.raises(UsageError, match="more than"):
        list(store.search("word " * 1000))


FRAGMENTS = st.sampled_from(
    [*"\"'*-+^(){}:,.=＂“”«»\0\n\ud800İıß", "NOT", "AND ", "OR", "NEAR(", "quote:", "wall", "Wells", " "]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(st.text(max_size=30), st.lists(FRAGMENTS, max_size=12).map("".join)))
@example(query="wall＂ OR x")
@example(query='" wall " AND')
def test_no_query_is_an_error_of_sqlites(store: Store, query: str) -> None:
    try:
        rows = list(store.search(query))
    except UsageError:
        return
    for row in rows:
        for name in ("quote", "context"):
            assert all(0 <= start < end <= len(row[name]) for start, end in row[f"{name}_hits"])


def test_words_that_look_like_marks_of_hits_are_words(store: Store) -> None:
    text = "He said: \x02a wall\x03 <b>wall</b> \ue000"
    said = Claim(Attribution((Extent(9, len(text)),)), Resolution(None))
    store.save(Article(text, id="m", where="m"), [said], RUN)
    [row] = store.search("wall", Filters(article="m"))
    assert [row["quote"][start:end] for start, end in row["quote_hits"]] == ["wall", "wall"]


# Any text


PRINTABLE = st.characters(codec="utf-8", exclude_characters="\0")
TEXTS = st.text(PRINTABLE, min_size=1, max_size=120)


@st.composite
def articles_with_claims(draw: st.DrawFn) -> tuple[Article, list[Claim]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    extent = st.tuples(places, places).filter(lambda ends: ends[0] != ends[1]).map(lambda ends: Extent(*sorted(ends)))
    roles = st.lists(extent, max_size=3).map(lambda found: tuple(sorted(found)))
    name = st.builds(Speaker, TEXTS.filter(str.strip), st.sampled_from(["person", "anonymous"]), st.just(text))
    who = st.builds(Resolution, st.none() | name, st.sampled_from(["name", "pronoun"]), roles, st.floats(0, 1))
    seen = st.builds(Attribution, roles.filter(bool), roles, roles)
    chain = st.lists(st.builds(Via, st.just("citing"), extent, who), max_size=2).map(tuple)
    return Article(text, id=text, title=text, where=text), draw(
        st.lists(st.builds(Claim, seen, who, chain), max_size=4)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=articles_with_claims())
def test_whatever_is_stored_is_exact_and_verifies(store: Store, given_: tuple[Article, list[Claim]]) -> None:
    article, claims = given_
    run = Run("each its own", str(store.db.table("runs").count))
    store.save(article, claims, run)
    rows = list(store.claims(Filters(article=store.db.execute(
        "select uid from articles where sha256 = ? and latest", [article.sha256]).fetchone()[0])))  # fmt: skip
    assert len(rows) == len(claims)
    for row in rows:
        assert row["quote"] == " … ".join(article.text[start:end] for start, end, _ in row["content"])
        assert row["as_printed"] == (" … ".join(words for _, _, words in row["source_extents"]) or None)
    assert not list(store.verify())
    assert store.save(article, claims, run) == "unchanged"


# Trust


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("update articles set text = replace(text, 'wall', 'dyke')", "text of the article was altered"),
        ("update articles set sha256 = 'x'", "digest was altered"),
        ("update articles set identity = 'https://other.example'", "identity or digest was altered"),
        ("update claims set quote = quote || '!'", "quote shown is not the quote stored"),
        ("""update claims set content = replace(content, 'lucky', 'happy')""", "words of the quote are not in"),
        ("update claims set start = start + 1", "place of the quote"),
        ("update claims set cue_extents = '[[0,2,\"xx\"]]'", "words of the cue"),
        ("update claims set as_printed = 'Someone Else'", "source shown is not the source stored"),
        ("update claims set prefix = 'x'", "before or after"),
        ("update claims set suffix = 'x'", "before or after"),
        ("update claims set context = 'x'", "context"),
        ("update claims set mentions = '[[0,2,\"xx\"]]'", "mentions"),
        ("update claim_sources set words = 'nobody'", "words of source"),
        ("update claims set uid = 'c' || hex(randomblob(8))", "id is not that of its words"),
        ("pragma foreign_keys = off; update claims set speaker_id = 999", "refers to a row of speakers"),
        ("drop trigger claims_retire; update claims set quote = 'gone'", "claims_fts"),
        ("drop trigger names_change; update speaker_aliases set folded = 'x'", "names_fts"),
        ("update claims set negated = 1 - negated", "what was extracted of it was altered"),
        ("update claims set confidence = 1", "what was extracted of it was altered"),
        ("update claims set role = 'president'", "what was extracted of it was altered"),
        ("update claims set speaker_id = 1 where speaker_id > 1", "what was extracted of it was altered"),
        ("update claim_sources set relation = 'told'", "what was extracted of it was altered"),
        ("update speakers set name = 'Somebody Else' where id = 1", "is not the name that was stored"),
        ("update speakers set given_name = 'Somebody Else' where id = 1", "is not named as the log says"),
        ("update speakers set into_id = 1 where id = 2", "not joined with those that the links and the log say"),
        ("update speakers set link_id = 1 where id = 2", "linked otherwise than names and roles say"),
        ("update claims set given_id = 1 where speaker_id = 2", "not given to the speaker whom the log says"),
    ],
)
def test_verify_finds_what_was_altered_by_hand(store: Store, damage: str, expected: str) -> None:
    assert not list(store.verify())
    store.db.conn.executescript(damage)
    with Store(store.path, readonly=True) as reader:
        assert any(expected in str(problem) for problem in reader.verify())


def test_health_says_what_there_is(store: Store) -> None:
    health = store.health()
    assert (health["articles"], health["claims"], health["schema"], health["journal"]) == (1, 8, VERSION, "wal")
    assert health["problems"] == []
    assert health["bytes"] > 10_000


def test_a_backup_is_a_whole_database_and_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy'; drop table claims; --.db"
    store.backup(copy)
    with Store(copy, readonly=True) as other:
        assert list(other.claims()) == list(store.claims())
        assert not list(other.verify())
    for path in (copy, tmp_path / "no" / "folder.db"):
        with pytest.raises(UsageError):
            store.backup(path)


def test_a_read_only_store_reads_and_does_not_write(store: Store) -> None:
    with Store(store.path, readonly=True) as other:
        assert other.count() == 7
        with pytest.raises(StoreError, match="cannot be written"):
            other.save(envoy(), envoy_claims(), RUN)


# Opening


@pytest.mark.parametrize("readonly", [True, False])
def test_a_mistyped_path_makes_no_file(tmp_path: Path, readonly: bool) -> None:
    with pytest.raises(UsageError, match=r"typo\.db"):
        Store(tmp_path / "typo.db", readonly=readonly)
    assert not list(tmp_path.iterdir())


def test_a_folder_or_a_path_in_no_folder_is_not_a_database(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "claims.db"):
        with pytest.raises(UsageError):
            Store(path, create=True)


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("create table stamps (country text)")
    conn.close()


def marked_by_another(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("pragma application_id = 7")
    conn.close()


def rubbish(path: Path) -> None:
    path.write_bytes(b"not a database at all, " * 300)


def empty(path: Path) -> None:
    path.touch()


def from_the_future(path: Path) -> None:
    with Store(path, create=True) as new:
        new.db.execute("pragma user_version = 99")


def cut_short(path: Path) -> None:
    with Store(path, create=True) as new:
        new.save(FLOOD, flood_claims(), RUN)
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("make", [foreign, marked_by_another, rubbish, empty, from_the_future, cut_short])
def test_what_is_not_ours_is_refused_in_one_line_and_left_alone(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "claims.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught, Store(path) as opened:
        list(opened.claims())
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    assert path.read_bytes() == before
    if make not in (empty, marked_by_another):
        with pytest.raises(StoreError):
            list(Store(path, create=True).claims())


def test_an_empty_file_that_a_crash_left_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    path.touch()
    with Store(path, create=True) as opened:
        assert opened.save(FLOOD, flood_claims(), RUN) == "new"


def test_an_older_database_is_upgraded_after_a_backup(store: Store, tmp_path: Path) -> None:
    later = type(MIGRATIONS)("quotes")
    for step in MIGRATIONS.pending(connect(tmp_path / "x.db", create=True, readonly=False, migrations=later, latest=0)):
        later(name=step.name)(step.fn)

    @later()
    def another(db: Any) -> None:
        db.execute("alter table claims add column topic text")

    store.close()
    with pytest.raises(StoreError, match="older version"):
        connect(store.path, create=False, readonly=True, migrations=later, latest=VERSION + 1)
    for _ in range(2):
        connect(store.path, create=False, readonly=False, migrations=later, latest=VERSION + 1).conn.close()
    [backup] = tmp_path.glob("*.bak")
    with Store(backup, readonly=True) as old:
        assert old.count() == 7
    with pytest.raises(StoreError, match="newer version"):
        Store(store.path)


def test_rows_are_plain_json(store: Store) -> None:
    rows = [*store.claims(), *store.search("wall"), *store.speakers(), *store.articles(), *store.runs(), store.health()]
    assert json.loads(json.dumps(rows)) == rows


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Binali YILDIRIM", "binali yildirim"),
        ("Łukasz  Ørsted", "lukasz orsted"),
        ("İstanbul", "istanbul"),
        ("Weiß", "weiss"),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_the_flat_view_is_the_csv(store: Store) -> None:
    cursor = store.db.execute("select * from who_said_what")
    assert tuple(column[0] for column in cursor.description) == COLUMNS
    assert len(cursor.fetchall()) == 7


def test_before_a_large_file_is_brought_up_to_date_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LARGE", 0)
    path, first, said = tmp_path / "old.db", type(MIGRATIONS)("quotes"), list[str]()
    step = MIGRATIONS.pending(connect(tmp_path / "x.db", create=True, readonly=False, migrations=first, latest=0))[0]
    first(name=step.name)(step.fn)
    connect(path, create=True, readonly=False, told=said.append, migrations=first, latest=1).conn.close()
    assert not said
    Store(path, told=said.append).close()
    assert said == [f"{path} is of an older version: it is copied and brought up to date, which takes a while"]
    Store(path, told=said.append).close()
    assert len(said) == 1


def test_what_a_killed_backup_left_is_in_nobodys_way(database: Path, tmp_path: Path) -> None:
    (tmp_path / f".copy.db.{os.getpid()}.part").write_bytes(b"half")
    with Store(database) as store:
        store.backup(tmp_path / "copy.db")
    with Store(tmp_path / "copy.db") as copied:
        assert not list(copied.verify())


def test_a_file_of_the_longest_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("水" * 84)
    with files.replacing(path) as part:
        part.write_text("all of it", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "all of it"
