"""Reviewing from the command line: keys on a terminal, lines in a pipe, options in a script; and the way back."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner, Result

from conftest import FLOOD, flood_claims
from quotes import judging, tracker, writers
from quotes.models import Extent, Review, Run
from quotes.offsets import shifted
from quotes.store import Filters, Store
from quotes_cli.app import app
from quotes_cli.commands.exchange import Format
from quotes_cli.reviewer import Desk, Keys

Run_ = Callable[..., Result]


@pytest.fixture
def run(database: Path) -> Run_:
    return lambda *arguments, keys=None: CliRunner().invoke(app, ["-d", str(database), *arguments], input=keys)


def claims(database: Path) -> list[dict]:
    with Store(database, readonly=True) as store:
        return list(store.claims())


def test_lines_in_a_pipe_review_one_claim_after_another(run, database, golden):
    keys = "a/r/s senior engineer/n see the film/v false/t flood/a/ /e We were lucky/x/?/q/".replace("/", "\n")
    done = run("review", "--reviewer", "ann", keys=keys)
    assert done.exit_code == 3
    assert "no key is 'x'; ? shows them" in done.stderr
    golden("review.txt", done.stdout.replace(claims(database)[0]["reviewed"][:10], "TODAY"))
    rows = claims(database)
    assert [row["status"] for row in rows[:5]] == ["accepted", "rejected", "corrected", "unreviewed", "corrected"]
    third = rows[2]
    assert (third["speaker"], third["notes"], third["verdict"]) == ("senior engineer", "see the film", "false")
    assert (third["tags"], third["reviewer"]) == ("flood", "ann")
    assert rows[4]["quote"] == "We were lucky"
    assert done.stderr.strip().endswith("4 of 7 reviewed")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("x", "no key is 'x'"),
        ("accept", "no key is 'accept'"),
        ("s", "who spoke? The answer stands behind the key"),
        ("n", "note? The answer"),
        ("s Wells", "'Wells' is no whole name; near: #1 Nora Wells (person); #"),
        ("s Nora", "'Nora' is no whole name; near: #1 Nora Wells (person)"),
    ],
)
def test_a_line_that_is_not_understood_decides_nothing(run, database, lines, told):
    with Store(database) as store:
        store.review(3, Review(speaker="Ivo Wells"), "ann")
    done = run("review", "--reviewer", "ann", keys=f"{lines}\na\nr\nq\n")
    assert (done.exit_code, told in done.stderr) == (3, True)
    assert "#1 is left for later" in done.stderr
    assert [row["status"] for row in claims(database)[:2]] == ["unreviewed", "rejected"]


def test_a_speaker_is_whoever_bears_the_whole_name_or_somebody_new(run, database):
    assert "'nora wells' is Nora Wells, #1" in run("review", "3", "--speaker", "nora wells").stderr
    only = run("review", "3", "--speaker", "wells")
    assert (only.exit_code, "give the whole name, or a number: #1" in only.stderr) == (2, True)
    run("speaker", "alias", "1", "Wells")  # printed of her, and now hers
    assert "'Wells' is Nora Wells, #1" in run("review", "3", "--speaker", "Wells").stderr
    assert run("speaker", "alias", "1", "Wells").exit_code == 2
    run("speaker", "undo")
    assert "'Nora Wels' is a new speaker; near: Nora Wells" in run("review", "4", "--speaker", "Nora Wels").stderr
    assert run("review", "4", "--speaker", "#1").stderr == "  '#1' is Nora Wells, #1\n"
    assert "is a new speaker" in run("review", "5", "--speaker", "Ivo Wells").stderr
    refused = run("review", "2", "--speaker", "Wells")
    assert (refused.exit_code, claims(database)[1]["status"]) == (2, "unreviewed")
    assert "#1 Nora Wells" in refused.stderr
    assert "Ivo Wells" in refused.stderr
    assert "is a new speaker" in run("review", "6", "--speaker", "engineer").stderr  # no name, so nobody's
    run("review", "--reviewer", "ann", keys="s -\na\nq\n")
    assert claims(database)[0]["speaker"] is None


def test_at_a_terminal_one_is_asked_who_is_meant(database):
    with Store(database) as store:
        store.review(3, Review(speaker="Ivo Wells"), "ann")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "quotes_cli", "-d", str(database), "review", "2", "--speaker", "Wells"]
    program = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.write(ours, b"ivo\nivo wells\n")
    try:
        printed, said = program.communicate(timeout=60)
    finally:
        program.kill()
        os.close(ours)
        os.close(theirs)
    assert program.returncode == 0, said
    assert "#2 Ivo Wells" in printed.decode()
    assert claims(database)[1]["speaker"] == "Ivo Wells"


def test_one_takes_up_where_one_left_off_and_can_go_back(run, database):
    run("review", "--reviewer", "ann", keys="a\na\nu\nr\nq\n")
    assert [row["status"] for row in claims(database)[:3]] == ["accepted", "rejected", "unreviewed"]
    done = run("review", "--reviewer", "ann", keys="u\nq\n")
    assert "3 of 7" not in done.stdout
    assert "2 of 7 reviewed" in done.stdout
    assert "nothing was reviewed yet" in done.stderr
    assert "nothing is left" in run("review", "--reviewer", "ann", keys="a\n" * 9).stderr


def test_filters_choose_what_is_reviewed(run, database):
    done = run("review", "--speaker", "ministry", "--reviewer", "ann", keys="a\na\na\na\n")
    assert "2 of 2 reviewed" in done.stderr
    assert {row["speaker"] for row in claims(database) if row["status"] == "accepted"} == {"Ministry"}


def test_no_more_are_shown_than_asked_for(run, database):
    done = run("review", "--limit", "2", "--offset", "1", "--reviewer", "ann", keys="a\n" * 9)
    assert [row["status"] for row in claims(database)[:4]] == ["unreviewed", "accepted", "accepted", "unreviewed"]
    assert "2 of 7 reviewed" in done.stderr
    assert "nothing is left" not in done.stderr


def test_single_keys_on_a_terminal(database):
    """The real program on a pseudo-terminal: keys without Enter, edges moved by words."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "quotes_cli", "-d", str(database), "review", "--reviewer", "ann"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    program = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    for keys in (b"a", b"r", b"ehlll\r", b"a", b"q"):
        os.write(ours, keys)
    try:
        printed, said = program.communicate(timeout=60)
    finally:
        program.kill()
        os.close(ours)
        os.close(theirs)
    assert program.returncode == 0, said
    rows = claims(database)
    assert [row["status"] for row in rows[:4]] == ["accepted", "rejected", "corrected", "unreviewed"]
    assert rows[2]["quote"] == "were dry again"
    assert "homes were dry again" in printed.decode()


