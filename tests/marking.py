"""The one builder for tests: a marked-up text gives the text and what is to be found in it; nobody types an offset."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.models import Attribution, Extent, Extents

OPEN = re.compile(r"\{(source|cue|content|cited|told)(?::(\w+))? ")


@dataclass(frozen=True)
class Marked:
    """A text and its attributions, in the order in which their ids first appear."""

    text: str
    attributions: tuple[Attribution, ...]

    def words(self, extents: Extents) -> tuple[str, ...]:
        """The words of some extents."""
        return tuple(e.of(self.text) for e in extents)


def marked(markup: str) -> Marked:
    """Read ``{source She} {cue said} {content it rained}.`` Braces nest; ``{content:2 …}`` belongs to attribution 2.

    A role that several attributions share is written once inside the other: ``{source:1 {source:2 She}}``.
    Raises ValueError where braces do not match.
    """
    text: list[str] = []
    length = 0
    opened: list[tuple[str, str, int]] = []
    roles: dict[str, dict[str, list[Extent]]] = {}
    i = 0
    while i < len(markup):
        if found := OPEN.match(markup, i):
            role, key = found[1], found[2] or ""
            roles.setdefault(key, {})
            opened.append((role, key, length))
            i = found.end()
        elif markup[i] == "}":
            if not opened:
                raise ValueError(f"a brace closes that none opened, at {i}")
            role, key, start = opened.pop()
            roles[key].setdefault(role, []).append(Extent(start, length))
            i += 1
        else:
            text.append(markup[i])
            length += 1
            i += 1
    if opened:
        raise ValueError(f"{len(opened)} braces do not close")
    return Marked("".join(text), tuple(_attribution(r) for r in roles.values()))


def _attribution(roles: dict[str, list[Extent]]) -> Attribution:
    content, cue, source, cited, told = (
        tuple(sorted(roles.get(role, []))) for role in ("content", "cue", "source", "cited", "told")
    )
    return Attribution(content, cue, source, cited=cited, told=told)
