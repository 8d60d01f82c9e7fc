"""Cue clauses read without a parser: in the words next to a quotation, which are the source and which the cue.

Two orders are read, "Smith, the mayor of Y, told reporters" and "said Smith, the mayor of Y"; in both the source is
the whole noun phrase with its titles and appositives. Verbs that are not those of the quotation (in a relative clause,
"who called for a vote") are stepped over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotes.detectors.nouns import NOMINATIVE, RELATIVE, Nouns, Token
from quotes.lexicon import Lexicon
from quotes.models import Extent

OBJECTIVE = frozenset(["him", "me", "us", "them", "you"])
COUNTED = frozenset(["some", "many", "most", "several", "few", "both", "all", "two", "three", "other", "others"])
APART = (",", "”", '"', "'", "’")  # between a cue and its subject further left
PREPOSITIONS = (["according", "to"], ["in", "the", "words", "of"])
FARTHEST = 40  # words between a quotation and its cue


@dataclass(frozen=True, slots=True)
class Clause:
    """What a cue clause says: the source (None where another clause names it), the cue, and whom it was told."""

    source: Extent | None
    cue: Extent
    told: Extent | None = None


@lru_cache
def reader_of(lexicon: Lexicon) -> Reader:
    """The reader of a lexicon, made once."""
    return Reader(lexicon)


class Reader:
    """Reads clauses with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = lexicon.modifiers
        self.nouns = Nouns(lexicon)
        self.finite = self.words["finite"]
        self.clausal = self.finite | RELATIVE  # what shows that another clause begins or goes on

    def following(self, found: Sequence[Token]) -> Clause | None:
        """The clause that begins right after a quotation: "Smith said", "said Smith", "according to Smith"."""
        first = 0
        while first < len(found) and (found[first].mark or found[first].word in ("and", "as", "but")):
            if found[first].word not in (",", "—", "–", "-", "and", "as", "but"):
                return None
            first += 1
        if first == len(found):
            return None
        if phrase := self._preposition(found, first):
            return self._inverted(found, first, first + phrase)
        joined = any(t.word in ("and", "but") for t in found[:first])
        after_cue = 0 if joined else self._opening_cue(found, first)
        if after_cue:
            return self._inverted(found, first, after_cue)
        if not self.nouns.begins(found, first):
            return None
        at = self._main_cue(found, first)
        return None if at is None else self._straight(found, first, at)

    def leading(self, found: Sequence[Token], reach: int) -> Clause | None:
        """The clause that ends right before a quotation: "Smith told reporters:"; ``reach`` words after the cue."""
        for at in range(len(found) - 1, max(-1, len(found) - 2 - reach), -1):
            if self.is_cue(found, at):
                inverted = found[at].upper and self._opening_cue(found, at)
                if inverted:
                    return self._inverted(found, at, inverted)
                return self._straight(found, *self._clause(found, at))
            if phrase := self._preposition(found, at):
                return self._inverted(found, at, at + phrase)
        return None

    def _preposition(self, found: Sequence[Token], at: int) -> int:
        """Words of a preposition of saying that begins here, with a noun to follow; 0 if there is none."""
        words = [t.word for t in found[at : at + 5]]
        return next((len(p) for p in PREPOSITIONS if words[: len(p)] == p and len(words) > len(p)), 0)

    def _clause(self, found: Sequence[Token], at: int) -> tuple[int, int]:
        """Where the subject of a cue begins, and the cue: an earlier one if this stands in its relative clause."""
        first = self._subject(found, at)
        core = self.lexicon.lemma(found[at].word) in self.words["core"]
        if found[first].word in ("who", "which") and first and not core:
            earlier = next((i for i in range(first - 1, -1, -1) if self.is_cue(found, i)), None)
            if earlier is not None:
                return self._subject(found, earlier), earlier
        return first, at

    def is_cue(self, found: Sequence[Token], at: int) -> bool:
        """Is it a verb that says: inflected, or after a modal or a plural subject, and no noun, no "to say"?"""
        word = found[at].word
        before = found[at - 1].word if at else ""
        counted = before in COUNTED and self.lexicon.lemma(word) in self.words["core"]  # "some say", "both said"
        if (
            (before in self.words["determiner"] and not counted)
            or before == "of"
            or (before == "to" and not self._used(found, at))
            or before.endswith(("'s", "’s"))
        ):
            return False
        if self.lexicon.reports(word) or self._phrase(found, at):
            return not found[at].upper or at == 0
        if self.lexicon.lemma(word) in self.words["aloud"] and word.endswith(("ed", "t")):
            return True
        sense = self.lexicon.cues["verb"].get(word)
        if sense is not None and sense.mode == "statement" and (before in self.words["modal"] or before == "not"):
            return True
        plural = counted or before in ("they", "we", "i", "you", "people") or before.endswith("s")
        return sense is not None and plural and word in self.words["core"]

    def _used(self, found: Sequence[Token], at: int) -> bool:
        """Does "used to" stand before a verb?"""
        return at > 1 and found[at - 1].word == "to" and found[at - 2].word == "used"

    def _phrase(self, found: Sequence[Token], at: int) -> bool:
        """Does an inflected verb that says nothing by itself do so with the next word ("shot back")?"""
        lemma = self.lexicon.lemma(found[at].word)
        if lemma == found[at].word or at + 1 == len(found):
            return False
        sense = self.lexicon.cues["phrase"].get(f"{lemma} {found[at + 1].word}")
        return sense is not None and sense.mode == "statement"

    def _opening_cue(self, found: Sequence[Token], first: int) -> int:
        """Where an inverted clause goes on after its cue ("said |Smith"); 0 if it opens with none."""
        at = first
        while at < len(found) and found[at].word in self.words["adverb"]:
            at += 1
        if at == len(found) or (found[at].upper and at) or not self.is_cue(found, at):
            return 0
        sense = self.lexicon.cues["verb"].get(self.lexicon.lemma(found[at].word))
        if found[at].word.endswith("ing") or (sense is not None and sense.stance in ("show", "report")):
            return 0  # "X," saying … / "X," features …
        at += 1
        if at + 1 < len(found) and found[at].word in ("out", "back"):
            at += 1
        return at if at < len(found) and self.nouns.begins(found, at) else 0

    def _main_cue(self, found: Sequence[Token], first: int) -> int | None:
        """The cue of a clause that begins with its subject; verbs in a relative clause are stepped over."""
        relative, fallback = False, None
        for at in range(first + 1, min(len(found), first + FARTHEST)):
            word = found[at].word
            if word == ",":
                relative = False
            elif word in (";", ":"):
                break
            elif word in RELATIVE:
                relative = True
            elif self.is_cue(found, at):
                if not relative and self.lexicon.lemma(word) in self.words["core"] and not word.endswith("ing"):
                    return at
                if fallback is None and not word.endswith("ing"):
                    fallback = at
                relative = False
        return fallback

    def _straight(self, found: Sequence[Token], first: int, at: int) -> Clause | None:
        """Subject before cue. A participle ("adding") or a second verb ("and added") has its subject further left."""
        begin = self._verb_group(found, at)
        last = begin - 1
        while last >= first and found[last].word in (*APART, "and", "or", "but", "—", "–"):
            last -= 1
        last = self.nouns.without_adverbial(found, first, last)
        source = self._noun(found, first, last) if last >= first else None
        cue = self._cue(found, begin, at)
        if self.lexicon.lemma(found[at].word) in ("ask", "tell") and self._passive(found, begin, at):
            return Clause(self._agent(found, at), cue, source)
        return Clause(source, cue, self._told(found, at))

    def _passive(self, found: Sequence[Token], begin: int, at: int) -> bool:
        """Does a form of "be" stand before the participle?"""
        be = any(self.lexicon.lemma(t.word) == "be" for t in found[begin:at])
        return be and not found[at].word.endswith("ing")

    def _agent(self, found: Sequence[Token], at: int) -> Extent | None:
        """Who did it, in the passive: the words after "by"."""
        by = next((i for i in range(at + 1, min(at + 8, len(found) - 1)) if found[i].word == "by"), None)
        last = self.nouns.end(found, by + 1) if by else 0
        return Extent(found[by + 1].start, found[last].end) if by and last > by else None

    def _inverted(self, found: Sequence[Token], first: int, after: int) -> Clause | None:
        """Cue before subject."""
        last = self.nouns.end(found, after)
        if last < after:
            return None
        return Clause(Extent(found[after].start, found[last].end), Extent(found[first].start, found[after - 1].end))

    def _verb_group(self, found: Sequence[Token], at: int) -> int:
        """Where the cue begins, with its auxiliaries and adverbs."""
        begin = at - 2 if self._used(found, at) else at
        while begin and not found[begin - 1].upper and self.in_verb_group(found[begin - 1].word):
            begin -= 1
        if begin == 1 and found[0].upper and found[0].word in self.words["adverb"]:
            begin = 0
        while begin < at and found[begin].word not in self.words["auxiliary"] and found[begin].word in ("both", "all"):
            begin += 1
        return begin

    def in_verb_group(self, word: str) -> bool:
        """Can a word stand before a verb as its auxiliary or adverb?"""
        if word in self.words["determiner"]:
            return word in ("also", "both", "all")
        if word in self.words["adverb"] or (word.endswith("ly") and word not in self.nouns.roles):
            return True
        return self.lexicon.lemma(word) in self.words["auxiliary"] or word in ("not", "never")

    def _cue(self, found: Sequence[Token], begin: int, at: int) -> Extent:
        """The cue with what belongs to it: "shot back", "went on to say"."""
        lemmas = [self.lexicon.lemma(t.word) for t in found[at : at + 4]]
        size = next(
            (n for n in (4, 3, 2) if " ".join(lemmas[:n]) in self.lexicon.cues["phrase"] and n <= len(lemmas)), 1
        )
        return Extent(found[begin].start, found[at + size - 1].end)

    def _told(self, found: Sequence[Token], at: int) -> Extent | None:
        """Whom it was told: the words after "told", up to a comma or a time."""
        if self.lexicon.lemma(found[at].word) != "tell" or at + 1 == len(found):
            return None
        last = at
        for i in range(at + 1, min(len(found), at + 12)):
            following = found[i + 1].word if i + 1 < len(found) else ""
            if (
                found[i].mark
                or found[i].word in ("that", "on", "during", "after")
                or found[i].word in self.words["time"]
                or (last > at and found[i].word in NOMINATIVE)
            ):
                break
            if found[i].word == "in" and (following in ("a", "an") or following.isdigit()):
                break
            if found[i].word == "to" and self._infinitive(found, i + 1):
                break
            last = i
            if found[i].word in OBJECTIVE or (found[i].word == "her" and self._clause_follows(found, i + 1)):
                break
        return Extent(found[at + 1].start, found[last].end) if last > at else None

    def _infinitive(self, found: Sequence[Token], at: int) -> bool:
        """Is it "to go", and not "to the harbour" or "to Rome"?"""
        return at < len(found) and not found[at].upper and found[at].word not in self.words["determiner"]

    def _clause_follows(self, found: Sequence[Token], at: int) -> bool:
        """Does what was told begin here, and not a noun that somebody has ("told her mother")?"""
        word = found[at].word if at < len(found) else ""
        return word in NOMINATIVE or word in self.words["determiner"]

    def _subject(self, found: Sequence[Token], at: int) -> int:
        """Where the subject of a cue begins, looking left from it as far as its clause goes."""
        begin = self._verb_group(found, at)
        if begin == 0:
            return 0
        before = found[begin - 1].word
        participle = found[at].word.endswith("ing") and not self._passive_or_progressive(found, begin, at)
        if before in ("and", "but", "or") or (participle and before in APART):
            return self._sentence_subject(found, begin)
        if before in NOMINATIVE:
            return begin - 1
        if before in APART:
            return self.nouns.after_adverbial(found, begin)
        first = begin - 1
        while first > 0 and not self._boundary(found, first - 1):
            first -= 1
        return first

    def _passive_or_progressive(self, found: Sequence[Token], begin: int, at: int) -> bool:
        """Does a form of "be" belong to the verb?"""
        return any(self.lexicon.lemma(t.word) == "be" for t in found[begin:at])

    def _boundary(self, found: Sequence[Token], at: int) -> bool:
        """Does a new clause begin after this word?"""
        word = found[at].word
        if word == "," or (found[at].mark and word not in "'’-&().%$"):
            return True
        if word in self.words["subordinator"] or word in ("that", "but", "who", "which"):
            return True
        if word == "with" and found[-1].word in ":,":
            return True
        if word == "and":
            return not (found[at + 1].upper and at and found[at - 1].upper)
        return self.lexicon.lemma(word) in ("be", "have", "do") and not word.startswith(("'", "’"))

    def _sentence_subject(self, found: Sequence[Token], end: int) -> int:
        """Where the subject of the sentence begins."""
        return min(self.nouns.after_adverbial(found, end), end - 1)

    def _noun(self, found: Sequence[Token], first: int, last: int) -> Extent | None:
        """The noun phrase from ``first`` to ``last`` at the latest; it ends before its own verb if it has one."""
        if found[first].word in NOMINATIVE:
            return Extent(found[first].start, found[first].end)
        relative = False
        for at in range(first, last + 1):
            word = found[at].word
            relative = (relative or word in RELATIVE) and word != ","
            verb = self.is_cue(found, at) or self.lexicon.lemma(word) in ("be", "have", "do")
            verb = verb or (word.endswith("ed") and found[at - 1].word != "," and found[at + 1].word != "by")
            if verb and at > first and not relative and not word.endswith(("ing", "'s", "’s")) and not found[at].upper:
                last = self._verb_group(found, at) - 1
                break
        while last > first and found[last].mark and found[last].word not in (")", "."):
            last -= 1
        if last < first or found[first].mark or not self.nouns.begins(found, first):
            return None
        return Extent(found[first].start, found[last].end)
