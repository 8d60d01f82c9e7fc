"""What somebody asks others to do."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.detectors import requests
from quotes.detectors.clauses import reader_of
from quotes.detectors.forms import sentences_of
from quotes.models import Attribution

LEXICON = lexicon.load()


def made(text: str) -> list[Attribution]:
    return list(requests.made(text, sentences_of(text, LEXICON), reader_of(LEXICON)))


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("{source The mayor of Malby, Ada Ek}, {cue has asked} residents {content to stay indoors}.", "residents"),
        ("15.30 {source The mayor} {cue urged} the two unions {content to talk}, and left.", "the two unions"),
        ("It rained. {source Captain Ek} {cue ordered} the crew {content not to leave the ship}.", "the crew"),
    ],
)
def test_a_request_is_what_is_to_be_done_by_whom(markup: str, told: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    (found,) = made(case.text)
    assert (found.content, found.cue, found.source) == (wanted.content, wanted.cue, wanted.source)
    assert case.words(found.told) == (told,)


@pytest.mark.parametrize(
    "text",
    [
        "The plan takes a new road that encourages schools to teach music.",
        "The mayor was asked by residents to stay.",
        "Ek said the mayor asked residents to stay.",
        "The mayor asked what residents wanted to do.",
    ],
)
def test_what_is_no_main_clause_is_no_request(text: str) -> None:
    assert made(text) == []
