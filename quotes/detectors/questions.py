"""Questions on lines of their own: what stands between them in an interview is what the one person answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes.models import Attribution, Extent, Name

# "The Post spoke with Ann Ek", "An interview with the poet Ann Ek"
MET = re.compile(
    r"\b(?:interview(?:s|ed)|interview with|(?:spoke|talked|sat down|caught up|chatted) (?:with|to)|Q ?& ?A with"
    r"|in conversation with|questions (?:for|to))\b",
    re.IGNORECASE,
)
TOPIC = re.compile(r"\b(?:about|on)\b|[.:;?!] |\n")  # behind these stands what they spoke of
REACH = 120  # characters from there to the name, for a title or a role between
PARAGRAPH = re.compile(r"^[ \t]*(\S(?:[^\n]*\S)?)", re.MULTILINE)
ASKED = re.compile(r"[^\s\"“‘(\[].*\?")
ANSWERED = re.compile(r"(?!\w{1,12}\.?: )[^\s(\[].*[.?!…][\"”’)]*")
INVITED = re.compile(r"(?:^|[.!?] )(?:[Pp]lease )?(?:[Tt]alk|[Tt]ell|[Ww]alk|[Tt]ake) (?:us|me|our)\b")
TURNED = re.compile(r"\?|\b(?:[Yy]ou|[Yy]our)\b")  # to the other one, where nobody says "I"
OTHER = re.compile(r"\b(?:you|your|yourself)\b", re.IGNORECASE)  # rhetorical questions turn to nobody
MARKED = re.compile(r"[\"“][^\"“”]*[\"”]")
OWN = re.compile(r"\b(?:I|we|We|my|My|our|Our)\b")
LEAST = 3  # questions, fewer of which any article may have
LEAD, BEGINNING = 4, 4000  # paragraphs and characters that say who is interviewed
LIKELY = 0.6


def answers(text: str, names: Sequence[Name]) -> list[Attribution]:
    """What the one person of an interview answers, paragraph by paragraph; nothing where two are interviewed.

    An interview says near its beginning, in the third person, whom somebody "spoke with", has three paragraphs or more
    that are questions, most of them to "you", and answers in the first person. Each paragraph is a claim without a cue
    whose source is the name at the beginning.
    """
    lines = list(PARAGRAPH.finditer(text))
    if sum(bool(ASKED.fullmatch(line[1])) for line in lines[1:]) < LEAST:
        return []
    asked = [i for i, line in enumerate(lines) if i and _asks(line[1])]
    lead = min(lines[min(asked[0], LEAD) - 1].end(), BEGINNING)
    person = None if _reported(text[: lines[asked[0]].start()]) else _interviewed(text, lead, names)
    turned = [bool(OTHER.search(lines[i][1])) for i in asked if ASKED.fullmatch(lines[i][1])]
    if person is None or 2 * sum(turned) < len(turned):
        return []
    surname = re.compile(rf"\b{re.escape(person.of(text).split()[-1].strip('.'))}\b")  # in captions, and of somebody
    spoken = [line for line in _between(lines, asked) if not surname.search(line[1])]
    if 2 * sum(bool(OWN.search(line[1])) for line in spoken) < len(asked):
        return []
    return [Attribution((Extent(*m.span(1)),), source=(person,), kind="direct", confidence=LIKELY) for m in spoken]


def _reported(lead: str) -> bool:
    """Does the reporter say "I" or "we" in the lead? Then the answers may be the reporter's own."""
    return OWN.search(MARKED.sub("", lead)) is not None


def _asks(paragraph: str) -> bool:
    """Is the other one to go on? Where the layout cannot tell, words are rather nobody's than the wrong one's."""
    own = OWN.search(paragraph)
    return bool(ASKED.fullmatch(paragraph) or INVITED.search(paragraph) or (not own and TURNED.search(paragraph)))


def _between(lines: Sequence[re.Match[str]], asked: Sequence[int]) -> Iterator[re.Match[str]]:
    """The paragraphs of answers; of those behind the last question only the first, for an article ends as it likes."""
    for question, following in pairwise([*asked, min(asked[-1] + 2, len(lines))]):
        yield from (line for line in lines[question + 1 : following] if ANSWERED.fullmatch(line[1]))


def _interviewed(text: str, end: int, names: Sequence[Name]) -> Extent | None:
    """The one person whom the beginning says somebody met."""
    people = [n.extent for n in names if n.label == "PER" and n.extent.end <= end and " " in n.extent.of(text)]
    met = set()
    for found in MET.finditer(text, 0, end):
        near = [p for p in people if 0 <= p.start - found.end() <= REACH]
        if not near or TOPIC.search(text[found.end() : near[0].start]):
            continue
        met.add(near[0])
        if len(near) > 1 and text[near[0].end : near[1].start].strip() in ("and", ",", "&"):
            return None
    return min(met, key=lambda p: p.start) if len({p.of(text) for p in met}) == 1 else None
