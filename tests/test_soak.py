"""What takes minutes: killed and interrupted many times, thousands of hostile words. `pytest -m soak`."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import FLOOD, flood_claims
from quotes.errors import UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Speaker
from quotes.store import Store
from quotes_cli.app import app
from test_faults import ROOT, assert_as_undisturbed, write
from test_render import LISTINGS, OBEYED, nasty_strings
from test_store import FRAGMENTS, RUN

pytestmark = pytest.mark.soak


def test_killed_fifty_times_it_stores_what_it_would_have_stored_undisturbed(tmp_path: Path) -> None:
    chance = random.Random(11)
    path, numbers = tmp_path / "killed.db", list(range(600))
    acknowledged: set[str] = set()
    for _ in range(50):
        with write(path, numbers) as process:
            assert process.stdout
            acknowledged |= {process.stdout.readline().strip() for _ in range(chance.randrange(1, 20))}
            time.sleep(chance.random() / 50)
            process.kill()
            acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
        with Store(path) as store:
            stored = {str(row["input_id"]) for row in store.articles()}
            assert acknowledged - {""} <= stored
            assert not list(store.verify())
    assert_as_undisturbed(path, numbers)


def test_an_interrupt_at_any_moment_is_one_line_and_leaves_whole_articles(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    line = [sys.executable, "-m", "quotes_cli", "-d", str(path), "add", str(ROOT / "seeds")]
    ended: set[int] = set()
    for moment in range(20):
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(0.3 + moment * 0.3)  # before that it is Python that starts, not we
            process.send_signal(signal.SIGINT)
            _, talk = process.communicate(timeout=120)
        ended.add(process.returncode)
        assert "Traceback" not in talk
        assert process.returncode in (0, 130)
        if path.exists():
            with Store(path, create=True) as store:
                assert not list(store.verify())
    assert 130 in ended
    assert subprocess.run(line, capture_output=True, check=False).returncode == 0
    undisturbed = tmp_path / "undisturbed.db"
    assert CliRunner().invoke(app, ["-q", "-d", str(undisturbed), "add", str(ROOT / "seeds")]).exit_code == 0
    with Store(path) as store, Store(undisturbed) as other:
        assert [row["claim_id"] for row in store.claims()] == [row["claim_id"] for row in other.claims()]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    with Store(tmp_path_factory.mktemp("soak") / "claims.db", create=True) as opened:
        opened.save(FLOOD, flood_claims(), RUN)
        yield opened


def test_three_thousand_hostile_queries(store: Store) -> None:
    asked = 0

    @settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.one_of(st.text(max_size=40), st.lists(FRAGMENTS, max_size=20).map("".join)))
    def ask(query: str) -> None:
        nonlocal asked
        asked += 1
        try:
            rows = list(store.search(query))
        except UsageError:
            return
        for row in rows:
            assert all(0 <= a < b <= len(row[name]) for name in ("quote", "context") for a, b in row[f"{name}_hits"])

    ask()
    assert asked >= 3000


def test_two_thousand_hostile_names_through_every_listing(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with Store(path, create=True) as store:
        for name in nasty_strings(2000):
            text = f'"{name}," {name} said.'
            seen = Attribution((Extent(0, len(name) + 3),), source=(Extent(len(name) + 4, 2 * len(name) + 4),))
            said = Claim(seen, Resolution(Speaker(name, "person"), "name"))
            store.save(Article(text, id=name, title=name, publisher=name, where=name), [said], RUN)
    for listing in LISTINGS:
        done = CliRunner().invoke(app, ["-d", str(path), *listing])
        assert done.exit_code == 0
        assert OBEYED.findall(done.stdout) == []


def test_memory_stays_level_over_ever_new_words() -> None:
    """Once the caches of lemmas are full, 500 articles with 50,000 words that nobody has seen add next to nothing."""
    program = """
import random, resource, string
import quotes, quotes.lexicon
from quotes.pipeline import extract, load
nlp, chance, levels = load(), random.Random(1), []
for _ in range(70_000):
    quotes.lexicon.load("en").lemma("".join(chance.choices(string.ascii_lowercase, k=9)))
for number in range(550):
    words = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(100)]
    extract(quotes.Article('"It will rain," Mary Smith said. ' + " ".join(words)), nlp)
    if number in (49, 549):
        levels.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(levels[1] - levels[0])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) < 12_000  # kilobytes; 50,000 new words kept would be 20 MB
