"""Tables of claims go out, are edited in a spreadsheet, and come back as reviews: nothing lost, nothing overwritten."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from conftest import FLOOD
from quotes import sheets, writers
from quotes.corrections import bring
from quotes.errors import UsageError
from quotes.models import Review
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
def test_a_table_without_an_edit_changes_nothing_and_one_with_edits_changes_just_them(store, tmp_path, form, name):
    done = bring(store, edited(store, tmp_path / name, form=form), "ann")
    assert (done.changed, done.conflicts, done.unchanged) == ([], [], 7)

    def edit(rows: list[dict[str, Any]]) -> None:
        rows[1] |= {"status": "accepted", "verdict": "=true", "tags": "flood; wall"}
        rows[2] |= {"speaker": "Zoë Quist", "notes": "-heard\n=twice"}
        rows[3] |= {"quote": "the school would open"}
        rows[4] |= {"speaker": "", "status": "Rejected"}

    path = edited(store, tmp_path / name, edit, form)
    done = bring(store, path, "ann", trial=True)
    assert (len(done.changed), done.conflicts, done.applied) == (4, [], False)
    assert store.progress() == (0, 7)
    done = bring(store, path, "ann")
    assert (len(done.changed), done.conflicts, done.unchanged) == (4, [], 3)
    rows = list(store.claims())
    assert [row["status"] for row in rows[1:5]] == ["accepted", "corrected", "corrected", "rejected"]
    assert (rows[1]["verdict"], rows[1]["tags"], rows[2]["notes"]) == ("=true", "flood; wall", "-heard\n=twice")
    assert (rows[2]["speaker"], rows[3]["quote"], rows[4]["speaker"]) == ("Zoë Quist", "the school would open", None)
    assert FLOOD.text[rows[3]["start"] : rows[3]["end"]] == "the school would open"
    again = bring(store, path, "ann")
    assert (again.changed, again.conflicts, again.unchanged) == ([], [], 7)
    assert list(store.claims()) == rows
    assert list(store.verify()) == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({"verdict": words, "notes": words, "tags": words}), min_size=7, max_size=7))
@pytest.mark.parametrize("form", ["csv", "excel", "jsonl"])
def test_hostile_cells_go_out_and_come_back_as_they_were(store, tmp_path, form, cells):
    for row, cell in zip(list(store.claims()), cells, strict=True):
        store.review(row["id"], Review(verdict=cell["verdict"], notes=cell["notes"], tags=(cell["tags"],)), "ann")
    before = list(store.claims())
    path = edited(store, tmp_path / FORMS[form], form=form)
    told = [{key: row[key] or "" for key in ("verdict", "notes", "tags")} for _, row in sheets.read(path)]
    assert told == [{key: row[key] or "" for key in ("verdict", "notes", "tags")} for row in before]
    done = bring(store, path, "ben")
    assert (done.changed, done.conflicts) == ([], [])
    assert list(store.claims()) == before


@pytest.mark.parametrize("name", ["nora  WELLS", "#1", "Nora Jane Wells"])
def test_a_speaker_by_another_name_or_by_number_is_no_edit_a_second_time(store, tmp_path, name):
    store.alias("Nora Wells", "Nora Jane Wells", reviewer="ann")
    path = edited(store, tmp_path / "a.csv", lambda rows: rows[3].update(speaker=name))
    assert len(bring(store, path, "ann").changed) == 1
    again = bring(store, path, "ben")
    assert (again.changed, again.conflicts, again.unchanged) == ([], [], 7)


def test_an_emptied_status_is_that_of_a_claim_nobody_reviewed(store, tmp_path):
    uid = list(store.claims())[3]["claim_id"]
    store.review(uid, Review("accepted", note="seen"), "ann")
    path = edited(store, tmp_path / "a.csv", lambda rows: [row.update(status=" ") for row in rows])
    done = bring(store, path, "ben")
    assert (done.changed, done.conflicts, done.unchanged) == ([uid], [], 6)
    assert (store.claim(uid)["status"], store.claim(uid)["notes"]) == ("unreviewed", "seen")
    assert bring(store, path, "ben").changed == []


def test_a_claim_reviewed_since_the_export_is_a_conflict_and_nothing_is_applied(store, tmp_path):
    def edit(rows: list[dict[str, Any]]) -> None:
        rows[1]["status"] = rows[2]["status"] = "accepted"

    path = edited(store, tmp_path / "a.csv", edit)
    uid = list(store.claims())[1]["claim_id"]
    store.review(uid, Review("rejected"), "ben")
    done = bring(store, path, "ann")
    assert [str(problem) for problem in done.conflicts] == [
        f"row 3, {uid}: status changed since the export, by ben on {store.claim(uid)['reviewed'][:10]}"
    ]
    assert (done.applied, store.progress()) == (False, (1, 7))
    assert bring(store, path, "ann", skip=True).applied
    assert (store.claim(uid)["status"], store.progress()) == ("rejected", (2, 7))
    bring(store, path, "ann", force=True)
    assert store.claim(uid)["status"] == "accepted"


def test_two_tables_that_edit_other_columns_of_one_claim_both_count(store, tmp_path):
    one = edited(store, tmp_path / "one.csv", lambda rows: rows[1].update(status="accepted"))
    other = edited(store, tmp_path / "other.csv", lambda rows: rows[1].update(notes="see the film"))
    assert bring(store, one, "ann").conflicts == bring(store, other, "ben").conflicts == []
    row = list(store.claims())[1]
    assert (row["status"], row["notes"]) == ("accepted", "see the film")


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ({"claim_id": "c0123456789abcdef"}, "no claim"),
        ({"claim_id": ""}, "no such claim"),
        ({"cue": "whispered"}, "cue cannot be changed"),
        ({"start": 7}, "start cannot be changed"),
        ({"quote": "words nobody printed"}, "do not stand in the article"),
        ({"status": "fine"}, "is no status"),
        ({"speaker": "#999"}, "no speaker #999"),
        ({"revision": "x"}, "is no revision"),
    ],
)
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


@pytest.mark.parametrize(
    ("encoding", "separator", "said", "day", "yes", "no"),
    [
        ("cp1252", ";", "", "{2}.{1}.{0}", "WAHR", "FALSCH"),
        ("cp1252", ";", "sep=;\r\n", "{2}/{1}/{0}", "VRAI", "FAUX"),
        ("utf-8-sig", ";", "", "{2}-{1}-{0}", "WAAR", "ONWAAR"),
        ("utf-16", "\t", "", "{1}/{2}/{0}", "TRUE", "FALSE"),
    ],
)
def test_what_programs_of_other_countries_save_comes_back(store, tmp_path, encoding, separator, said, day, yes, no):
    """Days, numbers and truth are written as there; only what a person changed is a change."""
    path, marked = tmp_path / "a.csv", list(store.claims())
    store.review(marked[0]["id"], Review(speaker="Recep Erdoğan 🌊", notes=HOSTILE[0], verdict="“naïve”"), "ann")
    before = list(store.claims())
    with path.open("w", encoding=encoding, errors="replace", newline="") as stream:
        stream.write(said)
        table = csv.DictWriter(stream, list(COLUMNS), delimiter=separator, extrasaction="ignore")
        table.writeheader()
        for row in before:
            local = {"confidence": str(row["confidence"]).replace(".", ","), "revision": f"{row['revision']},0"}
            local |= {name: yes if row[name] else no for name in ("negated", "hearsay")}
            local |= {"published": day.format(*row["published"].split("-")), "tags": "; ".join(row["tags"] or [])}
            guarded = {name: f"'{cell}" for name, cell in row.items() if isinstance(cell, str) and cell[:1] in "=+-@\t"}
            table.writerow({**row, **local, **guarded, **({"verdict": "läuft"} if row is before[2] else {})})
    done = bring(store, path, "ben")
    assert (done.conflicts, len(done.changed), done.unchanged) == ([], 1, 6)
    assert [row["verdict"] for row in store.claims()][2] == "läuft"
    assert next(iter(store.claims())) == before[0]


def test_letters_that_a_table_lost_are_no_edit_but_others_are(store, tmp_path):
    claim = next(iter(store.claims()))
    store.review(claim["id"], Review(speaker="Erdoğan"), "ann")
    for speaker, kept, encoding in (
        ("Erdo?an", "Erdoğan", "cp1252"), ("Erdogan", "Erdoğan", "cp1252"), ("Gül é", "Gül é", "cp1252"),
    ):  # fmt: skip
        revision = next(iter(store.claims()))["revision"]
        text = f"claim_id;speaker;verdict;revision\r\n{claim['claim_id']};{speaker};\xe9;{revision}\r\n"
        (tmp_path / "a.csv").write_text(text, encoding=encoding, newline="")
        assert bring(store, tmp_path / "a.csv", "ben").conflicts == []
        assert next(iter(store.claims()))["speaker"] == kept


def test_a_workbook_edited_and_saved_by_another_program_comes_back(store, tmp_path):
    path = edited(store, tmp_path / "a.xlsx", form="xlsx")
    book = load_workbook(path)
    sheet = book["claims"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(3, names.index("status") + 1).value = "accepted"
    book.save(path)
    assert len(bring(store, path, "ann").changed) == 1
    assert list(store.claims())[1]["status"] == "accepted"


def test_a_workbook_with_a_row_where_none_can_be_is_refused(store, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS", 1_000)
    book = Workbook()
    book.active.append(["claim_id", "status"])
    book.active.cell(2_000, 1).value = "c1"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UsageError, match="has a row below 1,000"):
        bring(store, tmp_path / "a.xlsx", "ann")


def claimed(path: Path, size: str) -> None:
    """Let the sheet of a workbook claim to be so large."""
    with ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index(b'<dimension ref="') + len(b'<dimension ref="')
    parts["xl/worksheets/sheet1.xml"] = sheet[:start] + size.encode() + sheet[sheet.index(b'"', start) :]
    with ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


def test_how_large_a_sheet_is_is_only_claimed(tmp_path):
    book = Workbook()
    for row in (["claim_id", "status", "notes"], ["c1", "accepted", "wet"], ["c2", "rejected"], ["c3"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    seen = [(2, "c1", "accepted", "wet"), (3, "c2", "rejected", None), (4, "c3", None, None)]
    for size in ("A1:C4", "A1:A1", "A1:XFD4"):
        claimed(tmp_path / "a.xlsx", size)
        rows = [(number, *row.values()) for number, row in sheets.read(tmp_path / "a.xlsx")]
        assert rows == seen
        assert all(len(row) == 4 for row in rows)


def test_files_that_are_no_tables_of_claims_are_one_readable_line(store, tmp_path):
    Workbook().save(tmp_path / "empty.xlsx")
    for name, content in {
        "a.csv": b"name,age\nx,1\n", "b.csv": b"claim_id\n\xff\x81\n", "c.jsonl": b"no json\n", "d.jsonl": b"[1]\n",
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


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_an_error_of_its_own(store, tmp_path, part):
    path, broken = tmp_path / "claims.xlsx", tmp_path / "broken.xlsx"
    writers.export(store.claims(), path, columns=COLUMNS)
    with ZipFile(path) as whole, ZipFile(broken, "w") as book:
        for name in whole.namelist():
            data = whole.read(name)
            book.writestr(name, data[: len(data) // 2] if name == part else data)
    with pytest.raises(UsageError, match="damaged or no workbook"):
        bring(store, broken, "tester")
