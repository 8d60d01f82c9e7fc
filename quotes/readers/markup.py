"""What extractors of main text are known to damage in a page is mended in its tree before they see it.

Trafilatura (2.3), newspaper4k and resiliparse drop the quotation marks that a browser draws around ``<q>``, the
signature in the footer of a ``<blockquote>``, and take a pull quote for a second quotation; what a reader never sees
(scripts, hidden elements) can end up in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Element = Any  # an lxml element; lxml ships no types

MARKS = (("“", "”"), ("‘", "’"))  # of quotations, and of quotations in quotations
DEEPEST = 200  # levels; trafilatura gives up above 250
MOST_ATTRIBUTES = 50  # of one element; libraries are quadratic in them
MOST_PULLED = 100  # candidates for pull quotes looked at in one page

_UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select", "amp-ad")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|offscreen)(?:\s|$)", re.I)
_PULLED = re.compile(r"pull-?_?quote|quote-?_?pull|pulled|blockquote--pull|callout-?quote", re.I)
_DASH = re.compile(r"^[\s—–―~-]+")
_WORD = re.compile(r"\w+")
_FEWEST_PULLED = 3  # words of a pull quote


def prepare(tree: Element) -> None:
    """Mend a page's tree in place: only what readers see is left, with the marks and signatures that they see."""
    _drop_unseen(tree)
    _flatten(tree)
    _mark_quotations(tree)
    _sign_blocks(tree)
    _drop_pulled(tree)


def words(element: Element) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def _drop_unseen(tree: Element) -> None:
    from lxml.etree import Comment, ProcessingInstruction

    for element in list(tree.iter(Comment, ProcessingInstruction, *_UNSEEN)):
        _drop(element)
    for element in list(tree.iter()):
        if len(element.attrib) > MOST_ATTRIBUTES:
            element.attrib.clear()
        elif element.attrib and element.tag not in ("html", "body") and _is_hidden(element):
            _drop(element)
        else:
            element.attrib.pop("aria-hidden", None)  # of what is seen; extractors would drop it


def _is_hidden(element: Element) -> bool:
    """Whether a reader does not see an element. Marks hidden from screen readers only are seen."""
    if element.get("aria-hidden", "").strip().lower() == "true":
        return _WORD.search(words(element)) is not None
    return (
        element.get("hidden") is not None
        or _HIDDEN_STYLE.search(element.get("style", "")) is not None
        or _HIDDEN_CLASS.search(element.get("class", "")) is not None
    )


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _flatten(tree: Element) -> None:
    """Take out the levels below DEEPEST, which hold text no less for it."""
    from lxml.etree import iterwalk

    deep, depth = [], 0
    for event, element in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > DEEPEST and element.tag != "p":
            deep.append(element)
    for element in reversed(deep):
        element.tail = f" {element.tail or ''}"
        element.drop_tag()


def _mark_quotations(tree: Element) -> None:
    """Write the marks that a browser draws around ``<q>``: double ones, and single ones within."""
    for element in list(tree.iter("q")):
        opening, closing = MARKS[sum(1 for _ in element.iterancestors("q")) % 2]
        if not words(element).startswith(("“", '"', "‘", "'", "«", "„")):
            element.text = opening + (element.text or "").lstrip()
            _append(element, closing)
    for element in list(tree.iter("q")):
        element.drop_tag()


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text


def _sign_blocks(tree: Element) -> None:
    """Put the name under a block quotation on a line of its own after its last words: "— Name"."""
    for block in reversed(list(tree.iter("blockquote"))):  # those within others come first: their names are theirs
        figure = next(block.iterancestors("figure"), None)
        signed = [*block.iter("footer"), *(() if figure is None else figure.iter("figcaption"))]
        signed = signed or [cite for cite in block.iter("cite") if _is_last(cite, block)]
        name = next((name for one in signed if (name := _DASH.sub("", words(one)))), "") or _tail_name(block)
        for one in signed:
            _drop(one)
        if name:
            _sign(block, name)
        if figure is not None:
            figure.drop_tag()


def _tail_name(block: Element) -> str:
    """The name that follows a dash after the last paragraph of a block, as under a quoted post."""
    for paragraph in reversed(list(block.iterchildren("p"))):
        if (paragraph.tail or "").lstrip().startswith(("—", "–", "―")):
            name = _DASH.sub("", " ".join(paragraph.tail.split()))
            paragraph.tail = None
            return name
    return ""


def _is_last(element: Element, block: Element) -> bool:
    """Whether nothing follows an element in its block but signs and space."""
    while element is not block:
        following = [element.tail or "", *(words(one) for one in element.itersiblings())]
        if _WORD.search("".join(following)):
            return False
        element = element.getparent()
    return True


def _sign(block: Element, name: str) -> None:
    own = [one for one in block.iter("p", "div") if next(one.iterancestors("blockquote")) is block and words(one)]
    last = own[-1] if own else block
    _append(last, "")
    _trim_dash(last)
    last.append(last.makeelement("br"))
    last[-1].tail = f"— {name}"


def _trim_dash(element: Element) -> None:
    """A dash that stood before the name goes with it."""
    if len(element):
        element[-1].tail = re.sub(r"\s*[—–―]\s*$", "", element[-1].tail or "")
    else:
        element.text = re.sub(r"\s*[—–―]\s*$", "", element.text or "")


def _drop_pulled(tree: Element) -> None:
    """Drop pull quotes: set apart, and word for word in the text that they are pulled from."""
    pulled = list(_outermost(one for one in tree.iter("aside", "blockquote", "figure", "div", "p") if _is_pulled(one)))
    if not pulled:
        return
    pulled = pulled[:MOST_PULLED]
    body = _plain("".join(_text_outside(tree, set(pulled))))
    for element in pulled:
        text = _plain(words(element).split("— ")[0])
        if text.count(" ") >= _FEWEST_PULLED and text in body:
            _drop(element)


def _is_pulled(element: Element) -> bool:
    return element.tag in ("aside", "blockquote") or _PULLED.search(element.get("class", "")) is not None


def _outermost(elements: Iterable[Element]) -> Iterator[Element]:
    seen: set[Element] = set()
    for element in elements:
        if not any(one in seen for one in element.iterancestors()):
            seen.add(element)
            yield element


def _text_outside(tree: Element, left_out: set[Element]) -> Iterator[str]:
    """The text of a tree without that of some elements."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element in left_out:
            walk.skip_subtree()
        elif event == "start":
            yield f"{element.text or ''} "
        if event == "end":
            yield f" {element.tail or ''}"


def _plain(text: str) -> str:
    """Words alone, between spaces: what two printings of one quotation share."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
