"""What a reader is given: bytes, what they are called, and what they may cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import BinaryIO, Protocol
from urllib.parse import quote

from quotes.models import Article, Skipped, Visit
from quotes.readers.decoding import mend

LIMIT = 200_000_000  # bytes of one article
TOO_LONG = f"longer than {LIMIT // 1_000_000} MB"

Found = Article | Skipped


class Memory(Protocol):
    """What is remembered of web addresses: the store."""

    def visited(self, url: str) -> Visit | None:
        """What the last visit left, if there was one."""

    def visit(self, url: str, visit: Visit) -> None:
        """Remember a visit instead of the one before."""

    def article_at(self, url: str) -> Article | None:
        """The article that was read at an address, if it is stored."""


@dataclass(frozen=True)
class Options:
    """How to read. ``fields``: what an input calls our fields, ``{"text": "body"}``.

    Of web addresses: whether hosts in private networks are read, and what robots.txt forbids; and what is remembered.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    ignore_robots: bool = False
    memory: Memory | None = None


@dataclass(frozen=True)
class Input:
    """Bytes to read. The end of ``name`` says what they are; ``where`` is for people, ``place`` the URI they keep."""

    stream: BinaryIO
    name: str
    where: str
    place: str = ""
    options: Options = Options()
    url: str | None = None  # where it was found, if on the web
    charset: str | None = None  # what its server or message declares
    beside: bytes | None = None  # what the file NAME.json beside NAME.txt holds
    depth: int = 0  # how many archives, messages and lists it lies in

    def part(self, name: str, data: bytes | BinaryIO, nth: int = 1) -> Input:
        """What lies inside, under a name of its own; ``nth`` tells those of the same name apart."""
        stream = BytesIO(data) if isinstance(data, bytes) else data
        called = mend(name) if nth == 1 else f"{mend(name)} ({nth})"
        place = f"{self.place}#{quote(called, safe='/')}" if self.place else ""
        return replace(
            self, stream=stream, name=name, where=f"{self.where}#{called}", place=place, beside=None, url=None,
            charset=None, depth=self.depth + 1,
        )  # fmt: skip


Reader = Callable[[Input], Iterator[Found]]


def whole(source: Input) -> bytes | Skipped:
    """All bytes of an input that is one thing, not many: no more than LIMIT."""
    data = source.stream.read(LIMIT + 1)
    return data if len(data) <= LIMIT else Skipped(source.where, TOO_LONG)
