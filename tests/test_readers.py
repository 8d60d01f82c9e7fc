"""Articles from files, folders, globs, JSON Lines and standard input; every skip has a place and a reason."""

from __future__ import annotations

import gzip
import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.models import Article, Skipped
from quotes.readers import KINDS, inputs, jsonl, plain, read
from quotes.readers.decoding import decode, mend
from quotes.readers.metadata import moment
from quotes.writers.documents import document

STORY = "Rain stops play\n\n“It poured,” she said. “Naïve? No.”\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder ``news`` that paths are relative to."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    return Path("news")


def reasons(found: list[Article | Skipped]) -> dict[str, str]:
    return {one.where: one.reason for one in found if isinstance(one, Skipped)}


def texts(found: list[Article | Skipped]) -> list[str]:
    return [one.text for one in found if isinstance(one, Article)]


# Plain text


def test_a_file_is_an_article_and_its_first_line_the_title(folder: Path) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    [article] = read(folder / "a.txt")
    assert article == Article(
        STORY,
        title="Rain stops play",
        where="news/a.txt",
        place=(folder / "a.txt").absolute().as_uri(),
        notes=("title: the first line of the text",),
    )


def test_a_place_is_the_same_from_every_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a\udcff #.txt").write_text("One")
    (folder / "link.txt").symlink_to("a\udcff #.txt")
    write(folder / "b.jsonl", {"id": "x", "text": "Two"}, {"text": "Three"})
    here = list(read("news"))
    monkeypatch.chdir(folder)
    there = list(read(["../news/a\udcff #.txt", "b.jsonl"]))
    places = [one.place for one in [*here, *there] if isinstance(one, Article)]
    uri = Path.cwd().as_uri()
    read_once = [f"{uri}/a%FF%20%23.txt", f"{uri}/b.jsonl#%22x%22", ""]
    assert places == [*read_once, f"{uri}/a%FF%20%23.txt", *read_once]
    assert [one.where for one in there if isinstance(one, Article)] == ["../news/a� #.txt", "b.jsonl#x", "b.jsonl:2"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rain\n\nIt fell.", "Rain"),
        ("\n\n  Rain,  again \n \t\nIt fell.", "Rain, again"),
        ("Rain\nIt fell.", None),
        ("It rained.\n\nIt fell.", None),
        ("Rain\n\n", None),
        ("Rain", None),
        (f"{'Rain ' * 40}\n\nIt fell.", None),
    ],
)
def test_a_title_is_short_no_sentence_and_stands_alone(text: str, title: str | None) -> None:
    assert plain.title(text) == title


def test_a_sidecar_says_what_is_known_of_a_text(folder: Path) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    known = {"title": "Rain", "publisher": "Courier", "published": "2024-03-05", "url": None, "authors": ["Jo", "Al"]}
    (folder / "a.json").write_text(json.dumps({**known, "credit": "Courier, CC BY", "language": 7, "x": {}}))
    [article] = read("news")
    assert isinstance(article, Article)
    assert (article.title, article.publisher, article.published) == ("Rain", "Courier", "2024-03-05")
    assert (article.url, article.authors, article.language) == (None, ("Jo", "Al"), "7")
    assert article.notes == ("credit: Courier, CC BY",)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024", "2024"),
        (2024, "2024"),
        ("2024-03", "2024-03"),
        (" 2024-03-05 ", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00+00:00"),
        ("2024-03-05 10:00-05:00", "2024-03-05T10:00:00-05:00"),
        ("20240305T1000", "2024-03-05T10:00:00"),
        ("May 5, 1999", None),
        ("05/03/2024", None),
        ("2024-13-05", None),
        ("2023-02-29", None),
        ("2024-03-05+01:00", None),
        ("1701011112", None),
        (1701011112000, None),
        ("٢٠٢٤", None),
        ("0000", None),
    ],
)
def test_a_date_is_kept_in_iso_form_or_only_noted(folder: Path, written: object, kept: str | None) -> None:
    [article] = read(write(folder / "a.jsonl", {"text": "Rain", "published": written}))
    assert isinstance(article, Article)
    assert article.published == kept
    assert article.notes == (() if kept else (f"published: {written}",))


@given(written=st.text(max_size=20) | st.datetimes().map(str) | st.dates().map(str) | st.integers().map(str))
def test_what_is_kept_of_a_date_is_kept_as_it_is(written: str) -> None:
    kept = moment(written)
    assert kept is None or (moment(kept) == kept and kept[:4].isdecimal())


def test_a_sidecar_that_is_no_json_is_reported_and_the_text_read(folder: Path) -> None:
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    for content, reason in ((b"{", "not JSON"), (b"[]", "not a JSON object"), (b"\xff", "not UTF-8")):
        (folder / "a.json").write_bytes(content)
        found = list(read("news"))
        assert texts(found) == [STORY]
        assert reason in reasons(found)["news/a.json"]


