"""The small word lists of the speaker rules: in order, without repeats, and never at odds with each other."""

from __future__ import annotations

from importlib.resources import files

import pytest

from quotes.lexicon import load
from quotes.speakers.vocabulary import plural, singular, vocabulary

FOLDER = files("quotes.data") / "en"
LISTS = sorted(f.name for f in FOLDER.iterdir() if f.name.startswith("speaker_"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_sorted_lower_case_and_unique(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    rows = lines[1:] if name.endswith(".tsv") else lines
    assert rows == sorted(set(rows))
    assert all(row == row.lower() == row.strip() and row for row in rows)


def test_a_given_name_is_no_function_word() -> None:
    words = vocabulary(load("en"))
    assert not set(words.given) & words.function
    assert set(words.given.values()) == {"m", "f", ""}


@pytest.mark.parametrize(
    ("several", "one"),
    [("officials", "official"), ("agencies", "agency"), ("spokeswomen", "spokeswoman"), ("witnesses", "witness")],
)
def test_a_noun_in_the_plural_leads_to_its_singular(several: str, one: str) -> None:
    assert singular(several) == one
    assert singular(one) == one
    assert not plural(one)
