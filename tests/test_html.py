"""Pages: what readers see of them, and no more, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.models import Article, Skipped
from quotes.readers.decoding import codec, decode
from quotes.readers.facts import address, people
from quotes.readers.html import page

BEFORE = "The mayor of Ashby told reporters on Monday that the river had broken its banks in the night."
AFTER = "The ministry said on Tuesday that three hundred homes were dry again by the end of the week."


def body(markup: str) -> list[str]:
    """The paragraphs of a page between two others."""
    found = page(f"<p>{BEFORE}</p>{markup}<p>{AFTER}</p>".encode(), "x", charset="utf-8", url=None, place="")
    assert isinstance(found, Article)
    first, *inner, last = found.text.split("\n\n")
    assert (first, last) == (BEFORE, AFTER)
    return inner


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<p><q>We were lucky</q>, she said then.</p>", ["“We were lucky”, she said then."]),
        ("<p><q>“We were lucky”</q>, she said then.</p>", ["“We were lucky”, she said then."]),
        ("<p><q>We <b>were <q>lucky</q></b></q>, she said.</p>", ["“We were ‘lucky’”, she said."]),
        ("<p>One<br>and two of it</p>", ["One\nand two of it"]),
        ("<blockquote>We were lucky then.<cite>Jo</cite></blockquote>", ["We were lucky then.\n— Jo"]),
        ("<blockquote><p>We saw <cite>Jaws</cite> again.</p></blockquote>", ["We saw Jaws again."]),
        ("<blockquote><p>We were lucky. — <cite>Jo</cite></p></blockquote>", ["We were lucky.\n— Jo"]),
        ("<p>Seen. <span hidden>Not seen.</span></p>", ["Seen."]),
        ("<p><span aria-hidden=true>«</span>Seen today<span aria-hidden=true>»</span></p>", ["«Seen today»"]),
        (f"<aside>{BEFORE}</aside>", []),
    ],
)
def test_what_readers_see_is_text(markup: str, paragraphs: list[str]) -> None:
    assert body(markup) == paragraphs


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_any_bytes_are_an_article_or_a_reason(data: bytes) -> None:
    found = page(data, "x", charset=None, url=None, place="")
    assert isinstance(found, Skipped) or "\0" not in found.text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("“é”".encode("cp1252"), "latin1", "“é”"),
        ("“é”".encode(), "latin1", "“é”"),
        ("ä".encode("cp1252"), "utf-7", "ä"),
        ("ä".encode("cp1252"), "undefined", "ä"),
        ("日本語".encode("shift-jis"), "Shift_JIS", "日本語"),
        ("日本語".encode("iso2022_jp"), "iso-2022-jp", "日本語"),
        ("ş".encode("cp1254"), "ISO-8859-9", "ş"),
    ],
)
def test_a_declared_encoding_is_taken_if_it_can_be(data: bytes, declared: str, text: str) -> None:
    assert decode(data, declared)[0] == text


def test_labels_that_only_python_knows_are_unknown() -> None:
    assert [codec(label) for label in ("base64", "unicode_escape", "nonsense", "", "x\0y")][1:] == [None] * 4


@pytest.mark.parametrize(
    ("canonical", "url", "kept"),
    [
        ("/b", "https://a.example/x", "https://a.example/b"),
        ("https://www.a.example/b", "https://m.a.example/x", "https://www.a.example/b"),
        ("https://b.example/b", "https://a.example/x", "https://a.example/x"),
        ("javascript:x", "https://a.example/x", "https://a.example/x"),
        ("https://b.example/b", None, "https://b.example/b"),
        ("/b", None, None),
        ("http://[", "https://a.example/x", "https://a.example/x"),
        ("http://[", None, None),
        (None, "https://a.example/x", "https://a.example/x"),
    ],
)
def test_a_canonical_address_must_be_of_the_site(canonical: str | None, url: str | None, kept: str | None) -> None:
    assert address(canonical, url) == kept


def test_a_byline_names_people() -> None:
    assert people("By Jo Bell and Al Reed") == ["Jo Bell", "Al Reed"]
    assert people("https://social.example/jo") == []
    assert people(None) == []
