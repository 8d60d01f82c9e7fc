"""A day at the desk, as docs/desk.md walks through it: every command runs, in that order."""

from __future__ import annotations

import csv
import shlex
import shutil
from pathlib import Path

from openpyxl import load_workbook
from typer.testing import CliRunner

from quotes_cli.app import app

ROOT = Path(__file__).parent.parent
WALK = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8").split("```sh\n")[1].split("```")[0]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, (arguments, done.stdout, done.stderr)
    return done.stdout


def correct(path: Path) -> None:
    """What a colleague does in a spreadsheet: accept the fifth claim, and say who spoke."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[4] |= {"status": "accepted", "notes": "=seen on film"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def test_a_day_at_the_desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "seeds", "seeds")
    printed = {}
    for line in WALK.splitlines():
        arguments = shlex.split(line, comments=True)[1:]
        if arguments[:1] == ["import"] and "--dry-run" in arguments:
            correct(tmp_path / "claims.csv")
        printed[" ".join(arguments)] = run(*arguments)
    assert "Brett McGurk" in printed["report --article on the defensive"]
    assert "67 % (2/3)" in printed["score"]
    sheet = load_workbook("reviewed.xlsx")["claims"]
    assert sheet.max_row == 4
    index, page = sorted(Path("pages").iterdir(), key=lambda path: path.name != "index.html")
    assert page.name in index.read_text(encoding="utf-8")
    assert 'class="content' in page.read_text(encoding="utf-8")
    assert "1 claim would change" in printed["import claims.csv --dry-run"]
    assert "1 claim changed" in printed["import claims.csv"]
    assert "stands where it was found" in printed["verify"]
    assert "=seen on film" in run("show", "5")
    assert Path("monday.db").stat().st_size > 0
