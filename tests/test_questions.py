"""Interviews in which the layout alone shows who speaks."""

from quotes.detectors.questions import answers
from quotes.models import Extent, Name

LEAD = "Wikinews spoke with {person}, who keeps the bees of the town hall, about swarms."
BODY = [
    "How many hives do you keep?",
    "I keep four. We lost one in March.",
    "Do your neighbours complain?",
    "Hardly ever. My neighbour asked for honey.\n\nHe got two jars.",
    "Nora Lindqvist on the roof. Image: A. Kim.",
    "What is next?",
    "A fifth.",
    "Lindqvist's stall is open on Saturdays.",
]


def said(paragraphs: list[str], *people: str) -> list[tuple[str, str]]:
    """Source and words of each answer, where ``people`` are the names known in the text."""
    text = "\n\n".join(paragraphs)
    names = [Name(Extent(text.index(p), text.index(p) + len(p)), "PER") for p in people]
    return [(a.source[0].of(text), a.content[0].of(text)) for a in answers(text, names)]


def test_the_paragraphs_between_questions_are_those_of_the_one_who_was_met() -> None:
    found = said([LEAD.format(person="Nora Lindqvist"), *BODY], "Nora Lindqvist")
    assert found == [
        ("Nora Lindqvist", words)
        for words in (
            "I keep four. We lost one in March.",
            "Hardly ever. My neighbour asked for honey.",
            "He got two jars.",
            "A fifth.",
        )
    ]


def test_a_column_whose_author_met_somebody_is_no_interview() -> None:
    assert said(["Last week I spoke with Nora Lindqvist about swarms.", *BODY], "Nora Lindqvist") == []


def test_questions_that_turn_to_nobody_are_the_reporters_own() -> None:
    rhetorical = [
        "Is it safe?",
        "Our reporters read the trial.",
        "Who gets it?",
        "We all do.",
        "When?",
        "In May, in our view.",
    ]
    assert said([LEAD.format(person="Nora Lindqvist"), *rhetorical], "Nora Lindqvist") == []


def test_two_who_are_interviewed_are_not_told_apart() -> None:
    both = LEAD.format(person="Nora Lindqvist and Ole Brandt")
    assert said([both, *BODY], "Nora Lindqvist", "Ole Brandt") == []


def test_a_name_that_is_only_talked_about_answers_nothing() -> None:
    lead = "Wikinews interviewed the owner of a shop about Nora Lindqvist."
    assert said([lead, *BODY], "Nora Lindqvist") == []


def test_an_article_with_a_question_or_two_is_no_interview() -> None:
    assert said([LEAD.format(person="Nora Lindqvist"), *BODY[:4]], "Nora Lindqvist") == []


def test_questions_nobody_answers_in_the_first_person_make_no_interview() -> None:
    prose = ["Why now?", "The town had no plan.", "Who pays?", "Nobody knows.", "And then?", "The bees stay."]
    assert said([LEAD.format(person="Nora Lindqvist"), *prose], "Nora Lindqvist") == []


def test_what_may_be_the_interviewers_is_not_put_into_the_other_ones_mouth() -> None:
    prompts = ["You were stung once.", "Bees sleep in winter. Talk us through that.", "Is it true? Some say so."]
    body = [line for prompt in prompts for line in (prompt, "We were warm in there.")]
    found = said([LEAD.format(person="Nora Lindqvist"), *BODY[:7], *body], "Nora Lindqvist")
    assert not {words for _, words in found} & set(prompts)
