"""Verbs of saying that share a subject, which the model was not taught to take apart, by the frame that follows them.

"Smith said it rained and warned that it would snow", "Smith rejected the charge, saying it was false". A verb counts
only where the lexicon knows that it says something, and where what follows it can be nothing but what was said: a
clause with "that", "to" after a promise, "-ing" after a denial, a noun after praise or blame.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import Sentences
from quotes.detectors.nominal import past
from quotes.detectors.nouns import NOMINATIVE, PERSONS, RELATIVE, Token, tokens
from quotes.lexicon import cue_words
from quotes.models import Attribution, Extent

NEAR = 100  # code points of a subject that begins its sentence
FAR = 600  # code points behind a cue in which a second verb is looked for
LIKELY, CARRIED = 0.6, 0.4
MARKS = frozenset('"“”')
STOPS = frozenset(".?!…;")
JUDGING = frozenset(["criticise", "praise", "deny", "accuse", "support", "oppose", "ask", "predict"])  # take a noun
DOING = frozenset(["admit", "deny"])  # stances that take "-ing"
CARRIED_ON = frozenset(["he", "it", "she", "that", "there", "they", "this"])  # subjects that a report had before
MINDLESS = frozenset(["threaten", "promise"])  # verbs that storms, teams and evenings are subjects of
AFTERWARDS = frozenset(["later", "eventually", "subsequently"])  # the reporter looks back
NEXT = re.compile(r"\. +([A-Z][^.!?\n\"“”:;]{10,300})\.(?=\s|\Z)")
PARTICLES = frozenset(["for", "off", "out"])
JOINING = RELATIVE | {"because", "if", "when", "while", "after", "before", "as", "since", "until", "where"}
LED = re.compile(r"\w+(?: to |, (?:citing|quoting) | \w+ing\b)")
CITED = re.compile(r", (?:citing|quoting) ([^,;:.\n\"“”]{3,80}), (?=that )")
UNSAID = re.compile(
    r",? (?:and|but) ((?:did|does|do|would|could|will)(?: not|n['’]t)|declined to|refused to) (\w+)"
    r" ((?:when|where|why|how|who|what|which|whether|if)\b[^,.;:?!\n\"“”]{0,200})(?=[,.;]|\Z|\n)"
)
JOINED = re.compile(r"\b(?:and|but)\b")
WORD = re.compile(r"\w+")


def coordinated(text: str, attributions: Sequence[Attribution], reader: Reader) -> list[Attribution]:
    """The attributions, with those of further verbs of the same subject; what these say is taken out of the first."""
    taken = {m.start() for a in attributions for e in a.cue for m in WORD.finditer(text, e.start, e.end)}
    found: list[Attribution] = []
    for attribution in attributions:
        if attribution.source and attribution.source < attribution.cue < attribution.content:
            kept, further = _further(text, attribution, reader, taken)
            found += [kept, *_before(text, attribution, reader, taken), *further, *_unsaid(text, kept, reader, taken)]
        else:
            found.append(attribution)
    return found


def plain(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """A sentence that is no more than a subject, a verb of saying and what was said: "Maldini threatened to leave".

    Also with the source that is cited in between: "The agency reported, citing officials, that …".
    """
    for place in sentences.cues:
        if LED.match(text, place):
            before, words = sentences.split(Extent(place, place))
            begin = place
            if len(before) > 1 and reader.lexicon.lemma(before[-1].word) == "have":  # "has vowed to"
                begin, before = before[-1].start, before[:-1]
            near = before and place - before[0].start <= NEAR
            if near and len(words) > 2 and words[0].start == place and subject(before, words[0].word, reader):
                yield from _stated(text, before, words, begin, reader)


def _stated(
    text: str, before: Sequence[Token], words: Sequence[Token], begin: int, reader: Reader
) -> Iterator[Attribution]:
    """What a subject says with the verb that begins the words behind it, if its frame tells; its cue begins there or
    with an auxiliary.
    """
    cited = CITED.match(text, words[0].end)
    first = next((i for i, t in enumerate(words) if cited and t.start >= cited.end()), 1)
    if first + 2 < len(words) and (cited or (words[1].word != "that" and framed(words, 0, reader))):
        last = words[-1 - (words[-1].word in STOPS)]
        yield Attribution(
            (Extent(words[first].start, last.end),),
            (Extent(begin, words[0].end),),
            (Extent(before[0].start, before[-1].end),),
            cited=(Extent(*cited.span(1)),) if cited else (),
            confidence=LIKELY,
        )


def subject(before: Sequence[Token], verb: str, reader: Reader) -> bool:
    """Are these words one noun phrase of somebody's, with no verb and no mark in it?

    Storms and teams have names too: of what threatens only a word for somebody tells that it speaks.
    """
    verbs = any(t.mark or t.word in reader.clausal or (reader.lexicon.reports(t.word) and not t.upper) for t in before)
    role = any(reader.lexicon.lemma(t.word) in reader.nouns.roles for t in before)
    alone = len(before) == 1
    named = any(t.upper for t in before[1:]) or (alone and reader.nouns.is_name(before[0]))
    somebody = role or (alone and before[0].word in PERSONS)
    named = named and reader.lexicon.lemma(verb) not in MINDLESS
    return not verbs and (somebody or named) and reader.nouns.begins(before, 0)


def carried(text: str, attributions: Sequence[Attribution], reader: Reader) -> Iterator[Attribution]:
    """The sentence behind an indirect report that goes on with it: "… said the roof must wait. It would cost …".

    Only the tenses of reported speech are believed ("would", "could", "had been closed" as the first verb), right
    behind a report in the past, with nobody else's words in it, about a thing or whom it spoke of: no other people.
    """
    cues = sorted(e.start for a in attributions for e in a.cue)
    for attribution in attributions:
        if not (attribution.source and attribution.cue and _past(text, attribution, reader)):
            continue
        found = NEXT.match(text, max(e.end for e in (*attribution.content, *attribution.cue, *attribution.source)))
        if found is None or bisect_left(cues, found.start(1)) < bisect_left(cues, found.end(1)):
            continue
        words = tokens(text, *found.span(1), reader.lexicon)
        if _shifted(words, reader) and _same(words, reader) and _clause(text, attribution, reader):
            yield replace(attribution, content=(Extent(*found.span(1)),), cue=(), detector="rules", confidence=CARRIED)


def _shifted(words: Sequence[Token], reader: Reader) -> bool:
    """Is the first verb in a tense that speech takes on when it is reported: "would close", "had been closed"?"""
    at = next(
        (i for i, t in enumerate(words) if t.word in reader.finite or t.word == "," or reader.lexicon.reports(t.word)),
        len(words) - 1,
    )
    if words[at].word != "had":
        return words[at].word in ("would", "could")
    deed = next((t for t in words[at + 1 :] if t.word != "been" and not reader.in_verb_group(t.word)), words[at])
    return past(deed, reader) or (words[at + 1].word == "been" and deed.word.endswith("ing"))


def _same(words: Sequence[Token], reader: Reader) -> bool:
    """Is a sentence about what a report spoke of, by its first words, and not about what came of it?"""
    if any(t.word in AFTERWARDS for t in words):
        return False
    subject = words[: next(i for i, t in enumerate(words) if t.word in reader.finite)]
    anew = any(reader.lexicon.lemma(t.word) in reader.nouns.roles for t in subject)
    return words[0].word in CARRIED_ON or (words[0].word in ("the", "such") and not anew)


def _past(text: str, attribution: Attribution, reader: Reader) -> bool:
    """Is it a plain report in the past: "said", "according to"?"""
    cue = reader.lexicon.read_cue(cue_words(text, attribution))
    verb = attribution.cue[-1].of(text).split()[-1]
    past = reader.lexicon.lemma(verb) != verb and not verb.endswith("s")
    return cue.lemma == "according to" or (past and cue.lemma in reader.words["core"])


def _clause(text: str, attribution: Attribution, reader: Reader) -> bool:
    """Is what was said a clause without quotation marks, and no noun with a relative clause ("the places that …")?"""
    words = tokens(text, attribution.content[0].start, attribution.content[0].end, reader.lexicon)[1:]
    if any(t.word in MARKS for t in words):
        return False
    return next(
        (t.word not in RELATIVE for t in words if t.word in reader.clausal or t.word.endswith("ed")),
        False,
    )


def _further(
    text: str, attribution: Attribution, reader: Reader, taken: set[int]
) -> tuple[Attribution, list[Attribution]]:
    """An attribution as far as the next verb of its subject, and those of the next verbs."""
    cue = attribution.cue[-1]
    line = text.find("\n", cue.end, cue.end + FAR)
    end = min(len(text), cue.end + FAR) if line < 0 else line
    if not JOINED.search(text, cue.end, end):
        return attribution, []
    words = tokens(text, cue.end, end, reader.lexicon)
    words = words[: next((i for i, t in enumerate(words) if t.word in STOPS), len(words))]
    joined = list(_verbs(text, attribution, words, reader))
    if not joined:
        return attribution, []
    stops = dict(zip(joined, [*(_conjunction(words, at) for at in joined[1:]), len(words)], strict=True))
    verbs = [(at, _last(words, at, reader)) for at in joined if words[at].start not in taken]
    further = [
        replace(
            attribution,
            content=(Extent(words[last + 1].start, words[stops[at] - 1].end),),
            cue=(Extent(words[at].start, words[last].end),),
            cited=(),
            detector="rules",
            confidence=LIKELY,
        )
        for at, last in verbs
    ]
    cuts = (words[_conjunction(words, at) - 1].end for at in joined)
    cut = next((place for place in cuts if place > attribution.content[0].start), len(text))
    kept = tuple(Extent(e.start, min(e.end, cut)) for e in attribution.content if e.start < cut)
    return replace(attribution, content=kept), further


def _unsaid(text: str, attribution: Attribution, reader: Reader, taken: set[int]) -> Iterator[Attribution]:
    """What the same subject left open right behind what it said: "but did not say when"."""
    found = UNSAID.match(text, attribution.content[-1].end)
    if found and found.start(2) not in taken and reader.lexicon.lemma(found[2]) in reader.words["disclosure"]:
        cue, content = Extent(found.start(1), found.end(2)), Extent(*found.span(3))
        yield replace(attribution, content=(content,), cue=(cue,), cited=(), detector="rules", confidence=LIKELY)


def _verbs(text: str, attribution: Attribution, words: Sequence[Token], reader: Reader) -> Iterator[int]:
    """Further verbs of saying of the same subject and tense; where somebody else is named it may be that one's."""
    cue, content = attribution.cue[-1].of(text), attribution.content[-1]
    present = cue.endswith("s") and reader.lexicon.lemma(cue.split()[-1]) != cue.split()[-1]
    for at in _joined(words, reader):
        before = [t for t in words[:at] if t.start >= content.start]
        earlier = words[_conjunction(words, at)].word == "," and _earlier(before, reader)
        noun = not any(t.word in reader.clausal or past(t, reader) or t.word in JOINING - {"as"} for t in before)
        outside = earlier or noun or not _somebody(before, reader) or _outside(before, words[at], reader)
        own = words[at].start > content.end or (outside and not _listed(before, reader))
        if own and words[at].word.endswith("s") == present and framed(words, at, reader):
            yield at


