"""Indirect speech with its cue clause in the middle."""

from __future__ import annotations

import pytest

from marking import marked
from quotes import lexicon
from quotes.attribution import decide
from quotes.detectors import orders
from quotes.detectors.clauses import reader_of
from quotes.detectors.forms import sentences_of
from quotes.detectors.marks import quotations
from quotes.models import Attribution

LEXICON = lexicon.load()


def read(text: str) -> list[Attribution]:
    return list(orders.reported(text, sentences_of(text, LEXICON), reader_of(LEXICON)))


@pytest.mark.parametrize(
    "markup",
    [
        "{content The old pier}, {source she} {cue suggested}, {content had been rotten for years}.",
        "It rained. But {content the river}, {cue said} {source Lind}, {content is not to blame}. It rained on.",
        "{content The men who ran} – {source the police} {cue said} – {content were only cold}.",
        "{content The ferry}, {source Captain Ek} {cue told} the court, {content sank in a minute}.",
        "{content In May}, {source he} {cue said}, {content would come the bill}.",
        "{content Unless the council acts}, {source the mayor} {cue said}, {content the bridge will fall}.",
        "It rained. {content Without a new dam}, {source Lind} {cue said}, {content the town would drown}.",
        "{content FEMA - the federal agency}, {source Lind} {cue said}, {content has failed}.",
    ],
)
def test_what_stands_on_both_sides_of_the_clause_was_said(markup: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    (found,) = read(case.text)
    assert (found.content, found.cue, found.source) == (wanted.content, wanted.cue, wanted.source)


@pytest.mark.parametrize(
    "text",
    [
        "The pier was rotten, she said, and the town knew.",
        "Lind, who said it rained, was wet.",
        "Dr Ek, a vet in Malby, who did not take part, said the study looked at too few cats.",
        '"The pier," she said, "was rotten."',
        "The fund, called Harbour Aid, will pay.",
        "After the vote, Lind said, the party was over, Ek added.",
        "In the north, Lind said, and in the south too.",
        "The river is high, according to Lind, although one bridge, he said, is open.",
    ],
)
def test_another_clause_between_commas_interrupts_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "markup",
    [
        "{content:1 The old pier}, {source:1 she} {cue:1 suggested}, {content:2 had been rotten for years}.",
        "{content:1 Unless it rains}, {source:1 she} {cue:1 said}, {content:2 the well will be dry}.",
    ],
)
def test_the_rule_takes_the_place_of_what_the_model_read_of_one_side(markup: str) -> None:
    case = marked(markup)
    half, rest = case.attributions
    (found,) = decide(case.text, [half], read(case.text), quotations(case.text), LEXICON)
    assert found.content == (*half.content, *rest.content)


@pytest.mark.parametrize(
    "markup",
    [
        "{content The bus was full and nobody got on}, {source a jury} {cue has heard}.",
        "MALBY, May 3 (Delta News) - {content Half of all wells would be dry by June}, {source a study of 1,140 farms} "
        "{cue showed}, a figure that surprised nobody.",
        "{content Bottled water was often old}, {source the study} {cue showed}.",
        "It rained. {content Everybody at the pier knew}, {source he} {cue said}.",
    ],
)
def test_a_clause_at_the_end_of_a_sentence_says_all_that_stands_before_it(markup: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    (found,) = read(case.text)
    assert (found.content, found.cue, found.source) == (wanted.content, wanted.cue, wanted.source)


@pytest.mark.parametrize(
    "text",
    [
        "Afterwards, said the pier was rotten, Lind.",
        "Ek, who saw it, said the pier was shut.",
        "Lind, whose boat sank in May, accused the harbour of neglect.",
        "While the crowd booed him, the minister apologised.",
        "After the storm had passed, the mayor said.",
        "Although he was tired, Lind agreed.",
        "Because the road was shut, drivers complained.",
        "Because the road was shut, drivers said.",
        "While the crowd booed him, the minister said.",
        "Asked whether the road was shut, Lind said.",
        "The band was good, fans cheered.",
    ],
)
def test_a_clause_with_words_of_its_own_says_nothing_of_what_stands_before_it(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "markup",
    [
        "Nobody spoke. {cue As} {source the skipper's own brother} {cue put it} in court, {content he feared fog}.",
        "{cue As} {source Captain Ek} {cue put it}, {content the fog had won}.",
        "{cue As} {source the skipper} {cue put it} to reporters on Monday, {content he feared fog}.",
        "{cue As} {source the skipper} {cue put it} in a recent interview, {content he feared fog}.",
        "{cue As} {source the skipper} {cue put it} at a news conference, {content he feared fog}.",
        "{cue As} {source the skipper} {cue put it} last week, {content he feared fog}.",
        "{cue As} {source the skipper} {cue put it} in a letter to his crew, {content he feared fog}.",
        "{source The police} {cue put} {content the death toll at 40}.",
        "{source The agency} {cue has put} {content the damage at more than 3.4 million euros}, a record.",
        "{source She} {cue put} {content the number of boats at 51,000} and left.",
        "It rained. {source An exit poll} {cue puts} {content Lund on 48.2% and Lind on 44%}. It rained.",
    ],
)
def test_what_somebody_put_in_words_or_figures(markup: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    (found,) = orders.put(case.text, sentences_of(case.text, LEXICON), reader_of(LEXICON))
    assert (found.content, found.cue, found.source) == (wanted.content, wanted.cue, wanted.source)


@pytest.mark.parametrize(
    "text",
    [
        "He put the boat at anchor in 1990.",
        "She put 40 euros on 3 horses.",
        "She put her hand at 5 and left.",
        "He put the car at 50 Main Street.",
        "The engineers put the sensor at 40 metres.",
        "The coach put Lind at 10 in the lineup.",
        "As he put it on the table, the glass broke.",
        "As the waiter put it down, Smith laughed.",
        "As the council put it in a drawer, the plan died.",
        "As the council put it on the table on Monday, the plan died.",
        "As the waiter put it to the wall, Smith laughed.",
    ],
)
def test_what_is_put_somewhere_is_not_said(text: str) -> None:
    assert list(orders.put(text, sentences_of(text, LEXICON), reader_of(LEXICON))) == []
