"""What every test shares: pinned surroundings, golden files, and a small store of hand-made claims."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from marking import marked
from quotes.models import Article, Claim, Resolution, Run, Speaker, Via
from quotes.store import Store

GOLDEN = Path(__file__).parent / "golden"

MARKED = marked(
    """{content:8 River breaks its banks at Ashby}

{content:1 The water "came over the wall before anyone could move,"} {source:1 Nora Wells, the mayor of Ashby}, \
{cue:1 told} reporters.

{source:2 The ministry} {cue:2 said} on Monday that {content:2 300 homes were dry again}, citing \
{cited:2 two officials}. {source:3 It} {cue:3 did not say} {content:3 when the school would open}.

{content:4 "We were lucky,"} {source:4 Wells} {cue:4 said}. {content:5 "Next time,"} {source:5 she} {cue:5 added}, \
{content:5 "we may not be."}

{source:6 Residents} {cue:6 fear} {content:6 another night of rain}. {source:7 A senior engineer} {cue:7 said} \
{content:7 the wall had [sic] never been checked}."""
)
FLOOD = Article(
    text=MARKED.text,
    id="flood",
    title="River breaks its banks at Ashby",
    publisher="Ashby Courier",
    published="2024-03-05",
    url="https://courier.example/flood",
    authors=("Jo Bell",),
    where="news/flood.txt",
)
WELLS = Speaker("Nora Wells", "person", "the mayor of Ashby")
MINISTRY = Speaker("Ministry", "organisation")
OFFICIALS = Speaker("two officials", "anonymous")
# In the order in which the article has them: who speaks, and what else the text shows.
SPEAKERS: tuple[tuple[Speaker | None, dict[str, Any]], ...] = (
    (None, {}),
    (WELLS, {"kind": "mixed", "lemma": "tell"}),
    (MINISTRY, {"lemma": "say"}),
    (MINISTRY, {"lemma": "say", "negated": True}),
    (WELLS, {"kind": "direct", "lemma": "say"}),
    (WELLS, {"kind": "direct", "lemma": "add"}),
    (Speaker("Residents", "group"), {"mode": "attitude", "lemma": "fear"}),
    (Speaker("senior engineer", "anonymous"), {"lemma": "say"}),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="write the golden files anew from what is printed now")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Width, colour, clock and database: the same on every machine."""
    for name, value in {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    for name in ("QUOTES_DB", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command on a terminal so many columns wide, and give what then stands there."""
    from quotes_cli.app import app

    def run(*arguments: str, columns: int = 100) -> str:
        screen = Screen()
        with monkeypatch.context() as there:
            there.setenv("COLUMNS", str(columns))
            there.setenv("LINES", "25")
            there.setattr("sys.stdout", screen)
            with pytest.raises(SystemExit) as left:
                app(arguments)
        assert not left.value.code
        return screen.getvalue()

    return run


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file of tests/golden; ``pytest --regen`` writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--regen"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


def flood_claims() -> list[Claim]:
    """Who said what in FLOOD: every kind, split, negated, with a chain, unnamed, unattributed, an attitude."""
    claims = []
    for seen, (speaker, shown) in zip(MARKED.attributions, SPEAKERS, strict=True):
        found = Resolution(speaker, "name" if speaker else "none", seen.source, 0.8 if speaker else 0.0)
        chain = tuple(Via("citing", extent, Resolution(OFFICIALS, "unnamed")) for extent in seen.cited)
        claims.append(Claim(replace(seen, detector="by hand", confidence=0.9, **shown), found, chain))
    return claims


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with FLOOD and its claims."""
    path = tmp_path / "claims.db"
    with Store(path, create=True, clock=lambda: datetime(2024, 3, 6, 12, tzinfo=UTC)) as store:
        store.save(FLOOD, flood_claims(), Run("0.1.0", "by-hand"))
    return path
