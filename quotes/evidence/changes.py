"""What differs between two passages: the stretches of their alignment, the changes, and how alike that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.evidence.scope import leading
from quotes.evidence.turns import negations
from quotes.lexicon import load
from quotes.models import Extent
from quotes.store.wording import Word, words

SHOWN = 8  # words of a change that are repeated in a sentence

ChangeKind = Literal[
    "negation", "opposite", "number", "name", "word", "omission", "ellipsis", "bracket", "cut", "frame"
]
UNDER: tuple[ChangeKind, ...] = ("cut", "frame")
OWNED: tuple[ChangeKind, ...] = (*UNDER, "ellipsis", "bracket")
PartKind = Literal["same", "alleged", "printed"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the alignment: in both, or only in the alleged words, or only in the printed ones."""

    kind: PartKind
    alleged: Extent
    printed: Extent


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to the printed words to make the alleged ones."""

    kind: ChangeKind
    alleged: str
    printed: str

    @property
    def alters(self) -> bool:
        """Whether it makes another statement: a negation more or less, an opposite, another number or name.

        So does a negation among the words that were left out, or just before a fragment.
        """
        if self.kind in ("omission", "ellipsis"):
            return bool(self._turned)
        return self.kind in ("negation", "opposite", "number", *UNDER) or (
            self.kind == "name" and bool(self.alleged and self.printed)
        )

    @property
    def _turned(self) -> str:
        """The words that negate, among some that were left out."""
        return next((word.folded for word in negating(words(self.printed))), leading(self.printed))

    @property
    def only_negates(self) -> int:
        """How many of the printed words make a negation of it, and nothing else: "did not" before "intend"."""
        if self.kind != "negation":
            return 0
        roles = load().modifiers
        small = roles["negator"] | roles["auxiliary"] | roles["adverb"]
        alleged = {word.folded for word in words(self.alleged)}
        return sum(word.folded in small - alleged for word in words(self.printed))

    def __str__(self) -> str:
        alleged, printed = _clipped(self.alleged), _clipped(self.printed)
        if self.kind == "cut":
            return f"it is cut out after “{printed}”, which turns it round"
        if self.kind == "frame":
            return f"it is cut out of what stands under “{printed}”"
        if self.kind in ("omission", "ellipsis"):
            number = len(words(self.printed))
            count = f"{number} word{'s' if number > 1 else ''}"
            hidden = f"the ellipsis hides {count}" if self.kind == "ellipsis" else f"{count} are left out"
            return f"{hidden}: “{printed}”" + (f", with “{self._turned}”" if self._turned else "")
        if self.kind == "bracket":
            return f"“{alleged}” in brackets " + (f"stands for “{printed}”" if printed else "is added")
        if alleged and printed:
            another = ", which makes it another statement" if self.kind == "opposite" else ""
            return f"“{alleged}” stands for “{printed}”{another}"
        return f"“{alleged}” is added" if alleged else f"“{printed}” is missing"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a passage stands to a text: ``same`` of ``of`` words agree; where, and what else is different.

    ``of`` counts the alleged words and those that were left out among them; a stretch of OMISSION words or more, or
    one that an ellipsis owns up to, is a change of its own and not counted, and neither is what stands in brackets.
    ``extent`` is where it stands in the text. ``missed`` are runs of BRIDGE or more alleged words that the text does
    not have, in offsets of the alleged words.
    """

    same: int
    of: int
    extent: Extent
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    missed: tuple[Extent, ...]

    @property
    def similarity(self) -> float:
        """Share of the words that agree, 0 to 1."""
        return self.same / self.of if self.of else 0.0

    @property
    def unnegated(self) -> float:
        """Share of the words that agree, 0 to 1, those not counted that only negate: "do not", "also can't"."""
        only = sum(change.only_negates for change in self.changes)
        return self.similarity if not only else self.same / max(self.same, self.of - only)

    @property
    def altered(self) -> bool:
        """Whether what differs makes another statement of it."""
        return any(change.alters for change in self.changes)

    @property
    def verbatim(self) -> bool:
        """Whether every word is there, in order, but for what an ellipsis or brackets own up to, or what negates it."""
        return 0 < self.same == self.of and all(change.kind in OWNED for change in self.changes)

    @property
    def under(self) -> str:
        """The words that turn it round, or make it no statement of the speaker's; empty where none do."""
        return next((change.printed for change in self.changes if change.kind in UNDER), "")

    @property
    def only_under(self) -> bool:
        """Whether every word is there, in order, and only what they stand under makes another statement of them."""
        return 0 < self.same == self.of and len(self.changes) == 1 and self.changes[0].kind in UNDER

    @property
    def exact(self) -> bool:
        """Whether every word is there, in order, and nothing between them or before them alters it."""
        return self.same == self.of and not self.changes

    def __str__(self) -> str:
        return "; ".join([f"{self.same} of {self.of} words", *map(str, self.changes)])


def negating(some: Sequence[Word]) -> list[Word]:
    """Those of some words that negate."""
    return [some[nth] for nth in negations([word.folded for word in some])]


def _clipped(text: str) -> str:
    some = text.split()
    return " ".join(some[:SHOWN]) + (" …" if len(some) > SHOWN else "")
