"""Words from outside on a terminal: whatever they hold, they are shown, whole, and obeyed never."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import FLOOD, Screen, flood_claims
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Skipped, Speaker, Via
from quotes.store import Store
from quotes_cli import notices, pages, pieces, render
from quotes_cli.app import app
from quotes_cli.progress import progress

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
NASTY = [
    *("[sic]", "[/nope]", "[bold red]x[/]", "[link=https://e.example]x[/link]", "\\[x]", ":smile:", "{0}", "%s"),
    *("\x1b[2J", "\x1b]8;;x\x07", "\x9b31m", "\u202eevil\u202c", "\u2066x\u2069", "\u200f", "\u2028", "\ufeff", "\t"),
    *("\r", "\n", "\x08\x08", "\x7f", "=1+1", "+x", "-x", "@x", "'x'", '"', "'", "`x`", "<b>x</b>", "&amp;", ";", "--"),
    *(
        "../../x",
        "日本語",
        "👩\u200d👩\u200d👧",
        "e\u0301",
        "ß",
        "Yıldırım",
        "O'Neill",
        "U.S.-led",
        "C++",
        "NOT",
        "*",
        "(?",
    ),
]


def nasty_strings(number: int) -> list[str]:
    """Reproducible strings of nasty pieces, each beginning with a letter so that it can be a name."""
    pick = random.Random(2024)
    return [f"x{i} " + " ".join(pick.choices(NASTY, k=pick.randint(1, 6))).strip() for i in range(number)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "claims.db"
    with Store(path, create=True) as store:
        for nasty in nasty_strings(200):
            quote, said = f'"{nasty},"', f"said {nasty}"
            text = f"{nasty}\n\n{quote} {nasty} {said}, citing {nasty}."
            at = len(nasty) + 2
            source = Extent(at + len(quote) + 1, at + len(quote) + 1 + len(nasty))
            cue = Extent(source.end + 1, source.end + 1 + len(said))
            seen = Attribution((Extent(at, at + len(quote)),), (cue,), (source,), "direct", lemma="say", negated=True)
            who = Resolution(Speaker(nasty, "person", nasty), "name", (source,), 1.0)
            chain = (Via("citing", Extent(len(text) - 1 - len(nasty), len(text) - 1), who),)
            store.save(
                Article(text, id=nasty, title=nasty, publisher=nasty, url=nasty, authors=(nasty,), where=nasty),
                [Claim(seen, who, chain)],
                Run("0.1.0", "by-hand"),
            )
    return path


LISTINGS = [
    ["report"],
    ["speakers"],
    ["search", "x1*"],
    ["show", "1"],
    ["show", "17", "--json"],
    ["report", "--table"],
    ["report", "--json"],
    ["speakers", "--nl"],
    ["verify"],
]


@pytest.mark.parametrize("listing", LISTINGS, ids=" ".join)
@pytest.mark.parametrize("columns", [40, 100, None])
def test_nothing_that_a_terminal_obeys_is_printed(hostile, terminal, listing, columns):
    arguments = ["-d", str(hostile), *listing]
    printed = terminal(*arguments, columns=columns) if columns else CliRunner().invoke(app, arguments).stdout
    assert OBEYED.findall(printed) == []
    assert printed.strip()


def test_a_pipe_gets_every_name_whole(hostile, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    printed = CliRunner().invoke(app, ["-d", str(hostile), "report"]).stdout
    for nasty in nasty_strings(200):
        assert render.shown(nasty).plain in printed


@pytest.mark.parametrize("arguments", [["export", "csv"], ["report", "--csv"], ["report"], ["show", "1"]], ids=" ".join)
def test_a_terminal_is_not_moved_by_what_it_is_shown(hostile, arguments):
    ours, theirs = os.openpty()
    surroundings = os.environ | {"TERM": "xterm", "COLUMNS": "200"}
    command = [sys.executable, "-m", "quotes_cli", "-d", str(hostile), *arguments]
    with subprocess.Popen(command, stdout=theirs, env=surroundings) as running:
        os.close(theirs)
        printed = b"".join(iter(lambda: chunk(ours), b""))
    os.close(ours)
    assert running.returncode == 0
    lines = printed.decode().replace("\r\n", "\n")
    assert OBEYED.findall(re.sub("\x1b\\[[0-9;]*m", "", lines)) == []


def chunk(descriptor: int) -> bytes:
    """Some more of what came through a terminal; nothing at its end, which Linux reports as an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_exports_are_exact(hostile):
    out = CliRunner().invoke(app, ["-d", str(hostile), "export", "csv"]).stdout_bytes.decode()
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    lines = CliRunner().invoke(app, ["-d", str(hostile), "export", "jsonl"]).stdout_bytes.decode()
    details = [json.loads(line) for line in lines.split("\n")[:-1]]
    assert [row["speaker"] for row in rows] == [row["speaker"] for row in details] == nasty_strings(200)
    assert [row["quote"] for row in rows] == [f'"{nasty},"' for nasty in nasty_strings(200)]


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_shown_keeps_every_place(words):
    text = render.shown(words)
    assert len(text) == len(words)
    assert text.spans == []
    assert not OBEYED.search(text.plain)
    assert "\n" not in text.plain
    kept = [(a, b) for a, b in zip(words, text.plain, strict=True) if a != b]
    assert all(OBEYED.match(a) or a == "\n" for a, _ in kept)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), min_size=1, max_size=5))
