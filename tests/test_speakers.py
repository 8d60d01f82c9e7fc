"""Who is speaking: from "he" and "the envoy" to a name, with evidence, or honestly nobody."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marking import marked
from quotes.lexicon import load
from quotes.models import Attribution, Claim, Extent, Link, Name
from quotes.speakers import resolve
from quotes.speakers.names import compatible, misspelt

METHODS = {
    "acronym", "continuation", "first person", "interview", "link", "name", "nominal", "none", "pronoun", "relative",
    "several", "surname", "unnamed",
}  # fmt: skip


def claims(markup: str) -> list[Claim]:
    case = marked(markup)
    return resolve(case.text, case.attributions, [], [], load("en"))


def speakers(markup: str) -> list[str | None]:
    return [c.resolution.speaker.name if c.resolution.speaker else None for c in claims(markup)]


def test_a_speaker_has_his_fullest_name_and_his_role_wherever_he_speaks() -> None:
    found = claims(
        """{content:1 "It works,"} {source:1 Vale} {cue:1 said}. Emma Vale, chief engineer of the Tarn Line, is 41.

        {source:2 The engineer} {cue:2 said} {content:2 it would last}."""
    )
    assert [c.resolution.speaker for c in found] == [found[0].resolution.speaker] * 2
    assert found[0].resolution.speaker is not None
    assert found[0].resolution.speaker.name == "Emma Vale"
    assert found[0].resolution.speaker.role == "chief engineer of the Tarn Line"


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("Ann Poole of Leeds", "Ann Poole", ""),
        ("Karim Aziz of the aid group Relief", "Karim Aziz", ""),
        ("Analyst Dan Ives of Wedbush", "Dan Ives", "Analyst"),
        ("Mary Jones of Chatham House", "Mary Jones", ""),
        ("Ann Lee of Leeds and Bradford", "Ann Lee", ""),
    ],
)
def test_what_a_named_person_belongs_to_is_no_part_of_the_name(source: str, name: str, role: str) -> None:
    first, second = claims(
        f"{{source:1 {source}}} {{cue:1 said}} {{content:1 it was late}}. "
        f'{{content:2 "Very,"}} {{source:2 {name.split()[-1]}}} {{cue:2 said}}.'
    )
    speaker = first.resolution.speaker
    assert speaker is not None
    assert (speaker.name, speaker.type, speaker.role) == (name, "person", role)
    assert second.resolution.speaker == speaker


@pytest.mark.parametrize(
    ("source", "name", "type_"),
    [
        ("The Bank of England", "Bank of England", "organisation"),
        ("Church of Scientology", "Church of Scientology", "organisation"),
        ("The Ann Frank House of Amsterdam", "Ann Frank House of Amsterdam", "organisation"),
        ("Charlotte Chamber of Commerce", "Charlotte Chamber of Commerce", "organisation"),
        ("Human Rights Watch of Norway", "Human Rights Watch of Norway", "organisation"),
        ("The Mayor of London", "Mayor of London", "anonymous"),
        ("Prime Minister of Norway", "Prime Minister of Norway", "anonymous"),
    ],
)
def test_an_of_inside_a_name_or_a_title_belongs_to_it(source: str, name: str, type_: str) -> None:
    (claim,) = claims(f"{{source:1 {source}}} {{cue:1 said}} {{content:1 it was late}}.")
    assert claim.resolution.speaker is not None
    assert (claim.resolution.speaker.name, claim.resolution.speaker.type) == (name, type_)


def test_two_people_from_two_places_are_two() -> None:
    source = "Ann Lee of Leeds and Tom Poole of York"
    assert speakers(f"{{source:1 {source}}} {{cue:1 said}} {{content:1 no}}.") == ["Ann Lee and Tom Poole"]


def test_a_coalition_is_not_the_country_that_leads_it() -> None:
    first, second = claims(
        "{source:1 The U.S.-led coalition} {cue:1 declined} {content:1 to comment}. "
        "{source:2 The United States} {cue:2 said} {content:2 it was ready}."
    )
    assert first.resolution.speaker is not None
    assert second.resolution.speaker is not None
    assert (first.resolution.speaker.name, first.resolution.speaker.type) == ("U.S.-led coalition", "organisation")
    assert second.resolution.speaker.name == "United States"


def test_a_dotted_compound_ends_a_sentence_as_any_word_does() -> None:
    assert speakers("Amy Hart called it U.S.-led. {source:1 Vale} {cue:1 said} {content:1 no}.") == ["Vale"]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Tom Lee came. John Smith and Bob Smith left. Smith waved.", None),
        ("John Smith and Bob Smith left. Tom Lee came. Smith waved.", None),
        ("John Smith and Bob Smith left. Smith waved. Tom Lee came.", "Tom Lee"),
        ("Jane Smith and Mary Smith left. Tom Lee came. Smith waved.", "Tom Lee"),
        ("Bob Smith left. Tom Lee came. Smith waved.", "Bob Smith"),
        ("Mary Smith and Bob Smith left. Tom Lee came. Smith waved.", "Bob Smith"),
    ],
)
def test_a_pronoun_never_looks_past_a_surname_that_two_people_bear(before: str, speaker: str | None) -> None:
    assert speakers(f"{before} {{source:1 He}} {{cue:1 said}} {{content:1 yes}}.") == [speaker]


def test_the_evidence_says_through_which_words_and_how_sure() -> None:
    case = marked("Nurse Amy Hart arrived. {content:1 It was late}, {source:1 she} {cue:1 said}.")
    (claim,) = resolve(case.text, case.attributions, [], [], load("en"))
    assert case.words(claim.resolution.mentions) == ("she", "Amy", "Amy Hart")
    assert claim.resolution.method == "pronoun"
    assert 0.5 < claim.resolution.confidence < 0.95


@pytest.mark.parametrize(
    ("source", "name", "type_", "role"),
    [
        ("US President Barack Obama", "Barack Obama", "person", "US President"),
        ("US envoy Jan de Vries", "Jan de Vries", "person", "US envoy"),
        ("Secretary of State John Kerry", "John Kerry", "person", "Secretary of State"),
        ("Governor of Washington Chris Gregoire", "Chris Gregoire", "person", "Governor of Washington"),
        ("the coroner, Edith Maas, 61", "Edith Maas", "person", "coroner"),
        ("Joseph R. Biden Jr.", "Joseph R. Biden Jr.", "person", ""),
        ("Mark Tully, QC", "Mark Tully", "person", ""),
        ("one of the family's lawyers, Justin Bay", "Justin Bay", "person", "one of the family's lawyers"),
        ("Peter O'Neill's", "Peter O'Neill", "person", ""),
        ("Nora Byrne's statement", "Nora Byrne", "person", ""),
        ("state-run Delta Agency", "Delta Agency", "organisation", ""),
        ("the Saudi Interior Ministry", "Saudi Interior Ministry", "organisation", ""),
        ("The Straits Times", "Straits Times", "organisation", ""),
        ("Reuters", "Reuters", "organisation", ""),
        ("South Korea", "South Korea", "organisation", ""),
        ("a senior US official", "senior US official", "anonymous", ""),
        ("a person familiar with the matter", "person familiar with the matter", "anonymous", ""),
        ("military sources", "military sources", "anonymous", ""),
        ("two U.S. officials", "two U.S. officials", "anonymous", ""),
        ("two people familiar with the matter", "two people familiar with the matter", "anonymous", ""),
        ("officials", "officials", "group", ""),
        ("critics", "critics", "group", ""),
        ("Turkish and US-led coalition forces", "Turkish and US-led coalition forces", "group", ""),
        ("a recent poll", "recent poll", "document", ""),
        ("Tom's sister", "Tom's sister", "person", ""),
    ],
)
def test_a_source_as_printed_names_a_speaker(source: str, name: str, type_: str, role: str) -> None:
    (claim,) = claims(f"On Monday {{source {source}}} {{cue said}} {{content it would rain}}.")
    speaker = claim.resolution.speaker
    assert speaker is not None
    assert (speaker.name, speaker.type, speaker.role) == (name, type_, role)


@pytest.mark.parametrize(
    "markup",
    [
        "{content:1 It rains}. Ann Lee waits.",
        "Ann Lee and Bo Lee wait. {source:1 Lee} {cue:1 said} {content:1 it rained}.",
        "Ann Lee met Sue Roy. Sue Roy met Ann Lee. {source:1 This} {cue:1 shows} {content:1 it rained}.",
        "{content:1 It rains}, {source:1 he} {cue:1 said}. Later Tom Ford came.",
        "{source:1 You} {cue:1 say} {content:1 it rains}, Mr Ford.",
    ],
)
def test_nobody_is_better_than_the_wrong_name(markup: str) -> None:
    assert speakers(markup) == [None]


def test_a_pronoun_follows_the_gender_that_the_text_shows() -> None:
    assert speakers(
        """Actress Lou Marsh met Mr. Sam Ekdal. {source:1 She} {cue:1 said} {content:1 it was fun}.
        {source:2 He} {cue:2 said} {content:2 it was not}."""
    ) == ["Lou Marsh", "Sam Ekdal"]


def test_nobody_speaks_of_himself_by_name_inside_his_own_words() -> None:
    text = (
        """Kurt Lorenz lost. {content:1 "Bruno Salt cheated, and Bruno Salt knows it,"} {source:1 he} {cue:1 said}."""
    )
    assert speakers(text) == ["Kurt Lorenz"]


def test_an_organisation_is_it_and_they_and_its_letters() -> None:
    assert (
        speakers(
            """{source:1 The Northern Water Board (NWB)} {cue:1 said} {content:1 it was sorry}.
        {source:2 It} {cue:2 said}
        {content:2 nobody was ill}. {source:3 NWB} {cue:3 said} {content:3 the taps were safe}."""
        )
        == ["Northern Water Board"] * 3
    )


@pytest.mark.parametrize(
    "markup",
    [
        "It rains. {source Envoy Jan de Vries said} {content it rained}.",
        "It rains. {source Envoy Jan} de Vries {cue said} {content it rained}.",
        "It rains. Envoy Jan {source de Vries} {cue said} {content it rained}.",
        "It {source rains. Envoy Jan de Vries} {cue said} {content it rained}.",
        "It rains, {source but Jan de Vries} {cue said} {content it rained}.",
        "It rains. {source Envoy} Jan de Vries {cue said} {content it rained}.",
        '{content "It} {source {content rained,"} envoy Jan de Vries} {cue said}.',
    ],
)
def test_a_source_with_a_word_too_many_or_too_few_names_the_same_speaker(markup: str) -> None:
    assert speakers(markup) == ["Jan de Vries"]


def test_capitals_mend_a_name_that_a_detector_cut() -> None:
    case = marked(
        "{source:1 The Church of the Open Sky} {cue:1 said} {content:1 yes}. "
        "{source:2 K.C. Maas} {cue:2 said} {content:2 no}."
    )
    cut = [("Church", "ORG"), ("Open Sky", "ORG"), ("Maas", "PER")]
    names = [Name(Extent(case.text.index(n), case.text.index(n) + len(n)), label) for n, label in cut]  # type: ignore[arg-type]
    found = [c.resolution.speaker for c in resolve(case.text, case.attributions, names, [], load("en"))]
    assert [s and (s.name, s.type) for s in found] == [
        ("Church of the Open Sky", "organisation"),
        ("K.C. Maas", "person"),
    ]


def test_first_person_inside_a_quotation_is_the_one_quoted() -> None:
    assert speakers(
        '{source:1 Max Orr} {cue:1 wrote}: {content:1 "{source:2 I} {cue:2 told} them {content:2 it would burn}."}'
    ) == ["Max Orr", "Max Orr"]


def test_speech_that_goes_on_says_so_and_is_a_little_less_sure() -> None:
    first, second = claims('{source:1 {source:2 Ivy Marsh}} {cue:1 said} {content:1 no}. {content:2 "Never."}')
    assert second.resolution.method == "continuation"
    assert second.resolution.speaker == first.resolution.speaker
    assert second.resolution.confidence < first.resolution.confidence


def test_a_chain_is_kept_in_order_with_its_relations() -> None:
    (claim,) = claims(
        "{source Hal Brand} {cue told} the Evening Star on Friday, citing military sources, {content that it was over}."
    )
    assert [(v.relation, v.resolution.speaker and v.resolution.speaker.name) for v in claim.chain] == [
        ("told", "Evening Star"),
        ("citing", "military sources"),
    ]


def test_what_the_detector_saw_of_a_chain_is_resolved_too() -> None:
    (claim,) = claims("{source Tass} {cue said}, on the word of {cited two captains}, {content that it sank}.")
    assert [v.resolution.speaker and v.resolution.speaker.name for v in claim.chain] == ["two captains"]


def test_names_from_a_detector_decide_where_capitals_cannot() -> None:
    case = marked("Jordan met Chad. {source:1 Jordan} {cue:1 said} {content:1 it went well}.")
    first = case.text.index("Jordan", 10)
    names = [Name(Extent(first, first + 6), "PER"), Name(Extent(0, 6), "PER")]
    (without,) = resolve(case.text, case.attributions, [], [], load("en"))
    (seen,) = resolve(case.text, case.attributions, names, [], load("en"))
    assert without.resolution.speaker is not None
    assert without.resolution.speaker.type == "organisation"
    assert seen.resolution.speaker is not None
    assert seen.resolution.speaker.type == "person"


def test_a_learned_link_can_decide_between_two_people() -> None:
    case = marked("Ann Lee met Sue Roy. {source:1 She} {cue:1 said} {content:1 it went well}.")
    she, sue = case.text.index("She"), case.text.index("Sue")
    (plain,) = resolve(case.text, case.attributions, [], [], load("en"))
    (linked,) = resolve(case.text, case.attributions, [], [Link(she, sue, 0.9)], load("en"))
    assert plain.resolution.speaker != linked.resolution.speaker
    assert linked.resolution.speaker is not None
    assert linked.resolution.speaker.name == "Sue Roy"
    assert linked.resolution.method == "link"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("donald trump", "donald j trump", True),
        ("donald trump jr", "donald trump", False),
        ("george h bush", "george w bush", False),
        ("k maurer", "karl maurer", True),
        ("kristen wilkins", "kristin wilkins", True),
        ("ann sam", "tom sam", False),
        ("state john kerry", "john kerry", True),
    ],
)
def test_when_two_names_may_be_one_person(one: str, other: str, same: bool) -> None:
    assert compatible(tuple(one.split()), tuple(other.split())) is same
    assert compatible(tuple(other.split()), tuple(one.split())) is same


@given(st.text("abc", min_size=5, max_size=8), st.integers(0, 7), st.sampled_from("abcx"))
def test_one_letter_amiss_is_one_letter(word: str, at: int, letter: str) -> None:
    changed = word[:at] + letter + word[at + 1 :]
    assert misspelt(word, changed) is (changed != word and at > 0 and len(changed) - len(word) <= 1)
    assert not misspelt(word, word)


WORDS = """He She They It I We who the a Mr. Mrs. Ann Lee Tom Lee minister envoy of and said told citing " “ ” ' ’s , .
( ) : — 's Reuters KBC (KBC) The Ministry officials report U.S. Jr. de one named Ź 🦊 İ x"""
LINE = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n\n"]), max_size=60).map(" ".join)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Attribution], list[Name], list[Link]]:
    """Any text and any spans in it: contents, cues, sources, names and links, sensible or not."""
    text = draw(st.one_of(LINE, st.text(max_size=80)))
    place = st.integers(0, len(text))
    extent = st.tuples(place, place).map(lambda p: Extent(*sorted(p)))
    extents = st.lists(extent, max_size=2).map(lambda e: tuple(sorted(e)))
    attribution = st.builds(
        Attribution, content=extents.filter(bool), cue=extents, source=extents, cited=extents, told=extents
    )
    names = st.builds(Name, extent, st.sampled_from(("PER", "ORG", "LOC", "MISC")))
    links = st.builds(Link, place, place, st.floats(0, 1))
    return (
        text,
        draw(st.lists(attribution, max_size=5)),
        draw(st.lists(names, max_size=4)),
        draw(st.lists(links, max_size=3)),
    )


