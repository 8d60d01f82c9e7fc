"""The ways in which a text says what somebody is, so that "the lawyer" is that somebody later; and look-alikes."""

from __future__ import annotations

import pytest

from marking import marked
from quotes.lexicon import load
from quotes.models import Speaker
from quotes.speakers import resolve

LATER = " {source The lawyer} {cue said} {content it was good}."


def speaker(introduction: str) -> Speaker | None:
    case = marked(introduction + LATER)
    (claim,) = resolve(case.text, case.attributions, [], [], load("en"))
    return claim.resolution.speaker


@pytest.mark.parametrize(
    ("introduction", "role"),
    [
        ("Ann Quill, a lawyer, smiled.", "lawyer"),
        ("Ann Quill, a lawyer who lives in Leeds, smiled.", "lawyer"),
        ("Ann Quill, the Leeds lawyer who wrote the book, smiled.", "Leeds lawyer"),
        ("The book is by Ann Quill, a lawyer whose firm failed.", "lawyer"),
        ("Ann Quill, the lawyer representing the family, smiled.", "lawyer representing the family"),
        ("Ann Quill, 34, a lawyer, smiled.", "lawyer"),
        ("Ann Quill, 34, a lawyer who was there, smiled.", "lawyer"),
        ("Ann Quill, 34, the family's lawyer, smiled.", "family's lawyer"),
        ("Ann Quill (a lawyer) smiled.", "lawyer"),
        ("Ann Quill - a lawyer - smiled.", "lawyer"),
        ("Ann Quill — the family's lawyer — smiled.", "family's lawyer"),
        ("Ann Quill, now a lawyer, smiled.", "lawyer"),
        ("Ann Quill, herself a lawyer, smiled.", "lawyer"),
        ("Ann Quill, also a lawyer, smiled.", "lawyer"),
        ("A lawyer named Ann Quill smiled.", "lawyer"),
        ("A lawyer called Ann Quill was there.", "lawyer"),
        ("A Leeds lawyer called Ann Quill, 34, smiled.", "Leeds lawyer"),
        ("A lawyer for the family, Ann Quill, smiled.", "lawyer for the family"),
        ("The lawyer in the case is Ann Quill.", "lawyer in the case"),
        ("Their lawyer was Ann Quill, of Leeds.", "lawyer"),
        ("Ann Quill is a lawyer.", "lawyer"),
        ("Ann Quill became a lawyer in 2001.", "lawyer"),
        ("Ann Quill has been a lawyer since then.", "lawyer"),
        ("Ann Quill, who had been a lawyer for years, smiled.", "lawyer for years"),
        ("Ann Quill has worked as a lawyer for years.", "lawyer for years"),
        ("Ann Quill was appointed as the lawyer of the firm.", "lawyer of the firm"),
        ("Ann Quill was named a lawyer of the year.", "lawyer of the year"),
        ("Ann Quill was elected head lawyer of the club in May.", "head lawyer of the club"),
        ("Ann Quill (34), a lawyer from Leeds, smiled.", "lawyer from Leeds"),
    ],
)
def test_a_text_says_what_somebody_is(introduction: str, role: str) -> None:
    assert speaker(introduction) == Speaker("Ann Quill", "person", role)


@pytest.mark.parametrize(
    "introduction",
    [
        "Ann Quill, the lawyer said, was late.",
        "Ann Quill, a lawyer told the court, was late.",
        "According to Ann Quill, the lawyer who wrote the book lied.",
        "A lawyer called Ann Quill a liar.",
        "The lawyer named Ann Quill as the thief.",
        "Ann Quill is not a lawyer.",
        "The lawyer is Ann Quill's son.",
        "A lawyer called Ann Quill lazy.",
        "A lawyer called Ann Quill “a liar”.",
        "Ann Quill was no lawyer.",
        "Ann Quill was appointed by a lawyer.",
        "Ann Quill, who hired a lawyer, smiled.",
        "Ann Quill (whom a lawyer met) smiled.",
        "The fan of the lawyer is Ann Quill.",
        "Ann Quill, 34, met a lawyer.",
        "Ann Quill, 34, and a lawyer smiled.",
        "Ann Quill, the baker suing the lawyer, smiled.",
    ],
)
def test_a_lawyer_beside_a_name_may_be_another(introduction: str) -> None:
    found = speaker(introduction)
    assert found is not None
    assert found.name == "lawyer"