def test_lines_without_a_terminal_are_one_to_a_row(rows):
    stream = io.StringIO()
    render.into(stream).print(render.Columns([[render.shown(cell) for cell in row] for row in rows]))
    assert stream.getvalue().count("\n") == len(rows)


def test_a_quote_says_what_it_is_not():
    row = {"quote": "it rained", "negated": True, "denied": False, "undenied": "", "mode": "attitude"}
    row["hearsay"] = True
    stream = io.StringIO()
    render.into(stream).print(pieces.quote(row))
    assert stream.getvalue() == "NOT said: thinks or wants: hearsay: it rained\n"
    held = {**row, "undenied": "did not rule out", "mode": "statement", "hearsay": False}
    assert pieces.quote(held).plain == "did not rule out: it rained"


def test_skips_show_their_reason_as_it_is():
    stream = io.StringIO()
    for page in notices.skips([Skipped("[/bold].txt", "no\x1b text")]):
        render.into(stream).print(page)
    assert stream.getvalue() == "skipped [/bold].txt: no␛ text\n"


def test_progress_is_for_a_terminal_and_shows_names_as_they_are(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    for stream, quiet, wanted in ((Screen(), False, True), (Screen(), True, False), (io.StringIO(), False, False)):
        monkeypatch.setattr("sys.stderr", stream)
        with progress([], quiet=quiet, verbose=False) as step:
            step(Skipped("[/red]\x1b[2Jnews.txt", "empty"), "skipped")
        assert ("[/red]␛[2Jnews.txt" in stream.getvalue()) == wanted
        assert "\x1b[2Jnews" not in stream.getvalue()


def test_a_report_over_several_articles_says_where_each_was_printed(tmp_path, golden):
    with Store(tmp_path / "two.db", create=True) as store:
        other = replace(FLOOD, id="again", url="https://gazette.example/2", where="news/2.txt", publisher="Gazette")
        text = other.text + "\n\nMore rain is due."
        for article in (FLOOD, replace(other, text=text, title=None)):
            store.save(article, flood_claims(), Run("0.1.0", "by-hand"))
        stream = io.StringIO()
        for page in pages.report(store.claims()):
            render.into(stream).print(page)
    golden("report-articles.txt", stream.getvalue())


def test_a_picture_is_the_same_twice_and_fetches_nothing(database):
    def drawn() -> str:
        console = render.picture(100)
        with Store(database, readonly=True) as store:
            for page in pages.report(store.claims()):
                console.print(page)
        return render.svg(console, "quotes report")

    assert drawn() == drawn()
    assert "Nora&#160;Wells" in drawn()
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", drawn())
    assert "font-face" not in drawn()
    assert not re.search(r">(&#160;)+[^<]", drawn()), "a viewer may drop the spaces that a text begins with"
