"""What somebody asks others to do, by verb, addressee and deed: "The mayor has asked residents to stay indoors"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from quotes.detectors.clauses import Clause, Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.layout import DATELINE, STAMP
from quotes.detectors.nominal import past
from quotes.detectors.nouns import Token, tokens
from quotes.models import Attribution, Extent

ASKED = re.compile(r"\w+ ((?:[\w’'-]+ ){1,6}?)(?=(?:not )?to [a-z])")
FARTHEST = 160  # code points of a sentence on either side of its verb
STOPS = frozenset('.?!…;,:"“”')
LIKELY = 0.6


def made(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The requests of sentences that begin with who makes them."""
    for place in sentences.cues:
        found = ASKED.match(text, place)
        if found is None or reader.lexicon.lemma(text[place : found.start(1) - 1]) not in reader.words["addressed"]:
            continue
        verb, told = Extent(place, found.start(1) - 1), tokens(text, *found.span(1), reader.lexicon)
        sentence = sentences.around(verb)
        clause = _clause(text, sentence.start, verb, reader)
        after = tokens(text, found.end(), min(sentence.end, found.end() + FARTHEST), reader.lexicon)
        deed = list(takewhile(lambda t: t.word not in STOPS, after))
        if clause and clause.source and len(deed) > 1 and _somebody(told, reader):
            whom = Extent(told[0].start, told[-1].end)
            said = Extent(deed[0].start, deed[-1].end)
            yield Attribution((said,), (clause.cue,), (clause.source,), told=(whom,), confidence=LIKELY)


def _clause(text: str, start: int, verb: Extent, reader: Reader) -> Clause | None:
    """The clause that a sentence begins with, behind a dateline perhaps, if this is its verb."""
    start = max(start, verb.start - FARTHEST)
    start += len(text[start : verb.start]) - len(text[start : verb.start].lstrip())
    dated = DATELINE.match(text, start, verb.start) or STAMP.match(text, start, verb.start)
    start = dated.end() if dated else start
    clause = reader.leading(tokens(text, start, verb.end, reader.lexicon), 1)
    if clause is None or clause.source is None or clause.source.start != start or clause.cue.end != verb.end:
        return None
    joined = text[clause.source.end : clause.cue.start] in (" ", ", ")
    return clause if joined and not reader.lexicon.read_cue(clause.cue.of(text)).passive else None


def _somebody(told: Sequence[Token], reader: Reader) -> bool:
    """Are these words a noun phrase with no verb?"""
    return reader.nouns.begins(told, 0) and not any(t.word in reader.clausal or past(t, reader) for t in told)
