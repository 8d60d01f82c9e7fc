"""Inputs of every kind, each with the articles that are to be read from it beside it, run as one table.

``NAME.ext`` lies beside ``NAME.ext.expected.json``: ``{"articles": [{…}]}``, of which every key given must hold, or
``{"skipped": ["part of the reason", …]}``. An article's ``notes`` are parts of notes, each to be found in one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotes.models import Article, Skipped
from quotes.readers import read

INPUTS = Path(__file__).parent / "inputs"
EXPECTED = ".expected.json"
CASES = sorted(path.name.removesuffix(EXPECTED) for path in INPUTS.glob(f"*{EXPECTED}"))


def seen(article: Article, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the article says under the keys that are wanted, in the form in which JSON has it."""
    found = {key: getattr(article, key) for key in wanted if key != "notes"}
    found = {key: list(value) if isinstance(value, tuple) else value for key, value in found.items()}
    if "notes" in wanted:
        found["notes"] = [part for part in wanted["notes"] if any(part in note for note in article.notes)]
    return found


@pytest.mark.parametrize("name", CASES)
def test_an_input_is_read_as_expected(name: str) -> None:
    expected = json.loads((INPUTS / f"{name}{EXPECTED}").read_text(encoding="utf-8"))
    found = list(read(INPUTS / name))
    articles = [one for one in found if isinstance(one, Article)]
    reasons = [one.reason for one in found if isinstance(one, Skipped)]
    assert len(reasons) == len(expected.get("skipped", [])), reasons
    assert all(part in reason for part, reason in zip(expected.get("skipped", []), reasons, strict=True)), reasons
    assert len(articles) == len(expected.get("articles", []))
    for article, wanted in zip(articles, expected.get("articles", []), strict=True):
        assert seen(article, wanted) == wanted


def test_every_input_has_its_expectation() -> None:
    names = {path.name for path in INPUTS.iterdir()}
    assert {name for name in names if not name.endswith(EXPECTED)} == set(CASES)
