"""The command line, as a reader of the README uses it: what is printed, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import quotes
from conftest import FLOOD, flood_claims
from quotes.errors import ModelError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Run, Skipped, Speaker, Via
from quotes.pipeline import Item
from quotes.pool import Failed
from quotes.store import COLUMNS
from quotes_cli import checkup, pieces
from quotes_cli.app import app

Run_ = Callable[..., Result]


@pytest.fixture
def run(database: Path) -> Run_:
    """Run a command on the database with FLOOD."""
    return lambda *arguments: CliRunner().invoke(app, ["-d", str(database), *arguments])


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's place taken by a reader who knows one article by heart, cannot read a second, finds nothing else."""
    from quotes import pipeline

    def work(
        tasks: Iterable[tuple[Item, str | None]], nlp: object, *, jobs: int
    ) -> Iterator[tuple[Item, list[Claim] | Failed | None]]:
        for item, text in tasks:
            if text and "unreadable" in text:
                yield item, Failed("cannot be read by the model: too odd")
            else:
                yield item, None if text is None else flood_claims() if text == FLOOD.text else []

    monkeypatch.setattr(quotes, "load", object, raising=False)
    monkeypatch.setattr(pipeline, "work", work)
    monkeypatch.setattr(pipeline, "run_of", lambda nlp: Run("0.1.0", "by-hand"))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A file with FLOOD, an article without claims, a line that is no JSON, and an article the model cannot read."""
    path = tmp_path / "news.jsonl"
    rows = [{"id": "flood", "text": FLOOD.text, "title": FLOOD.title}, {"id": "quiet", "text": "Nobody spoke."}]
    broken = {"id": "odd", "text": "An unreadable text."}
    path.write_text("\n".join([*map(json.dumps, rows), "no json", json.dumps(broken)]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("report.txt", ["report"]),
        ("report-attitudes.txt", ["report", "--attitudes", "--kind", "indirect"]),
        ("search.txt", ["search", "homes"]),
        ("show-claim.txt", ["show", "2"]),
        ("show-negated.txt", ["show", "4"]),
        ("show-article.txt", ["show", "breaks its banks"]),
        ("speakers.txt", ["speakers"]),
        ("speaker.txt", ["speaker", "wells"]),
    ],
)
def test_golden(terminal, database, golden, name, arguments):
    golden(name, terminal("-d", str(database), *arguments))


def test_golden_report_on_a_narrow_terminal(terminal, database, golden):
    golden("report-narrow.txt", terminal("-d", str(database), "report", columns=60))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("report-wide.txt", ["report"]),
        ("show-claim-wide.txt", ["show", "2"]),
        ("claims.csv", ["export", "csv"]),
        ("claims.jsonl", ["export", "jsonl"]),
    ],
)
@pytest.mark.parametrize("columns", ["20", "100", None])
def test_golden_in_a_pipe_whatever_columns_says(run, golden, monkeypatch, name, arguments, columns):
    monkeypatch.setenv("COLUMNS", columns) if columns else monkeypatch.delenv("COLUMNS")
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    golden(name, done.stdout)


def test_a_table_in_a_pipe_is_as_wide_as_columns_says(run, terminal, database):
    assert run("report", "--table").stdout == terminal("-d", str(database), "report")


def test_a_report_names_everyone_and_hides_attitudes(run):
    printed = run("report").stdout
    for words in (
        "Nora Wells",
        "the mayor of Ashby",
        "organisation",
        "unnamed source",
        "citing two officials",
        "[sic]",
    ):
        assert words in printed
    assert "NOT said: when the school would open" in printed
    assert printed.index("Unattributed") > printed.index("senior engineer")
    assert "another night of rain" not in printed


def test_filters_choose(run):
    rows = json.loads(run("report", "--speaker", "wells", "--kind", "direct", "--json").stdout)
    assert [row["quote"] for row in rows] == ['"We were lucky,"', '"Next time," … "we may not be."']
    assert [row["speaker"] for row in json.loads(run("report", "--unnamed", "--json").stdout)] == ["senior engineer"]
    assert json.loads(run("report", "--until", "2023", "--json").stdout) == []
    assert len(json.loads(run("report", "-n", "2", "--offset", "1", "--json").stdout)) == 2


def test_every_form_tells_the_same(run, tmp_path):
    told = json.loads(run("report", "--json").stdout)
    assert [json.loads(line) for line in run("report", "--nl").stdout.splitlines()] == told
    for option, mark in (("--csv", ","), ("--tsv", "\t")):
        rows = list(csv.DictReader(io.StringIO(run("report", option).stdout, newline=""), delimiter=mark))
        assert tuple(rows[0]) == COLUMNS
        assert [row["quote"] for row in rows] == [row["quote"] for row in told]
    for suffix in ("json", "csv", "tsv", "jsonl", "txt", "svg"):
        target = tmp_path / f"report.{suffix}"
        assert run("report", "-o", str(target)).exit_code == 0
        assert "when the school would open" in target.read_text(encoding="utf-8").replace("&#160;", " ")


def test_offsets_that_are_exported_lead_back_to_the_words(run):
    for row in json.loads(run("report", "--json").stdout):
        for start, end, words in (*row["content"], *row["cue_extents"], *row["source_extents"]):
            assert FLOOD.text[start:end] == words


def test_search_marks_hits_on_a_terminal(terminal, database, monkeypatch):
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[30;43mhomes\x1b[0m were dry" in terminal("-d", str(database), "search", "homes")


@pytest.fixture
def ferries(database: Path) -> Path:
    """Another speaker called Wells, who speaks of ferries in two outlets, in two months and on unknown days."""
    with quotes.Store(database) as store:
        for number, (day, outlet) in enumerate(
            [("2024-01-30", "Ashby Courier"), ("2024-04", "[b]Post"), (None, None)] * 2
        ):
            text = f"Ivo Wells said the ferry would sail {number} times."
            said = Extent(text.index("the ferry"), len(text) - 1)
            who = Resolution(Speaker("Ivo Wells", "person"), "name", (Extent(0, 9),), 1.0)
            claim = Claim(Attribution((said,), (Extent(10, 14),), (Extent(0, 9),), lemma="say"), who)
            store.save(
                Article(text, id=f"f{number}", published=day, publisher=outlet), [claim], Run("0.1.0", "by-hand")
            )
    return database


def test_a_speaker_over_time(ferries, run, terminal, golden):
    known = json.loads(run("speaker", "ivo", "--json").stdout)
    assert (known["speaker"], known["claims"], known["first"], known["last"]) == (
        "Ivo Wells",
        6,
        "2024-01-30",
        "2024-04",
    )
    assert known["months"] == [{"month": "2024-01", "claims": 2}, {"month": "2024-04", "claims": 2}]
    assert {row["publisher"]: row["claims"] for row in known["outlets"]} == {"Ashby Courier": 2, "[b]Post": 2}
    ids = [row["claim_id"] for row in known["said"]]
    assert [topic["claims"] for topic in known["topics"] if "ferry" in topic["term"]] == [ids]
    golden("speaker-over-time.txt", terminal("-d", str(ferries), "speaker", "ivo"))
    assert all(f"sail {number} times" in run("speaker", "ivo").stdout for number in range(6))


def test_a_speaker_is_chosen_and_filtered(ferries, run):
    asked = run("speaker", "wells")
    assert (asked.exit_code, asked.stdout) == (2, "")
    line, hint = asked.stderr.splitlines()
    assert line.startswith("quotes: 'wells' may be 2 speakers: #")
    assert "Nora Wells (person)" in line
    number = hint.split()[-1]
    assert json.loads(run("speaker", f"#{number}", "--json").stdout)["speaker"] == "Ivo Wells"
    assert json.loads(run("speaker", "IVO WELLS", "--until", "2024-01", "--json").stdout)["claims"] == 2
    assert run("speaker", "ivo", "--since", "2025").stdout.endswith("No claims.\n")


def test_show_takes_the_number_as_the_report_prints_it(run):
    claim_id = json.loads(run("show", "4", "--json").stdout)["claim_id"]
    assert run("show", "#4").stdout == run("show", "4").stdout == run("show", claim_id).stdout


def test_show_gives_the_whole_article_as_json(run):
    article = json.loads(run("show", "flood", "--json").stdout)
    assert article["text"] == FLOOD.text
    assert len(article["claims"]) == 7


def test_export_to_a_file(run, tmp_path):
    target = tmp_path / "claims.csv"
    done = run("export", "csv", "--excel", "-o", str(target))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"7 claims in {target}\n")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfclaim_id,speaker,role,")
    again = run("export", "csv", "-o", str(target))
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr.startswith(f"quotes: {target} exists already\n")
    assert run("export", "csv", "-o", str(target), "--force").exit_code == 0


def test_verify_finds_a_text_altered_by_hand(run, database):
    done = run("verify")
    assert done.exit_code == 0
    assert done.stdout.startswith("every word of 7 claims and 1 attitude stands where it was found")
    assert json.loads(run("verify", "--json").stdout) == {"claims": 8, "problems": []}
    with sqlite3.connect(database) as db:
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f'drop trigger "{trigger}"')
        db.execute("update articles set text = replace(text, '300 homes', '900 homes')")
    db.close()
    altered = run("verify")
    assert altered.exit_code == 1
    assert "altered" in altered.stdout
    told = run("verify", "--json")
    assert (told.exit_code, json.loads(told.stdout)["claims"]) == (1, 8)
    assert "the text of the article was altered" in [problem["what"] for problem in json.loads(told.stdout)["problems"]]


@pytest.mark.usefixtures("by_hand")
def test_add_tells_what_it_found_and_what_it_left_out(tmp_path, news):
    database = tmp_path / "new.db"
    done = CliRunner().invoke(app, ["-d", str(database), "add", str(news), str(tmp_path / "nowhere.txt")])
    assert done.exit_code == 3
    assert "articles: 2 new, 3 skipped · 7 claims and 1 attitude stored" in done.stdout
    assert "Nora Wells" in done.stdout
    assert done.stderr.count("skipped") == 3
    assert "news.jsonl:3" in done.stderr
    assert "too odd" in done.stderr
    assert "nowhere.txt" in done.stderr
    again = CliRunner().invoke(app, ["-d", str(database), "-v", "add", str(news)])
    assert "articles: 2 unchanged, 2 skipped · 0 claims stored" in again.stdout
    assert "unchanged" in again.stderr
    told = json.loads(CliRunner().invoke(app, ["-d", str(database), "add", str(news), "--json"]).stdout)
    assert (told["new"], told["unchanged"], told["claims"]) == (0, 2, 0)
    assert [skipped["reason"] for skipped in told["skipped"]][-1] == "cannot be read by the model: too odd"


@pytest.mark.usefixtures("by_hand")
def test_extract_prints_a_line_for_each_document_in_order(news):
    done = CliRunner().invoke(app, ["extract", str(news), "--nl"])
    assert done.exit_code == 3
    flood, quiet = map(json.loads, done.stdout.splitlines())
    assert (flood["id"], quiet) == ("flood", {"id": "quiet", "attributions": []})
    assert len(flood["attributions"]) == 7
    ministry = flood["attributions"][2]
    assert [FLOOD.text[s:e] for s, e in ministry["content"]] == ["300 homes were dry again"]
    assert {key: value for key, value in ministry.items() if key not in ("content", "cue", "source")} == {
        "kind": "indirect",
        "mode": "statement",
        "speaker": "Ministry",
        "speaker_type": "organisation",
        "negated": False,
        "cited": ["two officials"],
        "confidence": 0.9,
    }
    assert flood["attributions"][0]["speaker"] == flood["attributions"][0]["speaker_type"] == ""
    assert done.stderr.count("skipped") == 2


@pytest.mark.usefixtures("by_hand")
def test_extract_reads_standard_input_and_shows_attitudes_on_request(terminal, golden, tmp_path):
    given = json.dumps({"id": "flood", "text": FLOOD.text, "title": FLOOD.title})
    done = CliRunner().invoke(app, ["extract", "-", "--json", "--attitudes"], input=given + "\n")
    assert done.exit_code == 0
    assert [a["mode"] for a in json.loads(done.stdout)[0]["attributions"]].count("attitude") == 1
    path = tmp_path / "flood.jsonl"
    path.write_text(given, encoding="utf-8")
    golden("extract.txt", terminal("extract", str(path)))


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "300 homes were dry again"),
        (["--attitudes"], "that 300 homes were dry again"),
        (["--attitudes", "--apart"], "300 homes were dry again"),
        (["--joined"], "that 300 homes were dry again"),
    ],
)
def test_extract_gives_the_form_of_the_corpus_that_has_attitudes(news, options, said):
    done = CliRunner().invoke(app, ["extract", str(news), "--nl", *options])
    found = json.loads(done.stdout.splitlines()[0])["attributions"]
    assert said in [FLOOD.text[s:e] for a in found for s, e in a["content"]]


@pytest.fixture
def judged(tmp_path: Path, news: Path, by_hand: None) -> tuple[str, str]:
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(CliRunner().invoke(app, ["extract", str(news), "--nl"]).stdout, encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    document = json.loads(predicted.read_text().splitlines()[0]) | {"text": FLOOD.text}
    document["attributions"] = document["attributions"][:-1]
    document["attributions"][1]["speaker"] = "Norah Wells"
    gold.write_text(json.dumps(document) + "\n", encoding="utf-8")
    return str(gold), str(predicted)


def test_score(judged, terminal, golden):
    golden("score.txt", terminal("score", *judged))
    golden("score-errors.txt", terminal("score", *judged, "--errors"))
    content = json.loads(CliRunner().invoke(app, ["score", *judged, "--json"]).stdout)["content>=1.0"]
    assert (content["right"], content["found"], content["gold"], content["r"]) == (6, 7, 6, 1.0)


def test_score_with_its_files_swapped_says_which_comes_first(judged):
    done = CliRunner().invoke(app, ["score", *reversed(judged)])
    line, hint = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (2, "")
    assert line.endswith("predicted.jsonl:1 has no text, which a gold document needs")
    assert hint.strip() == "the gold file comes first: quotes score gold.jsonl predicted.jsonl"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["report", "--kind", "loud"], 2, "quotes: Invalid value for '--kind'"),
        (["report", "--since", "yesterday"], 2, "quotes: --since 'yesterday' is not a date"),
        (["report", "--since", "2024-13"], 2, "quotes: --since '2024-13' is not a date"),
        (["report", "--status", "lost"], 2, "quotes: --status 'lost' is not known"),
        (["report", "--json", "--csv"], 2, "quotes: one form of output at a time"),
        (["report", "-o", "report.docx"], 2, "quotes: no such format: .docx"),
        (["report", "-n", "0"], 2, "quotes: Invalid value for"),
        (["reprot"], 2, "quotes: No such command 'reprot'"),
        (["search", "?!"], 2, "quotes: "),
        (["search", "\udcff"], 2, "quotes: "),
        (["show", "nothing"], 2, "quotes: there is no claim 'nothing'; no article is called 'nothing'"),
        (["speaker", "nobody"], 2, "quotes: there is no speaker 'nobody'"),
        (["speaker", "?!"], 2, "quotes: there is no speaker '?!'"),
        (["speaker", "wells", "--since", "soon"], 2, "quotes: --since 'soon' is not a date"),
        (["export", "word"], 2, "quotes: Invalid value for"),
        (["export", "xlsx"], 2, "quotes: xlsx needs a file"),
        (["export", "jsonl", "--excel"], 2, "quotes: --excel is a kind of csv"),
        (["export", "csv", "-o", "/nowhere/claims.csv"], 1, "quotes: cannot write /nowhere/claims.csv"),
        (["score", "nowhere.jsonl", "nowhere.jsonl"], 2, "quotes: cannot read nowhere.jsonl"),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_hint(run, arguments, code, line):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    first, *rest = done.stderr.splitlines()
    assert first.startswith(line)
    assert len(rest) <= 1
    assert all(hint.startswith("        ") for hint in rest)


def test_a_number_without_a_claim_is_told_which_there_are(run):
    assert "8 claims and attitudes have numbers from #1 to #8" in run("show", "99").stderr


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2024-03-07T08:00:00+00:00", "2024-03-07 08:00 UTC"),
        ("2024-03-07T08:00:30.5Z", "2024-03-07 08:00 UTC"),
        ("2024-03-07 08:00+0100", "2024-03-07 08:00 +0100"),
        ("2024-03-07T08:00", "2024-03-07 08:00"),
        ("2024-03", "2024-03"),
        ("1 May 2024", "1 May 2024"),
        (None, ""),
    ],
)
def test_a_time_is_shown_as_people_write_it(published, shown):
    assert pieces.moment(published) == shown


@pytest.mark.parametrize("command", ["report --speaker", "check x --speaker", "speaker show", "speaker merge"])
def test_the_shell_completes_words_of_names(database, command):
    def completed(path, typed):
        words = f"quotes -d {path} {command} {typed}"
        asked = {"_QUOTES_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        return CliRunner().invoke(app, prog_name="quotes", env=asked).stdout.split()

    assert completed(database, "we") == ["wells"]
    assert completed(database, "We") == ["Wells"]
    assert completed(database, "nobody") == []
    assert completed(database.with_name("none.db"), "we") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_given_its_script(shell, monkeypatch):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")  # not that of the shell that runs the tests
    assert "_QUOTES_COMPLETE" in CliRunner().invoke(app, ["--show-completion", shell], prog_name="quotes").stdout


def all_commands(group, path=()):
    for name, command in sorted(group.commands.items()):
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from all_commands(command, (*path, name))


@pytest.mark.parametrize("path", list(all_commands(typer.main.get_command(app))), ids=" ".join)
def test_the_help_of_every_command_is_for_people(path):
    printed = CliRunner().invoke(app, [*path, "--help"], prog_name="quotes").stdout
    usage = printed.strip().splitlines()[0]
    assert not re.search(r"<[a-z]+[>|[]|\bTEXT\b|\bINTEGER\b|\[\[", printed)
    assert not re.search("[{}]", usage)
    assert "Examples:" in printed


def test_a_global_option_in_the_wrong_place_is_told_its_place(run):
    assert run("report", "-d", "x.db").stderr.endswith("it stands before the command: quotes -d … report\n")


@pytest.mark.parametrize("command", [["report"], ["verify"], ["search", "x"], ["show", "1"], ["export", "csv"]])
def test_only_add_makes_a_database(tmp_path, command):
    done = CliRunner().invoke(app, ["-d", str(tmp_path / "typo.db"), *command])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "typo.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("my notes, " * 1000)
    done = CliRunner().invoke(app, ["-d", str(path), "report"])
    assert done.exit_code == 1
    assert done.stderr.startswith("quotes: ")
    assert path.read_text() == "my notes, " * 1000


def test_the_database_can_be_named_in_the_environment(database, monkeypatch):
    monkeypatch.setenv("QUOTES_DB", str(database))
    assert "Nora Wells" in CliRunner().invoke(app, ["speakers"]).stdout


def test_an_unforeseen_error_is_still_one_line(run, monkeypatch):
    def fail(self: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(quotes.Store, "verify", fail)
    done = run("verify")
    assert done.exit_code == 1
    assert done.stderr.startswith("quotes: unexpected ZeroDivisionError: by nought (test_cli.py:")
    assert len(done.stderr.splitlines()) == 2


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "quotes_cli", *arguments]


@pytest.mark.parametrize("arguments", [["export", "jsonl"], ["report"], ["--help"]])
def test_a_reader_who_leaves_early_ends_us_in_silence(database, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command("-d", str(database), *arguments), stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")  # 141 in a shell, as for any filter


def test_interruption_says_so_and_leaves_no_traceback(tmp_path):
    waiting = subprocess.Popen(
        command("-d", str(tmp_path / "x.db"), "score", "/dev/stdin", "/dev/stdin"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    with waiting:
        assert waiting.stdin is not None
        waiting.stdin.write(b'{"id": "a"}\n' * 20_000)  # more than a pipe holds: it is read, so the command has begun
        waiting.stdin.flush()
        waiting.send_signal(signal.SIGINT)
        _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 130
    assert said.splitlines()[0].startswith(b"quotes: stopped")
    assert b"Traceback" not in said


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The model's place taken: `extract` gives these claims, or raises."""
    from quotes import pipeline

    def put(*claims: Claim, error: Exception | None = None) -> None:
        def extract(article: Article, nlp: object) -> list[Claim]:
            if error:
                raise error
            return list(claims)

        monkeypatch.setattr(pipeline, "load", object)
        monkeypatch.setattr(pipeline, "extract", extract)
        monkeypatch.setattr(pipeline, "run_of", lambda nlp: Run("0.1.0", "by-hand"))
        monkeypatch.setattr(checkup, "_card", lambda: "by-hand, whole")

    return put


