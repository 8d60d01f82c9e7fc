"""Alleged quotations: every way in which they are altered, and what a collection says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from quotes import evidence
from quotes.errors import UsageError
from quotes.evidence.credits import uncredited
from quotes.evidence.figures import differing
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Review, Run, Speaker, SpeakerType
from quotes.store import Filters, Store, candidates, wording
from quotes.store.bearers import bears
from quotes_cli import pieces
from quotes_cli.app import app

PRINTED = '"We will not leave Marl before 300 homes are rebuilt, and Nora Wells agrees,"'


@pytest.mark.parametrize(
    "alleged",
    [
        "We will not leave Marl before 300 homes are rebuilt, and Nora Wells agrees",
        "we will not leave Marl",
        "We won’t leave MARL",
        "before 300 hómes",
        "“NORA WELLS agrees”",
        "Nora Wells's",
    ],
)
def test_the_same_words_are_exact_whatever_their_marks(alleged: str) -> None:
    assert evidence.compare(alleged, PRINTED).exact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They’ll say we’re ill and I’m not", "they will say we are ill and I am not"),
        ("Twenty-one of seventy fell, up 5 per cent", "21 of 70 fell; up 5%"),
    ],
)
def test_spellings_of_words_are_no_difference(one: str, other: str) -> None:
    assert evidence.compare(one, other).exact
    assert evidence.compare(other, one).exact


@pytest.mark.parametrize(
    ("alleged", "kind", "sentence"),
    [
        ("We will leave Marl", "negation", "4 of 5 words; “not” is missing"),
        ("300 homes are never rebuilt", "negation", "4 of 5 words; “never” is added"),
        ("before 900 homes are rebuilt", "number", "4 of 5 words; “900” stands for “300”"),
        ("before three homes are rebuilt", "number", "4 of 5 words; “three” stands for “300”"),
        ("are rebuilt, and Ivo Wells agrees", "name", "5 of 6 words; “Ivo” stands for “Nora”"),
        (
            "before 300 homes are demolished",
            "opposite",
            "4 of 5 words; “demolished” stands for “rebuilt”, which makes it another statement",
        ),
        (
            "Nora Wells disagrees",
            "opposite",
            "2 of 3 words; “disagrees” stands for “agrees”, which makes it another statement",
        ),
        ("We shall not leave Marl", "word", "4 of 5 words; “shall” stands for “will”"),
        ("We will not … leave Marl", None, "5 of 5 words"),
        (
            "We will not leave Marl … and Nora Wells agrees",
            "ellipsis",
            "9 of 9 words; the ellipsis hides 5 words: “before 300 homes are rebuilt”",
        ),
        (
            "We will not leave Marl and Nora Wells agrees",
            "omission",
            "9 of 9 words; 5 words are left out: “before 300 homes are rebuilt”",
        ),
        ("leave Marl before 300", "cut", "4 of 4 words; it is cut out after “not”, which turns it round"),
    ],
)
def test_what_was_altered_is_named(alleged: str, kind: str | None, sentence: str) -> None:
    likeness = evidence.compare(alleged, PRINTED)
    assert str(likeness) == sentence
    assert [change.kind for change in likeness.changes] == ([kind] if kind else [])
    assert likeness.exact == (kind is None)


@pytest.mark.parametrize(
    ("alleged", "printed", "kind"),
    [
        ("the wall held", "There is no doubt the wall held.", None),
        ("the wall held", "It is not only that; never mind the wall held.", "cut"),
        ("prices rose last year", "prices fell last year", "opposite"),
        ("it is lawful to do so", "it is unlawful to do so", "opposite"),
        ("they want more homes", "they want fewer homes", "opposite"),
        ("deaths were reported", "No injuries or deaths were reported.", "cut"),
        ("kept in Marl until she was eighteen", "She was kept at the Flag Base in Marl until she was eighteen", "word"),
        ("I shall vote for the dam", "I shall vote against the dam", "opposite"),
        ("I think the dam is safe", "I used to think the dam is safe", "opposite"),
        ("he was onside when it fell", "he was offside when it fell", "opposite"),
        ("the lamp was on all night", "the lamp was off all night", "opposite"),
        ("we will mend the bridge", "we might mend the bridge", "opposite"),
        ("we would mend the bridge", "we will mend the bridge", "word"),
        ("we shall mend the bridge", "we will mend the bridge", "word"),
        ("the vote for a dam", "the vote on a dam", "word"),
        ("it was a big house", "it was a huge house", "word"),
        ("we have the access", "we have the vaccines", "opposite"),
        ("I believe in talent", "I believe in repetition", "opposite"),
        ("we will not rest until the bridge is mended", "we will not rest until the bridge is repaired", "word"),
        ("it is good for all", "it is not only good for all", "word"),
        ("the wall held", "Scarcely anywhere the wall held.", "cut"),
        ("we spent 15 million on it", "we spent 1,5 million on it", "number"),
        ("we spent 12,5 thousand on it", "we spent 125 thousand on it", "number"),
        ("we spent 1500000 on it", "we spent 1,500,000 on it", None),
        ("we spent 150000.5 on it", "we spent 1,50,000.5 on it", None),
    ],
)
def test_what_turns_a_statement_round(alleged: str, printed: str, kind: str | None) -> None:
    likeness = evidence.compare(alleged, printed)
    assert [change.kind for change in likeness.changes] == ([kind] if kind else [])
    assert likeness.altered == (kind not in (None, "word"))


@pytest.mark.parametrize(
    ("printed", "alleged", "under"),
    [
        ("It is not true that I lied", "I lied", "not true that"),
        ("“It is not true,” … “that I lied.”", "I lied", "not true that"),
        ("It is not true, as some say, that I lied", "I lied", "not true"),
        ("I never said that the money was stolen", "money was stolen", "never said that"),
        ("I never said the money was stolen", "was stolen", "never said"),
        ("Nobody in this town can say that we failed", "we failed", "Nobody in this town can say that"),
        ("None of us said that we lied", "we lied", "None of us said that"),
        ("I don’t think the bridge will collapse", "bridge will collapse", "don’t think"),
        ("I do not for a moment believe that taxes rise", "taxes rise", "not for a moment believe that"),
        ("I left as it was late, not because the union asked", "the union asked", "not because"),
        ("I deny that I took the envelope", "I took the envelope", "deny that"),
        ("It is wrong to say that we lost", "we lost", "wrong to say that"),
        ("It is a lie that we lost", "we lost", "a lie that"),
        ("I never once in my life said that we lost", "we lost", "never once in my life said that"),
        ("I did not ask, nor do we think that a ban helps", "a ban helps", "nor do we think that"),
        ("I would be lying if I said that we won", "we won", "lying if I said that"),
        ("There is no evidence that the wall leaked", "the wall leaked", "no evidence that"),
        ("I see no sign that the wall of this old town leaked", "leaked", "no sign that"),
        (
            "Nobody who has swum there would say the river is clean",
            "say the river is clean",
            "Nobody who has swum there would",
        ),
        (
            "Nobody who has swum there would say the river is clean",
            "would say the river is clean",
            "Nobody who has swum there",
        ),
        ("I refuse to say that the mill is lost", "say that the mill is lost", "refuse to"),
        ("I refuse to close the mill", "close the mill", "refuse to"),
        ("It would be a lie to say that I enjoyed it", "say that I enjoyed it", "a lie to"),
        ("I do not for one moment believe that taxes rise", "believe that taxes rise", "not for one moment"),
        ("Nobody came, and I say the river is clean", "I say the river is clean", ""),
        ("Nobody came. I say the river is clean", "say the river is clean", ""),
        ("I did not go, but I said the river is clean", "said the river is clean", ""),
        ("There is no doubt we can say the river is clean", "say the river is clean", ""),
        ("No, I say the river is clean", "say the river is clean", ""),
        ("I lied, and that was not right", "I lied", ""),
        ("I lied and nobody believed me", "I lied", ""),
        ("There is little doubt that we failed", "we failed", ""),
        ("No one can deny that we failed", "we failed", ""),
        ("We did not win, but I think that we fought well", "we fought well", ""),
        ("We did not win and I think that we fought well", "we fought well", ""),
        ("I never said that we lied and we regret it", "we regret it", ""),
        ("I never said that, but the money was stolen", "the money was stolen", ""),
        ("I did not say so. The money was stolen", "The money was stolen", ""),
        ("I did not know that the money was stolen", "the money was stolen", ""),
        ("No, we will win", "we will win", ""),
    ],
)
def test_a_negation_reaches_over_the_clause_that_follows_it(printed: str, alleged: str, under: str) -> None:
    likeness = evidence.compare(alleged, printed)
    assert (likeness.under, likeness.exact) == (under, not under)


@pytest.mark.parametrize(
    ("alleged", "printed", "sentence"),
    [
        ("We can mend the bridge", "We cannot mend the bridge", "5 of 6 words; “can” stands for “cannot”"),
        ("It will rain again", "It won’t rain again", "4 of 5 words; “will” stands for “won’t”"),
        ("It is a bill", "It isn't a bill", "4 of 5 words; “is” stands for “isn't”"),
        ("It can't rain", "It can rain", "3 of 4 words; “can't” stands for “can”"),
        ("Yes, we can", "Yes, we can't mend it", "3 of 4 words; “can” stands for “can't”"),
        ("We cannot mend it", "We can not mend it", "5 of 5 words"),
    ],
)
def test_a_contraction_is_one_word_to_who_reads_it(alleged: str, printed: str, sentence: str) -> None:
    likeness = evidence.compare(alleged, printed)
    assert str(likeness) == sentence
    assert likeness.altered == ("stands for" in sentence)


@pytest.mark.parametrize(
    ("printed", "alleged"),
    [
        ("I say that the mill is lost", "the mill is lost"),
        ("We have always said that the mill is lost", "the mill is lost"),
        ("It is fair to say that the mill is lost", "the mill is lost"),
        ("Let me tell you that the mill is lost", "the mill is lost"),
        ("Everyone knows that the mill is lost", "the mill is lost"),
        ("The survey shows that the mill is lost", "the mill is lost"),
        ("History tells us that the mill is lost", "the mill is lost"),
        ("They say it will be sold, but the mill is lost", "the mill is lost"),
        ("They said so, and we know the mill is lost", "the mill is lost"),
        ("They say many things. The mill is lost", "the mill is lost"),
        ("I want you to believe that the mill is lost", "the mill is lost"),
        ("He told the whole truth about the mill", "the whole truth about the mill"),
        ("The mill is lost, isn't it?", "the mill is lost"),
        ("Is the mill lost? The mill is lost", "the mill is lost"),
        ("Are we to give up the mill?", "Are we to give up the mill"),
        ("When we came, we had nothing, did we?", "we had nothing"),
        ("If you ask me, the mill is lost", "the mill is lost"),
        ("Even if it rains, we will mend the roof", "we will mend the roof"),
        ("We will mend the roof even if it rains", "we will mend the roof"),
        ("We will mend the roof, if you ask me", "we will mend the roof"),
        ("We will see if it rains", "we will see"),
        ("He told me on condition of silence, and we kept the mill", "we kept the mill"),
        ("If it rains, we will mend the roof", "If it rains, we will mend the roof"),
        ("We love this town, and we will stay if you let us", "We love this town"),
        ("My rivals claim that I sold it", "my rivals claim that I sold it"),
        ("The fact that we won is plain", "we won"),
        ("We are the ones who say the mill was lost", "the mill was lost"),
        ("The mill was lost? No, it was sold", "The mill was lost?"),
    ],
)
def test_what_is_the_speakers_own_statement_is_word_for_word(printed: str, alleged: str) -> None:
    assert evidence.compare(alleged, printed).exact


@pytest.mark.parametrize(
    ("printed", "alleged", "under"),
    [
        ("My rivals claim that I sold the mill. I did not", "I sold the mill", "My rivals claim that"),
        ("They say I sold the mill", "I sold the mill", "They say"),
        ("They say I said the mill was lost", "the mill was lost", "They say"),
        ("My uncle used to say that all millers are rogues", "all millers are rogues", "My uncle used to say that"),
        ("They want you to believe that we are tired", "we are tired", "They want you to believe that"),
        ("She will tell you it was sand", "it was sand", "She will tell you"),
        ("Harbour First says there is no mill", "there is no mill", "Harbour First says"),
        ("Some people think the mill was lost. I do not", "the mill was lost", "Some people think"),
        ("The claim that the mill was lost is nonsense", "the mill was lost", "The claim that"),
        ("The idea that I hate millers is absurd", "I hate millers", "The idea that"),
        ("I was told that the mill is lost", "the mill is lost", "I was told that"),
        ("I used to think that the river was safe. Now I know better", "the river was safe", "I used to think that"),
        ("I wish I could say the mill is safe", "the mill is safe", "I wish I could say"),
        ("Heaven forbid that we lose the mill", "we lose the mill", "Heaven forbid that"),
        ("Do I think the mill was lost? No", "the mill was lost", "Do I think …?"),
        ("Are we going to close the mill? No", "we going to close the mill", "Are …?"),
        ("Who says the mill was lost?", "the mill was lost", "Who says …?"),
        ("The mill was lost? No, it was sold", "The mill was lost", "The mill was lost?"),
        ("I am not one of those who say the mill was lost", "the mill was lost", "those who say"),
        ("If the council allows it, we will close the mill", "we will close the mill", "If the council allows it"),
        ("If I were mayor, I would close the mill tomorrow", "I would close the mill tomorrow", "If I were mayor"),
        ("If the council allows it, we will close the mill", "the council allows it", "If"),
        ("Guests were welcome if they worked, and paid", "guests were welcome", "if they worked"),
        ("I will resign unless it passes", "I will resign", "unless it passes"),
        ("You may ask whether the mill is lost", "the mill is lost", "You may ask whether"),
    ],
)
def test_what_stands_under_anothers_saying_a_question_or_a_condition_is_named(
    printed: str, alleged: str, under: str
) -> None:
    likeness = evidence.compare(alleged, printed)
    assert (likeness.under, likeness.only_under, likeness.altered) == (under, True, True)


@pytest.mark.parametrize(
    ("alleged", "printed", "altered"),
    [
        ("we keep our ferries from the rocks", "we keep our rocks from the ferries", True),
        ("we all know the miller sued the carter", "we all know the carter sued the miller", True),
        ("Nora Wells thanked Ivo Bell", "Ivo Wells thanked Nora Bell", True),
        ("the old miller sued the rich carter", "the old miller sued the carter", False),
        ("on Monday we sued the miller", "we sued the miller on Monday", False),
    ],
)
def test_an_order_turned_round_is_another_statement(alleged: str, printed: str, altered: bool) -> None:
    assert evidence.compare(alleged, printed).altered == altered


@pytest.mark.parametrize(
    ("alleged", "printed", "sentence"),
    [
        ("the sums add up", "The sums do not add up, whoever does them.", "4 of 6 words; “do not” is missing"),
        ("she can sing", "She also can't sing.", "3 of 5 words; “can” stands for “also can't”"),
        (
            "he intended to step down",
            "He did not intend to step down.",
            "4 of 7 words; “intended” stands for “did not intend”",
        ),
        (
            "they asked for a boat",
            "They have not asked for one.",
            "3 of 7 words; “have not” is missing; “a boat” stands for “one”",
        ),
    ],
)
def test_a_short_sentence_without_its_not_is_no_mere_idea(
    tmp_path: Path, alleged: str, printed: str, sentence: str
) -> None:
    with Store(tmp_path / "short.db", create=True) as store:
        say(store, "gazette-1", ("Lena Marsh", printed))
        checked = evidence.check(store, alleged)
        assert (checked.verdict, checked.said) == ("altered", False)
        assert evidence.summary(checked) == f"Not so: Lena Marsh said something else, Gazette; {sentence}."


def test_a_denial_taken_over_denies_nothing_and_one_put_before_the_words_does() -> None:
    assert evidence.compare("it is false that I lied", "It is not true that I lied").under == ""
    said = "I took the envelope from the safe in May because I was told to"
    assert evidence.compare(f"I deny that {said}", said).altered
    assert evidence.compare("we left … the wall fell", "we left, but I deny that the wall fell").altered


@pytest.mark.parametrize(
    ("alleged", "printed", "sentence"),
    [
        (
            "We will … rebuild",
            "We will, with the help of all, rebuild the school",
            "3 of 3 words; the ellipsis hides 5 words: “with the help of all”",
        ),
        ("[T]he bridge was close[d]", "“The bridge was closed.”", "4 of 4 words"),
        ("[the firm] will close it", "“It will close it”", "3 of 3 words; “the firm” in brackets stands for “It”"),
        ("It [the firm] will close it", "“It will close it”", "4 of 4 words; “the firm” in brackets is added"),
        ("it is [not] closed", "“It is closed”", "3 of 4 words; “not” is added"),
    ],
)
def test_what_an_editor_owns_up_to_is_named_and_not_counted(alleged: str, printed: str, sentence: str) -> None:
    likeness = evidence.compare(alleged, printed)
    assert str(likeness) == sentence
    assert likeness.altered == ("not" in alleged)


@pytest.mark.parametrize(
    ("alleged", "printed", "sentences"),
    [
        (
            "it will cost 250 million",
            "the wall would cost $210 million and shelter 4,000 homes",
            ["“210” stands there, not “250”"],
        ),
        ("3,000 homes", "for $210 million 4,000 homes are safe", ["“4,000” stands there, not “3,000”"]),
        ("3,000 boats", "for $210 million 4,000 homes are safe", ["“3,000” does not stand there"]),
        ("$2.5 billion", "it costs $2.5 million", ["“2.5 million” stands there, not “2.5 billion”"]),
        ("two million", "2,000 boats, and 2 million homes", []),
        ("it costs 10", "it costs too much", []),
        ("1.5m homes", "1.5 million homes", []),
        ("$2.5bn", "$2.5 billion", []),
        ("$3bn", "$2.5 billion", ["“2.5 billion” stands there, not “3bn”"]),
        ("10 thousand men", "10,000 men", []),
        ("two hundred and fifty thousand men", "250,000 men", []),
        ("1 million men", "a million men, half a million boats and 3 dogs", []),
        ("500,000 boats", "half a million boats", []),
        ("6pm", "6 pm", []),
        ("6.30pm", "at 6:30 pm", []),
        ("5th", "5", []),
        ("5m tall", "5 metres tall", []),
        ("the 5-year plan", "a five-year plan", []),
        ("no one paid 5 million", "nobody paid 5 million of 6", []),
        ("in 2019 it cost 5 million", "it cost 5 million and saved 3", ["“2019” does not stand there"]),
        ("in 2019 it fell", "it fell in 2018, by 4%", ["“2018” stands there, not “2019”"]),
        ("5 percent", "up 4%, to 6", ["“4” stands there, not “5”"]),
        ("minus 5 degrees", "5 degrees", ["“5” stands there, not “minus 5”"]),
        ("two-thirds of 9", "2/3 of 9", []),
        ("it rose in 2019, on 12 May", "it rose in mid-2019, on 12/5/2019", []),
        (
            "it fell 3 and then 4 times",
            "it rose 5 and then 6 feet",
            ["“3” does not stand there", "“4” does not stand there"],
        ),
        ("the 3rd flood", "the third flood in 4 years", []),
        ("20 cases", "COVID-19 cases", ["“20” does not stand there"]),
    ],
)
def test_a_figure_that_differs_is_named(alleged: str, printed: str, sentences: list[str]) -> None:
    assert differing(alleged, printed) == sentences


def test_a_number_of_commas_without_end_takes_no_time() -> None:
    [word] = wording.words("10," * 200_000 + "1")
    assert word.end == 600_001


def test_a_common_word_far_off_holds_on_to_nothing() -> None:
    assert evidence.compare("We will agree and", PRINTED).same == 2


def test_what_an_ellipsis_hides_may_turn_it_round() -> None:
    likeness = evidence.compare("We will … leave Marl", PRINTED)
    assert likeness.altered
    assert not evidence.compare("We will not leave Marl … and Nora Wells agrees", PRINTED).altered
    assert str(likeness) == "4 of 4 words; the ellipsis hides 1 word: “not”, with “not”"


WORDS = st.lists(
    st.sampled_from(
        [
            "we",
            "will",
            "not",
            "leave",
            "Marl",
            "300",
            "homes,",
            "“and”",
            "…",
            "...",
            "U.S.-led",
            "don't",
            "5%",
            "É",
            "ß",
            "日本",
        ]
    )
)


@settings(max_examples=150, deadline=None)
@given(alleged=st.one_of(st.text(max_size=60), WORDS.map(" ".join)), text=st.one_of(st.text(), WORDS.map(" ".join)))
@example(alleged="can't", text="can not")
@example(alleged="minus", text="it is not -5")
@example(alleged="[-5] … not", text="never -5 -")
@example(alleged="0ON'T:0O", text="0O:0:NOT:0O")
def test_whatever_is_compared_the_parts_are_words_of_both(alleged: str, text: str) -> None:
    likeness = evidence.compare(alleged, text)
    assert 0 <= likeness.same <= likeness.of
    assert 0.0 <= likeness.similarity <= 1.0
    same = [part for part in likeness.parts if part.kind == "same"]
    assert bool(same) == bool(likeness.same)
    for part in likeness.parts:
        assert 0 <= part.alleged.start <= part.alleged.end <= len(alleged)
        assert 0 <= part.printed.start <= part.printed.end <= len(text)
    for before, after in pairwise(same):  # the two words of a contraction stand in one place
        assert before.alleged.start <= after.alleged.start
        assert before.alleged.end <= after.alleged.end
    if same:
        assert (likeness.extent.start, likeness.extent.end) == (same[0].printed.start, same[-1].printed.end)


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1), data=st.data())
def test_every_run_of_words_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    words = text.split()
    start, end = sorted((data.draw(st.integers(0, len(words))), data.draw(st.integers(0, len(words)))))
    likeness = evidence.compare(" ".join(words[start:end]), text)
    assert likeness.same == likeness.of or "cut" in {change.kind for change in likeness.changes}


def test_a_passage_is_found_far_down_a_long_text() -> None:
    text = "It rained on and on over the hills. " * 2_000 + PRINTED + " Then it stopped." * 500
    likeness = evidence.compare("We will not leave Marl", text)
    assert likeness.exact
    assert likeness.extent.of(text) == "We will not leave Marl"


# A collection

RUN = Run("0", "by hand")


def say(
    store: Store,
    name: str,
    *said: tuple[str, str],
    day: str | None = None,
    between: str = " ",
    kind: SpeakerType = "person",
    negated: bool = False,
    denied: bool = False,
) -> None:
    """Store an article in which speakers say things, each sentence a claim; one without a name is nobody known."""
    text, claims = "", []
    for speaker, words in said:
        text += f"{between if text else ''}{speaker}: {words}"
        at = len(text) - len(words)
        source = Extent(at - len(speaker) - 2, at - 2)
        who = Resolution(Speaker(speaker, kind), "name", (source,), 1.0) if speaker else Resolution(None)
        sources, content = (source,) if speaker else (), (Extent(at, at + len(words)),)
        how = Attribution(content, source=sources, kind="direct", negated=negated)
        if denied:
            how = replace(how, kind="indirect", stance="deny", cue=(Extent(at - 2, at - 1),))
        claims.append(Claim(how, who))
    outlet = name.split("-")[0].title()
    store.save(Article(text + " The end.", name, name, f"https://x.example/{name}", outlet, day), claims, RUN)


@pytest.fixture
def collection(tmp_path: Path) -> Store:
    """What Nora Wells said of Marl, in four outlets: as it was, copied, altered, and by somebody else."""
    with Store(tmp_path / "claims.db", create=True) as store:
        wells = ("Nora Wells", "We will not leave Marl before the homes are dry.")
        say(store, "gazette-1", wells, ("Ivo Bell", "The bridge over the Dorle is closed for good."), day="2024-03-02")
        say(store, "courier-1", wells, day="2024-03-01")
        say(store, "herald-1", ("Nora Wells", "We will leave Marl before the homes are dry."), day="2024-03-03")
        say(store, "post-1", ("Ada Quill", "“We will not leave Marl before the homes are dry.”"), day="2024-03-04")
        say(store, "post-2", ("Ivo Bell", "Rain is due on Monday."), ("Ivo Bell", "Bring your boots along."))
        yield store


@pytest.mark.parametrize(
    ("alleged", "speaker", "verdict", "summary"),
    [
        (
            "we will not leave Marl",
            None,
            "exact",
            "Word for word: Nora Wells, 2024-03-01, Courier; 3 claims in all by 2 speakers; "
            "but 1 other outlet prints it without “not”.",
        ),
        (
            "we will not leave Marl",
            "wells",
            "exact",
            "Word for word: Nora Wells, 2024-03-01, Courier; 2 claims in all; "
            "but 1 other outlet prints it without “not”.",
        ),
        ("the homes are dry", "Bell", "absent", "The words are found, but said by Nora Wells, not Bell."),
        (
            "we will never leave Marl before the homes are dry",
            "Quill",
            "near",
            "Nearly: Ada Quill, 2024-03-04, Post; 9 of 10 words; “never” stands for “not”.",
        ),
        (
            "Rain is not due on Monday",
            None,
            "altered",
            "Not so: Ivo Bell said something else, Post; 5 of 6 words; “not” is added.",
        ),
        (
            "Rain is due on Monday. Bring your boots along",
            None,
            "exact",
            "Word for word: Ivo Bell, Post.",
        ),
        (
            "The Dorle bridge is good and now closed to all",
            None,
            "idea",
            "Only the idea: Ivo Bell spoke of “Dorle”, “bridge”, “good”, “closed”.",
        ),
        (
            "the end of Ivo Bell",
            None,
            "absent",
            "Not in this collection.",
        ),
        (
            "along. The end",
            None,
            "text",
            "The words stand in an article, but nobody is recorded as saying them.",
        ),
        ("Zebras gallop", None, "absent", "Not in this collection."),
    ],
)
def test_a_verdict(collection: Store, alleged: str, speaker: str | None, verdict: str, summary: str) -> None:
    checked = evidence.check(collection, alleged, Filters(speaker=speaker))
    assert (evidence.summary(checked), checked.verdict) == (summary, verdict)


def test_the_opposite_of_what_was_said_was_not_said(collection: Store) -> None:
    checked = evidence.check(collection, "we will leave Marl before the homes are dry", Filters(speaker="Quill"))
    assert (checked.verdict, checked.said) == ("altered", False)


def test_the_first_line_says_that_other_outlets_print_a_not(tmp_path: Path) -> None:
    with Store(tmp_path / "forged.db", create=True) as store:
        say(store, "wire-1", ("Ada Quill", "We are not at the end of this road."), day="2024-01-01")
        say(store, "herald-1", ("Ada Quill", "We are not at the end of this road."), day="2024-01-02")
        say(store, "flash-1", ("Ada Quill", "We are at the end of this road."), day="2024-01-03")
        told = evidence.check(store, "We are at the end of this road")
        first = "Word for word: Ada Quill, 2024-01-03, Flash; but 2 other outlets print “not”."
        assert (evidence.summary(told), told.said) == (first, True)
        told = evidence.check(store, "We are not at the end of this road")
        assert "claims in all; but 1 other outlet prints it without “not”." in evidence.summary(told)
        say(store, "flash-2", ("Ada Quill", "We are not at the end of this road."), day="2024-01-04")
        assert "other outlet" not in evidence.summary(evidence.check(store, "We are not at the end of this road"))


@pytest.mark.parametrize(
    ("pasted", "quotation"),
    [
        ("'Rain is due on Monday' - Ivo Bell", "Rain is due on Monday"),
        ("“Rain is due on Monday,” he told the whole council", "Rain is due on Monday,"),
        ('"Rain is due," Ivo Bell said, "on Monday."', "Rain is due, on Monday."),
        ("Rain is due on Monday — Ivo Bell", "Rain is due on Monday"),
        ("‘Rain isn’t due on Monday’, according to Bell", "Rain isn’t due on Monday"),
        ("“Dry” is what he said the homes were", "“Dry” is what he said the homes were"),
        ("Rain is due - on Monday", "Rain is due - on Monday"),
        ("“Rain” and “wind” are due on Monday", "“Rain” and “wind” are due on Monday"),
        ("“Rain is due on Monday”", "“Rain is due on Monday”"),
        ("He said: “Rain is due”", "He said: “Rain is due”"),
    ],
)
def test_a_credit_pasted_with_a_quotation_is_none_of_its_words(pasted: str, quotation: str) -> None:
    assert uncredited(pasted) == quotation


def test_a_quotation_pasted_with_its_credit_is_found(collection: Store) -> None:
    for pasted in ("'Rain is due on Monday' - Ivo Bell", "“Rain is due on Monday,” he told the council"):
        assert evidence.summary(evidence.check(collection, pasted)) == "Word for word: Ivo Bell, Post."


def test_what_somebody_says_in_the_quotation_of_another_is_only_told(tmp_path: Path) -> None:
    with Store(tmp_path / "told.db", create=True) as store:
        text = "Quill: Bell says the mill is lost for good."
        quill, bell = (Speaker(name, "person") for name in ("Ada Quill", "Ivo Bell"))
        claims = [
            Claim(
                Attribution((Extent(7, 43),), source=(Extent(0, 5),), kind="direct"),
                Resolution(quill, "name", (Extent(0, 5),), 1.0),
            ),
            Claim(
                Attribution((Extent(17, 42),), source=(Extent(7, 11),), kind="indirect"),
                Resolution(bell, "name", (Extent(7, 11),), 1.0),
            ),
        ]
        store.save(Article(text, "a", "Mill"), claims, RUN)
        for asked, first in (
            (None, "Word for word, but as Ada Quill tells it: Ivo Bell."),
            ("Bell", "Word for word, but as Ada Quill tells it: Ivo Bell."),
            ("Quill", "Word for word, but under “Bell says”: Ada Quill."),
        ):
            checked = evidence.check(store, "the mill is lost", Filters(speaker=asked))
            assert (checked.said, evidence.summary(checked)) == (False, first)
        say(store, "post-1", ("Ivo Bell", "The mill is lost for good."))
        assert evidence.check(store, "the mill is lost", Filters(speaker="Bell")).said
        assert not evidence.check(store, "the mill is lost", Filters(speaker="Quill")).said


def test_where_nothing_is_found_the_nearest_claims_are_named(collection: Store) -> None:
    checked = evidence.check(collection, "A bridge would cost Marl dearly, and so would the Dorle")
    assert checked.verdict == "absent"
    assert "bridge" in checked.nearest[0]["quote"]


def test_a_word_that_tells_is_nearer_than_two_that_do_not(tmp_path: Path) -> None:
    with Store(tmp_path / "claims.db", create=True) as store:
        for nth, thing in enumerate(("bread", "boats", "roads", "rain", "stone", "trees", "goats", "coal", "wool")):
            said = (("Ada Quill", f"My {thing} is old."), ("Ivo Bell", f"No {thing} was sold."))
            say(store, f"post-{nth}", *said, between=" Here is what we have. ")
        say(store, "post-10", ("Ada Quill", "All we have is hope."), ("Ivo Bell", "Nobody paid for the ferry."))
        checked = evidence.check(store, "we have sunk a ferry")
        assert [row["quote"] for row in checked.nearest] == ["Nobody paid for the ferry."]
        assert evidence.check(store, "we have sunk a canoe").nearest == ()


def test_a_quotation_over_two_claims_names_both(collection: Store) -> None:
    [first, *_] = evidence.check(collection, "due on Monday. Bring your boots").found
    assert [row["quote"] for row in first.rows] == ["Rain is due on Monday.", "Bring your boots along."]
    assert not first.stitched


def test_pieces_put_together_are_found_where_they_are(collection: Store) -> None:
    checked = evidence.check(collection, "We will not leave Marl before the bridge over the Dorle is closed for good")
    assert checked.verdict != "exact"
    places = {finding.row["speaker"] for finding in (*checked.found, *(piece.finding for piece in checked.pieces))}
    assert {"Nora Wells", "Ivo Bell"} <= places
    assert all(piece.alleged.of(checked.alleged) in checked.alleged for piece in checked.pieces)


def test_filters_narrow_the_collection(collection: Store) -> None:
    checked = evidence.check(collection, "we will not leave Marl", Filters(since="2024-03-02", publisher="post"))
    assert [finding.row["speaker"] for finding in checked.found if finding.grade == "exact"] == ["Ada Quill"]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(publisher="post"),
        Filters(since="2024-03-03"),
        Filters(until="2024-03-01"),
        Filters(kind="indirect"),
        Filters(status="accepted"),
        Filters(reviewed=True),
        Filters(article="post-1"),
    ],
)
def test_filters_narrow_the_texts_too_and_hide_nobody_who_said_it(collection: Store, filters: Filters) -> None:
    checked = evidence.check(collection, "The bridge over the Dorle is closed for good", filters)
    assert (checked.verdict, checked.texts) == ("absent", ())
    assert evidence.summary(checked) == "Not in what the filters leave of this collection."
    assert not evidence.check(collection, "along. The end", replace(filters, publisher="herald")).texts
    if filters.publisher or filters.kind:
        assert evidence.check(collection, "along. The end", filters).texts


@pytest.mark.parametrize("alleged", ["", " … ", "\0", "—", "word " * 401])
def test_what_cannot_be_looked_for_says_so(collection: Store, alleged: str) -> None:
    with pytest.raises(UsageError):
        evidence.check(collection, alleged)


@settings(max_examples=60, deadline=None)
@given(alleged=st.one_of(st.text(max_size=40), WORDS.map(" ".join)))
@example(alleged='" OR NOT NEAR(')
@example(alleged="Marl＂*")
def test_no_alleged_words_are_an_error_of_sqlites(tmp_path_factory: pytest.TempPathFactory, alleged: str) -> None:
    path = tmp_path_factory.getbasetemp() / "hostile-words.db"
    with Store(path, create=True) as store:
        say(store, "x-1", ("Nora Wells", "We will not leave Marl before 300 homes are dry."))
        try:
            checked = evidence.check(store, alleged)
        except UsageError:
            return
        json.dumps(evidence.told(checked))


def test_wordings_of_a_quotation_in_time(collection: Store) -> None:
    quotation = "We will not leave Marl before the homes are dry."
    first, second = evidence.versions(collection, quotation)
    assert [row["publisher"] for row in first.rows] == ["Courier", "Gazette", "Post"]
    assert (first.altered, second.altered) == (False, True)
    assert str(second.likeness) == "9 of 10 words; “not” is missing"
    rows = list(evidence.rows([first, second], quotation))
    assert [row["other_speaker"] for row in rows] == [False, False, True, False]


@pytest.mark.parametrize(
    ("name", "kind", "asked", "meant"),
    [
        ("Barack Obama", "person", "Obama", True),
        ("Obama administration", "organisation", "Obama", False),
        ("Obama's spokesman", "anonymous", "Obama", False),
        ("senior Obama administration official", "anonymous", "obama", False),
        ("senior Obama administration official", "anonymous", "administration official", True),
        ("Kofi Tate, Obama's lawyer", "person", "Obama", False),
        ("Amnesty International", "organisation", "Amnesty", True),
        ("the Ministry of Defence", "organisation", "defence ministry", True),
        ("Friends of Marl", "organisation", "Marl", False),
        ("Barack Obama", "person", "Michelle Obama", False),
        ("Obama", "person", "", False),
        ("McDonald’s Corp", "organisation", "McDonald's", True),
        ("Lloyd's of London", "organisation", "lloyd’s", True),
        ("Lloyd's register", "organisation", "Lloyd", False),
        ("McDonald's spokesman", "anonymous", "McDonald's", False),
        ("Hale's Foundation", "organisation", "ale's", False),
    ],
)
def test_a_name_is_that_of_its_bearer_and_of_nobody_it_describes(name, kind, asked, meant):
    assert bears(name, kind, asked) == meant


def test_whoever_is_described_by_a_name_is_not_the_one_asked_about(tmp_path: Path) -> None:
    with Store(tmp_path / "names.db", create=True) as store:
        say(store, "gazette-1", ("Bell spokesman", "The bridge is closed for good."), kind="anonymous")
        checked = evidence.check(store, "the bridge is closed for good", Filters(speaker="Bell"))
        assert (checked.verdict, checked.misattributed) == ("absent", True)
        assert "Bell spokesman; whether that is Bell is not known" in evidence.summary(checked)
        number = checked.others[0].row["speaker_id"]
        assert evidence.check(store, "the bridge is closed", Filters(speaker=f"#{number}")).verdict == "exact"


def test_a_name_given_later_is_a_name_too(collection: Store) -> None:
    collection.alias("Nora Wells", "The Mayor of Marl", reviewer="tester")
    assert evidence.check(collection, "we will not leave Marl", Filters(speaker="mayor of marl")).verdict == "exact"


def test_what_two_unknown_people_said_is_not_put_together(tmp_path: Path) -> None:
    with Store(tmp_path / "unknown.db", create=True) as store:
        say(store, "gazette-1", ("", "We will not leave"), ("Nora Wells", "It rained."), ("", "the town of Marl"))
        assert not evidence.check(store, "we will not leave the town of Marl").said


def test_claims_are_put_together_within_one_article(tmp_path: Path) -> None:
    with Store(tmp_path / "apart.db", create=True) as store:
        say(store, "gazette-1", ("Nora Wells", "We will not leave"))
        say(store, "1", ("Nora Wells", "the old town of Marl"))
        assert not evidence.check(store, "we will not leave the old town of Marl").said


def test_a_claim_between_two_that_are_put_together_is_named(tmp_path: Path) -> None:
    with Store(tmp_path / "between.db", create=True) as store:
        said = ("I will not, whatever they say,", "vote for a higher tax on homes.", "resign over the bridge of Marl.")
        say(store, "gazette-1", *(("Nora Wells", words) for words in said))
        [best, *_] = evidence.check(store, "I will not, whatever they say, resign over the bridge of Marl").found
        assert (best.grade, best.stitched) == ("near", True)
        assert "“vote for a higher tax on homes”" in str(best.likeness)


def test_words_under_a_negation_were_not_said(tmp_path: Path) -> None:
    with Store(tmp_path / "under.db", create=True) as store:
        say(store, "gazette-1", ("Nora Wells", "It is not true that I lied."), day="2024-01-01")
        checked = evidence.check(store, "I lied")
        assert (checked.verdict, checked.said) == ("altered", False)
        assert evidence.summary(checked) == "Word for word, but under “not true that”: Nora Wells, 2024-01-01, Gazette."
        asked = evidence.check(store, "I lied", Filters(speaker="Bell"))
        assert "said by Nora Wells, not Bell, and under “not true that”" in evidence.summary(asked)
        say(store, "courier-1", ("Ivo Bell", "I lied, and that was not right."), day="2024-01-02")
        assert evidence.check(store, "I lied").said
        assert not evidence.check(store, "I lied", Filters(speaker="Wells")).said


BUILT, FREED = "We have built forty schools in this state.", "I will free them all before the summer, one by one."


@pytest.mark.parametrize(
    ("alleged", "verdict", "parts"),
    [
        (
            "we have built forty schools and free them all before the summer",
            "spliced",
            ["we have built forty schools", "free them all before the summer"],
        ),
        (
            "before the summer we have built forty schools",
            "spliced",
            ["before the summer", "we have built forty schools"],
        ),
        ("we have built forty schools in this state by May", "near", []),
        ("we have built forty schools … free them all before the summer", "near", []),
        ("We have built forty schools in this state. The prisons are full", "exact", []),
        ("I will free them all, one by one", "near", []),
        ("We have built forty ships in this state. I will free them all before the summer", "spliced", []),
    ],
)
def test_a_splice_says_where_each_part_stands(tmp_path: Path, alleged: str, verdict: str, parts: list[str]) -> None:
    with Store(tmp_path / "splice.db", create=True) as store:
        say(store, "gazette-1", *(("Lena Marsh", said) for said in (BUILT, "The prisons are full of good men.", FREED)))
        checked = evidence.check(store, alleged)
        assert checked.verdict == verdict
        assert checked.said == (verdict in ("exact", "near"))
        assert [piece.alleged.of(alleged) for piece in checked.pieces if verdict == "spliced"] == parts
        assert evidence.summary(checked).startswith("Spliced: ") == (verdict == "spliced")


def test_parts_of_a_splice_may_stand_in_two_articles_of_one_speaker_only(tmp_path: Path) -> None:
    alleged = "we have built forty schools and free them all before the summer"
    with Store(tmp_path / "apart.db", create=True) as store:
        say(store, "gazette-1", ("Lena Marsh", BUILT), ("Ivo Bell", FREED), day="2024-01-01")
        assert evidence.check(store, alleged).verdict != "spliced"
        say(store, "courier-1", ("Lena Marsh", FREED), day="2024-01-02")
        told = evidence.summary(evidence.check(store, alleged))
        assert "“we have built forty schools” (#1, 2024-01-01, Gazette)" in told
        assert "“free them all before the summer” (#3, 2024-01-02, Courier)" in told
        assert evidence.check(store, alleged, Filters(speaker="Marsh")).verdict == "spliced"
        assert evidence.check(store, alleged, Filters(speaker="Bell")).verdict != "spliced"


def test_what_an_article_says_was_not_said_is_not_said(tmp_path: Path) -> None:
    with Store(tmp_path / "denied.db", create=True) as store:
        say(store, "gazette-1", ("Nora Wells", "The bridge is closed for good."), negated=True, day="2024-01-01")
        checked = evidence.check(store, "the bridge is closed for good")
        assert (checked.verdict, checked.said) == ("exact", False)
        assert "not said" in evidence.summary(checked)
        say(store, "courier-1", ("Ivo Bell", "The bridge is closed for good now."), day="2024-01-02")
        checked = evidence.check(store, "the bridge is closed for good")
        assert checked.said
        assert checked.found[0].row["speaker"] == "Ivo Bell"


def test_what_somebody_denied_is_not_what_they_said(tmp_path: Path) -> None:
    with Store(tmp_path / "denials.db", create=True) as store:
        say(store, "gazette-1", ("Nora Wells", "she had sold the bridge"), denied=True, day="2024-01-01")
        checked = evidence.check(store, "she had sold the bridge")
        assert (checked.verdict, checked.said) == ("exact", False)
        assert evidence.summary(checked).startswith("Word for word, but in a denial (“:”): Nora Wells")
        say(store, "courier-1", ("Ivo Bell", "she had sold the bridge"), day="2024-01-02")
        assert evidence.check(store, "she had sold the bridge").said


def test_what_somebody_did_not_deny_was_neither_said_nor_unsaid(tmp_path: Path) -> None:
    with Store(tmp_path / "undenied.db", create=True) as store:
        text = "Moss did not rule out a strike at the plant. Moss did not say when."
        moss = Resolution(Speaker("Moss", "person"), "name", (Extent(0, 4),), 1.0)
        seen = [
            Attribution(
                (Extent(22, 43),), (Extent(5, 21),), (Extent(0, 4),), kind="indirect", stance="deny", negated=True
            ),
            Attribution((Extent(62, 66),), (Extent(50, 61),), (Extent(45, 49),), kind="indirect", negated=True),
        ]
        store.save(Article(text, "a", "Strike"), [Claim(one, moss) for one in seen], RUN)
        one, other = store.claims()
        assert (one["quote"], one["undenied"], other["undenied"]) == ("a strike at the plant", "did not rule out", "")
        assert pieces.quote(one).plain == "did not rule out: a strike at the plant"
        assert pieces.quote(other).plain == "NOT said: when"
        checked = evidence.check(store, "a strike at the plant")
        assert (checked.said, evidence.summary(checked)) == (
            False,
            "Word for word, but neither said nor denied (“did not rule out”): Moss.",
        )


def test_a_rejected_claim_says_nothing(collection: Store) -> None:
    [bridge] = [row for row in collection.claims() if "bridge" in row["quote"]]
    collection.review(bridge["claim_id"], Review(status="rejected"), "tester")
    checked = evidence.check(collection, "the bridge over the Dorle is closed")
    assert (checked.verdict, checked.said) == ("text", False)
    assert evidence.check(collection, "the bridge over the Dorle is closed", Filters(status="rejected")).said


def test_who_is_asked_about_is_not_crowded_out(tmp_path: Path) -> None:
    with Store(tmp_path / "crowd.db", create=True) as store:
        say(store, "gazette-1", *((f"Ada Quill{n}", f"And we will win {n} seats.") for n in range(100)))
        say(store, "courier-1", ("Nora Wells", "You know that we will win, my friends."))
        assert evidence.check(store, "we will win", Filters(speaker="Wells")).verdict == "exact"


def test_what_another_said_otherwise_is_not_found(tmp_path: Path) -> None:
    with Store(tmp_path / "other.db", create=True) as store:
        say(store, "courier-1", ("Nora Wells", "The wall was never checked by us."), ("Ada Quill", "So it was."))
        checked = evidence.check(store, "the wall was checked by us", Filters(speaker="Quill"))
        assert evidence.summary(checked).startswith("Not so: Nora Wells, not Quill, said something else")
        assert not checked.said


@pytest.mark.parametrize("seekable", [0, 200])
def test_a_phrase_of_very_many_is_found_of_whom_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seekable: int
) -> None:
    for name, few in {"RARE": 20, "MOST": 10, "SEEKABLE": seekable}.items():
        monkeypatch.setattr(candidates, name, few)
    with Store(tmp_path / "crowd.db", create=True) as store:
        say(store, "gazette-1", *((f"Ada Quill{n}", "And we will win.") for n in range(50)))
        say(store, "courier-1", ("Nora Wells", "And we will win."), ("Nora Wells", "The wall held."))
        asked = Filters(speaker="Wells")
        assert evidence.check(store, "and we will win", asked).verdict == "exact"
        assert evidence.check(store, "and we will not win", asked).verdict == "altered"
        [version] = evidence.versions(store, "and we will win", asked)
        assert [row["speaker"] for row in version.rows] == ["Nora Wells"]
        assert evidence.check(store, "and we will win", Filters(article="gazette-1", speaker="Wells")).misattributed


def test_a_minus_is_a_word() -> None:
    assert evidence.compare("it fell to minus 5", "It fell to −5 degrees in 2016-17.").exact
    assert not evidence.compare("it fell to 5", "It fell to -5 degrees.").exact


def test_a_wire_copy_has_the_context_of_an_earlier_claim_too(tmp_path: Path) -> None:
    with Store(tmp_path / "wire.db", create=True) as store:
        for name, day in (("ashby-1", "2024-01-02"), ("marl-1", "2024-01-01"), ("delta-1", "2024-01-03")):
            between = " Elsewhere " if name == "delta-1" else " "
            say(store, name, ("Wells", "The sluice holds for now."), ("Bell", "So they say."), day=day, between=between)
        [version] = evidence.versions(store, "the sluice holds for now")
        assert [row["publisher"] for row in version.rows if row["id"] in version.copies] == ["Ashby"]


# The commands


@pytest.fixture
def run(collection: Store) -> Callable[..., object]:
    return lambda *arguments: CliRunner().invoke(app, ["-d", str(collection.path), *arguments])


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("check-exact.txt", ["we will not leave Marl"], 0),
        ("check-near.txt", ["we will never leave Marl before the homes are dry", "--speaker", "Wells", "-n", "2"], 0),
        ("check-other.txt", ["the homes are dry", "--speaker", "Bel"], 1),
        ("check-absent.txt", ["zebras gallop"], 1),
    ],
)
def test_check_in_a_pipe(run, golden, name, arguments, code):
    done = run("check", *arguments)
    assert (done.exit_code, done.stderr) == (code, "")
    golden(name, done.stdout)


def test_check_as_json_tells_everything(run):
    done = run("check", "we will leave Marl", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["verdict"], told["said"], told["found"][0]["grade"]) == (0, "exact", True, "exact")
    near = next(one for one in told["found"] if one["grade"] == "near")
    assert near["changes"] == [
        {"kind": "negation", "alleged": "", "printed": "not", "sentence": "“not” is missing"},
    ]
    assert [part["kind"] for part in near["diff"]] == ["same", "printed", "same"]


def test_compare_on_a_terminal_and_as_rows(run, terminal, collection, golden):
    golden("compare.txt", terminal("-d", str(collection.path), "compare", "1"))
    rows = json.loads(run("compare", "we will not leave Marl before the homes are dry", "--json").stdout)
    assert [(row["version"], row["publisher"], row["altered"]) for row in rows] == [
        (1, "Courier", False),
        (1, "Gazette", False),
        (1, "Post", False),
        (2, "Herald", True),
    ]
    assert run("compare", "1", "--csv").stdout.splitlines()[0].endswith("copy,other_speaker")
    assert run("compare", "zebras").stdout == "No claim has these words.\n"
    assert run("compare", "99").exit_code == 2


def test_a_switch_shows_no_type_in_the_help(run):
    for command in (["--help"], ["check", "--help"], ["report", "-h"]):
        assert "bool" not in run(*command).stdout


def test_an_article_opens_from_a_terminal_unless_its_address_would_be_obeyed():
    row = {"article": "Rain", "publisher": None, "published": None}
    for url, linked in (("https://x.example/1", True), ("https://x.example/\x1b]0;x", False), ("file:///x", False)):
        styles = [str(span.style) for span in pieces.printed({**row, "url": url}).spans]
        assert any("link" in style for style in styles) == linked
    assert "link" not in str(pieces.printed({**row, "url": None}).spans)


@pytest.mark.parametrize(
    "lead",
    [
        "I am not afraid to say that", "I will not stop saying that", "I have no hesitation in saying",
        "It's no exaggeration to say", "We're not the only ones who say that", "Nothing is more certain than that",
        "Like it or not,", "With no money,", "There is no money;",
    ],
)  # fmt: skip
def test_insistence_and_a_negation_in_another_clause_turn_nothing_round(lead: str) -> None:
    assert evidence.compare("the dam is unsafe and should close", f"{lead} the dam is unsafe and should close.").exact


def test_brackets_absolve_no_other_name_and_no_other_verb() -> None:
    assert evidence.compare("[Smith] will resign on Monday", "and Jones will resign on Monday").altered
    assert not evidence.compare("We will [close] the school", "We will keep the school").verbatim
    assert evidence.compare("[the firm] will close on Monday", "it will close on Monday").verbatim
