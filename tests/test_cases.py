"""The constructions of news prose, one file each in tests/cases: given who is quoted how, who is speaking?

A case is a text in the notation of ``marked``, a line of dashes, and a line for each attribution, in the order in
which their numbers first appear: ``1: name | type``, then what else is expected of it: ``role …``, or a link of the
chain with the name it leads to (``told …``, ``citing …``, ``via …``, ``reported …``); ``negated`` where it was not
said. A lone dash: nobody knows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from marking import marked
from quotes.lexicon import cue_words, load
from quotes.models import Attribution, Claim
from quotes.speakers import resolve

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
LINKS = ("citing", "told", "via", "reported")


def speaker(claim: Claim) -> str:
    """A claim's speaker as the cases write it."""
    found = claim.resolution.speaker
    return f"{found.name} | {found.type}" if found else "-"


def details(claim: Claim) -> set[str]:
    """All else that a case may ask for."""
    found = claim.resolution.speaker
    links = {f"{v.relation} {v.resolution.speaker.name}" for v in claim.chain if v.resolution.speaker}
    return links | ({f"role {found.role}"} if found else set())


def negated(text: str, attribution: Attribution) -> bool:
    """Do the words of the cue say that it was not said?"""
    return load("en").read_cue(cue_words(text, attribution)).negated


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_who_speaks(path: Path) -> None:
    markup, expected = path.read_text(encoding="utf-8").rsplit("\n---\n", 1)
    case = marked(markup)
    wanted = [line.split(": ", 1)[1].split(" | ") for line in expected.splitlines()]
    claims = resolve(case.text, case.attributions, [], [], load("en"))
    further = [{part for part in parts if part.startswith((*LINKS, "role ", "negated"))} for parts in wanted]
    who = [" | ".join(p for p in parts if p not in asked) for parts, asked in zip(wanted, further, strict=True)]
    assert [speaker(c) for c in claims] == who
    for claim, asked in zip(claims, further, strict=True):
        assert negated(case.text, claim.attribution) is ("negated" in asked)
        assert asked - {"negated"} <= details(claim)
        assert {d for d in details(claim) if d.startswith(LINKS)} <= asked


def test_there_are_cases_of_more_than_a_hundred_constructions() -> None:
    assert len({int(p.stem.split("-")[0]) for p in CASES}) > 100
