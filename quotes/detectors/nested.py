"""Reports within reports, which the model was not taught: "Lind said Ek had told her X", "He told me 'no'," Smith said.

Only what leaves no doubt is read: a verb that carries most quotations, with its subject before it, and after it a
quotation in marks of its own, or the clause with which what was reported begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quotes.detectors.clauses import COUNTED, OBJECTIVE, Clause, Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.marks import Quotation
from quotes.detectors.nominal import past_verb
from quotes.detectors.nouns import NOMINATIVE, RELATIVE, Token, tokens
from quotes.lexicon import cue_words
from quotes.models import Attribution, Extent

NEAR = 200  # code points of a content in which the inner cue clause must end
LIKELY = 0.6
STOPS = frozenset(".?!…")
QUOTES = "\"“”‘’'"
EDGE = " \t.,?!…"
DOING = frozenset(["did", "does", "do"])  # verbs beside a verb that make nothing merely possible
SUBJECTS = NOMINATIVE - {"it", "you"}  # pronouns that are nothing else
ANYBODY = COUNTED | NOMINATIVE - {"it"}
GOING_ON = frozenset(["because", "then"])  # words before a sentence that goes on telling
SELF = frozenset(["i", "we"])
NAMING = frozenset(["brand", "call", "describe", "dub", "label"])  # verbs with an object and what it is to be
HOLLOW = frozenset(["grace", "mass", "sorry", "thing", "word"])  # are said, and say nothing
OPEN = re.compile(r"(?<!\w)[\"“‘'][^\"“”‘’']*\Z")
CLEFT = re.compile(r"[Ww]hat ([^,.;:?!\n\"“”]{1,60}) (?:was(?: that)?|is that) (?=\S)")
CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|that|there)['’]")
SOON = 60  # code points of a sentence before its verb of saying, and behind it up to what was said
ADDRESSEE = 7  # words up to the deed that somebody is told to do
FOR = frozenset(["for", "that"])
DATED = 5  # words of a time
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
    """The reports with which sentences of what was said begin: that Ek had told her that the keys were lost."""
    for attribution in attributions:
        laid_out = attribution.detector == "rules" and attribution.kind == "direct"
        denied = reader.lexicon.read_cue(cue_words(text, attribution)).stance == "deny"
        if denied and attribution.cue < attribution.content:
            continue  # what is denied was not said
        for extent in attribution.content:
            verbatim = laid_out or text[extent.start] in QUOTES
            for sentence, cue in _sentences(sentences, extent):
                if found := _report(text, sentence, cue, verbatim, reader):
                    yield found


def _sentences(sentences: Sentences, extent: Extent) -> Iterator[tuple[Extent, int]]:
    """The sentences of an extent with a verb of saying near their beginning, without marks at their edges; the verb."""
    text, edge = sentences.text, EDGE + (QUOTES if sentences.text[extent.start] in QUOTES else "")
    first, last = (bisect_left(sentences.cues, place) for place in (extent.start, extent.end))
    before = -1
    for cue in sentences.cues[first:last]:
        at = bisect_right(sentences.ends, cue)
        start = max(extent.start, sentences.ends[at - 1] if at else 0)
        if start != before and cue - start < SOON:
            words = text[start : min(extent.end, sentences.ends[min(at, len(sentences.ends) - 1)])]
            yield Extent(start + len(words) - len(words.lstrip(edge)), start + len(words.rstrip(edge))), cue
        before = start


def _report(text: str, sentence: Extent, cue: int, verbatim: bool, reader: Reader) -> Attribution | None:
    """The report that begins a sentence that somebody said; word for word, it ends before another main clause."""
    found = tokens(text, sentence.start, min(sentence.end, cue + SOON), reader.lexicon)
    while len(found) > 1 and _opens(found, reader):
        found = found[1:]
    cleft = CLEFT.match(text, found[0].start, sentence.end) if found else None
    if cleft:
        return _cleft(text, cleft, sentence.end, reader)
    clause = _told(text, found, reader.following(found), reader) if found else None
    if clause is None or clause.source is None or clause.source.start != found[0].start:
        return None
    rest = _undated([t for t in found if t.start >= (clause.told or clause.cue).end])
    joined = _joined(found, clause, reader) and "—" not in clause.source.of(text)
    said = (_core(text, clause, reader) or _stated(text, clause, rest, reader)) and _clause_begins(rest, reader)
    said = said or _bare(text, clause, rest, reader) or _named(text, clause, rest, reader)
    again = found[0].word not in SELF or _past(clause.cue.of(text), told=bool(clause.told), reader=reader)
    if (
        not joined
        or not again
        or not _somebody(text, clause, found, reader)
        or not (said or _done(text, clause, rest, reader))
    ):
        return None
    told = (clause.told,) if clause.told else ()
    inner = Extent(rest[0].start, _closed(text, Extent(rest[0].start, sentence.end)))
    inner = _main(text, inner, reader) if verbatim else inner
    return Attribution((inner,), (clause.cue,), (clause.source,), told=told, detector="rules", confidence=LIKELY)


def _opens(found: Sequence[Token], reader: Reader) -> bool:
    """Is a first word only the way into a sentence: "And", "No," but not "No doctor", "that" but not "that man"?"""
    word, following = found[0].word, found[1]
    if word == "that":
        subject = following.word in NOMINATIVE or following.word in reader.words["determiner"]
        subject = subject or following.word.isdigit()
        return subject or following.upper or following.word in reader.lexicon.groups or following.word.endswith("s")
    if word in reader.words["interjection"]:
        return following.word == ","
    return found[0].mark or word in reader.words["opener"] or word in GOING_ON


def _cleft(text: str, found: re.Match[str], end: int, reader: Reader) -> Attribution | None:
    """ "What he said was that it sank": what stands behind the verb."""
    words = tokens(text, *found.span(1), reader.lexicon)
    clause = reader.leading(words, 1) if words else None
    if clause is None or clause.source is None or clause.source.start != words[0].start:
        return None
    if not _core(text, clause, reader) or not _somebody(text, clause, words, reader):
        return None
    told = (clause.told,) if clause.told else ()
    said = Extent(found.end(), _closed(text, Extent(found.end(), end)))
    return Attribution((said,), (clause.cue,), (clause.source,), told=told, detector="rules", confidence=LIKELY)


def _closed(text: str, said: Extent) -> int:
    """Where the words end, with the mark that closes the one open in them."""
    open_ = text[said.end : said.end + 1] in tuple(QUOTES) and OPEN.search(text, said.start, said.end)
    return said.end + bool(open_)


def _bare(text: str, clause: Clause, rest: Sequence[Token], reader: Reader) -> bool:
    """Does one word without a subject follow "said": what to do, a number, a "no"?"""
    if not rest or clause.told or reader.lexicon.lemma(clause.cue.of(text)) != "say":
        return False
    word, stopped = rest[0].word, len(rest) == 1 or rest[1].mark
    if word in ("yes", "no"):
        return stopped
    formed = reader.lexicon.lemma(word) != word or word in reader.nouns.function or word in reader.words["greeting"]
    return not (formed or rest[0].mark or word.endswith("ly") or word in HOLLOW)


def _named(text: str, clause: Clause, rest: Sequence[Token], reader: Reader) -> bool:
    """Is somebody called something: "described you as “difficult”", "called me a coward"?"""
    if not _names(text, clause, reader) or len(rest) < 3 or rest[0].word not in (*OBJECTIVE, "her", "it"):
        return False
    return rest[1].word in ("a", "an", "as", *QUOTES)


def _names(text: str, clause: Clause, reader: Reader) -> bool:
    """Is it a verb with an object and what that is to be: "call", "describe"?"""
    return reader.lexicon.lemma(clause.cue.of(text).split()[-1]) in NAMING


def _past(cue: str, *, told: bool, reader: Reader) -> bool:
    """Is it the verb alone, in the past ("said", "had promised"), as one tells what one said at another time?

    What one has told somebody was said before too.
    """
    words = cue.split()
    plain = len(words) == 1 or (len(words) == 2 and (words[0] == "had" or (told and words[0] == "have")))
    return plain and reader.lexicon.lemma(words[-1]) != words[-1] and not words[-1].endswith(("s", "ing"))


def _somebody(text: str, clause: Clause, found: Sequence[Token], reader: Reader) -> bool:
    """Is it somebody who says it, and no more than possible ("could prove") or unsaid by whom ("was found")?"""
    cue = reader.lexicon.read_cue(clause.cue.of(text))
    modal = reader.words["modal"] - DOING
    possible = any(t.word in modal for t in found if clause.cue.start <= t.start < clause.cue.end)
    subject = [t for t in found if clause.source and t.start < clause.source.end]
    head = subject[: next((i for i, t in enumerate(subject) if t.word == ","), len(subject))]
    people = any(t.word in ANYBODY or reader.lexicon.lemma(t.word) in reader.nouns.roles for t in head)
    named = people or any(reader.nouns.is_name(t) for t in head)
    clauses = any(t.word in reader.clausal | reader.words["subordinator"] or CONTRACTED.match(t.word) for t in subject)
    return named and not possible and not clauses and not cue.passive


def _main(text: str, said: Extent, reader: Reader) -> Extent:
    """What was reported, as far as no other main clause begins behind a comma."""
    words = tokens(text, said.start, min(said.end, said.start + NEAR), reader.lexicon)
    for i, token in enumerate(words[:-2]):
        joined = words[i + 1].word in ("and", "but") and not token.mark and i + 3 < len(words)
        if joined and words[i + 2].word in SUBJECTS and reader.is_cue(words, i + 3):
            return Extent(said.start, token.end)
        subject = token.word == "," and words[i + 1].word in ("and", "but") and words[i + 2].word
        if subject and (subject in NOMINATIVE or subject in reader.words["determiner"]):
            return Extent(said.start, token.start)
    return said


def _undated(rest: Sequence[Token]) -> Sequence[Token]:
    """What was said without the time before its "that": "said in April |that the bottom was in"."""
    that = next((i for i, t in enumerate(rest[:DATED]) if t.word == "that"), 0)
    return rest[that:] if that and rest[0].word in ("in", "on", "at", "last", "this") else rest


def _joined(found: Sequence[Token], clause: Clause, reader: Reader) -> bool:
    """Is nothing between a source and its cue but commas and a time: "Lang on Monday insisted"?"""
    start = clause.source.end if clause.source else 0
    between = [t.word for t in found if start <= t.start < clause.cue.start]
    timed = reader.words["time"] | reader.words["adverb"] | {",", "on"}
    return all(word in timed for word in between)


def _told(text: str, found: Sequence[Token], clause: Clause | None, reader: Reader) -> Clause | None:
    """A clause with the addressee behind its verb: "assured her", "ordered Lind (not) to go"."""
    if clause is None or clause.told or _names(text, clause, reader):
        return clause
    rest = [t for t in found if t.start >= clause.cue.end]
    if len(rest) > 1 and rest[0].word in (*OBJECTIVE, "her"):
        return replace(clause, told=Extent(rest[0].start, rest[0].end))
    to = next((i for i, t in enumerate(rest[:ADDRESSEE]) if t.word in ("to", "not") or t.mark or t.word in FOR), 0)
    asked = any(reader.lexicon.lemma(t.word) in reader.words["addressed"] for t in found if t.end == clause.cue.end)
    named = to and rest[to].word in ("to", "not", "that") and asked and reader.nouns.begins(rest, 0)
    return replace(clause, told=Extent(rest[0].start, rest[to - 1].end)) if named else clause


def _core(text: str, clause: Clause, reader: Reader) -> bool:
    return reader.lexicon.read_cue(clause.cue.of(text)).lemma in reader.words["core"]


def _stated(text: str, clause: Clause, rest: Sequence[Token], reader: Reader) -> bool:
    """Does any verb of stating lead to "that", or to a clause for somebody: "denied that …", "assured her the …"?"""
    cue = reader.lexicon.read_cue(clause.cue.of(text))
    told = clause.told is not None and cue.stance != "ask"
    return cue.mode == "statement" and bool(rest) and (rest[0].word == "that" or told)


def _done(text: str, clause: Clause, rest: Sequence[Token], reader: Reader) -> bool:
    """Does a deed follow: "admitted moving the gun", "vowed to stay", "told him to go"?"""
    cue = reader.lexicon.read_cue(clause.cue.of(text))
    words = [t.word for t in rest[:2]]
    if len(words) < 2:
        return False
    if words[0] == "to" or words == ["not", "to"]:
        return cue.stance == "promise" or (clause.told is not None and cue.lemma in reader.words["addressed"])
    return words[0].endswith("ing") and cue.stance in ("admit", "deny")


def _clause_begins(found: Sequence[Token], reader: Reader) -> bool:
    """Does a clause begin here: "that" and more, or a subject?"""
    if len(found) < 3 or found[0].mark or found[1].mark:
        return False
    if found[0].word == "that":  # but not "polls that showed him ahead"
        return not (found[1].word in reader.finite or reader.lexicon.reports(found[1].word))
    if found[0].word in SUBJECTS or found[1].word in reader.finite:
        return True
    head = found[: next((i for i, t in enumerate(found) if t.word in RELATIVE), len(found))]
    verb = any(t.word in reader.finite or past_verb(head, i, reader) for i, t in enumerate(head) if i)
    listed = NOMINATIVE | reader.words["determiner"] | reader.words["negator"]
    return verb and (found[0].word in listed or reader.nouns.is_name(found[0]))


def _last_sentence(found: Sequence[Token]) -> Sequence[Token]:
    """What follows the last full stop."""
    last = max((i for i, t in enumerate(found) if t.word in STOPS), default=-1)
    return found[last + 1 :]
