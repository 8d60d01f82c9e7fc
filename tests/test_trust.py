"""What docs/trust.md promises: each hazard has its proof; no network, no injection, no half-written file."""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from conftest import FLOOD, flood_claims
from quotes.errors import QuotesError, StoreError
from quotes.models import Article
from quotes.store import Store
from quotes.writers import FORMATS, export
from quotes_cli import render
from quotes_cli.app import app
from test_store import RUN, dump

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
HAZARDS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if line.startswith("|") and not line.startswith(("| hazard", "|---"))
]
PROOF = re.compile(r"`(?:(test_\w+)\.)?(test_\w+)`|`(benchmarks/\w+\.py)`")


def proofs_in(module: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda row: re.sub(r"\W+", "-", row[0])[:50])
def test_every_hazard_has_a_behaviour_and_a_proof_that_is_there(hazard: list[str]) -> None:
    assert len(hazard) == 4
    assert all(hazard)
    proofs = PROOF.findall(hazard[2])
    assert proofs
    for module, name, benchmark in proofs:
        if benchmark:
            assert (ROOT / benchmark).is_file()
        else:
            assert name in proofs_in(module or "test_trust"), f"there is no test {module}.{name}"


# What the command line is given

HOSTILE = (
    *("' or 1=1 --", '"; drop table claims; --', "x') union select text from articles --", "%", "_", "*", "NOT", "("),
    *("\x1b]0;x\x07", "[/bold]", "\u202e", "../../etc/passwd", "-1", "=1+1", "O'Neill", "1e999", "٣", "\udce9", "{0}"),
)
READING = (
    *("report", "search wall", "speakers", "speaker Wells", "show 1", "timeline wall", "unnamed"),
    *("check 'it rained'", "compare 'it rained'"),
)


def options() -> Iterator[tuple[str, str]]:
    """Every option of every listing that takes a value, but for those that name a file to write."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name in READING:
        for option in commands[name.split()[0]].params:
            if option.param_type_name == "option" and not option.is_flag and "--output" not in option.opts:
                yield name, option.opts[-1]


@pytest.mark.parametrize(("command", "option"), sorted(options()))
def test_no_value_of_an_option_is_obeyed(database: Path, command: str, option: str) -> None:
    with Store(database) as store:
        before = dump(store)
    nth = sorted(options()).index((command, option))
    for value in HOSTILE[nth % 9 :: 9]:
        done = CliRunner().invoke(app, ["-d", str(database), *shlex.split(command), f"{option}={value}"])
        assert done.exit_code in (0, 1, 2), done.output
        assert "a fault of quotes" not in done.stderr
        assert render.shown(done.output.replace("\n", "")).plain == done.output.replace("\n", "")
    with Store(database) as store:
        assert dump(store) == before


# The network

WITHOUT_NETWORK = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        sys.stderr.write(f"NETWORK {event} {arguments}")
        raise SystemExit(99)
sys.addaudithook(refuse)
from quotes_cli.__main__ import main
sys.argv = ["quotes", *sys.argv[1:]]
main()
"""


def test_nothing_reaches_for_the_network_unless_it_is_asked_to(tmp_path: Path) -> None:
    seed = str(ROOT / "seeds" / "isis-on-the-defensive.txt")
    commands = (
        ["add", seed],
        ["extract", seed],
        ["report"],
        ["check", "precision strikes"],
        ["export", "csv"],
        ["doctor"],
    )
    for command in [*commands, ["add", "https://203.0.113.9/x"]]:
        line = [sys.executable, "-c", WITHOUT_NETWORK, "-d", str(tmp_path / "claims.db"), *command]
        done = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
        assert ("NETWORK" in done.stderr) == (command not in commands), done.stderr
        assert done.returncode == 0 or command not in commands


# Disks


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB, where one may be made."""
    place = tmp_path / "small"
    place.mkdir()
    made = os.name == "posix" and os.geteuid() == 0
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(place)]
    if not made or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system of 3 MB can be made here: that takes root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


FULL = r"no space left|the disk failed"


def fill(store: Store, acknowledged: list[str]) -> None:
    for number in map(str, range(1000)):
        store.save(Article(f"Number {number}. {FLOOD.text}" * 20, id=number, where=number), flood_claims(), RUN)
        acknowledged.append(number)


def test_on_a_full_disk_what_was_acknowledged_is_there_and_nothing_else(small: Path) -> None:
    path, acknowledged = small / "claims.db", []
    with Store(path, create=True) as store:
        with pytest.raises(StoreError, match=FULL):
            fill(store, acknowledged)
        assert [row["input_id"] for row in store.articles()] == acknowledged
        assert len(acknowledged) > 5
        assert not list(store.verify())
        before = sorted(small.iterdir())
        with pytest.raises(StoreError, match=FULL):
            store.backup(small / "backup.db")
        for form in FORMATS:
            with pytest.raises(QuotesError, match="No space left"):
                export((row for _ in range(40) for row in store.claims()), small / f"claims.{form}", form)
        assert sorted(small.iterdir()) == before
    with Store(path, readonly=True) as store:
        assert [row["input_id"] for row in store.articles()] == acknowledged


def test_a_full_disk_behind_a_pipe_is_one_line(database: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for command in (["export", "csv"], ["report"], ["report", "--json"], ["speakers"], ["show", "1"]):
        line = [sys.executable, "-m", "quotes_cli", "-d", str(database), *command]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, done.stderr) == (1, "quotes: No space left on device\n")


# Supply chain


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {name.lower(): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", lines, re.MULTILINE)}


def test_every_requirement_is_locked_with_its_hashes() -> None:
    import tomllib

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = locked()
    for wanted in map(Requirement, project["dependencies"]):
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), wanted
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\w)", text)[1:]:
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize(
    ("packages", "code", "line"),
    [
        ([{"name": "a", "skip_reason": "not found"}], 0, "not run: no advisory could be read from here"),
        ([{"name": "a", "version": "1", "vulns": []}], 0, "1 packages, no known vulnerability"),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}, {"name": "b"}],
            1,
            "1 without an answer, a 1: CVE-1",
        ),
    ],
)
def test_an_audit_fails_on_a_finding_and_says_where_nobody_could_be_asked(packages, code, line):
    verdict = runpy.run_path(str(ROOT / ".ci" / "audit.py"))["verdict"]
    assert verdict(json.dumps({"dependencies": packages}))[0] == code
    assert line in verdict(json.dumps({"dependencies": packages}))[1]
    assert verdict("no network")[0] == 0
