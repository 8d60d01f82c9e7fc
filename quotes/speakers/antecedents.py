"""Pronouns → whom they mean. One pass from left to right, each pronoun judged against a few mentions before it.

Salience by weights follows Lappin and Leass (1994): nearness in sentences, subjects before objects, speakers before
those spoken of. A speaker seldom names himself inside his own words, so mentions in the words attributed to the
pronoun do not count. Learned links, where there are any, add to the weights. The weights were looked at one by one on
the biographies, speeches, court records, travel guides and textbooks of GUM, never on its news and interviews.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from quotes.models import Extents, Link
from quotes.speakers.capitals import LONGEST
from quotes.speakers.cast import Cast
from quotes.speakers.mentions import lead_of
from quotes.speakers.register import Referent
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

OPENING = "\"“‘'«"
REACH = 40  # mentions looked back at
FAR = 6  # sentences
SUBJECT, SPEAKER, QUOTED, OBLIQUE, OWNER, PARAGRAPH, LINKED = 1.0, 1.5, -2.0, -0.5, -1.0, -0.3, 4.0
UNKNOWN_GENDER, SPEAKS, NAMELESS, UNHEARD = -1.3, 0.8, -0.5, -0.5
OBJECT, CENTRE, TOPIC, OWN_WORDS, LATEST = 0.0, 1.5, 1.2, 2.0, 2.0
CLAUSE = 8  # words between a subject and its object
GENDERS = {"his": ("m", "s"), "her": ("f", "s")}
LEAST, MARGIN, TELLING = -3.5, 0.25, 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A mention as a candidate: of whom, at which word, and how prominent."""

    index: int
    referent: Referent
    weight: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen antecedent with the word where it was last mentioned; ``margin`` over the next best."""

    referent: Referent
    index: int
    margin: float
    linked: bool = False


class Salience:
    """The mentions of an article so far, and what is known of them; pronouns once resolved stand as mentions."""

    def __init__(
        self,
        page: Page,
        cast: Cast,
        speakers: Mapping[int, Referent],
        own: Mapping[int, Extents],
        opening: Mapping[int, int],
        links: Sequence[Link],
        words: Vocabulary,
    ) -> None:
        """``speakers``: who is named at a source's word; ``own``: word of a source → what is attributed to it;
        ``opening``: the word that words without marks open with → the word of their source before them."""
        self.page, self.cast, self.own, self.words = page, cast, own, words
        self.speakers, self.opening = speakers, opening
        self.speaking = {id(r) for r in speakers.values()}
        # whom the headline or the first line names
        self.topics = {id(r) for i, r in cast.at.items() if r.type == "person" and page.words[i].paragraph == 0}
        self.standings: list[Standing] = []
        self.latest: Standing | None = None  # who spoke last, so far
        self.links = _by_word(page, links)
        self.choices: dict[int, Choice] = {}
        self._walk()

    def _walk(self) -> None:
        named = {**self.cast.unclear, **self.cast.at, **self.speakers}
        for i, word in enumerate(self.page.words):
            if referent := named.get(i):
                if word.low in ("his", "her") and (owner := self.choose(i, _fits(*GENDERS[word.low]))):
                    self.choices[i] = owner  # of "his wife", who speaks
                self._stand(i, referent, i in self.speakers)
                continue
            pronoun = self.words.lexicon.pronouns.get(word.low)
            if pronoun is None or pronoun.person != "3" or word.text == "IT" or word.low == "who":
                continue
            if pronoun.gender in ("m", "f") or i in self.own:
                self._resolve(i, pronoun.gender, pronoun.number)

    def _resolve(self, i: int, gender: str, number: str) -> None:
        fits = _fits(gender, number)
        choice = self._own_subject(i, fits) if gender == "n" else None
        choice = choice or self.choose(i, fits) or (self._lone_they(i) if number == "p" else None)
        if choice is None:
            return
        sure = choice.margin >= TELLING or self.opening.get(i) == choice.index
        word = self.page.words[i]
        told = word.low in ("he", "she") and sure and not word.quoted  # in a quotation it is nobody of the sentence
        if (
            told
            and gender in ("m", "f")
            and not choice.referent.gender
            and choice.referent.type in ("person", "anonymous")
        ):
            choice.referent.gender = "f" if gender == "f" else "m"
        self.choices[i] = choice
        self._stand(i, choice.referent, i in self.own)

    def _stand(self, i: int, referent: Referent, speaks: bool) -> None:
        """Enter a mention; whoever else does something in between, the one who spoke last is no longer awaited."""
        standing = Standing(i, referent, self._weight(i, speaks))
        self.standings.append(standing)
        if referent.type not in ("person", "anonymous"):
            return
        if speaks:
            self.latest = standing
        elif self.latest and standing.weight >= SUBJECT and referent is not self.latest.referent:
            self.latest = None

    def _lone_they(self, i: int) -> Choice | None:
        """ "They" where nobody is several: the unnamed one who spoke in the sentence before ("A caller said …")."""

        def unnamed(r: Referent) -> bool:
            return r.type == "anonymous" and not r.plural and not r.gender and id(r) in self.speaking

        choice = self.choose(i, unnamed)
        near = choice is not None and self.page.words[i].sentence - self.page.words[choice.index].sentence <= 1
        return choice if near else None

    def _own_subject(self, i: int, fits: Callable[[Referent], bool]) -> Choice | None:
        """ "The museum will return the bronze, it said": with the cue behind, the words begin with who speaks."""
        here = self.page.words[i]
        for extent in self.own.get(i, ()):
            first = bisect_left(self.page.starts, extent.start)
            quoted = self.page.text[extent.start : extent.start + 1] in OPENING or extent.end > here.start
            for standing in reversed(self.standings[-REACH:]) if not quoted else ():
                same = self.page.words[standing.index].sentence == here.sentence
                if same and first <= standing.index <= first + 1 and fits(standing.referent):
                    return Choice(standing.referent, standing.index, 1.0)
        return None

    def choose(self, i: int, fits: Callable[[Referent], bool]) -> Choice | None:
        """The antecedent of the pronoun at word ``i``; None where none stands out."""
        scores: dict[int, tuple[float, Standing]] = {}
        end = bisect_left(self.standings, i, key=lambda s: s.index)
        for standing in reversed(self.standings[max(end - REACH, 0) : end]):
            standing = _told_apart(standing, fits)
            if not fits(standing.referent) or self._barred(i, standing):
                continue
            score, key = self._score(i, standing), id(standing.referent)
            if key not in scores or score > scores[key][0]:
                scores[key] = (score, standing)
        best = sorted(scores.values(), key=lambda s: (-s[0], -s[1].index))
        if not best or best[0][0] < LEAST or best[0][1].referent.bearers:
            return None
        margin = best[0][0] - best[1][0] if len(best) > 1 else 3.0
        linked = bool(self.links.get(i, {}).get(best[0][1].index))
        return None if margin < MARGIN else Choice(best[0][1].referent, best[0][1].index, margin, linked)

    def _barred(self, i: int, standing: Standing) -> bool:
        """Too far away, inside the words attributed to the pronoun, or nobody in particular?"""
        there = self.page.words[standing.index]
        own = any(e.start <= there.start < e.end for e in self.own.get(i, ()))
        far = self.page.words[i].sentence - there.sentence > FAR
        return far or own or self._nobody(standing.referent) or self._bound(i, standing.index)

    def _bound(self, i: int, subject: int) -> bool:
        """Is "him" the object of a verb whose subject this mention is: "Smith told him", where he is another?"""
        words = self.page.words
        if i - subject > CLAUSE or words[i].sentence != words[subject].sentence or not self._object(i):
            return False
        nearest = bisect_left(self.standings, i, key=lambda s: s.index) - 1
        if self.standings[nearest].index != subject:
            return False
        between = words[subject + 1 : i + 1]
        clauses = self.words.uses["clause"]
        return not words[subject].possessive and all(w.gap in (" ", ". ") and w.low not in clauses for w in between)

    def _object(self, i: int) -> bool:
        """Is this "him", or a "her" that owns nothing: "told her that", "credited her with"?"""
        low, following = self.page.words[i].low, self.page.words[i + 1 : i + 2]
        if low != "her" or not following:
            return low in ("him", "her")
        after = following[0]
        small = any(after.low in self.words.uses[use] for use in ("preposition", "determiner", "edge"))
        return after.gap != " " or (small and after.low not in ("like", "then"))

    def _nobody(self, referent: Referent) -> bool:
        """Nobody in particular, or the reporters who only came and asked?"""
        name = referent.name.lower()
        unheard = referent.type in ("anonymous", "group") and id(referent) not in self.speaking
        asked = unheard and name.rpartition(" ")[2] in self.words.uses["audience"]
        return asked or name in self.words.uses["indefinite"]

    def _score(self, i: int, standing: Standing) -> float:
        here, there, referent = self.page.words[i], self.page.words[standing.index], standing.referent
        score = standing.weight - (here.sentence - there.sentence)
        score += PARAGRAPH * min(here.paragraph - there.paragraph, 2)
        score += LINKED * self.links.get(i, {}).get(standing.index, 0.0)
        shown = referent.gender or any(person.gender for person in referent.bearers)
        vague = referent.type == "anonymous" and referent.name.islower()  # "the Russian president" is one as if named
        unheard = vague and id(referent) not in self.speaking
        score += NAMELESS * vague + UNHEARD * unheard + UNKNOWN_GENDER * (not shown)
        score += TOPIC * (id(referent) in self.topics) + CENTRE * self._centre(i, standing.index)
        score += LATEST * (i in self.own and self.latest is not None and standing.index == self.latest.index)
        score += OWN_WORDS * (self.opening.get(i) == standing.index)  # "Smith said she had gone"
        return score + SPEAKS * (i in self.own and id(referent) in self.speaking)

    def _centre(self, i: int, index: int) -> bool:
        """Does the sentence of a pronoun begin with it, and the one before with this mention?"""
        here, there = self.page.words[i], self.page.words[index]
        if here.paragraph != there.paragraph or here.sentence - there.sentence != 1 or here.quoted != there.quoted:
            return False
        return self._begins(i) and self._begins(index)

    def _begins(self, i: int) -> bool:
        """Is this the first word of its sentence, behind titles perhaps?"""
        first = lead_of(self.page, i, self.words)
        return not first or self.page.words[first - 1].sentence != self.page.words[i].sentence

    def _weight(self, i: int, speaks: bool) -> float:
        word = self.page.words[i]
        weight = SPEAKER if speaks else 0.0
        weight += QUOTED if word.quoted else 0.0
        if self._object(i):
            weight += OBJECT
        elif word.possessive or word.low in ("his", "her", "their", "its"):
            weight += OWNER
        elif self._oblique(i):
            weight += OBLIQUE
        else:
            weight += SUBJECT
        return weight

    def _oblique(self, i: int) -> bool:
        """Does a preposition or a verb govern this mention, so that it is no subject?"""
        k, described = i - 1, False
        while k >= max(i - LONGEST, 0) and self.page.words[k + 1].gap in (" ", ". ") and self._leads(k):
            described = described or self.words.role(self.page.words[k].low)
            k -= 1
        if k < 0 or self.page.words[k].sentence != self.page.words[i].sentence:
            return False
        left = self.page.words[k]
        inner = described and left.low in self.words.uses["inner"]  # "coach of Fulham Ann Lee": of what, not whom
        return self.page.words[k + 1].gap == " " and left.low in self.words.uses["preposition"] and not inner

    def _leads(self, k: int) -> bool:
        word = self.page.words[k]
        if word.low in self.words.uses["preposition"]:
            return False
        return word.low in ("the", "a", "an") or word.capital or self.words.role(word.low)


def _told_apart(standing: Standing, fits: Callable[[Referent], bool]) -> Standing:
    """Of a name that several people bear the one who fits: after "Smith", "she" is Ann Smith and not John.

    Where several fit, the stand-in stays.
    """
    fitting = [person for person in standing.referent.bearers if fits(person)]
    return replace(standing, referent=fitting[0]) if len(fitting) == 1 else standing


def _fits(gender: str, number: str) -> Callable[[Referent], bool]:
    """Which referents a third-person pronoun may mean."""

    def gendered(r: Referent) -> bool:
        if r.bearers:
            return any(gendered(person) for person in r.bearers)
        return r.type in ("person", "anonymous") and not r.plural and r.gender in ("", gender)

    def neuter(r: Referent) -> bool:
        return r.type in ("organisation", "document")

    def several(r: Referent) -> bool:
        return r.type in ("organisation", "group") or r.plural or (r.type == "person" and r.gender == "n")

    if gender in ("m", "f"):
        return gendered
    return neuter if number == "s" and gender == "n" else several


def _by_word(page: Page, links: Sequence[Link]) -> dict[int, dict[int, float]]:
    """Links by the words that begin where they point; the strongest where several do."""
    found: dict[int, dict[int, float]] = {}
    for link in links:
        i, k = bisect_left(page.starts, link.start), bisect_left(page.starts, link.antecedent)
        if i < len(page.words) and k < i:
            scores = found.setdefault(i, {})
            scores[k] = max(scores.get(k, 0.0), link.score)
    return found
