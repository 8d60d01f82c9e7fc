"""Agencies are known by the lines that credit them, and by nothing else."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.models import Article
from quotes.readers.credits import agencies, credited

STORY = "The river broke its banks.\n\n“It rained,” she said.\n\nNobody was hurt.\n\nThe road is closed."


@pytest.mark.parametrize(
    ("text", "credit", "line"),
    [
        (f"WASHINGTON (AP) — {STORY}", "Associated Press", "WASHINGTON (AP) —"),
        (f"Flood\n\nLONDON, March 5 (Reuters) - {STORY}", "Reuters", "LONDON, March 5 (Reuters) -"),
        (f"(Reuters) – {STORY}", "Reuters", "(Reuters) –"),
        (f"RIO DE JANEIRO (AFP/dpa) -- {STORY}", "AFP; dpa", "RIO DE JANEIRO (AFP/dpa) -"),
        (f"Flood\nBy JO BELL, Associated Press\n\n{STORY}", "Associated Press", "By JO BELL, Associated Press"),
        (f"Flood\nBy JO BELL Associated  Press Writer\n\n{STORY}", "Associated Press", None),
        (f"Flood\n\nREUTERS\n\n{STORY}", "Reuters", "REUTERS"),
        (f"{STORY}\n\n— With files from The Canadian Press", "Canadian Press", "— With files from The Canadian Press"),
        (f"{STORY}\n\nWith inputs from PTI and ANI", "PTI; ANI", None),
        (f"{STORY}\n\n© 2024 AFP", "AFP", "© 2024 AFP"),
        (f"{STORY}\n\nCopyright 2024 The Associated Press. All rights reserved.", "Associated Press", None),
        (f"{STORY}\n\nThe Associated Press contributed to this report.", "Associated Press", None),
        (f"{STORY} (Xinhua)", "Xinhua", "(Xinhua)"),
        (f"{STORY} — Reuters", "Reuters", "— Reuters"),
        (f"{STORY}\n\n(Reporting by Jo Bell; editing by Al Dale)", None, "(Reporting by Jo Bell; editing by Al Dale)"),
        (f"{STORY}\n\n— With files from Jo Bell", None, "— With files from Jo Bell"),
    ],
)
def test_a_credit_line_becomes_data_and_stays_in_the_text(text: str, credit: str | None, line: str | None) -> None:
    article = credited(Article(text))
    assert (article.text, article.credit) == (text, credit)
    assert len(article.notes) == 1
    assert line is None or article.notes == (f"credit line: {line}",)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"The agency (AP) — which is old — wrote it. {STORY}",
        f"The Associated Press (AP) - a cooperative - is old. {STORY}",
        f"{STORY}\n\nReuters could not reach the ministry. Copyright law is old.",
        f"{STORY} He went to a (spa)",
        f"{STORY}\n\nShe told AFP that it rained.",
        f"Flood\nBy Jo Bell, our correspondent in Paris\n\n{STORY}",
        f"Sen. Jo Bell (PA) said so.\n\n{STORY}",
    ],
)
def test_a_report_that_speaks_of_an_agency_credits_nobody(text: str) -> None:
    assert credited(Article(text)) == Article(text)


def test_what_metadata_credits_comes_first_and_each_agency_once() -> None:
    article = Article(f"PARIS (AFP) — {STORY}", credit="Reuters", authors=("Jo Bell", "Agence France-Presse"))
    assert credited(article).credit == "Reuters; AFP"
    assert agencies("AP") == agencies("the Associated Press") == "Associated Press"
    assert agencies("By Jo Bell, AFP") == "AFP"
    assert agencies("Courier, CC BY") is None


@given(st.text(max_size=300), st.sampled_from(["(AP) —", "— With files from ", "By Reuters", "© AFP", "(Xinhua)"]))
def test_any_text_keeps_its_words(text: str, line: str) -> None:
    for written in (f"{line} {text}", f"{text}\n{line}", f"{text} {line}"):
        assert credited(Article(written)).text == written


def test_agencies_are_listed_once_with_a_name_that_is_listed() -> None:
    rows = (files("quotes") / "data" / "agencies.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows == sorted(rows)
    forms = dict(row.split("\t") for row in rows)
    assert len(forms) == len(rows) == len({form.casefold() for form in forms})
    assert all(name == name.strip() for name in forms.values())
