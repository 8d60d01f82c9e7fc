"""Noun phrases read without a parser, by their capitals and by the word lists: where one begins, where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.lexicon import Lexicon

TOKEN = re.compile(r"[^\W_]+(?:[’'.&/-][^\W_]+)*\.?|[^\w\s]|_+")
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
NOMINATIVE = frozenset(["he", "she", "they", "we", "i", "it", "who", "you"])
PERSONS = frozenset(["he", "she"])
FILLERS = frozenset(["yes", "there", "here", "it's", "that's"])  # with a capital no name either
NAMESAKES = frozenset(["will", "may", "april", "june", "august"])  # given names that are function words too
LONGEST = 40  # words of a noun phrase


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: where it is, and itself in lower case."""

    start: int
    end: int
    word: str
    upper: bool

    @property
    def mark(self) -> bool:
        """No word but a punctuation mark."""
        return not self.word[0].isalnum()


def tokens(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The words and marks of a stretch; a full stop stays with an abbreviation or initial, else it is a mark."""
    found: list[Token] = []
    for match in TOKEN.finditer(text, start, end):
        word, stop = match[0], match.end()
        stopped = word.endswith(".") and len(word) > 1 and not _abbreviated(word[:-1], lexicon)
        plain = word[:-1] if len(word) > 1 and word.endswith(".") else word
        found.append(Token(match.start(), stop - stopped, plain.lower(), word[0].isupper()))
        if stopped:
            found.append(Token(stop - 1, stop, ".", False))
    return found


def _abbreviated(word: str, lexicon: Lexicon) -> bool:
    return (len(word) == 1 and word.isupper()) or word.lower() in lexicon.abbreviations


class Nouns:
    """What the word lists of a lexicon know about noun phrases."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = lexicon.modifiers
        functions = ("preposition", "subordinator", "adverb", "determiner", "auxiliary", "negator", "time", "small")
        self.function = frozenset().union(*(self.words[role] for role in functions), lexicon.pronouns, FILLERS)
        self.function |= self.words["question"]
        self.roles = frozenset(lexicon.people) | lexicon.groups | lexicon.organisations | lexicon.documents
        self.roles |= frozenset(lexicon.titles) | frozenset(lexicon.kinship)

    def is_name(self, token: Token) -> bool:
        """Is it a capitalised word with a meaning of its own?"""
        return token.upper and token.word not in self.function and not token.word.endswith("ing")

    def name_start(self, found: Sequence[Token], last: int) -> int | None:
        """Where the name that ends at ``last`` begins, looking left over capitals, initials, "of", "the" and "and"."""
        first: int | None = None
        for at in range(last, -1, -1):
            if found[at].upper and found[at].word not in ("and", "from"):
                first = at
            elif found[at].word not in ("of", "the", "and", "for", "&", "(", ")", ".", "'", "’"):
                break
        return first if first is not None and self.is_name(found[first]) else None

    def begins(self, found: Sequence[Token], at: int) -> bool:
        """Can a noun phrase begin here?"""
        token = found[at]
        if token.mark or token.word in self.words["subordinator"] or token.word in self.words["preposition"]:
            return False
        if token.word in NAMESAKES and token.upper and at + 1 < len(found) and found[at + 1].upper:
            return True
        if token.upper and token.word in self.function and token.word not in self.words["determiner"] | NOMINATIVE:
            return False
        if token.upper or token.word in self.words["determiner"] or token.word in NOMINATIVE or token.word.isdigit():
            return token.word not in self.words["time"] or token.word in self.words["determiner"]
        near = [t.word for t in found[at : at + 4]]
        return any(word in self.roles for word in near)

    def after_adverbial(self, found: Sequence[Token], end: int) -> int:
        """The first word after an opening such as "On Monday,"; 0 if there is none."""
        opening = found[0].word
        adverbial = any(opening in self.words[r] for r in ("preposition", "subordinator", "adverb"))
        if opening == "as":
            return 1
        joined = opening in ("but", "and")
        if not (
            adverbial
            or joined
            or opening.endswith(("ing", "ly"))
            or self.lexicon.reports(opening)
            or opening in self.words["time"]
        ):
            return 0
        if joined and end > 1 and found[1].word != ",":
            return 1
        comma = next((i for i in range(end - 1) if found[i].word == ","), -1)
        return comma + 1

    def without_adverbial(self, found: Sequence[Token], first: int, last: int) -> int:
        """The end of the subject without "on Monday" or ", in a statement" before the cue."""
        comma = next((i for i in range(last, first, -1) if found[i].word == ","), -1)
        if comma > 0 and comma < last:
            opening = found[comma + 1].word
            if opening in self.words["preposition"] or opening.endswith("ing") or opening in self.words["subordinator"]:
                return self.without_adverbial(found, first, comma - 1)
        if found[last + 1].word == ",":  # an appositive ends here, and what it tells of time is its own
            return last
        while last > first and found[last].word in self.words["time"]:
            last -= 1 + (found[last - 1].word in ("on", "in"))
        return last

    def end(self, found: Sequence[Token], first: int) -> int:
        """The last word of a noun phrase that begins at ``first``, with its appositives."""
        if found[first].word in NOMINATIVE:
            return first
        named, relative, at = False, False, first
        while at < min(len(found), first + LONGEST) and not self._ends(found, at, named, relative):
            named = found[at].word != "," and (named or self._role(found, at, first))
            relative = (relative or found[at].word in RELATIVE) and found[at].word != ","
            at += 1
        while at > first and found[at - 1].mark and found[at - 1].word not in (")", "."):
            at -= 1
        return at - 1

    def _role(self, found: Sequence[Token], at: int, first: int) -> bool:
        """Does a noun for a role stand here, or an article that opens an appositive ("a fellow at")?"""
        word = found[at].word
        opens = at == first or found[at - 1].word == ","
        return word in self.roles or word.isdigit() or (opens and word in self.words["determiner"])

    def _ends(self, found: Sequence[Token], at: int, named: bool, relative: bool) -> bool:
        """Does the noun phrase end before this word? ``named``: its part since the last comma has a noun for a role."""
        word = found[at].word
        following = found[at + 1] if at + 1 < len(found) else None
        if word == ",":
            return following is None or not self._apposed(found, at + 1)
        if found[at].mark:
            return word not in "()'’-&.$%\"“”" or (word == "." and following is None)
        if relative:
            return False
        if word in self.words["time"]:
            return True
        if word == "and":
            joined = following is not None and (following.upper or following.word in self.roles)
            return not (joined or (following is not None and following.word in self.words["determiner"]))
        if word in self.words["subordinator"]:
            return True
        if word in self.words["preposition"] and word != "of":
            timed = following is None or following.word in self.words["time"]
            said_in = any(t.word in self.lexicon.documents for t in found[at + 1 : at + 3]) and word in ("in", "on")
            return timed or said_in or not named or word in ("during", "after", "before", "following", "about")
        return self.lexicon.reports(word) and not found[at].upper and word.endswith("ing")

    def _apposed(self, found: Sequence[Token], at: int) -> bool:
        """Does an appositive or a relative clause begin here, after a comma?"""
        word = found[at].word
        if word in ("who", "whose") or word.isdigit() or (word == "of" and found[at - 2].word.isdigit()):
            return True
        if word in self.words["determiner"]:
            return word not in ("this", "that")
        if word in self.words["time"] or word in self.words["subordinator"] or word in self.words["preposition"]:
            return False
        if word.endswith("ing") or word in ("and", "but", "adding"):
            return False
        return found[at].upper or any(t.word in self.roles for t in found[at : at + 4] if not t.mark)
