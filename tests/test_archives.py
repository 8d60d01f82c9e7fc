"""Archives, messages and tables that mean no good: bombs are cut off, and any bytes are articles or a reason."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from quotes.models import Article, Skipped
from quotes.readers import Input, read_input
from quotes.readers.inputs import Found
from quotes.readers.tables import workbook

HEADS = [b"From: Jo Bell <jo@a.example>", b"Subject: =?utf-8?Q?=", b"Date: nonsense", b"Content-Type: x; charset=nope"]
PARTS = [b"Content-Type: multipart/mixed; boundary=b", b"--b", b"--b--", b"", b"Content-Transfer-Encoding: base64"]


def found_in(data: bytes, name: str) -> list[Found]:
    return list(read_input(Input(BytesIO(data), name, name)))


def packed(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_a_bomb_is_skipped_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.readers.archives.MEMBER", 1_000_000)
    members = {"a.txt": b"One.", "bomb.txt": bytes(50_000_000), "c.txt": b"Two."}
    one, bomb, two = found_in(packed(members), "a.zip")
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.text, two.text) == ("One.", "Two.")
    assert bomb == Skipped("a.zip#bomb.txt", "unpacks to more than 1 MB")


def test_an_archive_cut_anywhere_is_one_skip() -> None:
    data = packed({"a.txt": b"One.", "b.txt": b"Two."})
    for cut in range(0, len(data) - 1, 7):
        assert found_in(data[:cut], "a.zip") == [Skipped("a.zip", "damaged or no zip archive")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HEADS + PARTS) | st.binary(max_size=30), max_size=14))
def test_any_message_is_an_article_or_a_reason(lines: list[bytes]) -> None:
    assert found_in(b"\r\n".join(lines), "a.eml")


CELLS = [b"text", b"title", b"notes", b",", b";", b"\t", b'"', b"\n", b"\xff", b"\0"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(CELLS), max_size=30))
def test_any_table_is_articles_or_a_reason(cells: list[bytes]) -> None:
    found = found_in(b"".join(cells), "a.csv")
    assert found
    for one in found:
        assert one.text.strip() if isinstance(one, Article) else one.reason


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.eml", "a.csv", "a.json"])
@pytest.mark.parametrize("data", [b"", b"\0" * 99, b"PK\x03\x04", bytes(range(256)) * 3])
def test_what_is_none_says_so(name: str, data: bytes) -> None:
    found = found_in(data, name)
    assert found
    assert all(isinstance(one, Skipped) for one in found)


def test_messages_lie_in_messages_so_deep_and_no_deeper() -> None:
    message = b"Subject: the last\n\nIt rained.\n"
    for nth in range(20):
        head = b"Subject: %d\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n\nIt rained on day %d.\n--b%d\n"
        message = head % ((nth,) * 5) + b"Content-Type: message/rfc822\n\n%b\n--b%d--\n" % (message, nth)
    *read, last = found_in(message, "a.eml")
    assert [one.title for one in read if isinstance(one, Article)][:2] == ["19", "18"]
    assert isinstance(last, Skipped)
    assert (last.reason, len(read)) == ("a message too deep in messages", 9)


@pytest.mark.parametrize(
    ("limit", "data", "reason"),
    [
        ("LIMIT", b"Subject: rain\n\n" + b"It rained." * 100, "a message longer than 0 MB"),
        ("_LINES", b"Subject: rain\n" + b"\r\n" * 100, "a message of more than 90 lines"),
        (
            "_PARTS",
            b"Content-Type: multipart/mixed; boundary=b\n" + b"\n--b\n" * 100,
            "a message of more than 90 parts",
        ),
    ],
)
def test_a_message_is_not_taken_apart_without_end(
    limit: str, data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"quotes.readers.mail.{limit}", 90)
    assert found_in(data, "a.eml") == [Skipped("a.eml", reason)]


def test_a_message_of_ever_deeper_parts_is_given_up_and_one_as_deep_as_any_is_read() -> None:
    def nested(depth: int) -> bytes:
        opened = [b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)]
        return b"".join(opened) + b"Content-Type: text/plain\n\nIt rained.\n"

    [article] = found_in(nested(20), "a.eml")
    assert isinstance(article, Article)
    assert article.text == "It rained."
    assert found_in(nested(21) + b"x\n" * 1_000, "a.eml") == [
        Skipped("a.eml", "a message of more than 20 multiparts, one in the other")
    ]


def test_lines_that_begin_with_dashes_are_no_parts() -> None:
    patch = b"--- a/wall.txt\n+++ b/wall.txt\n" * 1_100
    for head in (b"Subject: rain\n\n", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"):
        [article] = found_in(head + patch, "a.eml")
        assert isinstance(article, Article)
        assert article.text.count("--- a/wall.txt") == 1_100


@pytest.mark.parametrize("lines", [b"\n--b\n", b"\nStatus: 5.1.1\n"])
def test_parts_are_counted_however_they_are_parted(lines: bytes) -> None:
    kind = b"multipart/mixed; boundary=b" if b"--b" in lines else b"message/delivery-status"
    message = b"Content-Type: " + kind + b"\n" + lines * 1_100
    assert found_in(message, "a.eml") == [Skipped("a.eml", "a message of more than 1,000 parts")]


def test_a_header_without_end_is_read_as_far_as_any_is_long() -> None:
    [article] = found_in(
        b"Subject: " + b"rain " * 100_000 + b"\nContent-Type: text/plain" + b"; a=b" * 9_000 + b"\n\nWet.", "a.eml"
    )
    assert isinstance(article, Article)
    assert article.text == "Wet."
    assert article.title == " ".join(["rain"] * 200)


@pytest.mark.parametrize(
    "table",
    [
        "text;title (short, clear)\nIt rained, hard.;Rain\n",
        'title (a, b, c);text\nRain;"It rained, hard."\n',
        "text\ttitle; of it, in, short\nIt rained, hard.\tRain\n",
        'id, text, notes; remarks\n1,"It rained, hard.",none\n',
    ],
)
def test_what_parts_the_columns_is_told_by_names_that_are_known(table: str) -> None:
    [article] = found_in(table.encode(), "a.csv")
    assert isinstance(article, Article)
    assert article.text == "It rained, hard."


def test_a_row_without_end_is_never_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.readers.tables.CELLS", 50)
    one, end = found_in(
        b"text,title\n" + b'"It rained, hard.\nIt did.",Rain\n' + b'"It\n",' * 60 + b"\nDry,\n", "a.csv"
    )
    assert isinstance(one, Article)
    assert one.text == "It rained, hard.\nIt did."
    assert end == Skipped("a.csv", "not a table that can be read: a row of more than 50 cells")


def test_what_a_workbook_unpacks_to_is_limited_and_what_came_before_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    assert book.active
    for text in ("text", "It rained.", "It snowed. " * 100):
        book.active.append([text])
    file = BytesIO()
    book.save(file)
    monkeypatch.setattr("quotes.readers.tables.refusal", lambda data, kind: "")
    monkeypatch.setattr("quotes.readers.tables.LIMIT", 500)
    made = workbook(file.getvalue(), "a.xlsx")
    assert isinstance(made, bytes)
    head, *rows = map(json.loads, made.splitlines())
    assert head == {"sheets": 1, "problem": "unpacks to more than 0 MB"}
    assert rows[:3] == [["Sheet", 0, []], ["Sheet", 1, ["text"]], ["Sheet", 2, ["It rained."]]]


def test_a_workbook_with_a_damaged_part_is_refused() -> None:
    data = bytearray(packed({"xl/workbook.xml": bytes(range(256)) * 20}))
    data[30 + len("xl/workbook.xml")] = 0xFF  # a kind of block that there is not
    assert found_in(bytes(data), "a.xlsx") == [Skipped("a.xlsx", "damaged, encrypted, or no workbook")]
