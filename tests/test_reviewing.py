"""What people say of claims: kept for ever, taken back by a row more, carried on to what another run finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Migrations

from conftest import FLOOD, flood_claims
from quotes.errors import UsageError
from quotes.models import Claim, Extent, Review, Run
from quotes.store import Filters, Store
from quotes.store.connection import connect
from quotes.store.reviewing import anchored
from quotes.store.schema import MIGRATIONS

RUN, BETTER = Run("0.1.0", "by-hand"), Run("0.2.0", "by-hand")
NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "claims.db", create=True, clock=lambda: NOON) as opened:
        opened.save(FLOOD, flood_claims(), RUN)
        yield opened


def row(store: Store, words: str) -> dict[str, object]:
    [found] = [row for row in store.claims() if words in row["quote"]]
    return found


def test_a_claim_is_accepted_and_no_longer_waits(store: Store) -> None:
    assert store.progress() == (0, 7)
    first = store.pending()
    seen = store.review(first["id"], Review("accepted", note="heard it myself"), "ann")
    assert (seen["status"], seen["notes"], seen["reviewer"]) == ("accepted", "heard it myself", "ann")
    assert store.progress() == (1, 7)
    assert store.pending()["id"] != first["id"]
    assert store.pending(Filters(after=first["id"])) == store.pending()


def test_another_speaker_is_a_correction_and_found_under_that_name(store: Store) -> None:
    said = row(store, "300 homes")
    seen = store.review(said["id"], Review(speaker="senior engineer"), "ann")
    assert (seen["status"], seen["speaker"], seen["speaker_kind"]) == ("corrected", "senior engineer", "anonymous")
    assert store.count(Filters(speaker="engineer")) == 2
    seen = store.review(said["id"], Review(speaker="Zoë Quist"), "ann")
    assert (seen["speaker"], seen["speaker_kind"], seen["role"]) == ("Zoë Quist", "person", None)
    assert store.count(Filters(speaker="zoe")) == 1
    seen = store.review(said["id"], Review(speaker=""), "ann")
    assert (seen["speaker"], seen["status"]) == (None, "corrected")
    with pytest.raises(UsageError, match="no speaker #9999"):
        store.review(said["id"], Review(speaker="#9999"), "ann")


def test_a_corrected_quote_is_words_of_the_article_and_searched_as_such(store: Store) -> None:
    said = row(store, "300 homes")
    seen = store.review(said["id"], Review(content=store.anchored(said["id"], "300 homes were")), "ann")
    assert (seen["quote"], seen["status"]) == ("300 homes were", "corrected")
    assert FLOOD.text[seen["start"] : seen["end"]] == "300 homes were"
    assert FLOOD.text[seen["end"] : seen["end"] + len(seen["suffix"])] == seen["suffix"]
    [hit] = (hit for hit in store.search("homes dry") if hit["id"] == said["id"])
    assert [hit["quote"][start:end] for start, end in hit["quote_hits"]] == ["homes"]
    assert list(store.verify()) == []
    for wrong in ((), (Extent(5, 5),), (Extent(0, 10**6),), (Extent(20, 30), Extent(10, 15))):
        with pytest.raises(UsageError, match="words of its article"):
            store.review(said["id"], Review(content=wrong), "ann")
    store.undo(said["id"], "ann")
    assert store.claim(said["id"])["quote"] == said["quote"]
    assert list(store.verify()) == []


def test_words_are_anchored_at_the_quote_they_correct() -> None:
    text = "It rained, he said. It rained, she said. It\nrained in Ashby."
    near = (Extent(20, 29),)
    assert anchored(text, "It rained", near) == near
    assert anchored(text, "It rained in Ashby", near) == (Extent(41, 59),)
    assert anchored(text, "It rained, … she said", near) == (Extent(20, 30), Extent(31, 39))
    with pytest.raises(UsageError, match="do not stand"):
        anchored(text, "It snowed", near)
    with pytest.raises(UsageError, match="3 places"):
        anchored(text, "It rained", (Extent(12, 18),))


def test_undoing_adds_a_row_and_goes_back_step_by_step(store: Store) -> None:
    said = row(store, "lucky")["id"]
    store.review(said, Review("accepted"), "ann")
    store.review(said, Review("rejected", verdict="false", tag=("flood", "mayor")), "ben")
    assert store.undo(said, "ann")["status"] == "accepted"
    assert store.undo(said, "ann")["status"] == "unreviewed"
    with pytest.raises(UsageError, match="left to undo"):
        store.undo(said, "ann")
    kept = store.history(said)
    told = [("ann", "accepted", None), ("ben", "rejected", None)]
    told += [("ann", None, kept[1]["id"]), ("ann", None, kept[0]["id"])]
    assert [(one["reviewer"], one["status"], one["undoes"]) for one in kept] == told
    for statement in ("delete from reviews", "update reviews set status = 'accepted'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.db.execute(statement)


def test_saying_the_same_again_adds_nothing_but_a_second_pair_of_eyes_does(store: Store) -> None:
    said = row(store, "lucky")["id"]
    for reviewer, known in (("ann", 1), ("ann", 1), ("ben", 2), ("ann", 3)):
        store.review(said, Review("accepted", verdict="", tags=()), reviewer)
        assert len(store.history(said)) == known


def test_tags_and_notes_grow_and_shrink(store: Store) -> None:
    said = row(store, "lucky")["id"]
    assert store.review(said, Review(tag=("b", "a; c")), "ann")["tags"] == "a; b; c"
    assert store.review(said, Review(untag=("b",), note="one"), "ann")["tags"] == "a; c"
    assert store.review(said, Review(note="two"), "ann")["notes"] == "one\ntwo"
    assert [store.count(Filters(tag=tag)) for tag in ("a", "C ", "b", "a; c", "%", "")] == [1, 1, 0, 1, 0, 0]
    assert [store.count(Filters(reviewed=reviewed)) for reviewed in (True, False)] == [0, 7]
    seen = store.review(said, Review(tags=(), notes=""), "ann")
    assert (seen["tags"], seen["notes"], seen["status"]) == (None, None, "unreviewed")


def test_two_reviews_at_once_are_both_kept_and_the_later_holds(store: Store) -> None:
    said = row(store, "lucky")["id"]

    def reviews(name: str) -> None:
        with Store(store.path) as other:
            for number in range(5):
                other.review(said, Review("accepted" if number % 2 else "rejected", note=f"{name}{number}"), name)

    threads = [Thread(target=reviews, args=(name,)) for name in ("ann", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = store.history(said)
    assert len(kept) == 10
    assert set(store.claim(said)["notes"].split("\n")) == {f"{name}{n}" for name in ("ann", "ben") for n in range(5)}
    assert (store.claim(said)["status"], store.claim(said)["reviewer"]) == (kept[-1]["status"], kept[-1]["reviewer"])
    assert list(store.verify()) == []


def _other_extent(claim: Claim, start: int, end: int) -> Claim:
    content = Extent(claim.attribution.content[0].start + start, claim.attribution.content[-1].end + end)
    return replace(claim, attribution=replace(claim.attribution, content=(content,)))


def test_reviews_go_on_to_the_next_run_moved_where_the_words_are_others_lost_where_they_are_gone(store: Store) -> None:
    same, shifted, gone = (row(store, words) for words in ("came over", "300 homes", "never been checked"))
    for one in (same, shifted, gone):
        store.review(one["id"], Review("accepted", verdict="true", tag=("flood",)), "ann")
    claims = flood_claims()
    assert store.save(FLOOD, [*claims[:2], _other_extent(claims[2], 4, 0), *claims[3:-1]], BETTER) == "rerun"
    assert row(store, "came over")["status"] == "accepted"
    [moved] = store.moved()
    assert (moved["quote"], moved["was"]["quote"]) == ("homes were dry again", shifted["quote"])
    assert (moved["status"], moved["verdict"], moved["moved_from"]) == ("accepted", "true", shifted["claim_id"])
    [lost] = store.lost()
    assert (lost["claim_id"], lost["newer"]) == (gone["claim_id"], False)
    assert store.progress() == (1, 6)
    assert store.count(Filters(status="accepted")) == 2
    assert list(store.verify()) == []
    store.review(moved["id"], Review("accepted"), "ben")
    assert (list(store.moved()), store.progress()) == ([], (2, 6))
    store.save(FLOOD, claims, RUN)
    assert row(store, "300 homes")["status"] == "accepted"
    assert list(store.lost()) == []


def test_what_was_said_of_a_moved_claim_is_listed_when_the_earlier_run_counts_again(store: Store) -> None:
    store.review(row(store, "300 homes")["id"], Review("accepted"), "ann")
    claims = flood_claims()
    others = [*claims[:2], _other_extent(claims[2], 4, 0), *claims[3:]]
    store.save(FLOOD, others, BETTER)
    [moved] = store.moved()
    store.review(moved["id"], Review("rejected", verdict="false"), "ben")
    store.save(FLOOD, claims, RUN)
    assert row(store, "300 homes")["status"] == "accepted"
    assert [(lost["claim_id"], lost["verdict"]) for lost in store.lost()] == [(moved["claim_id"], "false")]
    store.save(FLOOD, others, BETTER)
    assert (row(store, "homes were dry")["verdict"], list(store.lost())) == ("false", [])


def test_the_same_results_loaded_again_do_not_put_an_earlier_run_back(store: Store) -> None:
    store.save(FLOOD, flood_claims()[:3], BETTER)
    assert store.load([(FLOOD, flood_claims(), RUN)]).unchanged == 1
    assert len(list(store.claims(Filters(attitudes=True)))) == 3
    assert list(store.verify()) == []


def test_reviews_of_an_earlier_version_of_an_article_are_listed_as_such(store: Store) -> None:
    store.review(row(store, "lucky")["id"], Review("rejected"), "ann")
    later = replace(FLOOD, text=FLOOD.text.replace("300 homes", "900 homes"))
    assert store.save(later, flood_claims(), RUN) == "changed"
    assert [(lost["status"], lost["newer"]) for lost in store.lost()] == [("rejected", True)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-12, 12), st.integers(-12, 12)), min_size=8, max_size=8), st.data())
def test_no_review_is_ever_lost_from_sight(tmp_path_factory, shifts, data) -> None:
    """Whatever another run finds, every reviewed claim is current, moved on to one that is, or listed as lost."""
    with Store(tmp_path_factory.mktemp("moves") / "claims.db", create=True) as store:
        store.save(FLOOD, flood_claims(), RUN)
        reviewed = {row["claim_id"] for row in store.claims(Filters(attitudes=True)) if data.draw(st.booleans())}
        for uid in reviewed:
            store.review(uid, Review("accepted"), "ann")
        others = []
        for claim, (start, end) in zip(flood_claims(), shifts, strict=True):
            other = _other_extent(claim, start, end).attribution.content[0]
            if 0 <= other.start < other.end <= len(FLOOD.text):
                others.append(_other_extent(claim, start, end))
        store.save(FLOOD, others, BETTER)
        current = {row["claim_id"] for row in store.claims(Filters(attitudes=True))}
        accounted = current | {row["moved_from"] for row in store.moved()} | {row["claim_id"] for row in store.lost()}
        assert reviewed <= accounted
        assert all(row["status"] == "accepted" for row in store.claims(Filters(attitudes=True)) if row["moved_from"])
        assert list(store.verify()) == []


def test_verify_sees_a_state_that_its_reviews_do_not_say(store: Store) -> None:
    said = row(store, "lucky")
    store.review(said["id"], Review("accepted"), "ann")
    store.db.execute("update review_states set status = 'rejected'")
    [problem] = store.verify()
    assert (problem.where, problem.what) == (said["claim_id"], "what is shown of its reviews is not what they say")


def test_how_well_the_machine_did_is_told_from_the_reviews(store: Store) -> None:
    store.review(row(store, "lucky")["id"], Review("accepted"), "ann")
    store.review(row(store, "came over")["id"], Review("rejected"), "ann")
    said = row(store, "300 homes")["id"]
    store.review(said, Review(speaker="senior engineer", content=store.anchored(said, "300 homes")), "ann")
    store.review(row(store, "never been")["id"], Review(note="ask again"), "ann")
    judged = [(one["kind"], one["claim"], one["extent"], one["speaker"]) for one in store.judged()]
    assert sorted(judged) == [
        ("direct", True, True, True), ("indirect", True, False, False), ("mixed", False, True, True),
    ]  # fmt: skip


def test_reviews_of_the_first_schema_come_along(tmp_path: Path) -> None:
    first = Migrations("quotes")
    first._migrations.append(MIGRATIONS._migrations[0])
    path = tmp_path / "old.db"
    old = connect(path, create=True, readonly=False, migrations=first, latest=1)
    for status, note in (("accepted", "one"), ("corrected", "two")):
        row = {"claim_uid": "c1", "status": status, "note": note, "reviewer": "me", "at": "2024"}
        old.table("reviews").insert(row)
    old.table("tags").insert({"claim_uid": "c1", "tag": "flood", "reviewer": "me", "at": "2024"})
    old.conn.close()
    with Store(path) as store:
        held = next(iter(store.db.query("select status, notes, tags, revision from review_states")))
        assert held == {"status": "corrected", "notes": "one\ntwo", "tags": "flood", "revision": 3}
        assert list(store.verify()) == []