def _joined(words: Sequence[Token], reader: Reader) -> Iterator[int]:
    """Verbs of saying behind "and" or "but"."""
    for i, token in enumerate(words[:-2]):
        if token.word in ("and", "but"):
            at = i + 1
            while at < len(words) - 2 and words[at].word in reader.words["adverb"]:
                at += 1
            if not words[at].upper and not words[at].word.endswith("ing") and reader.lexicon.reports(words[at].word):
                yield at


def _conjunction(words: Sequence[Token], at: int) -> int:
    """Where the conjunction before a verb stands, or the comma before it."""
    while words[at].word not in ("and", "but"):
        at -= 1
    return at - (at > 1 and words[at - 1].word == ",")


def framed(words: Sequence[Token], at: int, reader: Reader) -> bool:
    """Does what was said begin behind a verb, by the verb's stance?"""
    last = _last(words, at, reader)
    lemma = reader.lexicon.lemma(words[at].word)
    sense = (
        reader.lexicon.cues["verb"][lemma] if last == at else reader.lexicon.cues["phrase"][_phrase(words, at, reader)]
    )
    following = words[last + 1]
    if following.word == "that":
        return len(words) > last + 3
    if following.word == "to":
        return sense.stance == "promise"
    if following.word.endswith("ing"):
        return sense.stance in DOING
    return sense.stance in JUDGING and reader.nouns.begins(words, last + 1) and following.word not in NOMINATIVE


