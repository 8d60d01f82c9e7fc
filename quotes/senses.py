"""What a cue makes of what was said: mode, stance and polarity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from quotes.lexicon import Cue, Lexicon, cue_words
from quotes.models import Attribution, Kind, Mode

NOBODY = re.compile(r"(?:no|nobody|none|neither|no one)\b", re.IGNORECASE)  # a source that takes back its cue
AGAINST = ("deny", "doubt", "oppose")  # stances whose negation does not make a thing unsaid
SHORTENED = r"n['’]t\b|\b(?:he|she|they|it|we|I|there)['’](?:s|re|ll|d|m|ve)\b"
FUTURE = re.compile(r"will\b|to\b", re.IGNORECASE)
CALLED = re.compile(r"(?:an?|no) \w+(?: \w+)?|the \w+", re.IGNORECASE)  # "called a ceasefire", not "called him a liar"
FIGURE = re.compile(r"\d| at |\b(?:hundred|thousand|million|billion|dozen)s?\b")
PARTNERS = re.compile(r"I|[Ww]e|[Yy]ou")
BARE = re.compile(  # says nothing without what went before, or nothing at all
    r"(?:it|so|this|that|them|nothing|something|anything|everything)(?: \w+ly| (?:all|again|either|too|much))?",
    re.IGNORECASE,
)
OPINED = re.compile(r"(?:me|him|her|it|us|them|you)\b", re.IGNORECASE)  # "find her cold", and no finding
NAMED = re.compile(r"(?:the|an?|one|both|him|her|them)\b.* as [A-Z]")  # a dead man, and nobody to be the chairman
KNOWN = re.compile(r"\w as \S")
MARKED = re.compile(r"[\"“][^\"“”]*[\"”]")
PARTNER = re.compile(r" (?:with|to)\b")
ASKED = re.compile(r"[Aa]sked (?:about|for|on)")  # by nobody told, before an answer
SUPPOSED = re.compile(r"\b(?:if|unless) $", re.IGNORECASE)
RELATIVE = re.compile(r"\w(?<!ing)(?<!ed),? (?:who|which|whose|where|that)\b")  # what follows tells of a noun
CLAUSE = re.compile(r"(?:that|whether|if|how|why|what|who|when|where|to)\b", re.IGNORECASE)


@lru_cache
def finite(lexicon: Lexicon) -> re.Pattern[str]:
    """What shows a finite clause, as far as small words do."""
    return re.compile(rf"\b(?:{'|'.join(sorted(lexicon.modifiers['finite']))})\b|{SHORTENED}", re.IGNORECASE)


def read(text: str, attribution: Attribution, kind: Kind, lexicon: Lexicon) -> Attribution:
    """An attribution of a kind with its mode, stance and polarity; the lexicon's word on mode counts first."""
    if not attribution.cue:
        return replace(attribution, kind=kind, mode="statement" if kind == "direct" else attribution.mode)
    cue = lexicon.read_cue(cue_words(text, attribution))
    nobody = bool(attribution.source) and NOBODY.match(attribution.source[0].of(text)) is not None
    return replace(
        subjectless(text, attribution, cue, lexicon),
        kind=kind,
        mode=mode_of(text, replace(attribution, kind=kind), cue, lexicon),
        negated=cue.negated != nobody,
        hearsay=cue.hearsay,
        lemma=cue.lemma,
        stance=cue.stance,
    )


def undenied(stance: str, source: str, cue: str, *, negated: bool) -> str:
    """The words of a source that did not deny a thing, and did not say it either; empty for every other.

    >>> undenied("deny", "Moss", "did not rule out", negated=True), undenied("deny", "Nobody", "denied", negated=True)
    ('did not rule out', 'Nobody denied')
    """
    if not negated or stance not in AGAINST:
        return ""
    return f"{source} {cue}" if NOBODY.match(source) else cue


