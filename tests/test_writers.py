"""What leaves the store is what was stored: every writer, read back by somebody else's reader."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marking import marked
from quotes import writers
from quotes.errors import QuotesError, UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Via
from quotes.writers.documents import document, joined

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@A1", "\tx", "\rx", "'=1", "''@", 'a "b", c', "é\n\u2028", "", " ="]
cells = st.text(st.characters(exclude_categories=["Cs"]))


def written(format_name: str, rows: list[dict[str, object]], columns: tuple[str, ...] = ()) -> str:
    stream = io.StringIO(newline="")
    assert writers.export(rows, stream, format_name, columns=columns) == len(rows)
    return stream.getvalue()


def unguarded(cell: str) -> str:
    """What an importer of the Excel form does, by the rule that ``write_excel`` states."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in tuple("=+-@\t\r") else cell


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fixed_dictionaries({"speaker": cells, "quote": cells}), min_size=1))
def test_every_format_gives_back_the_exact_text(rows):
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        text = written(name, rows)
        assert list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)) == rows
    assert [json.loads(line) for line in written("jsonl", rows).split("\n")[:-1]] == rows
    assert json.loads(written("json", rows)) == rows


@settings(max_examples=60, deadline=None)
@given(st.lists(cells | st.sampled_from(HOSTILE), min_size=1))
def test_the_excel_guard_can_be_undone(values):
    text = written("excel", [{"quote": value} for value in values], ("quote", "n"))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert [unguarded(row[0]) for row in rows[1:]] == values
    assert not any(row[0][:1] in tuple("=+-@\t\r") for row in rows if row[0])


def test_numbers_are_not_guarded():
    assert written("excel", [{"start": -1, "quote": "-1"}]) == "\ufeffstart,quote\r\n-1,'-1\r\n"


def test_lines_end_in_lf_and_only_there():
    assert written("csv", [{"a": "one\r\ntwo", "b": None}]) == 'a,b\n"one\r\ntwo",\n'


def test_columns_choose_and_order():
    rows = [{"end": 9, "speaker": "Ada", "claim_id": 1, "content": [[0, 9, "It is so."]]}]
    assert written("csv", rows, ("claim_id", "speaker", "url")) == "claim_id,speaker,url\n1,Ada,\n"
    assert written("csv", rows) == 'end,speaker,claim_id,content\n9,Ada,1,"[[0, 9, ""It is so.""]]"\n'
    assert written("jsonl", rows, ("speaker", "url")) == '{"speaker": "Ada", "url": null}\n'


def test_a_listing_without_rows_still_has_its_heading():
    assert written("csv", [], ("speaker", "claims")) == "speaker,claims\n"
    assert written("json", []) == "[]\n"
    assert written("jsonl", []) == ""


def test_json_never_carries_what_a_terminal_would_obey():
    text = written("jsonl", [{"quote": "\x1b[2J\x9b\u202e\ufeff é"}])
    assert text == '{"quote": "\\u001b[2J\\u009b\\u202e\\ufeff é"}\n'


def test_a_file_is_replaced_only_on_purpose(tmp_path):
    target = tmp_path / "claims.csv"
    writers.export([{"a": 1}], target)
    with pytest.raises(UsageError, match="exists already"):
        writers.export([{"a": 2}], target)
    assert target.read_text() == "a\n1\n"
    writers.export([{"a": 2}], target, force=True)
    assert target.read_text() == "a\n2\n"


def test_a_writer_that_fails_leaves_nothing_behind(tmp_path):
    def rows():
        yield {"a": 1}
        raise QuotesError("the store went away")

    with pytest.raises(QuotesError, match="went away"):
        writers.export(rows(), tmp_path / "claims.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_readable_line(tmp_path):
    with pytest.raises(QuotesError, match=r"cannot write .*nowhere.*: No such file or directory"):
        writers.export([], tmp_path / "nowhere" / "claims.csv")


def test_a_folder_or_a_device_is_never_replaced(tmp_path):
    folder = tmp_path / "claims.csv"
    folder.mkdir()
    with pytest.raises(UsageError, match="exists already"):
        writers.export([], folder, force=True)
    with pytest.raises(UsageError, match="exists already"):
        writers.export([], "/dev/null", "csv", force=True)
    with pytest.raises(QuotesError, match="cannot write"):
        writers.export([], tmp_path / "claims.csv" / "a.csv" / "b.csv")


@pytest.mark.parametrize(("target", "name"), [("claims.xyz", None), ("claims", None), ("claims.csv", "word")])
def test_an_unknown_format_names_the_known_ones(tmp_path, target, name):
    with pytest.raises(UsageError, match="no such format") as caught:
        writers.export([], tmp_path / target, name)
    assert "jsonl" in caught.value.hint


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_document_holds_every_role_as_places_in_the_text(data):
    text = data.draw(st.text(min_size=1))
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).map(lambda pair: Extent(*pair))
    roles = {role: tuple(data.draw(st.lists(places, min_size=1))) for role in ("content", "cue", "source")}
    via = Via("citing", roles["source"][0], Resolution(None))
    told = Via("told", roles["source"][0], Resolution(None))
    claim = Claim(Attribution(**roles, mode="attitude"), Resolution(None), (via, told))
    [row] = document(Article(text, id="a"), [claim], attitudes=True)["attributions"]
    for role, extents in roles.items():
        assert [text[start:end] for start, end in row[role]] == [extent.of(text) for extent in extents]
    assert row["cited"] == [roles["source"][0].of(text)]
    assert (row["speaker"], row["speaker_type"]) == ("", "")
    assert document(Article(text, id="a"), [claim]) == {"id": "a", "attributions": []}


def test_continuations_can_be_given_with_the_claim_they_carry_on() -> None:
    case = marked('{content:1 "We won,"} {source:1 {source:2 Ann}} {cue:1 said}. {content:2 "They lost."} Rain fell.')
    claims = [Claim(a, Resolution(None)) for a in case.attributions]
    (whole,) = joined(case.text, claims)
    assert case.words(whole.attribution.content) == ('"We won,"', '"They lost."')
    assert joined(case.text, [whole]) == [whole]


def test_some_corpora_count_the_word_that_joins_a_clause_to_its_cue() -> None:
    case = marked("{source Ann} {cue said} that {content it rained}. {source:2 Ann} {cue:2 said} {content:2 so}.")
    claims = [Claim(a, Resolution(None)) for a in case.attributions]
    said = [case.words(c.attribution.content) for c in joined(case.text, claims)]
    assert said == [("that it rained",), ("so",)]
