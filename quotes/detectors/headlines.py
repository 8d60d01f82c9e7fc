"""What the first line of an article gives to somebody: "…, minister says", "Whitlock: We will …", "'So dry': Lind"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.detectors.clauses import Reader
from quotes.detectors.nominal import past
from quotes.detectors.nouns import Token, tokens
from quotes.models import Attribution, Extent, Name

END = r"(?:; [^\n]{3,100}?)?[ \t]*\n\s*\S"  # of a clause in a first line, with more below it
SAYS = re.compile(
    r"\s*(?:[^\n:\"“”]{1,150}; )?(?P<content>\S[^\n:;\"“”]{8,150}),"
    r" (?P<source>(?:[^\s,;]{1,40} ){0,5}[^\s,;]{1,40}) (?P<cue>[a-z]{2,20})" + END
)
SAID = re.compile(
    r"\s*(?P<content>\S[^\n:\"“”]{8,150}), (?P<cue>[a-z]{2,20}) (?P<source>(?:[^\s,;]{1,40} ){0,5}[^\s,;.]{1,40})" + END
)
# "Bank holds rates, says fight not over"
GOING_ON = re.compile(
    r"\s*(?P<source>\S[^\n:;]{4,150}), (?P<cue>[a-z]{2,20}) (?P<content>[^\n:;,]{4,150}?[^\s.?!…:;,])" + END
)
COLON = re.compile(
    r"\s*(?P<source>[A-Z][\w.’'-]{1,40}(?: [A-Z][\w.’'-]{1,40}){0,3})(?P<cue>:)"
    r" (?P<content>[^\s\"“”'‘][^\n\"“”:]{8,150}[^\s.?!…:;,])" + END
)
# '"It was dry": Jo Smith on her first year', '"It was dry": a walk with the farmer Jo Smith', "'So dry': farmers speak"
QUOTED = re.compile(
    r"\s*(?P<content>[\"“‘'][^\n\"“”]{8,150}[\"”’'])(?::| [-–—]) (?P<rest>(?:[^\n:]{3,80} with (?:[a-z]{1,20} ){0,3})?"
    r"(?P<name>[^\s,:][^\n,:]{2,200}))"
)
# "Election night: Paz hails 'new chapter' after narrow win"
HAILED = re.compile(
    r"\s*[^\n:;\"“”]{3,100}[:;] (?P<source>(?:[^\s,]{1,40} ){0,3}[^\s,]{1,40}) (?P<cue>[a-z]{2,20})"
    r" (?P<content>(?:[a-z]{1,12} ){0,3}[\"“‘'][^\n\"“”]{3,80}?[\"”’'](?!\w)"
    r"(?: (?!after |amid |as |at |before |for |in |on |over )[a-z]{1,20}){0,2})"
)
AFTER = re.compile(r"(?<=[\"”’']) (?:after|ahead of|amid|as|before|despite|following|while) (?=\w)[^\n\"“”]*\Z")
ACTS = re.compile(r"[ \t]*(?:$|, | on | [a-z]+s\b)", re.M)
LINE = 200  # code points of a first line at most
LIKELY = 0.6
WITHIN = 3  # words of a noun for those who tell of themselves, "Mine survivors speak"
LINKS = frozenset(["of", "for", "and", "the", "a", "an", "&"])


def read(text: str, names: Sequence[Name], reader: Reader) -> Iterator[Attribution]:
    """The one attribution of the first line that its layout shows."""
    for form in (SAYS, SAID, GOING_ON, COLON, HAILED):
        found = form.match(text)
        source = _source(text, found, names, reader) if found else None
        if found and source:
            content, cue = (Extent(*found.span(role)) for role in ("content", "cue"))
            yield Attribution((content,), (cue,), (source,), confidence=LIKELY)
            return
    quoted = QUOTED.match(text)
    person = _quoted(text, quoted, names, reader) if quoted else None
    if quoted and person:
        yield Attribution((Extent(*quoted.span("content")),), source=(person,), kind="direct", confidence=LIKELY)


def cut(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """An attribution of the first line without what is no part of its source and content: "Bank |holds rates, says",
    "Ship lost|; nobody seen, rescuers say", "hails 'new chapter'| after narrow win".
    """
    end = text.find("\n", 0, LINE)
    if not (attribution.cue and attribution.content) or attribution.cue[0].start > end:
        return attribution
    source, (*others, last), cue = attribution.source, attribution.content, attribution.cue[0]
    if len(source) == 1 and text[source[0].end : cue.start] == ", ":
        words = tokens(text, source[0].start, source[0].end, reader.lexicon)
        size = _subject(words, cue.of(text), reader)
        source = (Extent(source[0].start, words[size - 1].end),) if size else source
    start = last.start
    if not others and last.end < cue.start and (parted := text.rfind("; ", start, last.end)) >= 0:
        start = parted + 2
    tail = AFTER.search(text, start, last.end) if start > cue.start and last.end <= end else None
    content = (*others, Extent(start, tail.start() if tail else last.end))
    return replace(attribution, source=source, content=content)


def again(text: str, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """The quotation that begins the first line before a colon or a dash, as by who says the same below."""
    quoted = QUOTED.match(text)
    words = _letters(quoted["content"]) if quoted else ""
    if quoted is None or any(a.content[0].start < quoted.end("content") for a in attributions):
        return
    for below in attributions:
        if below.source and words in _letters("".join(e.of(text) for e in below.content)):
            content = Extent(*quoted.span("content"))
            yield Attribution(
                (content,), source=below.source, kind="direct", detector="rules", confidence=below.confidence
            )
            return


def _letters(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _source(text: str, found: re.Match[str], names: Sequence[Name], reader: Reader) -> Extent | None:
    """Who says what a form has found, if it can be somebody."""
    cue, source = found["cue"], Extent(*found.span("source"))
    if found.re is COLON:
        return source if _speaks(text, found, names, reader) else None
    if not reader.lexicon.reports(cue) or cue.endswith("ing"):
        return None
    words = tokens(text, source.start, source.end, reader.lexicon)
    if found.re is GOING_ON:
        size = _subject(words, cue, reader)
        return Extent(source.start, words[size - 1].end) if size else None
    return source if found.re is SAYS or _somebody(words, cue, reader) else None


def _subject(words: Sequence[Token], cue: str, reader: Reader) -> int:
    """How many words the subject of a headline has, which goes on with another verb; 0 if that is not to be seen."""
    for size in range(1, len(words)):
        word = words[size].word
        ends = cue.endswith("s") and word.endswith("s") and word not in reader.nouns.roles
        verb = (ends and reader.lexicon.lemma(word) != word) or word in reader.finite or past(words[size], reader)
        several = not cue.endswith("s") and _plural(words[size - 1], reader) and not words[size].upper
        if words[size].mark and words[size].word not in "'’-&":
            return 0
        if not words[size].upper and (verb or several):
            return size if not any(_unlike(t, reader) for t in words[:size]) else 0
    return 0


def _somebody(words: Sequence[Token], cue: str, reader: Reader) -> bool:
    """Are these words a noun phrase for somebody, one or several as the verb is: "police", not "fight not over"?"""
    last = words[-1]
    role = last.word in reader.nouns.roles or reader.lexicon.lemma(last.word) in reader.nouns.roles
    clause = any(t.word in reader.finite or _unlike(t, reader) for t in words)
    several = last.word.endswith("s") and _plural(last, reader) and not last.upper
    return (role or reader.nouns.is_name(last)) and not clause and not (several and cue.endswith("s"))


def _unlike(token: Token, reader: Reader) -> bool:
    """Is it a word that no name of somebody has: "not", "to", a verb of saying?"""
    small = token.word in reader.nouns.function and token.word not in reader.nouns.roles | LINKS
    return not token.upper and (small or token.mark or reader.lexicon.reports(token.word))


def _plural(token: Token, reader: Reader) -> bool:
    lemma = reader.lexicon.lemma(token.word)
    return token.word in reader.lexicon.groups or (lemma != token.word and token.word.endswith("s"))


def _quoted(text: str, found: re.Match[str], names: Sequence[Name], reader: Reader) -> Extent | None:
    """Who stands behind the colon or dash: a person of whom the text speaks again, or people who tell of something."""
    for start in (found.start("name"), found.start("rest")):
        person = next((n.extent for n in names if n.label == "PER" and n.extent.start == start), None)
        acts = person and ACTS.match(text, person.end)  # and is not jailed
        if person and acts and text.find(person.of(text).split()[-1], found.end()) >= 0:
            return person
    words = tokens(text, *found.span("rest"), reader.lexicon)
    for size in range(1, min(WITHIN, len(words) - 1) + 1):
        told = reader.lexicon.cues["phrase"].get(f"{reader.lexicon.lemma(words[size].word)} of")
        telling = words[size].word == "on" or told or reader.lexicon.reports(words[size].word)
        if telling and words[size - 1].word in reader.nouns.roles and not any(t.mark for t in words[:size]):
            return Extent(words[0].start, words[size - 1].end)
    return None


def _speaks(text: str, found: re.Match[str], names: Sequence[Name], reader: Reader) -> bool:
    """Is it a person or a noun for somebody, of whom the text speaks again? It could be any word ("Review:")."""
    last, lexicon = found["source"].split()[-1], reader.lexicon
    if last.lower() in lexicon.organisations | lexicon.groups or last.lower() in lexicon.people:
        return text.find(last.lower(), found.end()) >= 0
    person = any(n.label == "PER" and n.extent == Extent(*found.span("source")) for n in names)
    return person and text.find(last, found.end()) >= 0
