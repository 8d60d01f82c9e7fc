"""From a source as written to the one who speaks: one candidate or none, always with the evidence."""

from quotes.speakers.resolver import resolve

__all__ = ["resolve"]
