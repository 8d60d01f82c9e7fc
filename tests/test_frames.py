"""Indirect speech by rule: verbs that share a subject, nouns of claiming, adverbs of hearsay, headlines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking import marked
from quotes import lexicon
from quotes.attribution import decide
from quotes.detectors import direct, frames, headlines
from quotes.detectors.clauses import Reader
from quotes.detectors.marks import quotations
from quotes.models import Attribution, Extent, Extents, Name

LEXICON = lexicon.load()
READER = Reader(LEXICON)
Roles = tuple[Extents, Extents, Extents]


def roles(found: Attribution) -> Roles:
    """The extents of an attribution."""
    return found.content, found.cue, found.source


def read(text: str, *learned: Attribution) -> list[Attribution]:
    """What is decided from some findings and from the rules."""
    marks = quotations(text, LEXICON)
    return decide(text, learned, direct.attributions(text, marks, [], LEXICON), marks, LEXICON)


@pytest.mark.parametrize(
    "rest",
    [
        "{content:1 talks had failed} and {cue:2 threatened} {content:2 to strike from Monday}.",
        "{content:1 the road was closed}, but {cue:2 admitted} that {content:2 repairs were late}.",
        "{content:1 the charge was old} and later {cue:2 denied} {content:2 knowing of it}.",
        "{content:1 the crews were brave} but {cue:2 slammed} {content:2 the slow warning}.",
        "{content:1 the crews as brave} but {cue:2 slammed} {content:2 the slow warning}.",
        "that {content:1 Lang would stay} and {cue:2 ruled out} {content:2 selling the yard}.",
        "that {content:1 the mayor intends to sell} and {cue:2 confirmed} that {content:2 a buyer was found}.",
        "{content:1 the mayor is ill} and {cue:2 demanded} {content:2 an inquiry}.",
        "that {content:1 the crews had been sent home}, and {cue:2 threatened} {content:2 to block the gates}.",
        "that {content:1 Lind had been sent home}, and {cue:2 threatened} {content:2 to block the gates}.",
        "that {content:1 the roof had split in August} and {cue:2 promised} {content:2 to pay}.",
    ],
)
def test_a_second_verb_of_the_same_subject_is_a_claim_of_its_own(rest: str) -> None:
    case = marked("{source:1 {source:2 The union}} {cue:1 said} " + rest)
    first, second = case.attributions
    found = read(case.text, Attribution((Extent(first.content[0].start, len(case.text) - 1),), first.cue, first.source))
    assert [roles(a) for a in found] == [roles(first), roles(second)]


def test_a_question_left_open_right_behind_a_report_is_a_claim_of_its_own() -> None:
    case = marked(
        "{source:1 {source:2 The union}} {cue:1 said} that {content:1 it would strike}, but {cue:2 did not say} "
        "{content:2 when or where}."
    )
    first, second = case.attributions
    assert [roles(a) for a in frames.coordinated(case.text, [first], READER)] == [roles(first), roles(second)]
    text = case.text.replace("did not say", "did not care")
    assert len(frames.coordinated(text, [first], READER)) == 1


def test_a_verb_that_has_its_claim_ends_the_one_before() -> None:
    case = marked(
        "{source:1 {source:2 {source:3 Smith}}} {cue:1 criticised} {content:1 the plan} and {cue:2 praised} "
        "{content:2 the workers} and {cue:3 said} that {content:3 it rained}."
    )
    first, praised, said = case.attributions
    found = frames.coordinated(case.text, [first, said], READER)
    assert sorted(map(roles, found)) == sorted(map(roles, [first, praised, said]))


@pytest.mark.parametrize(
    "said",
    [
        "Jones had lied and threatened to sue",  # who threatened? Jones perhaps
        "the roof leaked and the walls were damp",
        "it was a threat and that nobody would go",
        "talks went on and promised little",
        "Ek had taken the keys, hid the map, and denied driving the van",
        "Ek took the keys, hid the map, and denied driving the van",
        "Lind lost the vote, left the room, and promised to return",
        "the storm took the pier, left the quay, and threatened to return",
    ],
)
def test_what_may_be_somebody_elses_verb_stays_where_it_is(said: str) -> None:
    case = marked(f"{{source Smith}} {{cue said}} {{content {said}}}.")
    assert [roles(a) for a in frames.coordinated(case.text, case.attributions, READER)] == [roles(case.attributions[0])]


def test_the_verb_before_a_participle_has_a_claim_too() -> None:
    case = marked(
        "{source:1 {source:2 Marta}} {cue:1 rejected} {content:1 the charge}, {cue:2 saying} {content:2 it was old}."
    )
    assert [roles(a) for a in read(case.text, case.attributions[1])] == [roles(a) for a in case.attributions]


@pytest.mark.parametrize(
    "markup",
    [
        "{cue Reports} that {content the dam had burst} caused panic.",
        "{cue The allegation} by {source lawyer Rosa Medina} that {content files were burned} shocked the court.",
        "There is no evidence for {source Walker's} {cue claim} that {content the vote was rigged}.",
        "{source The company's} {cue promise} {content to rebuild the school} was not kept.",
        "Despite {cue warnings} from {source engineers} that {content the wall was weak}, work went on.",
    ],
)
def test_a_noun_of_claiming_leads_to_what_was_claimed(markup: str) -> None:
    case = marked(markup.replace("{cue The allegation}", "The {cue allegation}"))
    assert [roles(a) for a in read(case.text)] == [roles(a) for a in case.attributions]


@pytest.mark.parametrize(
    "text",
    [
        "The claim that he made to voters was false.",
        "The report that was published on Monday is long.",
        "The claim that paid is best.",
        "Claims that the firm, which was sold, paid bribes, are false.",
    ],
)
def test_a_relative_clause_is_not_what_was_claimed(text: str) -> None:
    assert read(text) == []


def test_a_claim_inside_what_somebody_rejects_is_kept_where_its_source_is_known() -> None:
    case = marked(
        "{source:1 Smith} {cue:1 dismissed} {content:1 {source:2 Jones's} {cue:2 claim} "
        "that {content:2 the bridge across the river was unsafe}}."
    )
    assert {roles(a) for a in read(case.text, case.attributions[0])} == {roles(a) for a in case.attributions}


@pytest.mark.parametrize(
    "markup",
    [
        "{content Two guards} {cue allegedly} {content slept}.",
        "{cue Reportedly}, {content the singer left the hotel at dawn}.",
        "She moved to Lisbon after {content her husband} {cue reportedly} {content lost his job}.",
        "{content The ship had} {cue reportedly} {content left port}, but no one saw it.",
    ],
)
def test_what_an_adverb_of_hearsay_tells_has_no_source(markup: str) -> None:
    case = marked(markup)
    (found,) = read(case.text)
    assert roles(found) == roles(case.attributions[0])
    assert found.hearsay
    assert found.source == ()


@pytest.mark.parametrize("text", ["The reportedly haunted house was sold.", "A man who allegedly ran was found."])
def test_an_adverb_before_an_adjective_or_in_a_relative_clause_tells_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("markup", "negated"),
    [
        ("{source She} {cue declined to comment on} {content the leak}.", True),
        ("{source She} {cue refused to say} {content who had paid}.", True),
        ("{source She} {cue refused} {content to leave the house}.", False),
    ],
)
def test_what_somebody_declined_to_speak_of_is_the_content(markup: str, negated: bool) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    verb = Extent(wanted.cue[0].start, wanted.cue[0].start + len(wanted.cue[0].of(case.text).split()[0]))
    raw = Attribution((Extent(verb.end + 1, wanted.content[0].end),), (verb,), wanted.source)
    (found,) = read(case.text, raw)
    assert roles(found) == roles(wanted)
    assert found.negated is negated


def test_to_decline_to_comment_on_nothing_is_no_claim() -> None:
    case = marked("{source The bank} {cue declined} {content to comment}.")
    assert read(case.text, *case.attributions) == []


@pytest.mark.parametrize(
    ("markup", "mode"),
    [
        ("{content Work could start in May} if {source the council} {cue agrees}.", "attitude"),
        ("{source Rovers} {cue will appeal against} {content the fine}.", "attitude"),
        ("{source The rebels} {cue called} {content a ceasefire}.", "attitude"),
        ("{source The mayor} {cue called} {content the fine a scandal}.", "statement"),
        ("{source The mayor} {cue said} {content it}.", "attitude"),
        ("{source The mayor} {cue will say} that {content the fine is a scandal}.", "statement"),
    ],
)
def test_what_is_supposed_or_still_to_come_is_no_statement(markup: str, mode: str) -> None:
    case = marked(markup)
    (found,) = read(case.text, *case.attributions)
    assert found.mode == mode


@pytest.mark.parametrize(
    "markup",
    [
        "{source Airline chief Petra Maldini} {cue threatened} {content to cut routes}.",
        "It was late. {source Silvestri} {cue denied} {content owning the van}.",
        "{source The mayor} {cue has vowed} {content to plant 2,000 trees}.",
        "{source The news agency} {cue reported}, citing {cited two officials}, that {content the ferry had sunk}.",
    ],
)
def test_a_sentence_that_is_subject_verb_and_deed_is_read_by_its_frame(markup: str) -> None:
    case = marked(markup)
    (found,), (wanted,) = read(case.text), case.attributions
    assert roles(found) == roles(wanted)
    assert found.cited == wanted.cited


@pytest.mark.parametrize(
    "text",
    [
        "The storm threatened to flood the town.",
        "The man who admitted stealing the car denied it.",
        "Fears of a strike threatened to end the talks.",
        "Hurricane Milton threatened to flood the town.",
        "Liverpool threatened to score twice.",
    ],
)
def test_nobody_promises_who_is_nobody(text: str) -> None:
    assert read(text) == []


def test_speech_goes_on_in_the_conditional_without_a_cue() -> None:
    case = marked(
        "{source:1 {source:2 Ines Falk}} {cue:1 said} {content:1 the quay was sinking}. "
        "{content:2 It would be under water within a decade}. It has been there for a century."
    )
    found = read(case.text, case.attributions[0])
    assert [roles(a) for a in found] == [roles(a) for a in case.attributions]


def test_speech_goes_on_with_what_there_would_be() -> None:
    case = marked(
        "{source:1 {source:2 She}} {cue:1 said} {content:1 every site was looked at}. {content:2 There would be no "
        "word before May}. It rained."
    )
    assert [roles(a) for a in read(case.text, case.attributions[0])] == [roles(a) for a in case.attributions]


@pytest.mark.parametrize(
    "after",
    [
        "The harbour is old.",  # no conditional
        'Swimmers could have told her." And that was that.',  # marks
        'It would, she added, be "a disaster".',  # a cue of its own
        "For the town, it would be a disaster.",
        "If it sank, the town would pay.",
        "She would die two years later in Paris.",
        "Police would find the body.",
        "The quay would later be sold.",
    ],
)
def test_what_the_reporter_goes_on_with_is_not_given_to_the_source(after: str) -> None:
    case = marked(f"{{source Ines Falk}} {{cue said}} {{content the quay was sinking}}. {after}")
    assert list(frames.carried(case.text, case.attributions, READER)) == []


def test_what_had_happened_goes_on_with_a_report_and_what_one_had_does_not() -> None:
    for after, goes_on in (("It had been closed twice.", True), ("She had been mayor since May.", False)):
        case = marked(f"{{source Ines Falk}} {{cue said}} {{content the quay was sinking}}. {after}")
        found = [case.words(a.content) for a in frames.carried(case.text, case.attributions, READER)]
        assert found == ([(after[:-1],)] if goes_on else [])


def test_behind_a_quotation_the_reporter_goes_on() -> None:
    case = marked('{source Ines Falk} {cue said} {content "the quay is sinking"}. It would be the third to sink.')
    assert list(frames.carried(case.text, case.attributions, READER)) == []


@pytest.mark.parametrize(
    "markup",
    [
        "{content Bees vanish from orchards}, {source study} {cue finds}\n\nThe study found more.",
        "{source Whitlock}{cue :} {content We will not sell}\n\nDenis Whitlock said the offer was low.",
        "{content Ferry to stop in March}, {cue says} {source operator}\n\nThe ferry will stop.",
        "{source Police}{cue :} {content Man shot in Leeds}\n\nA man was shot, police said.",
        "{source Norges Bank} holds rate, {cue says} {content inflation not beaten}\n\nThe bank held its rate.",
        "{source Dock workers} end strike, {cue say} {content offer fair}\n\nThe docks opened.",
        "Ferry sinks; {content nobody missing}, {source crew} {cue say}\n\nThe ferry sank.",
        "Vote count: {source Lund} {cue hails} {content 'a good day'} after recount\n\nLund won.",
    ],
)
def test_a_headline_gives_its_words_to_somebody(markup: str) -> None:
    case = marked(markup)
    (found,) = headlines.read(case.text, [Name(Extent(0, 8), "PER")], READER)
    assert roles(found) == roles(case.attributions[0])


@pytest.mark.parametrize(
    "text",
    [
        "Review: the best film\n\nThe Review is here.",
        "Fire, smoke and fear, and no water runs\n\nThe mill burned.",
        "Rain, wind and snow, says not over yet\n\nIt snowed.",
    ],
)
def test_a_headline_that_names_nobody_gives_nothing(text: str) -> None:
    assert list(headlines.read(text, [], READER)) == []


WORDS = "Smith said that warned and but allegedly claim the report , . would It to denied lying promise by"
PIECES = st.sampled_from([*WORDS.split(), '"', "\n"])


@given(st.lists(PIECES, max_size=30))
def test_any_words_are_read_without_a_word_out_of_place(words: list[str]) -> None:
    text = " ".join(words)
    for found in read(text):
        for role in roles(found):
            assert list(role) == sorted(role)
            assert all(0 <= e.start < e.end <= len(text) for e in role)


def test_a_headline_repeats_what_somebody_says_below() -> None:
    case = marked(
        "{content:1 'We will stay'}: farms under water\n\n{source:2 Lund} {cue:2 said}: {content:2 'We will stay put.'}"
    )
    below = case.attributions[1]
    (found,) = headlines.again(case.text, [below])
    assert (found.content, found.source) == (case.attributions[0].content, below.source)
    assert not list(headlines.again(case.text.replace("stay put", "go"), [below]))


def test_a_quotation_that_opens_a_headline_is_said_by_the_person_behind_its_colon() -> None:
    below = "\n\nIt rained. Smith left."
    for line in (
        "{content 'It was a very dry year'}: {source Jo Smith} on her farm",
        '{content "It was a very dry year"}: a walk with farmer {source Jo Smith}',
        "{content 'IT WAS A VERY DRY YEAR'}: {source Jo Smith} sells farm",
    ):
        case = marked(line + below)
        person = Name(case.attributions[0].source[0], "PER")
        assert [roles(a) for a in headlines.read(case.text, [person], READER)] == [roles(case.attributions[0])]
        assert not list(headlines.read(case.text.replace("Smith left", "Lang left"), [person], READER))
        assert not list(headlines.read(case.text, [], READER))
    jailed = marked("{content 'It was a very dry year'}: {source Jo Smith} jailed" + below)
    assert not list(headlines.read(jailed.text, [Name(jailed.attributions[0].source[0], "PER")], READER))
