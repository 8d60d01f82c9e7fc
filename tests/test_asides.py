"""Where what was said ends and the reporter goes on."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.detectors import asides
from quotes.detectors.clauses import reader_of

READER = reader_of(lexicon.load())


@pytest.mark.parametrize(
    "markup",
    [
        "{source The governor} {cue ordered} {content a curfew in two towns}|, and soldiers searched cars|.",
        "{source The referee} {cue did not say} {content why she had played on}|, and officials are not obliged to|.",
        "{source The firm} {cue said} {content it would pay}|, as dockers stopped work for a third day|.",
        "{source Two aides} {cue said} {content that talks were on}|, as the naira has hit another low|.",
    ],
)
def test_a_clause_of_the_reporters_own_is_cut_off(markup: str) -> None:
    whole, only = marked(markup.replace("}|", "").replace("|.", "}.")), marked(markup.replace("|", ""))
    assert whole.text == only.text
    assert asides.cut(whole.text, whole.attributions[0], READER).content == only.attributions[0].content


@pytest.mark.parametrize(
    "markup",
    [
        "{source She} {cue said} {content the roof was old, and the council knew it}.",
        "{source She} {cue said} {content half of it grows in Spain, as do nine of ten limes}.",
        "{source He} {cue announced} {content a contest, and will ask whether people want it}.",
        "{source He} {cue said} {content it would rain, as well as snow}.",
        "{source He} {cue called it} {content “late, and nobody came”}.",
        "{content The roof was old, and nobody knew}, {source she} {cue said}.",
    ],
)
def test_what_goes_on_with_what_was_said_stays(markup: str) -> None:
    case = marked(markup)
    assert asides.cut(case.text, case.attributions[0], READER) == case.attributions[0]


def test_behind_the_cue_clause_too_the_reporter_goes_on_with_as() -> None:
    case = marked("{content The pier will open}, {source she} {cue said}, {content as divers checked the wall}.")
    (said,) = case.attributions
    assert asides.cut(case.text, said, READER).content == said.content[:1]
