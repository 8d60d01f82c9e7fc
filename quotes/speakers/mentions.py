"""The names a text holds, with their titles: those a detector saw, and those that capitals and titles give away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.models import Name
from quotes.speakers.names import SUFFIXES
from quotes.speakers.vocabulary import Vocabulary, plural, singular
from quotes.speakers.words import Page, Word

Label = Literal["PER", "ORG", "LOC", "MISC"]
CONNECTORS = frozenset({"of", "for", "on"})
HEADLINE = 0.7  # share of capitals among the longer words of a title-case line
APPOSITIVE = 12  # words looked at after "Smith, a"
LONGEST = 12  # words of a name


@dataclass(frozen=True, slots=True)
class Mention:
    """A name by the indices of its first and last word; ``lead`` is where its titles begin.

    ``sure`` tells a name that a detector or a title vouches for from one that only its capitals show.
    """

    first: int
    last: int
    lead: int
    label: Label
    sure: bool


def find_names(page: Page, names: Sequence[Name], words: Vocabulary) -> list[Mention]:
    """Names in order of the text. Capitals show where a name begins and ends, a detector knows better what it is."""
    seen = [m for n in sorted(names, key=lambda n: (n.extent, n.label)) if (m := _detected(page, n, words))]
    at = {i: m for m in seen for i in range(m.first, m.last + 1)}
    found: list[Mention] = []
    for first, last in runs(page, words):
        inside = list(dict.fromkeys(at[i] for i in range(first, last + 1) if i in at))
        shaped = list(_label(page, first, last, words))
        if not inside:
            found += [m for m in shaped if not names or m.sure or m.last > m.first]
        elif agreed := _agreed(page, first, last, shaped, inside, words):
            found += agreed
    taken = {i for m in found for i in range(m.first, m.last + 1)}
    found += [m for m in seen if taken.isdisjoint(range(m.first, m.last + 1))]
    return sorted(_introduced(page, found, words), key=lambda m: (m.first, m.last, m.label))


def _introduced(page: Page, found: list[Mention], words: Vocabulary) -> list[Mention]:
    """With the lone names that the text introduces as organisations ("news agency TASS") as such, wherever they stand.

    A surname is none: "the company Smith founded".
    """
    surnames = {page.words[m.last].text for m in found if m.first < m.last}
    firms = {page.words[m.first].text for m in found if m.first == m.last and _after_firm(page, m.first, words)}
    firms -= surnames | {name for name in firms if name.lower() in words.given}
    return [replace(m, label="ORG") if m.first == m.last and page.words[m.first].text in firms else m for m in found]


def _after_firm(page: Page, i: int, words: Vocabulary) -> bool:
    """Does a noun for an organisation, in small letters, stand right before this word?"""
    before = page.words[i - 1] if i and page.words[i].gap == " " else None
    return before is not None and not before.possessive and words.organisation(before.text)


def _agreed(
    page: Page, first: int, last: int, shaped: list[Mention], inside: list[Mention], words: Vocabulary
) -> list[Mention]:
    """One name for a run of capitals in which a detector saw one or more, cut or not; none where it knows better."""
    labels = {m.label for m in inside}
    last_of = max((i for i in range(first, last) if page.words[i].text in CONNECTORS), default=first)
    if labels == {"PER"} and last_of < inside[-1].first < inside[-1].last == last:  # "Hall of Famer Lou Brannigan"
        return [inside[-1]]
    beyond = any(m.first < first or m.last > last for m in inside)
    if beyond or (len(labels) > 1 and not words.organisation(page.words[last].low)):
        tail = [m for m in shaped if m.label == "MISC" and m.last == last and m.first == last - 1]
        return tail if not beyond and inside[-1].label == "PER" and inside[-1].first == last else []
    if shaped and shaped[0].label in ("ORG", "LOC") and labels != {"PER"}:
        return [Mention(first, last, first, shaped[0].label, True)]
    if first < last and shape(page, first, last, words) == "LOC":
        return [Mention(first, last, first, "LOC", True)]
    if labels == {"PER"}:
        start = trim(page, first, last, words)
        return [Mention(start, last, lead_of(page, start, words), "PER", True)]
    return [Mention(first, last, first, inside[0].label, True)] if len(labels) == 1 else []


def _detected(page: Page, name: Name, words: Vocabulary) -> Mention | None:
    inside = page.inside(name.extent)
    if not inside:
        return None
    first, last = inside[0], unadorned(page, inside[0], inside[-1], words)
    if name.label != "PER":
        while first < last and page.words[first].low in ("the", "a", "an"):
            first += 1
        return Mention(first, last, first, name.label, True)
    start = trim(page, first, last, words)
    return Mention(start, last, lead_of(page, start, words), "PER", True)


def lead_of(page: Page, first: int, words: Vocabulary) -> int:
    """Where the titles before a name begin."""
    while first and page.words[first].gap in (" ", ". ") and page.words[first - 1].low in words.lexicon.titles:
        first -= 1
    return first


def runs(page: Page, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that belong together, as indices of the first and the last word."""
    shouting = _title_lines(page)
    i = 0
    while i < len(page.words):
        if page.words[i].paragraph in shouting or not _begins(page, i, words):
            i += 1
            continue
        last = i
        while last - i < LONGEST and (following := _continues(page, last, words)):
            last = following
        if not (last == i and _only_capital_by_place(page, i)):
            first = i + 1 if last > i and _only_capital_by_place(page, i) else i
            yield first, unadorned(page, first, last, words)
        i = last + 1


def capital(word: Word, words: Vocabulary) -> bool:
    """May this word stand in a name?"""
    shouted = word.text.isupper() and len(word.text) > 1
    return word.capital and (shouted or "." in word.text or word.low not in words.function)


