"""What an article says that nobody said, asked or only supposed: fact-checks are full of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marking import marked
from quotes.detectors.disowned import disowned
from quotes.detectors.forms import sentences_of
from quotes.lexicon import load
from quotes.models import Attribution

LEXICON = load("en")


def left(markup: str) -> tuple[str, Attribution, Attribution]:
    """The text, its marked attribution, and what the words before it leave of that."""
    case = marked(markup)
    (told,) = case.attributions
    told = replace(told, mode="statement")
    return case.text, told, disowned(case.text, told, sentences_of(case.text, LEXICON), LEXICON)


@pytest.mark.parametrize(
    "markup",
    [
        "It is not true that {source Ann Lee} {cue said} {content the poor were lazy}.",
        "It isn't really true that {source Ann Lee} {cue said} {content the poor were lazy}.",
        "It is false that {source Ann Lee} {cue said} that {content the poor were lazy}.",
        "It is a myth that {source Ann Lee} {cue said} that {content the poor were lazy}.",
        "There is no evidence that {source Ann Lee} {cue said} {content the poor were lazy}.",
        "We have no video recording of {source Ann Lee} {cue saying} {content the poor were lazy}.",
        "He was tired. Nor did {source Ann Lee} {cue say} that {content the poor were lazy}.",
        "He was tired, and at no point did {source Ann Lee} {cue say} that {content the poor were lazy}.",
        "{source Ann Lee} did not, as alleged, {cue say} that {content the poor were lazy}.",
        "{source Ann Lee} {cue was falsely quoted as saying} {content “the poor are lazy”}.",
        "A fabricated post has {source Ann Lee} {cue saying} that {content the poor were lazy}.",
    ],
)
def test_what_is_said_not_to_have_been_said_is_turned_round(markup: str) -> None:
    _, told, found = left(markup)
    assert found == replace(told, negated=True)


@pytest.mark.parametrize(
    "markup",
    [
        "Did {source Ann Lee} {cue say} that {content “the poor are lazy”}? No.",
        "Is it true that {source Ann Lee} {cue said} {content the poor were lazy}?",
        "If {source Ann Lee} {cue had said} {content “the poor are lazy”}, we would have heard.",
    ],
)
def test_what_is_asked_or_supposed_is_no_statement(markup: str) -> None:
    _, told, found = left(markup)
    assert found == replace(told, mode="attitude")


@pytest.mark.parametrize(
    "markup",
    [
        "It is true that {source Ann Lee} {cue said} {content the poor were lazy}.",
        "There is no doubt that {source Ann Lee} {cue said} {content the poor were lazy}.",
        "It is not surprising that {source Ann Lee} {cue said} {content the poor were lazy}.",
        "Never before had {source Ann Lee} {cue said} {content the poor were lazy}.",
        "It is not true that she left. {source Ann Lee} {cue said} {content the poor were lazy}.",
        "Did it rain? {source Ann Lee} {cue said} {content it did}.",
        "Why did {source Ann Lee} {cue say} that {content the poor were lazy}?",
        "{content It is not true that I lied}, {source Ann Lee} {cue said}.",
        "{source She} {cue falsely claimed} that {content the poor were lazy}.",
        "If {source she} {cue says} {content so}, it is so.",
    ],
)
def test_other_words_before_a_clause_leave_it_as_it_is(markup: str) -> None:
    _, told, found = left(markup)
    assert found == told


def test_such_words_are_no_part_of_a_name() -> None:
    text, _, found = left("{source We found no record of Ann Lee} {cue saying} that {content the poor were lazy}.")
    assert (found.source[0].of(text), found.negated) == ("Ann Lee", True)
