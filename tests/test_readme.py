"""The README runs: its commands and its Python, as they stand there, beside a copy of the seeds."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotes_cli.app import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA = ROOT / "tests" / "data"


def block(heading: str, language: str) -> str:
    """The first block of code in that language under a heading."""
    section = re.split(rf"^## {heading}$", README, flags=re.MULTILINE)[1]
    return re.search(rf"^```{language}\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[1]


def commands(shell: str) -> list[list[str]]:
    """Every command of ours in lines of a shell, in order, without the name and the remarks."""
    words = [shlex.split(part, comments=True) for line in shell.splitlines() for part in line.split(" && ")]
    return [found[1:] for found in words if found[:1] == ["quotes"]]


@pytest.fixture(scope="module")
def beside_the_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README names: seeds/, articles/, wire.jsonl, article.txt, gold.jsonl."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "seeds", folder / "articles", ignore=shutil.ignore_patterns("wikinews-*"))
    shutil.copy(folder / "seeds" / "isis-on-the-defensive.txt", folder / "article.txt")
    shutil.copy(DATA / "seed.jsonl", folder / "gold.jsonl")
    lines = (DATA / "wikinews.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "wire.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    return folder


def run(arguments: list[str]) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (arguments, done.stderr)
    return done.stdout


def test_two_commands_tell_who_said_what(beside_the_seeds, monkeypatch, tmp_path):
    monkeypatch.chdir(beside_the_seeds)
    monkeypatch.setenv("QUOTES_DB", str(tmp_path / "two.db"))
    printed = [run(arguments) for arguments in commands(block("Two commands", "sh"))]
    assert len(printed) == 2
    for words in ("Brett McGurk", "precision strikes", "Anadolu Agency", "citing military sources", "unnamed source"):
        assert words in printed[-1]


def test_every_command_under_use_runs(beside_the_seeds, monkeypatch):
    monkeypatch.chdir(beside_the_seeds)
    monkeypatch.delenv("QUOTES_DB", raising=False)
    Path("predicted.jsonl").write_text(run(["extract", "gold.jsonl", "--nl"]), encoding="utf-8")
    shown = commands(block("Use", "sh"))
    printed = {" ".join(arguments): run(arguments) for arguments in shown}
    every = {command.name or command.callback.__name__ for command in app.registered_commands}
    every.remove("serve")  # which goes on until it is interrupted
    assert every <= {arguments[0] for arguments in shown} <= every | {group.name for group in app.registered_groups}
    assert "precision strikes" in printed["report --speaker McGurk"]
    assert "precision strikes" in printed["search precision strikes"]
    assert "stands where it was found" in printed["verify"]
    assert Path("claims.csv").read_text(encoding="utf-8-sig").startswith("claim_id,speaker,")
    text = Path("article.txt").read_text(encoding="utf-8")
    for found in json.loads(printed["extract article.txt --nl"])["attributions"]:
        assert all(text[start:end].strip() for start, end in found["content"])


def test_the_example_in_python_runs(beside_the_seeds, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(beside_the_seeds / "seeds", "seeds")
    exec(compile(block("Use", "python"), "README.md", "exec"), {})
    first, second, report = capsys.readouterr().out.splitlines()
    assert first == 'Mary Smith say "It will rain,"'
    assert second.startswith("Mary Smith deny ")
    assert report.startswith("Report(new=6, ")


def test_the_picture_is_made_by_a_command_and_always_the_same(beside_the_seeds, monkeypatch, tmp_path):
    monkeypatch.chdir(beside_the_seeds)
    for name in ("once", "again"):
        monkeypatch.setenv("QUOTES_DB", str(tmp_path / f"{name}.db"))
        run(["add", "seeds"])
        run(["report", "--article", "ISIS militants", "-o", str(tmp_path / f"{name}.svg"), "--force"])
    picture = (tmp_path / "once.svg").read_text(encoding="utf-8")
    assert "McGurk" in picture
    assert "Wikinews" not in picture
    assert (tmp_path / "once.svg").read_bytes() == (tmp_path / "again.svg").read_bytes()
