"""The words of a language that matter here, as data: reporting cues, titles, pronouns, nouns for sources.

The lists live in ``data/<language>/``; its README says where they come from. This module only reads them and
answers what a cue, as printed, means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from quotes.errors import UsageError
from quotes.models import Attribution, Mode

Gender = Literal["m", "f", "n", ""]
Form = Literal["verb", "noun", "adjective", "adverb", "phrase", "mark"]
Stance = Literal[
    "neutral", "accuse", "admit", "agree", "announce", "apologise", "ask", "claim", "criticise", "deny", "doubt",
    "explain", "feel", "oppose", "order", "plan", "praise", "predict", "promise", "refuse", "report", "show",
    "silent", "stress", "suggest", "support", "think", "want", "warn",
]  # fmt: skip
STANCES: tuple[str, ...] = get_args(Stance)

WORD = re.compile(r"['’](?:s|re|ve|ll|d|m)\b|\w+(?:[’'.-]\w+)*|[^\w\s]")
TAIL = re.compile(r"(?<=\w)(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
STEMS = {"ca": "can", "wo": "will", "sha": "shall"}  # of "can't", "won't", "shan't"
BASE = ("say", "put", "read")  # verbs to be believed in their base form


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Person ("1" to "3"), number ("s", "p" or "" for either) and gender of a pronoun."""

    person: str
    number: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class Sense:
    """What a cue lemma does: its stance, and whether something was said or only thought."""

    stance: Stance
    mode: Mode


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as read. ``mode`` is None where the lexicon does not know the head.

    ``negated`` means that it was not said ("did not say", "declined to comment"); a denial was said, so "denied" is
    not negated. ``hearsay`` means that the cue hides who says it ("reportedly", "was accused of"); ``passive`` that its
    subject is not who said it ("were advised").
    """

    lemma: str
    stance: Stance = "neutral"
    mode: Mode | None = None
    negated: bool = False
    hearsay: bool = False
    passive: bool = False


@dataclass(frozen=True, eq=False)  # one of a language: it is itself and no other
class Lexicon:
    """All lists of one language, lower case. ``people`` are nouns for unnamed persons ("source", "aide").

    ``cues`` gives the senses of a form of words: verbs, nouns, adjectives, adverbs and marks by lemma, phrases by
    their lemmas with a space between. ``modifiers`` gives the words of a role:

    - in a cue: "act" (verbs that tell an act, not a claim, unless a clause or a quotation follows), "altering" (what is
      done to a forecast), "greeting" (what is said and claims nothing: "goodbye"), "addressed" (the subject of the
      passive is the addressee), "negator", "restorer" (takes the negation back), "refusal", "disclosure" (a refusal of
      it is silence), "light" (yields to a later verb), "auxiliary", "hearsay", "passive" (hearsay in the passive),
      "hearing" (bodies that only hear what others say);
    - around quotations: "core" (verbs that carry most of them), "naming" (verbs that take titles), "nickname" (words
      before one), "small" (words without capitals in a title);
    - of telling: "particular" (what one gives or keeps back: "date", "reason"), "conversing" (verbs of two who talk),
      "giving" (verbs that take a claim: "the claim that he made"), "measure" (nouns that figures are given for),
      "occasion" (nouns of when one speaks: "interview"), "noticing" (where "I" do it, nothing is told: "hear");
    - of clauses: "adverb", "determiner", "finite" (verbs that need no other), "indefinite" ("anyone"), "modal" (of the
      finite), "joining" and "resuming" (before and behind the clause of an adverb of hearsay), "possessive",
      "preposition", "subordinator", "time", "question" (words that open one), "opener" and "interjection" (what may
      stand before a sentence: "But", "No,");
    - of what was said: "counted" (nouns with an article of their own, so that "that idea" is no clause);
    - of sources: "compound" (nouns that say little without the one before them: "guard", "member") and "describing"
      (what may stand there and makes no noun with them);
    - of what nobody said: "proof" (of which there is none), "untrue", "forged" and "mistaken";
    - of words: "reversing" (prefixes that make the opposite).

    ``affirming`` are pairs of a negator and the word after it that takes the negation back ("no doubt"). ``negation``
    gives the use of words and phrases where a negation before a clause may reach into it: "negates" ("refuse to") and
    "denies" ("deny", "a lie"), "holds" (takes the clause: "say", "true"), "opens" it ("that"), "closes" what went
    before ("but"), "subject" (of a new one, after "and"), "affirms" ("beyond doubt"). ``framing`` gives those
    that make a clause no statement of the speaker's own: see ``quotes.evidence.framing``.
    """

    language: str
    cues: Mapping[Form, Mapping[str, Sense]]
    irregular: Mapping[str, str]
    modifiers: Mapping[str, frozenset[str]]
    titles: Mapping[str, Gender]
    kinship: Mapping[str, Gender]
    people: Mapping[str, Gender]
    pronouns: Mapping[str, Pronoun]
    groups: frozenset[str]
    organisations: frozenset[str]
    documents: frozenset[str]
    works: frozenset[str]
    abbreviations: frozenset[str]
    opposites: frozenset[frozenset[str]]
    affirming: frozenset[tuple[str, ...]]
    negation: Mapping[str, str]
    framing: Mapping[str, str]

    @cached_property
    def longest(self) -> int:
        """Words in the longest phrase."""
        return max(phrase.count(" ") + 1 for phrase in self.cues["phrase"])

    def lemma(self, word: str) -> str:
        """The dictionary form of one word, lower case; an unknown word is its own lemma."""
        return _lemma(word, self)

    def reports(self, word: str) -> bool:
        """Is it an inflected verb that says something ("said", "calls", "arguing")? A base form could be a noun."""
        return _reports(word, self)

    def read_cue(self, words: str) -> Cue:
        """Read a whole cue as printed: its head, what it does, and whether it was said at all."""
        return _cue(words, self)

    def _head(self, tokens: list[str], lemmas: list[str]) -> tuple[int, int, Form | None]:
        """Where the head stands, and in which form it is known: the longest phrase, else the first verb, noun …"""
        light = self.modifiers["light"]
        for size in range(min(self.longest, len(lemmas)), 1, -1):
            for i in range(len(lemmas) - size + 1):
                if " ".join(lemmas[i : i + size]) in self.cues["phrase"]:
                    return i, i + size, "phrase"
        if "be" in lemmas:  # "is worried" describes a state, "worried" alone is the verb
            for i in range(lemmas.index("be") + 1, len(tokens)):
                if tokens[i] in self.cues["adjective"]:
                    lemmas[i] = tokens[i]
                    return i, i + 1, "adjective"
        forms: tuple[Form, ...] = ("verb", "noun", "adjective", "adverb", "mark")
        for form in forms:
            found = [i for i, lemma in enumerate(lemmas) if lemma in self.cues[form]]
            if found:
                head = next((i for i in found if lemmas[i] not in light), found[0])
                return head, head + 1, form
        empty = self.modifiers["auxiliary"] | self.modifiers["negator"] | light
        head = next((i for i, lemma in enumerate(lemmas) if lemma[0].isalpha() and lemma not in empty), 0)
        return head, min(head + 1, len(tokens)), None

    def _negated(self, lemmas: list[str], start: int, end: int) -> bool:
        """Was it not said? A negation before the head counts, unless "only" follows it; so does a refusal to tell."""
        negators, restorers = self.modifiers["negator"], self.modifiers["restorer"]
        for i, lemma in enumerate(lemmas[:start]):
            if lemma in negators and lemmas[i + 1] not in restorers:
                return True
            if lemma == "yet" and lemmas[i + 1] == "to":
                return True
        refusals = [i for i, lemma in enumerate(lemmas[:end]) if lemma in self.modifiers["refusal"]]
        return bool(refusals) and any(x in self.modifiers["disclosure"] for x in lemmas[refusals[0] + 1 :])

    def _hearsay(self, lemmas: list[str], passive: bool) -> bool:
        """Does the cue hide who says it: an adverb of hearsay, or the passive of a verb of saying?"""
        return passive or any(lemma in self.modifiers["hearsay"] for lemma in lemmas)


def cue_words(text: str, attribution: Attribution) -> str:
    """The cue of an attribution as printed, its pieces with a space between, as `Lexicon.read_cue` reads it."""
    return " ".join(e.of(text) for e in attribution.cue)


def _passive(tokens: list[str], lemmas: list[str], head: int) -> bool:
    """Is the head a participle after a form of "be", with no "by" to name who did it?"""
    if head >= len(lemmas) or "by" in lemmas:
        return False
    return "be" in lemmas[:head] and tokens[head] != lemmas[head] and not tokens[head].endswith(("ing", "s"))


def _tokens(words: str) -> Iterator[str]:
    """Words and marks, lower case, with the short forms set free: "didn't" gives "did", "not"."""
    for found in WORD.findall(words.lower()):
        tail = TAIL.search(found)
        if found == "cannot":
            yield from ("can", "not")
        elif tail:
            stem = found[: tail.start()]
            yield from (STEMS.get(stem, stem), "not" if tail[0][0] == "n" else tail[0].replace("’", "'"))
        else:
            yield found


@lru_cache(maxsize=1 << 15)
def _reports(word: str, lexicon: Lexicon) -> bool:
    lemma = lexicon.lemma(word)
    sense = lexicon.cues["verb"].get(lemma)
    return sense is not None and sense.mode == "statement" and (lemma != word.lower() or lemma in BASE)


@lru_cache(maxsize=1 << 12)
def _cue(words: str, lexicon: Lexicon) -> Cue:
    tokens = list(_tokens(words))
    lemmas = [lexicon.lemma(t) for t in tokens]
    start, end, form = lexicon._head(tokens, lemmas)
    lemma = " ".join(lemmas[start:end])
    sense = lexicon.cues[form].get(lemma) if form else None
    negated = lexicon._negated(lemmas, start, end) or (sense is not None and sense.stance == "silent")
    passive = form == "verb" and _passive(tokens, lemmas, start)
    hearsay = lexicon._hearsay(lemmas, passive and lemmas[start] in lexicon.modifiers["passive"])
    if sense is None:
        return Cue(lemma, negated=negated, hearsay=hearsay, passive=passive)
    return Cue(lemma, sense.stance, sense.mode, negated, hearsay, passive)


@lru_cache(maxsize=1 << 15)
def _lemma(word: str, lexicon: Lexicon) -> str:
    """By the irregular forms, the verbs known as they stand, and simplemma's table, loaded when first asked."""
    word = word.lower().replace("’", "'")
    if word in lexicon.irregular:
        return lexicon.irregular[word]
    if word in lexicon.cues["verb"] or not word.isalpha():
        return word
    import simplemma

    return str(simplemma.lemmatize(word, lang=lexicon.language)).lower()


