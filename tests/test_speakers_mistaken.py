"""Who is not meant: a noun that fits somebody named may be another's; then nobody of the text is named."""

from __future__ import annotations

import pytest

from marking import marked
from quotes.lexicon import load
from quotes.speakers import resolve


def speakers(markup: str) -> list[str]:
    case = marked(markup)
    found = resolve(case.text, case.attributions, [], [], load("en"))
    return [c.resolution.speaker.name if c.resolution.speaker else "" for c in found]


@pytest.mark.parametrize(
    "markup",
    [
        'WASHINGTON - President Joe Biden spoke to reporters on Monday. {content "We will take Kyiv,"} '
        "{source the Russian president} {cue said} in a speech in Moscow.",
        "Sen. Hale spoke. {source The Texas senator} {cue said} {content yes}.",
        "Sen. Hale of Ohio spoke. {source The Texas senator} {cue said} {content yes}.",
        "Foreign Minister Jan Kolar flew to Rome. {source The Italian foreign minister} {cue said} {content he "
        "was glad}.",
        "Coach Ilse Fenn was not surprised. {source The York coach} {cue said} {content he was}.",
        "Mayor Ann Lee spoke. {source The London mayor} {cue said} {content no}.",
        "Club captain Ann Lee met fans. {source The England captain} {cue said} {content no}.",
        "Bank president Ann Lee met fans. {source The Russian president} {cue said} {content no}.",
        "Gov. Bob Hale signed it. {source The California governor} {cue said} {content he would not}.",
        "Ona Brill, the striker, scored for Malby. {source The York striker} {cue said} {content it was luck}.",
        "Ona Brill scored for Malby. {source The York striker} {cue said} {content it was luck}.",
    ],
)
def test_an_office_of_another_place_is_another_s(markup: str) -> None:
    (name,) = speakers(markup)
    assert name == markup.split("{source ")[1].split("}")[0].removeprefix("the ").removeprefix("The ")


@pytest.mark.parametrize("place", ["London", "Malby", "Leeds"])
def test_a_judge_of_a_town_is_not_the_town(place: str) -> None:
    assert speakers(f"{{source The {place} judge}} {{cue said}} {{content no}}.") == [f"{place} judge"]


@pytest.mark.parametrize("gap", ["\n\n", " It rained. It snowed.\n\n"])
def test_he_is_not_the_president_named_before_the_russian_president(gap: str) -> None:
    assert speakers(
        f"War goes on\n\nPresident Joe Biden spoke.{gap}The Russian president was in Moscow. "
        "{source He} {cue said} {content no}."
    ) != ["Joe Biden"]


@pytest.mark.parametrize("word", ["vice", "deputy", "former", "incoming", "acting"])
@pytest.mark.parametrize("named", ["President Tom Lee", "Tom Lee, the president,"])
def test_a_deputy_or_a_predecessor_is_another(named: str, word: str) -> None:
    found = speakers(f"{named} spoke. {{source The {word} president}} {{cue said}} {{content no}}.")
    assert found == [f"{word} president"]


@pytest.mark.parametrize(
    ("named", "source"),
    [
        ("Tom Lee, a spokesman for the police,", "army spokesman"),
        ("Police spokesman Tom Lee", "council spokesman"),
        ("Home team coach Tom Lee", "visiting coach"),
        ("Defence lawyer Tom Lee", "prosecution lawyer"),
        ("Tom Lee, the defence lawyer,", "victim's lawyer"),
        ("Tom Lee, a lawyer for Ann Ek,", "lawyer for the police"),
        ("Tom Lee, the president of the bank,", "president of the club"),
        ("Tom Lee, mayor of Malby,", "mayor of York"),
        ("Mayor Tom Lee", "mayor of York"),
        ("President Tom Lee", "president of Russia"),
        ("Chief executive Tom Lee", "rival chief executive"),
    ],
)
def test_what_stands_with_an_office_tells_whose_it_is(named: str, source: str) -> None:
    assert speakers(f"{named} spoke. {{source The {source}}} {{cue said}} {{content no}}.") == [source]


@pytest.mark.parametrize(
    ("named", "source"),
    [
        ("Tom Lee, a spokesman for the police,", "police spokesman"),
        ("Police spokesman Tom Lee", "spokesman for the police"),
        ("Tom Lee, mayor of Malby,", "mayor of Malby"),
        ("Defence lawyer Tom Lee", "defence lawyer"),
        ("Tom Lee, the club president,", "president of the club"),
        ("Federation president Tom Lee", "union leader"),
    ],
)
def test_an_office_with_what_the_text_tells_is_his(named: str, source: str) -> None:
    assert speakers(f"{named} spoke. {{source The {source}}} {{cue said}} {{content no}}.") == ["Tom Lee"]


