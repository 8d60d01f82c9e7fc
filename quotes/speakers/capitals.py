"""Runs of capitals: where a name may begin and end in a text, and what it looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from quotes.speakers.interviews import heads_line
from quotes.speakers.names import SUFFIXES
from quotes.speakers.vocabulary import Vocabulary, plural, singular
from quotes.speakers.words import Page, Word

DASHES = frozenset("-–—")
Label = Literal["PER", "ORG", "LOC", "MISC"]
CONNECTORS = frozenset({"of", "for", "on"})
HEADLINE = 0.7  # share of capitals among the longer words of a title-case line
NICKNAMES = frozenset({(' "', '" '), (" “", "” "), (" ‘", "’ "), (" '", "' ")})  # what stands around one
LONGEST = 12  # words of a name


def runs(page: Page, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that belong together, as indices of the first and the last word."""
    shouting = _title_lines(page)
    i = 0
    while i < len(page.words):
        word = page.words[i]
        if not word.capital or word.paragraph in shouting or not _names(page, i, words):
            i += 1
            continue
        last = i
        while last - i < LONGEST and (following := continues(page, last, words)):
            last = following
        if not (last == i and _only_capital_by_place(page, i)):
            first = i + 1 if last > i and _only_capital_by_place(page, i) else core(page, i, last, words)
            yield first, unadorned(page, first, last, words)
        i = last + 1


def _names(page: Page, i: int, words: Vocabulary) -> bool:
    """May a name begin with this word?"""
    return capital(page.words[i], words) or initial(page, i) or of_calendar(page, i, words) or inner(page, i, words)


def capital(word: Word, words: Vocabulary) -> bool:
    """May this word stand in a name?"""
    shouted = word.text.isupper() and len(word.text) > 1
    return word.capital and (shouted or "." in word.text or word.low not in words.function)


def surnamed(page: Page, i: int, words: Vocabulary) -> bool:
    """May this word stand in a name, be it a small word behind a given name: the "Till" of "Amy Till"?"""
    word = page.words[i]
    if capital(word, words) or of_calendar(page, i, words) or inner(page, i, words):
        return True
    before = page.words[i - 1] if i and word.capital and word.gap == " " else None
    return before is not None and before.capital and before.low in words.given


def of_calendar(page: Page, i: int, words: Vocabulary) -> bool:
    """Is it a given name that is also a day or a month, behind what somebody is: "captain Sunday Etim"?"""
    word = page.words[i]
    if not word.capital or word.low not in words.uses["calendar"] or not 0 < i < len(page.words) - 1:
        return False
    before, following = page.words[i - 1], page.words[i + 1]
    return word.gap == following.gap == " " and words.role(before.low) and capital(following, words)


def inner(page: Page, i: int, words: Vocabulary) -> bool:
    """Is it a small word with a capital inside a sentence, before a further capital: "director Per Holt"?"""
    word = page.words[i]
    if not word.capital or word.text.isupper() or word.low not in words.uses["small-given"]:
        return False
    before, following = page.words[i - 1 : i] or (None,), page.words[i + 1 : i + 2]
    told = before[0] is not None and before[0].sentence == word.sentence and word.gap in (" ", ", ")
    return told and bool(following) and following[0].gap == " " and capital(following[0], words)


def nicknamed(page: Page, i: int, words: Vocabulary) -> bool:
    """Is it the nickname between the names of somebody: the "Turbo" of Marco "Turbo" Silvestri?"""
    if not 0 < i < len(page.words) - 1 or (page.words[i].gap, page.words[i + 1].gap) not in NICKNAMES:
        return False
    return all(capital(w, words) for w in page.words[i - 1 : i + 2])


def initial(page: Page, i: int) -> bool:
    """Is it the "A." of "A. P. J. Abdul"?"""
    text = page.words[i].text
    return len(text) == 1 and text.isupper() and i + 1 < len(page.words) and page.words[i + 1].gap in (". ", ".")


def continues(page: Page, last: int, words: Vocabulary) -> int:
    """The index of the next word of a name whose last word so far is ``last``; 0 where it ends."""
    here, rest = page.words[last], page.words[last + 1 : last + 4]
    if nicknamed(page, last + 1, words):
        return last + 2
    if rest and of_many(page, last, words):
        return last + 1
    if rest and rest[0].gap == ", " and incorporated(here, rest[0], words):
        return last + 1
    if here.possessive or not rest or not joined(here, rest[0]) or heads_line(page, last):
        return 0
    if surnamed(page, last + 1, words) or rest[0].text == "plc":
        return last + 1
    if rest[0].text == "and" and (end := abbreviated(page, last, words)):
        return end
    follows = 1
    if rest[0].text.lower() in words.uses["particle"] and len(rest) > 1:
        follows = 1 if capital(rest[1], words) else 2 if len(rest) > 2 and rest[1].text in words.uses["particle"] else 0
    elif rest[0].text in CONNECTORS and words.organisation(here.low):
        follows = 2 if len(rest) > 1 and rest[1].text == "the" else 1
    else:
        return 0
    spaced = all(w.gap == " " for w in rest[1 : follows + 1])
    return last + 1 + follows if follows and spaced and len(rest) > follows and capital(rest[follows], words) else 0


