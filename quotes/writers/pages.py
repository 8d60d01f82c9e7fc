"""An article with its claims marked, as one page of HTML that needs nothing else: no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, TextIO

from quotes import runs

Row = Mapping[str, Any]

STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1a1a1a; --dim: #595959; --content: #e3f4e1;
  --source: #0b5cad; --cue: #9a1f86; --rule: #ccc }
@media (prefers-color-scheme: dark) { :root { --page: #16181b; --ink: #e8e6e3; --dim: #a8a8a8; --content: #1f3a26;
  --source: #7cb8ff; --cue: #f09be0; --rule: #444 } }
body { background: var(--page); color: var(--ink); font: 1.05rem/1.6 Georgia, serif; margin: 2rem auto;
  max-width: 44rem; padding: 0 1rem }
#text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate }
.content { background: var(--content); box-decoration-break: clone; -webkit-box-decoration-break: clone }
.source { color: var(--source); font-weight: bold }
.cue { color: var(--cue); font-style: italic }
.facts, td, th { color: var(--dim); font: .85rem/1.5 system-ui, sans-serif; text-align: left; vertical-align: top }
.facts, td { overflow-wrap: anywhere; unicode-bidi: isolate }
td.said { color: var(--ink) }
table { border-collapse: collapse; margin-top: 2rem; width: 100% }
td, th { border-top: 1px solid var(--rule); padding: .4rem .6rem .4rem 0 }
a { color: inherit }
@media print { body { margin: 0; max-width: none } .content { background: none; text-decoration: underline } }
"""
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{DIGEST}'; base-uri 'none'; form-action 'none'"
_VISIBLE = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)} | {0x7F: 0x2421}


def write_page(article: Row, claims: Sequence[Row], stream: TextIO) -> None:
    """The article's text, code point for code point in ``#text``, with marks; under it who says what.

    Everything is escaped before it is marked. Control characters, which HTML cannot hold, become pictures of them.
    """
    facts = [shown(article[key]) for key in ("publisher", "byline", "published") if article[key]]
    stream.write(_head(_title(article), article["language"] or "en"))
    stream.write(f'<p class="facts">{" · ".join([*facts, _address(article["url"])])}</p>\n<div id="text" dir="auto">')
    for piece in marked(article["text"], claims):
        stream.write(piece)
    stream.write("</div>\n")
    stream.write(_table(claims))
    stream.write(f'<p class="facts">text {shown(article["uid"])}, SHA-256 {shown(article["sha256"])}</p>\n')
    stream.write("</body>\n</html>\n")


def write_index(documents: Iterable[tuple[Row, Sequence[Row]]], stream: TextIO) -> int:
    """A page that links to the page of each document, with its outlet, day and number of claims; how many there are."""
    count = 0
    stream.write(
        _head("Articles", "en") + "<table>\n<tr><th>article</th><th>outlet</th><th>day</th><th>claims</th></tr>\n"
    )
    for count, (article, claims) in enumerate(documents, 1):  # noqa: B007 - the last value is the answer
        day = shown((article["published"] or "")[:10])
        stream.write(
            f'<tr><td class="said"><a href="{name_of(article)}">{shown(_title(article))}</a></td>'
            f"<td>{shown(article['publisher'] or '')}</td><td>{day}</td><td>{len(claims)}</td></tr>\n"
        )
    stream.write("</table>\n</body>\n</html>\n")
    return count


def name_of(article: Row) -> str:
    """The name of the file with an article's page."""
    return f"{article['uid']}.html"


def _title(article: Row) -> str:
    return str(article["title"] or article["where"] or article["uid"])


def _head(title: str, language: str) -> str:
    """How every page begins, up to its heading."""
    return (
        f'<!doctype html>\n<html lang="{shown(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{shown(title)}</h1>\n"
    )


def marked(text: str, claims: Sequence[Row]) -> Iterator[str]:
    """The text in pieces of HTML; where extents nest, overlap or break, a piece carries every role it has."""
    begins: dict[int, list[str]] = defaultdict(list)
    for row in claims:
        begins[min(start for start, _, _ in row["content"])].append(row["claim_id"])
    for extent, marks in runs.marked(claims, len(text)):
        for uid in begins[extent.start]:
            yield f'<a id="{shown(uid)}"></a>'
        yield _piece(extent.of(text), {mark.role for mark in marks})


def _piece(words: str, roles: Iterable[str]) -> str:
    return f'<span class="{" ".join(sorted(roles))}">{shown(words)}</span>' if roles else shown(words)


def _table(claims: Sequence[Row]) -> str:
    rows = [
        f'<tr><td><a href="#{shown(row["claim_id"])}">¶{row["paragraph"]}</a></td><td>'
        f"{shown(row['speaker'] or 'unattributed')}</td><td>{shown(_how(row))}</td>"
        f'<td class="said">{shown(row["quote"])}</td><td>{shown(_reviewed(row))}</td></tr>\n'
        for row in claims
    ]
    heads = "".join(f"<th>{word}</th>" for word in ("", "speaker", "how", "said", "review"))
    return f"<table>\n<tr>{heads}</tr>\n{''.join(rows)}</table>\n"


def _how(row: Row) -> str:
    cautions = [row["undenied"] or "NOT said"] if row["negated"] else []
    cautions += [row["cue"]] if row["denied"] else []
    cautions += ["hearsay"] if row["hearsay"] else []
    cautions += ["thinks or wants"] if row["mode"] == "attitude" else []
    return ", ".join([row["kind"], *cautions, *filter(None, (row["said_via"],))])


def _reviewed(row: Row) -> str:
    return ", ".join(filter(None, (row["status"], row["verdict"], row["tags"], row["notes"])))


def _address(url: str | None) -> str:
    if not url:
        return ""
    if not url.startswith(("https://", "http://")):
        return shown(url)
    return f'<a href="{shown(url)}" rel="noreferrer noopener">{shown(url)}</a>'


def shown(words: object) -> str:
    """Text from outside as HTML: escaped, nothing in it markup; a carriage return as a reference, so that it stays."""
    return escape(str(words).translate(_VISIBLE)).replace("\r", "&#13;")