@pytest.mark.parametrize("word", ["former", "outgoing", "retired"])
def test_who_once_was_something_is_not_whoever_was_just_named(word: str) -> None:
    source = f"{word} mayor"
    assert speakers(f"Tom Lee was cleared. {{source The {source}}} {{cue said}} {{content he lied}}.") == [source]


def test_whose_brother_he_is_was_told_before_his_name() -> None:
    assert speakers(
        "{source The governor's brother} {cue said} {content no}. It rained. The brother, Tom Lee, took notes."
    ) == ["Tom Lee"]


@pytest.mark.parametrize("named", ["Former President Tom Lee", "Tom Lee, the former president,"])
def test_a_former_president_is_the_former_president(named: str) -> None:
    assert speakers(f"{named} spoke. {{source The former president}} {{cue said}} {{content no}}.") == ["Tom Lee"]


@pytest.mark.parametrize("home", ["Tom Lee, 34, of Malby,", "Tom Lee, from Malby,", "Tom Lee from Malby"])
def test_a_man_of_a_town_is_one_of_that_town(home: str) -> None:
    assert speakers(
        f"{home} was hit. {{source:1 The Malby man}} {{cue:1 said}} {{content:1 no}}. "
        "{source:2 The York man} {cue:2 said} {content:2 yes}."
    ) == ["Tom Lee", "York man"]


def test_the_widow_is_not_the_accused() -> None:
    assert speakers(
        "Sue Lee was charged with killing Bob Ek. The trial goes on. {source The widow} {cue said} {content no}."
    ) == ["widow"]


def test_two_places_are_two_governors() -> None:
    assert speakers(
        "Gov. Bob Hale signed it. {source:1 The Ohio governor} {cue:1 said} {content:1 it was late}. "
        "{source:2 The California governor} {cue:2 said} {content:2 it was not}."
    ) == ["Ohio governor", "California governor"]


@pytest.mark.parametrize(
    "home", ["Sen. Ward Hale of Ohio", "Sen. Ward Hale (R-Ohio)", "Ohio Sen. Ward Hale", "Sen. Ward Hale, R-Ohio,"]
)
def test_an_office_of_the_place_that_the_text_tells_is_his(home: str) -> None:
    assert speakers(
        f"{home} left early. {{source:1 The Ohio senator}} {{cue:1 said}} {{content:1 he had a train to catch}}. "
        "{source:2 The Texas senator} {cue:2 said} {content:2 he had none}."
    ) == ["Ward Hale", "Texas senator"]


@pytest.mark.parametrize(
    "markup",
    [
        'A teacher was stabbed in Malby on Monday.\n\nTom Lee, 61, was arrested and charged.\n\n{content "He '
        'came at me,"} '
        "{source the teacher} {cue said}.",
        "A police officer was shot dead in Leeds on Monday.\n\nTom Lee, 34, appeared in court charged with "
        "murder.\n\n"
        "{source The officer} {cue said} in his last radio message {content he was alone}.",
        "A nurse was attacked by a patient.\n\nKim Dale, 45, of Mill Road, denies assault.\n\n{source The "
        "nurse} {cue told} "
        "the court {content she had lost an eye}.",
        'A doctor was cleared of misconduct.\n\nMary Dale, 70, died after surgery in 2019.\n\n{content "I have '
        'waited years,"} '
        "{source the doctor} {cue said}.",
        "A police chief resigned over the shooting of a teenager.\n\nJay Moss, 17, was shot in May.\n\n"
        '{content "We failed,"} {source the chief} {cue said}.',
        "A pilot has been praised.\n\nMary Dale, 70, a passenger, saw it all. {source The pilot} {cue said} "
        "{content no}.",
        "A bus driver was fined for hitting a man.\n\nTom Bright, 61, wept. {source The driver} {cue said} "
        "{content no}.",
    ],
)
def test_the_one_an_article_opens_with_is_not_the_first_one_with_an_age(markup: str) -> None:
    (name,) = speakers(markup)
    assert name.islower()


