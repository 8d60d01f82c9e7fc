"""What is asked of very many claims is answered in other ways, and the answers are the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.models import Article, Attribution, Claim, Extent, Resolution, Review, Run, Speaker
from quotes.store import Filters, Store, searching

DAYS = ("2024-03-05", "2024-03-05", "2023", None, "last week", "2024-03-05T10:00")
SAYINGS = ("the wall held", "the river rose", "it rained", "the mayor left the room")
NAMES = ("Ann Bell", "the ministry", "River Jones")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(Path(tmp_path_factory.mktemp("large")) / "claims.db", create=True) as opened:
        for number, day in enumerate(DAYS * 3):
            text, claims = "", []
            for nth, words in enumerate(SAYINGS[number % 3 :]):
                name = NAMES[(number + nth) % 3]
                start = len(text) + len(f"{name} said ")
                found = Attribution((Extent(start, start + len(words)),), source=(Extent(len(text), start - 6),))
                claims.append(Claim(found, Resolution(Speaker(name, "person"), "name")))
                text += f"{name} said {words}.\n\n"
            opened.save(Article(text, url=f"https://x.example/{number}", published=day), claims, Run("1", "by hand"))
        opened.review(3, Review(speaker="River Jones"), "Ann")
        yield opened


@pytest.mark.parametrize("query", ["the", "the -wall", "the -river", "river", "the river", '"the wall"', "the -bell"])
@pytest.mark.parametrize("page", [Filters(limit=5), Filters(limit=7, offset=4), Filters(limit=99, kind="indirect")])
def test_the_newest_hits_are_the_same_however_many_there_are(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str, page: Filters
) -> None:
    few = list(store.search(query, page, "date"))
    monkeypatch.setattr(searching, "RANKED", 0)
    assert list(store.search(query, page, "date")) == few
    assert few
