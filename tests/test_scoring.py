"""The measures, on documents small enough to count by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import scoring
from quotes.errors import UsageError

TEXT = '"It rained," Ann Lee said. Bob thinks it will snow.'
GOLD = {
    "id": "a",
    "text": TEXT,
    "attributions": [
        {"content": [[0, 12]], "cue": [[21, 25]], "source": [[13, 20]], "speaker": "Ann Lee", "kind": "direct"},
        {"content": [[38, 50]], "cue": [[31, 37]], "source": [[27, 30]], "speaker": "Bob", "kind": "indirect"},
    ],
}


def counts(*attributions: dict[str, object]) -> scoring.Counts:
    return scoring.score({"a": GOLD}, {"a": {"id": "a", "attributions": list(attributions)}})


def test_a_perfect_answer_is_right_everywhere() -> None:
    for measure, (right, found, gold) in counts(*GOLD["attributions"]).items():
        assert found == gold
        assert right == (0 if measure == "wrong-name" else gold), measure


def test_marks_and_spaces_at_the_edges_do_not_count() -> None:
    found = counts({"content": [[1, 10]], "cue": [[20, 26]], "source": [[13, 20]]})
    assert found["attribution>=1.0"] == (1, 1, 2)
    assert found["span:cue"] == (1, 1, 2)


def test_half_the_words_are_enough_only_for_the_half_measure() -> None:
    found = counts({"content": [[38, 45]], "source": [[27, 30]]})  # "it will" of "it will snow"
    assert found["attribution>=0.5"] == (1, 1, 2)
    assert found["attribution>=0.8"] == (0, 1, 2)


def test_a_wrong_source_is_content_but_no_attribution() -> None:
    found = counts({"content": [[0, 12]], "source": [[27, 30]]})
    assert found["content>=0.5"] == (1, 1, 2)
    assert found["attribution>=0.5"] == (0, 1, 2)


def test_unattributed_is_not_a_wrong_name() -> None:
    honest = counts({"content": [[0, 12]], "speaker": ""})
    assert (honest["wrong-name"], honest["speaker>=0.5"]) == ((0, 1, 1), (0, 1, 2))
    wrong = counts({"content": [[0, 12]], "speaker": "Bob"})
    assert wrong["wrong-name"] == (1, 1, 1)


def test_names_are_compared_without_accents_case_or_article() -> None:
    assert scoring.plain("The  Café-Society") == scoring.plain("cafe society")


def test_a_document_without_prediction_counts_as_nothing_found() -> None:
    assert scoring.score({"a": GOLD}, {})["attribution>=0.5"] == (0, 0, 2)


def test_errors_name_what_was_missed_and_invented() -> None:
    predicted = {"a": {"id": "a", "attributions": [{"content": [[0, 12]], "source": [[13, 20]], "speaker": "Bob"}]}}
    found = {e["error"]: e for e in scoring.errors({"a": GOLD}, predicted)}
    assert found["missed"]["gold"] == "it will snow"
    assert (found["wrong speaker"]["gold_speaker"], found["wrong speaker"]["found_speaker"]) == ("Ann Lee", "Bob")


def test_bands_hold_the_figure_itself() -> None:
    predicted = {"a": {"id": "a", "attributions": GOLD["attributions"][:1]}}
    low, high = scoring.bands({"a": GOLD}, predicted)["attribution>=0.5"]
    assert low <= scoring.ratios(scoring.score({"a": GOLD}, predicted)["attribution>=0.5"])[2] <= high


def lines(path: Path, *documents: object) -> Path:
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return path


def test_a_file_is_read_plain_or_packed(tmp_path: Path) -> None:
    plain = lines(tmp_path / "gold.jsonl", GOLD)
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert scoring.read(plain, gold=True) == scoring.read(packed, gold=True) == {"a": GOLD}


@pytest.mark.parametrize("content", ["{nonsense\n", "[" * 100_000, "\udcff"])
def test_a_file_that_is_no_json_lines_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(UsageError, match="is not JSON Lines"):
        scoring.read(path)


def test_a_packed_file_cut_short_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(GOLD).encode())[:-9])
    with pytest.raises(UsageError, match="cannot read"):
        scoring.read(path)


@pytest.mark.parametrize("missing", ["text", "attributions"])
def test_the_gold_file_comes_first(tmp_path: Path, missing: str) -> None:
    found = {key: value for key, value in GOLD.items() if key != missing}
    path = lines(tmp_path / "predicted.jsonl", GOLD, found)
    assert scoring.read(path).keys() == {"a"}
    with pytest.raises(UsageError, match=rf"predicted.jsonl:2 has no {missing}") as caught:
        scoring.read(path, gold=True)
    assert caught.value.hint.startswith("the gold file comes first")


@pytest.mark.parametrize(
    "document",
    [
        7,
        {"no": "id"},
        {"id": ["a"]},
        {"id": "a", "attributions": None},
        {"id": "a", "attributions": ["said"]},
        {"id": "a", "attributions": [{"content": [0, 12]}]},
        {"id": "a", "attributions": [{"content": [[0, 12, 13]]}]},
        {"id": "a", "attributions": [{"cue": [["0", "12"]]}]},
        {"id": "a", "attributions": [{"content": [[0, 12]], "speaker": 7}]},
    ],
)
def test_what_cannot_be_scored_is_named_by_its_line(tmp_path: Path, document: object) -> None:
    with pytest.raises(UsageError, match=r"odd.jsonl:1 "):
        scoring.read(lines(tmp_path / "odd.jsonl", document))


NUMBERS = st.integers(0, 99)
ROLE = st.lists(st.lists(NUMBERS, min_size=2, max_size=2).map(lambda pair: [min(pair), max(pair) + 1]), max_size=3)
ROWS = st.fixed_dictionaries(
    {}, optional={"content": ROLE, "source": ROLE, "cue": ROLE, "kind": st.text(), "speaker": st.text() | st.none()}
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ROWS, max_size=6), st.lists(ROWS, max_size=6))
def test_whatever_can_be_read_can_be_scored(gold: list[object], found: list[object]) -> None:
    documents = [{"a": {"id": "a", "text": TEXT, "attributions": rows}} for rows in (gold, found)]
    for right, ours, theirs in scoring.score(*documents).values():
        assert 0 <= right <= min(ours, theirs)
    assert all(error["gold"] or error["found"] for error in scoring.errors(*documents))