SMITH = Claim(Attribution((Extent(0, 15),)), Resolution(Speaker("Mary Smith", "person")))


def test_doctor_tells_what_is_there_and_what_was_left_out(run, database, healthy):
    healthy(SMITH)
    with quotes.Store(database) as store:
        for number in range(20):
            store.skip(Skipped(f"[b]odd{number}.txt", "it is empty"), Run("0.1.0", "by-hand"))
    done = run("doctor")
    assert (done.exit_code, done.stderr) == (0, "")
    for words in ("sqlite-utils", 'Mary Smith: "It will rain,"', "database claims", "by-hand"):
        assert words in done.stdout
    assert "skipped 20 inputs: it is empty\n  [b]odd19.txt\n" in done.stdout
    assert "17 more: quotes doctor --json" in done.stdout
    told = json.loads(run("doctor", "--json").stdout)
    assert (told["model"]["digest"], told["database"]["claims"], told["problems"]) == ("by-hand", 8, [])
    assert [run["skips"] for run in told["runs"]] == [20]
    assert len(told["skips"]) == 20


def test_doctor_says_what_to_do_about_each_damage(run, database, healthy, monkeypatch):
    healthy(SMITH)
    with quotes.Store(database) as store:
        store.db.execute("update articles set text = replace(text, 'wall', 'hall')")
        store.db.execute("insert into names_fts (names_fts) values ('delete-all')")
    done = run("doctor")
    assert done.exit_code == 1
    assert "the text of the article was altered; restore a backup" in done.stderr
    assert "the words of the quote are not in their place; restore a backup" in done.stderr
    assert (
        "the search index names_fts does not agree with what it indexes; quotes db reindex makes it anew" in done.stderr
    )
    assert run("db", "reindex").exit_code == 0
    assert "reindex" not in run("doctor").stderr
    monkeypatch.setattr(checkup, "_card", lambda: "another")
    assert "the model file has digest by-hand and its card another; install" in run("doctor").stderr


