"""The nouns. Frozen values that every other module speaks of; nothing here does any work.

Offsets are half-open, in Unicode code points of ``Article.text``, which never changes once read.
Observed (``Attribution``: what the text shows) is kept apart from inferred (``Resolution``: whom we think it is).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Kind = Literal["direct", "indirect", "mixed"]
Mode = Literal["statement", "attitude"]
SpeakerType = Literal["person", "organisation", "group", "document", "anonymous"]
Relation = Literal["citing", "told", "via", "reported"]


@dataclass(frozen=True, order=True, slots=True)
class Extent:
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this extent."""
        return text[self.start : self.end]


Extents = tuple[Extent, ...]


@dataclass(frozen=True)
class Article:
    """A text as read, with what its source says about it. Unknown metadata is None, never a guess."""

    text: str
    id: str = ""
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    where: str = ""
    notes: tuple[str, ...] = ()  # what the reader had to mend: encoding, replaced characters
    place: str = ""  # a URI that it keeps, whatever its text; empty for what came through standard input
    raw_id: str | int | float | None = None  # the id as JSON in the input; ``id`` is the same as text
    credit: str | None = None  # agencies whose copy it is or that contributed, "Associated Press; Reuters"

    @cached_property
    def sha256(self) -> str:
        """Digest of the text, UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read, and why; it is counted, never dropped in silence."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a person (PER), organisation (ORG), place (LOC) or other (MISC), as a detector saw it."""

    extent: Extent
    label: Literal["PER", "ORG", "LOC", "MISC"]


@dataclass(frozen=True, slots=True)
class Link:
    """A mention beginning at ``start`` probably refers to the one that begins at ``antecedent``."""

    start: int
    antecedent: int
    score: float


@dataclass(frozen=True)
class Attribution:
    """Who said what, as the text shows it. Each role is a tuple of extents; contents keep their quotation marks.

    ``source`` is empty where the text names none; ``cue`` is empty where speech goes on without one.
    ``cited`` holds the extents of sources further up the chain ("citing military sources"); ``told`` of
    the addressee or venue ("told a news conference in Amman").
    """

    content: Extents
    cue: Extents = ()
    source: Extents = ()
    kind: Kind = "indirect"
    mode: Mode = "statement"
    negated: bool = False
    hearsay: bool = False
    lemma: str = ""
    stance: str = "neutral"
    cited: Extents = ()
    told: Extents = ()
    detector: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """The one behind a source: canonical name, type, and the role as printed."""

    name: str
    type: SpeakerType
    role: str = ""


@dataclass(frozen=True)
class Resolution:
    """Source → speaker, with the evidence: through which mentions, by which method, how sure.

    ``speaker`` None means that we do not know; an unnamed source ("military sources") is a Speaker of type
    ``anonymous``, which is knowledge.
    """

    speaker: Speaker | None
    method: str = "none"
    mentions: Extents = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Via:
    """One link of the chain behind a claim: another source, or the addressee, and how it is related."""

    relation: Relation
    extent: Extent
    resolution: Resolution


@dataclass(frozen=True)
class Claim:
    """An attribution with its resolution and chain: what is stored, shown and exported."""

    attribution: Attribution
    resolution: Resolution
    chain: tuple[Via, ...] = ()

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.attribution.content[0].start


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of a web address, so that the next visit need not fetch what has not changed.

    ``etag`` and ``modified`` are as the server sent them. ``leads`` are the addresses that a feed named; ``article``
    is the address under which what was found is stored; ``settled``: there is nothing to get, now or later.
    """

    etag: str | None = None
    modified: str | None = None
    leads: tuple[str, ...] = ()
    article: str | None = None
    settled: bool = False


Status = Literal["unreviewed", "accepted", "rejected", "corrected"]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person says of a claim; None leaves as it is.

    ``speaker`` is a name, the row number of a speaker, or "" for nobody we know. ``content`` are the extents that are
    said to be right. ``verdict``, ``notes`` and ``tags`` replace what was there, "" and () take it away; ``note`` is a
    line more, ``tag`` a tag more, ``untag`` one less. A speaker or content given without a status is a correction.
    """

    status: Status | None = None
    speaker: str | int | None = None
    content: Extents | None = None
    verdict: str | None = None
    notes: str | None = None
    tags: tuple[str, ...] | None = None
    note: str | None = None
    tag: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """What extracted: program version, model digest and options."""

    version: str
    model: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What became of the inputs, in numbers; ``skipped`` with reasons.

    ``duplicates`` are new articles whose very text was stored before, from elsewhere; ``copies`` are new ones that are
    nearly the same as one stored before; ``new`` are the others. ``rerun`` are those read anew by another run.
    ``attitudes`` is how many of the ``claims`` stored are what people think or want, and no statements.
    """

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    claims: int = 0
    skipped: tuple[Skipped, ...] = ()
    rerun: int = 0
    duplicates: int = 0
    copies: int = 0
    seconds: float = field(default=0.0, compare=False)
    attitudes: int = 0

    @classmethod
    def of(
        cls, outcomes: Mapping[str, int], modes: Mapping[str, int], skipped: Iterable[Skipped], seconds: float = 0.0
    ) -> Report:
        """The report of so many of each outcome of ``Store.save``, and so many claims of each mode."""
        plural = {"duplicate": "duplicates", "copy": "copies"}
        counts = {plural.get(name, name): number for name, number in outcomes.items() if name != "skipped"}
        claims = {"claims": sum(modes.values()), "attitudes": modes.get("attitude", 0)}
        return cls(**counts, **claims, skipped=tuple(skipped), seconds=seconds)

    @property
    def read(self) -> int:
        """All inputs, those that were left out too."""
        done = self.new + self.unchanged + self.changed + self.rerun + self.duplicates + self.copies
        return done + len(self.skipped)
