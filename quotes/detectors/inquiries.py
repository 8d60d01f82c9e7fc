"""Questions that somebody was asked: "Cross-examined by Ek, for the port, she was asked whether the gate was shut"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nouns import tokens
from quotes.models import Attribution, Extent

# "Questioned by Ek, for the ministry, she was asked whether it rained"
QUESTIONED = re.compile(
    r"(?:[A-Z][\w-]{1,20}ed by ([^.;:\n\"“”]{2,60}), )?([^,.;:\n\"“”]{1,60}) ((?:was|were|has been|have been) asked)"
    r"(?: by ([^,.;:\n\"“”]{2,60}?))? ((?:whether|if|how|what|when|where|who|why)\b[^,.;:?!\n\"“”]{3,200})"
    r"(?=[,.;?!\n]|\Z)"
)
FARTHEST = 160  # code points of a sentence before its verb
LIKELY = 0.6


def made(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The questions that somebody was asked, of whom the sentence begins with, by whom it tells perhaps."""
    for place in sentences.cues:
        if not text.startswith("asked ", place):
            continue
        start = sentences.around(Extent(place, place + 1)).start
        found = QUESTIONED.match(text, start + len(text[start:place]) - len(text[start:place].lstrip()))
        if place - start > FARTHEST or found is None or not found.start(3) < place < found.end(3):
            continue
        if reader.nouns.begins(tokens(text, *found.span(2), reader.lexicon), 0):
            roles = [Extent(*found.span(i)) for i in (1, 4) if found[i]]
            whom, cue, said = (Extent(*found.span(i)) for i in (2, 3, 5))
            yield Attribution((said,), (cue,), tuple(roles[:1]), told=(whom,), confidence=LIKELY)
