"""The commands by what they are for; importing a module adds its commands to the program, in that order."""

from . import ingest, reading, asking, reviewing, exchange, serving, scaling, upkeep  # noqa: I001 - the order of the help

__all__ = ["asking", "exchange", "ingest", "reading", "reviewing", "scaling", "serving", "upkeep"]