def _last(words: Sequence[Token], at: int, reader: Reader) -> int:
    """The last word of a verb: the particle of "ruled out", "called for"."""
    phrase = at + 2 < len(words) and words[at + 1].word in PARTICLES
    return at + 1 if phrase and _phrase(words, at, reader) in reader.lexicon.cues["phrase"] else at


def _phrase(words: Sequence[Token], at: int, reader: Reader) -> str:
    return f"{reader.lexicon.lemma(words[at].word)} {words[at + 1].word}"


def _somebody(inside: Sequence[Token], reader: Reader) -> bool:
    """Do these words name anybody who could be the subject of a verb of saying?"""
    return any(
        (t.upper and t.word not in reader.words["time"])
        or t.word in NOMINATIVE
        or reader.lexicon.lemma(t.word) in reader.nouns.roles
        for t in inside
    )


def _listed(inside: Sequence[Token], reader: Reader) -> bool:
    """Does a further verb in the past stand behind a comma, as in a list that the verb of saying may end?"""
    return any(one.word == "," and past(other, reader) for one, other in pairwise(inside))


def _earlier(inside: Sequence[Token], reader: Reader) -> bool:
    """Is a clause in a tense of its own, before that of the verb of saying: "had been sent home"?"""
    return next((t.word for t in inside if t.word in reader.finite), "") == "had"


