"""The commands by what they are for; importing a module adds its commands to the program, in that order."""

from . import (  # noqa: I001 - the order of the help
    ingest,
    reading,
    curating,
    asking,
    reviewing,
    exchange,
    serving,
    scaling,
    upkeep,
)

__all__ = ["asking", "curating", "exchange", "ingest", "reading", "reviewing", "scaling", "serving", "upkeep"]
