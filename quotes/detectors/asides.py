"""What of a report is the reporter's: the clause that goes on, "ordered a curfew, and soldiers searched cars", and the
"that" before what was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.detectors.clauses import Reader
from quotes.detectors.nominal import past_verb
from quotes.detectors.nouns import NOMINATIVE, RELATIVE, Token, tokens
from quotes.lexicon import Cue, cue_words
from quotes.models import Attribution, Extent

JOINT = re.compile(r", (?:and|but) (?=\w)")
NAMELESS = re.compile(
    r"(?:(?:asking|requesting|speaking|who asked|who requested|who spoke)(?: for| on condition of)? anonymity"
    r"|(?:asking|requesting|declining) (?:not to|to not) be (?:named|identified)|on condition of anonymity)\b"
    r"(?:,? (?:as|because|citing|for|given|in|since|to|while) [^\"“”.;:]*)?\Z"
)
BEHIND = re.compile(rf", (?!who){NAMELESS.pattern}")  # "who" would be somebody spoken of
TAIL = 150  # code points of such a request
WHOLE = re.compile(r"that |[\"“‘'][A-Z]")  # begins a whole clause or quotation
WHILE = re.compile(r"(?:as|while) ")
SAID = re.compile(r"(,[\"”’]|(?=, )),? ")  # what was said ends with the group
LED = re.compile(r"that,? (?=\S)")
LONGEST = 8  # words of the subject of such a clause
ADDRESSEE = 8  # words of an addressee and the one behind it
NEAR = 120  # code points behind a joint in which the verb of its clause must stand


def cut(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """An attribution whose content ends where the reporter goes on.

    That is a clause behind ", and" or ", but" where what was said is no clause that it could carry on: "ordered a
    curfew", "did not say why".
    """
    if not (attribution.cue and attribution.source < attribution.cue < attribution.content):
        return attribution
    last = attribution.content[-1]
    cue = reader.lexicon.read_cue(cue_words(text, attribution))
    for joint in JOINT.finditer(text, last.start + 1, last.end):
        said = tokens(text, attribution.content[0].start, joint.start(), reader.lexicon)
        if any(t.word in '"“”' for t in said):
            return attribution
        rest = tokens(text, joint.end(), min(last.end, joint.end() + NEAR), reader.lexicon)
        if _clause(rest, reader) and _open(said, cue, reader):
            content = (*attribution.content[:-1], Extent(last.start, joint.start()))
            return replace(attribution, content=content)
    return attribution


def named(text: str, attribution: Attribution) -> Attribution:
    """A content without what its source asks of the paper: "…, requesting anonymity as the talks are private"."""
    if not attribution.content:
        return attribution
    *others, last = attribution.content
    if others and NAMELESS.match(text, last.start, last.end):
        return replace(attribution, content=tuple(others))
    found = BEHIND.search(text, max(last.start, last.end - TAIL), last.end)
    kept = Extent(last.start, found.start() if found else last.end)
    return replace(attribution, content=(*others, kept))


def apart(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """An attribution without the pieces of its content that tell when or where it was said.

    Such is what opens the sentence where a whole clause or quotation follows the cue ("In a statement, Lind said that
    …"), and what follows the cue where a whole sentence stands before it ("…, Lind said as the trial opened"); behind a
    comma that is said too ("…, Lind said, as talks had failed").
    """
    if len(attribution.content) != 2 or not attribution.cue:
        return attribution
    (first, last), cue = attribution.content, attribution.cue
    if not (first.end <= cue[0].start and cue[-1].end <= last.start):
        return attribution
    if WHOLE.match(text, last.start) and _adverbial(tokens(text, first.start, first.end, reader.lexicon), reader):
        return replace(attribution, content=(last,))
    if WHILE.match(text, last.start) and text[cue[-1].end : last.start] == " ":
        return replace(attribution, content=(first,))
    return attribution


def opening(text: str, attribution: Attribution, reader: Reader) -> bool:
    """Is all that was said a participle of who speaks, "Accused of fraud, Lind smiled"?"""
    first = attribution.content[0]
    if len(attribution.content) > 1 or not attribution.source or not attribution.content < attribution.source:
        return False
    participle, *rest = tokens(text, first.start, min(first.end, first.start + NEAR), reader.lexicon)
    formed = participle.word.endswith("ed") and reader.lexicon.lemma(participle.word) != participle.word
    verb = any(t.word in reader.finite or past_verb(rest, i, reader) for i, t in enumerate(rest))
    return formed and bool(rest) and rest[0].word in reader.words["preposition"] and not verb


def _adverbial(found: Sequence[Token], reader: Reader) -> bool:
    """Is it a preposition or a participle with its nouns, and no clause?"""
    opens = found[0].word in reader.words["preposition"] or found[0].word.endswith("ing")
    return opens and not any(t.word in reader.finite or t.word in '"“”' for t in found)


def relayed(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """'"The door is open," she said' of '"The door is open," she said, according to Interfax' is hers: who passes it on
    is no more than that."""
    cue, last = attribution.cue[:1], attribution.content[-1:]
    if not cue or not last or not cue[0].of(text).lower().startswith("according") or last[0].end > cue[0].start:
        return attribution
    end = last[0].start + len(text[last[0].start : cue[0].start].rstrip(", "))
    tails = list(SAID.finditer(text, max(last[0].start, end - NEAR), end))
    clause = reader.following(tokens(text, tails[-1].end(), end, reader.lexicon)) if tails else None
    if clause is None or clause.source is None:
        return attribution
    ends = {clause.source.start, clause.cue.start, clause.source.end, clause.cue.end}
    if not {tails[-1].end(), end} <= ends:  # there is more than who says it
        return attribution
    said = Extent(last[0].start, min(last[0].end, tails[-1].end(1)))
    return replace(attribution, content=(*attribution.content[:-1], said), cue=(clause.cue,), source=(clause.source,))


def addressed(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """An attribution without the addressee at the beginning of its content: "urged |both sides to spare the ports",
    "|both sides were urged| to spare the ports".
    """
    cue, first = attribution.cue[-1:], attribution.content[:1]
    if attribution.told or not (cue and first):
        return attribution
    verb = reader.lexicon.lemma(cue[0].of(text).split()[-1])
    if verb == "order" or verb not in reader.words["addressed"]:  # what a court orders is that somebody does it
        return attribution
    if len(attribution.content) > 1 and not attribution.source and text[first[0].end : cue[0].start] == " ":
        passive = reader.lexicon.read_cue(cue[0].of(text)).passive
        return replace(attribution, content=attribution.content[1:], told=first) if passive else attribution
    if text[cue[0].end : first[0].start] != " ":
        return attribution
    said = tokens(text, first[0].start, min(first[0].end, first[0].start + NEAR), reader.lexicon)
    at = next((i for i, t in enumerate(said[:ADDRESSEE]) if t.mark or t.word in ("not", "to", "that")), 0)
    whole = bool(at) and not said[at].mark and _deed(said[at:], reader)
    if not whole and verb == "tell":
        at = next((i for i, t in enumerate(said[:ADDRESSEE]) if i and _opens(t, reader)), 0)
        whole = bool(at) and _hears(said[at - 1], reader) and clause(said[at:], reader)
    if not whole or not _whom(said[:at], reader):
        return attribution
    whom, rest = Extent(said[0].start, said[at - 1].end), Extent(said[at].start, first[0].end)
    return replace(attribution, content=(rest, *attribution.content[1:]), told=(whom,))


def _whom(said: Sequence[Token], reader: Reader) -> bool:
    """Are these words a noun phrase, with no verb in it?"""
    verbs = any(t.word in reader.clausal or past_verb(said, i, reader) for i, t in enumerate(said))
    return reader.nouns.begins(said, 0) and not verbs


def _hears(token: Token, reader: Reader) -> bool:
    """Can this word end who is told something: a name, a noun for people or for where one speaks; no "joke"?"""
    lexicon, low = reader.lexicon, token.word
    people = low in lexicon.groups or lexicon.lemma(low) in reader.nouns.roles or low in lexicon.organisations
    return token.upper or people or low in reader.words["hearing"] or low in reader.words["occasion"]


def _opens(token: Token, reader: Reader) -> bool:
    """Does a subject begin with this word: "told Lind |the well was dry"?"""
    return token.word in NOMINATIVE or token.word in reader.words["determiner"]


def _deed(said: Sequence[Token], reader: Reader) -> bool:
    """Is it what somebody is to do, "to go", "not to go", or to know, "that it sank"; and not "to be sold"?"""
    words = [t.word for t in said[said[0].word == "not" :][:2]]
    if len(words) < 2 or words[0] == "that":
        return len(words) == 2 and said[0].word == "that"
    following = said[said[0].word == "not" :][1]
    return words[0] == "to" and words[1] not in reader.words["determiner"] | {"be"} and not following.upper


def clause(said: Sequence[Token], reader: Reader) -> bool:
    """Does a clause begin here with a plain subject and its verb: "the well was dry", but not "the book that was lost",
    "the day it rained"?"""
    first = 1 if said[0].word in NOMINATIVE else 1 + (said[0].word in reader.words["determiner"])
    while first < len(said) and said[first - 1].upper and said[first].upper:
        first += 1
    return any(t.word in reader.finite for t in said[first : first + 1])


def unled(text: str, attribution: Attribution, reader: Reader) -> Attribution:
    """An attribution whose content begins behind the "that" which joins it to its cue, but with that of "that plan"."""
    first = attribution.content[0]
    led = attribution.cue and attribution.cue[-1].end <= first.start and LED.match(text, first.start, first.end)
    if not led:
        return attribution
    said = tokens(text, led.end(), min(first.end, led.end() + NEAR), reader.lexicon)
    if not _conjunction(said, reader.lexicon.read_cue(cue_words(text, attribution)), reader):
        return attribution
    return replace(attribution, content=(Extent(led.end(), first.end), *attribution.content[1:]))


def _conjunction(said: Sequence[Token], cue: Cue, reader: Reader) -> bool:
    """Does "that" join these words to their cue, and is no pronoun ("that was it") and no article ("that number")?

    A noun that can be counted has an article of its own behind the conjunction.
    """
    if len(said) < 2 or said[0].word in reader.finite or cue.lemma == "call":
        return False
    first, lemma = said[0], reader.lexicon.lemma(said[0].word)
    if first.upper or first.word in reader.nouns.function or not first.word.isalpha() or lemma != first.word:
        return True
    clause = any(t.word in reader.finite or past_verb(said, i, reader) for i, t in enumerate(said) if i)
    return clause and not _counted(lemma, reader)


def _counted(noun: str, reader: Reader) -> bool:
    """Is it a noun that never stands alone: one of somebody, of a figure, of something that is said or takes place?"""
    known = any(noun in reader.words[use] for use in ("measure", "particular", "counted"))
    return known or noun in reader.nouns.roles or noun in reader.lexicon.cues["noun"]


def _clause(found: Sequence[Token], reader: Reader) -> bool:
    """Does a clause begin here: a subject that is no pronoun for who speaks, and a finite verb?"""
    if not found or found[0].mark or found[0].word in NOMINATIVE or found[0].word in reader.finite:
        return False
    stops = NOMINATIVE | RELATIVE | reader.words["question"] | reader.words["subordinator"]
    for i, token in enumerate(found[1 : LONGEST + 1], 1):
        if token.mark or token.word in stops:
            return False
        if token.word in reader.finite or past_verb(found, i, reader):
            return not found[0].word.endswith("ly") and found[0].word not in reader.words["preposition"]
    return False


def _open(said: Sequence[Token], cue: Cue, reader: Reader) -> bool:
    """Is it a question left open, or a noun that was ordered or kept back, which no clause behind "and" carries on?"""
    if not said:
        return False
    if cue.negated and (said[0].word in reader.words["question"] or said[0].word == "who"):
        return True
    ordered = cue.stance == "order" and cue.lemma in reader.words["act"] | reader.words["addressed"]
    kept = cue.negated and cue.lemma not in reader.words["core"]
    clause = any(t.word in reader.finite or past_verb(said, i, reader) for i, t in enumerate(said) if i)
    return (ordered or kept) and not clause and reader.nouns.begins(said, 0)