@pytest.mark.parametrize(
    ("data", "text", "notes"),
    [
        (STORY.encode(), STORY, ()),
        (b"\xef\xbb\xbf" + STORY.encode(), STORY, ()),
        (STORY.encode("utf-16"), STORY, ("read as utf-16-le",)),
        (b"\xfe\xff" + STORY.encode("utf-16-be"), STORY, ("read as utf-16-be",)),
        (STORY.encode("utf-32"), STORY, ("read as utf-32-le",)),
        (STORY.encode("cp1252"), STORY, ("read as windows-1252",)),
        (STORY.encode() + b"\xe9", STORY + "�", ("1 unreadable characters replaced",)),
        ((STORY * 50).encode() + b"\xff", STORY * 50 + "�", ("1 unreadable characters replaced",)),
        (b"caf\xe9", "café", ("read as windows-1252",)),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree", ()),
        (b"one \0 " + b"is mended " * 9, "one � " + "is mended " * 9, ("1 unreadable characters replaced",)),
        ("had � before".encode(), "had � before", ()),
        (b"\x9d\x81 caf\xe9", "�� café", ("read as windows-1252", "2 unreadable characters replaced")),
    ],
)
def test_decoding(data: bytes, text: str, notes: tuple[str, ...]) -> None:
    assert decode(data) == (text, notes)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 9, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", STORY.encode("utf-16-le")]
)
def test_binary_data_is_not_text(data: bytes) -> None:
    with pytest.raises(ValueError, match="binary"):
        decode(data)


def test_what_was_mended_is_noted_with_the_digest_of_the_bytes(folder: Path) -> None:
    (folder / "a.txt").write_bytes(STORY.encode("cp1252"))
    [article] = read(folder / "a.txt")
    assert isinstance(article, Article)
    assert article.notes[0] == "read as windows-1252"
    assert article.notes[1].startswith("sha256 of the bytes read: ")


@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_text_that_can_be_stored_or_a_reason(data: bytes) -> None:
    found = plain.article(data, "x")
    if isinstance(found, Article):
        assert found.text.encode()
        assert not set("\0\r") & set(found.text)
    else:
        assert found.reason


@given(text=st.text(st.characters()))
def test_mending_keeps_every_offset(text: str) -> None:
    mended = mend(text)
    assert len(mended) == len(text)
    assert all(old == new or new == "�" for old, new in zip(text, mended, strict=True))
    mended.encode()


# JSON Lines


def write(path: Path, *records: object) -> Path:
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
    data = b"\n".join(lines) + b"\n"
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.ndjson.GZ"])
def test_a_line_is_an_article_with_its_id(folder: Path, name: str) -> None:
    record = {
        "id": 7,
        "text": "One\r\ntwo \ud83d\ude00",
        "title": " A\ntitle ",
        "authors": "Jo",
        "url": "http://x.example",
    }
    path = folder / name
    data = json.dumps(record).encode()
    path.write_bytes(gzip.compress(data) if name.lower().endswith("gz") else data)
    [article] = read(path)
    assert article == Article(
        "One\r\ntwo 😀",
        id="7",
        title="A title",
        authors=("Jo",),
        url="http://x.example",
        where=f"news/{name}#7",
        place=f"{path.absolute().as_uri()}#7",
        raw_id=7,
    )


@pytest.mark.parametrize("given_id", [7, -1.5, "7", " a  b\n", "é#/?", "\u2028", 10**30])
def test_an_id_is_carried_as_it_is_given(folder: Path, given_id: object) -> None:
    [article] = read(write(folder / "a.jsonl", {"id": given_id, "text": "Rain"}))
    assert isinstance(article, Article)
    assert json.loads(json.dumps(document(article, [])))["id"] == given_id
    assert type(article.raw_id) is type(given_id)
    assert article.id == str(given_id)


@pytest.mark.parametrize("given_id", [None, "", True, [], {}, float("nan"), float("inf")])
def test_what_is_no_id_is_none_and_a_document_is_named_by_its_line(folder: Path, given_id: object) -> None:
    found = read(write(folder / "a.jsonl", *[{"id": given_id, "text": "Rain"}] * 2))
    articles = [one for one in found if isinstance(one, Article)]
    assert {(one.id, one.raw_id, one.place) for one in articles} == {("", None, "")}
    assert [document(one, [])["id"] for one in articles] == ["news/a.jsonl:1", "news/a.jsonl:2"]


def test_a_number_and_the_same_in_digits_are_two_places(folder: Path) -> None:
    found = read(write(folder / "a.jsonl", {"id": 7, "text": "Rain"}, {"id": "7", "text": "Snow"}))
    assert len({one.place for one in found if isinstance(one, Article)}) == 2


