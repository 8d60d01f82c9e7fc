"""The article in a web page: its main text through trafilatura, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from quotes.models import Article, Skipped
from quotes.readers.confined import confined
from quotes.readers.decoding import decode, visible
from quotes.readers.facts import facts, remarks
from quotes.readers.inputs import Found, Input
from quotes.readers.markup import prepare, words
from quotes.readers.metadata import described

LIMIT = 20_000_000  # bytes of one page
FEWEST = 30  # letters of an article; less is a menu or a button
_BLOCKS = {"p", "head", "item", "quote", "row", "list", "table", "div", "body", "code", "figure"}
_END = "\x1e"  # of a paragraph, while the text is put together: no such character is left in a page
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_LOOK = 4096  # bytes in which a page says how it is written


def read_html(data: bytes, where: str, *, charset: str | None = None, url: str | None = None, place: str = "") -> Found:
    """The article of a page, or why there is none.

    ``charset`` is what the server declared, ``url`` where the page was found: then a canonical address counts only if
    it is of the same site. Paragraphs are separated by a blank line, lines of one by a line feed; the headline that
    readers see comes first. The work is done in a process of its own, with limits (see ``confined``).
    """
    return confined("page", data, where, charset=charset, url=url, place=place)


def page(data: bytes, where: str, *, charset: str | None, url: str | None, place: str) -> Found:
    """The same without limits, in this process."""
    if len(data) > LIMIT:
        return Skipped(where, f"a page longer than {LIMIT // 1_000_000} MB")
    try:
        text, notes = decode(data, charset or declared(data))
    except ValueError as error:
        return Skipped(where, str(error))
    tree, problem = _parsed(visible(text))
    if tree is None:
        return Skipped(where, problem)
    known = facts(tree, url)
    found = main_text(tree, known.get("title"))
    if sum(map(str.isalpha, found)) < FEWEST:
        return Skipped(where, problem or "no article text found in the page")
    notes = (*notes, *remarks(known), f"sha256 of the bytes read: {sha256(data).hexdigest()}")
    return described(Article(found, where=where, place=place, notes=notes), known)


def read_page(source: Input) -> Iterator[Found]:
    """The article of a page, saved or fetched."""
    data = source.stream.read(LIMIT + 1)
    yield read_html(data, source.where, charset=source.charset, url=source.url, place=source.place)


def declared(data: bytes) -> str | None:
    """The encoding that a page says it has, in a meta element or an XML declaration."""
    found = _DECLARED.search(data[:_LOOK])
    return found[1].decode("ascii", "replace") if found else None


def main_text(tree: Any, title: object = None) -> str:
    """The headline and the article text of a page; its tree is changed. Empty if it has none."""
    from trafilatura import bare_extraction

    prepare(tree)
    headline = _headline(tree, title)
    found: Any = bare_extraction(tree, include_comments=False)
    body = _text(found.body) if found is not None else ""
    if headline and body:
        first, _, rest = body.partition("\n\n")
        body = f"{headline}\n\n{rest if _same(first, headline) else body}".rstrip()
    return body


def _parsed(text: str) -> tuple[Any, str]:
    """The tree of a page, or None, and what was wrong with it."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        tree = document_fromstring(text.encode(), parser=parser)
    except (ParserError, ValueError):
        return None, "empty"
    deep = any(
        entry.type_name == "ERR_RESOURCE_LIMIT" or "xcessive depth" in entry.message for entry in parser.error_log
    )
    return tree, "nested too deep to be read" if deep else ""


def _headline(tree: Any, title: object) -> str:
    """The first-level heading that repeats the title; others name the site or a column."""
    headings = [text for heading in tree.iter("h1") if (text := words(heading))]
    return next((text for text in headings if _same(text, str(title or ""))), "")


def _same(one: str, other: str) -> bool:
    first, second = ("".join(filter(str.isalnum, text.casefold())) for text in (one, other))
    return bool(first and second) and (first.startswith(second) or second.startswith(first))


def _text(body: Any) -> str:
    """The text of an extracted body: paragraphs between blank lines, lines as the page breaks them."""
    paragraphs = "".join(_pieces(body)).split(_END)
    lines = (re.sub(r" *\n *", "\n", paragraph).strip() for paragraph in paragraphs)
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(line for line in lines if line))


def _pieces(body: Any) -> Iterator[str]:
    from lxml.etree import iterwalk

    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield _END
        if event == "start":
            yield {"lb": "\n", "cell": " | " if element.getprevious() is not None else ""}.get(element.tag, "")
            yield _spaced(element.text)
        else:
            yield _spaced(element.tail)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
