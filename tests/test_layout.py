"""Speech that the layout shows."""

from __future__ import annotations

import pytest

from quotes import lexicon
from quotes.detectors.layout import transcript

LEXICON = lexicon.load()

TURNS = """NORTHERN POST: Why do you write?

EK: Because my aunt did. She hid it.

{paragraph}

NORTHERN POST: And now?

EK: Now I hide it."""


def further(text: str) -> list[str]:
    """The paragraphs below the first of each turn that are given to who was speaking."""
    return [e.of(text) for a in transcript(text, LEXICON) for e in a.content if not a.cue]


def spoken(paragraph: str) -> bool:
    """Is a paragraph below a turn given to who was speaking?"""
    text = TURNS.format(paragraph=paragraph)
    return any(e.of(text) == paragraph for a in transcript(text, LEXICON) for e in a.content)


def test_a_paragraph_below_a_turn_that_names_who_speaks_is_the_reporters() -> None:
    assert spoken("She hid it under the bread.")
    assert spoken('I said "Ek, be still" to myself.')
    assert not spoken("Ek laughs easily. The book is her fourth.")
    assert not spoken("She laughs for a while. A waiter brings tea.")
    assert spoken("She lives in Rome, and I live here.")
    assert not spoken("Her mother, Ada Ek, remembers it otherwise.")


def test_below_such_a_paragraph_the_reporter_goes_on() -> None:
    assert not spoken("The novelist Ek laughs.\n\nCritics liked the book.")


def test_an_office_that_speaks_of_itself_is_speaking() -> None:
    text = "THE COURT: Sit down.\n\nThe Court will hear Mr Ek.\n\nMR EK: Thank you.\n\nTHE COURT: Go on."
    assert further(text) == ["The Court will hear Mr Ek."]


@pytest.mark.parametrize(
    ("first", "paragraphs"),
    [
        (
            "TRUMP: We won this race.",
            ["Nobody treats Trump voters fairly in this country.", "And we are going to win again."],
        ),
        ("MAY: We will leave.", ["In May we shall hold a vote on the deal.", "That vote will settle the matter."]),
        ("MAY: We will leave.", ["Last May came the vote.", "The deal of May 3 was sound."]),
        ("SMITH: It rained.", ["That is why Smith Street was closed.", "Old Smith Street is closed too."]),
        ("HOST: Welcome.", ["Host families are needed.", "Call this number."]),
    ],
)
def test_a_word_that_is_the_speakers_surname_too_ends_no_turn(first: str, paragraphs: list[str]) -> None:
    below = "\n\n".join(paragraphs)
    assert further(f"{first}\n\n{below}\n\nBIDEN: You lost.\n\n{first}") == paragraphs


def test_who_says_i_or_we_goes_on_below_what_the_reporter_told() -> None:
    text = TURNS.format(paragraph="Ek laughed.\n\nCritics liked the book.\n\nWe had no money.\n\nIt was cold.")
    assert further(text) == ["We had no money.", "It was cold."]
