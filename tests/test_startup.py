"""The command answers at once: help, version and completion load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("spacy", "textacy", "onnxruntime", "tokenizers", "numpy", "sqlite_utils", "sqlite3", "simplemma")
PROBE = """
import sys
from quotes_cli.__main__ import main
sys.argv = ["quotes", *{arguments!r}]
try:
    main()
finally:
    print("loaded:", *(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str) -> tuple[int, str, list[str]]:
    probe = PROBE.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.split("loaded:")[1].split()


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["report", "--help"], ["--version"], ["add", "-h"]])
def test_help_loads_nothing_heavy(arguments):
    code, out, modules = loaded(*arguments)
    assert code == 0
    assert out
    assert modules == []


def test_a_mistyped_command_loads_nothing_heavy():
    code, _, modules = loaded("reprot")
    assert (code, modules) == (2, [])


@pytest.mark.parametrize("arguments", [["report"], ["search", "homes"], ["export", "csv"], ["verify"]])
def test_reading_the_database_loads_no_model(database, arguments):
    code, out, modules = loaded("-d", str(database), *arguments)
    assert code == 0
    assert out
    assert set(modules) <= {"sqlite_utils", "sqlite3", "numpy"}  # sqlite_utils takes numpy where it is installed


def test_the_library_costs_nothing_to_import():
    probe = f"import sys, quotes; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == []


def test_completion_answers_in_the_words_of_the_shell():
    asked = {"_QUOTES_COMPLETE": "complete_bash", "COMP_WORDS": "quotes spea", "COMP_CWORD": "1", "PATH": "/usr/bin"}
    probe = "from quotes_cli.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, env=asked)
    assert done.stdout.split() == ["speakers", "speaker"]
