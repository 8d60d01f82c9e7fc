"""Questions that somebody was asked."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.detectors import inquiries
from quotes.detectors.clauses import reader_of
from quotes.detectors.forms import sentences_of

LEXICON = lexicon.load()


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("Questioned by {source Ada Ek, for the port}, he {cue was asked} {content whether the gate was shut}.", "he"),
        (
            "It rained. The skipper {cue was asked} by {source a diver} {content why the gate was shut}, and left.",
            "The skipper",
        ),
        ("Two divers {cue have been asked} {content who shut the gate}.", "Two divers"),
    ],
)
def test_who_is_asked_a_question_is_told_it(markup: str, told: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    (found,) = inquiries.made(case.text, sentences_of(case.text, LEXICON), reader_of(LEXICON))
    assert (found.content, found.cue, found.source) == (wanted.content, wanted.cue, wanted.source)
    assert case.words(found.told) == (told,)


@pytest.mark.parametrize("text", ["He was asked to leave.", "Asked whether it sank, he left.", "He asked who it was."])
def test_what_is_no_question_to_a_subject_is_not_read(text: str) -> None:
    assert not list(inquiries.made(text, sentences_of(text, LEXICON), reader_of(LEXICON)))
