"""Speech that the layout shows: a signature after a dash, a block quote, the turns of a transcript."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes.detectors.clauses import Reader, reader_of
from quotes.detectors.nominal import past
from quotes.detectors.nouns import Token
from quotes.lexicon import Lexicon
from quotes.models import Attribution, Extent

# "— Commissioner Starks", "– Jane Doe, mayor of Y", on the same line or the next
SIGNATURE = re.compile(
    r"[ \t]*\n?[ \t]*(?:[—–―]|--?(?= ))[ \t]*"
    r"((?:@|[^\W\d_])[^\n—–―\"“”.;:!?]{1,79}?(?:\.[^\n—–―\"“”;:!?]{1,40}?)?)"
    r"(?:, (?:about|after|as|at|during|in|on|reacting|responding|speaking|when)\b[^\n]{1,200})?[ \t]*(?=\n|\Z)"
)
# "Jane Doe, mayor of Y" on the line below, with nothing else in it
BELOW = re.compile(r"[ \t]*\n[ \t]*([A-Z][^\n,:;!?\"“”]{2,60})(?:, [^\n.:;!?\"“”]{2,80})?[ \t]*(?=\n[ \t]*\n|\n?\Z)")
NAME = re.compile(r"\b[A-Z]")
BLOCK = re.compile(r"^([^\n—–―]{20,2000}[.?!…])[ \t]*\n[ \t]*[—–―][ \t]*([A-Z][^\n—–―\"“”:!?]{1,79})$", re.M)
# "MALBY, Nov. 3 (Delta News) - ", "AMBON, Indonesia —"
DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]+){0,3})"
    r"(?P<told>(?:(?:, [A-Z][a-z]+\.?| [A-Z][a-z]{2,8}\.? (?=\d))(?: ?[A-Z][a-z]+|,? ?\d{1,4}){0,2}){0,2})"
    r"(?: \((?P<agency>[^()\n]{1,40})\))?(?P<dash> ?(?:[–—]|--)+ *|(?:(?<=\)) ?| )- +)"
)
# "16:40 The airport is closed", an entry of a live page
STAMP = re.compile(
    r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[ \t]+(?:[-–—|][ \t]*)?(?=[A-ZÀ-Þ\"“‘'])"
)
REST = re.compile(r"[^\n]*?(?=\n|\Z|[.!?…][\"”’)]*\s)")  # of a sentence
LIKELY = 0.6
CITED = re.compile(r"\b(?:1[89]|20)\d\d\b")  # a year: "— Toronto Star, August 15, 2008" names a publication
TURN = re.compile(r"^([A-Z][A-Z.’'-]+(?: [A-Z][A-Z.,’'-]*){0,4}(?: \([^()\n]{1,60}\))?)(:)[ \t]+(\S[^\n]*)$", re.M)
NAMED = re.compile(r"^([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){0,3})(:)[ \t]+(\S[^\n]*[.?!…][\"”’)]*)$", re.M)
SPOKEN = re.compile(r"^[ \t]*([^\s(\[][^\n]*[.?!…])[ \t]*$", re.M)
QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")
SELF = re.compile(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|[Uu]s)\b")
OTHER = re.compile(r"(?:He|She)(?: \w+ly)? (?!(?:is|was|has|does)\b)[a-z]+s\b(?!.*\b[Yy]ou\b)")  # "She laughs"
LETTER = re.compile(r"^([QA])([.:])[ \t]+(\S[^\n]*)$", re.M)


def dateline(text: str, start: int, end: int, *, bare: bool) -> re.Match[str] | None:
    """The dateline of a line that starts at ``start``, up to ``end`` at the farthest.

    It has a date, a region or an agency; where ``bare``, it may be a place alone, but before a capital and without
    another dash in the sentence: "FEMA - the federal agency - failed" begins with its subject.
    """
    found = DATELINE.match(text, start, end)
    if found is None or found["told"] or found["agency"]:
        return found
    dash = found["dash"] if found["dash"] == " - " else found["dash"].strip()
    rest = REST.match(text, found.end())
    return found if bare and rest and not rest[0][:1].islower() and dash not in rest[0] else None


def signature(text: str, end: int) -> Extent | None:
    """The name after a dash that follows a quotation which ends at ``end``."""
    found = SIGNATURE.match(text, end)
    if found is None or not (found[1][0] == "@" or NAME.search(found[1])) or CITED.search(found[1]):
        return None
    return Extent(found.start(1), found.start(1) + len(found[1].rstrip(" .")))


def signature_below(text: str, block: Extent, people: Sequence[Extent], lexicon: Lexicon) -> Extent | None:
    """The line with somebody's name, and a role perhaps, right below a quotation that fills its own lines; or with
    "A spokeswoman for" somebody.

    ``people`` are the names of people in the order of the text.
    """
    found = BELOW.match(text, block.end) if block.start == 0 or text[block.start - 1] == "\n" else None
    if found is None:
        return None
    at = bisect_left(people, found.end(1), key=lambda e: e.end)
    named = at < len(people) and people[at].end == found.end(1) and people[at].start >= found.start(1)
    article, *noun = found[1].split()[:3]
    unnamed = article in ("A", "An") and any(word in lexicon.people for word in noun)
    last = found.start(1) + len(text[found.start(1) : found.end()].rstrip())
    return Extent(found.start(1), last) if named or unnamed else None


def signed_blocks(text: str) -> list[Attribution]:
    """Paragraphs without quotation marks that are signed on the next line, as block quotes are."""
    return [
        Attribution((Extent(*m.span(1)),), source=(Extent(*m.span(2)),), kind="direct", confidence=0.8)
        for m in BLOCK.finditer(text)
        if not any(mark in m[1] for mark in '"“”')
    ]


def transcript(text: str, lexicon: Lexicon) -> list[Attribution]:
    """The turns of a transcript: "WALLACE: X", "Q: X" beside "A: Y", "Jo Smith: X" who speaks again, also as "JS: Y".

    A single line of such a form is no transcript. Paragraphs between two turns belong to the first.
    """
    capitals, letters, named = (list(form.finditer(text)) for form in (TURN, LETTER, NAMED))
    named = [m for m in named if m[1].upper() != m[1]]
    short = [m for m in named if _initials(m[1]) in {c[1] for c in capitals}]
    turns = capitals if len(capitals) > 1 or short else []
    turns += letters if {m[1] for m in letters} == {"Q", "A"} else []
    again = len({m[1].split()[-1] for m in named}) < len(named) and len(named) > 2
    turns += named if again else short
    said = [
        Attribution((Extent(*m.span(3)),), (Extent(*m.span(2)),), (Extent(*m.span(1)),), "direct", confidence=0.9)
        for m in turns
    ]
    return [*said, *_further(text, sorted(turns, key=lambda m: m.start()), reader_of(lexicon))]


def _further(text: str, turns: Sequence[re.Match[str]], reader: Reader) -> Iterator[Attribution]:
    """The paragraphs of a turn below its first, but no stage directions in brackets, and none from one on that tells of
    who is speaking up to one with an "I" or "we" of that one's own: there the reporter tells.
    """
    for turn, following in pairwise(turns):
        told = False
        for line in SPOKEN.finditer(text, turn.end(), following.start()):
            words = QUOTATION.sub("", line[1])
            told = not SELF.search(words) and (
                told or OTHER.match(words) is not None or _told_of(turn[1], words, reader)
            )
            if not told:
                yield Attribution(
                    (Extent(*line.span(1)),), source=(Extent(*turn.span(1)),), kind="direct", confidence=LIKELY
                )


def _told_of(name: str, words: str, reader: Reader) -> bool:
    """Do words name somebody in full by the surname that stands before a colon, or begin a sentence with it that tells
    what this one does? Other words may be the same: "Trump voters", "in May", "the Court".
    """
    last = name.partition(" (")[0].split()[-1]
    surname = rf"(?:{re.escape(last)}|{re.escape(last.title())})"
    if len(last) < 2 or re.search(rf"[a-z,] [A-Z][\w.’'-]+ {surname}\b(?! [A-Z\d])", words):
        return len(last) > 1
    subjects = re.finditer(rf"(?:\A|[.!?…] )(?:(?:The )?([\w.’'-]+) )?{surname} ([a-z]+)\b", words)
    return any(_somebody(m[1], reader) and _done(m[2], reader) for m in subjects)


def _somebody(first: str | None, reader: Reader) -> bool:
    """Is a word before a surname none, or a given name, a title or a role, and no preposition or the like?"""
    word = (first or "").lower()
    return first is None or (first[0].isupper() and word not in reader.nouns.function) or word in reader.nouns.roles


def _done(word: str, reader: Reader) -> bool:
    """Is it a verb behind its subject?"""
    return word in reader.finite or reader.lexicon.reports(word) or past(Token(0, len(word), word, upper=False), reader)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
