"""What ``quotes doctor`` looks at: versions, the model, the database."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import quotes
from quotes.errors import QuotesError

LIBRARIES = ("spacy", "textacy", "sqlite-utils", "onnxruntime", "tokenizers", "rich", "typer")


def examine(database: Path) -> tuple[dict[str, object], list[str]]:
    """Facts by name, and what is wrong."""
    facts: dict[str, object] = {"quotes": quotes.__version__, "python": platform.python_version()}
    problems: list[str] = []
    for library in LIBRARIES:
        try:
            facts[library] = version(library)
        except PackageNotFoundError:
            problems.append(f"{library} is not installed")
    for check in (_model, _database):
        try:
            found, wrong = check(database)
        except QuotesError as error:
            found, wrong = {}, [f"{error}. {error.hint}".rstrip()]
        except ImportError as error:
            found, wrong = {}, [f"a library cannot be loaded: {error}"]
        facts |= found
        problems += wrong
    return facts, problems


def _model(_: Path) -> tuple[dict[str, object], list[str]]:
    from quotes.pipeline import load, run_of

    run = run_of(load())
    return {"model": run.model}, []


def _database(path: Path) -> tuple[dict[str, object], list[str]]:
    if not path.exists():
        return {"database": f"{path}: none yet"}, []
    with quotes.Store(path, readonly=True) as store:
        health = store.health()
    wrong = [str(problem) for problem in health.pop("problems")]
    return {f"database {key}": value for key, value in health.items()}, wrong