def mode_of(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> Mode:
    """A quotation was said; else the cue tells, if anything was said at all."""
    if attribution.kind == "direct":
        return "statement"
    unsaid = any(sense(text, attribution, cue, lexicon) for sense in (_acted, _hollow, _own))
    return "attitude" if unsaid else cue.mode or attribution.mode


def _acted(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Is it an act with no clause ("listed their country"), one still to come ("will appeal against the fine"), or one
    that the lexicon does not know as saying anything ("typed the wrong year")?"""
    words = [e.of(text) for e in attribution.content]
    told = _withheld(text, attribution, cue, lexicon) or _identified(words, cue)
    act = cue.mode is None or (cue.lemma in lexicon.modifiers["act"] and not told)
    act = act or FUTURE.match(attribution.cue[0].of(text)) is not None or _altered(text, attribution, cue, lexicon)
    clausal = cue.lemma != "put" and any(_clausal(RELATIVE.split(w)[0], lexicon) for w in words)  # "put that roof on"
    if act and _narrated(words) and not clausal:
        return True
    if cue.lemma == "find" and OPINED.match(words[0]) and not finite(lexicon).search(words[0]):
        return True
    return cue.lemma == "call" and CALLED.fullmatch(words[0]) is not None


def _withheld(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Was something not told ("did not disclose"), or not said as others would ("refused to blame")?"""
    if cue.negated and not cue.passive and cue.lemma in lexicon.modifiers["disclosure"] | lexicon.modifiers["refusal"]:
        return True
    _, _, deed = cue_words(text, attribution).lower().partition(" to ")
    return cue.lemma in lexicon.modifiers["refusal"] and lexicon.read_cue(deed).mode == "statement" if deed else False


def _identified(words: Sequence[str], cue: Cue) -> bool:
    """Was it told who somebody is: "identified the pilot as Ann Ek", "named the dead man as Jo Lind"?"""
    if cue.lemma == "identify":
        return any(KNOWN.search(w) for w in words)
    return cue.lemma == "name" and NAMED.match(words[0]) is not None


def _altered(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Was a forecast changed ("cut its forecast for"), or something put somewhere, not at a figure?"""
    if cue.lemma == "put":
        return not any(FIGURE.search(e.of(text)) for e in attribution.content)
    first = lexicon.lemma(cue_words(text, attribution).split()[0])
    return cue.stance == "predict" and first in lexicon.modifiers["altering"]


def _narrated(words: Sequence[str]) -> bool:
    """Are most of the words the reporter's, a term in marks aside ('listed their country as "Hope"')?"""
    marked = sum(len(found[0]) for part in words for found in MARKED.finditer(part))
    return 2 * marked < sum(map(len, words))


def _clausal(words: str, lexicon: Lexicon) -> bool:
    """Are these words a clause?"""
    return bool(CLAUSE.match(words) or finite(lexicon).search(words))


def _hollow(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Is it a pronoun, a title or a greeting alone, or only supposed ("if the fund agrees")?

    Who "denied that" or "confirmed it" answers what went before.
    """
    words = attribution.content[0].of(text) if len(attribution.content) == 1 else ""
    titled = cue.lemma in lexicon.modifiers["naming"] and MARKED.fullmatch(words)
    first = attribution.source[0].start if attribution.source else 0
    greeting, _, rest = words.partition(" ")
    greeted = greeting.lower() in lexicon.modifiers["greeting"] and (not rest or rest.startswith(("to ", "from ")))
    pointing = BARE.fullmatch(words) and cue.stance != "deny" and cue.lemma != "confirm"
    return bool(titled or greeted or pointing or SUPPOSED.search(text[max(0, first - 8) : first]))


def _own(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Is it what one saw or did ("I heard that …", "we counted"), and nothing that was said ("we deny", "I told")?"""
    source = attribution.source[0].of(text) if attribution.source else ""
    noticed = cue.mode is None or cue.lemma in lexicon.modifiers["noticing"]
    return PARTNERS.fullmatch(source) is not None and noticed


def idle(text: str, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Is an attitude nobody's: an act that no one is told to have done ("the plans were not discussed"), or what two
    talked about ("spoke with her about the peak")?
    """
    if not attribution.source and ASKED.fullmatch(cue_words(text, attribution)):
        return True
    if attribution.mode == "statement" or not attribution.cue:
        return False
    cue = lexicon.read_cue(cue_words(text, attribution))
    done = cue.passive and cue.mode != "attitude" and not attribution.source and attribution.content < attribution.cue
    if cue.lemma not in lexicon.modifiers["conversing"]:
        return done
    end = attribution.cue[-1].end  # the partner stands behind the cue, or its preposition is the last word of it
    return PARTNER.search(text, end - 5, end + 6) is not None


def subjectless(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> Attribution:
    """A passive without its subject as the source ("the parents were advised" by somebody else, "Asked whether it would
    last, Lind said …"), and a report without the court that heard it.
    """
    if attribution.source and (heard(text, attribution, cue, lexicon) or _opens(text, attribution, cue)):
        return replace(attribution, source=(), told=attribution.source)
    passive = cue.passive and cue.mode == "statement" and attribution.source < attribution.cue
    if not passive or attribution.told:  # whom it was told is known, so that who told it is no subject
        return attribution
    told = attribution.source if cue.lemma in lexicon.modifiers["addressed"] else attribution.told
    return replace(attribution, source=(), told=told)


def _opens(text: str, attribution: Attribution, cue: Cue) -> bool:
    """Is the cue a participle that opens the sentence of the one who was asked, told or accused?"""
    word = cue_words(text, attribution).split()[0]
    first = attribution.cue < attribution.content < attribution.source
    past = word[:1].isupper() and word.lower() != cue.lemma and not word.endswith("ing")
    return first and past and cue.mode == "statement"


def heard(text: str, attribution: Attribution, cue: Cue, lexicon: Lexicon) -> bool:
    """Did a court, or another body that hears people, only hear it: "the court heard that …", "…, inquest told"?"""
    told = cue.lemma == "tell" and cue_words(text, attribution) == "told" and attribution.content < attribution.source
    if not told and cue.lemma != "hear":
        return False
    words = attribution.source[0].of(text).lower().split()
    return any(word.strip(",") in lexicon.modifiers["hearing"] for word in words)