@pytest.mark.parametrize("leave", ["q", "\x1b", "interrupt"])
def test_leaving_the_edges_leaves_the_words_and_not_the_review(database, capsys, leave):
    class Pressed(Keys):
        def __init__(self) -> None:
            self.live, self.pressed = True, iter(["e", "h", leave, "r", "q"])

        def key(self) -> str:
            key = next(self.pressed)
            if key == "interrupt":
                raise KeyboardInterrupt
            return key

    with Store(database) as store:
        Desk(store, Filters(), "ann", Pressed()).work()
    assert "the words are left as they were" in capsys.readouterr().err
    assert [row["status"] for row in claims(database)[:2]] == ["rejected", "unreviewed"]


def test_edges_move_by_words_and_stay_inside_the_text():
    text = "He said it rained all night."
    it = (Extent(8, 17),)
    for (start, end), words in {
        (0, 1): "it rained all", (0, 9): "it rained all night.", (1, 0): "rained", (5, 0): "rained",
        (-1, 0): "said it rained", (-9, 0): "He said it rained", (0, -1): "it", (0, -9): "it",
    }.items():  # fmt: skip
        assert [extent.of(text) for extent in shifted(text, it, start=start, end=end)] == [words]
    broken = (Extent(3, 7), Extent(11, 17))
    assert [extent.of(text) for extent in shifted(text, broken, start=-1, end=1)] == ["He said", "rained all"]


