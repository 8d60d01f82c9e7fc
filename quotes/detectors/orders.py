"""Indirect speech whose cue clause stands in the middle of what was said, behind it, or before it as "As Lind put it".

Only what leaves no doubt is read. "The plan, he said, was dead": a clause of no more than a subject and a verb of
saying between two commas or dashes, behind which the sentence goes on; what stands on both sides was said. "The plan
was dead, a court has heard": the same clause at the end of a sentence, or with an appositive behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from quotes.detectors.clauses import OBJECTIVE, Clause, Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.layout import dateline
from quotes.detectors.nominal import past
from quotes.detectors.nouns import RELATIVE, Token, tokens
from quotes.models import Attribution, Extent

WORDS = r"((?:[^,.;:!?\"“”‘\n–—]|(?<=\d)[,.](?=\d)){3,100})"
MIDDLE = re.compile(rf"(?:,|(?<= )[-–—])[ \xa0]{WORDS}(?:,|[ \xa0][-–—])[ \xa0](?=[^\s\"“”‘'])")
LAST = re.compile(rf",[ \xa0]{WORDS}(?:,[ \xa0](?=an?\b|the\b)|\.(?=\s|\Z))")
PUT = re.compile(
    r"(?:^|(?<=[.!?…”\"] ))(As) ([^.;:\n\"“”]{2,100}?) (put|puts) (it)( [^,.;:\n\"“”]{1,60})?, (?=[^\s\"“‘'])", re.M
)
SHARE = r"\d[\d.,]{0,6}(?:%| per ?cent)"
FIGURE = re.compile(
    rf"\bput(?:s|ting)? ([^,.;:\n\"“”]{{3,80}}?) (?:at|on(?= {SHARE})) (?:(?:about|almost|around|between|just|more"
    r"|nearly|over|roughly|some|than|under) ){0,2}[$€£¥₹]?\d"
    rf"(?:[^;:\n\"“”]{{0,80}}? on {SHARE}(?=[,.]?\s)|[^;:\n\"“”]{{0,80}}?)"
    r"(?=,\s| and | but |\.?(?:\s|\Z)(?<=\.\s)|\.?(?:\n|\Z))"
)
FARTHEST = 100  # code points between the first mark and the verb
LONGEST = 400  # code points of a sentence on either side of its clause
TAIL = 4  # words of a clause from its verb on
MARKS = re.compile('["“”‘;:]')
LIKELY = 0.6


def reported(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The sentences that a cue clause interrupts, each with its content in two pieces, and those that one ends."""
    end = 0
    for place in sentences.cues:
        if place < end:
            continue
        comma = max(text.rfind(mark, max(end, place - FARTHEST), place) for mark in (", ", "– ", "— ", "- "))
        for form in (MIDDLE, LAST):
            found = form.match(text, comma) if comma >= 0 else None
            near = found and found.end(1) > place and _near(found, place)
            read = _sentence(text, found, sentences, reader) if found and near else None
            if found and read:
                yield read
                end = found.end()
                break


def _near(found: re.Match[str], place: int) -> bool:
    """Is a verb among the last words of a clause, or its first?"""
    return found.string.count(" ", place, found.end(1)) < TAIL or place == found.start(1)


def _sentence(text: str, found: re.Match[str], sentences: Sentences, reader: Reader) -> Attribution | None:
    """What the sentence around a clause says, if the clause is a cue clause and the sentence fits it."""
    clause = _clause(text, tokens(text, *found.span(1), reader.lexicon), reader)
    if clause is None or clause.source is None:
        return None
    at = bisect_right(sentences.ends, found.start(1))
    start, stop = sentences.ends[at - 1] if at else 0, sentences.ends[min(at, len(sentences.ends) - 1)]
    if max(found.start() - start, stop - found.end()) > LONGEST:
        return None
    start = dated.end() if (dated := dateline(text, start, stop, bare=False)) else start
    before = [] if MARKS.search(text, start, found.start()) else tokens(text, start, found.start(), reader.lexicon)
    before = before[len(before) > 1 and before[0].word in reader.words["opener"] :]
    if not before or not _plain(text, before, reader):
        return None
    pieces = [Extent(before[0].start, before[-1].end)]
    if found.re is MIDDLE:
        after = tokens(text, found.end(), stop, reader.lexicon)
        if not (_goes_on(before, after, reader) or _led(before, after, reader)):
            return None
        pieces.append(Extent(found.end(), found.end() + len(text[found.end() : stop].rstrip().removesuffix("."))))
    elif not _whole(text, before, clause, reader):
        return None
    told = (clause.told,) if clause.told else ()
    return Attribution(tuple(pieces), (clause.cue,), (clause.source,), told=told, confidence=LIKELY)


def _clause(text: str, found: Sequence[Token], reader: Reader) -> Clause | None:
    """A clause that is all subject and verb of saying, with a time or an addressee perhaps."""
    clause = reader.following(found) if found and found[0].word not in RELATIVE | reader.words["subordinator"] else None
    if clause is None or clause.source is None:
        return None
    roles = [clause.source, clause.cue, *([clause.told] if clause.told else [])]
    rest = [t.word for t in found if not any(e.start <= t.start < e.end for e in roles)]
    plain = all(w in reader.words["time"] or w in reader.words["adverb"] or w in ("on", "in") for w in rest)
    cue, inverted = reader.lexicon.read_cue(clause.cue.of(text)), clause.cue < clause.source
    clauses = any(t.word in reader.finite for t in tokens(text, clause.source.start, clause.source.end, reader.lexicon))
    other = clauses or cue.passive or cue.lemma in reader.words["naming"]
    addressed = inverted and (cue.lemma in reader.words["addressed"] or cue.lemma not in reader.words["core"])
    whole = clause.source.start in (found[0].start, clause.cue.end + 1)
    return clause if plain and whole and not (other or addressed) else None


