"""Plain reports that the model may pass over where little stands around them: "Lind maintained that the well was dry".

Only what leaves no doubt is read: a subject, a verb of stating right behind it, and a clause, with "that" or without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotes.detectors import asides
from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nominal import past
from quotes.detectors.nouns import RELATIVE, Token, tokens
from quotes.models import Attribution, Extent

VERB = re.compile(r"[\w’'-]+(?=[ \xa0](that[ \xa0])?([^\s\"“”‘,.;:]))")
MARKS = re.compile('["“”‘:;]')
LONGEST = 300  # code points from the beginning of a sentence to its verb, and from there to its end
LIKELY = 0.6


def stated(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """What stands behind "that" in the sentences of one subject and one verb of stating."""
    for place in sentences.cues:
        verb = VERB.match(text, place)
        if verb is None or not _states(reader.lexicon.lemma(verb[0]), reader):
            continue
        around = sentences.around(Extent(place, verb.end()))
        if max(place - around.start, around.end - place) > LONGEST or MARKS.search(text, around.start, around.end):
            continue
        before, behind = Extent(around.start, verb.end()), Extent(verb.start(2), around.end)
        if read := _report(text, before, behind, reader, bare=not verb[1]):
            yield read


def _report(text: str, before: Extent, behind: Extent, reader: Reader, *, bare: bool) -> Attribution | None:
    """A report of these two parts of a sentence, if the first is all subject and verb and the second is a clause."""
    found = tokens(text, before.start, before.end, reader.lexicon)
    clause = reader.leading(found, 0)
    if clause is None or clause.source is None or clause.cue.end != before.end:
        return None
    if reader.lexicon.read_cue(clause.cue.of(text)).passive:
        return None
    whole = clause.source.start == found[0].start and clause.source.end < clause.cue.start
    if not whole or not _one_subject(found, clause.cue.start, reader):
        return None
    said = tokens(text, behind.start, behind.end, reader.lexicon)
    if not reader.nouns.begins(said, 0) or not (asides.clause(said, reader) if bare else _verb(said, reader)):
        return None
    if any(t.word in ("and", "but") for t in said):  # what follows may be the reporter's
        return None
    content = Extent(behind.start, behind.start + len(behind.of(text).rstrip().removesuffix(".")))
    return asides.cut(text, Attribution((content,), (clause.cue,), (clause.source,), confidence=LIKELY), reader)


def _states(lemma: str, reader: Reader) -> bool:
    """Is it a verb of stating, and none that the model never misses ("say") or that wants an addressee ("was told")?"""
    sense = reader.lexicon.cues["verb"].get(lemma)
    stating = sense is not None and sense.mode == "statement" and sense.stance not in ("show", "report")
    return stating and lemma != "say" and lemma not in reader.words["addressed"]


def _one_subject(found: Sequence[Token], cue: int, reader: Reader) -> bool:
    """Is nothing done before the cue but in a relative clause between commas: "Lind, who came late, said"?"""
    before = [t for t in found if t.start < cue]
    opens = next((i for i, t in enumerate(before) if t.word in RELATIVE), len(before))
    closed = opens == len(before) or (opens and before[opens - 1].word == before[-1].word == ",")
    return bool(closed) and not any(t.word in reader.finite or past(t, reader) for t in before[:opens])


def _verb(said: Sequence[Token], reader: Reader) -> bool:
    """Is there a verb behind the first word?"""
    return any(t.word in reader.finite for t in said[1:])