def _begins(page: Page, i: int, words: Vocabulary) -> bool:
    return capital(page.words[i], words)


def _continues(page: Page, last: int, words: Vocabulary) -> int:
    """The index of the next word of a name whose last word so far is ``last``; 0 where it ends."""
    here, rest = page.words[last], page.words[last + 1 : last + 4]
    if here.possessive or not rest or not _joined(here, rest[0]):
        return 0
    if capital(rest[0], words):
        return last + 1
    follows = 1
    if rest[0].text.lower() in words.uses["particle"] and len(rest) > 1:
        follows = 1 if capital(rest[1], words) else 2 if len(rest) > 2 and rest[1].text in words.uses["particle"] else 0
    elif rest[0].text in CONNECTORS and words.organisation(here.low):
        follows = 2 if len(rest) > 1 and rest[1].text == "the" else 1
    else:
        return 0
    joined = all(w.gap == " " for w in rest[1 : follows + 1])
    return last + 1 + follows if follows and joined and len(rest) > follows and capital(rest[follows], words) else 0


def _joined(here: Word, following: Word) -> bool:
    if following.sentence != here.sentence:
        return False
    return following.gap in (" ", "\u00a0", " & ", ". ")  # a dot inside a sentence is an abbreviation's


def _only_capital_by_place(page: Page, i: int) -> bool:
    """Is it capitalised only because a sentence begins here?"""
    begins = not i or page.words[i - 1].sentence != page.words[i].sentence
    return begins and page.words[i].text.lower() in page.lowercase


def _title_lines(page: Page) -> set[int]:
    """Paragraphs In Which Nearly Every Word Is Capitalised, where capitals show no names."""
    counts: dict[int, list[int]] = {}
    for w in page.words:
        if len(w.text) > 3:
            line = counts.setdefault(w.paragraph, [0, 0])
            line[0] += w.capital
            line[1] += 1
    return {p for p, (capitals, total) in counts.items() if total >= 5 and capitals >= HEADLINE * total}


def trim(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """Where the name itself begins in a run like "US President Barack Obama"."""
    rest = range(last, first - 1, -1)
    end = next((i for i in rest if page.words[i].low not in SUFFIXES | words.uses["honour"]), first)
    for i in range(end - 1, first - 1, -1):
        low = page.words[i].low
        titled = low in words.lexicon.titles or low in words.uses["role"]
        titled = titled or (end - i > 1 and (words.role(low) or (plural(low) and words.role(singular(low)))))
        if titled and low not in words.given:
            return i + 1
    if (
        end - first >= 2
        and page.words[first].low.endswith("an")
        and f"{page.words[first].low}s" in words.lexicon.groups
    ):
        return first + 1
    return first


def unadorned(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """The last word of a name without the honours behind it: "Jo Lee KC", but "the Leeds North MP"."""
    bare = last
    while bare > first and page.words[bare].capital and page.words[bare].low in words.uses["honour"]:
        bare -= 1
    described = first > 0 and page.words[first - 1].low in words.uses["determiner"]
    nouns = any(words.role(page.words[i].low) for i in range(bare + 1, last + 1))
    return last if described or (nouns and page.words[first].low not in words.given) else bare


def core(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """Where a name begins after "State-run" or "Miami-based"."""
    head, _, tail = page.words[first].text.rpartition("-")
    return first + 1 if first < last and head and tail in words.uses["tail"] else first


def shape(page: Page, first: int, last: int, words: Vocabulary) -> Label:
    """What a run of capitals looks like, taken by itself; "MISC" where it may well be a person."""
    low = [w.low for w in page.words[first : last + 1]]
    if " ".join(low) in words.places:
        return "LOC"
    if words.organisation(low[-1]) or any(c in low for c in CONNECTORS):
        return "ORG"
    if first == last and page.words[first].text.isupper() and len(low[0]) > 1:
        return "ORG"
    return "PER" if first < last and low[0] in words.given else "MISC"


def _label(page: Page, first: int, last: int, words: Vocabulary) -> Iterator[Mention]:
    """What a run of capitals names; "University of Texas Arlington Ann Lee" may end with a person's name."""
    first = core(page, first, last, words)
    start = trim(page, first, last, words)
    if first == last and page.words[first].low in words.lexicon.titles:
        return
    label = shape(page, first, last, words)
    if label in ("ORG", "LOC"):
        yield Mention(first, last, first, label, label == "ORG" and first < last)
        after = next((last - i for i in range(last, first, -1) if page.words[i].text in CONNECTORS), 0)
        if after > 2 and not words.organisation(page.words[last].low):
            yield Mention(last - 1, last, last - 1, "MISC", False)
    elif start > first or _named_as_person(page, first, last, words):
        yield Mention(start, last, first, "PER", True)
    else:
        yield Mention(first, last, first, label, label == "PER")


def _named_as_person(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Do the words around tell a person: "envoy Brett McGurk", "Kate Bell, 42,", "Ann Lee, a doctor"?"""
    here = page.words[first]
    before = page.words[first - 1] if first and here.gap == " " else None
    if before and words.role(before.low) and before.text not in words.uses["adjective"]:
        return True
    if first and here.gap == ", " and last > first and words.role(page.words[first - 1].text):
        return True
    after = page.words[last + 1 : last + 1 + APPOSITIVE]
    if page.words[last].possessive or not after or after[0].sentence != here.sentence:
        return False
    if after[0].gap == " ":
        return after[0].text == "who"
    if after[0].gap != ", ":
        return False
    if after[0].text.isdigit() and len(after[0].text) == 2:
        return True
    opened = after[0].text in ("a", "an", "the", "his", "her") or after[0].text[0].islower()
    for w in after if opened and first < last else ():
        if words.role(w.low):
            return True
        if w is not after[0] and w.gap != " ":
            return False
    return False
