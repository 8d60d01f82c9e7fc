"""Where a text says what a named person is: before the name, behind it, set off from it, or by a verb of being."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.speakers.capitals import capital
from quotes.speakers.labels import Mention
from quotes.speakers.roles import ARTICLES, BREAKS, CALLED, DETERMINED, LINKS, Stretch, heads
from quotes.speakers.vocabulary import RELATIVES, Vocabulary
from quotes.speakers.words import Page, Word

BEFORE, AFTER, STATED = 12, 30, 6  # words looked at before a name, behind it, and for a verb of being
SET_OFF = frozenset({", ", " (", " - ", " – ", "—", " — "})  # what parts a name from an appositive
TIMED = frozenset({"now", "then", "once", "currently", "still", "also", "himself", "herself", "themselves"})
WORKING = frozenset({"work", "works", "worked", "working", "serves", "served"})
BEING = frozenset({"is", "was", "been", "became", "becomes", "become", "remains", "remained"})
ORDINAL = frozenset({"first", "next", "last", "only", "second", "third"})
ENDING = frozenset({"and", "but", "since", "until", "after", "before", "when", "while"})
PAIRED = frozenset(
    {"of", "for"}
)  # what may stand inside a description before a name: "a lawyer for the club, Ann Lee,"


def describe(page: Page, mention: Mention, words: Vocabulary) -> list[Stretch]:
    """The stretches of words around a name that hold a noun for a person: behind it first, then before it."""
    places = (_behind, _before, _apart, _called, _appointed, _stated_to_be, _identified)
    return [s for place in places if (s := place(page, mention, words))]


def recalled(page: Page, mention: Mention, words: Vocabulary) -> set[str]:
    """The bare noun that a name explains, as if it had been heard before: "baker" of "the baker, Ann Lee"."""
    found = _apart(page, mention, words)
    known = found is not None and 0 < found[0] == found[1] and page.words[found[0] - 1].low == "the"
    return heads(page, [found], words) if known and found else set()


def _behind(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ ", Barack Obama's special envoy in the fight against ISIS,", "a lawyer" of ", 34, a lawyer who …" """
    here = page.words[mention.last]
    first = _set_off(page, mention, words)
    if first is None or here.possessive:
        return None
    last = first
    for i in range(first, min(first + AFTER, len(page.words))):
        word = page.words[i]
        parted = word.gap in SET_OFF or (not BREAKS.isdisjoint(word.gap) and word.gap != ". ")
        if word.sentence != here.sentence or (i > first and parted):
            break
        if i == first and not (_opens(page, first, words) or _leads_to_role(page, first, words)):
            return None
        if word.low in words.uses["finite"]:
            return None
        if word.low in RELATIVES:
            if word.gap != " " or word.low == "that" or _leads(page, mention, words):
                return None
            break
        last = i
    return (first, last) if heads(page, [(first, last)], words) else None


def _set_off(page: Page, mention: Mention, words: Vocabulary) -> int | None:
    """The first word of what is set off behind a name, an age ("Ann Lee, 34, a …") and "now" or "also"."""
    first, printed = mention.last + 1, page.words
    if first >= len(printed) or printed[first].gap not in SET_OFF:
        return None
    aged = printed[first].text.isdigit() and printed[first + 1 : first + 2]
    if aged and aged[0].gap in (", ", "), "):
        first += 1
    timed = printed[first].low in TIMED and printed[first + 1 : first + 2]
    if timed and timed[0].gap == " " and timed[0].low in words.uses["determiner"]:
        first += 1
    return first


def _leads(page: Page, mention: Mention, words: Vocabulary) -> bool:
    """Does a name stand in a phrase before its clause, "According to Ann Lee, the lawyer who called lied"?"""
    led = mention.lead > 0 and page.words[mention.lead - 1].low in words.uses["preposition"]
    here = page.words[mention.first].sentence
    return led and all(w.sentence != here for w in page.words[max(mention.lead - 3, 0) : max(mention.lead - 2, 0)])


