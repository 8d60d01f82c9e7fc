"""What an attribution says: its kind from the quotation marks, mode, stance and polarity from the cue."""

from __future__ import annotations

import re
from dataclasses import replace

from quotes.edges import Spoken
from quotes.lexicon import Cue, Lexicon
from quotes.models import Attribution, Extents, Kind, Mode

LETTER = re.compile(r"\w")
NOBODY = re.compile(r"(?:no|nobody|none|neither|no one)\b", re.IGNORECASE)  # a source that takes back its cue
FINITE = re.compile(  # a finite clause, as far as small words show it
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do)\b"
    r"|n['’]t\b|\b(?:he|she|they|it|we|I|there)['’](?:s|re|ll|d|m|ve)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(rf"^(?:that|whether|if|how|why|what|who|when|where|to)\b|{FINITE.pattern}", re.IGNORECASE)


def cue_words(text: str, attribution: Attribution) -> str:
    """The cue as printed, its pieces with a space between."""
    return " ".join(e.of(text) for e in attribution.cue)


def read(page: Spoken, attribution: Attribution, lexicon: Lexicon) -> Attribution:
    """Kind, mode, stance and polarity of an attribution; the lexicon's word on mode counts before the model's."""
    text = page.text
    laid_out = attribution.detector == "rules" and attribution.kind != "indirect"  # speech, marks or not
    kind = attribution.kind if laid_out else kind_of(page, attribution.content)
    if not attribution.cue:
        return replace(attribution, kind=kind, mode="statement" if kind == "direct" else attribution.mode)
    cue = lexicon.read_cue(cue_words(text, attribution))
    nobody = bool(attribution.source) and NOBODY.match(attribution.source[0].of(text)) is not None
    return replace(
        subjectless(attribution, cue, lexicon),
        kind=kind,
        mode=mode_of(text, replace(attribution, kind=kind), cue, lexicon),
        negated=cue.negated != nobody,
        hearsay=cue.hearsay,
        lemma=cue.lemma,
        stance=cue.stance,
    )


def mode_of(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> Mode:
    """A quotation was said; else the cue tells. An act with no clause says nothing ("listed their country")."""
    if attribution.kind == "direct":
        return "statement"
    acts = cue.lemma in lexicon.modifiers["act"] and attribution.kind == "indirect"
    if acts and not any(CLAUSE.search(e.of(text)) for e in attribution.content):
        return "attitude"
    return cue.mode or attribution.mode


def subjectless(attribution: Attribution, cue: Cue, lexicon: Lexicon) -> Attribution:
    """A passive without its subject as the source: "the parents were advised" by somebody else."""
    if not (cue.passive and cue.mode == "statement" and attribution.source < attribution.cue):
        return attribution
    told = attribution.source if cue.lemma in lexicon.modifiers["addressed"] else attribution.told
    return replace(attribution, source=(), told=told)


def kind_of(page: Spoken, content: Extents) -> Kind:
    """``direct`` if every letter stands in quotation marks, ``mixed`` if some do, else ``indirect``."""
    inside = outside = False
    for piece in content:
        at = piece.start
        for q in page.around(piece):
            inside = True
            outside = outside or bool(LETTER.search(page.text, at, max(at, q.start)))
            at = max(at, q.end)
        outside = outside or bool(LETTER.search(page.text, at, max(at, piece.end)))
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
