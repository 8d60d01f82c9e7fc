"""Records of any make: the names that people have, those that they map, and what is no article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import UsageError
from quotes.models import Article, Skipped
from quotes.readers import Options, read
from quotes.readers.fields import mapping, named
from quotes.readers.records import article_of


def test_fields_are_mapped_by_the_names_given(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"Kropp": "It rained.", "meta": {"rubrik": "Rain", "a.b": "Courier"}, "text": "not it"}))
    fields = mapping("text=Kropp, title=meta.rubrik,publisher=meta.a.b")
    [article] = read(path, options=Options(fields=fields))
    assert isinstance(article, Article)
    assert (article.text, article.title, article.publisher) == ("It rained.", "Rain", "Courier")


@pytest.mark.parametrize("written", ["text", "text=", "=body", "words=body", "text=body,title"])
def test_a_map_that_says_nothing_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        mapping(written)


def test_what_is_called_text_stands_as_it_is_and_other_bodies_may_be_html() -> None:
    html = "<p>“It rained,” said Nora Wells, the mayor, on Monday.</p>"
    as_text, as_body = (article_of({name: html}, "a.jsonl", 1) for name in ("text", "body"))
    assert isinstance(as_text, Article)
    assert isinstance(as_body, Article)
    assert as_text.text == html
    assert as_body.text == "“It rained,” said Nora Wells, the mayor, on Monday."


def test_the_likelier_of_two_names_counts_if_it_has_a_value() -> None:
    record = {"Body": "", "content": "It rained.", "Date Published": "2024", "date": "1999"}
    assert named(record, {}) == {"text": "It rained.", "published": "2024"}


@given(
    st.dictionaries(
        st.text(max_size=9) | st.sampled_from(["text", "body", "uri", "authors", "bodies"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=9,
        ),
    )
)
def test_any_record_is_an_article_or_a_reason(record: dict[str, object]) -> None:
    found = article_of(record, "a.jsonl", 1, "file:///a.jsonl")
    assert found.text.encode() if isinstance(found, Article) else isinstance(found, Skipped) and found.reason


def test_a_record_without_a_text_tells_what_it_has_and_how_to_name_it() -> None:
    found = article_of({"kop": "Flood", "tekst": "It rained.", "id": "7", "pages": 3}, "a.json", 1)
    assert found == Skipped("a.json:1", "no text in it, but kop, tekst: say which is the text, as in --map text=tekst")
    inside = article_of({"id": 1, "meta": {"kop": "Flood", "deep": {"tekst": "It rained."}}}, "a.json", 2)
    assert inside == Skipped(
        "a.json:2",
        "no text in it, but meta.kop, meta.deep.tekst: say which is the text, as in --map text=meta.deep.tekst",
    )
    assert article_of({"title": "Flood", "text": None}, "a.json", 1) == Skipped("a.json:1", "no text in it")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("[" + "[]," * 100 + "0]", "JSON with more than 90 values in one document"),
        ('{"text": ' + "9" * 5_000 + "}", "a number without end"),
        ('[{"text": "It rained."},\n{"text": It snowed.}]', "not JSON: Expecting value at line 2, column 10"),
    ],
)
def test_a_document_that_would_fill_the_memory_is_not_taken_apart(
    written: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.readers.metadata.VALUES", 90)
    for name in ("a.json", "a.jsonl") if "\n" not in written else ("a.json",):
        (tmp_path / name).write_text(written)
        [found] = read(tmp_path / name)
        assert isinstance(found, Skipped)
        assert reason in found.reason
