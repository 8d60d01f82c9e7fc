"""The word lists are in order, and cues are read as a reader of English reads them."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import QuotesError
from quotes.lexicon import STANCES, Form, load

FOLDER = files("quotes") / "data" / "en"
LISTS = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith((".txt", ".tsv")))
LEXICON = load()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_sorted_unique_and_lower_case(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    rows = lines[1:] if name.endswith(".tsv") else lines
    assert rows
    assert rows == sorted(set(rows))
    assert all(row == row.lower() == row.strip() for row in rows)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_where_it_comes_from(name: str) -> None:
    assert f"`{name}`" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_cues_keep_to_the_closed_sets() -> None:
    rows = [line.split("\t") for line in (FOLDER / "cues.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) > 600
    assert {form for _, form, _, _ in rows} == set(get_args(Form))
    assert {stance for _, _, stance, _ in rows} <= set(STANCES)
    assert {mode for _, _, _, mode in rows} == {"statement", "attitude"}
    assert len({(lemma, form) for lemma, form, _, _ in rows}) == len(rows)


def test_a_phrase_is_listed_as_it_is_looked_up() -> None:
    assert [p for p in LEXICON.cues["phrase"] if " ".join(map(LEXICON.lemma, p.split())) != p] == []


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"), ("told", "tell"), ("wrote", "write"), ("thought", "think"), ("found", "find"),
        ("shot", "shoot"), ("swore", "swear"), ("sworn", "swear"), ("felt", "feel"), ("knew", "know"), ("saw", "see"),
        ("sought", "seek"), ("meant", "mean"), ("broke", "break"), ("spoke", "speak"), ("gave", "give"),
        ("went", "go"), ("denies", "deny"), ("vying", "vie"), ("citing", "cite"), ("thinking", "think"),
        ("thanked", "thank"), ("tweeted", "tweet"), ("quipped", "quip"), ("admitted", "admit"),
        ("labelled", "label"), ("preferred", "prefer"), ("shown", "show"), ("upheld", "uphold"), ("read", "read"),
        ("Retweeted", "retweet"), ("zorbled", "zorbled"),
    ],
)  # fmt: skip
def test_a_form_has_its_lemma(form: str, lemma: str) -> None:
    assert LEXICON.lemma(form) == lemma


@pytest.mark.parametrize(
    ("cue", "lemma", "stance", "mode"),
    [
        ("said", "say", "neutral", "statement"),
        ("said in a statement", "say", "neutral", "statement"),
        ("has repeatedly denied", "deny", "deny", "statement"),
        ("according to", "according to", "neutral", "statement"),
        ("went on to say", "go on to say", "neutral", "statement"),
        ("continued to insist", "insist", "claim", "statement"),
        ("shot back", "shoot back", "neutral", "statement"),
        ("took to Twitter", "take to twitter", "neutral", "statement"),
        ("pointed out", "point out", "show", "statement"),
        ("has called for", "call for", "ask", "statement"),
        ("criticized", "criticize", "criticise", "statement"),
        ("promised", "promise", "promise", "statement"),
        ("warnings", "warning", "warn", "statement"),
        ("allegations of", "allegation", "claim", "statement"),
        ("believes", "believe", "think", "attitude"),
        ("would like", "would like", "want", "attitude"),
        ("is worried", "worried", "feel", "attitude"),
        ("hopes", "hope", "want", "attitude"),
        (":", ":", "neutral", "statement"),
        ("zorbled", "zorbled", "neutral", None),
        ("", "", "neutral", None),
    ],
)
def test_a_cue_has_a_head_a_stance_and_a_mode(cue: str, lemma: str, stance: str, mode: str | None) -> None:
    read = LEXICON.read_cue(cue)
    assert (read.lemma, read.stance, read.mode, read.negated) == (lemma, stance, mode, False)


@pytest.mark.parametrize(
    "cue",
    [
        "did not say", "didn't say", "didn’t mention", "never mentioned", "wouldn't say", "cannot say",
        "has yet to say",
        "declined to comment on", "refused to give", "failed to mention", "did not immediately respond to",
        "without saying", "had nothing to say about",
        "would neither confirm nor deny", "made no mention of", "stopped short of saying",
    ],
)  # fmt: skip
def test_what_was_not_said_is_negated(cue: str) -> None:
    assert LEXICON.read_cue(cue).negated


@pytest.mark.parametrize(
    "cue", ["denied", "not only said", "refused to endorse", "made no secret of", "couldn’t resist saying"]
)
def test_a_denial_or_a_refusal_was_said(cue: str) -> None:
    assert not LEXICON.read_cue(cue).negated


@pytest.mark.parametrize(
    "cue", ["reportedly", "Allegedly", "is said to", "it’s said", "was accused of", "are also accused", "is rumoured"]
)
def test_hearsay_hides_who_says_it(cue: str) -> None:
    assert LEXICON.read_cue(cue).hearsay


@pytest.mark.parametrize(
    "cue", ["said", "was told", "is saying", "was accused by", "accused", "was asked", "'s reports"]
)
def test_a_cue_that_shows_its_source_is_no_hearsay(cue: str) -> None:
    assert not LEXICON.read_cue(cue).hearsay


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_words_can_be_read_as_a_cue(words: str) -> None:
    assert LEXICON.read_cue(words).stance in STANCES


def test_the_lists_answer_who_is_who() -> None:
    assert LEXICON.titles["mrs"] == "f"
    assert LEXICON.titles["senator"] == ""
    assert LEXICON.kinship["brother"] == "m"
    assert LEXICON.people["spokeswoman"] == "f"
    assert LEXICON.pronouns["she"].gender == "f"
    assert LEXICON.pronouns["they"].number == "p"
    assert "ministry" in LEXICON.organisations
    assert "residents" in LEXICON.groups
    assert "lawsuit" in LEXICON.documents


@pytest.mark.parametrize("language", ["xx", "../en", ""])
def test_an_unknown_language_is_an_error(language: str) -> None:
    with pytest.raises(QuotesError, match="no word lists"):
        load(language)


def test_what_a_negation_reaches_has_one_use_each() -> None:
    uses = {"negates", "denies", "holds", "opens", "closes", "subject", "affirms"}
    rows = [line.split("\t") for line in (FOLDER / "negation.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert len({words for words, _ in rows}) == len(rows)
    assert {use for _, use in rows} == uses


def test_only_what_negates_can_be_taken_back() -> None:
    assert {negator for negator, _ in LEXICON.affirming} <= LEXICON.modifiers["negator"]
