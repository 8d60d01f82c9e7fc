"""Offsets survive every conversion, over all of Unicode."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.models import Extent
from quotes.offsets import extent_of, find, paragraph, paragraphs, position, selector, span_of, unwrapped, utf16

NLP = spacy.blank("en")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, Extent]:
    """A text and an extent inside it."""
    text = draw(TEXT)
    ends = sorted([draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))])
    return text, Extent(*ends)


@given(placed())
@settings(max_examples=100, deadline=None)
def test_the_tokens_of_an_extent_cover_it(case: tuple[str, Extent]) -> None:
    text, extent = case
    span = span_of(NLP.make_doc(text), extent)
    if not extent.of(text).strip():
        assert span is None
    else:
        assert span is not None
        assert extent_of(span).of(text) == span.text
        words = extent.of(text)
        start = extent.start + len(words) - len(words.lstrip())
        assert span.start_char <= start
        assert span.end_char >= start + len(words.strip())  # a space between two tokens belongs to none


def test_an_extent_expands_to_whole_tokens() -> None:
    doc = NLP.make_doc("She said so.")
    span = span_of(doc, Extent(5, 7))
    assert span is not None
    assert span.text == "said"


@given(placed())
@settings(max_examples=100, deadline=None)
def test_a_selector_quotes_the_text(case: tuple[str, Extent]) -> None:
    text, extent = case
    quote = selector(text, extent)
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    assert quote["exact"] == extent.of(text)
    assert len(quote["prefix"]) == min(32, extent.start)


@given(st.lists(placed(), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_utf16_counts_as_a_browser_does(cases: list[tuple[str, Extent]]) -> None:
    text = "".join(t for t, _ in cases)
    extents = [e for _, e in cases]
    units = text.encode("utf-16-le")
    for extent, there in zip(extents, utf16(text, extents), strict=True):
        assert units[2 * there.start : 2 * there.end].decode("utf-16-le") == extent.of(text)


@given(placed())
@settings(max_examples=100, deadline=None)
def test_what_was_quoted_is_found_again_at_its_place_or_not_at_all(case: tuple[str, Extent]) -> None:
    text, extent = case
    quote = selector(text, extent)
    found = find(text, quote["exact"], quote["prefix"], quote["suffix"], extent.start)
    assert found in (None, extent)
    assert (found is None) == (not extent.of(text))


def test_the_context_decides_between_two_places() -> None:
    text = "He said no. She said no. They left."
    assert find(text, "said no", prefix="She ") == Extent(16, 23)
    assert find(text, "said no", prefix="He ") == Extent(3, 10)


def test_the_hint_decides_only_where_the_context_cannot() -> None:
    text = "no no no"
    assert find(text, "no") is None
    assert find(text, "no", hint=3) == Extent(3, 5)
    assert find(text, "no", hint=4) is None
    assert find(text, "no", suffix=" no", prefix="no ", hint=0) == Extent(3, 5)


def test_words_move_with_their_text_and_vanish_with_it() -> None:
    assert find("New first line. She said no.", "said no", prefix="She ", hint=4) == Extent(20, 27)
    assert find("Nothing here.", "said no", prefix="She ") is None
    assert find("anything", "") is None


def test_a_position_outside_the_text_is_an_error() -> None:
    assert position("abc", Extent(1, 3)) == {"type": "TextPositionSelector", "start": 1, "end": 3}
    with pytest.raises(ValueError, match="outside"):
        position("abc", Extent(1, 4))


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_paragraphs_hold_every_word_in_order(text: str) -> None:
    found = paragraphs(text)
    assert list(found) == sorted(found)
    assert "".join("".join(p.of(text).split()) for p in found) == "".join(text.split())
    assert all(paragraph(text, p) == p for p in found if "\n" not in p.of(text))


def test_a_paragraph_is_the_line_around_an_extent() -> None:
    text = "One.\n  Two here. \n\nThree."
    assert [p.of(text) for p in paragraphs(text)] == ["One.", "Two here.", "Three."]
    assert paragraph(text, Extent(10, 12)).of(text) == "Two here."
    assert paragraph(text, Extent(1, 10)).of(text) == "One.\n  Two here."


WRAPPED = """Smith said on Monday that the plan to rebuild the harbour would be
dead by the end of May and that nobody in the whole of the city would
pay for it, because the money had been spent on a new bridge that was
never opened. "It will take ten years," she said, "and a great deal of
patience."

A second paragraph follows here and it is filled in just the same way,
line by line, to the end.
"""


def test_breaks_of_typesetting_become_spaces_in_their_place() -> None:
    flowing = unwrapped(WRAPPED)
    assert len(flowing) == len(WRAPPED)
    assert [e.of(flowing)[:14] for e in paragraphs(WRAPPED)] == ["Smith said on ", "A second parag"]
    assert "the harbour would be dead by" in flowing


def test_a_line_that_goes_on_in_lower_case_is_no_paragraph() -> None:
    text = 'Bill Dunn of the union said the plan was "a disgrace and ought\nto go at once." He added that\nit failed.'
    assert "\n" not in unwrapped(text)


def test_lines_that_are_not_filled_stay_lines() -> None:
    for text in ("A headline\nA byline\nA date\nThe text goes on in a long line.\nAnother.\n", "- one\n" * 9):
        assert unwrapped(text) == text


def test_blank_space_costs_no_more_than_words() -> None:
    assert paragraphs(" " * 1_000_000 + "\n" + "\t" * 1_000_000) == ()
