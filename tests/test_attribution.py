"""One place decides: what the learned detector proposes, what the rules add, and how a decision is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking import marked
from quotes import lexicon
from quotes.attribution import decide
from quotes.detectors import direct
from quotes.detectors.marks import quotations
from quotes.edges import Spoken, trimmed
from quotes.models import Attribution, Extent

LEXICON = lexicon.load()


def decided(
    text: str, learned: list[Attribution] | None = None, rules: list[Attribution] | None = None
) -> list[Attribution]:
    return decide(text, learned or [], rules or [], quotations(text), LEXICON)


def contents(text: str, attribution: Attribution) -> list[str]:
    return [e.of(text) for e in attribution.content]


def test_a_cue_gives_stance_lemma_and_polarity() -> None:
    case = marked("{source He} {cue did not say} {content when it took place}.")
    (found,) = decided(case.text, list(case.attributions))
    assert (found.lemma, found.negated, found.kind, found.mode) == ("say", True, "indirect", "statement")
    case = marked("{source Smith} {cue denied} {content the charges}.")
    (found,) = decided(case.text, list(case.attributions))
    assert (found.stance, found.negated) == ("deny", False)


def test_what_somebody_thinks_is_an_attitude_unless_it_is_quoted() -> None:
    case = marked("{source She} {cue hopes} {content it ends}.")
    assert decided(case.text, list(case.attributions))[0].mode == "attitude"
    case = marked('{content "I can see it,"} {source she} {cue thought}.')
    assert decided(case.text, list(case.attributions))[0].mode == "statement"


def test_what_one_does_in_speaking_is_no_report_of_it_but_earlier_words_are() -> None:
    own = marked("{source I} {cue have seen} {content that the ants are gone}.")
    assert decided(own.text, list(own.attributions))[0].mode == "attitude"
    for text in (
        "{source I} {cue told} him {content that the ants are gone}.",
        "{source We} {cue deny} {content that the ants are gone}.",
        "{source We} {cue accuse} {content the mayor of fraud}.",
        "{source She} {cue heard} {content that the ants are gone}.",
    ):
        case = marked(text)
        assert decided(case.text, list(case.attributions))[0].mode == "statement"


def test_a_greeting_alone_claims_nothing_but_what_begins_with_its_word_may() -> None:
    for text, mode in (
        ("{source Hale} {cue said} {content goodbye to the crew}.", "attitude"),
        ("{source Hale} {cue said} {content goodbye notes were found}.", "statement"),
        ("{source Hale} {cue put} {content the toll in the hundreds}.", "statement"),
        ("{source Hale} {cue put} {content the cup on a shelf}.", "attitude"),
    ):
        case = marked(text)
        assert decided(case.text, list(case.attributions))[0].mode == mode


def test_an_act_that_nobody_is_told_to_have_done_and_a_talk_are_nobodys_attitude() -> None:
    for text in (
        "{content The meter and the song} {cue were not discussed}.",
        "{source The archive} {cue spoke} with the climber {content about her winter}.",
        "{source The mayor} {cue met with} {content the strikers}.",
        "{cue Asked about} {content the strike}, the mayor left.",
    ):
        case = marked(text)
        assert decided(case.text, list(case.attributions)) == []
    for text in (
        "{source The mayor} {cue came to talk} {content about the strike}.",
        "{content The end} {cue is expected} {content to come}.",
        "{source The mayor} {cue spoke with} reporters, {content saying that it was over}.",
    ):
        case = marked(text)
        assert len(decided(case.text, list(case.attributions))) == 1


def test_a_particular_that_somebody_keeps_back_is_not_said() -> None:
    case = marked("{source The bank} {cue offered} {content no explanation}.")
    (found,) = decided(case.text, list(case.attributions))
    assert [e.of(case.text) for e in (*found.cue, *found.content)] == ["offered no", "explanation"]
    assert (found.negated, found.mode, found.stance) == (True, "statement", "silent")
    case = marked("{source The bank} {cue offered} {content no support}.")
    assert decided(case.text, list(case.attributions))[0].content == case.attributions[0].content
    for text in (
        "The storm gave no date.",
        "The mayor gave no support.",
        "Lind gave no cause for alarm.",
        "It was known that the mayor gave no date.",
    ):
        assert direct.attributions(text, [], [], LEXICON) == []


def test_what_a_noun_reports_ends_before_the_verb_whose_subject_it_is() -> None:
    for marks, wanted in (
        ("{source Her} {cue suggestion} {content that it was lost was not} heard.", "it was lost"),
        ("{source The bank's} {cue warning} {content that credit would dry up came late}.", "credit would dry up"),
        ("{source Her} {cue claim} {content that it, too, was lost was} new.", "it, too, was lost was"),
        ("She made {source her} {cue claim} {content that it was lost was new}.", "it was lost was new"),
        ("{source They} {cue claim} {content that the dam that was old burst}.", "the dam that was old burst"),
        ("{content It sank}, was {source her} {cue claim} that day.", "It sank"),
    ):
        case = marked(marks)
        (found,) = decided(case.text, list(case.attributions))
        assert contents(case.text, found) == [wanted]


def test_kind_comes_from_the_marks() -> None:
    for text, kind in (
        ('{content "We won,"} {source Ann} {cue said}.', "direct"),
        ('{source Ann} {cue said} {content they "took it all" and left}.', "mixed"),
        ("{source Ann} {cue said} {content they won}.", "indirect"),
    ):
        case = marked(text)
        assert decided(case.text, list(case.attributions))[0].kind == kind


def test_a_ragged_edge_snaps_to_the_quotation() -> None:
    case = marked('"We {content will rebuild the whole town}," {source Tate} {cue said}.')
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ['"We will rebuild the whole town,"']


def test_a_new_sentence_is_a_claim_of_its_own_with_the_same_source() -> None:
    case = marked('{content "We won,"} {source Ann Lee} {cue said}. {content "They lost."}')
    first, second = decided(case.text, list(case.attributions))
    assert (contents(case.text, first), contents(case.text, second)) == (['"We won,"'], ['"They lost."'])
    assert (second.cue, second.source) == ((), first.source)


def test_a_quotation_interrupted_inside_its_sentence_stays_one() -> None:
    case = marked('{content "We will rebuild,"} {source Tate} {cue said}, {content "even if it takes years."}')
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ['"We will rebuild,"', '"even if it takes years."']


def test_the_rules_add_what_was_missed_and_a_source_that_was_not_seen() -> None:
    case = marked('{content "We won,"} {source Ann} {cue said}.')
    rule = [replace(a, detector="rules", kind="direct") for a in case.attributions]
    assert [a.detector for a in decided(case.text, [], rule)] == ["rules"]
    sourceless = [replace(a, source=(), cue=()) for a in case.attributions]
    (found,) = decided(case.text, sourceless, rule)
    assert found.source == rule[0].source


def test_a_report_that_fills_most_of_a_turn_does_not_stand_for_the_turn() -> None:
    case = marked(
        "{source:1 A}{cue:1 :} "
        "{content:1 {source:2 She} {cue:2 said} that {content:2 I would regret it all by Christmas}. No.}"
    )
    turn, nested = case.attributions
    found = decided(case.text, [nested], [replace(turn, detector="rules", kind="direct")])
    assert [(a.source, a.content) for a in found] == [(a.source, a.content) for a in (turn, nested)]
    part = replace(turn, content=nested.content)
    assert decided(case.text, [part], [replace(turn, detector="rules", kind="direct")])[0].content == turn.content


def test_who_is_cited_is_a_link_of_the_chain_not_a_claim() -> None:
    case = marked(
        "{content:1 Jets hit it}, {source:1 the agency} {cue:1 said}, {cue:2 citing} {content:2 military sources}."
    )
    said, citation = case.attributions
    (found,) = decided(case.text, [said, replace(citation, source=said.source)])
    assert [e.of(case.text) for e in found.cited] == ["military sources"]


def test_the_source_inside_a_claim_is_taken_out_of_it() -> None:
    case = marked("{source The agency} {cue reported, citing} {content two officials, that it rained}.")
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ["it rained"]
    assert [e.of(case.text) for e in (*found.cue, *found.cited)] == ["reported", "two officials"]


def test_to_ask_for_no_name_is_no_claim() -> None:
    case = marked(
        "One resident, {source who} {cue asked} {content not to be named}, {cue:2 said} {content:2 it leaked}."
    )
    assert [contents(case.text, a) for a in decided(case.text, list(case.attributions))] == [["it leaked"]]


def test_who_declined_to_be_named_said_nothing_by_that() -> None:
    case = marked(
        "{source A nurse}, who {cue declined} {content to be identified}, {cue:2 said} {content:2 it leaked}."
    )
    assert [contents(case.text, a) for a in decided(case.text, list(case.attributions))] == [["it leaked"]]


def test_who_is_quoted_by_another_said_it() -> None:
    case = marked('{content "It was dry,"} {source KORA} {cue quoted} {content Vesely as saying}.')
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ['"It was dry,"']
    assert [e.of(case.text) for e in (*found.source, *found.cue)] == ["Vesely", "quoted", "as saying"]
    case = marked("{content Ada Pell} {cue was quoted} by {source the Echo} {content as saying that she sold}.")
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ["she sold"]
    assert [e.of(case.text) for e in (*found.source, *found.cue)] == ["Ada Pell", "was quoted", "as saying"]
    case = marked("{source KORA} {cue quoted} {content the report}.")
    (found,) = decided(case.text, list(case.attributions))
    assert [e.of(case.text) for e in found.source] == ["KORA"]


def test_a_source_that_is_nobody_takes_the_cue_back() -> None:
    for source in ("Nobody at the firm", "No official", "Neither Lang nor Osei"):
        case = marked(f"{{source {source}}} {{cue admitted}} {{content the logs were altered}}.")
        assert decided(case.text, list(case.attributions))[0].negated


def test_what_only_repeats_the_end_of_a_claim_is_no_claim() -> None:
    case = marked('{content:1 "We won, {content:2 and we won well,"}} {source:1 {source:2 Ann}} {cue:1 said}.')
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ['"We won, and we won well,"']


def test_a_turn_of_a_transcript_is_verbatim_whatever_the_model_took_it_for() -> None:
    case = marked(
        "{source:1 HOST}{cue:1 :} {content:1 Will it pass?}\n{source:2 KLINE}{cue:2 :} {content:2 I think so.}"
    )
    learned = [replace(a, cue=(), detector="model") for a in case.attributions]
    rules = direct.attributions(case.text, [], [], LEXICON)
    assert [a.kind for a in decided(case.text, learned, rules)] == ["direct", "direct"]


def test_a_dateline_is_no_part_of_a_source_and_no_source_crosses_paragraphs() -> None:
    for dateline in ("MALBY (Delta News) - ", "MALBY, Nov. 3 — ", "AMBON, Indonesia (Newsline) — ", "NASA - "):
        case = marked(f"{{source {dateline}Mayor Tate}} {{cue said}} {{content it rained}}.")
        assert [e.of(case.text) for e in decided(case.text, list(case.attributions))[0].source] == ["Mayor Tate"]
    case = marked("{source Orla Quinn\n\nQuinn} {cue said} {content it rained}.")
    assert [e.of(case.text) for e in decided(case.text, list(case.attributions))[0].source] == ["Quinn"]


def test_a_content_before_its_cue_never_begins_at_a_relative_clause() -> None:
    case = marked("Snow fell. The army took the town, {content which it then lost in May}, {source she} {cue said}.")
    (found,) = decided(case.text, list(case.attributions))
    assert contents(case.text, found) == ["The army took the town, which it then lost in May"]


def test_the_stop_of_an_abbreviation_is_not_trimmed() -> None:
    for text, kept in (
        ("the U.S.", "the U.S."),
        ("Sammy Davis Jr.", "Sammy Davis Jr."),
        ("it rained, ", "it rained"),
        ("it rained.", "it rained"),
        ('"it rained.', '"it rained.'),
    ):
        assert trimmed(Spoken(text, [], LEXICON), Extent(0, len(text))).of(text) == kept


def test_marks_opened_again_in_each_paragraph_give_one_claim_a_paragraph() -> None:
    text = '"The first went badly.\n\n"The second went well.\n\n"The third was ours," Ann Lee said.'
    (rule,) = direct.attributions(text, quotations(text), [], LEXICON)
    for learned in ([], [replace(rule, detector="model")]):
        found = decided(text, learned, [rule])
        assert [contents(text, a) for a in found] == [
            ['"The first went badly.'],
            ['"The second went well.'],
            ['"The third was ours,"'],
        ]
        assert {tuple(e.of(text) for e in a.source) for a in found} == {("Ann Lee",)}


def test_a_piece_that_the_model_missed_is_put_back() -> None:
    case = marked('{content "We will rebuild,"} {source Tate} {cue said}, {content "even if it takes ten long years."}')
    rule = replace(case.attributions[0], detector="rules", kind="direct")
    half = replace(rule, detector="model", content=rule.content[1:])
    (found,) = decided(case.text, [half], [rule])
    assert found.content == rule.content


EXTENTS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Extent(min(p), max(p)))
ROLE = st.lists(EXTENTS, max_size=3).map(tuple)
CANDIDATES = st.lists(st.builds(Attribution, content=ROLE, cue=ROLE, source=ROLE), max_size=6)
PROSE = st.text(st.sampled_from('ab. ,"“”’\n'), min_size=60, max_size=60)


@given(PROSE, CANDIDATES)
def test_whatever_is_proposed_extents_stay_in_the_text_sorted_and_not_empty(
    text: str, candidates: list[Attribution]
) -> None:
    for attribution in decided(text, [c for c in candidates if c.content]):
        assert attribution.content
        for role in (attribution.content, attribution.cue, attribution.source, attribution.cited):
            assert all(0 <= e.start < e.end <= len(text) for e in role)
            assert list(role) == sorted(role)


def test_who_was_advised_did_not_advise() -> None:
    case = marked("{source The parents} {cue were advised} {content to see a doctor}.")
    (found,) = decided(case.text, list(case.attributions))
    assert (found.source, found.told) == ((), case.attributions[0].source)
    case = marked("{cue Advised} by {source a nurse}, {content they left}.")
    assert decided(case.text, list(case.attributions))[0].source == case.attributions[0].source


def test_an_act_says_nothing_unless_a_clause_follows() -> None:
    case = marked("{source The team} {cue listed} {content their country under its old name}.")
    assert decided(case.text, list(case.attributions))[0].mode == "attitude"
    case = marked("{source The team} {cue tweeted} {content that it was ready}.")
    assert decided(case.text, list(case.attributions))[0].mode == "statement"


@pytest.mark.parametrize(
    ("markup", "mode"),
    [
        ("{source The court} {cue refused} {content bail to Lind}.", "attitude"),
        ("{source The court} {cue refused} {content to hear Lind}.", "statement"),
        ("{source Lind} {cue has pleaded} {content not guilty to nine counts}.", "attitude"),
        ("{source The mill} {cue cut its forecast for} {content this year to 90 tonnes}.", "attitude"),
        ("{source The mill} {cue forecast} {content a loss}.", "statement"),
        ("{source Unesco} {cue put} {content the boats on its list}.", "attitude"),
        ("{source The council} {cue put} {content the damage at three million}.", "statement"),
        ("{source The envoy} {cue said} {content goodbye to his hosts}.", "attitude"),
        ("{source It} {cue did not mention} {content the list}.", "statement"),
        ("{source It} {cue mentioned} {content the list}.", "attitude"),
        ("{source The company} {cue rejected} {content that}.", "statement"),
        ("{source The company} {cue confirmed} {content this}.", "statement"),
        ("{source The company} {cue said} {content so}.", "attitude"),
        ("{source The company} {cue asked for} {content nothing at all}.", "statement"),
        ("{source The company} {cue has asked for} {content nothing}.", "attitude"),
        ("{source Lind} {cue has pleaded not guilty to} {content the theft}.", "attitude"),
        ("{source Rivals} {cue find} {content him dull}.", "attitude"),
        ("{source Police} {cue identified} {content the diver as Jo Ek}.", "statement"),
        ("{source Police} {cue identified} {content the diver}.", "attitude"),
        ("{source Police} {cue named} {content the dead diver as Jo Ek}.", "statement"),
        ("{source The club} {cue named} {content Jo Ek as its captain}.", "attitude"),
        ("{source The captain} {cue refused to blame} {content the referee}.", "statement"),
        ("{source The council} {cue sought to know} {content why the dam had burst}.", "statement"),
    ],
)
def test_acts_and_forms_of_courtesy_claim_nothing_and_silence_and_denial_do(markup: str, mode: str) -> None:
    case = marked(markup)
    assert decided(case.text, list(case.attributions))[0].mode == mode


def test_quotations_side_by_side_are_claims_of_their_own() -> None:
    case = marked('{source Tate} {cue said}, {content "It took ten years." "The harbour comes first."}')
    found = decided(case.text, list(case.attributions))
    assert [contents(case.text, a) for a in found] == [['"It took ten years."'], ['"The harbour comes first."']]
    assert [bool(a.cue) for a in found] == [True, False]


def test_the_mark_of_a_name_ends_no_sentence_before_a_quotation() -> None:
    for said in (
        'Yahoo! "was not for sale" and would not be sold',
        'the film Who Is Killing Cinema? "was a disgrace"',
        'Wham! "Fast" and “Slow” were the best',
    ):
        case = marked(f"{{source Ann Hale}} {{cue said}} {{content {said}}}.")
        found = decided(case.text, list(case.attributions))
        assert [contents(case.text, a) for a in found] == [[said]]


def test_who_was_asked_or_warned_neither_asks_nor_warns() -> None:
    for markup in (
        "{cue Asked} {content whether the dam was safe}, {source Hale} left.",
        "{cue Warned} {content that the dam would break}, {source the mayor} did nothing.",
        "{cue Pressed on} {content whether he lied}, {source Hale} left.",
        "{cue Accused of} {content lying about the dam}, {source Hale} left.",
    ):
        case = marked(markup)
        (found,) = decided(case.text, list(case.attributions))
        assert (found.source, found.told) == ((), case.attributions[0].source)
    case = marked("{cue Warning} {content that the dam would break}, {source the mayor} left.")
    (found,) = decided(case.text, list(case.attributions))
    assert found.source == case.attributions[0].source


def test_a_source_ends_with_its_sentence() -> None:
    case = marked('{content "I drive,"} {cue said} {source Marco Silvestri. Silvestri} left.')
    assert [e.of(case.text) for e in decided(case.text, list(case.attributions))[0].source] == ["Marco Silvestri"]
    case = marked('{content "I drive,"} {cue said} {source John J. Smith Jr.}, 40.')
    assert [e.of(case.text) for e in decided(case.text, list(case.attributions))[0].source] == ["John J. Smith Jr."]


def test_the_name_by_which_people_know_a_thing_is_no_claim() -> None:
    for markup, kept in (
        ('{content the race}, which {source regulars} {cue know as} {content "the running of the fools."}', 0),
        ("Ek, {content whom} {source critics} {cue call} {content “Liar”}, scored.", 1),
        ("Ek, {content whom} {source critics} {cue call} {content “The Butcher of Malby”}, scored.", 1),
        ('{source Critics} {cue call} {content Ek the "Butcher of Malby"}.', 1),
        ('{source Critics} {cue call} {content it the "biggest scandal in a decade"}.', 1),
        ("Ek, {content whom} {source the fans} {cue call} {content “a disgrace to the club”}, scored.", 1),
        ('{source Lang} {cue called} {content it the "nine-day war"}.', 1),
        ('{source Critics} {cue call} {content it a "disgrace"}.', 1),
    ):
        case = marked(markup)
        assert len(decided(case.text, list(case.attributions))) == kept


def test_a_dateline_in_capitals_says_nothing() -> None:
    line = "{source MALBY}{cue :} {content The mayor, Rula Lang, on Monday said she would go}.\n\n"
    case = marked(line + "It rained.")
    (found,) = decided(case.text, list(case.attributions))
    assert [e.of(case.text) for e in (*found.source, *found.cue)] == ["The mayor, Rula Lang", "said"]
    assert contents(case.text, found) == ["she would go"]
    turns = marked("{source MALBY}{cue :} {content I would go}.\n\nLANG: Then go.")
    assert [contents(turns.text, a) for a in decided(turns.text, list(turns.attributions))] == [["I would go"]]


def test_an_act_is_no_claim_but_what_is_ruled_in_a_clause_is() -> None:
    for text in (
        "{source The council} {cue approved} {content the plan, which will cost millions}.",
        '{source The team} {cue listed} {content their country as "Hope"}.',
        "{source The judge} {cue threw out} {content a case brought by a builder who is bankrupt}.",
        "{source The defence} {cue called} {content no witnesses}.",
        "{source The two sides} {cue signed an agreement} {content to share the water}.",
    ):
        case = marked(text)
        assert [a.mode for a in decided(case.text, list(case.attributions))] == ["attitude"]
    for text in (
        "{source The board} {cue approved} {content that the plan will cost millions}.",
        "{source The coach} {cue called} {content the referee blind}.",
    ):
        case = marked(text)
        assert [a.mode for a in decided(case.text, list(case.attributions))] == ["statement"]


def test_a_wish_for_no_name_is_no_claim_whatever_its_reason() -> None:
    case = marked("{source Both} {cue asked} {content not to be identified because the talks are private}.")
    assert decided(case.text, list(case.attributions)) == []


def test_a_court_that_hears_something_does_not_say_it() -> None:
    for text in (
        "{source The court} {cue heard} {content that the brakes had failed}.",
        "{content Skipper slept at the wheel}, {source inquest} {cue told}",
        "{content Sexton kept bell}, {source jury} {cue told}",
        "{source A jury} {cue has heard} {content all of it was old}.",
    ):
        case = marked(text)
        (found,) = decided(case.text, list(case.attributions))
        assert (found.source, found.told) == ((), case.attributions[0].source)
    for text in (
        "{source The court} {cue told} him {content that the brakes had failed}.",
        "{source Two residents} {cue heard} {content that the bank had failed}.",
    ):
        case = marked(text)
        assert decided(case.text, list(case.attributions))[0].source


def test_a_quotation_right_behind_a_report_is_by_who_reported() -> None:
    for gap in (" ", "\n\n"):
        case = marked(
            "{source:1 Ek} {cue:1 said} {content:1 Lind was late}."
            + gap
            + '{content:2 "He came by bus, all wet."}\n\nMay.'
        )
        report, quotation = case.attributions
        found = decided(case.text, [report], direct.attributions(case.text, quotations(case.text), [], LEXICON))
        assert [(a.content, a.source) for a in found] == [(a.content, report.source) for a in (report, quotation)]


def test_a_quotation_behind_silence_or_in_a_paragraph_with_more_is_nobodys() -> None:
    for markup in (
        '{source:1 Ek} {cue:1 did not say} {content:1 why Lind was late}. "He came by bus, all wet."',
        '{source:1 Ek} {cue:1 said} {content:1 Lind was late}.\n\n"He came by bus, all wet." It rained on.',
    ):
        case = marked(markup)
        start, end = case.text.index('"'), case.text.rindex('"') + 1
        quotation = Attribution((Extent(start, end),), kind="direct", detector="rules")
        assert [a.source for a in decided(case.text, list(case.attributions), [quotation])][1] == ()


def test_a_name_below_a_quotation_and_all_words_before_a_colon_tell_more_than_the_model() -> None:
    case = marked(
        '{content:1 "We paid for years and have no light."}\n— {source:1 Jo Lind, downtown}\n\n'
        '{content:2 "Show me one thing that works."}\n— {source:2 Al Ek, uptown}\n'
    )
    one, two = case.attributions
    wrong = [one, replace(two, source=one.source, confidence=0.7)]
    found = decided(case.text, wrong, direct.attributions(case.text, quotations(case.text), [], LEXICON))
    assert [a.source for a in found] == [one.source, two.source]
    case = marked(
        "And from {source:1 Speaker Ted Ek, {source:2 a Republican from Malby}}{cue:1 {cue:2 :}}\n"
        '{content:1 {content:2 "Six judges have decided it."}}'
    )
    wider, narrow = case.attributions
    (found_one,) = decided(case.text, [narrow], direct.attributions(case.text, quotations(case.text), [], LEXICON))
    assert found_one.source == wider.source


def test_who_opens_the_paragraph_of_a_quotation_without_a_cue_says_it() -> None:
    said = "{content:1 {content:2 “She gave it me.”}}"
    case = marked(f"{{source:1 Gianni}} baked.\n\n{{source:2 Carlo Ek}} laughed. {said}")
    learned, rule = case.attributions
    (found,) = decided(case.text, [learned], [replace(rule, detector="rules", kind="direct")])
    assert found.source == rule.source
    case = marked(f"{{source:1 Gianni}} baked.\n\nThen {{source:2 Carlo Ek}} laughed. {said}")
    learned, rule = case.attributions
    (found,) = decided(case.text, [learned], [replace(rule, detector="rules", kind="direct")])
    assert found.source == learned.source


def test_whom_an_outlet_cites_is_no_claim_of_the_outlet() -> None:
    case = marked(
        "It rained. The FTC has opened an inquiry, {source Bloomberg} {cue reported, citing} {content a person with "
        "knowledge of it}."
    )
    (found,) = decide(case.text, case.attributions, [], [], LEXICON)
    assert case.words(found.content) == ("The FTC has opened an inquiry",)
    assert case.words(found.cue) == ("reported",)
    assert case.words(found.cited) == ("a person with knowledge of it",)
