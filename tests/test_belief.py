"""Which candidates of the learned detector are believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marking import marked
from quotes import lexicon
from quotes.belief import believed
from quotes.detectors.marks import quotations
from quotes.edges import Spoken
from quotes.models import Attribution

LEXICON = lexicon.load()


def kept(text: str, *candidates: Attribution, confidence: float = 0.2) -> list[Attribution]:
    """The believed ones of candidates of one confidence, where 0.34 is enough."""
    page = Spoken(text, quotations(text, LEXICON), LEXICON)
    return list(believed(page, [replace(a, confidence=confidence) for a in candidates], LEXICON, 0.34))


@pytest.mark.parametrize(
    "text",
    [
        '{cue In the words of} {source the prosecutor}, {content "it was theft, plain and simple."}',
        "{source The geologist} {cue maintained} {content that it would hold}.",
        "{source The minister} {cue said} {content every shelter was open}.",
        "{source The teachers' union} {cue welcomed} {content the vote}.",
        "{source The teachers' union} later {cue called for} {content a second vote}.",
        "{source She} {cue did not disclose} {content the price}.",
        "{source She} {cue appealed for} {content anyone who saw it to come forward}.",
        "{source The maker} reported a loss, {cue blaming} {content weak demand}.",
    ],
)
def test_an_unsure_finding_counts_where_the_text_speaks_for_it(text: str) -> None:
    case = marked(text)
    assert [(a.source, a.cue, a.content) for a in kept(case.text, *case.attributions)] == [
        (a.source, a.cue, a.content) for a in case.attributions
    ]


def test_a_subject_behind_a_dateline_is_found() -> None:
    case = marked(
        "MALBY, May 3 (Delta) — {source A boat maker} {cue denied} {content having paid divers}, as talks began."
    )
    (wanted,) = case.attributions
    (found,) = kept(case.text, replace(wanted, source=()))
    assert found.source == wanted.source


@pytest.mark.parametrize(
    "text",
    [
        '{cue Boiled} {source the prosecutor} {content "it was theft, plain and simple."}',
        "{source The prosecutor} {cue alleged} {content theft}.",
        "{source The minister} {cue answered} {content the phone}.",
        "{source The minister} {cue did not reach} {content the price}.",
        "{cue said} {content every shelter was open}.",
        "{source The prosecutor} who came {cue welcomed} {content the vote}.",
        "{source Both sides} {cue face questions about} {content their health}.",
        "{source The union} hopes to {cue welcome} {content the vote}.",
        '"{source He} {cue welcomed} {content the vote}," it read.',
    ],
)
def test_an_unsure_finding_with_no_such_frame_does_not_count(text: str) -> None:
    case = marked(text)
    assert not kept(case.text, *case.attributions)
    assert kept(case.text, *case.attributions, confidence=0.5)


def test_an_unsure_finding_without_a_source_has_the_subject_before_it() -> None:
    case = marked("The road was shut. {source Its head, Rula Lang}, {cue urged} {content the city to open it}.")
    (found,) = kept(case.text, *(replace(a, source=()) for a in case.attributions))
    assert found.source[0].of(case.text).rstrip(",") == "Its head, Rula Lang"
    case = marked("When the road was shut the city {cue urged} {content everybody to walk}.")
    assert not kept(case.text, *case.attributions)