def of_many(page: Page, i: int, words: Vocabulary) -> bool:
    """Does a possessive go on as the name of a body: "Teachers' Union", "St Mary's Hospital", "King's College", or of a
    paper: "Lloyd's List"?"""
    here, following = page.words[i], page.words[i + 1]
    if here.possessive and following.capital and following.low in words.uses["periodical"]:
        return following.gap in (" ", "'s ", "’s ") and here.low not in words.places
    if not (here.possessive and following.capital and words.organisation(following.low)):
        return False
    trade = words.group(here.low) and following.gap in ("' ", "’ ")
    saint = i > 0 and page.words[i - 1].text in ("St", "Saint") and here.gap in (" ", ". ")
    return trade or ((saint or here.text in ("King", "Queen")) and following.low in words.uses["public"])


def joined(here: Word, following: Word) -> bool:
    """May two words that follow each other stand in one name?"""
    if following.sentence != here.sentence:
        return False
    return following.gap in (" ", "\u00a0", " & ", ". ")  # a dot inside a sentence is an abbreviation's


def abbreviated(page: Page, last: int, words: Vocabulary) -> int:
    """The last word of a name with "and" in it whose letters follow in brackets: "Food and Drug Agency (FDA)"; 0 if
    none."""
    for i in range(last + 2, min(last + LONGEST, len(page.words) - 1)):
        if page.words[i].gap != " " or not capital(page.words[i], words):
            return 0
        letters, following = page.words[last].text[0] + page.words[last + 2].text[0], page.words[i + 1]
        if following.gap == " (" and following.text.isupper():
            letters += "".join(w.text[0] for w in page.words[last + 3 : i + 1])
            return i if letters in following.text else 0
    return 0


def incorporated(here: Word, following: Word, words: Vocabulary) -> bool:
    """Is it the "Inc." behind a name and a comma?"""
    return here.capital and following.gap == ", " and following.capital and following.low in words.uses["form"]


def _only_capital_by_place(page: Page, i: int) -> bool:
    """Is it capitalised only because a sentence begins here?"""
    begins = not i or page.words[i - 1].sentence != page.words[i].sentence
    return begins and page.words[i].text.lower() in page.lowercase


def _title_lines(page: Page) -> set[int]:
    """Paragraphs In Which Nearly Every Word Is Capitalised, where capitals show no names."""
    long = [w for w in page.words if len(w.text) > 3]
    totals, capitals = Counter(w.paragraph for w in long), Counter(w.paragraph for w in long if w.capital)
    titled = {p for p, total in totals.items() if total >= 5 and capitals[p] >= HEADLINE * total}
    return titled - {w.paragraph for w in long if w.paragraph in titled and "." in page.text[w.end : w.end + 2]}


