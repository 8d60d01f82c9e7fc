"""Where what was said ends and the reporter goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marking import marked
from quotes import lexicon
from quotes.detectors import asides
from quotes.detectors.clauses import reader_of
from quotes.models import Attribution, Extent

READER = reader_of(lexicon.load())


@pytest.mark.parametrize(
    "markup",
    [
        "{source Lind} {cue urged} {told both sides} {content not to fire}.",
        "{source Lind} {cue promised} {told the port} {content that the gate would hold}.",
        "{told Both sides} {cue were urged} {content not to fire}.",
    ],
)
def test_whom_it_was_told_is_no_part_of_it(markup: str) -> None:
    (wanted,) = marked(markup).attributions
    text, whom, said = marked(markup).text, wanted.told[0], wanted.content[0]
    joined = (Extent(whom.start, said.end),) if wanted.source else (whom, said)
    found = asides.addressed(text, replace(wanted, content=joined, told=()), READER)
    assert (found.content, found.told) == (wanted.content, wanted.told)


@pytest.mark.parametrize(
    "markup",
    [
        "{source Lind} {cue ordered} {content all the boats to be sold}.",
        "{source Lind} {cue ordered} {content the crew to go home}.",
        "{source Lind} {cue asked} {content the way to Rome}.",
        "{source Lind} {cue warned} {content the worst was still to come}.",
        "{source Lind} {cue announced} {content a plan to sell boats}.",
    ],
)
def test_what_is_no_addressee_stays(markup: str) -> None:
    case = marked(markup)
    assert asides.addressed(case.text, case.attributions[0], READER) == case.attributions[0]


@pytest.mark.parametrize(
    "markup",
    [
        "{source The governor} {cue ordered} {content a curfew in two towns}|, and soldiers searched cars|.",
        "{source The police} {cue declined to give} {content a reason}|, and the road was shut|.",
        "{source The referee} {cue did not say} {content why she had played on}|, and officials are not obliged to|.",
    ],
)
def test_a_clause_of_the_reporters_own_is_cut_off(markup: str) -> None:
    whole, only = marked(markup.replace("}|", "").replace("|.", "}.")), marked(markup.replace("|", ""))
    assert whole.text == only.text
    assert asides.cut(whole.text, whole.attributions[0], READER).content == only.attributions[0].content


def test_a_participle_of_who_speaks_is_nothing_that_was_said() -> None:
    case = marked("{content Accused of lying about the dam}, {source Hale} {cue shrugged}.")
    assert asides.opening(case.text, case.attributions[0], READER)
    for markup in (
        "{content Planned as a school, it is a ruin}, {source Hale} {cue said}.",
        "{content Tired men broke it}, {source Hale} {cue said}.",
        "{content Killed in the crash}, {source police} {cue said}, {content were two men}.",
    ):
        case = marked(markup)
        assert not asides.opening(case.text, case.attributions[0], READER)


@pytest.mark.parametrize(
    "markup",
    [
        "{source The minister} {cue said} {content witnesses speaking on condition of anonymity were lying}.",
        "{source The minister} {cue said} {content witnesses, speaking on condition of anonymity, were lying}.",
        "{source Hale} {cue said} {content the man who leaked it spoke on condition of anonymity as he was afraid}.",
        "{source Hale} {cue said} {content the leak came from a man, who asked for anonymity as he was afraid}.",
        "{source Hale} {cue said} {content he took no money from people asking for anonymity or hiding their names}.",
    ],
)
def test_whom_others_promised_no_name_is_what_was_said(markup: str) -> None:
    case = marked(markup)
    assert asides.named(case.text, case.attributions[0]) == case.attributions[0]


@pytest.mark.parametrize(
    "markup",
    [
        "{source She} {cue said} {content the roof was old, and the council knew it}.",
        "{source She} {cue said} {content half of it grows in Spain, as do nine of ten limes}.",
        "{source He} {cue announced} {content a contest, and will ask whether people want it}.",
        "{source He} {cue said} {content it would rain, as well as snow}.",
        "{source He} {cue called it} {content “late, and nobody came”}.",
        "{content The roof was old, and nobody knew}, {source she} {cue said}.",
        "{source She} {cue says} {content the river floods every spring, and the council does nothing}.",
        "{source He} {cue says} {content taxes hurt families, and the government is to blame}.",
        "{source Lind} {cue says} {content the ferry runs late, but the crew has never been paid}.",
        "{source He} {cue said} {content what happened was wrong, and the party will change}.",
        "{source She} {cue said} {content who pays is unclear, but the bill is due}.",
        "{source The court} {cue ruled} {content the mayor acts alone, and the council was wrong}.",
        "{source She} {cue did not say} {content the river floods, and the council was told}.",
        "{source She} {cue complains} {content the river floods, and the council was told}.",
        "{source The minister} {cue said} {content taxes would rise, as the budget had a hole}.",
    ],
)
def test_what_goes_on_with_what_was_said_stays(markup: str) -> None:
    case = marked(markup)
    assert asides.cut(case.text, case.attributions[0], READER) == case.attributions[0]


@pytest.mark.parametrize(
    "markup",
    [
        "{source Ann} {cue told} {told a hearing} {content the bridge would close}.",
        "{source Ann} {cue told} {told Tom Lee} {content the bridge would close}.",
        "{source Ann} {cue told} {told the meeting} {content they had left}.",
    ],
)
def test_who_was_told_stands_before_a_clause_without_that(markup: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    content = (Extent(wanted.told[0].start, wanted.content[0].end),)
    found = asides.addressed(case.text, replace(wanted, content=content, told=()), READER)
    assert (found.told, found.content) == (wanted.told, wanted.content)


@pytest.mark.parametrize("said", ["the tale the village was built on", "the joke the king had liked"])
def test_a_tale_is_nobody_who_was_told(said: str) -> None:
    case = marked(f"{{source Ann}} {{cue told}} {{content {said}}}.")
    (wanted,) = case.attributions
    assert asides.addressed(case.text, wanted, READER) == wanted


@pytest.mark.parametrize(
    ("text", "said", "cue", "source"),
    [
        ("“It is open,” Lind said, according to Interfax.", "“It is open,”", "said", "Lind"),
        ("The gate was open, said Lind, according to Interfax.", "The gate was open", "said", "Lind"),
        (
            "The gate, which leaks, is open, according to Lind.",
            "The gate, which leaks, is open",
            "according to",
            "Lind",
        ),
        (
            "The gate, she hoped, would open, according to Lind.",
            "The gate, she hoped, would open",
            "according to",
            "Lind",
        ),
    ],
)
def test_who_passes_on_what_was_said_is_not_who_said_it(text: str, said: str, cue: str, source: str) -> None:
    at = text.index("according to")
    content = Extent(0, at - 2)
    whole = Attribution((content,), (Extent(at, at + 12),), (Extent(at + 13, len(text) - 1),))
    found = asides.relayed(text, whole, READER)
    assert [e[0].of(text) for e in (found.content, found.cue, found.source)] == [said, cue, source]