def test_one_claim_is_reviewed_by_options(run, golden):
    for arguments in (
        ["--accept", "--verdict", "false", "--tag", "flood", "--note", "see the film"],
        ["--speaker", "Zoë Quist"],
        ["--quote", "came over the wall"],
        ["--untag", "flood"],
        ["--nobody"],
        ["--undo"],
    ):
        assert run("review", "2", "--reviewer", "ann", *arguments).exit_code == 0
    row = json.loads(run("review", "2", "--history", "--json").stdout)
    assert (row["speaker"], row["quote"], row["status"]) == ("Zoë Quist", "came over the wall", "corrected")
    assert [one["undone"] is not None for one in row["reviews"]] == [False] * 4 + [True, False]
    assert "came over the wall" in run("review", "2", "--history").stdout
    for wrong in (["--accept", "--reject"], ["--accept", "--undo"], ["--quote", "never printed"]):
        assert run("review", "2", *wrong).exit_code == 2
    assert run("review", "--accept").exit_code == 2


def test_the_reviewer_is_the_one_who_says_so_or_is_logged_in(run, database, monkeypatch):
    monkeypatch.setenv("LOGNAME", "desk7")
    run("review", "1", "--accept")
    monkeypatch.setenv("QUOTES_REVIEWER", "ben")
    run("review", "2", "--accept")
    run("review", "3", "--accept", "--reviewer", "ann")
    assert [row["reviewer"] for row in claims(database)[:3]] == ["desk7", "ben", "ann"]


def test_listings_and_exports_can_be_limited_to_what_was_reviewed(run):
    run("review", "2", "--accept", "--tag", "flood")
    run("review", "3", "--reject")
    for option, count in ((["--status", "accepted"], 1), (["--reviewed"], 2), (["--tag", "flood"], 1)):
        assert len(json.loads(run("report", *option, "--json").stdout)) == count
        assert len(run("export", "jsonl", *option).stdout.splitlines()) == count


def another_run(database: Path) -> None:
    """The stored text read again by a run that words one claim otherwise and misses another."""
    found = flood_claims()
    short = Extent(found[2].attribution.content[0].start + 4, found[2].attribution.content[0].end)
    found[2] = replace(found[2], attribution=replace(found[2].attribution, content=(short,)))
    with Store(database) as store:
        done = tracker.ingest(
            store.saved(), store, Run("9", "other"), lambda tasks: ((came, found[:-1]) for came, _ in tasks)
        )
        assert (done.rerun, done.new, done.changed) == (1, 0, 0)


def test_what_moved_or_was_lost_in_another_run_is_listed_and_waits(run, database, golden):
    for number in ("2", "3", "8"):
        run("review", number, "--accept", "--reviewer", "ann")
    another_run(database)
    golden("rerun.txt", run("rerun", "--waiting").stdout)
    told = json.loads(run("rerun", "--waiting", "--json").stdout)
    assert ([len(told[key]) for key in ("moved", "lost")], told["report"]) == ([1, 1], None)
    done = run("review", "--reviewer", "ben", keys="\na\na\nq\n")
    assert "confirm with a" in done.stdout
    assert json.loads(run("rerun", "--waiting", "--json").stdout)["moved"] == []


def test_the_texts_of_the_store_are_the_articles_that_were_read(database):
    with Store(database) as store:
        [article] = store.saved()
        assert store.holds(article, Run("0.1.0", "by-hand"))
    assert (article.text, article.url, article.title, article.id) == (FLOOD.text, FLOOD.url, FLOOD.title, FLOOD.id)


