"""What is meant by "the MP", "the carmaker" or "the man" behind a first sentence that names somebody."""

from __future__ import annotations

import pytest

from marking import marked
from quotes.lexicon import load
from quotes.models import Extent, Name
from quotes.speakers import resolve

FIRM = ("Tarn", "Ford", "Nvidia", "Oxfam", "Google", "Apple", "Leeds United")


def speaker(first: str, reference: str) -> str:
    case = marked(f"{first} {{source {reference}}} {{cue said}} {{content it was good}}.")
    begins = ((case.text.find(firm), firm) for firm in FIRM)
    names = [Name(Extent(at, at + len(firm)), "ORG") for at, firm in begins if at >= 0]
    (claim,) = resolve(case.text, case.attributions, names, [], load("en"))
    return claim.resolution.speaker.name if claim.resolution.speaker else ""


@pytest.mark.parametrize(
    ("first", "reference"),
    [
        ("Labour MP Ann Quill spoke.", "The Labour MP"),
        ("Ann Quill, the Labour MP for Leeds, spoke.", "The backbencher"),
        ("Ann Quill, chief executive of Tarn, spoke.", "The CEO"),
        ("Ann Quill, founder of Tarn, spoke.", "The entrepreneur"),
        ("District Attorney Ann Quill spoke.", "The prosecutor"),
        ("District Attorney Ann Quill spoke.", "The district attorney"),
        ("Headteacher Ann Quill spoke.", "The head"),
        ("Dr Ann Quill, a cardiologist, spoke.", "The cardiologist"),
        ("Songwriter Ann Quill spoke.", "The songwriter"),
        ("Mother-of-two Ann Quill spoke.", "The mother"),
        ("Ann Quill, a lawyer from Leeds, spoke.", "The Leeds-based lawyer"),
        ("Ann Quill, 34, was charged with fraud.", "The accused"),
        ("Ann Quill, 34, was charged with fraud.", "The defendant"),
        ("Ann Quill stands trial for fraud.", "The defendant"),
    ],
)
def test_a_person_is_meant_by_a_noun(first: str, reference: str) -> None:
    assert speaker(first, reference) == "Ann Quill"


@pytest.mark.parametrize(
    ("first", "reference", "name"),
    [
        ("Carmaker Ford closed two sites.", "The carmaker", "Ford"),
        ("Carmaker Ford closed two sites.", "The company", "Ford"),
        ("LEEDS (Wire) - Chipmaker Nvidia closed two sites.", "The chipmaker", "Nvidia"),
        ("Charity Oxfam closed two sites.", "The charity", "Oxfam"),
        ("Leeds United closed two sites.", "The club", "Leeds United"),
        ("Ford closed two sites.", "The Dearborn, Michigan-based carmaker", "Ford"),
        ("The World Health Organization met.", "The WHO", "World Health Organization"),
        ("Pope Francis spoke.", "The pontiff", "Pope Francis"),
        ("King Charles spoke.", "The monarch", "King Charles"),
    ],
)
def test_an_organisation_or_a_sovereign_is_meant_by_a_noun(first: str, reference: str, name: str) -> None:
    assert speaker(first, reference) == name


def test_who_behind_a_firm_is_the_person_who_works_there() -> None:
    case = marked(
        "It rose, said Ann Quill, an analyst at Coe Bank, {source who} {cue rates} {content the stock “sell”}."
    )
    (claim,) = resolve(case.text, case.attributions, [], [], load("en"))
    assert claim.resolution.speaker is not None
    assert claim.resolution.speaker.name == "Ann Quill"


