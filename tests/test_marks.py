"""Quotation marks of all kinds: what they enclose, what they do not, and that no mark loses the rest of an article."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.detectors.marks import Quotation, quotations

MARKED = st.text(st.sampled_from("\"'“”‘’„«»\n  aZ.,?s6") | st.characters(codec="utf-8"), max_size=80)


def outer(text: str) -> list[str]:
    """The outermost quotations, with their marks."""
    return [q.extent.of(text) for q in quotations(text) if q.depth == 0]


def forms(text: str) -> list[str]:
    """The forms of all quotations."""
    return [q.form for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," she said, "we won."', ['"Yes,"', '"we won."']),
        ("“Yes,” she said.", ["“Yes,”"]),
        ("‘Yes,’ she said.", ["‘Yes,’"]),
        ("„Gut“, sagte er. »Ja«, sagte sie. « Oui », dit-il.", ["„Gut“", "»Ja«", "« Oui »"]),
        ("”Ja,” she said. “Nein“ he said.", ["”Ja,”", "“Nein“"]),
        ("''Two apostrophes,'' she said. ``As in print'' once.", ["''Two apostrophes,''", "``As in print''"]),
        ('"Yes,"he said, leaving out a space.', ['"Yes,"']),
        ('He said “mixed marks are fine."', ['“mixed marks are fine."']),
        ("She wrote: “We go now.’ He left.", ["“We go now.’"]),
    ],
)
def test_all_kinds_of_marks_enclose(text: str, expected: list[str]) -> None:
    assert outer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the boys' and the girls' turn in the '90s, rock 'n' roll and all.",
        "It was ’em, not us; ’twas the workers’ choice.",
        'He is 6\'2" tall and has a 12" record.',
        'A stray " mark.',
        '"""',
        "“” \"\" ''",
    ],
)
def test_apostrophes_inches_and_strays_enclose_nothing(text: str) -> None:
    assert outer(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "‘The workers’ rights matter,’ he said.",
        "'The workers' rights matter,' he said.",
        "'I don't think it's the boss's fault,' he said.",
        '"I want a 12" pizza," he said.',
    ],
)
def test_an_apostrophe_or_an_inch_does_not_close(text: str) -> None:
    assert outer(text) == [text[: text.index(" he said")]]


@pytest.mark.parametrize(
    "text", ["\"He told me 'no',\" she said.", "'He told me \"no\",' she said.", "“I “won” it,” she said."]
)
def test_a_quotation_lies_inside_another(text: str) -> None:
    first, second = quotations(text)
    assert (first.depth, second.depth) == (0, 1)
    assert first.extent.start < second.extent.start < second.extent.end < first.extent.end


def test_marks_opened_again_carry_on() -> None:
    text = '"First.\n\n"Second.\n\n"Third," he said.\n\n"Fourth," he said.'
    assert [(q.closed, q.continues) for q in quotations(text)] == [(False, None), (False, 0), (True, 1), (True, None)]


def test_a_quotation_may_run_over_paragraphs_to_its_mark() -> None:
    text = 'She wrote: "Dear all,\n\nI am leaving.\n\nBob"\n\nHe left. "Good for him," she said.'
    assert outer(text) == ['"Dear all,\n\nI am leaving.\n\nBob"', '"Good for him,"']


def test_a_missing_mark_never_swallows_the_rest() -> None:
    text = '"We lost it all.\n\nNothing more was said.\n\n"Good," she said.'
    assert outer(text) == ['"We lost it all.', '"Good,"']


def test_a_forgotten_mark_is_betrayed_by_the_cue() -> None:
    assert outer("“We will win, he said. “And then rest.”") == ["“We will win,", "“And then rest.”"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('He called it a "disgrace".', "speech"),
        ('"Never again!" she said.', "speech"),
        ('"There it is," Jones said.', "speech"),
        ('They chanted "Lock Her Up" all night.', "speech"),
        ('the "woke" agenda of the left', "scare"),
        ('a so-called "reform of the courts" bill', "scare"),
        ('She played "The Long Road" twice.', "title"),
        ('his book "Hamlet" is out', "title"),
        ('a lane known locally as "the long way round", where she lives', "scare"),
        ('William "Bill" Smith left.', "nickname"),
        ('a man who goes by the name "Shorty."', "nickname"),
    ],
)
def test_the_form_tells_speech_from_names_and_titles(text: str, form: str) -> None:
    assert forms(text) == [form]


@given(MARKED)
@settings(max_examples=300, deadline=None)
def test_quotations_are_words_of_the_text_and_nest(text: str) -> None:
    found = quotations(text)
    assert found == sorted(found, key=lambda q: (q.extent.start, -q.extent.end))
    for i, quotation in enumerate(found):
        assert quotation.inner.of(text).strip()
        assert quotation.inner.of(text) in quotation.extent.of(text)
        assert quotation.continues is None or not found[quotation.continues].closed
        assert quotation.continues is None or quotation.continues < i
    flat = [q for q in found if q.depth == 0]
    assert all(a.extent.end <= b.extent.start for a, b in pairwise(flat))
    assert all(any(_inside(q, o) for o in flat) for q in found if q.depth)


def _inside(one: Quotation, other: Quotation) -> bool:
    return other.extent.start < one.extent.start and one.extent.end <= other.extent.end


@pytest.mark.parametrize("unit", ['"', "“", "'", "‘", '"\n', ' "a', "“ ‘", "a' b 'c "])
def test_a_flood_of_marks_takes_no_time(unit: str) -> None:
    begun = time.perf_counter()
    quotations(unit * 20_000)
    assert time.perf_counter() - begun < 5