@lru_cache
def load(language: str = "en") -> Lexicon:
    """The lexicon of a language; raises UsageError where there is none."""
    folder = files("quotes") / "data" / language
    if not language.isalpha() or not (folder / "cues.tsv").is_file():
        raise UsageError(f"no word lists for the language {language!r}", hint="English is 'en'.")
    cues: dict[Form, dict[str, Sense]] = {form: {} for form in get_args(Form)}
    for lemma, form, stance, mode in _rows(folder / "cues.tsv"):
        cues[form][lemma] = Sense(stance, mode)  # type: ignore[index, arg-type]  # the tests hold the file to the types
    modifiers: dict[str, set[str]] = {}
    for word, role in _rows(folder / "modifiers.tsv"):
        modifiers.setdefault(role, set()).add(word)
    return Lexicon(
        language=language,
        cues=cues,
        irregular=_pairs(folder / "irregular.tsv"),
        modifiers={role: frozenset(words) for role, words in modifiers.items()},
        titles=_genders(folder / "titles.tsv"),
        kinship=_genders(folder / "kinship.tsv"),
        people=_genders(folder / "people.tsv"),
        pronouns={word: Pronoun(p, n.strip("-"), g.strip("-")) for word, p, n, g in _rows(folder / "pronouns.tsv")},  # type: ignore[arg-type]
        groups=_words(folder / "groups.txt"),
        organisations=_words(folder / "organisations.txt"),
        documents=_words(folder / "documents.txt"),
        works=_words(folder / "works.txt"),
        abbreviations=_words(folder / "abbreviations.txt"),
        opposites=frozenset(frozenset(row) for row in _rows(folder / "opposites.tsv")),
        affirming=frozenset(_rows(folder / "affirming.tsv")),
        negation=_pairs(folder / "negation.tsv"),
        framing=_pairs(folder / "framing.tsv"),
    )


def _rows(file: Traversable) -> Iterator[tuple[str, ...]]:
    """The rows of a table, without its heading."""
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        yield tuple(line.split("\t"))


def _pairs(file: Traversable) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(file)}


def _genders(file: Traversable) -> dict[str, Gender]:
    return {word: gender.strip("-") for word, gender in _rows(file)}  # type: ignore[misc]


def _words(file: Traversable) -> frozenset[str]:
    return frozenset(file.read_text(encoding="utf-8").splitlines())