def test_a_quotation_may_be_empty_and_end_the_text() -> None:
    empty = Attribution((Extent(3, 3),), source=(Extent(0, 3),))
    (claim,) = resolve("Ann", [empty], [Name(Extent(0, 3), "PER")], [], load("en"))
    assert claim.attribution == empty


@settings(max_examples=80, deadline=None)
@given(articles(), st.randoms())
def test_any_spans_of_any_text_resolve_and_their_order_is_nothing(
    article: tuple[str, list[Attribution], list[Name], list[Link]], chance: random.Random
) -> None:
    text, attributions, names, links = article
    found = resolve(text, attributions, names, links, load("en"))
    assert [c.attribution for c in found] == attributions
    for claim in found:
        resolution = claim.resolution
        assert resolution.method in METHODS
        assert 0 <= resolution.confidence <= 1
        assert (resolution.speaker is None) is (resolution.method == "none")
        for extent in (*resolution.mentions, *(v.extent for v in claim.chain)):
            assert 0 <= extent.start <= extent.end <= len(text)
    order = chance.sample(range(len(attributions)), len(attributions))
    chance.shuffle(names)
    chance.shuffle(links)
    assert resolve(text, [attributions[i] for i in order], names, links, load("en")) == [found[i] for i in order]


@settings(max_examples=40, deadline=None)
@given(LINE, st.data())
def test_a_named_speaker_is_words_of_the_text(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    source = Extent(*sorted((data.draw(place), data.draw(place))))
    (claim,) = resolve(text, [Attribution((Extent(0, len(text)),), (), (source,))], [], [], load("en"))
    speaker = claim.resolution.speaker
    if speaker and " and " not in speaker.name:
        assert all(word in text for word in speaker.name.split())  # "Ann and Tom Lee" are Ann Lee and Tom Lee


def test_a_long_article_takes_time_in_proportion() -> None:
    passage = marked(
        """Mayor Ann Lee met Tom Ford. {content:1 "It {source:2 he} {cue:2 said} {content:2 no}"}, \
{source:1 she} {cue:1 said}.\n"""
    )

    def seconds(n: int) -> float:
        size = len(passage.text)
        moved = [replace(a, **shifted(a, k * size)) for k in range(n) for a in passage.attributions]
        began = time.process_time()
        resolve(passage.text * n, moved, [], [], load("en"))
        return time.process_time() - began

    seconds(10)
    short, long = min(seconds(60) for _ in range(3)), min(seconds(240) for _ in range(3))
    assert long < 4 * 2.5 * short


def shifted(attribution: Attribution, by: int) -> dict[str, tuple[Extent, ...]]:
    """The roles of an attribution, ``by`` code points further on."""
    roles = ("content", "cue", "source")
    return {r: tuple(Extent(e.start + by, e.end + by) for e in getattr(attribution, r)) for r in roles}
