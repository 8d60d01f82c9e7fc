"""Speech that the layout shows."""

from __future__ import annotations

from quotes.detectors.layout import transcript

TURNS = """NORTHERN POST: Why do you write?

EK: Because my aunt did. She hid it.

{paragraph}

NORTHERN POST: And now?

EK: Now I hide it."""


def spoken(paragraph: str) -> bool:
    """Is a paragraph below a turn given to who was speaking?"""
    text = TURNS.format(paragraph=paragraph)
    return any(e.of(text) == paragraph for a in transcript(text) for e in a.content)


def test_a_paragraph_below_a_turn_that_names_who_speaks_is_the_reporters() -> None:
    assert spoken("She hid it under the bread.")
    assert spoken('I said "Ek, be still" to myself.')
    assert not spoken("Ek laughs easily. The book is her fourth.")
    assert not spoken("Her mother, Ada Ek, remembers it otherwise.")


def test_below_such_a_paragraph_the_reporter_goes_on() -> None:
    assert not spoken("The novelist Ek laughs.\n\nCritics liked the book.")


def test_an_office_that_speaks_of_itself_is_speaking() -> None:
    text = "THE COURT: Sit down.\n\nThe Court will hear Mr Ek.\n\nMR EK: Thank you.\n\nTHE COURT: Go on."
    assert [e.of(text) for a in transcript(text) for e in a.content if not a.cue] == ["The Court will hear Mr Ek."]
