"""Reports within reports."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.attribution import decide
from quotes.detectors import direct, nested
from quotes.detectors.clauses import Reader
from quotes.detectors.forms import sentences_of
from quotes.detectors.marks import quotations
from quotes.models import Attribution
from quotes.senses import read

LEXICON = lexicon.load()
READER = Reader(LEXICON)


@pytest.mark.parametrize(
    "markup",
    [
        "Lind said {content:1 {source:2 Ek} {cue:2 had told} her {content:2 that the keys were lost}}.",
        "{content:1 {source:2 Lind} {cue:2 denied} {content:2 that the keys were lost}}, the agency reported.",
        "Lind said {content:1 {source:2 Ek} on Monday {cue:2 insisted} {content:2 she had the keys}. They were lost}.",
        "Lind says {content:1 that {source:2 the agency} {cue:2 said} {content:2 the ferry was full}}.",
        "A poll found {content:1 that {source:2 74 percent of voters} {cue:2 said} {content:2 Ek should go}}.",
        "The suit says {content:1 that {source:2 Chief Ek} {cue:2 ordered} Lind {content:2 to stop counting}}.",
        "She said {content:1 {source:2 he} {cue:2 warned} her {content:2 not to write it down}}.",
        "Both said {content:1 {source:2 they} {cue:2 had warned} managers {content:2 that the door was open}}.",
    ],
)
def test_an_indirect_content_that_begins_with_a_report_holds_another(markup: str) -> None:
    case = marked(markup)
    outer, wanted = case.attributions
    (inner,) = nested.reported(case.text, [outer], sentences_of(case.text, LEXICON), READER)
    assert roles(inner) == roles(wanted)


@pytest.mark.parametrize(
    "markup",
    [
        '{content:1 "It was no accident. {source:2 My uncle} {cue:2 said} {content:2 nobody checked the rope}."}',
        "{content:1 “Because {source:2 the vet} {cue:2 told} me {content:2 it was nothing}, and I believed her.”}",
        '{content:1 "{source:2 They} {cue:2 said} in May {content:2 that the well was dry}. We dug on."}',
        '{content:1 "{source:2 I} {cue:2 told} Ek {content:2 he would miss the bus and that I would not wait}"}',
        '{content:1 "{source:2 I} {cue:2 said} {content:2 stay put} and she said no"}',
        '{content:1 "{source:2 The doctor} {cue:2 said} {content:2 forty}. Then fifty."}',
        '{content:1 "{source:2 I} {cue:2 have promised} my son {content:2 that the boat stays}. It does."}',
        '{content:1 "{source:2 My brother} {cue:2 once called} {content:2 me a coward}."}',
        '{content:1 "{source:2 The paper} {cue:2 described} {content:2 him as a crank}."}',
        '{content:1 "What {source:2 he} {cue:2 said} was that {content:2 the boat had gone}."}',
        "Lind said {content:1 that it was late, he was tired. {source:2 Ek} {cue:2 said} {content:2 that it rained}}.",
    ],
)
def test_any_sentence_of_what_is_said_may_report_what_another_said(markup: str) -> None:
    case = marked(markup)
    outer, wanted = case.attributions
    (inner,) = nested.reported(case.text, [outer], sentences_of(case.text, LEXICON), READER)
    assert roles(inner) == roles(wanted)


@pytest.mark.parametrize(
    "words",
    ["He said nothing.", "She said sorry.", "I have promised a lot.", "They called us twice.", "What I like is tea."],
)
def test_words_that_report_nothing_are_no_report(words: str) -> None:
    case = marked(f'{{content "{words}"}}')
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


def test_what_somebody_denies_was_not_said() -> None:
    case = marked("{source The club} {cue denied} {content that Lind had offered to resign}.")
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


@pytest.mark.parametrize(
    "said",
    [
        "The samples could not prove that it was the heat",
        "It was found that the pump had failed",
        "This show we made for those who asked the poor to pay",
    ],
)
def test_what_nobody_says_is_no_report(said: str) -> None:
    case = marked(f'{{content "{said}."}}')
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


@pytest.mark.parametrize(
    "markup",
    [
        "Lind said {content:1 {source:2 no doctor} {cue:2 told} her {content:2 it was dangerous}}.",
        '{content:1 "{source:2 No official} {cue:2 said} {content:2 the bridge was safe},"} Smith said.',
        '{content:1 "{source:2 No minister} {cue:2 has promised} {content:2 to resign},"} Smith said.',
        "She warned {content:1 that {source:2 no minister} {cue:2 said} {content:2 the bridge was safe}}.",
    ],
)
def test_what_nobody_said_stays_unsaid(markup: str) -> None:
    case = marked(markup)
    outer, wanted = case.attributions
    (inner,) = nested.reported(case.text, [outer], sentences_of(case.text, LEXICON), READER)
    assert roles(inner) == roles(wanted)
    assert read(case.text, inner, "indirect", LEXICON).negated


def test_no_before_a_comma_is_an_answer_and_takes_nothing_back() -> None:
    case = marked('{content:1 "No, {source:2 the vet} {cue:2 said} {content:2 the goat was well},"} Smith said.')
    outer, wanted = case.attributions
    (inner,) = nested.reported(case.text, [outer], sentences_of(case.text, LEXICON), READER)
    assert roles(inner) == roles(wanted)
    assert not read(case.text, inner, "indirect", LEXICON).negated


@pytest.mark.parametrize(
    "said",
    [
        "Yes men said the bridge was safe",
        "The bill, Lind told us, is too high",
        "The price, the agency said, was fair",
        "So the plan, my boss said, was dead",
    ],
)
def test_words_before_a_clause_between_commas_are_nobodys_source(said: str) -> None:
    case = marked(f'{{content "{said},"}} Ann Lee said.')
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


@pytest.mark.parametrize(
    "said",
    [
        "He said the same thing last year",
        "The priest said a prayer for us",
        "Critics say a lot of things",
        "They told me the whole story",
        "She promised me a red dress",
        "I told him a hundred times",
        "He said it a hundred times",
        "He told us the tired old joke",
    ],
)
def test_a_noun_that_is_said_is_no_report(said: str) -> None:
    case = marked(f'{{content "{said},"}} Ann Lee said.')
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


@pytest.mark.parametrize("said", ["the harbour was closed", "that it was late", "he knew", ""])
def test_a_plain_content_holds_none(said: str) -> None:
    case = marked(f"Lind said {{content {said or 'so'}}}.")
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


def test_what_i_said_at_another_time_is_a_report_inside_a_quotation() -> None:
    case = marked(
        '{content:1 "It was late. {source:2 I} {cue:2 told} my son {content:2 to run}. '
        'And {source:3 we} {cue:3 warned} {content:3 that the fuses were old},"}'
    )
    outer, *wanted = case.attributions
    found = list(nested.reported(case.text, [outer], sentences_of(case.text, LEXICON), READER))
    assert [roles(a) for a in found] == [roles(a) for a in wanted]


@pytest.mark.parametrize(
    "said", ["I say it was late.", "We will promise to pay.", "She and I said it was late.", "I ran."]
)
def test_what_i_say_now_is_the_quotation_itself(said: str) -> None:
    case = marked(f'{{content "{said}"}} Smith said.')
    assert list(nested.reported(case.text, case.attributions, sentences_of(case.text, LEXICON), READER)) == []


def test_a_quotation_inside_a_quotation_is_said_by_whom_the_outer_one_names() -> None:
    case = marked("{content:1 \"{source:2 He} {cue:2 told} me {content:2 'no way'},\"} {source:1 Smith} {cue:1 said}.")
    marks = quotations(case.text, LEXICON)
    rules = direct.attributions(case.text, marks, [], LEXICON)
    decided = decide(case.text, [], rules, marks, LEXICON)
    assert [roles(a) for a in decided] == [roles(a) for a in case.attributions]


def roles(found: Attribution) -> tuple[object, ...]:
    """The extents of an attribution."""
    return found.content, found.cue, found.source
