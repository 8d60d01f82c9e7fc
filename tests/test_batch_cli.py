"""Batches from the command line, with the model, on a real article; and on two processes of Dask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quotes.store import Store
from quotes_cli.app import app

pytest.importorskip("pyarrow", reason="the extra batch is not installed")

NEWS = str(Path(__file__).parent / "data" / "seed.jsonl")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("engine", [(), ("--dask", "--jobs", "2")], ids=["processes", "dask"])
def test_planned_run_and_loaded_it_is_what_add_stores(tmp_path: Path, engine: tuple[str, ...]) -> None:
    work, loaded, added = (str(tmp_path / name) for name in ("work", "loaded.db", "added.db"))
    assert run("batch", "plan", NEWS, "--to", work).exit_code == 0
    assert json.loads(run("batch", "status", work, "--json").stdout)["shards_done"] == 0
    assert run("batch", "run", work, *engine).exit_code == 0
    status = json.loads(run("batch", "status", work, "--json").stdout)
    assert status["shards_done"] == status["shards"]
    assert (status["records"], status["failed"]) == (1, 0)
    assert run("-d", loaded, "batch", "load", work).exit_code == 0
    again = json.loads(run("-d", loaded, "batch", "load", work, "--json").stdout)
    assert (again["new"], again["unchanged"], again["claims"]) == (0, 1, 0)
    assert run("-d", added, "-q", "add", NEWS).exit_code == 0
    with Store(loaded) as one, Store(added) as other:
        assert [row["claim_id"] for row in one.claims()] == [row["claim_id"] for row in other.claims()]
        assert status["claims"] >= len(list(one.claims())) > 10
        assert not list(one.verify())


def test_a_plan_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = run("batch", "status", str(tmp_path))
    assert done.exit_code == 2
    assert done.stderr.startswith("quotes: there is no plan in")
    assert "Traceback" not in done.stderr
