"""What a site asks of robots: robots.txt as RFC 9309 has it, wildcards too, in linear time."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

LONGEST = 512_000  # bytes that are read of a robots.txt (RFC 9309 asks for 500 KiB at least)


@dataclass
class Rules:
    """What one robot may read: the longest pattern that matches decides. ``delay`` is in seconds."""

    patterns: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether an address may be read; of an allowing and a forbidding pattern of one length the first wins."""
        parts = urlsplit(url)
        path = _normal(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
        matching = [(len(pattern), allowed) for pattern, allowed in self.patterns if _matches(pattern, path)]
        return max(matching, default=(0, True))[1]


def rules(text: str, robot: str) -> Rules:
    """The rules for a robot: of the groups that name it, or else of those for all."""
    own, others, current = Rules(), Rules(), list[Rules]()
    named, in_heading = False, False
    for line in text.splitlines():
        key, colon, value = (part.strip() for part in line.split("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent" and colon:
            current = current if in_heading else []
            in_heading = True
            if value == "*":
                current.append(others)
            elif value.lower() == robot.lower():
                named = True
                current.append(own)
        elif colon:
            in_heading = False
            for group in current:
                _note(group, key, value)
    return own if named else others


def _note(group: Rules, key: str, value: str) -> None:
    if key in ("allow", "disallow") and value:
        group.patterns.append((_normal(value), key == "allow"))
    elif key == "crawl-delay" and value.replace(".", "", 1).isdecimal():
        group.delay = float(value)


def _normal(path: str) -> str:
    """A path with one way of writing each character."""
    return quote(unquote(path), safe="/?&=*$:;,+!@~'()-._")


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches the beginning of a path; ``*`` is any characters, and ``$`` at its end the end."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for nth, piece in enumerate(rest, 1):
        if ends and nth == len(rest):
            return len(path) - len(piece) >= at and path.endswith(piece)
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return at == len(path) if ends else True
