"""Read, extract, save: nothing twice, nothing lost, whatever happens on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from standin import RUN, claims_of

from conftest import FLOOD, flood_claims
from quotes.models import Article, Attribution, Claim, Extent, Report, Resolution, Run, Skipped
from quotes.pool import Failed
from quotes.readers import read
from quotes.store import Filters, Store
from quotes.tracker import Came, Extracted, ingest, survey
from test_store import NOON, dump


class Extractor:
    """An extractor that counts what it was given, and fails on a poisonous article."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, tasks: Iterable[tuple[Came, str | None]]) -> Iterator[Extracted]:
        for came, text in tasks:
            if text is None:
                yield came, None
                continue
            self.seen.append(came.where)
            yield came, Failed("the extractor failed") if "poison" in text else claims_of(text)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "claims.db", create=True, clock=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("Ann", "Bob", "Cid"):
        (folder / f"{name}.txt").write_text(f'"It rains," said {name}. "It pours," said {name}.')
    return folder


def test_articles_become_claims(store: Store, news: Path) -> None:
    assert ingest(read(news), store, RUN, Extractor()) == Report(new=3, claims=6)
    assert [(row["speaker"], row["claims"]) for row in store.speakers()] == [("Ann", 2), ("Bob", 2), ("Cid", 2)]
    assert not list(store.verify())


def test_the_second_time_nothing_is_computed_and_nothing_changes(store: Store, news: Path) -> None:
    ingest(read(news), store, RUN, Extractor())
    before = dump(store)
    idle = Extractor()
    assert ingest(read([news, news / "Ann.txt"]), store, RUN, idle) == Report(unchanged=4)
    assert idle.seen == []
    assert dump(store) == before


def test_the_same_ids_on_standard_input_are_other_articles_another_time(store: Store) -> None:
    lines = [f'{{"id": 1, "text": "\\"{weather},\\" said Ann."}}'.encode() for weather in ("Rain", "Snow")]
    for line in lines:
        assert ingest(read("-", stdin=BytesIO(line)), store, RUN, Extractor()) == Report(new=1, claims=1)
    for line in lines:
        assert ingest(read("-", stdin=BytesIO(line)), store, RUN, Extractor()) == Report(unchanged=1)
    assert store.count() == 2


def test_files_of_one_name_in_two_folders_are_two_articles(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ann", "Bob"):
        (tmp_path / name / "news").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / name)
        Path("news/1.txt").write_text(f'"It rains," said {name}.')
        assert ingest(read("news/1.txt"), store, RUN, Extractor()) == Report(new=1, claims=1)
    monkeypatch.chdir(tmp_path)
    assert ingest(read("."), store, RUN, Extractor()).unchanged == 2