@pytest.mark.parametrize(
    "markup",
    [
        "A teenager killed Tom Lee, 15, in Malby. {source The teenager} {cue said} {content he was sorry}.",
        "A boy killed Tom Lee, 15, in Malby. Sue Ray wept. {source The teenager} {cue said} {content he was sorry}.",
        "A 15-year-old killed Tom Lee, 15, in Malby. {source The 15-year-old} {cue said} {content he was sorry}.",
        "Tom Lee was sold. A York striker came. {source The striker} {cue said} {content he was glad}.",
        "A man killed Tom Lee in Malby. {source The teenager} {cue said} {content he was sorry}.",
        "Judge Tom Lee spoke. In Leeds, a judge freed a man. {source The judge} {cue said} {content no}.",
        "Tom Lee, the Malby striker, left. Another striker came. {source The striker} {cue said} {content no}.",
        "The South Dakota Republican Tom Lee left. {source The Texas Republican} {cue said} {content no}.",
        "Sen. Tom Lee (R-Ohio) left. {source The Texas Republican} {cue said} {content no}.",
    ],
)
def test_who_came_up_without_a_name_is_nobody_named(markup: str) -> None:
    assert "Tom Lee" not in speakers(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "A judge freed a man. Judge Tom Lee spoke. {source The judge} {cue said} {content no}.",
        "Judge Tom Lee spoke. He had been a judge for years. {source The judge} {cue said} {content no}.",
        "Sen. Tom Lee (R-Ohio) left. {source The Ohio Republican} {cue said} {content no}.",
        "Tom Lee, the Leeds striker, left. {source The Leeds player} {cue said} {content no}.",
    ],
)
def test_who_is_named_behind_the_stranger_or_is_at_home_there_is_meant(markup: str) -> None:
    assert speakers(markup) == ["Tom Lee"]


@pytest.mark.parametrize(
    "markup",
    [
        "A judge has blocked the plan.\n\nThe plan is unlawful, {source a judge} {cue said} {content on Monday}.\n\n"
        "Judge Ann Lee, in another case, said last year that mines may close.",
        "{source A judge} {cue said} {content no}.\n\nJudge Ann Lee, in another case, said last year that mines "
        "may close.",
        "{source A minister} {cue said} {content the tax will rise}.\n\nIn Paris, Finance Minister Jean Roux said no.",
        "{source A minister} {cue said} {content the tax will rise}.\n\nIn Paris, the finance minister, Jean "
        "Roux, said no.",
        "A baker was cross. {source A baker} {cue said} {content no}.\n\nThe baker, Iris Quill, wept.",
    ],
)
def test_who_is_named_later_may_be_another(markup: str) -> None:
    assert speakers(markup)[0] in ("judge", "minister", "baker")


@pytest.mark.parametrize(
    "before",
    [
        "Police issued a statement. {source:1 Ann Hale} {cue:1 said} in a statement {content:1 the shop would close}.",
        "{source:1 Ann Hale} {cue:1 said} in a statement {content:1 the shop would close}. Police issued a statement.",
        "{source:1 Ann Hale} {cue:1 said} in a statement {content:1 the shop would close}. {source:3 Bob Ek} "
        "{cue:3 said} "
        "in a statement {content:3 it would not}.",
    ],
)
def test_a_statement_of_two_makers_is_nobody_s(before: str) -> None:
    found = speakers(before + ' {content:2 "We found a gun,"} {source:2 the statement} {cue:2 said}.')
    assert found[-1] not in ("Ann Hale", "Bob Ek")


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("Malby City Council closed the ground. {source The club} {cue said} {content no}.", "club"),
        ("United Airlines flew the team home. {source The club} {cue said} {content no}.", "club"),
        ("The County Palace Hotel was full. {source The club} {cue said} {content no}.", "club"),
        ("The Home Office refused a visa. {source The regulator} {cue said} {content it was wrong}.", "regulator"),
        ("The Palestinian Authority closed the road. {source The watchdog} {cue said} {content no}.", "watchdog"),
        ("The Trump Administration closed the road. {source The watchdog} {cue said} {content no}.", "watchdog"),
        ("The United Front Corps marched. {source The party} {cue said} {content no}.", "party"),
        ("The Ministry of Labour closed. {source The party} {cue said} {content no}.", "party"),
    ],
)
def test_one_word_of_a_name_makes_no_club_party_or_regulator(markup: str, name: str) -> None:
    assert speakers(markup) == [name]


@pytest.mark.parametrize(
    "markup",
    [
        "Bob Ek is the son of a teacher and a judge. {source The judge} {cue said} {content he was proud}.",
        "Bob Ek is the son of a teacher and former judge. {source The judge} {cue said} {content he was proud}.",
        "Bob Ek, the son of a teacher and a judge, left. {source The judge} {cue said} {content he was proud}.",
        "Bob Ek, who acts as a lawyer on TV, met Ann Lee. {source The lawyer} {cue said} {content he was proud}.",
    ],
)
def test_what_somebody_s_parents_are_or_he_plays_he_is_not(markup: str) -> None:
    assert speakers(markup) != ["Bob Ek"]