def test_a_line_that_is_no_article_is_a_skip_and_the_rest_is_read(folder: Path) -> None:
    path = write(
        folder / "a.jsonl",
        b"\xef\xbb\xbf" + json.dumps({"text": "one"}).encode(),
        b"{no json",
        b"",
        [1],
        {"id": "x"},
        {"text": None},
        {"text": " \n"},
        b'{"text": "\xff"}',
        b"[" * 100_000,
        {"id": "", "text": "two"},
    )
    found = list(read(path))
    assert texts(found) == ["one", "two"]
    assert [one.where for one in found if isinstance(one, Article)] == ["news/a.jsonl:1", "news/a.jsonl:10"]
    assert reasons(found) == {
        "news/a.jsonl:2": "not JSON: Expecting property name enclosed in double quotes at column 2",
        "news/a.jsonl:4": "not a JSON object",
        "news/a.jsonl:5": "no text in it",
        "news/a.jsonl:6": "no text in it",
        "news/a.jsonl:7": "its text is empty",
        "news/a.jsonl:8": "not UTF-8",
        "news/a.jsonl:9": "not JSON that can be read: nested too deep",
    }


def test_what_is_left_out_is_counted_once_there_is_much_of_it_and_articles_below_it_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.readers.MOST_SKIPPED", 5)
    monkeypatch.setattr("quotes.readers.MOST_REASONS", 2)
    bad = [{}] * 8 + [{"text": " "}, {"text": " "}, [], 1, {}]
    found = list(read(write(folder / "a.jsonl", *bad, {"text": "It rained."}, {})))
    assert found[:5] == [Skipped(f"news/a.jsonl:{line}", "no text in it") for line in range(1, 6)]
    assert texts(found[5:6]) == ["It rained."]
    assert [str(skipped.reason) for skipped in found[6:] if isinstance(skipped, Skipped)] == [
        "5 more of its parts: no text in it",
        "2 more of its parts: its text is empty",
        "2 more of its parts: other reasons",
    ]


def test_offsets_into_a_line_hold_whatever_is_in_it(folder: Path) -> None:
    text = 'a\0b\ud800c\u2028d\r\n"e"'
    [article] = read(write(folder / "a.jsonl", {"text": text, "title": "x\0", "publisher": True, "authors": [1, []]}))
    assert isinstance(article, Article)
    assert article.text == 'a�b�c\u2028d\r\n"e"'
    assert (article.title, article.publisher, article.authors) == ("x�", None, ("1",))
    assert article.notes == ("unusable characters replaced",)


def test_damage_in_a_gzip_file_is_a_skip_and_what_was_before_it_is_read(folder: Path) -> None:
    path = write(folder / "a.jsonl.gz", *({"text": os.urandom(40).hex()} for _ in range(2000)))
    path.write_bytes(path.read_bytes()[:-5000])
    found = list(read(path))
    assert len(texts(found)) > 100
    assert "damaged" in reasons(found)["news/a.jsonl.gz"]
    path.write_bytes(b"no gzip")
    assert "damaged" in reasons(list(read(path)))["news/a.jsonl.gz"]


def test_a_line_or_a_file_without_end_is_cut_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LIMIT", 1000)
    monkeypatch.setattr(inputs, "LIMIT", 1000)
    write(folder / "a.jsonl.gz", {"text": "fine"}, {"text": "x" * 5000}, {"text": "never reached"})
    (folder / "b.txt").write_text("x" * 5000)
    found = list(read("news"))
    assert texts(found) == ["fine"]
    assert list(reasons(found)) == ["news/a.jsonl.gz:2", "news/b.txt"]


# Folders, globs, standard input


def test_a_folder_is_read_whole_in_order_and_what_speaks_of_it_is_passed_over(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / ".git").mkdir()
    for name in (
        "b.txt",
        "a.TXT",
        "sub/c.txt",
        ".hidden.txt",
        ".git/d.txt",
        "sub/photo.jpg",
        "e.json",
        "README.txt",
        "sub/LICENSE",
    ):
        (folder / name).write_text(f"In {name}")
    (folder / "gone.txt").symlink_to("nowhere")
    found = list(read("news/"))
    assert [one.where for one in found if isinstance(one, Article)] == ["news/a.TXT", "news/b.txt", "news/sub/c.txt"]
    assert list(reasons(found)) == ["news/e.json", "news/gone.txt", "news/sub/photo.jpg"]


