"""Hostile bytes are read in a process of their own: it may die, the next input is read all the same."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from quotes.models import Article, Skipped
from quotes.readers import confined
from quotes.readers.html import read_html

PAGE = b"<p>The mayor said on Monday that nobody had been hurt when the river broke its banks.</p>"


def test_what_is_found_comes_back_as_it_was() -> None:
    article = read_html(PAGE, "page.html", url="https://a.example/x", place="place")
    assert isinstance(article, Article)
    assert (article.where, article.place, article.url) == ("page.html", "place", "https://a.example/x")
    assert confined.unpacked(confined.packed(article)) == article
    assert read_html(b" ", "page.html") == Skipped("page.html", "empty")


def test_a_process_that_is_killed_is_replaced() -> None:
    read_html(PAGE, "page.html")
    process = confined._WORKER.process
    assert process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert isinstance(read_html(PAGE, "page.html"), Article)
    assert confined._WORKER.process is not process


def test_a_process_that_dies_over_an_input_leaves_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    read_html(PAGE, "page.html")
    monkeypatch.setattr(confined, "LONGEST", 0.0)
    found = read_html(PAGE * 20_000, "page.html")
    assert found == Skipped("page.html", "takes too long or too much memory to read")
    monkeypatch.undo()
    assert isinstance(read_html(PAGE, "page.html"), Article)


def test_a_reader_that_fails_leaves_a_reason() -> None:
    found = confined.confined("page", PAGE, "page.html", charset=7, url=None, place="")
    assert isinstance(found, Skipped)
    assert found.reason.startswith("cannot be read: ")


def test_no_module_is_taken_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("raise SystemExit(9)")
    (tmp_path / "lxml.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    confined._WORKER.stop()
    assert isinstance(read_html(PAGE, "page.html"), Article)
    confined._WORKER.stop()