def _outside(inside: Sequence[Token], verb: Token, reader: Reader) -> bool:
    """Is a verb in the past none of the clause before it, whose own verb is "would go", "intends", "are", or no more
    than "running" or "to run"?
    """
    if reader.lexicon.lemma(verb.word) == verb.word or verb.word.endswith("s"):
        return False
    inside = inside[inside[0].word == "that" :] if inside else inside
    at = next(
        (i for i, t in enumerate(inside) if t.word in reader.clausal or _inflected(t, reader)),
        len(inside),
    )
    rest = [t.word for t in inside[at:]]
    if not rest:
        return any(t.word.endswith("ing") or t.word == "to" for t in inside)
    present = rest[0] == "are" or (rest[0].endswith("s") and rest[0] not in ("was", "has"))
    return not JOINING.intersection(rest[1:]) and (
        present or (rest[0] in reader.words["modal"] and "have" not in rest[:4])
    )


def _inflected(token: Token, reader: Reader) -> bool:
    """Does a word look like a verb with an ending?"""
    lemma = reader.lexicon.lemma(token.word)
    known = token.word.endswith("s") and lemma in reader.lexicon.cues["verb"]
    return not token.upper and lemma != token.word and (known or token.word.endswith("ed"))


def _before(text: str, attribution: Attribution, reader: Reader, taken: set[int]) -> Iterator[Attribution]:
    """The verb between a subject and the participle that goes on: rejected the charge, saying …"""
    source, cue = attribution.source[-1], attribution.cue[0]
    words = tokens(text, source.end, cue.start, reader.lexicon)
    if len(words) < 3 or words[-1].word != "," or not text[cue.start : cue.end].split()[0].endswith("ing"):
        return
    at = next((i for i, t in enumerate(words) if not reader.in_verb_group(t.word)), 0)
    verb = at + 2 < len(words) and words[at].start not in taken and reader.lexicon.reports(words[at].word)
    if verb and framed(words, at, reader):
        yield replace(
            attribution,
            content=(Extent(words[at + 1].start, words[-2].end),),
            cue=(Extent(words[0].start, words[at].end),),
            detector="rules",
            confidence=LIKELY,
        )