def _before(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "US envoy", "Emeritus Professor", "American academic and professor" """
    first = mention.first
    for i in range(mention.first, max(mention.first - BEFORE, 0), -1):
        word, left = page.words[i], page.words[i - 1]
        of_name = i <= mention.first and word.gap in (" ", ". ") and left.sentence == page.words[mention.first].sentence
        known = capital(left, words) or words.role(left.low) or "-" in left.text or left.possessive or left.low in LINKS
        known = known or words.organisation(left.low) or left.low in words.uses["modifier"]
        linked = left.low not in LINKS or (i > 1 and words.role(page.words[i - 2].low))
        if not (of_name and known and linked) or (i < mention.first and left.low in ("said", "told")):
            break
        first = i - 1
    while first < mention.first and page.words[first].low in LINKS:
        first += 1
    if first == mention.first or page.words[mention.first - 1].low in LINKS:
        return None
    nearest = page.words[mention.first - 1]
    if not words.role(nearest.low) or nearest.text in words.uses["adjective"]:
        return None
    return None if page.words[first].low in words.uses["courtesy"] else (first, mention.first - 1)


def _apart(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "the deputy minister" in "the deputy minister, Bruno Salt,", "Peru's envoy" in "Peru's envoy, Ann Lee," """
    last, name = mention.first - 1, page.words[mention.first]
    if last < 0 or name.gap != ", " or page.words[last].sentence != name.sentence:
        return None
    owner = False
    for i in range(last, max(last - BEFORE, -1), -1):
        if page.words[i].low in words.uses["finite"]:
            return None
        if page.words[i].low in DETERMINED and i < last and (found := _nearby(page, i + 1, last, words)):
            return found
        owner = owner or (page.words[i].possessive and i < last)
        begins = not i or page.words[i - 1].sentence != name.sentence
        if begins or (not BREAKS.isdisjoint(page.words[i].gap) and page.words[i].gap != ". "):
            return _nearby(page, i, last, words) if owner else None
    return None


def _nearby(page: Page, first: int, last: int, words: Vocabulary) -> Stretch | None:
    """These words, if a noun for a person heads them that is near the name behind."""
    near = words.role(page.words[last].low) and not words.group(page.words[last].low)
    near = near or any(w.text in PAIRED for w in page.words[first:last])
    return (first, last) if near and heads(page, [(first, last)], words) else None


def _called(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "Leeds lawyer" in "a Leeds lawyer named Ann Lee was"; but "a lawyer called Ann Lee on Monday" """
    link = mention.lead - 1
    after = page.words[mention.last + 1 : mention.last + 2]
    if link < 1 or page.words[link].low not in CALLED or page.words[mention.lead].gap != " ":
        return None
    goes_on = after and after[0].gap == " " and (after[0].low in words.uses["finite"] or after[0].low.endswith("ed"))
    if after and not goes_on and after[0].sentence == page.words[link].sentence and after[0].gap != ", ":
        return None
    for i in range(link, max(link - BEFORE, -1), -1):
        if page.words[i].low in ARTICLES:
            return _nearby(page, i + 1, link - 1, words) if i + 1 < link else None
        if page.words[i].gap != " ":
            break
    return None


def _appointed(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "its envoy to Sudan" in "has appointed a former general, Ann Lee, as its envoy to Sudan" """
    link = mention.last + 1
    if link + 2 >= len(page.words) or page.words[link].text != "as" or page.words[link + 1].low not in DETERMINED:
        return None
    here = page.words[link].sentence
    before = page.words[max(mention.first - BEFORE, 0) : mention.first]
    if not any(w.sentence == here and w.low in words.uses["appointing"] for w in before):
        return None
    return _from(page, link + 2, words)


def _stated_to_be(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "nurse in Malby" in "Ann Lee is a nurse in Malby" and in "Ann Lee, who has worked as a nurse in Malby," """
    first, here = mention.last + 1, page.words[mention.last]
    governed = mention.lead > 0 and page.words[mention.lead - 1].low in words.uses["preposition"]
    after = [w for w in page.words[first : first + STATED] if w.sentence == here.sentence]
    if governed or here.possessive or len(after) < 3:
        return None
    start = 1 if after[0].gap == ", " and after[0].text == "who" else 0
    lead = _being([w.low for w in after[start:]], words)
    if not lead or after[start].gap != " ":
        return None
    return _from(page, first + start + lead, words)


def _being(low: Sequence[str], words: Vocabulary) -> int:
    """How many words lead to what somebody is said to be: "is a", "has worked as a", "was appointed"; 0 if none do."""
    low = [*low, "", "", "", "", ""]
    n = int(low[0] in ("has", "had"))
    if low[n] in WORKING and low[n + 1] == "as":
        n += 2
    elif low[n] in ("is", "was", "been") and low[n + 1] in words.uses["appointing"]:
        n += 3 if low[n + 2] == "as" else 2
        return n + (low[n] in ("a", "an", "the"))
    elif low[n] in BEING:
        n += 1
    else:
        return 0
    return n + 1 if low[n] in ("a", "an", "the") else 0


def _identified(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "lawyer in the case" in "The lawyer in the case is Ann Lee." """
    link, here = mention.lead - 1, page.words[mention.first].sentence
    after = page.words[mention.last + 1 : mention.last + 2]
    own = page.words[mention.last].possessive or (after and after[0].gap == " ")
    if link < 2 or page.words[link].low not in ("is", "was") or own:
        return None
    for i in range(link - 1, max(link - BEFORE, -1), -1):
        word = page.words[i]
        if not i or page.words[i - 1].sentence != here:
            found = (i + 1, link - 1)
            determined = word.low in DETERMINED and found[0] <= found[1] and page.words[found[0]].low not in ORDINAL
            called = heads(page, [found], words) if determined else set()
            return found if called and called.isdisjoint(words.lexicon.kinship) else None
        if word.gap != " " or word.low in words.uses["finite"] or word.low in RELATIVES:
            return None
    return None


def _from(page: Page, first: int, words: Vocabulary) -> Stretch | None:
    """The words from here to the next mark, relative, conjunction, finite verb or time, if a noun for a person heads
    them."""
    last, here = first - 1, page.words[first - 1].sentence
    for i in range(first, min(first + AFTER, len(page.words))):
        word = page.words[i]
        if (i > first and word.gap != " ") or word.sentence != here:
            break
        if word.low in RELATIVES or word.low in words.uses["finite"] or word.low in ENDING or _time(word, words):
            break
        last = i
    while last > first and page.words[last].low in words.uses["preposition"]:  # "president of the club in" May
        last -= 1
    return (first, last) if first <= last and heads(page, [(first, last)], words) else None


def _time(word: Word, words: Vocabulary) -> bool:
    """Is it a word of when: "1990", "May", "Monday"?"""
    return word.text[0].isdigit() or (word.capital and word.low in words.lexicon.modifiers["time"])


def _opens(page: Page, first: int, words: Vocabulary) -> bool:
    """May an appositive begin with this word?"""
    word = page.words[first]
    plain = word.low in words.uses["determiner"] or words.role(word.low) or word.low in words.uses["modifier"]
    return plain or word.capital or "-" in word.text or word.possessive


def _leads_to_role(page: Page, first: int, words: Vocabulary) -> bool:
    """Does a plain adjective lead to a noun for a person: "special envoy", but not "running past the coach"?"""
    adjective, noun = page.words[first : first + 2] if first + 1 < len(page.words) else (None, None)
    if adjective is None or noun is None or noun.gap != " " or adjective.low.endswith(("ing", "ed", "ly")):
        return False
    return adjective.low not in words.function and words.role(noun.low)
