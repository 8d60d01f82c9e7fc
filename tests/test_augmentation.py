"""Training articles told anew: whatever changes, every extent still holds its words."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotes.training.augmentation import edited, inserted, pools, renamed, stops, told_anew
from quotes.training.corpora import Example, Span
from quotes.training.paragraphs import PARAGRAPHS, Draft

TEXT = (
    "Dam is safe, mayor says.\n\n"
    "Joan Tate said that the dam above Malby was safe for the winter. “Nobody needs to leave the valley tonight,” Tate "
    "told Delta News.\n\n“Every sluice was opened and closed again twice,” Carl Ek said."
)


def span(words: str) -> Span:
    """Where words stand first."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def told(source: str, cue: str, content: str) -> dict[str, list[Span]]:
    """A gold attribution."""
    return {"source": [span(source)], "cue": [span(cue)], "content": [span(content)]}


EXAMPLE = Example(
    "dam",
    TEXT,
    [
        told("mayor", "says", "Dam is safe"),
        told("Joan Tate", "said", "that the dam above Malby was safe for the winter"),
        told("Carl Ek", "said", "“Every sluice was opened and closed again twice,”"),
    ],
    [(*span("Joan Tate"), "PER"), (*span("Malby"), "LOC"), (*span("Delta News"), "ORG"), (*span("Carl Ek"), "PER")],
    [[span("Joan Tate"), span("Tate told")]],
)
OTHERS = replace(EXAMPLE, text=TEXT.replace("Joan", "Rosa").replace("Malby", "Arden").replace("Delta", "Omega"))


def words(example: Example) -> list[tuple[str, ...]]:
    """The words of each attribution."""
    return [
        tuple(example.text[s:e] for role in ("source", "cue", "content") for s, e in row[role])
        for row in example.attributions or []
    ]


@given(st.integers(0, 10_000))
def test_the_old_attributions_stay_and_the_new_ones_lie_in_the_text(seed: int) -> None:
    new = told_anew(EXAMPLE, pools([OTHERS]), random.Random(seed))
    rows = words(new)
    assert len(rows) >= 3
    assert rows[0][:2] == ("mayor", "says")
    assert rows[2][1] == "said"
    assert rows[2][2][1:-1] == "Every sluice was opened and closed again twice,"
    assert all(part == part.strip() and part for row in rows for part in row)
    assert [e for e in new.entities or [] if not 0 <= e[0] < e[1] <= len(new.text)] == []


def test_a_name_is_another_one_everywhere_but_given_names_stay() -> None:
    known = {"first": ["Ida"], "last": ["Moss"], "LOC": ["York"], "ORG": ["Reuters"]}
    new = renamed(EXAMPLE, known, random.Random(1))
    assert "Joan Moss said that the dam above York was safe" in new.text
    assert words(new)[1][0] == "Joan Moss"
    assert [new.text[s:e] for s, e, _ in new.entities or []] == ["Joan Moss", "York", "Reuters", "Carl Moss"]


def test_a_headline_loses_its_full_stop() -> None:
    new = edited(EXAMPLE, stops(TEXT))
    assert new.text.startswith("Dam is safe, mayor says\n\n")
    assert words(new) == words(EXAMPLE)


@given(st.sampled_from(PARAGRAPHS), st.integers(0, 1000))
def test_a_paragraph_put_in_says_what_the_article_says(form, seed: int) -> None:  # type: ignore[no-untyped-def]
    draft = form(EXAMPLE, pools([OTHERS]), random.Random(seed))
    if draft is None:
        return
    assert isinstance(draft, Draft)
    new = inserted(EXAMPLE, 0, draft)
    assert new.text == f"{draft.text}\n\n{TEXT}"
    assert words(new)[:3] == words(EXAMPLE)
    assert all(s < len(draft.text) for row in (new.attributions or [])[3:] for part in row.values() for s, _ in part)
