"""Statements and reports in DOCX: what people see of the text, tracked changes as if they were accepted.

The markup is walked here because the libraries that read it leave out what a tracked change inserted, what stands in
text boxes and in the fields of forms, and notes (WordprocessingML, ECMA-376 part 1, chapter 17).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

from quotes.models import Article, Skipped
from quotes.readers.confined import confined_whole
from quotes.readers.decoding import mend
from quotes.readers.inputs import Found, Input
from quotes.readers.metadata import described, string
from quotes.readers.packages import RefusedError, parts, refusal, xml
from quotes.readers.pdf import NO_AUTHOR, NO_TITLE
from quotes.readers.plain import titled
from quotes.sheets import BROKEN

_UNSEEN = ("del", "moveFrom", "Fallback", "rPr", "pPr", "sdtPr", "sectPr", "tblPr", "rt")
_MARKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_PRIVATE = range(0xE000, 0xF900)  # where fonts of symbols keep what no other font has


def read_docx(source: Input) -> Iterator[Found]:
    """The article of a document, read within limits of time and memory."""
    return confined_whole("writing", source)


def writing(data: bytes, where: str, *, place: str = "") -> Found:
    """The same without limits, in this process."""
    if problem := refusal(data, "document"):
        return Skipped(where, problem)
    try:
        body, paragraphs, known = _opened(data)
    except RefusedError as error:
        return Skipped(where, str(error))
    except RecursionError:
        return Skipped(where, "nested too deep to be read")
    except BROKEN as error:
        return Skipped(where, f"damaged, or no document: {type(error).__name__}")
    text = mend("\n\n".join(text for text, _ in paragraphs))
    if not text:
        return Skipped(where, "no text in it")
    headed = {style: words for words, style in reversed(paragraphs)}
    known["title"] = headed.get("title") or known.get("title") or headed.get("heading 1")
    notes = [f"sha256 of the bytes read: {sha256(data).hexdigest()}"]
    notes += ["published: when the file was last saved"] if known.get("published") else []
    notes += ["tracked changes are read as if they were accepted"] if _is_changed(body) else []
    return titled(described(Article(text, where=where, place=place, notes=tuple(notes)), known))


def _opened(data: bytes) -> tuple[Any, list[tuple[str, str]], dict[str, object]]:
    """The tree of a document, its paragraphs and then those of its notes, and what it says of itself."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        related = parts(package)
        main = related["officeDocument"]
        beside = parts(package, main)
        trees = [
            xml(package, main),
            *(xml(package, beside[kind]) for kind in ("footnotes", "endnotes") if kind in beside),
        ]
        named = _styles(xml(package, beside["styles"])) if "styles" in beside else {}
        known = _facts(xml(package, related["core-properties"])) if "core-properties" in related else {}
    return trees[0], [paragraph for tree in trees for paragraph in _paragraphs(tree, named)], known


def _name(element: Any) -> str:
    """Of an element without its namespace: there are two of them for the same names."""
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, attribute: str = "val") -> str:
    return next((str(value) for name, value in element.attrib.items() if name.endswith(f"}}{attribute}")), "")


def _child(element: Any, *path: str) -> Any:
    """The element under a path of names, None if there is none."""
    for name in path:
        element = next((one for one in element if _name(one) == name), None) if element is not None else None
    return element


def _is_on(element: Any) -> bool:
    """Whether a property is there, and does not say of itself that it is off (ECMA-376 part 1, 22.9.2.7)."""
    return element is not None and _value(element) not in ("0", "false", "off")


# Paragraphs


