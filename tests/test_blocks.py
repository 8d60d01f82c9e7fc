"""Block quotes without marks: announced by the line above, or signed behind the last full stop."""

from __future__ import annotations

import pytest

from marking import marked
from quotes.detectors.direct import attributions
from quotes.detectors.marks import quotations
from quotes.lexicon import load
from quotes.models import Attribution, Extent, Name

LEXICON = load()


def read(text: str, *people: str) -> list[Attribution]:
    """The direct speech of a text in which these people are named."""
    names = [Name(Extent(text.rindex(p), text.rindex(p) + len(p)), "PER") for p in people]
    return attributions(text, quotations(text, LEXICON), names, LEXICON)


def test_a_name_behind_the_last_full_stop_signs_what_is_said_in_the_first_person() -> None:
    case = marked(
        "{content We were never told of the leak.} {source Ada Brook, head of the works council}\n\nIt rained."
    )
    (said,) = read(case.text, "Ada Brook")
    (wanted,) = case.attributions
    assert (said.content, said.source, said.kind) == (wanted.content, wanted.source, "direct")


def test_a_caption_with_its_photographer_says_nothing() -> None:
    assert read("The flooded works on Monday. Ada Brook\n\nIt rained.", "Ada Brook") == []


def test_a_pull_quote_is_known_by_what_it_repeats() -> None:
    words = "The leak was known to every engineer in the building. It was never reported."
    text = f'Brook told the inquiry: "{words}"\n\n{words} Ada Brook'
    signed = [a for a in read(text, "Ada Brook") if not a.cue]
    assert [e.of(text) for a in signed for e in a.content] == [words]


def test_a_paragraph_is_announced_by_a_cue_and_a_colon_up_to_where_the_reporter_goes_on() -> None:
    case = marked(
        "In a statement, {source the church} {cue denied} the charges:\n\n"
        "{content Nobody was held here. Nobody was made to work.} They also spoke of her leaving freely."
    )
    (said,) = read(case.text)
    (wanted,) = case.attributions
    assert (said.content, said.cue, said.source) == (wanted.content, wanted.cue, wanted.source)


@pytest.mark.parametrize("above", ["The list is long:", "Photo:", "Opening hours:"])
def test_a_colon_without_a_cue_announces_nothing(above: str) -> None:
    assert read(f"{above}\n\nNobody was held here against her will.") == []
