"""The names a text holds, with their titles: those a detector saw, and those that capitals and titles give away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.models import Name
from quotes.speakers.called import APPOSITIVE, called_before
from quotes.speakers.capitals import (
    CONNECTORS,
    LONGEST,
    Label,
    capital,
    continues,
    core,
    entitled,
    human,
    joined,
    partners,
    runs,
    shape,
    traded,
    trim,
    unadorned,
)
from quotes.speakers.labels import Mention, introduced, well_known
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page, Word


def find_names(page: Page, names: Sequence[Name], words: Vocabulary) -> list[Mention]:
    """Names in order of the text. Capitals show where a name begins and ends, a detector knows better what it is."""
    detected = (_detected(page, n, words) for n in sorted(names, key=lambda n: (n.extent, n.label)))
    seen = list(dict.fromkeys(m for m in detected if m))
    at = {i: m for m in seen for i in range(m.first, m.last + 1)}
    found: list[Mention] = []
    for first, last in runs(page, words):
        inside = list(dict.fromkeys(at[i] for i in range(first, last + 1) if i in at))
        shaped = list(_label(page, first, last, words))
        if not inside:
            found += [
                m for m in shaped if not names or m.sure or m.last > m.first or called_before(page, m.first, words)
            ]
        elif agreed := _agreed(page, first, last, shaped, inside, words):
            found += agreed
    taken = {i for m in found for i in range(m.first, m.last + 1)}
    found += [m for m in _untitled(page, seen, words) if taken.isdisjoint(range(m.first, m.last + 1))]
    found = well_known(page, found, words)
    return sorted(introduced(page, found, words), key=lambda m: (m.first, m.last, m.label))


def _untitled(page: Page, seen: list[Mention], words: Vocabulary) -> list[Mention]:
    """Without a lone word that a detector took for a person, where a person's whole name follows: "Gaffer" before
    "Luca Ferrini" is a title."""
    whole = {m.first for m in seen if m.label == "PER" and m.first < m.last}
    spaced = (" ", ". ")

    def title(m: Mention) -> bool:
        lone = m.label == "PER" and m.first == m.last and m.last + 1 in whole
        return lone and page.words[m.last + 1].gap in spaced and page.words[m.first].low not in words.given

    return [m for m in seen if not title(m)]


def _described(page: Page, first: int, last: int, inside: list[Mention], words: Vocabulary) -> bool:
    """Is a name of several words all that is a name in a run: "Hall of Famer Lou Brannigan"?"""
    name, before = inside[-1], page.words[inside[-1].first - 1] if inside[-1].first else None
    if not first < name.first < name.last == last or before is None:
        return False
    linked = any(page.words[i].text in CONNECTORS for i in range(first, name.first))
    particle = page.words[name.first].text in words.uses["particle"]
    return linked or (len(inside) > 1 and not particle and before.low not in words.given)


def _agreed(
    page: Page, first: int, last: int, shaped: list[Mention], inside: list[Mention], words: Vocabulary
) -> list[Mention]:
    """One name for a run of capitals in which a detector saw one or more, cut or not; none where it knows better."""
    labels = {m.label for m in inside}
    governed = first > 0 and page.words[first - 1].low == "of" and first < inside[-1].first < inside[-1].last == last
    if labels == {"PER"} and (governed or _described(page, first, last, inside, words)):  # "Secretary of State Ann Lee"
        return [inside[-1]]
    beyond = any(m.first < first or m.last > last for m in inside)
    if not beyond and (whole := _one_name(page, first, last, shaped, inside, words)):
        return [whole]
    firm = bool(shaped) and shaped[0].label == "ORG" and shaped[0].sure
    if firm and not beyond and (_seated(page, inside) or traded(page, first, last, words)):
        return [shaped[0]]
    if beyond or (len(labels) > 1 and not words.organisation(page.words[last].low)):
        tail = [m for m in shaped if m.label == "MISC" and m.last == last and m.first == last - 1]
        return tail if not beyond and inside[-1].label == "PER" and inside[-1].first == last else []
    return _of_one_kind(page, first, last, shaped, labels, words)


def _seated(page: Page, inside: list[Mention]) -> bool:
    """Did a detector see a body and its seat, where both are one name: "Central Bank of Kenya"?"""
    return [m.label for m in inside] == ["ORG", "LOC"] and page.words[inside[1].first - 1].text in CONNECTORS


def _of_one_kind(
    page: Page, first: int, last: int, shaped: list[Mention], labels: set[Label], words: Vocabulary
) -> list[Mention]:
    """A run of capitals as one name, by what a detector saw in it and by its shape; none where it saw several kinds."""
    person = labels == {"PER"} and (human(page, first, last, words) or lead_of(page, first, words) < first)
    firm = bool(shaped) and shaped[0].label == "ORG" and shaped[0].sure
    if shaped and ((firm and not person) or (shaped[0].label in ("ORG", "LOC") and labels != {"PER"})):
        return [Mention(first, last, first, shaped[0].label, True)]
    if first < last and shape(page, first, last, words) == "LOC":
        return [Mention(first, last, first, "LOC", True)]
    if labels == {"PER"}:
        start = trim(page, first, last, words)
        return [Mention(start, last, lead_of(page, start, words), "PER", True)]
    return [Mention(first, last, first, label, True) for label in labels] if len(labels) == 1 else []


def _one_name(
    page: Page, first: int, last: int, shaped: list[Mention], inside: list[Mention], words: Vocabulary
) -> Mention | None:
    """The name of a run that a detector took for two next to each other: "Cumbria" and "Link", "Asif" and "Nawaz"."""
    labels = [m.label for m in inside]
    if partners(page, first, last, words):
        return Mention(first, last, first, "ORG", True)
    if len(set(labels)) < 2 or sum(m.last - m.first + 1 for m in inside) <= last - first:
        return None
    if labels[-1] == "PER" and last == first + 1 and shaped and shaped[0].label == "PER" and shaped[0].first == first:
        return shaped[0]
    placed = page.words[first].low in words.places or words.member(page.words[first].low)
    return Mention(first, last, first, "ORG", True) if labels == ["LOC", "ORG"] and not placed else None


def _detected(page: Page, name: Name, words: Vocabulary) -> Mention | None:
    inside = page.inside(name.extent)
    if not inside or all(_no_name(page.words[i], words) for i in inside) or _member(page, inside, words):
        return None
    whole = [i for i in inside if page.words[i].sentence == page.words[inside[0]].sentence]
    first, last = whole[0], unadorned(page, whole[0], whole[-1], words)
    begins = core(page, first, last, words)
    firm = begins > first and begins == last and page.words[last].low not in words.given  # "Brewer Heineken"
    if name.label != "PER" or firm:
        first = begins
        while first < last and page.words[first].low in ("the", "a", "an", "and"):
            first += 1
        return Mention(first, last, first, "ORG" if firm else name.label, True)
    if page.words[last].low in words.uses["particle"] and (following := continues(page, last, words)):
        last = following
    start = whole_from(page, trim(page, first, last, words), words)
    return Mention(start, last, lead_of(page, start, words), "PER", True)


def _member(page: Page, inside: Sequence[int], words: Vocabulary) -> bool:
    """Is it only one of a people, "the Dane"?"""
    first = inside[0]
    lone = len(inside) == 1 and first > 0 and words.member(page.words[first].low)
    return lone and page.words[first - 1].low in words.uses["determiner"]


def _no_name(word: Word, words: Vocabulary) -> bool:
    """Is it no word of a name, but a title, "Warsaw-based", or a noun in small letters?"""
    based = word.text.rpartition("-")[2] in words.uses["tail"]
    return based or word.low in words.uses["courtesy"] or word.text in words.lexicon.organisations


def whole_from(page: Page, first: int, words: Vocabulary) -> int:
    """Where a name begins of which only the end was seen: before "Rijn" in "Joost van Rijn" stand two more words."""
    start = first
    while (
        start
        and first - start < LONGEST
        and page.words[start].gap == " "
        and page.words[start - 1].low in words.uses["particle"]
    ):
        start -= 1
    if start == first and page.words[first].text not in words.uses["particle"]:
        before = page.words[first - 1] if first and page.words[first].gap == " " else None
        named = before is not None and before.capital and before.low in words.given and not before.possessive
        return first - 1 if named and before and before.sentence == page.words[first].sentence else first
    given = page.words[start - 1] if start and page.words[start].gap == " " else None
    named = given is not None and joined(given, page.words[start]) and capital(given, words) and not given.possessive
    return start - 1 if named and given and not (words.role(given.low) or words.organisation(given.low)) else start


def lead_of(page: Page, first: int, words: Vocabulary) -> int:
    """Where the titles before a name begin."""
    while first and page.words[first].gap in (" ", ". ") and entitled(page, first - 1, words):
        first -= 1
    return first


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