def test_how_well_the_machine_does_is_told_from_the_reviews(run, golden):
    assert "No claim is accepted" in run("score").stdout
    for number, act in (("1", "--reject"), ("2", "--accept"), ("3", "--accept"), ("5", "--nobody"), ("8", "--accept")):
        run("review", number, act)
    golden("score-reviews.txt", run("score").stdout)
    everything = json.loads(run("score", "--json").stdout)[0]
    assert (everything["right"], everything["reviewed"], everything["speakers"], everything["named"]) == (4, 5, 3, 4)
    assert run("score", "only-one.jsonl").exit_code == 2


def test_an_interval_holds_its_share_and_narrows():
    assert judging.interval(0, 0) == (0.0, 1.0)
    widths = []
    for every in (10, 100, 1000):
        low, high = judging.interval(9 * every // 10, every)
        assert low < 0.9 < high
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_a_table_goes_out_is_edited_and_comes_back(run, database, tmp_path):
    table = tmp_path / "claims.csv"
    assert run("export", "csv", "--excel", "-o", str(table)).exit_code == 0
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[1]["status"] = "accepted"
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert "1 claim would change, 6 without an edit, 0 conflicts" in run("import", str(table), "--dry-run").stdout
    assert claims(database)[1]["status"] == "unreviewed"
    assert "1 claim changed" in run("import", str(table)).stdout
    assert "0 claims changed, 7 without an edit" in run("import", str(table)).stdout
    run("review", "2", "--reject")
    done = run("import", str(table))
    assert done.exit_code == 1
    assert "status changed since the export" in done.stdout
    assert "Nothing was applied" in done.stdout
    assert "Nothing was applied" not in run("import", str(table), "--dry-run").stdout
    assert run("import", str(table), "--force", "--skip-conflicts").exit_code == 2
    assert json.loads(run("import", str(table), "--force", "--json").stdout)["applied"]
    assert claims(database)[1]["status"] == "accepted"


def test_an_import_says_which_speakers_are_new_and_refuses_a_part_of_a_name(run, database, tmp_path):
    table = tmp_path / "claims.csv"
    for name, told in (
        ("Ivo Wells", "1 new speaker: Ivo Wells"),
        ("Wells", "'Wells' is no whole name; near: #1 Nora Wells (person); #"),
        ("Nora", "'Nora' is no whole name; near: #1 Nora Wells (person)\n0 claims would change"),
        ("Ivo", "Nothing was applied: --skip-conflicts applies the rest, --force lets the file win."),
    ):
        run("export", "csv", "-o", str(table), "--force")
        with table.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        rows[3]["speaker"] = name
        with table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        assert told in run("import", str(table)).stdout
    assert claims(database)[3]["speaker"] == "Ivo Wells"


def test_every_format_can_be_exported(run, tmp_path):
    assert set(get_args(Format)) == {*writers.FORMATS, "xlsx", *writers.DOCUMENTS} - {"excel"}
    for form in get_args(Format):
        done = run("export", form, "-o", str(tmp_path / form))
        assert (done.exit_code, (tmp_path / form).exists()) == (0, True), done.stderr
        assert run("export", form, "-o", str(tmp_path / form)).exit_code == 2
        assert run("export", form, "-o", str(tmp_path / form), "--force").exit_code == 0


def test_the_database_is_backed_up_migrated_and_shown(run, tmp_path):
    copy = tmp_path / "copy.db"
    assert run("db", "backup", str(copy)).exit_code == 0
    with Store(copy, readonly=True) as store:
        assert store.count(Filters()) == 7
    assert run("db", "backup", str(copy)).exit_code == 2
    assert run("db", "migrate").exit_code == 0
    shown = run("db", "schema").stdout
    assert "create view who_said_what" in shown.lower()
    assert "claims_fts_data" not in shown