def trim(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """Where the name itself begins in a run like "US President Barack Obama"."""
    behind = (SUFFIXES, words.uses["honour"], words.uses["letters"])
    end = last
    while end > first and any(page.words[end].low in some for some in behind):
        end -= 1
    for i in range(end - 1, first - 1, -1):
        low = page.words[i].low
        titled = entitled(page, i, words) or low in words.uses["role"] or _rank(page, i, words)
        titled = titled or low.endswith("-year-old") or (end - i > 1 and words.role(low))
        if not titled and plural(low) and (end - i > 1 or page.words[end].low in words.given):
            titled = words.role(singular(low))
        if titled and low not in words.given:
            return i + 1
    if end - first >= 2 and _acting(page, first, words):
        return first + 1
    if end - first >= 2 and words.member(page.words[first].low) and page.words[first].low not in words.given:
        return first + 1  # "Pole Jan Nowak"
    return _past_portfolio(page, first, end, words)


def _acting(page: Page, first: int, words: Vocabulary) -> bool:
    """Is it what somebody does to whom is named behind, at the start of a sentence: "Defending Ann Lee, Tom Poole"?"""
    low = page.words[first].low
    begins = not first or page.words[first - 1].sentence != page.words[first].sentence
    return begins and low.endswith("ing") and low not in words.given and words.lexicon.lemma(low) != low


def entitled(page: Page, i: int, words: Vocabulary) -> bool:
    """Is this word a title, or the end of one: "Datuk", "Tan Sri"?"""
    titles, word = words.lexicon.titles, page.words[i]
    double = i > 0 and word.capital and page.words[i - 1].capital
    return word.low in titles or (double and f"{page.words[i - 1].low} {word.low}" in titles)


def _past_portfolio(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """Where the name begins behind what somebody is minister for: "Minister for Aged Care and Sport Ann Lee"."""
    fields = words.uses["portfolio"]
    name = last
    while name > first and page.words[name - 1].low not in fields:
        name -= 1
    for i in range(first - 1, max(first - LONGEST, 0), -1) if name > first else ():
        if page.words[i].low in ("for", "of"):
            return name if words.role(page.words[i - 1].low) else first
        if page.words[i].low not in fields and page.words[i].text != "and":
            return first
    return first


def _rank(page: Page, i: int, words: Vocabulary) -> bool:
    """Is it a rank written as capitals, "DCI Ransome", "PC Ann Bell", but not "DC Comics"?"""
    word, following = page.words[i], page.words[i + 1]
    return (
        word.text.isupper() and word.low in words.uses["rank"] and (len(word.low) > 2 or following.low in words.given)
    )


def unadorned(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """The last word of a name without the honours behind it: "Jo Lee KC", but "the Leeds North MP"."""
    bare = last
    while bare > first and _honour(page.words[bare], bare - first, words):
        bare -= 1
    if bare == last:
        return last
    described = first > 0 and page.words[first - 1].low in words.uses["determiner"]
    nouns = any(words.role(page.words[i].low) for i in range(bare + 1, last + 1))
    leading = {w.low for w in page.words[first:bare] if w.capital}
    named = not leading.isdisjoint(words.uses["portfolio"]) or any(w in words.given or words.role(w) for w in leading)
    return last if described or (nouns and not named) else bare


def _honour(word: Word, before: int, words: Vocabulary) -> bool:
    """Is it an honour behind a name of so many words? Letters that are also a word are honours in capitals only."""
    letters = before > 1 and word.text.isupper() and word.low in words.uses["letters"]
    return word.capital and (letters or word.low in words.uses["honour"])


def core(page: Page, first: int, last: int, words: Vocabulary) -> int:
    """Where a name begins after "State-run" or "Miami-based", and after "Carmaker" at the start of a sentence."""
    head, _, tail = page.words[first].text.rpartition("-")
    led = (head and tail in words.uses["tail"]) or apposed(page, first, words)
    return first + 1 if first < last and led else first


def apposed(page: Page, i: int, words: Vocabulary) -> bool:
    """Does a sentence begin here with what an organisation is, before its name: "Carmaker Ford said"?"""
    word = page.words[i] if i >= 0 else None
    if word is None or not (word.low in words.uses["apposed"] or word.low in words.uses["apposed-known"]):
        return False
    following = page.words[i + 1 : i + 2]
    known = bool(following) and (following[0].text.isupper() or following[0].low in words.bodies)
    if word.low in words.uses["apposed-known"] and not known:  # "Grocer Patel said"
        return False
    begins = not i or page.words[i - 1].sentence != word.sentence or not DASHES.isdisjoint(word.gap)
    return begins and bool(following) and following[0].gap == " " and capital(following[0], words)


def shape(page: Page, first: int, last: int, words: Vocabulary) -> Label:
    """What a run of capitals looks like, taken by itself; "MISC" where it may well be a person."""
    low = [w.low for w in page.words[first : last + 1]]
    if " ".join(low) in words.places:
        return "LOC"
    if apposed(page, first - 1, words) and low[0] not in words.given:
        return "ORG"
    if words.organisation(low[-1]) or any(c in low for c in CONNECTORS) or partners(page, first, last, words):
        return "ORG"
    if any(w.possessive for w in page.words[first:last]):  # "Lloyd's List"
        return "ORG"
    if first < last and (formed(page, first, last, words) or traded(page, first, last, words)):
        return "ORG"
    if first == last and page.words[first].text.isupper() and len(low[0]) > 1 and low[0] not in words.uses["initials"]:
        return "ORG"
    return "PER" if first < last and low[0] in words.given else "MISC"


def formed(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Does a run begin or end with the form of a firm: "PT Samudera", "Norvane AG"?"""
    ending = page.words[last]
    return prefixed(page.words[first], words) or (ending.text.isupper() and ending.low in words.uses["form"])


def prefixed(word: Word, words: Vocabulary) -> bool:
    """Is it the form of a firm before its name: "PT Samudera"?"""
    return word.text.isupper() and word.low in words.uses["prefix"]


def traded(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Does a run end with what a firm deals in, "Brindle Airways", and not with the surname of a given name?"""
    return page.words[last].low in words.uses["trade"] and not human(page, first, last, words)


def human(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Does a run begin with a given name, behind what somebody is: "Actor Kevin Lines"?"""
    return page.words[trim(page, first, last, words)].low in words.given


def partners(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Is it the name of a firm, "Marks & Tulley", and not a couple's, "Tom & Ellen Brisk"?"""
    firm = any("&" in page.words[i].gap for i in range(first + 1, last + 1))
    return firm and page.words[first].low not in words.given
