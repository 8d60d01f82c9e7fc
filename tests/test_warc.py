"""Archives of a real writer: whole records are read, damaged ones are not, and what comes after them is."""

from __future__ import annotations

import gzip
from io import BytesIO
from itertools import pairwise

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotes.models import Article, Skipped
from quotes.readers import Input, read_input
from quotes.readers.inputs import Found

pytestmark = pytest.mark.filterwarnings(  # the writer leaves files open
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
STORY = "“It rained in street {0},” said Nora Wells, the mayor of Ashby. The river broke its banks on day {0}."


def archive(
    texts: list[str], *, packed: bool = True, media: str = "text/plain; charset=utf-8"
) -> tuple[bytes, list[int]]:
    """A WARC with a response for each text, and where each begins and the last ends."""
    file = BytesIO()
    writer = WARCWriter(file, gzip=packed)
    starts = []
    for number, text in enumerate(texts):
        starts.append(file.tell())
        head = StatusAndHeaders("200 OK", [("Content-Type", media)], protocol="HTTP/1.1")
        answer = BytesIO(text.encode("cp1252" if "1252" in media else "utf-8"))
        url = f"https://courier.example/{number}"
        dated = {"WARC-Date": "2024-03-05T10:00:00Z"}
        writer.write_record(
            writer.create_warc_record(url, "response", payload=answer, http_headers=head, warc_headers_dict=dated)
        )
    return file.getvalue(), [*starts, file.tell()]


def found_in(data: bytes, name: str = "news.warc.gz") -> list[Found]:
    return list(read_input(Input(BytesIO(data), name, f"at/{name}", f"file:///at/{name}")))


def texts(found: list[Found]) -> list[str]:
    return [one.text for one in found if isinstance(one, Article)]


@pytest.mark.parametrize("packed", [True, False])
def test_two_hundred_records_are_read_with_their_addresses_and_times(packed: bool) -> None:
    wanted = [STORY.format(number) for number in range(200)]
    data, _ = archive(wanted, packed=packed)
    found = found_in(data)
    assert texts(found) == wanted
    assert found[7] == Article(
        wanted[7],
        url="https://courier.example/7",
        where="at/news.warc.gz#https://courier.example/7",
        place="file:///at/news.warc.gz#https%3A//courier.example/7",
        notes=("fetched: 2024-03-05T10:00:00Z",),
    )


def test_a_page_has_the_charset_that_its_server_declared() -> None:
    page = f"<html><head><title>Flood</title></head><body><p>{STORY}</p></body></html>"
    data, _ = archive([page], media="text/html; charset=windows-1252")
    [article] = found_in(data)
    assert isinstance(article, Article)
    assert STORY in article.text
    assert article.url == "https://courier.example/0"


@pytest.mark.parametrize("packed", [True, False])
def test_cut_anywhere_only_whole_records_are_read_and_the_cut_is_told(packed: bool) -> None:
    wanted = [STORY.format(number) * 5 for number in range(8)]
    data, starts = archive(wanted, packed=packed)
    for cut in range(0, len(data), 100):
        found = found_in(data[:cut])
        whole = sum(end <= cut for end in starts[1:])
        assert texts(found)[:whole] == wanted[:whole]
        assert texts(found) in (wanted[:whole], wanted[: whole + 1])  # the last one may lack nothing but its trailer
        assert len(texts(found)) > whole or cut in starts[1:] or isinstance(found[-1], Skipped)


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_after_damage(packed: bool) -> None:
    wanted = [STORY.format(number) * 5 for number in range(6)]
    data, starts = archive(wanted, packed=packed)
    for start, end in pairwise(starts[1:-1]):
        for at in (start, start + 1, (start + end) // 2, end - 12):
            for damaged in (data[:at] + b"\xff\x00damage\xff" + data[at + 9 :], data[:at] + data[at + 40 :]):
                found = found_in(damaged)
                left = texts(found)
                assert set(left) <= set(wanted)
                assert len(left) >= len(wanted) - 2
                assert len(left) == len(wanted) or any(isinstance(one, Skipped) for one in found)


def test_what_is_no_article_is_counted_and_a_revisit_is_none() -> None:
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    answers = [("200 OK", "image/png"), ("200 OK", "image/png"), ("404 Not Found", "text/html")]
    for number, (status, media) in enumerate(answers):
        head = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
        url = f"https://courier.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(b"x"), http_headers=head))
    same = writer.create_revisit_record("https://a.example/", "sha1:AAAA", "https://a.example/", "2024-03-05T10:00:00Z")
    writer.write_record(same)
    writer.write_record(writer.create_warcinfo_record("news.warc.gz", {"software": "test"}))
    assert found_in(file.getvalue()) == [
        Skipped("at/news.warc.gz", "records that are no articles: 2 image/png, 1 answers 404")
    ]


def test_a_record_that_the_crawler_cut_is_no_article() -> None:
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
    cut = {"WARC-Truncated": "length"}
    writer.write_record(
        writer.create_warc_record(
            "https://a.example/", "response", payload=BytesIO(b"It"), http_headers=head, warc_headers_dict=cut
        )
    )
    assert found_in(file.getvalue()) == [Skipped("at/news.warc.gz:0", "cut off by the crawler: length")]


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.readers.warc.LIMIT", 100_000)
    monkeypatch.setattr("quotes.readers.inputs.LIMIT", 100_000)
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    headers = [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")]
    for number, text in enumerate([STORY.encode(), b"x" * 50_000_000]):
        head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        answer = BytesIO(gzip.compress(text))
        url = f"https://courier.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=answer, http_headers=head))
    found = found_in(file.getvalue())
    assert texts(found) == [STORY]
    assert isinstance(found[1], Skipped)
    assert "longer than" in found[1].reason


@pytest.mark.parametrize("data", [b"", b"\x1f", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"<html>", bytes(9999)])
def test_what_is_no_archive_says_so(data: bytes) -> None:
    [skipped] = found_in(data)
    assert isinstance(skipped, Skipped)
