"""Reports within reports, which the model was not taught: "Lind said Ek had told her X", "He told me 'no'," Smith said.

Only what leaves no doubt is read: a verb that carries most quotations, with its subject before it, and after it a
quotation in marks of its own, or the clause with which what was reported begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotes.detectors.clauses import FINITE, OBJECTIVE, Clause, Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.marks import Quotation
from quotes.detectors.nouns import NOMINATIVE, Token, tokens
from quotes.models import Attribution, Extent

NEAR = 200  # code points of a content in which the inner cue clause must end
LIKELY = 0.6
STOPS = frozenset(".?!…")
OPENING = frozenset("\"“«'‘")
CLOSING = " ,.\"”’'»"
LINKING = frozenset(["that", "and", "but", "so"])
SELF = re.compile(r"[\"“«'‘]*\s*(?:(?:[Aa]nd|[Bb]ut|[Ss]o),? )?(?:I|[Ww]e) ")
REACH = 3  # words between an inner cue and its quotation


def quoted(text: str, quotations: Sequence[Quotation], reader: Reader) -> Iterator[Attribution]:
    """Speech in a quotation inside a quotation, by the cue clause before it: He told me 'no'."""
    outer: Quotation | None = None
    for quotation in sorted(quotations, key=lambda q: q.extent):
        if quotation.depth == 0:
            outer = quotation
        elif quotation.depth == 1 and outer is not None and quotation.extent.end <= outer.extent.end:
            start = max(outer.inner.start, quotation.extent.start - NEAR)
            found = _last_sentence(tokens(text, start, quotation.extent.start, reader.lexicon))
            clause = reader.leading(found, REACH) if found else None
            if clause and clause.source and _core(text, clause, reader):
                told = (clause.told,) if clause.told else ()
                yield Attribution(
                    (quotation.extent,), (clause.cue,), (clause.source,), "direct", told=told, confidence=LIKELY
                )


def reported(
    text: str, attributions: Iterable[Attribution], sentences: Sentences, reader: Reader
) -> Iterator[Attribution]:
    """The report with which an indirect content begins: that Ek had told her that the keys were lost.

    In what was said word for word, each sentence in which "I" or "we" tell what they said at another time.
    """
    for attribution in attributions:
        first = attribution.content[0]
        verbatim = text[first.start] in OPENING or (attribution.detector == "rules" and attribution.kind == "direct")
        if not verbatim and len(attribution.content) == 1:
            yield from _within(text, first, reader)
        for piece in attribution.content if verbatim else ():
            for sentence in sentences.inside(piece):
                if SELF.match(text, sentence.start, sentence.end):
                    words = Extent(sentence.start, sentence.start + len(sentence.of(text).rstrip(CLOSING)))
                    yield from (a for a in _within(text, words, reader) if _past(text, a, reader))


def _within(text: str, content: Extent, reader: Reader) -> Iterator[Attribution]:
    """The report with which some words begin, behind "that" or "and" perhaps."""
    found = tokens(text, content.start, min(content.end, content.start + NEAR), reader.lexicon)
    found = found[next((i for i, t in enumerate(found) if not t.mark), len(found)) :]
    stop = next((i for i, t in enumerate(found) if t.word in STOPS), len(found))
    end = found[stop].start if stop < len(found) else content.end
    found = found[found[0].word in LINKING : stop] if found else found
    clause = _told(found, reader.following(found)) if found else None
    if clause is None or clause.source is None or clause.source.start != found[0].start:
        return
    rest = [t for t in found if t.start >= (clause.told or clause.cue).end]
    joined = _joined(found, clause, reader) and "—" not in clause.source.of(text)
    said = (_core(text, clause, reader) or _stated(text, clause, rest, reader)) and _clause_begins(rest, reader)
    if joined and (said or _done(text, clause, rest, reader)):
        told = (clause.told,) if clause.told else ()
        inner = Extent(rest[0].start, end)
        yield Attribution((inner,), (clause.cue,), (clause.source,), told=told, detector="rules", confidence=LIKELY)


def _past(text: str, attribution: Attribution, reader: Reader) -> bool:
    """Is it the verb alone, in the past: "said", "had promised"?"""
    words = attribution.cue[0].of(text).split()
    plain = len(words) == 1 or (len(words) == 2 and words[0] == "had")
    return plain and reader.lexicon.lemma(words[-1]) != words[-1] and not words[-1].endswith(("s", "ing"))


def _joined(found: Sequence[Token], clause: Clause, reader: Reader) -> bool:
    """Is nothing between a source and its cue but commas and a time: "Lang on Monday insisted"?"""
    start = clause.source.end if clause.source else 0
    between = [t.word for t in found if start <= t.start < clause.cue.start]
    return all(word == "," or word == "on" or word in reader.words["time"] for word in between)


def _told(found: Sequence[Token], clause: Clause | None) -> Clause | None:
    """A clause with the pronoun behind its verb as the addressee: "assured her"."""
    if clause is None or clause.told:
        return clause
    rest = [t for t in found if t.start >= clause.cue.end]
    addressed = len(rest) > 1 and rest[0].word in (*OBJECTIVE, "her")
    return replace(clause, told=Extent(rest[0].start, rest[0].end)) if addressed else clause


def _core(text: str, clause: Clause, reader: Reader) -> bool:
    return reader.lexicon.read_cue(clause.cue.of(text)).lemma in reader.words["core"]


def _stated(text: str, clause: Clause, rest: Sequence[Token], reader: Reader) -> bool:
    """Does any verb of stating lead to "that", or to a clause for somebody: "denied that …", "assured her the …"?"""
    cue = reader.lexicon.read_cue(clause.cue.of(text))
    led = bool(rest) and (rest[0].word == "that" or (clause.told is not None and cue.stance != "ask"))
    return cue.mode == "statement" and led


def _done(text: str, clause: Clause, rest: Sequence[Token], reader: Reader) -> bool:
    """Does a deed follow: "admitted moving the gun", "vowed to stay", "told him to go"?"""
    cue = reader.lexicon.read_cue(clause.cue.of(text))
    if len(rest) < 2 or rest[0].word != "to":
        return len(rest) > 1 and rest[0].word.endswith("ing") and cue.stance in ("admit", "deny")
    return cue.stance == "promise" or (clause.told is not None and cue.lemma in reader.words["addressed"])


def _clause_begins(found: Sequence[Token], reader: Reader) -> bool:
    """Does a clause begin here: "that" and more, or a subject?"""
    if len(found) < 3:
        return False
    if found[0].word == "that":  # but not "polls that showed him ahead"
        return not (found[1].word in FINITE or reader.lexicon.reports(found[1].word))
    determined = found[0].word in reader.words["determiner"] or found[0].word in NOMINATIVE
    return determined or reader.nouns.is_name(found[0])


def _last_sentence(found: Sequence[Token]) -> Sequence[Token]:
    """What follows the last full stop."""
    last = max((i for i, t in enumerate(found) if t.word in STOPS), default=-1)
    return found[last + 1 :]