def test_a_glob_gives_each_file_once(folder: Path) -> None:
    (folder / "sub").mkdir()
    for name in ("a.txt", "a.json", "b.text", "sub/c.txt"):
        (folder / name).write_text("{}" if name.endswith("json") else f"In {name}")
    assert texts(list(read("news/*.t*xt"))) == ["In a.txt", "In b.text"]
    assert sorted(texts(list(read("news/**")))) == ["In a.txt", "In b.text", "In sub/c.txt"]
    assert texts(list(read(["news/b.text", Path("news/a.txt")]))) == ["In b.text", "In a.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(folder: Path) -> None:
    (folder / "a[1].txt").write_text("bracketed")
    assert texts(list(read("news/a[1].txt"))) == ["bracketed"]


def test_places_without_an_article_say_why(folder: Path) -> None:
    (folder / "empty.txt").write_text(" \n")
    (folder / "empty.jsonl").write_text("\n\n")
    (folder / "page.html").write_text("<p> </p>")
    (folder / "page.doc").write_bytes(b"PK")
    (folder / "rubbish.dat").write_bytes(bytes(range(256)))
    (folder / "notes.md").write_text("Read when asked for by name.")
    (folder / "hollow").mkdir()
    names = ["empty.txt", "empty.jsonl", "page.html", "page.doc", "rubbish.dat", "notes.md", "hollow", "missing.txt"]
    found = list(read([f"news/{name}" for name in [*names, "*.nothing"]] + ["https://a:b@x.example/a.txt"]))
    assert texts(found) == ["Read when asked for by name."]
    assert {where.removeprefix("news/"): reason for where, reason in reasons(found).items()} == {
        "empty.txt": "empty",
        "empty.jsonl": "empty",
        "page.html": "no article text found in the page",
        "page.doc": f"not a kind of file that is read: plain text, {', '.join(KINDS)}",
        "rubbish.dat": "not text but binary data",
        "hollow": f"no file in it that is read ({', '.join(KINDS)})",
        "missing.txt": "no such file or folder",
        "*.nothing": "nothing matches",
        "https://a:b@x.example/a.txt": "has a name or password in it, which is not sent",
    }


def test_standard_input_is_a_text_or_json_lines() -> None:
    [article] = read("-", stdin=BytesIO(STORY.encode("cp1252")))
    assert isinstance(article, Article)
    assert (article.text, article.where, article.id) == (STORY, "-", "")
    lines = b'{"text": "one", "id": "x"}\nno json\n{"text": "two"}'
    found = list(read("-", stdin=BytesIO(lines)))
    assert [(one.where, one.id, one.place) for one in found if isinstance(one, Article)] == [
        ("-#x", "x", ""),
        ("-:3", "", ""),
    ]
    assert list(reasons(found)) == ["-:2"]
    assert reasons(list(read("-", stdin=BytesIO(b"")))) == {"-": "empty"}


@pytest.mark.parametrize(
    ("head", "skipped"),
    [
        (b'"id": 1, "text": "cut off at the front"}\n', ["-:1"]),
        (b'\n \n{"text": "never ended\n', ["-:3"]),
        (b"\n\r\n", []),
        (b"[]\nnull\n1\n\n", ["-:1", "-:2", "-:3"]),
        (b"\xef\xbb\xbf# made by hand\n", ["-:1"]),
    ],
)
def test_standard_input_is_json_lines_though_the_first_line_is_broken(head: bytes, skipped: list[str]) -> None:
    found = list(read("-", stdin=BytesIO(head + b'{"text": "one"}\n{"text": "two"}\n')))
    assert texts(found) == ["one", "two"]
    assert list(reasons(found)) == skipped


def test_a_text_is_a_text_whatever_comes_late_in_it() -> None:
    text = "One.\n\nTwo.\nThree.\nFour.\nFive.\n" + '{"text": "an example"}\n'
    for data in (text, "\n" * 100 + text, "[sic]\n", "{" * 3 + "\n"):
        found = list(read("-", stdin=BytesIO(data.encode())))
        assert texts(found) == ([] if data.startswith("{") else [data])


def test_a_record_is_given_before_the_next_one_comes() -> None:
    class Slow(BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            assert b"late" not in line
            return line

    found = read("-", stdin=Slow(b'{"text": "one"}\n{"text": "late"}\n'))
    assert next(found) == Article("one", where="-:1")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.binary(max_size=40) | st.text(max_size=9).map(lambda text: json.dumps({"text": text}).encode()))
)
def test_any_lines_are_articles_or_skips_in_order(lines: list[bytes]) -> None:
    found = list(read("-", stdin=BytesIO(b'{"text": "first"}\n' + b"\n".join(lines))))
    assert texts(found)[0] == "first"
    wanted = [json.loads(line)["text"] for line in lines if line.startswith(b'{"text"')]
    assert texts(found)[1:] == [mend(text) for text in wanted if text.strip()]


def test_a_place_of_which_the_system_does_not_even_look_is_skipped() -> None:
    assert list(read("x" * 5_000)) == [Skipped("x" * 5_000, "File name too long")]
    [found] = read("a\0b")
    assert isinstance(found, Skipped)
