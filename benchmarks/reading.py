"""How many inputs of each kind are read a second: `python benchmarks/reading.py [SECONDS]`; it makes its own inputs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO

from quotes.models import Article
from quotes.readers import Input, Options, read_input
from quotes.readers.languages import recognised

PARAGRAPH = (
    "The water came over the wall before anyone could move, Nora Wells, the mayor of Ashby, told reporters on Monday. "
    "“We were lucky,” she said. “Next time we may not be.” The ministry said that three hundred homes were dry again."
)
PARAGRAPHS = 20  # of an article, 780 words
LINK = '<li><a href="/a">Another story of the day</a></li>'


def text() -> bytes:
    """A plain text."""
    return "\n\n".join([PARAGRAPH] * PARAGRAPHS).encode()


def page() -> bytes:
    """A page of 40 kB with the menus, scripts and cards that pages have around an article."""
    head = "<title>Flood</title>" + "<meta name='x' content='y'>" * 50 + f"<script>{'x = 1;' * 3000}</script>"
    menu = f"<nav><ul>{LINK * 60}</ul></nav>"
    body = "".join(f"<p>{PARAGRAPH}</p>" for _ in range(PARAGRAPHS))
    cards = f"<aside><ul>{LINK * 40}</ul></aside><footer><ul>{LINK * 40}</ul></footer>"
    return f"<html><head>{head}</head><body>{menu}<article><h1>Flood</h1>{body}</article>{cards}</body></html>".encode()


KINDS: dict[str, Callable[[], bytes]] = {"a.txt": text, "a.html": page}


def articles(name: str, data: bytes) -> Iterator[Article]:
    """The articles of an input, as the tracker gets them."""
    for found in read_input(Input(BytesIO(data), name, name, options=Options())):
        if isinstance(found, Article):
            yield recognised(found)


def rate(name: str, data: bytes, seconds: float) -> tuple[float, float]:
    """Articles and megabytes of input a second, after one to warm up."""
    if not list(articles(name, data)):
        raise SystemExit(f"{name}: no article in it")
    rounds = found = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        found += len(list(articles(name, data)))
        rounds += 1
    spent = time.perf_counter() - start
    return found / spent, rounds * len(data) / spent / 1e6


def main(seconds: float = 5.0) -> None:
    """Print a line a kind."""
    for name, make in KINDS.items():
        data = make()
        each, megabytes = rate(name, data, seconds)
        print(f"{name.removeprefix('a.'):8} {len(data):9,} bytes  {each:9.1f} articles/s  {megabytes:7.2f} MB/s")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
