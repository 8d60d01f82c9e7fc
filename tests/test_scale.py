"""What docs/scale.md shows is what one can type."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quotes.batch import engine, plan
from test_batch import RUN, by_hand, lines

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
pd = pytest.importorskip("pandas", reason="pandas is not installed")

DOCS = (Path(__file__).parent.parent / "docs" / "scale.md").read_text(encoding="utf-8")
NEWS = Path(__file__).parent / "data" / "seed.jsonl"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)


def test_the_questions_to_parquet_are_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan.make([str(lines(tmp_path / "a.jsonl"))], tmp_path / "work", size=3_000)
    assert list(engine.here(engine.missing(tmp_path / "work", RUN), tmp_path / "work", RUN, by_hand))
    monkeypatch.chdir(tmp_path)
    [block] = blocks("sql")
    most, of_one, failed = (
        duckdb.sql(question.replace("Brett McGurk", "Nora Wells")).fetchall() for question in block.split(";")[:3]
    )
    assert most[0][1] == 30  # Nora Wells, in ten editions
    assert len(of_one) == 30
    assert {reason for reason, _ in failed} == {"too odd", "not JSON: Expecting value at column 1"}


def test_the_function_for_spark_and_ray_gives_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    code = blocks("python")[0].split("df.mapInPandas")[0]
    names: dict[str, Any] = {}
    exec(code, names)
    record = json.loads(NEWS.read_text(encoding="utf-8").splitlines()[0])
    frame = pd.DataFrame([{"id": "one", "text": record["text"], "url": None}])
    [out] = names["claims"]([frame])
    assert list(out["outcome"]) == ["done"]
    assert len(out["claims"][0]) >= 15
    assert all(claim["quote"] in record["text"] or " … " in claim["quote"] for claim in out["claims"][0])