@pytest.mark.parametrize("name", ["url", "id"])
def test_a_page_fetched_twice_is_computed_once_each(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "live.jsonl"
    texts = ['"It rains," said Ann.', '"It pours," said Ann.']
    path.write_text("".join(f"{json.dumps({name: 'https://x.example/live', 'text': text})}\n" for text in texts))
    assert ingest(read(path), store, RUN, Extractor()) == Report(new=1, changed=1, claims=2)
    before, idle = dump(store), Extractor()
    assert ingest(read(path), store, RUN, idle) == Report(unchanged=2)
    assert (idle.seen, dump(store)) == ([], before)
    assert [row["quote"] for row in store.claims()] == ['"It pours,"']


def test_only_what_changed_is_computed(store: Store, news: Path) -> None:
    ingest(read(news), store, RUN, Extractor())
    (news / "Bob.txt").write_text('"It snows," said Bob.')
    busy = Extractor()
    assert ingest(read(news), store, RUN, busy) == Report(unchanged=2, changed=1, claims=1)
    assert busy.seen == [str(news / "Bob.txt")]
    assert [row["quote"] for row in store.claims(Filters(speaker="Bob"))] == ['"It snows,"']


def test_another_model_reruns_everything_once(store: Store, news: Path) -> None:
    ingest(read(news), store, RUN, Extractor())
    better = Run("1", "marks", {"careful": True})
    assert ingest(read(news), store, better, Extractor()) == Report(rerun=3, claims=6)
    assert ingest(read(news), store, better, Extractor()) == Report(unchanged=3)
    assert store.count() == 6


def test_the_order_of_the_inputs_does_not_matter(tmp_path: Path, news: Path) -> None:
    rows = []
    for name, inputs in (("one", list(read(news))), ("two", list(read(news))[::-1])):
        with Store(tmp_path / f"{name}.db", create=True) as store:
            ingest(inputs, store, RUN, Extractor())
            found = [
                {key: value for key, value in row.items() if key not in ("id", "article_id", "speaker_id")}
                for row in store.claims()
            ]
            rows.append(sorted(found, key=lambda row: str(row["claim_id"])))
    assert rows[0] == rows[1]


def test_what_fails_is_skipped_with_its_reason_and_the_rest_goes_on(store: Store, news: Path) -> None:
    (news / "Bad.txt").write_text("poison")
    (news / "photo.jpg").write_bytes(b"\xff\xd8")
    hostile = Article("lone \ud800 surrogate", where="hostile")
    told: list[str] = []
    report = ingest(
        [*read(news), hostile], store, RUN, Extractor(), lambda found, outcome: told.append(f"{found.where}: {outcome}")
    )
    assert (report.new, report.claims, len(report.skipped)) == (3, 6, 3)
    assert {Path(one.where).name: one.reason for one in report.skipped} == {
        "Bad.txt": "the extractor failed",
        "photo.jpg": "not a kind of file that is read from a folder",
        "hostile": "a NUL or a lone surrogate cannot be stored",
    }
    assert {row["where"] for row in store.skips()} == {one.where for one in report.skipped}
    assert sorted(Path(one).name for one in told) == [
        "Ann.txt: new",
        "Bad.txt: skipped",
        "Bob.txt: new",
        "Cid.txt: new",
        "hostile: skipped",
        "photo.jpg: skipped",
    ]


def test_claims_that_do_not_fit_their_text_cost_only_their_article(store: Store) -> None:
    def wild(tasks: Iterable[tuple[Came, str | None]]) -> Iterator[Extracted]:
        for came, _ in tasks:
            yield came, [Claim(Attribution((Extent(0, 8),)), Resolution(None))]

    report = ingest([Article("short", where="a"), Article("long enough", where="b")], store, RUN, wild)
    assert (report.new, [one.where for one in report.skipped]) == (1, ["a"])


def test_an_interrupt_leaves_whole_articles_and_the_rest_is_done_next_time(store: Store, news: Path) -> None:
    def interrupted(found: Article | Skipped, outcome: str) -> None:
        if found.where.endswith("Bob.txt"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(read(news), store, RUN, Extractor(), interrupted)
    assert [row["claims"] for row in store.articles()] == [2, 2]
    assert not list(store.verify())
    rest = Extractor()
    assert ingest(read(news), store, RUN, rest) == Report(new=1, unchanged=2, claims=2)
    assert [Path(where).name for where in rest.seen] == ["Cid.txt"]


SAME = '"It rains," said Ann. "It pours," said Bob.'


def elsewhere(*outlets: str, text: str = SAME, **known: str) -> list[Article]:
    return [Article(text, url=f"https://{name}.example/1", publisher=name, where=name, **known) for name in outlets]


def test_the_same_text_elsewhere_is_an_appearance_of_its_own_and_computed_once(store: Store) -> None:
    busy = Extractor()
    assert ingest(elsewhere("a", "b", "c"), store, RUN, busy) == Report(new=1, duplicates=2, claims=6)
    assert ingest(elsewhere("d", "a"), store, RUN, busy) == Report(duplicates=1, unchanged=1, claims=2)
    assert busy.seen == ["a"]
    assert {row["publisher"]: row["claims"] for row in store.articles()} == dict.fromkeys("abcd", 2)


def test_claims_recalled_are_stored_as_those_that_were_found(tmp_path: Path) -> None:
    dumps = []
    other = replace(FLOOD, url="https://elsewhere.example/1", publisher="Elsewhere")
    for name in ("found", "recalled"):
        with Store(tmp_path / f"{name}.db", create=True, clock=lambda: NOON) as store:
            store.save(FLOOD, flood_claims(), RUN)
            store.save(other, flood_claims() if name == "found" else store.recall(other, RUN), RUN)
            dumps.append(dump(store))
    assert dumps[0] == dumps[1]


def test_other_particulars_of_a_known_text_compute_nothing(store: Store) -> None:
    one, other = elsewhere("a", title="Rain") + elsewhere("a", title="Heavy rain")
    ingest([one], store, RUN, Extractor())
    idle = Extractor()
    for _ in range(2):
        assert ingest([other, one], store, RUN, idle) == Report(unchanged=2)
    assert idle.seen == []
    assert [row["title"] for row in store.articles()] == ["Rain"]


def test_what_is_read_in_the_end_is_no_longer_left_out(store: Store) -> None:
    (article,) = elsewhere("a")
    for _ in range(2):
        ingest([Skipped("a", "Permission denied")], store, RUN, Extractor())
        assert [row["where"] for row in store.skips()] == ["a"]
        ingest([article], store, RUN, Extractor())
        assert not list(store.skips())


def test_an_article_in_another_language_is_stored_and_left_out_of_extraction(store: Store) -> None:
    english = Run("1", "marks", {"language": "en"})
    articles = [
        *elsewhere("a", language="de-AT"),
        *elsewhere("b", language="en-GB"),
        *elsewhere("c", language="Klingon"),
    ]
    busy = Extractor()
    for _ in range(2):
        report = ingest(articles, store, english, busy)
        assert [one.reason for one in report.skipped] == ["its language is not read: de, not en"]
    assert busy.seen == ["b"]
    assert {row["publisher"]: row["claims"] for row in store.articles()} == {"a": 0, "b": 2, "c": 2}
    assert len(list(store.skips())) == 1


def test_a_survey_says_what_would_become_of_each_and_writes_nothing(store: Store, news: Path) -> None:
    (news / "Bad.txt").write_bytes(b"\x00\x01\x02" * 20)
    ingest(read(news / "Ann.txt"), store, RUN, Extractor())
    inputs = [*read(news), *elsewhere("a", "b", "a"), *elsewhere("a", text="Changed.")]
    before = dump(store)
    seen = survey(inputs, store, RUN)
    assert dump(store) == before
    assert seen.read == 8
    assert replace(ingest(inputs, store, RUN, Extractor()), claims=0) == seen
    assert survey(elsewhere("a", "b"), None, RUN) == Report(new=1, duplicates=1)