def _plain(text: str, before: Sequence[Token], reader: Reader) -> bool:
    """Does a sentence begin here in which nobody else says anything, up to no "which"?"""
    core = (reader.lexicon.reports(t.word) and reader.lexicon.lemma(t.word) in reader.words["core"] for t in before)
    others = any(core) or any(t.word == "according" for t in before)
    begins = before[0].upper or text[before[0].start - 1 : before[0].start].isspace()
    return not others and begins and not before[0].mark and before[-1].word not in RELATIVE


def _whole(text: str, before: Sequence[Token], clause: Clause, reader: Reader) -> bool:
    """Do the words before a clause make a sentence, and no clause that belongs to it ("While it rained")?"""
    cue, opening = reader.lexicon.read_cue(clause.cue.of(text)), before[0].word
    formed = opening.endswith(("ing", "ed")) and reader.lexicon.lemma(opening) != opening
    participle = formed and any(t.word in reader.nouns.function - reader.finite for t in before[1:2])
    says = cue.lemma in reader.words["core"] or cue.stance in ("claim", "report", "show")
    verb = any(t.word in reader.finite or past(t, reader) for t in _main(before)[1:])
    return says and verb and not participle and opening not in reader.words["subordinator"]


def _main(before: Sequence[Token]) -> Sequence[Token]:
    """The words of a sentence without the relative clauses between its commas: "Lind, who was not there"."""
    main: list[Token] = []
    relative = False
    for i, token in enumerate(before):
        relative = token.word != "," and (relative or (token.word in RELATIVE and i > 0 and before[i - 1].word == ","))
        if not relative:
            main.append(token)
    return main


def _goes_on(before: Sequence[Token], after: Sequence[Token], reader: Reader) -> bool:
    """Do the words after a clause go on with a subject before it: is a verb the first of them?"""
    if len(after) < 3 or not after[-1].mark:
        return False
    verb = next((t for t in after if not reader.in_verb_group(t.word) or t.word in reader.finite), after[0])
    return verb.word in reader.finite or (past(verb, reader) and not any(t.word in reader.finite for t in before))


def _led(before: Sequence[Token], after: Sequence[Token], reader: Reader) -> bool:
    """Do the words before a clause lead in the sentence behind it: "Unless it rains, Lind said, the well is dry"?"""
    leading = before[0].word in reader.words["subordinator"] | reader.words["preposition"]
    if not leading or len(after) < 3 or not after[-1].mark or not reader.nouns.begins(after, 0):
        return False
    said = any(reader.lexicon.reports(t.word) and reader.lexicon.lemma(t.word) in reader.words["core"] for t in after)
    return not said and any(t.word in reader.finite or past(t, reader) for t in after[1:])


def put(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """ "As Lind put it, the sea had won", and figures: "Lind put the damage at 3 million"."""
    for found in PUT.finditer(text):
        stop = sentences.ends[min(bisect_right(sentences.ends, found.end()), len(sentences.ends) - 1)]
        said = Extent(found.end(), found.end() + len(text[found.end() : stop].rstrip().removesuffix(".")))
        tail = tokens(text, *found.span(5), reader.lexicon) if found[5] else []
        if _worded(tail, reader) and reader.nouns.begins(tokens(text, *found.span(2), reader.lexicon), 0):
            cue = (Extent(*found.span(1)), Extent(found.start(3), found.end(4)))
            yield Attribution((said,), cue, (Extent(*found.span(2)),), confidence=LIKELY)
    for found in FIGURE.finditer(text):
        at = bisect_right(sentences.ends, found.start())
        start = max(sentences.ends[at - 1] if at else 0, found.start() - LONGEST)
        verb = found.start(1) - 1
        clause = reader.leading(tokens(text, start, verb, reader.lexicon), 1)
        measured = text.startswith(" on ", found.end(1))
        measured = measured or any(_measure(t, reader) for t in tokens(text, *found.span(1), reader.lexicon))
        if measured and clause and clause.source and clause.cue.end == verb and clause.source.end < clause.cue.start:
            yield Attribution(
                (Extent(found.start(1), found.end()),), (clause.cue,), (clause.source,), confidence=LIKELY
            )


def _worded(tail: Sequence[Token], reader: Reader) -> bool:
    """Can these words stand behind "put it" of what was said: "in court", "to reporters", "last week", not "down"?"""
    if len(tail) < 2 or tail[0].word in reader.words["time"]:
        return not tail or tail[0].word in reader.words["time"]
    end = next((i for i, t in enumerate(tail) if i and t.word in reader.words["preposition"]), len(tail))
    last = tail[end - 1]
    told = reader.lexicon.documents.union(*(reader.words[role] for role in ("hearing", "occasion", "time")))
    said = last.word in told or last.word.isdigit()
    person = last.upper or last.word in OBJECTIVE or reader.lexicon.lemma(last.word) in reader.nouns.roles
    return (tail[0].word in ("at", "in", "on") and said) or (tail[0].word == "to" and (said or person))


def _measure(token: Token, reader: Reader) -> bool:
    """Is it a noun of what is counted or measured, in one or many: "toll", "losses"?"""
    return token.word in reader.words["measure"] or reader.lexicon.lemma(token.word) in reader.words["measure"]
