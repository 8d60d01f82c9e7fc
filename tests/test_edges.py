"""Where what was said begins and ends: an edge that is off by a word is copied off by a word."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.attribution import decide
from quotes.detectors.marks import quotations
from quotes.models import Attribution, Extents

LEXICON = lexicon.load()


def decided(text: str, learned: list[Attribution]) -> list[Attribution]:
    return decide(text, learned, [], quotations(text), LEXICON)


def words(text: str, role: Extents) -> list[str]:
    return [e.of(text) for e in role]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{content 16:40 Two roads are closed}, {source the police} {cue say}.", "Two roads are closed"),
        ("{content 7.15 pm GMT - Two roads are closed}, {source the police} {cue say}.", "Two roads are closed"),
        ("{content MALBY, May 3 - Half of all wells are dry}, {source Lind} {cue said}.", "Half of all wells are dry"),
        ("MALBY, {content May 3 - Half of all wells are dry}, {source Lind} {cue said}.", "Half of all wells are dry"),
        ("{content 12 roads are closed}, {source the police} {cue say}.", "12 roads are closed"),
    ],
)
def test_the_time_and_the_place_before_a_line_were_not_said(line: str, said: str) -> None:
    case = marked(f"Storm live\n\n16:55 It rains.\n\n{line}")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.content) == [said]


@pytest.mark.parametrize(
    "said",
    [
        "FEMA - the federal agency - failed the town twice",
        "FEMA - Captain Ek's own agency - failed the town twice",
        "NATO — and only NATO — can guarantee peace",
        "UNICEF – like other agencies – has run out of food",
        "US - China trade will fall",
        "12:30 Kick-off is too early",
    ],
)
def test_the_subject_of_what_was_said_is_no_dateline_and_no_clock(said: str) -> None:
    case = marked(f"{{content {said}}}, {{source Ann Hale}} {{cue said}}.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.content) == [said]


def test_the_subject_of_a_report_is_no_dateline() -> None:
    case = marked("{source FEMA - the federal agency -} {cue said} {content it rained}.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.source) == ["FEMA - the federal agency -"]


def test_an_entry_of_a_live_page_has_its_source_without_the_time() -> None:
    case = marked("16:30 It rains.\n{source 16:40 The harbour master} {cue says} {content two boats are missing}.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.source) == ["The harbour master"]


def test_a_quotation_behind_a_report_that_has_ended_is_a_claim_of_its_own() -> None:
    case = marked(
        "{source Lind} {cue explains} {content that he has no papers. “Here one has a handshake.”} He laughs."
    )
    found = decided(case.text, list(case.attributions))
    assert [words(case.text, a.content) for a in found] == [["he has no papers"], ["“Here one has a handshake.”"]]
    assert [bool(a.cue) for a in found] == [True, False]
    case = marked("{source Lind} {cue said} {content the bus went to St. “Whatever” Street}.")
    (found,) = decided(case.text, list(case.attributions))
    assert found.content == case.attributions[0].content


@pytest.mark.parametrize(
    ("markup", "cue", "said"),
    [
        (
            "{source Ek} {cue has denied local reports} {content that the dam broke}.",
            "has denied",
            "local reports that the dam broke",
        ),
        (
            "{source Ek} {cue rejected a claim} by the union {content that she lied}.",
            "rejected",
            "a claim by the union that she lied",
        ),
        (
            "{source Ek} {cue would not be drawn on rumours} {content that she was ill}.",
            "would not be drawn on",
            "rumours that she was ill",
        ),
        ("{source Ek} {cue repeated a claim} {content that she lied}.", "repeated a claim", "she lied"),
        ("{source Ek} {cue denied} {content that she lied}.", "denied", "she lied"),
    ],
)
def test_who_denies_a_report_denies_the_report(markup: str, cue: str, said: str) -> None:
    case = marked(markup)
    (found,) = decided(case.text, list(case.attributions))
    assert (words(case.text, found.cue), words(case.text, found.content)) == ([cue], [said])


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("{content In a statement}, {source Ek} {cue said} {content that it rained}", "it rained"),
        ('{content Of her own job}, {source Ek} {cue said}: {content "Ask the others."}', '"Ask the others."'),
        (
            "{content The mill used bad bolts}, {source Ek} {cue said} {content as the trial opened}",
            "The mill used bad bolts",
        ),
        ("{source Ek} {cue said} {content they met twice, asking for anonymity as the talks go on}", "they met twice"),
        (
            "{content They met twice}, {source a man} {cue said}, {content requesting anonymity, for the talks go on}",
            "They met twice",
        ),
    ],
)
def test_when_and_how_it_was_said_was_not_said(markup: str, said: str) -> None:
    case = marked(f"{markup}.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.content) == [said]


@pytest.mark.parametrize(
    "markup",
    [
        "{content Wages will fall}, {source Lind} {cue said}, {content while prices rise}.",
        "{content The bridge is safe}, {source the mayor} {cue said}, {content while the school is not}.",
        "{content The strike will go on}, {source Ann Hale} {cue said}, {content as talks have failed}.",
    ],
)
def test_the_other_half_of_what_was_said_stands_behind_a_comma(markup: str) -> None:
    case = marked(markup)
    (found,) = decided(case.text, list(case.attributions))
    assert found.content == case.attributions[0].content


def test_what_stands_on_both_sides_of_a_cue_may_be_one_sentence() -> None:
    case = marked("{content In May}, {source Ek} {cue said}, {content would come the bill}.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.content) == ["In May", "would come the bill"]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("{source Ek} {cue said} {content that it rained and that it was cold}", "it rained and that it was cold"),
        ("{source Ek} {cue told} the court {content that the boat sank}", "the boat sank"),
        ("{source The paper} {cue reported} {content that, in May, two boats sank}", "in May, two boats sank"),
        ("{source Ek} {cue claims} {content that rain will follow}", "rain will follow"),
        ("{source Ek's} {cue claim} {content that boats sink}", "boats sink"),
        ("{source Ek} {cue called} {content that 'a fairy tale'}", "that 'a fairy tale'"),
        ("{source Ek} {cue rejected} {content that suggestion of the mayor's}", "that suggestion of the mayor's"),
        ("{source Ek} {cue estimates} {content that number is closer to nine}", "that number is closer to nine"),
        ("{source Ek} {cue said} {content that idea was his own}", "that idea was his own"),
        ("{source Ek} {cue acknowledged} {content that fact} on Monday", "that fact"),
        ("{source Ek} {cue said} {content that new rules were needed}", "new rules were needed"),
        ("{source Ek} {cue said} {content that was no news}", "that was no news"),
        ("{content That was no news}, {source Ek} {cue said}", "That was no news"),
    ],
)
def test_the_word_that_joins_a_clause_to_its_cue_is_the_reporters(markup: str, said: str) -> None:
    case = marked(f"{markup}.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.content) == [said]


def test_what_was_said_does_not_end_within_an_address() -> None:
    case = marked("{source Ek} {cue said} {content it stands on www.flag}.example and is free.")
    (found,) = decided(case.text, list(case.attributions))
    assert words(case.text, found.content) == ["it stands on www.flag.example"]
