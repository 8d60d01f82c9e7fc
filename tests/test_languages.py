"""The language of a text, if its words leave no doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.models import Article
from quotes.readers.languages import recognise, recognised

FRENCH = "Le maire a déclaré lundi que personne n'avait été blessé lorsque la rivière est sortie de son lit. "
TURKISH = "Belediye başkanı pazartesi günü nehrin taşması sırasında kimsenin yaralanmadığını söyledi. "
ENGLISH = "The mayor said on Monday that nobody had been hurt when the river broke its banks in the night. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 2, "en"),
        (FRENCH * 2, "fr"),
        (TURKISH * 2, "tr"),
        ("De burgemeester zei maandag dat niemand gewond raakte toen de rivier buiten zijn oevers trad. " * 2, "nl"),
        ("Мэр заявил в понедельник, что никто не пострадал, когда река вышла из берегов. " * 3, "ru"),
        (FRENCH[:40], None),
        ("Arsenal 2-1 Chelsea, Leeds 0-0 Derby, Hull 3-3 Stoke, Fulham 1-0 Luton, Everton 2-2 Burnley. " * 3, None),
        ("", None),
        ("1 2 3 " * 500, None),
    ],
)
def test_words_show_the_language(text: str, language: str | None) -> None:
    assert recognise(text) == language


def test_every_english_article_is_read() -> None:
    lines = (Path(__file__).parent / "data" / "wikinews.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    pieces = [text[at : at + 300] for text in texts for at in range(0, len(text), 300)]
    assert {recognise(text) for text in texts} == {"en"}
    assert {recognise(piece) for piece in pieces} <= {"en", None}


def test_words_count_for_more_than_what_is_declared() -> None:
    assert recognised(Article(FRENCH * 2)).language == "fr"
    assert recognised(Article(ENGLISH * 2, language="en-GB")) == Article(ENGLISH * 2, language="en-GB")
    article = recognised(Article(ENGLISH * 2, language="fr"))
    assert (article.language, article.notes) == ("en", ("language: declared fr, by its words en",))
    assert recognised(Article(FRENCH[:30], language="fr")).language == "fr"
