"""Direct speech by rule, construction by construction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marking import marked
from quotes.detectors.direct import attributions
from quotes.detectors.marks import quotations
from quotes.lexicon import load
from quotes.models import Attribution, Extent, Name

LEXICON = load()


def read(text: str, names: list[Name] | None = None) -> list[Attribution]:
    """The direct speech of a text."""
    return attributions(text, quotations(text, LEXICON), names or [], LEXICON)


def roles(found: Attribution) -> tuple[object, ...]:
    """What the builder marks: the extents of content, cue and source."""
    return found.content, found.cue, found.source


CASES = [
    '{content "We won,"} {source Smith} {cue said}.',
    '{content "We won,"} {cue said} {source Smith, the mayor of York}, on Monday.',
    '{source Smith} {cue said}: {content "We won it all."}',
    '{source Smith} {cue told} reporters in Amman on Sunday, {content "We won it all."}',
    '{content "We will rebuild,"} {source Tate} {cue said}, {content "even if it takes years."}',
    '{content:1 "We will,"} {source:1 {source:2 Tate}} {cue:1 said}. {content:2 "We always do it."}',
    '{content:1 "It works,"} {source:1 she} {cue:1 said}. {content:2 "It is fine,"} {source:2 she} {cue:2 added}.',
    '{content "First line.}\n\n{content "Second line.}\n\n{content "Third,"} {source he} {cue said}.',
    '{content "It is over,"} {source Cable, who replaced Farron in July}, {cue said}.',
    '{content "We are fine,"} {cue said} {source John Smith, 45, a teacher from Leeds, who lost his house}.',
    '{content "Not today,"} {cue said} {source a senior US official}, speaking on condition of anonymity.',
    '{content "No,"} {cue said} {source the spokesman for the ministry of defence}.',
    '{content "It works,"} {source the company} {cue said} in a statement on Tuesday.',
    '{content "It is hot,"} {source two officials} {cue say}.',
    '{content "It is cold,"} {source some} {cue say}.',
    '{content "Why?"} {source Smith} {cue asked}.',
    '{content "Great day!"} {source he} {cue tweeted}.',
    '{content:1 "{source:2 He} {cue:2 told} me {content:2 \'no\'},"} {source:1 Smith} {cue:1 said}.',
    "{content 'We are ready,'} {source Smith} {cue said}.",
    '{content The merger was}, {cue in the words of} {source one banker}, {content "a marriage of debts"}.',
    '{source The ministry} {cue gave no} {content date for the vote}, and left.',
    "{source Mayor Ann Tate} {cue offered no} {content further explanation}.",
    "{content «We are ready», } {source Smith} {cue said}.".replace(", }", "}, "),
    '{source Burton and Nick} {cue said}, {content "We are done."}',
    'In a statement, {source the ministry} {cue said}: {content "It is over for us."}',
    'On Twitter, {source Trump} {cue wrote}: {content "SAD and bad."}',
    '{source He} shook his head, {cue adding}: {content "I never knew this."}',
    '{source Smith} praised the plan and {cue added}: {content "It is good for all."}',
    '{source Hillary} {cue shot back}, {content "I suppose I could have."}',
    '{content "They are all here,"} {source Bennett} {cue shot back} with a laugh.',
    '{cue Said} {source Dorothy Poynter, who grew up here}, {content "We were so proud of him."}',
    '{source She} {cue says} {content "we worked hard to keep it."}',
    '{cue According to} {source Smith}, {content "the plan is dead and gone."}',
    '{cue In the words of} {source the prosecutor, Ada Popa}, {content "greed came first and sense came last."}',
    "{source:1 Q}{cue:1 :} {content:1 Were you afraid?}\n{source:2 A}{cue:2 :} {content:2 Every night. I was.}",
    "{source:1 Ek}{cue:1 :} {content:1 Who?}\n\n{source:2 Lind}{cue:2 :} {content:2 Me.}\n\n"
    "{source:3 Ek}{cue:3 :} {content:3 Why?}",
    '{content "The plan is gone,"} as {source Smith} {cue put it}.',
    '{source Smith}{cue :} {content "I am not going."}',
    'And from {source Chairwoman Rosenworcel}{cue :}\n{content "We must act now."}',
    '{source:1 WALLACE}{cue:1 :} {content:1 Good evening to you.}\n{source:2 SMITH}{cue:2 :} {content:2 Thank you.}',
    '{content "We must act now."} — {source Commissioner Starks}',
    '{content "We must act now."}\n— {source Jane Doe, mayor of York}',
    '{content The time to act is now, and not later.}\n— {source Jane Doe, mayor of York}',
    '{source Smith} was furious. {content "They lied to us all."}',
    'Blumenthal {cue was asked}, {content "If you had known?"}',
    '{content "We are out of money here."}',
]  # fmt: skip


@pytest.mark.parametrize("markup", CASES)
def test_a_construction_is_read_as_marked(markup: str) -> None:
    case = marked(markup)
    assert [roles(a) for a in read(case.text)] == [roles(a) for a in case.attributions]


def test_words_before_the_marks_belong_to_what_was_said() -> None:
    case = marked(
        '{content ISIS "is shrinking,"} {source Brett McGurk, the envoy}, {cue told} a news conference in Amman.'
    )
    (found,) = read(case.text)
    assert roles(found) == roles(case.attributions[0])
    assert found.kind == "mixed"
    assert case.words(found.told) == ("a news conference in Amman",)


@pytest.mark.parametrize(
    "text",
    [
        'Smith said the plan was "unacceptable".',
        'He read "The Long Road" on the train.',
        'William "Bill" Smith left the "woke" agenda alone.',
        "It’s the workers' choice, not the boss's.",
        "FACTS: one line in capitals is no transcript.",
    ],
)
def test_fragments_titles_and_names_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_turns_under_full_names_stand_where_initials_take_them_up() -> None:
    text = "Karl Dorn: Why clay?\n\nDora Reiss: It forgives.\n\nKD: Always?\n\nDR: Not in the kiln."
    assert [e.of(text) for a in read(text) for e in a.source] == ["Karl Dorn", "Dora Reiss", "KD", "DR"]
    assert read("Karl Dorn: a life.\n\nDora Reiss: It forgives.") == []


def test_a_cue_is_read_for_what_it_means() -> None:
    (denied,) = read('"It was not me," Smith denied.')
    assert (denied.lemma, denied.stance, denied.negated, denied.kind) == ("deny", "deny", False, "direct")
    assert denied.detector == "rules"


def test_the_plainer_the_pattern_the_surer() -> None:
    said = read('"We won it all," Smith said.')[0].confidence
    nearby = read('Smith was furious. "They lied to us all."')[0].confidence
    nobody = read('"They lied to us all."')[0].confidence
    assert said > nearby > nobody


def test_a_name_is_believed_before_a_guess() -> None:
    text = 'The day was hard on Smith. "They lied to us all."'
    start = text.index("Smith")
    (found,) = read(text, [Name(Extent(start, start + 5), "PER")])
    assert [e.of(text) for e in found.source] == ["Smith"]


def test_the_next_paragraph_goes_on_with_the_speaker() -> None:
    text = '"We won it," Smith said. "All of it."\n\n"And we will win again."'
    assert [e.of(text) for a in read(text) for e in a.source] == ["Smith", "Smith", "Smith"]


PROSE = st.lists(
    st.sampled_from(
        ['"', "“", "”", "'", "’", "We won", "Smith", "said", ", ", ". ", "\n", ": ", "who", "the mayor", "— "]
    ),
    max_size=40,
).map(" ".join)


@given(PROSE | st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_whatever_the_text_extents_stay_inside_it(text: str) -> None:
    found = read(text)
    for attribution in found:
        extents = [*attribution.content, *attribution.cue, *attribution.source, *attribution.told]
        assert all(0 <= e.start < e.end <= len(text) for e in extents)
        assert attribution.content == tuple(sorted(attribution.content))
    assert found == sorted(found, key=lambda a: a.content)


def test_a_turn_goes_on_in_the_paragraphs_below_it_up_to_the_next() -> None:
    case = marked(
        "{source:1 EK}{cue:1 :} {content:1 I would say sorry.}\n\n{content:2 But nobody lost a cent.}\n\n(Laughter)\n\n"
        "{source:3 LIND}{cue:3 :} {content:3 Who was to blame?}\n\nThe two spoke in Malby."
    )
    one, further, other = case.attributions
    assert [(a.content, a.source) for a in read(case.text)] == [
        (one.content, one.source),
        (further.content, one.source),
        (other.content, other.source),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She ordered a pizza to share with friends.",
        "The army ordered 40 tanks to modernise its force.",
        "The plan required two years to finish.",
        "The minister invited reporters to dinner at the residence.",
        "Captain Hale told the man next to him to sit.",
    ],
)
def test_an_infinitive_behind_a_verb_of_asking_is_no_request_by_its_place(text: str) -> None:
    assert read(text) == []


def test_a_turn_is_whole_with_the_quotations_in_it() -> None:
    case = marked(
        '{source:1 EK}{cue:1 :} {content:1 He wrote "sorry" on a napkin. Then he left.}\n\n'
        '{source:2 LIND}{cue:2 :} {content:2 "Sorry" is a word.}'
    )
    one, other = case.attributions
    found = [(a.content, a.source) for a in read(case.text)]
    assert (one.content, one.source) in found
    assert all(content[0].start >= other.content[0].start for content, _ in found if content != one.content)
