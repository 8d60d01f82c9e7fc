"""Documents of offices: what people see is read, what was deleted is not, and what means harm is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websites import Site, opened

from quotes.models import Article, Skipped
from quotes.readers import Options, read
from quotes.readers.addresses import read_address
from quotes.readers.inputs import Found
from quotes.readers.office import writing

SCHEMA = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATED = '<Relationships><Relationship Type="x/officeDocument" Target="/word/document.xml"/></Relationships>'
RELEASE = Path(__file__).parent / "inputs" / "release.docx"


def packed(body: str, schema: str = SCHEMA) -> bytes:
    """A document with this body."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", RELATED)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{schema}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def p(text: str, inside: str = "") -> str:
    return f"<w:p>{inside}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(*texts: str) -> str:
    return f"<w:tc>{''.join(map(p, texts))}</w:tc>"


def hidden(value: str) -> str:
    """A paragraph with its hiding set to a value, which is its text."""
    said = f' w:val="{value}"' if value else ""
    return f"<w:p><w:r><w:rPr><w:vanish{said}/></w:rPr><w:t>{value or 'hidden'}</w:t></w:r></w:p>"


ENDLESS = p("It ", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>")  # its end was deleted


def text(found: Found) -> str:
    assert isinstance(found, Article), found
    return found.text


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (p("It rained.") + p(" ") + p("It snowed."), "It rained.\n\nIt snowed."),
        (
            "<w:p><w:del><w:r><w:t>It never rained.</w:t></w:r></w:del><w:r><w:t>It rained.</w:t></w:r></w:p>",
            "It rained.",
        ),
        (f"<w:ins>{p('It rained.')}</w:ins>", "It rained."),
        (ENDLESS + p("rained."), "It rained."),
        (p("It rained.", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"), "It rained."),
        (f"<w:tbl><w:tr>{cell('Street')}{cell('')}{cell('Homes')}</w:tr></w:tbl>", "Street | Homes"),
        (f"<w:tbl><w:tr>{cell('One.', 'Two.')}{cell('Three.')}</w:tr></w:tbl>", "One.\n\nTwo.\n\nThree."),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('Gone.')}</w:tr></w:tbl>{p('Kept.')}", "Kept."),
        (
            f"{hidden('')}{hidden('1')}{hidden('true')}{hidden('0')}{hidden('off')}{hidden('false')}",
            "0\n\noff\n\nfalse",
        ),
        (f"{ENDLESS}<w:tbl><w:tr>{cell('Homes')}</w:tr></w:tbl>{p('It snowed.')}", "It\n\nHomes\n\nIt snowed."),
        (f"{ENDLESS}<w:sdt><w:sdtContent>{p('rained.')}</w:sdtContent></w:sdt>{p('Dry.')}", "It rained.\n\nDry."),
        (f"{ENDLESS}<w:bookmarkStart/><w:ins>{ENDLESS}{p('rained.')}</w:ins>{p('Dry.')}", "It It rained.\n\nDry."),
        (f"<w:footnote>{ENDLESS}</w:footnote><w:footnote>{p('Dry.')}</w:footnote>", "It\n\nDry."),
        ('<w:p><w:r><w:sym w:char="201C"/><w:t>Wet</w:t><w:sym w:char="F0FE"/></w:r></w:p>', "“Wet"),
    ],
)
@pytest.mark.parametrize("schema", [SCHEMA, STRICT])
def test_what_people_see_is_read(body: str, seen: str, schema: str) -> None:
    assert text(writing(packed(body, schema), "a.docx")) == seen


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged, encrypted, or no document"),
        (b"\xd0\xcf\x11\xe0 what offices encrypt is no zip", "damaged, encrypted, or no document"),
        (packed(""), "no text in it"),
        (packed("<w:p>"), "damaged, or no document: XMLSyntaxError"),
        (packed("<w:p/>").replace(b"word/document.xml", b"word/documint.xml"), "damaged, or no document: KeyError"),
        (packed("<w:sdt>" * 1_500 + p("Deep.") + "</w:sdt>" * 1_500), "nested too deep to be read"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    assert list(read(tmp_path / "a.docx")) == [Skipped(str(tmp_path / "a.docx"), reason)]


@pytest.mark.parametrize(("encoding", "before"), [("utf-16", ""), ("utf-8", f"<!--{'x' * 5_000}-->")])
def test_a_document_that_declares_entities_is_refused_in_any_encoding_and_wherever_it_does(
    encoding: str, before: str
) -> None:
    declared = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    body = f'<w:document xmlns:w="{SCHEMA}"><w:body>{p("She said &a; and more.")}</w:body></w:document>'
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("_rels/.rels", RELATED)
        head = f'<?xml version="1.0" encoding="{encoding}"?>{before}{declared}'
        package.writestr("word/document.xml", (head + body).encode(encoding))
    assert writing(file.getvalue(), "a.docx") == Skipped("a.docx", "has a part that declares entities")


def test_what_unpacks_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.readers.packages.LIMIT", 9_000_000)
    assert writing(packed(p("x" * 9_000_000)), "a.docx") == Skipped("a.docx", "unpacks to more than 9 MB")
    monkeypatch.setattr("quotes.readers.packages.TAGS", 90)
    assert writing(packed("<w:p/>" * 100), "a.docx") == Skipped("a.docx", "has a part of more than 90 tags")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 36_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_document_is_an_article_or_a_reason(at: int, rubbish: bytes) -> None:
    data = RELEASE.read_bytes()
    found = writing(data[:at] + rubbish + data[at + len(rubbish) :], "a.docx")
    assert found.text.strip() if isinstance(found, Article) else found.reason


def test_what_an_office_locks_a_file_with_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(packed(p("It rained.")))
    (tmp_path / "~$a.docx").write_bytes(b"Jo Bell")
    assert [text(found) for found in read(tmp_path)] == ["It rained."]


@pytest.mark.parametrize("path", ["/release.docx", "/download?id=7"])
def test_at_an_address_a_document_is_told_from_an_archive(path: str) -> None:
    site = Site()
    server = opened(site)
    try:
        url = site.add(path, RELEASE.read_bytes(), content_type="application/octet-stream")
        [article] = read_address(url, Options(allow_private=True, ignore_robots=True))
    finally:
        server.shutdown()
        server.server_close()
    assert isinstance(article, Article)
    assert (article.url, article.title) == (url, "Council to rebuild the river wall")
