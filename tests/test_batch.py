"""Batches: inputs cut into shards, shards done once, results that fill a database as ``add`` would."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import FLOOD, flood_claims
from quotes import tracker
from quotes.batch import engine, ledger, loading, plan, rows, shard
from quotes.errors import StoreError, UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Skipped, Speaker, Via
from quotes.pool import Failed
from quotes.readers import read
from quotes.store import Store

pa = pytest.importorskip("pyarrow", reason="the extra batch is not installed")
pq = pytest.importorskip("pyarrow.parquet")

RUN = Run("0.1.0", "by-hand", {"language": "en"})


def by_hand(tasks: Iterable[tuple[Any, str | None]]) -> Iterator[tuple[Any, list[Claim] | Failed | None]]:
    """Someone who knows FLOOD by heart and cannot read what says so."""
    for came, text in tasks:
        if text is None:
            yield came, None
        elif "unreadable" in text:
            yield came, Failed("too odd")
        else:
            yield came, flood_claims() if text.startswith(FLOOD.text) else []


def lines(path: Path, count: int = 40) -> Path:
    """A file of articles: every fourth is FLOOD with a last line of its own, one is unreadable, one no JSON."""
    texts = [f"{FLOOD.text}\n\nEdition {n}." if n % 4 == 0 else f"Nobody spoke on day {n}." for n in range(count)]
    texts[5] = "unreadable"
    records = [json.dumps({"id": n, "text": text, "title": f"Day {n}"}) for n, text in enumerate(texts)]
    path.write_text("\n".join([*records, "no json"]) + "\n", encoding="utf-8")
    return path


def done(folder: Path) -> list[ledger.Entry]:
    return [
        outcome
        for _, outcome in engine.here(engine.missing(folder, RUN), folder, RUN, by_hand)
        if isinstance(outcome, ledger.Entry)
    ]


def table(folder: Path) -> list[dict[str, Any]]:
    paths = [ledger.result(folder, one) for one in ledger.read_shards(folder)]
    return [row for path in paths for row in pq.read_table(path).to_pylist()]


extents = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3).map(
    lambda pairs: tuple(Extent(min(p), max(p)) for p in pairs)
)
speakers = st.builds(Speaker, st.text(max_size=5), st.sampled_from(["person", "document"]), st.text(max_size=5))
resolutions = st.builds(Resolution, st.none() | speakers, st.just("name"), extents, st.floats(0, 1))
claims = st.builds(
    Claim,
    st.builds(Attribution, extents, extents, extents, negated=st.booleans(), cited=extents, told=extents,
              lemma=st.text(max_size=5), confidence=st.floats(0, 1)),
    resolutions,
    st.lists(st.builds(Via, st.just("citing"), st.just(Extent(1, 2)), resolutions), max_size=2).map(tuple),
)  # fmt: skip
articles = st.builds(
    Article,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    title=st.none() | st.just("T"),
    authors=st.lists(st.just("Jo Bell"), max_size=2).map(tuple),
    raw_id=st.none() | st.integers() | st.just("7"),
    credit=st.none() | st.just("Reuters"),
)


@given(articles, st.lists(claims, max_size=3))
def test_a_row_of_parquet_gives_back_the_very_claims(article: Article, found: list[Claim]) -> None:
    row = {**rows.row(article, found, RUN), "shard": "s", "input_sha256": "i", "position": 0}
    [stored] = pa.Table.from_pylist([row], rows.schema()).to_pylist()
    assert rows.record(stored) == (article, found, RUN)


def test_every_record_in_is_a_row_out(tmp_path: Path) -> None:
    plan.make([str(lines(tmp_path / "a.jsonl"))], tmp_path / "work", size=2_000)
    entries = done(tmp_path / "work")
    assert len(entries) > 3
    assert sum(e.records for e in entries) == 41
    assert sum(e.failed for e in entries) == 2
    assert all(e.records == e.done + e.failed == sum(e.reasons.values()) + e.done for e in entries)
    found = table(tmp_path / "work")
    assert [row["where"] for row in found if row["outcome"] == "failed"] == [
        f"{tmp_path}/a.jsonl#5",
        f"{tmp_path}/a.jsonl:41",
    ]
    assert {row["text"][c["start"] : c["end"]] for row in found for q in row["claims"] for c in q["source"]} >= {
        "She"
    } - {"She"}
    quoted = [(row["text"], q) for row in found for q in row["claims"]]
    assert quoted
    assert all(" … ".join(text[c["start"] : c["end"]] for c in q["content"]) == q["quote"] for text, q in quoted)


def test_pieces_of_a_file_are_the_file(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl")
    plan.make([str(path)], tmp_path / "work", size=3_000)
    cut = [record for one in ledger.read_shards(tmp_path / "work") for record in shard.records(one)]
    assert cut == list(read(path))


def test_a_folder_of_small_files_is_packed_into_shards(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / "news").mkdir(exist_ok=True)
        (tmp_path / "news" / f"{n:02}.txt").write_text(f"Day {n}\n\n" + "It rained. " * 30, encoding="utf-8")
    about = plan.make([str(tmp_path / "news")], tmp_path / "work", size=1_000)
    assert about["pieces"] == 20
    assert 5 <= about["shards"] <= 10
    found = [record for one in ledger.read_shards(tmp_path / "work") for record in shard.records(one)]
    assert found == list(read(tmp_path / "news"))


def test_parquet_inputs_are_read_by_row_group(tmp_path: Path) -> None:
    records = [{"id": n, "text": f"Text {n}.", "title": None} for n in range(10)]
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "in.parquet", row_group_size=4)
    assert plan.make([str(tmp_path / "in.parquet")], tmp_path / "work")["shards"] == 3
    found = [record for one in ledger.read_shards(tmp_path / "work") for record in shard.records(one)]
    assert [record.text for record in found if isinstance(record, Article)] == [row["text"] for row in records]


def test_records_are_those_that_add_reads(tmp_path: Path) -> None:
    words = "Der Minister hat am Montag in Berlin gesagt, dass die Brücke über den Fluss noch lange geschlossen bleibt."
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": f"{words} {words}\n\n(Reporting by Jo Bell; Reuters)"}), encoding="utf-8")
    plan.make([str(path)], tmp_path / "work")
    [planned] = ledger.read_shards(tmp_path / "work")
    [article] = shard.records(planned)
    assert [article] == list(read(path))
    assert (article.language, article.credit) == ("de", "Reuters")


def test_a_day_in_parquet_is_a_day(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["It rained."], "published": [datetime(2024, 1, 2)]}), tmp_path / "a.parquet")
    plan.make([str(tmp_path / "a.parquet")], tmp_path / "work")
    [planned] = ledger.read_shards(tmp_path / "work")
    assert [article.published for article in shard.records(planned)] == ["2024-01-02T00:00:00"]


def test_what_cannot_be_planned_is_said_and_the_rest_is(tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nonsense PAR1")
    path = lines(tmp_path / "a.jsonl")
    about = plan.make([str(tmp_path / "bad.parquet"), "nonsense://x", str(path)], tmp_path / "work")
    assert [one["where"] for one in about["skipped"]] == [str(tmp_path / "bad.parquet"), "nonsense://x"]
    assert about["pieces"] == 1


def test_a_damaged_archive_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "bad.warc").write_bytes(b"no archive" * 9)
    plan.make([str(tmp_path / "bad.warc")], tmp_path / "work")
    [planned] = ledger.read_shards(tmp_path / "work")
    assert list(shard.records(planned)) == list(read(tmp_path / "bad.warc"))


def test_inputs_may_be_any_address_of_fsspec(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://news/a.jsonl", "wb") as file:
        file.write(lines(tmp_path / "a.jsonl").read_bytes())
    plan.make(["memory://news/*.jsonl"], tmp_path / "work", size=4_000)
    found = [record for one in ledger.read_shards(tmp_path / "work") for record in shard.records(one)]
    here = list(read(tmp_path / "a.jsonl"))
    assert len(found) == len(here)
    assert found[0].where == "memory:///news/a.jsonl#0"


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    first, folder = lines(tmp_path / "a.jsonl"), tmp_path / "work"
    plan.make([str(first)], folder, size=3_000)
    before = done(folder)
    assert before
    assert done(folder) == []
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "More."}\n', encoding="utf-8")
    plan.make([str(first), str(tmp_path / "b.jsonl")], folder, size=3_000)
    again = done(folder)
    assert 1 <= len(again) <= 2  # the new file, and the last shard where the two now share one
    assert list(engine.missing(folder, replace(RUN, model="another"))) == list(ledger.read_shards(folder))


def test_a_truncated_result_is_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    plan.make([str(lines(tmp_path / "a.jsonl"))], folder, size=3_000)
    first, *_ = done(folder)
    path = folder / ledger.RESULTS / f"{first.shard}.parquet"
    path.write_bytes(path.read_bytes()[:-7])
    [again] = done(folder)
    assert again.shard == first.shard
    assert again.result == first.result


def test_a_result_that_was_altered_is_not_loaded_and_is_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    plan.make([str(lines(tmp_path / "a.jsonl"))], folder, size=3_000)
    first, *others = done(folder)
    path = folder / ledger.RESULTS / f"{first.shard}.parquet"
    path.write_bytes(path.read_bytes()[:-9] + b"!" + path.read_bytes()[-8:])
    with Store(tmp_path / "a.db", create=True) as store:
        report = loading.load(folder, store)
        assert report.claims == sum(entry.claims for entry in others)
        assert [one.reason for one in report.skipped if one.where == str(path)] == [
            f"was altered since it was written; quotes batch run {folder} does the shard again"
        ]
        assert [again.shard for again in done(folder)] == [first.shard]
        assert loading.load(folder, store).claims == first.claims


def test_a_failure_in_the_middle_leaves_no_result(tmp_path: Path) -> None:
    def broken(tasks: Iterable[tuple[Any, str | None]]) -> Iterator[tuple[Any, list[Claim] | Failed | None]]:
        yield from list(by_hand(tasks))[:3]
        raise OSError(28, "No space left on device")

    folder = tmp_path / "work"
    plan.make([str(lines(tmp_path / "a.jsonl"))], folder, size=100_000)
    [(_, outcome)] = engine.here(engine.missing(folder, RUN), folder, RUN, broken)
    assert isinstance(outcome, Skipped)
    assert "No space left" in outcome.reason
    assert not list((folder / ledger.RESULTS).iterdir())
    assert len(done(folder)) == 1


def test_an_input_that_changed_is_said(tmp_path: Path) -> None:
    path, folder = lines(tmp_path / "a.jsonl"), tmp_path / "work"
    plan.make([str(path)], folder)
    path.write_text('{"text": "Another."}\n', encoding="utf-8")
    [(_, outcome)] = engine.here(engine.missing(folder, RUN), folder, RUN, by_hand)
    assert isinstance(outcome, Skipped)
    assert "has changed since it was planned" in outcome.reason


def test_nothing_to_plan_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to plan"):
        plan.make([str(tmp_path / "none.jsonl")], tmp_path / "work")


def contents(path: Path) -> list[list[dict[str, Any]]]:
    """What a database says, table by table."""
    with Store(path) as store:
        return [list(store.claims()), list(store.articles()), list(store.speakers()), list(store.search("water"))]


def noon() -> datetime:
    return datetime(2024, 3, 6, 12, tzinfo=UTC)


def test_loading_gives_the_database_that_adding_gives(tmp_path: Path) -> None:
    source, folder = lines(tmp_path / "a.jsonl"), tmp_path / "work"
    with Store(tmp_path / "added.db", create=True, clock=noon) as store:
        tracker.ingest(read(source), store, RUN, by_hand)
    plan.make([str(source)], folder, size=3_000)
    done(folder)
    with Store(tmp_path / "loaded.db", create=True, clock=noon) as store:
        report = loading.load(folder, store)
        again = loading.load(folder, store)
        assert not list(store.verify())
    assert (report.new + report.copies, report.claims, len(report.skipped)) == (39, 80, 2)
    assert (again.new, again.unchanged, again.claims) == (0, 39, 0)
    assert contents(tmp_path / "loaded.db") == contents(tmp_path / "added.db")


def test_a_load_that_fails_changes_nothing_and_search_still_works(tmp_path: Path) -> None:
    def breaking() -> Iterator[Any]:
        yield FLOOD, flood_claims(), RUN
        raise RuntimeError("pulled out")

    with Store(tmp_path / "a.db", create=True) as store:
        with pytest.raises(RuntimeError, match="pulled out"):
            store.load(breaking(), claims=1_000)
        assert not list(store.claims())
        store.save(FLOOD, flood_claims(), RUN)
        assert len(list(store.search("water"))) == 1
        assert not list(store.verify())


@pytest.mark.parametrize("claims", [0, 1_000])
@pytest.mark.parametrize("held", [False, True])
def test_a_load_leaves_the_indexes_and_triggers_that_it_found(tmp_path: Path, held: bool, claims: int) -> None:
    def records(end: BaseException | None) -> Iterator[Any]:
        yield replace(FLOOD, id="other", where="other", url=None), flood_claims(), RUN
        if end:
            raise end

    with Store(tmp_path / "a.db", create=True) as store:
        if held:
            store.save(FLOOD, flood_claims(), RUN)
        made = "select type, name, tbl_name, sql from sqlite_master order by type, name"
        before = list(store.db.execute(made))
        for end in (RuntimeError(), KeyboardInterrupt(), sqlite3.OperationalError("disk I/O error")):
            with pytest.raises((RuntimeError, KeyboardInterrupt, StoreError)):
                store.load(records(end), claims=claims)
            assert list(store.db.execute(made)) == before
        assert store.load(records(None), claims=claims).claims
        assert list(store.db.execute(made)) == before
        assert not list(store.verify())


def test_no_shard_is_looked_for_among_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    plan.make([str(lines(tmp_path / "a.jsonl"))], folder, size=500)
    done(folder)
    altered = ledger.result(folder, list(ledger.read_shards(folder))[-1])
    altered.write_bytes(bytes(altered.stat().st_size))
    compared: list[object] = []
    monkeypatch.setattr(ledger.Shard, "__eq__", lambda one, _: bool(compared.append(one)))
    with Store(tmp_path / "loaded.db", create=True) as store:
        report = loading.load(folder, store)
    assert str(altered) in {left_out.where for left_out in report.skipped}
    assert report.claims
    assert not compared
