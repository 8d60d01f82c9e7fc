"""Tables of claims go out, are edited in a spreadsheet, and come back as reviews: nothing lost, nothing overwritten."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from quotes import sheets, writers
from quotes.corrections import bring
from quotes.errors import UsageError
from quotes.store import COLUMNS, Store

HOSTILE = ["=cmd|' /C calc'!A0", "-2", "+1", "@A1", "\tx", "'=1", "''@", 'a "b", c;d', "two\nlines", "é 🌊 שלום \u202e"]
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
words = st.text(letters, max_size=20) | st.sampled_from(HOSTILE)
FORMS = {"csv": "a.csv", "excel": "a.csv", "tsv": "a.tsv", "jsonl": "a.jsonl", "xlsx": "a.xlsx"}
Edit = Callable[[list[dict[str, Any]]], None]


@pytest.fixture
def store(database: Path):
    with Store(database) as opened:
        yield opened


def edited(store: Store, path: Path, edit: Edit = lambda rows: None, form: str = "csv") -> Path:
    """A table of all claims, edited."""
    rows = list(store.claims())
    edit(rows)
    writers.export(rows, path, form, columns=COLUMNS if form != "jsonl" else (), force=True)
    return path


def number(store: Store, words_: str) -> int:
    return next(n for n, row in enumerate(store.claims()) if words_ in row["quote"])


@pytest.mark.parametrize(("form", "name"), FORMS.items())
def test_what_cannot_be_is_listed_and_nothing_applied(store, tmp_path, edit, why):
    def both(rows: list[dict[str, Any]]) -> None:
        rows[1] |= edit
        rows[2]["status"] = "accepted"

    path = edited(store, tmp_path / "a.csv", both)
    done = bring(store, path, "ann")
    assert (len(done.conflicts), done.applied, store.progress()[0]) == (1, False, 0)
    assert why in done.conflicts[0].what
    bring(store, path, "ann", skip=True)
    assert store.progress()[0] == 1


def test_what_spreadsheet_programs_make_of_csv_is_understood(store, tmp_path):
    rows = [{**row, "status": "accepted"} for row in store.claims()]
    path = tmp_path / "excel.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(["claim_id", "negated", "confidence", "status", "my own column"])
        for row in rows:
            shown = str(row["negated"]).upper(), f"{row['confidence']:.3f}", "ACCEPTED", "?"
            table.writerow([row["claim_id"], *shown])
    assert len(bring(store, path, "ann").changed) == 7
    assert store.progress() == (7, 7)


def test_a_workbook_edited_and_saved_by_another_program_comes_back(store, tmp_path):
    path = edited(store, tmp_path / "a.xlsx", form="xlsx")
    book = load_workbook(path)
    sheet = book["claims"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(3, names.index("status") + 1).value = "accepted"
    book.save(path)
    assert len(bring(store, path, "ann").changed) == 1
    assert list(store.claims())[1]["status"] == "accepted"


def test_files_that_are_no_tables_of_claims_are_one_readable_line(store, tmp_path):
    Workbook().save(tmp_path / "empty.xlsx")
    for name, content in {
        "a.csv": b"name,age\nx,1\n", "b.csv": b"claim_id\n\xff\xfe\n", "c.jsonl": b"no json\n", "d.jsonl": b"[1]\n",
        "e.xlsx": b"PK", "f.doc": b"", "g.csv": b"", "h.csv": b"claim_id,status\nc1,accepted,more\n",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    for path in [*sorted(tmp_path.glob("?.*")), tmp_path / "empty.xlsx", tmp_path / "missing.csv", tmp_path]:
        if path.suffix != ".db":
            with pytest.raises(UsageError):
                bring(store, path, "ann")


def test_the_longest_quote_goes_through_csv(store, tmp_path):
    row = json.loads(json.dumps(next(iter(store.claims()))))
    row["notes"] = "x" * 300_000
    writers.export([row], tmp_path / "a.csv", columns=COLUMNS)
    [(_, read)] = sheets.read(tmp_path / "a.csv")
    assert read["notes"] == row["notes"]
