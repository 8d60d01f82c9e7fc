"""What ``quotes doctor`` looks at: versions, the model at work on a sentence, the database with its runs and skips."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import quotes
from quotes.errors import QuotesError

Part = tuple[dict[str, Any], list[str]]

LIBRARIES = ("spacy", "textacy", "sqlite-utils", "onnxruntime", "tokenizers", "rich", "typer")
SENTENCE, SPEAKER = '"It will rain," Mary Smith said.', "Mary Smith"
REMEDY = "install quotes-tracker again, whole"


def examine(database: Path) -> dict[str, Any]:
    """What is there, as ``doctor --json`` prints it, and ``problems``: what is wrong, a sentence each.

    ``versions`` by library, ``model`` (digest, and what it ``reads`` in a sentence), ``database`` (`Store.health`),
    ``runs`` and ``skips`` as the store has them. What cannot be looked at is left empty, with a problem that says why.
    """
    found: dict[str, Any] = {"versions": {}, "model": {}, "database": {}, "runs": [], "skips": [], "problems": []}
    for look in (_versions, _model, _database):
        facts, problems = _checked(look, database)
        found |= facts
        found["problems"] += problems
    return found


def _checked(look: Callable[[Path], Part], database: Path) -> Part:
    try:
        facts, problems = look(database)
    except QuotesError as error:
        return {}, ["; ".join(filter(None, (str(error), error.hint)))]
    except ImportError as error:
        return {}, [f"a library cannot be loaded: {error}; {REMEDY}"]
    except Exception as error:  # whatever a broken part raises is what we are here to find
        return {}, [f"the {look.__name__.strip('_')} fails with {type(error).__name__}: {error}; {REMEDY}"]
    return facts, problems


def _versions(_: Path) -> Part:
    versions, missing = {"quotes": quotes.__version__, "python": platform.python_version()}, []
    for library in LIBRARIES:
        try:
            versions[library] = version(library)
        except PackageNotFoundError:
            missing.append(f"{library} is not installed; {REMEDY}")
    return {"versions": versions}, missing


def _model(_: Path) -> Part:
    """The whole pipeline on one sentence: a model that loads need not fit the program that reads with it."""
    from quotes.pipeline import extract, load, run_of

    nlp = load()
    claims = extract(quotes.Article(SENTENCE), nlp)
    said = [(claim.resolution.speaker, claim.attribution.content[0].of(SENTENCE)) for claim in claims]
    reads = [f"{speaker.name if speaker else 'unattributed'}: {words}" for speaker, words in said]
    right = any(speaker and speaker.name == SPEAKER for speaker, _ in said)
    wrong = [] if right else [f"the model does not see that {SPEAKER} speaks in {SENTENCE}; {REMEDY}"]
    digest, card = run_of(nlp).model, _card()
    if not card.startswith(digest):
        wrong.append(f"the model file has digest {digest} and its card {card[:12]}; {REMEDY}")
    return {"model": {"digest": digest, "reads": reads}}, wrong


def _card() -> str:
    return str(json.loads(files("quotes.data.model").joinpath("card.json").read_text("utf-8"))["digest"])


def _database(path: Path) -> Part:
    if not path.exists():
        return {"database": {"path": str(path), "exists": False}}, []
    with quotes.Store(path, readonly=True) as store:
        health = {"exists": True, **store.health()}
        problems = [str(problem) for problem in health.pop("problems")]
        return {"database": health, "runs": list(store.runs()), "skips": list(store.skips())}, problems