def test_doctor_needs_no_database(tmp_path, healthy):
    healthy(SMITH)
    done = CliRunner().invoke(app, ["-d", str(tmp_path / "none.db"), "doctor", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["database"] == {"path": str(tmp_path / "none.db"), "exists": False}
    assert "database exists  no" in CliRunner().invoke(app, ["-d", str(tmp_path / "none.db"), "doctor"]).stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("claims", "error", "line"),
    [
        ([], KeyError("least"), "the model fails with KeyError: 'least'; install quotes-tracker again, whole"),
        ([], ModelError("no usable model at x", "reinstall"), "no usable model at x; reinstall"),
        ([], ImportError("no spacy"), "a library cannot be loaded: no spacy; install quotes-tracker again, whole"),
        ([], None, 'the model does not see that Mary Smith speaks in "It will rain," Mary Smith said.; install'),
        ([replace(SMITH, resolution=Resolution(None))], None, "the model does not see that Mary Smith speaks"),
    ],
)
def test_doctor_says_in_a_line_what_ails_the_model(run, healthy, claims, error, line):
    healthy(*claims, error=error)
    done = run("doctor")
    assert done.exit_code == 1
    assert "database claims" in done.stdout
    (said,) = done.stderr.splitlines()
    assert said.startswith(line)
    assert json.loads(run("doctor", "--json").stdout)["problems"] == [said]


def test_doctor_reads_a_sentence_with_the_model_itself(run):
    done = run("doctor", "--json")
    assert json.loads(done.stdout)["model"]["reads"] == ['Mary Smith: "It will rain,"']
    assert done.exit_code == 0


def test_listings_are_chosen_by_the_type_of_the_speaker(run: Run_) -> None:
    rows = json.loads(run("report", "--type", "organisation", "--json").stdout)
    assert {row["speaker"] for row in rows} == {"Ministry"}
    found = json.loads(run("speakers", "--type", "anonymous", "--json").stdout)
    assert [row["speaker_kind"] for row in found] == ["anonymous"]
    refused = run("report", "--type", "nobody")
    assert refused.exit_code == 2
    assert "anonymous" in refused.stderr


def test_a_wrong_choice_is_refused_in_plain_words(run: Run_) -> None:
    refused = run("export", "docx")
    assert refused.exit_code == 2
    assert "'docx' is not one of" in refused.stderr
    assert "Value error" not in refused.stderr


def test_a_title_that_several_articles_have_lists_them_and_ends_in_dots_only_where_there_are_more(
    run: Run_, database: Path
) -> None:
    with quotes.Store(database) as store:
        for number in range(3):
            store.save(Article(f"Dry {number}.", title="Flood is over"), [], Run("0.1.0", "by-hand"))
    three = run("show", "flood is over")
    assert "may be 3 articles" in three.stderr
    assert "…" not in three.stderr
    assert "say more of its title, or its id" in three.stderr
    with quotes.Store(database) as store:
        store.save(Article("Dry 4.", title="Flood is over"), [], Run("0.1.0", "by-hand"))
    assert "; …" in run("show", "flood is over").stderr


def test_a_listing_has_the_day_of_publication_without_the_time(run: Run_, database: Path) -> None:
    with quotes.Store(database) as store:
        later = replace(FLOOD, id="later", url="https://b.example/f", published="2024-03-07T08:00:00+00:00")
        store.save(later, flood_claims(), Run("0.1.0", "by-hand"))
    printed = run("report", "--table").stdout
    assert "2024-03-07" in printed
    assert "T08:00" not in printed


def test_whom_it_was_told_stands_beside_the_cue_without_a_second_told(run: Run_, database: Path) -> None:
    text = "Ivo Wells told reporters the ferry would sail."
    spans = (Extent(text.index("the ferry"), len(text) - 1),), (Extent(10, 14),), (Extent(0, 9),)
    nobody = Resolution(None, "none", (), 0.0)
    claim = Claim(Attribution(*spans, lemma="tell"), nobody, (Via("told", Extent(15, 24), nobody),))
    with quotes.Store(database) as store:
        store.save(Article(text, title="Ferry"), [claim], Run("0.1.0", "by-hand"))
    printed = run("report", "--article", "Ferry", "--table").stdout
    assert "to reporters" in printed
    assert printed.count("told") == 1


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (["--tag", "flood"], "no claim with tag flood; 7 without"),
        (["--unnamed", "--kind", "direct"], "no claim with kind direct, unnamed; 7 without"),
        (["--reviewed", "--since", "2020"], "no claim with since 2020, reviewed; 7 without"),
        (["--speaker", "Wells"], ""),
        (["--offset", "99"], ""),
    ],
)
def test_a_listing_of_nothing_says_what_was_asked(run, choice, told):
    for command in ("report", "timeline", "unnamed", "speakers", "compare 1", "export csv"):
        assert run(*command.split(), *choice).stderr.strip() == told


