"""What a source is, once read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.speakers.capitals import Label

Form = Literal["none", "pronoun", "relative", "name", "several", "nominal"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source is. Indices are of words of the page, both ends included.

    A name has ``first``, ``last`` and ``label`` ("MISC": a person or an organisation, the text decides); a nominal
    mention has its whole ``phrase``, ``head`` noun (lower case) and ``determiner``. ``roles`` are the stretches that
    describe a named person; ``parts`` are the readings of "Burton and Nick".
    """

    form: Form
    first: int = 0
    last: int = 0
    label: Label = "MISC"
    head: str = ""
    determiner: str = ""
    roles: tuple[tuple[int, int], ...] = ()
    parts: tuple[Reading, ...] = ()


NONE = Reading("none")
