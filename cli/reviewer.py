"""Reviewing claim by claim: single keys on a terminal, lines elsewhere."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import repeat
from typing import Any

import typer

from quotes.errors import UsageError
from quotes.models import Extent, Extents, Review
from quotes.offsets import shifted
from quotes.store import Filters, Store

from . import pages, verdicts
from .notices import told
from .output import put, talk

Row = dict[str, Any]
ESCAPES = (b"\x1b", *(bytes([code]) for code in range(0xC2, 0xF5)))  # they begin arrows, and letters beyond ASCII
DECISIONS = ("a", "r")
ENTER, LEAVE = ("", "\r", "\n"), ("q", "\x1b", "\x03", "\x04")


class Quit(Exception):  # noqa: N818 - no error: the reviewer has finished
    """The reviewer goes."""


class Keys:
    """Where keys and answers come from: a terminal, or lines that begin with a key and may have the answer after it."""

    def __init__(self) -> None:
        self.live = sys.stdin.isatty()
        self.rest = ""

    def key(self) -> str:
        """The next key, or the whole line where it is none, alone or before a space; Quit at the end of the input."""
        if self.live:
            return _pressed()
        line = self._line()
        self.rest = line[1:].strip()
        return line[:1] if not line[1:2].strip() else line

    def answer(self, question: str, names: Callable[[str], list[str]] | None = None) -> str:
        """What is typed after a question, trimmed; ``names`` completes it at Tab.

        Without a terminal, the rest of the line; raises UsageError where there is none.
        """
        if not self.live:
            if not self.rest:
                raise UsageError(f"{question}? The answer stands behind the key, on its line")
            return self.rest
        with _completing(names or (lambda _: [])):
            try:
                return input(f"  {question}: ").strip()
            except EOFError:
                raise Quit from None

    def _line(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise Quit
        return line.rstrip("\n")


def _pressed() -> str:
    """A key pressed on the terminal; what was typed ahead is kept, and a key that sends several bytes is one."""
    try:
        import termios
        import tty
    except ImportError:  # not on Windows
        return str(typer.getchar())
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        pressed = os.read(terminal, 1)
        while pressed[:1] in ESCAPES and select.select([terminal], [], [], 0.02)[0]:
            pressed += os.read(terminal, 1)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    return pressed.decode(errors="replace")


@contextmanager
def _completing(names: Callable[[str], list[str]]) -> Iterator[None]:
    """Tab completes a line with one of the names, where the system has readline."""
    try:
        import readline
    except ImportError:
        yield
        return

    def complete(typed: str, nth: int) -> str | None:
        found = names(typed)
        return found[nth] if nth < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims("")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)


class Desk:
    """A reviewer at work: which claims, which one now, and what can be taken back."""

    def __init__(self, store: Store, filters: Filters, reviewer: str, keys: Keys) -> None:
        self.store, self.filters, self.reviewer, self.keys = store, filters, reviewer, keys
        self.done, self.every = store.progress(filters)
        self.reviewed: list[int] = []
        self.unread: set[int] = set()  # claims with lines, of a pipe, that were not understood
        self.acts: dict[str, Callable[[Row], Row | None]] = {
            "a": self.accept, "r": self.reject, "s": self.speaker, "e": self.extent, "n": self.note,
            "v": self.verdict, "t": self.tag, " ": self.skip, "k": self.skip, "u": self.undo, "o": self.article,
            "?": self.help, **dict.fromkeys(LEAVE, self.quit),
        }  # fmt: skip

    def work(self) -> None:
        """Show one claim after another, at most so many, until none is left, or the reviewer goes."""
        with suppress(Quit, KeyboardInterrupt):
            for _ in repeat(None) if self.filters.limit is None else repeat(None, self.filters.limit):
                row = self.store.pending(self.filters)
                if row is None:
                    talk(told("nothing is left to review"))
                    break
                self.claim(row)
        talk([verdicts.progress(self.done, self.every)])

    def claim(self, row: Row | None) -> None:
        """Show a claim, and do what the keys say until the reviewer goes on from it."""
        shown: Row | None = None
        while row is not None:
            if row != shown:
                put(verdicts.card(row, self.text(row), self.done, self.every))
                shown = row
            key = self.keys.key()
            if key in DECISIONS and row["id"] in self.unread:
                talk(told(f"  #{row['id']} is left for later: a line before this one was not understood"))
                self.skip(row)
                row = None
            elif key in self.acts or key.strip():
                row = self.act(row, key)

    def act(self, row: Row, key: str) -> Row | None:
        """Do what a key says; what it cannot is told, and not taken for done where nobody reads it."""
        try:
            if key not in self.acts:
                raise UsageError(f"no key is {key!r}; ? shows them")
            return self.acts[key](row)
        except UsageError as error:
            talk(told(f"  {error}"))
            if not self.keys.live:
                self.unread.add(row["id"])
            return row

    def text(self, row: Row) -> str:
        """The text around a claim."""
        return str(self.store.article(row["article_uid"])["text"])

    def say(self, row: Row, said: Review) -> Row:
        """Add a review."""
        after = self.store.review(row["id"], said, self.reviewer)
        if after["revision"] != row["revision"]:
            self.reviewed.append(row["id"])
        self.done += _decided(after) - _decided(row)
        return after

    # What the keys do: each gives the claim to go on with, None for the next one

    def accept(self, row: Row) -> None:
        """As it is shown, corrections included."""
        corrected = row["status"] == "corrected" and row["reviewer"] == self.reviewer and not row["moved_from"]
        self.next(row if corrected else self.say(row, Review("accepted")))

    def reject(self, row: Row) -> None:
        """It is no claim."""
        self.next(self.say(row, Review("rejected")))

    def skip(self, row: Row) -> None:
        """Leave it for later."""
        self.next(row)

    def next(self, row: Row) -> None:
        """Go on after a claim."""
        self.filters = replace(self.filters, after=row["id"], offset=0)

    def speaker(self, row: Row) -> Row:
        """Somebody else said it."""
        name = self.keys.answer("who spoke", self.store.names)
        nobody = name in ("", "-")
        return self.say(row, Review(speaker="" if nobody else meant(self.store, name, self.keys)))

    def note(self, row: Row) -> Row:
        """Add a note."""
        return self.say(row, Review(note=self.keys.answer("note")))

    def verdict(self, row: Row) -> Row:
        """Is it true what was said?"""
        return self.say(row, Review(verdict=self.keys.answer("verdict")))

    def tag(self, row: Row) -> Row:
        """Add a tag, or take one away."""
        tag = self.keys.answer("tag")
        return self.say(row, Review(untag=(tag[1:],)) if tag.startswith("-") else Review(tag=(tag,)))

    def extent(self, row: Row) -> Row:
        """Other words."""
        if not self.keys.live:
            return self.say(row, Review(content=self.store.anchored(row["id"], self.keys.answer("words"))))
        content = None
        with suppress(KeyboardInterrupt):
            content = self.edges(row, self.text(row))
        if content is None:
            talk(told("  the words are left as they were"))
            return row
        return self.say(row, Review(content=content))

    def edges(self, row: Row, text: str) -> Extents | None:
        """Move the edges of a content with keys; None if they shall stay."""
        content = tuple(Extent(start, end) for start, end, _ in row["content"])
        moves = {"h": (-1, 0), "l": (1, 0), "j": (0, -1), "k": (0, 1)}
        while True:
            put(verdicts.extent(" … ".join(extent.of(text) for extent in content)))
            key = self.keys.key()
            if key in moves:
                content = shifted(text, content, start=moves[key][0], end=moves[key][1])
            elif key == "w":
                return self.store.anchored(row["id"], self.keys.answer("words"))
            elif key in ENTER:
                return content
            elif key in LEAVE:
                return None

    def undo(self, row: Row) -> Row:
        """Take the last review back, and show its claim again."""
        if not self.reviewed:
            raise UsageError("nothing was reviewed yet that could be undone")
        number = self.reviewed.pop()
        before = self.store.claim(number)
        after = self.store.undo(number, self.reviewer)
        self.done += _decided(after) - _decided(before)
        return after

    def article(self, row: Row) -> Row:
        """The whole article."""
        claims = list(self.store.claims(Filters(article=row["article_uid"])))
        put(pages.article(self.store.article(row["article_uid"]), claims))
        return row

    def help(self, row: Row) -> Row:
        """What the keys do."""
        put(verdicts.help_())
        return row

    def quit(self, row: Row) -> None:
        """Stop."""
        raise Quit


def meant(store: Store, name: str, keys: Keys) -> str:
    """The speaker whom a reviewer means, by number, or the name of a new one; who that is, is said.

    Where it may be several, a reviewer at a terminal is asked. Raises UsageError where nobody can be, or nothing comes.
    """
    while True:
        try:
            row = store.meant(name)
        except UsageError as error:
            if not keys.live:
                raise
            talk(told(f"  {error}"))
            name = keys.answer("which one, by number", store.names)
            if not name:
                raise UsageError("the speaker is left as it was") from None
            continue
        if row is None:
            near = store.near_names(name)
            talk(told(f"  {name!r} is a new speaker" + (f"; near: {', '.join(near)}" if near else "")))
            return name
        if row["speaker"] != name:
            talk(told(f"  {name!r} is {row['speaker']}, #{row['speaker_id']}"))
        return f"#{row['speaker_id']}"


def _decided(row: Row) -> int:
    """1 for a claim that no longer waits."""
    return int(row["status"] != "unreviewed" and row["moved_from"] is None)
