"""Key terms: what stands in several texts, printed and counted as the texts have it, whatever the texts are."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.topics import key_terms, mentions

CLAIMS = [
    "the new ferry would sail to Ashby Harbour by May",
    '"Ashby Harbour was dredged twice," and the ferry can dock',
    "health care costs had doubled, and the ferry's fares with them",
    "nobody in Ashby Harbour had asked for cheaper health care",
    "30 people were told on 30 May, and 30 were not told",
]


def test_a_term_is_counted_in_texts_and_printed_as_they_have_it():
    assert key_terms(CLAIMS) == [("Ashby Harbour", 3), ("ferry", 3), ("health care", 2)]


def test_most_texts_first_and_no_more_than_asked_for():
    terms = key_terms(CLAIMS, count=2)
    assert len(terms) == 2
    assert terms == key_terms(CLAIMS, count=2)
    assert key_terms(CLAIMS, count=0) == []


def test_what_stands_in_one_text_only_is_no_topic():
    assert key_terms(["The ferry, the ferry, always the ferry."]) == []


def test_only_the_newest_are_read():
    assert key_terms(["Taxes fell."] + ["The dam held."] * 1999 + ["Taxes rose."] * 9, count=1) == [("dam held", 1999)]


@pytest.mark.parametrize(
    ("text", "term", "there"),
    [
        ("The  FERRY\nterminal", "ferry terminal", True),
        ("the ferryman", "ferry", False),
        ("U.S.-backed forces", "U.S.", True),
        ("costs $15 (or more)", "$ 15", True),
        ("c++ (a+)+", "(a+)+", True),
        ("", "ferry", False),
    ],
)
def test_a_term_is_whole_words_of_any_case_and_spacing(text, term, there):
    assert mentions(text, term) is there


@settings(max_examples=15, deadline=None)
@example(["0A0", "0A\r0"])
@given(st.lists(st.one_of(st.text(st.characters()), st.text("aA b.'$-1\n", max_size=30)), max_size=8))
def test_any_strings_will_do(texts):
    terms = key_terms(texts)
    for term, count in terms:
        assert count == sum(mentions(text, term) for text in texts) > 1


@pytest.mark.parametrize(
    "text", ["x" * 300_000, "ferry " * 50_000, " " * 300_000, "a-" * 150_000, "\udcff", "\0", "«»" * 9]
)
def test_a_hostile_text_costs_little(text):
    key_terms(CLAIMS)
    begun = time.process_time()
    terms = key_terms([text, text, *CLAIMS])
    assert time.process_time() - begun < 2
    assert ("Ashby Harbour", 3) in terms


def test_no_library_says_a_word():
    probe = f"from quotes.topics import key_terms; print(key_terms({CLAIMS!r})[0])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=120, check=True)
    assert (done.stdout, done.stderr) == ("('Ashby Harbour', 3)\n", "")
