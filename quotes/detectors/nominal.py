"""Nouns that report: "Walker's claim that the vote was rigged", "the allegation by Medina that files were burned"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from quotes.detectors.clauses import Reader
from quotes.detectors.forms import WORD, Sentences
from quotes.detectors.nouns import NOMINATIVE, Token
from quotes.models import Attribution, Extent

LIKELY = 0.6
CLAIMING = frozenset(
    ["claim", "accuse", "admit", "deny", "predict", "promise", "report", "warn", "announce"]
)  # stances
BY = re.compile(r" (?:by|from|in) [^,;:.\n\"“”]{2,60} ")
MARK = re.compile(r"\S+")
NEAR = 160  # code points behind a noun in which its "that" and the beginning of the clause stand


def reported(text: str, sentences: Sentences, reader: Reader) -> Iterator[Attribution]:
    """The clause behind each noun of claiming, with who has it or made it.

    Where the noun is the subject of its sentence the clause must end where the verb of that subject begins; if that
    cannot be seen nothing is read.
    """
    for match in WORD.finditer(text):
        if (lemma := _noun(match[0], reader)) is None:
            continue
        before, after = sentences.split(Extent(*match.span()))
        first = _that([t for t in after if t.end <= match.end() + NEAR], lemma, reader)
        if first is None:
            continue
        if (source := _source(before, after[:first], reader)) is None:
            continue
        stop = _end(before, after, first, reader)
        if stop > first + 2:
            content = Extent(after[first].start, after[stop - 1].end)
            yield Attribution((content,), (Extent(*match.span()),), source, confidence=LIKELY)


def bounded(text: str, attribution: Attribution, sentences: Sentences, reader: Reader) -> Attribution:
    """What a noun reports, without the verb whose subject the noun is: "Her suggestion that it sank" is no news."""
    if not attribution.cue or len(attribution.content) != 1:
        return attribution
    (content,), cue = attribution.content, attribution.cue[-1]
    nouns = [m for m in WORD.finditer(text, cue.start, cue.end) if _stem(m[0], reader) in reader.lexicon.cues["noun"]]
    led = text.startswith("that ", content.start) and text[cue.end : content.start] == " "
    if not led or not nouns or nouns[-1].end() != cue.end:
        return attribution
    before, after = sentences.split(Extent(nouns[-1].start(), cue.end))
    after = [t for t in after if t.end <= content.end]
    owned = not before or _owner(before[-1]) or before[-1].word in reader.words["possessive"]
    owned = owned or before[-1].word in reader.words["determiner"]
    stop = _verb(after, 0, _pause(after, 0), reader) if after and owned and _opens(before, reader) else 0
    return replace(attribution, content=(Extent(content.start, after[stop - 1].end),)) if stop > 2 else attribution


def objected(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """ "Denied reports" and "that it sank": what was denied is the reports, and what those say is said by others."""
    if not attribution.cue or not attribution.content or attribution.content[0] < attribution.cue[-1]:
        return attribution
    cue, first, lexicon = attribution.cue[-1], attribution.content[0], reader.lexicon
    words = list(MARK.finditer(text, cue.start, cue.end))
    between = text[cue.end : first.start]
    led = text.startswith("that ", first.start) and (between == " " or BY.fullmatch(between))
    if not led or len(words) < 2 or _stem(words[-1][0], reader) not in lexicon.cues["noun"]:
        return attribution
    at = len(words) - 1
    while at > 1 and not (lexicon.reports(words[at - 1][0]) or words[at - 1][0] in reader.words["preposition"]):
        at -= 1
    verb = Extent(cue.start, words[at - 1].end())
    read = lexicon.read_cue(verb.of(text))
    if read.stance != "deny" and not read.negated:
        return attribution
    content = (Extent(words[at].start(), first.end), *attribution.content[1:])
    return replace(attribution, content=content, cue=(*attribution.cue[:-1], verb))


@lru_cache(maxsize=1 << 15)
def _noun(word: str, reader: Reader) -> str | None:
    """The lemma of a noun that claims something."""
    if not word[0].isalpha():
        return None
    lemma = _stem(word, reader)
    sense = reader.lexicon.cues["noun"].get(lemma)
    return lemma if sense and sense.mode == "statement" and sense.stance in CLAIMING else None


def _stem(word: str, reader: Reader) -> str:
    low = word.lower()
    return low if low in reader.lexicon.cues["noun"] else low.removesuffix("s")


def _that(after: Sequence[Token], lemma: str, reader: Reader) -> int | None:
    """Where what was claimed begins: at "that" before a clause, or at "to" after a promise; "by X" may come before."""
    promise = reader.lexicon.cues["noun"][lemma].stance == "promise"
    limit = 8 if after and after[0].word in ("by", "from", "of") else 1
    for i, token in enumerate(after[:limit]):
        if token.mark:
            return None
        if token.word == "that" and i + 3 < len(after):
            subject = not (after[i + 1].mark or after[i + 1].word in reader.finite or past(after[i + 1], reader))
            given = any(reader.lexicon.lemma(t.word) in reader.words["giving"] for t in after[i + 2 : i + 4])
            return i if subject and not given else None
        if token.word == "to" and promise and i + 2 < len(after):
            noun = after[i + 1].upper or after[i + 1].word in reader.words["determiner"]  # "a threat to Europe"
            return None if noun else i
    return None


def _source(before: Sequence[Token], between: Sequence[Token], reader: Reader) -> tuple[Extent, ...] | None:
    """Who claims it: the possessor, or who stands behind "by" or "from"; none for "the claim"; None if unclear."""
    if between:
        last = len(between) - 1
        people = last and reader.lexicon.lemma(between[1].word) in reader.nouns.roles
        named = between[0].word in ("by", "from") and last and (people or reader.nouns.begins(between, 1))
        return (Extent(between[1].start, between[last].end),) if named else None
    last = len(before) - 1
    while last > 0 and not before[last].upper and before[last].word.endswith(("ed", "al", "ous", "ive", "ent", "est")):
        last -= 1  # "the minister's repeated claim"
    if last < 0 or before[last].word in ("the", "any", "no", "some"):
        return ()
    if before[last].word in reader.words["possessive"]:
        return (Extent(before[last].start, before[last].end),)
    if _owner(before[last]):
        first = last
        while first and not before[first - 1].mark and before[first - 1].word not in reader.words["preposition"]:
            if before[first].word in reader.words["determiner"] or not (
                before[first - 1].upper
                or before[first - 1].word in reader.words["determiner"]
                or before[first - 1].word in reader.nouns.roles
            ):
                break
            first -= 1
        return (Extent(before[first].start, before[last].end),)
    return None


def _owner(token: Token) -> bool:
    """Is it a possessive, or the apostrophe that ends one?"""
    return token.word.endswith(("'s", "’s")) or token.word in ("'", "’")


def _end(before: Sequence[Token], after: Sequence[Token], first: int, reader: Reader) -> int:
    """Where the clause ends: at a comma, or where the verb of the subject begins whose noun it is; 0 if unseen."""
    end = _pause(after, first)
    return _verb(after, first, end, reader) if _opens(before, reader) else end


def _pause(after: Sequence[Token], first: int) -> int:
    """Where the next mark stands that parts clauses."""
    return next((i for i in range(first, len(after)) if after[i].mark and after[i].word not in "'’-%$&"), len(after))


def _opens(before: Sequence[Token], reader: Reader) -> bool:
    """Is a noun the subject of its sentence, with no verb before it?"""
    opening = bool(before) and before[0].word in reader.words["preposition"]  # "Despite warnings that …, work went on"
    return not opening and not any(past(t, reader) or t.word in reader.finite for t in before)


def _verb(after: Sequence[Token], first: int, end: int, reader: Reader) -> int:
    """Where the verb of the sentence begins behind the clause of its subject; 0 if it cannot be told from others."""
    verbs = [i for i in range(first + 1, end) if after[i].word in reader.finite or past(after[i], reader)]
    groups = [i for n, i in enumerate(verbs) if not n or not _same_group(after, verbs[n - 1], i, reader)]
    wanted = 0 if after[first].word == "to" else 1
    return groups[wanted] if len(groups) == wanted + 1 else 0


def past(token: Token, reader: Reader) -> bool:
    """Is it a verb in the past, by its form?"""
    lemma = reader.lexicon.lemma(token.word)
    formed = lemma != token.word and not token.word.endswith(("s", "ing", "er", "est", "ly"))
    plain = token.word in reader.words["determiner"] or token.word in reader.lexicon.pronouns
    return formed and not (token.upper or token.mark or plain) and lemma not in reader.nouns.roles


def past_verb(found: Sequence[Token], at: int, reader: Reader) -> bool:
    """Is it a verb in the past, and no participle before a noun ("the tired old line")?"""
    return past(found[at], reader) and (not at or found[at - 1].word not in reader.words["determiner"])


def _same_group(after: Sequence[Token], one: int, other: int, reader: Reader) -> bool:
    """Do two verbs belong together: "had been", "were burned", "was later sold"?"""
    between = all(reader.in_verb_group(t.word) for t in after[one + 1 : other])
    return (
        between
        and after[one].word in reader.finite | {"been", "be"}
        and after[other].word not in reader.words["modal"] | NOMINATIVE
    )
