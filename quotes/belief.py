"""Which candidates of the learned detector are believed: those that are sure enough, and those the text speaks for.

A less sure one is believed where the lexicon knows its cue as one of saying and the words around it have the frame of
a report: a source, the cue, and right behind it what such a verb takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotes.detectors.clauses import Reader, reader_of
from quotes.detectors.layout import dateline
from quotes.detectors.nouns import tokens
from quotes.edges import SENTENCE, Spoken, kind_of, line_of
from quotes.lexicon import Cue, Lexicon, cue_words
from quotes.models import Attribution
from quotes.senses import finite

TAKING = frozenset(["criticise", "praise", "deny", "accuse", "ask", "suggest", "warn"])  # stances that need no clause
PARTICLES = frozenset(["for", "off", "of", "out"])  # that belong to such verbs
NEAR = 400  # code points of a sentence before its cue
GAP = re.compile(r",? (?:(?:[a-z]+ly|also|later|on \w+day) )?")  # between a source and its cue


def believed(page: Spoken, candidates: Iterable[Attribution], lexicon: Lexicon, least: float) -> Iterator[Attribution]:
    """Candidates that are sure enough, and less sure ones that the text itself speaks for."""
    reader = reader_of(lexicon)
    for candidate in candidates:
        if candidate.confidence >= least:
            yield candidate
        elif candidate.cue and not any(page.around(candidate.cue[0])):  # in a quotation that one reports
            cue = lexicon.read_cue(cue_words(page.text, candidate))
            if cue.mode == "statement" and candidate.source and spoken_for(page, candidate, cue, lexicon):
                yield candidate
            elif cue.mode == "statement" and (cue.stance in TAKING or undisclosed(cue, lexicon)):
                owned = candidate if candidate.source else with_subject(page, candidate, reader)
                if owned.source and taken(page.text, owned, reader):
                    yield owned


def undisclosed(cue: Cue, lexicon: Lexicon) -> bool:
    """Was something not disclosed, plainly: "did not give a date"?"""
    return cue.negated and cue.lemma in lexicon.modifiers["disclosure"]


def spoken_for(page: Spoken, candidate: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Was it a quotation or a clause that was said?

    A clause is one with "that", or after a verb that carries most quotations any that a small word shows to be one.
    """
    if kind_of(page, candidate.content) == "direct":
        return True
    words = candidate.content[0].of(page.text)
    return words.startswith("that ") or (cue.lemma in lexicon.modifiers["core"] and bool(finite(lexicon).search(words)))


def taken(text: str, candidate: Attribution, reader: Reader) -> bool:
    """Is it subject, verb in the past and object: "welcomed the vote"; or one more that goes on, ", blaming demand"?"""
    verb, content = candidate.cue[-1], candidate.content[0]
    if candidate.source > candidate.cue or len(candidate.cue) > 1 or text[verb.end : content.start] != " ":
        return False
    words = verb.of(text).split()
    head = next((word for word in words if not reader.in_verb_group(word)), "")
    if head.endswith("ing"):
        return head == words[0] and text[: verb.start].endswith(", ")
    past = reader.lexicon.lemma(head) != head and not head.endswith("s")
    past = (past or words[0] == "did") and set(words[words.index(head) + 1 :]) <= PARTICLES
    object_ = tokens(text, content.start, content.end, reader.lexicon)
    begins = object_[0].word.endswith("ing") or reader.nouns.begins(object_, 0)
    begins = begins or object_[0].word in reader.words["indefinite"]
    return past and begins and bool(GAP.fullmatch(text, candidate.source[-1].end, verb.start))


def with_subject(page: Spoken, candidate: Attribution, reader: Reader) -> Attribution:
    """A candidate without a source, with what stands before its cue from the beginning of the sentence, if that is a
    subject.
    """
    cue = candidate.cue[0]
    line = line_of(page.text, cue.start)
    start = max(line.start, cue.start - NEAR)
    dated = dateline(page.text, line.start, cue.start, bare=True)
    start = max((m.end() for m in SENTENCE.finditer(page.text, start, cue.start)), default=start)
    start = max(start, dated.end()) if dated else start
    clause = reader.leading(tokens(page.text, start, cue.end, reader.lexicon), 1)
    if clause is None or clause.source is None or clause.source.start != start:
        return candidate
    return replace(candidate, source=(clause.source,))