@pytest.mark.parametrize(
    ("first", "reference", "name"),
    [
        ("Ann Quill met Tom Lee.", "The woman", "woman"),
        ("Ann Quill was shot by a woman.", "The woman", "woman"),
        ("Tom Quill spoke.", "The woman", "woman"),
        ("Tom Quill, whose son died, spoke.", "The mother", "mother"),
        ("Huawei lost the case.", "The US company", "US company"),
        ("A crane fell on a house in Chelsea.", "The company", "company"),
        ("He wrote on Facebook that he was sad.", "The company", "company"),
        ("Inspector Paul Hart spoke.", "The man", "man"),
        ("Dr. King led the march.", "His doctor", "doctor"),
        ("A reporter called Ann Quill on Monday.", "The reporter", "reporter"),
        ("The suspect is Ann Quill's son.", "The suspect", "suspect"),
        ("The next speaker was Ann Quill.", "The speaker", "speaker"),
        ("Ann Quill, one of the lawyers who sued, spoke.", "The lawyer", "lawyer"),
        ("Ann Quill was arrested by mistake.", "The suspect", "suspect"),
        ("Football boss Ann Quill spoke.", "The CEO", "CEO"),
        ("Ann Quill, a baker's daughter, spoke.", "The daughter", "daughter"),
        ("Ann Quill stands behind the judge.", "The defendant", "defendant"),
        ("Ann Quill, MP, spoke.", "A Tory MP", "Tory MP"),
    ],
)
def test_who_is_not_meant(first: str, reference: str, name: str) -> None:
    assert speaker(first, reference) == name


@pytest.mark.parametrize("source", ["Grocer Patel", "Charity Jones", "Pollster Nate Silver", "Publisher Ann Lee"])
def test_who_deals_in_something_may_be_a_person(source: str) -> None:
    case = marked(f"{{source {source}}} {{cue said}} {{content it would close}}.")
    (claim,) = resolve(case.text, case.attributions, [Name(Extent(0, len(source)), "PER")], [], load("en"))
    assert claim.resolution.speaker is not None
    assert claim.resolution.speaker.type == "person"


@pytest.mark.parametrize("noun", ["Carmaker", "Drugmaker", "Retailer", "Regulator", "Brewer", "Charity"])
def test_what_a_firm_is_begins_a_sentence_and_not_its_name(noun: str) -> None:
    case = marked(f"{{source {noun} Ford}} {{cue said}} {{content it would close}}.")
    for label in ("ORG", "PER"):
        name = Name(Extent(0, len(noun) + 5), label)
        (claim,) = resolve(case.text, case.attributions, [name], [], load("en"))
        assert claim.resolution.speaker is not None
        assert (claim.resolution.speaker.name, claim.resolution.speaker.type) == ("Ford", "organisation")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Tesla", "Tesla"),
        ("BP", "BP"),
        ("Morgan Stanley", "Morgan Stanley"),
        ("Save the Children", "Save the Children"),
        ("Doctors Without Borders", "Doctors Without Borders"),
        ("WHO", "WHO"),
        ("McDonald's", "McDonald's"),
        ("McDonald’s", "McDonald’s"),
        ("Standard & Poor's", "Standard & Poor's"),
        ("The Kremlin", "Kremlin"),
        ("The Duma", "Duma"),
        ("Iran's state TV", "Iran's state TV"),
        ("State television", "State television"),
    ],
)
def test_an_organisation_is_no_person_where_nothing_else_tells(source: str, name: str) -> None:
    case = marked(f"{{source {source}}} {{cue said}} {{content it was good}}.")
    bare = source.removeprefix("The ").removesuffix("'s").removesuffix("’s")
    seen = [Name(Extent(at, at + len(bare)), "PER")] if (at := case.text.find(bare)) >= 0 and " " not in bare else []
    (claim,) = resolve(case.text, case.attributions, seen, [], load("en"))
    assert claim.resolution.speaker is not None
    assert (claim.resolution.speaker.name, claim.resolution.speaker.type) == (name, "organisation")


@pytest.mark.parametrize("first", ["Harrison Ford spoke.", "The actor is Harrison Ford, 83.", "Mr. Ford spoke."])
def test_a_person_may_bear_the_name_of_a_firm(first: str) -> None:
    case = marked(f"{first} {{source Ford}} {{cue said}} {{content it was good}}.")
    (claim,) = resolve(case.text, case.attributions, [], [], load("en"))
    assert claim.resolution.speaker is not None
    assert claim.resolution.speaker.type == "person"
