"""Reports within reports."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.attribution import decide
from quotes.detectors import direct, nested
from quotes.detectors.clauses import Reader
from quotes.detectors.marks import quotations
from quotes.models import Attribution

LEXICON = lexicon.load()
READER = Reader(LEXICON)


@pytest.mark.parametrize(
    "markup",
    [
        "Lind said {content:1 {source:2 Ek} {cue:2 had told} her {content:2 that the keys were lost}}.",
        "{content:1 {source:2 Lind} {cue:2 denied} {content:2 that the keys were lost}}, the agency reported.",
        "Lind said {content:1 {source:2 Ek} on Monday {cue:2 insisted} {content:2 she had the keys}. They were lost}.",
        "Lind says {content:1 that {source:2 the agency} {cue:2 said} {content:2 the ferry was full}}.",
    ],
)
def test_an_indirect_content_that_begins_with_a_report_holds_another(markup: str) -> None:
    case = marked(markup)
    outer, wanted = case.attributions
    (inner,) = nested.reported(case.text, [outer], READER)
    assert roles(inner) == roles(wanted)


@pytest.mark.parametrize("said", ["the harbour was closed", "that it was late", "he knew", ""])
def test_a_plain_content_holds_none(said: str) -> None:
    case = marked(f"Lind said {{content {said or 'so'}}}.")
    assert list(nested.reported(case.text, case.attributions, READER)) == []


def test_a_quotation_inside_a_quotation_is_said_by_whom_the_outer_one_names() -> None:
    case = marked("{content:1 \"{source:2 He} {cue:2 told} me {content:2 'no way'},\"} {source:1 Smith} {cue:1 said}.")
    marks = quotations(case.text, LEXICON)
    rules = direct.attributions(case.text, marks, [], LEXICON)
    decided = decide(case.text, [], rules, marks, LEXICON)
    assert [roles(a) for a in decided] == [roles(a) for a in case.attributions]


def roles(found: Attribution) -> tuple[object, ...]:
    """The extents of an attribution."""
    return found.content, found.cue, found.source