def test_a_verdict_a_speaker_and_a_score_leave_as_rows_too(run, tmp_path):
    rows = list(csv.DictReader(run("check", "came over the wall", "--csv").stdout.splitlines()))
    assert [(row["verdict"], row["sort"], row["grade"], row["speaker"]) for row in rows] == [
        ("exact", "found", "exact", "Nora Wells")
    ]
    nearest = run("check", "the wall never checked the reporters at Ashby", "--nl").stdout
    assert [(row["verdict"], row["sort"], row["quote"]) for row in map(json.loads, nearest.splitlines())] == [
        ("absent", "nearest", "the wall had [sic] never been checked"),
        ("absent", "nearest", "River breaks its banks at Ashby"),
    ]
    assert run("speaker", "Wells", "--csv").stdout.splitlines()[0].startswith("claim_id,speaker,")
    assert len(run("speaker", "Wells", "--nl").stdout.splitlines()) == 3
    assert run("speaker", "Wells", "-o", str(tmp_path / "w.json")).exit_code == 0
    assert json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))["speaker"] == "Nora Wells"
    run("review", "2", "--accept")
    assert run("score", "--tsv").stdout.splitlines()[1].startswith("all\t\t1\t1\t1.0")
    assert run("check", "the wall", "--csv", "--json").exit_code == 2


COMMANDS = (
    "report",
    "report --json",
    "search wall",
    "timeline",
    "unnamed",
    "speakers",
    "compare 1",
    "export csv",
    "review",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (["--speaker", "Wels"], "nobody is called 'Wels'; near: Nora Wells"),
        (["--speaker", "Zebra"], "nobody is called 'Zebra'"),
        (["--publisher", "Asby Courrier"], "no outlet is called 'Asby Courrier'; near: Ashby Courier"),
        (["--publisher", "Zebra"], "no outlet is called 'Zebra'"),
    ],
)
def test_a_filter_by_a_name_that_nobody_bears_is_an_error_everywhere(run, command, choice, told):
    done = run(*command.split(), *choice)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"quotes: {told}\n")


def test_a_question_about_an_outlet_that_is_not_there_is_an_error_too(run):
    for command in (["check", "the wall"], ["speaker", "Wells"]):
        assert run(*command, "--publisher", "Zebra").exit_code == 1