def _paragraphs(top: Any, named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The paragraphs under an element, in order, each with the name of its style; what is empty is left out."""
    carried: list[str] = []
    for element in _blocks(top):
        if _name(element) == "p":
            carried.append(_text(element))
            if not _is_joined(element):
                yield from _written(carried, _style(element, named))
            yield from (inner for box in _boxes(element) for inner in _paragraphs(box, named))
        else:
            yield from _written(carried)
            yield from (_row if _name(element) == "tr" else _paragraphs)(element, named)
    yield from _written(carried)


def _blocks(top: Any) -> Iterator[Any]:
    """What is written one below the other: paragraphs, also those in controls and changes; rows of tables; notes."""
    for element in top:
        name = _name(element)
        if name in _UNSEEN or _value(element, "type") in ("separator", "continuationSeparator"):
            continue
        if name in ("p", "tr", "footnote", "endnote"):
            yield element
        else:
            yield from _blocks(element)


def _written(carried: list[str], style: str = "") -> Iterator[tuple[str, str]]:
    """The paragraph made of these, which are taken away, if it has words and is in no table of contents."""
    text = _clean("".join(carried))
    carried.clear()
    if text and not style.startswith("toc "):
        yield text, style


def _row(row: Any, named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The cells of a row, with a bar between them if they are a paragraph each."""
    if _is_on(_child(row, "trPr", "del")):
        return
    cells = [list(_paragraphs([cell], named)) for cell in row if _name(cell) in ("tc", "sdt", "ins", "customXml")]
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
        yield " | ".join(cell[0][0] for cell in filled), ""
    else:
        yield from (paragraph for cell in filled for paragraph in cell)


def _clean(text: str) -> str:
    return "\n".join(re.sub("[ \t]+", " ", line).strip() for line in text.split("\n")).strip()


def _text(paragraph: Any) -> str:
    """The words of a paragraph, without those in its text boxes."""
    from lxml.etree import iterwalk

    written = []
    walk = iterwalk(paragraph, events=("start",))
    for _, element in walk:
        name = _name(element)
        if name in (*_UNSEEN, "txbxContent") or (name == "r" and _is_on(_child(element, "rPr", "vanish"))):
            walk.skip_subtree()
        elif name == "t":
            written.append(element.text or "")
        elif name == "sym":
            written.append(_symbol(_value(element, "char")))
        else:
            written.append(_MARKS.get(name, ""))
    return "".join(written)


def _symbol(written: str) -> str:
    code = int(written, 16) if re.fullmatch("[0-9A-Fa-f]{4}", written) else _PRIVATE.start
    return "" if code in _PRIVATE else chr(code)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of its text boxes, the outer ones of those that lie in each other."""
    from lxml.etree import iterwalk

    walk = iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if _name(element) in _UNSEEN:
            walk.skip_subtree()
        elif _name(element) == "txbxContent":
            yield element
            walk.skip_subtree()


def _is_joined(paragraph: Any) -> bool:
    """Whether its end was deleted, so that the next paragraph goes on in it."""
    return any(_is_on(_child(paragraph, "pPr", "rPr", kind)) for kind in ("del", "moveFrom"))


def _is_changed(body: Any) -> bool:
    return any(_name(element) in _CHANGES for element in body.iter())


# What a document says of itself


def _styles(part: Any) -> dict[str, str]:
    """The name of each style in lower case: its id is of the language of the program, the name is not."""
    named = ((_value(style, "styleId"), _child(style, "name")) for style in part if _name(style) == "style")
    return {key: _value(name).lower() for key, name in named if name is not None}


def _style(paragraph: Any, named: dict[str, str]) -> str:
    style = _child(paragraph, "pPr", "pStyle")
    return named.get(_value(style), "") if style is not None else ""


def _facts(core: Any) -> dict[str, object]:
    """Title, authors, language, and when it was last saved, as far as a person may have said them."""
    told = {_name(element): string(element.text) or "" for element in core}
    title, authors = told.get("title", ""), told.get("creator", "")
    return {
        "title": None if NO_TITLE.match(title) else title,
        "authors": [] if NO_AUTHOR.match(authors) else [name.strip() for name in authors.split(";")],
        "published": told.get("modified") or told.get("created"),
        "language": told.get("language", "").split("-")[0].lower(),
    }
