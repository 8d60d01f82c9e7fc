"""Who is told apart from whom: officials by number, families by what is printed, firms by what they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking import marked
from quotes.lexicon import load
from quotes.models import Extent, Name
from quotes.speakers import resolve
from quotes.speakers.names import compatible, misspelt
from quotes.speakers.register import MANY, Referent, Register
from quotes.speakers.vocabulary import vocabulary


def speakers(markup: str) -> list[str | None]:
    case = marked(markup)
    found = resolve(case.text, case.attributions, [], [], load("en"))
    return [c.resolution.speaker.name if c.resolution.speaker else None for c in found]


def links(markup: str) -> list[tuple[str, str]]:
    case = marked(markup)
    (claim, *_) = resolve(case.text, case.attributions, [], [], load("en"))
    return [(v.relation, v.extent.of(case.text)) for v in claim.chain]


def known(*names: str) -> Register:
    register = Register(vocabulary(load("en")))
    for name in names:
        words = tuple(name.lower().split())
        person = Referent("person", name, Extent(0, 0), words)
        register.people.append(person)
        register.by_surname[words[-1]].append(person)
        register.by_name[words] = person
    return register


@pytest.mark.parametrize(
    "second", ["the second official", "the other official", "another official", "the Norwegian official"]
)
def test_an_official_told_apart_by_a_word_is_not_the_first_one(second: str) -> None:
    first, other = speakers(
        f"{{source:1 A port official}} {{cue:1 said}} {{content:1 no}}. "
        f"{{source:2 {second[0].upper()}{second[1:]}}} {{cue:2 said}} {{content:2 yes}}."
    )
    assert first == "port official"
    assert other != first


def test_the_official_is_the_one_official_of_the_article() -> None:
    assert speakers(
        "{source:1 A port official} {cue:1 said} {content:1 no}. {source:2 The official} {cue:2 said} {content:2 yes}."
    ) == ["port official", "port official"]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Tarn Energy lost a ship.", "Tarn Energy"),
        ("The Tarn Ministry lost a ship.", "company"),
        ("Tarn Energy sued Brack Motors.", "company"),
        ("Tarn Express lost a ship. It rained. It snowed. It rained. It snowed.", "company"),
        ("Tarn Energy lost a ship. It rained. It snowed. It rained. It snowed.", "Tarn Energy"),
    ],
)
def test_the_company_is_the_one_firm_just_spoken_of(before: str, speaker: str) -> None:
    assert speakers(f"{before} {{source The company}} {{cue said}} {{content it was late}}.") == [speaker]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The younger Stein", "Petra Stein"),
        ("The elder Stein", "Rolf Stein"),
        ("Mr Stein", "Rolf Stein"),
        ("Petra", "Petra Stein"),
        ("Stein", None),
    ],
)
def test_a_surname_of_two_is_told_by_age_title_or_given_name(source: str, speaker: str | None) -> None:
    family = (
        "Mr Rolf Stein and his daughter, Petra Stein, have run the little inn behind the station since last winter."
    )
    assert speakers(f"{family} {{source {source}}} {{cue said}} {{content no}}.") == [speaker]


def test_a_surname_printed_once_for_two_is_both_their_name() -> None:
    assert speakers(
        """{source:1 Ada and Felix Munro} {cue:1 said} {content:1 no}. {source:2 Ada} {cue:2 said} {content:2 yes}.
        {source:3 Munro} {cue:3 said} {content:3 nothing}."""
    ) == ["Ada Munro and Felix Munro", "Ada Munro", None]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("We spoke with the climber Ann Lee.", "Ann Lee"),
        ("We spoke with the climber Ann Lee about her friend Tom Ford.", "Ann Lee"),
        ("Ann Lee climbed with the guide Tom Ford and the guide Sue Roy.", "Tom Ford"),
        ("Ann Lee met Tom Ford.", None),
        ("It rained.", None),
    ],
)
def test_the_lines_of_an_interview_are_its_guest_s(before: str, speaker: str | None) -> None:
    markup = f"{before}\n\n{{source:1 Q}}: {{content:1 Why?}}\n\n{{source:2 A}}: {{content:2 Because.}}"
    assert speakers(markup) == [None, speaker]


@pytest.mark.parametrize(
    ("about", "they"),
    [
        ("Robin Vance (they/them) won.", "Robin Vance"),
        ("Robin Vance, who uses they/them pronouns, won.", "Robin Vance"),
        ("Robin Vance won.", None),
    ],
)
def test_they_is_one_person_only_where_the_text_says_so(about: str, they: str | None) -> None:
    assert speakers(f"{about} {{source They}} {{cue said}} {{content it was fun}}.") == [they]


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("{cue told} the BBC {content it rained}", [("told", "the BBC")]),
        ("{cue assured} the committee {content it rained}", [("told", "the committee")]),
        ("{cue wrote} to the mayor {content that it rained}", [("told", "the mayor")]),
        ("{cue warned} on Sunday {content that it would rain}", []),
        ("{cue is said to} {content have rained}", []),
    ],
)
def test_who_was_told(words: str, link: list[tuple[str, str]]) -> None:
    assert links(f"{{source Ann Lee}} {words}.") == link


NAMES = st.text("abc", min_size=4, max_size=7)


@given(st.lists(NAMES, max_size=8, unique=True), NAMES)
def test_a_name_with_a_letter_amiss_is_found_as_if_all_were_compared(surnames: list[str], name: str) -> None:
    register = known(*(f"Ann {s}" for s in surnames))
    expected = {f"Ann {s}" for s in surnames if misspelt(name, s)}
    assert {p.name for p in register.nearly(name) if p.words[-1] != name} == expected


def test_among_very_many_of_one_surname_only_a_whole_name_is_somebody() -> None:
    register = known(*(f"{'x' * n} Smith" for n in range(1, MANY + 2)))
    assert [p.name for p in register.bearers(("xxx", "smith"))] == ["xxx Smith"]
    assert register.bearers(("y", "smith")) == []
    assert len(register.person(("smith",))) > 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("harlan cobb jr", "cobb jr", True), ("harlan cobb sr", "cobb jr", False), ("cobb jr", "harlan cobb", False)],
)
def test_a_junior_without_a_given_name_is_that_junior(one: str, other: str, same: bool) -> None:
    assert compatible(tuple(one.split()), tuple(other.split())) is same
    assert compatible(tuple(other.split()), tuple(one.split())) is same


def test_who_helped_somebody_to_speak_does_not_speak() -> None:
    assert speakers(
        "Cross-examined by {source Hugo Brill, for the defence, an engineer, Dr Amina Said}, "
        "{cue accepted} {content that sheds burn}."
    ) == ["Amina Said"]


@pytest.mark.parametrize(("source", "speaker"), [("Ann Lee", "Ann Lee"), ("Two residents", "Two residents")])
def test_who_heard_something_is_the_one_who_passes_it_on(source: str, speaker: str) -> None:
    assert speakers(f"{{source {source}}} {{cue heard}} {{content that the bank had failed}}.") == [speaker]


@pytest.mark.parametrize(
    "before",
    [
        "Ann Lee, 54, of Mill Lane, Malby, denies two counts of arson.",
        "Ann Lee pleaded not guilty to arson.",
        "Ann Lee denies arson and two counts of theft.",
        "Ann Lee has been charged with arson.",
        "Ann Lee, 54, was indicted on Monday.",
        "Ann Lee appeared at Malby Crown Court charged with arson.",
        "Ann Lee appeared at Malby Crown Court on Monday. She denies the charge.",
    ],
)
def test_who_is_tried_is_the_defendant(before: str) -> None:
    assert speakers(f"{before} {{source The defendant}} {{cue said}} {{content he was sorry}}.") == ["Ann Lee"]


@pytest.mark.parametrize(
    "before",
    [
        "Maria Lopez wept as her son's killer pleaded guilty to murder.",
        "Ann Lee, 40, saw the man charged with arson.",
        "Ann Lee, whose brother, Tom, denies two counts of arson, wept.",
        "Maria Lopez told reporters the charge was fair.",
        "Maria Lopez denied the charge was fair.",
        "Maria Lopez denied that her son's killer was guilty.",
        "Maria Lopez faced her son's killer on a charge of murder.",
        "Maria Lopez charged into the room.",
        "Ann Lee was not charged with arson.",
        "Ann Lee could be charged with arson.",
        "Ann Lee was accused of lying.",
        "Ann Lee did not deny the charge.",
        "Maria Lopez denied the story and faced charges.",
        "Maria Lopez was in court. She wept as he pleaded guilty.",
        "Maria Lopez spoke on Monday. She denies the charge was fair.",
    ],
)
def test_who_only_speaks_of_a_charge_is_no_defendant(before: str) -> None:
    assert speakers(f"{before} {{source The defendant}} {{cue said}} {{content he was sorry}}.") == ["defendant"]


def test_only_who_is_called_a_relative_is_one() -> None:
    assert speakers(
        "Ada Lindqvist is a pilot. Her son met Tom Poole on Monday. "
        '{source:1 Poole} {cue:1 said}: {content:1 "{source:2 My mother} {cue:2 said} {content:2 flying was easy}."}'
    ) == ["Tom Poole", "My mother"]


@pytest.mark.parametrize(
    ("before", "said", "speaker"),
    [
        ("Mary Poole is a pilot. Her brother met Tom Poole, a lawyer, on Monday.", "it was late", None),
        ("Orsolya Brandt paints. Her father, Imre Brandt, is a smith.", "iron was dear and his back hurt", None),
        ("Imre Brandt is the father of Orsolya Brandt. Ms Orsolya Brandt paints.", "it was late", None),
        ("Her late father, Leo Lee, sang. Ann Lee sings.", "it was late", "Ann Lee"),
        ("Leo Lee, her father, sang. Ann Lee sings.", "it was late", "Ann Lee"),
        ("Her father, Leo Lee, sang. Ann Lee sings.", "his back hurt", None),
        ("Her son, the cellist Leo Lee, sang. Ann Lee sings.", "it was late", "Ann Lee"),
        ("Ann Lee sings. Her father, Leo Lee, sang. She was nine.", "it was late", "Ann Lee"),
        ("Ann Lee sings. Her father, Leo Lee, sang. He was nine.", "it was late", None),
        ("Ann Lee sings. Her father, Leo Lee, sang. He was nine.", "it was her bus", "Ann Lee"),
        ("Ann Lee sings. Her father, Leo Lee, sang.", "it was late", None),
    ],
)
def test_a_surname_of_two_is_not_guessed(before: str, said: str, speaker: str | None) -> None:
    surname = next(name for name in ("Poole", "Brandt", "Lee") if name in before)
    text = f"{before} It rained. It snowed. It hailed. {{source {surname}}} {{cue said}} {{content {said}}}."
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("before", "source", "speaker"),
    [
        ("He beat Federer, which pleased the crowd.", "Federer", ("Federer", "person")),
        ("In a long rally he beat Federer, which pleased the crowd.", "Federer", ("Federer", "person")),
        ("Safaricom, which sells telephones, was late.", "Safaricom", ("Safaricom", "organisation")),
        ("In May, Safaricom, which sells telephones, was late.", "Safaricom", ("Safaricom", "organisation")),
        ("It rained.", "Actor Kevin Lines", ("Kevin Lines", "person")),
        ("It rained.", "Singer Ann Logistics", ("Ann Logistics", "person")),
        ("It rained.", "Singer Ann Homes", ("Ann Homes", "person")),
        ("Human Resources moved upstairs.", "The company", ("company", "organisation")),
        ("Lee Capital is a town.", "The company", ("company", "organisation")),
        ("Brindle Energy moved upstairs.", "The company", ("Brindle Energy", "organisation")),
        ("Ernst Young Holdings cut its forecast. The town was quiet.", "Young", ("Young", "person")),
        ("Cordell Mining cut its forecast. The town was quiet.", "Cordell", ("Cordell Mining", "organisation")),
    ],
)
def test_what_is_a_person_and_what_a_firm(before: str, source: str, speaker: tuple[str, str]) -> None:
    case = marked(f"{before} {{source {source}}} {{cue said}} {{content it was late}}.")
    names = [
        Name(Extent(m.start(), m.end()), "PER")
        for m in re.finditer("Federer|Safaricom|Kevin Lines|Young(?= said)", case.text)
    ]
    (claim,) = resolve(case.text, case.attributions, names, [], load("en"))
    assert claim.resolution.speaker is not None
    assert (claim.resolution.speaker.name, claim.resolution.speaker.type) == speaker


@pytest.mark.parametrize(
    ("before", "source", "speaker"),
    [
        ("It rained.", "Rick Santorum himself", "Rick Santorum"),
        ("It rained.", "Lloyd's List", "Lloyd's List"),
        ("It rained.", "The paper Lloyd’s List", "Lloyd’s List"),
        ("Kenya's Daily Bugle fell.", "Kenya's Daily Bugle", "Daily Bugle"),
        ("It rained.", "A study of 1,140 samples", "study of 1,140 samples"),
        ("NASA - It rained.", "The agency", "NASA"),
        ("AMBON, Indonesia (Newsline) — It rained.", "The agency", "agency"),
        ("PT Samudera fell.", "The company", "PT Samudera"),
        ("MALBY, May 3, 2026 (Newsline) — It rained.", "The agency", "agency"),
    ],
)
def test_where_a_name_ends_and_what_it_names(before: str, source: str, speaker: str) -> None:
    assert speakers(f"{before} {{source {source}}} {{cue said}} {{content it was late}}.") == [speaker]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("“Bea says a lot of things. I won.”", None),
        ("“I told Lee on Monday that I won.”", None),
        ("“I am Bea Lee and I won.”", "Bea Lee"),
        ("“My brother Tom Lee won.”", "Bea Lee"),
        ("“Who won? I did.”", "Bea Lee"),
    ],
)
def test_a_quotation_that_speaks_of_somebody_is_not_theirs(words: str, speaker: str | None) -> None:
    assert (
        speakers(
            "{source:1 Coach Bea Lee} {cue:1 says} {content:1 it was dry}.\n\n"
            f"{{source:2 She}} smiled. {{content:2 {words}}}"
        )[1]
        == speaker
    )


def test_he_in_a_quotation_tells_nothing_of_who_speaks_there() -> None:
    assert speakers(
        "Riots in Malby.\n\n{source:1 Judge Helena Brook} {cue:1 said} {content:1 it was grave}.\n\n"
        "Defending, {source:2 Ashley Carne} {cue:2 said} {content:2 it was late}. "
        "{content:3 “He accepts the verdict,”} {source:3 she} {cue:3 said}."
    ) == ["Helena Brook", "Ashley Carne", "Ashley Carne"]
