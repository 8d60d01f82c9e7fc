"""What the text says that a named person is: titles before the name, an appositive behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from quotes.lexicon import Gender
from quotes.speakers.capitals import capital
from quotes.speakers.mentions import Mention
from quotes.speakers.names import fold
from quotes.speakers.vocabulary import RELATIVES, Vocabulary, singular
from quotes.speakers.words import Page, Word

Stretch = tuple[int, int]
BEFORE, AFTER, STATED = 12, 30, 6  # words looked at before a name, behind it, and for a pronoun
ARTICLES = frozenset({"a", "an", "another"})
BREAKS = frozenset(',;:.!?()[]"“”\n—–')


def describe(page: Page, mention: Mention, words: Vocabulary) -> list[Stretch]:
    """The stretches of words around a name that hold a noun for a person: behind it first, then before it."""
    places = (_behind, _before, _apart, _appointed, _stated_to_be)
    return [s for place in places if (s := place(page, mention, words))]


def _behind(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ ", US President Barack Obama's special envoy in the fight against ISIS," """
    first = mention.last + 1
    here = page.words[mention.last]
    if first >= len(page.words) or here.possessive or page.words[first].gap != ", ":
        return None
    last = first
    for i in range(first, min(first + AFTER, len(page.words))):
        word = page.words[i]
        if word.sentence != here.sentence or (i > first and not BREAKS.isdisjoint(word.gap) and word.gap != ". "):
            break
        if i == first and not (_opens(word, words) or _leads_to_role(page, first, words)):
            return None
        if word.low in RELATIVES or word.low in words.uses["finite"]:
            return None
        last = i
    return (first, last) if heads(page, [(first, last)], words) else None


def _apart(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "the deputy minister" in "the deputy minister, Bruno Salt,", "Peru's envoy" in "Peru's envoy, Ann Lee," """
    last, name = mention.first - 1, page.words[mention.first]
    if last < 0 or name.gap != ", " or page.words[last].sentence != name.sentence:
        return None
    owner = False
    for i in range(last, max(last - BEFORE, -1), -1):
        if page.words[i].low in words.uses["finite"]:
            return None
        if page.words[i].low in DETERMINED and i < last:
            return _nearby(page, i + 1, last, words)
        owner = owner or (page.words[i].possessive and i < last)
        begins = not i or page.words[i - 1].sentence != name.sentence
        if begins or (not BREAKS.isdisjoint(page.words[i].gap) and page.words[i].gap != ". "):
            return _nearby(page, i, last, words) if owner else None
    return None


def raised(page: Page, words: Vocabulary) -> Iterator[int]:
    """The nouns for people behind "a" and "another", "driver" of "a bus driver was fined"."""
    for i, word in enumerate(page.words):
        if word.low not in ARTICLES or (i and page.words[i - 1].low in words.uses["copula"]):
            continue
        for n, w in enumerate(page.words[i + 1 : i + 1 + STATED], i + 1):
            if w.gap != " " or w.low in words.uses["stopper"] or w.possessive:
                break
            after = page.words[n + 1 : n + 2]
            if (words.role(w.low) or words.member(w.low)) and not (after and words.role(after[0].low)):
                yield n
                break


def home(page: Page, mention: Mention) -> set[str]:
    """The place that stands behind a name, folded: "Ohio" of "Ward Hale of Ohio", "Ward Hale (R-Ohio)"."""
    after = page.words[mention.last + 1 : mention.last + 1 + STATED]
    if after and after[0].gap == ", " and after[0].text.isdigit():  # "Tom Lee, 34, of Malby"
        after = after[1:]
    if len(after) > 1 and after[0].text in ("of", "from") and page.words[mention.last].low != "of":
        named = after[1 + (after[1].low == "the") :]
        return {fold(w.text) for w in takewhile(lambda w: w.capital and w.gap == " ", named)}
    party, dash, place = after[0].text.partition("-") if after else ("", "", "")
    return {fold(place)} if dash and len(party) == 1 and after[0].gap in (", ", " (") else set()


def peoples(page: Page, mention: Mention, words: Vocabulary) -> set[str]:
    """The people or party that one is said to be of: "Pole Jan Nowak", "Ole Vang, a Dane"."""
    before = page.words[max(mention.first - 1, 0) : mention.first]
    after = page.words[mention.last + 1 : mention.last + 3]
    told = [w for w in before if page.words[mention.first].gap == " "]
    told += [after[1]] if len(after) > 1 and after[0].gap == ", " and after[0].low in ("a", "an", "the") else []
    return {fold(w.low) for w in told if words.member(w.low)}


def printed(page: Page, stretches: Iterable[Stretch], words: Vocabulary) -> str:
    """The first of these descriptions as the text prints it, without its article."""
    for first, last in stretches:
        while first < last and page.words[first].low in ("a", "an", "the", "both"):
            first += 1
        low = page.words[first].low
        if first < last or not (low in words.uses["courtesy"] or words.group(low)):  # "Ministers" of two
            return " ".join(page.extent(first, last).of(page.text).split())
    return ""


def recalled(page: Page, mention: Mention, words: Vocabulary) -> set[str]:
    """The bare noun that a name explains, as if it had been heard before: "baker" of "the baker, Ann Lee"."""
    found = _apart(page, mention, words)
    known = found is not None and 0 < found[0] == found[1] and page.words[found[0] - 1].low == "the"
    return heads(page, [found], words) if known and found else set()


def _nearby(page: Page, first: int, last: int, words: Vocabulary) -> Stretch | None:
    """These words, if a noun for a person heads them that is near the name behind."""
    near = words.role(page.words[last].low) or any(w.text == "of" for w in page.words[first:last])
    return (first, last) if near and heads(page, [(first, last)], words) else None


def _appointed(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "its envoy to Sudan" in "has appointed a former general, Ann Lee, as its envoy to Sudan" """
    link = mention.last + 1
    if link + 2 >= len(page.words) or page.words[link].text != "as" or page.words[link + 1].low not in DETERMINED:
        return None
    here = page.words[link].sentence
    before = page.words[max(mention.first - BEFORE, 0) : mention.first]
    if not any(w.sentence == here and w.low in words.uses["appointing"] for w in before):
        return None
    last = link + 2
    while last + 1 < len(page.words) and page.words[last + 1].gap == " " and page.words[last + 1].sentence == here:
        last += 1
    found = (link + 2, last)
    return found if heads(page, [found], words) else None


def _stated_to_be(page: Page, mention: Mention, words: Vocabulary) -> Stretch | None:
    """ "a nurse in Malby" in "Ann Lee is a nurse in Malby" and in "Ann Lee, who works as a nurse in Malby," """
    first, here = mention.last + 1, page.words[mention.last]
    governed = mention.lead > 0 and page.words[mention.lead - 1].low in words.uses["preposition"]
    after = page.words[first : first + STATED]
    if governed or here.possessive or len(after) < 4:
        return None
    start = 1 if after[0].gap == ", " and after[0].text == "who" else 0
    small = [w.low for w in after[start:]]
    lead = 2 if small[0] in WORKING and small[1] == "as" else 1 if small[0] in ("is", "was") else 0
    if not lead or small[lead] not in ("a", "an", "the") or after[start].gap != " ":
        return None
    last = first + start + lead
    while (
        last + 1 < len(page.words)
        and page.words[last + 1].gap == " "
        and page.words[last + 1].sentence == here.sentence
    ):
        if page.words[last + 1].low in RELATIVES or page.words[last + 1].low in words.uses["finite"]:
            break
        last += 1
    found = (first + start + lead + 1, last)
    return found if found[0] <= last and heads(page, [found], words) else None


def deed(page: Page, mention: Mention, words: Vocabulary) -> str:
    """The noun for a person that a relative clause tells: "skipper" for "Ann Lee, who skippered the ferry"; "" if
    none."""
    after = page.words[mention.last + 1 : mention.last + 3]
    if len(after) < 2 or after[0].gap != ", " or after[0].text != "who":
        return ""
    lemma = words.lexicon.lemma(after[1].low)
    return next((n for n in (f"{lemma}er", f"{lemma}r", lemma) if lemma != after[1].low and words.role(n)), "")


def _opens(word: Word, words: Vocabulary) -> bool:
    """May an appositive begin with this word?"""
    plain = word.low in words.uses["determiner"] or words.role(word.low) or word.low in words.uses["modifier"]
    return plain or word.capital or "-" in word.text or word.possessive


def _leads_to_role(page: Page, first: int, words: Vocabulary) -> bool:
    """Does a plain adjective lead to a noun for a person: "special envoy", but not "running past the coach"?"""
    adjective, noun = page.words[first : first + 2] if first + 1 < len(page.words) else (None, None)
    if adjective is None or noun is None or noun.gap != " " or adjective.low.endswith(("ing", "ed", "ly")):
        return False
    return adjective.low not in words.function and words.role(noun.low)


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


DETERMINED = frozenset({"the", "a", "an", "his", "her", "their", "its"})
LINKS = frozenset({"and"})
WORKING = frozenset({"work", "works", "worked", "working", "serves", "served"})


def heads(page: Page, stretches: Iterable[Stretch], words: Vocabulary) -> set[str]:
    """The nouns for a person that head a description: "special envoy in …" gives "envoy", not "president"."""
    return {noun for first, last in stretches for noun in _heads(page, first, last, words)}


def _heads(page: Page, first: int, last: int, words: Vocabulary) -> Iterator[str]:
    one_of = first < last and (page.words[first].low, page.words[first + 1].low) == ("one", "of")
    base, noun = True, ""
    for i in range(first + 2 * one_of, last + 1):
        word = page.words[i]
        low = singular(word.low) if one_of or first == last else word.low
        if low == "and" or (i > first and not BREAKS.isdisjoint(word.gap)):
            yield from (words.long(noun),) if noun else ()
            base = base or not _of_another(page, i, noun, words)
            noun = low if base and words.role(low) else ""
        elif low in words.uses["stopper"] or low in RELATIVES:
            base = False
        elif base and not word.possessive and words.role(low):
            yield from _double(page, first, i, words)
            title = low in words.lexicon.titles and low not in words.lexicon.people  # "coroner" of "coroner Dr"
            if noun and (title or noun in words.uses["double"]):  # "Detective Inspector"
                yield words.long(noun)
            noun = low
    if noun:
        yield words.long(noun)


def _of_another(page: Page, i: int, noun: str, words: Vocabulary) -> bool:
    """Does what "and" leads to belong to the words before it: "the son of a teacher and a judge"?"""
    return noun in words.lexicon.kinship or any(w.low in DETERMINED for w in page.words[i + 1 : i + 2])


def _double(page: Page, first: int, i: int, words: Vocabulary) -> Iterator[str]:
    """The noun for two words that end here: "premier" for "prime minister"."""
    pair = f"{page.words[i - 1].low} {page.words[i].low}" if i > first else ""
    if pair in words.short:
        yield words.short[pair]


def gender(page: Page, mention: Mention, stretches: Iterable[Stretch], words: Vocabulary) -> Gender:
    """What titles, descriptions and stated pronouns tell of a person's gender; "n" is who goes by "they"."""
    if stated := _stated(page, mention.last + 1, words):
        return stated
    for i in range(mention.lead, mention.first):
        if told := words.gender(page.words[i].low):
            return told
    told_by_role = {g for noun in heads(page, stretches, words) if (g := words.gender(noun))}
    return told_by_role.pop() if len(told_by_role) == 1 else ""


def _stated(page: Page, first: int, words: Vocabulary) -> Gender:
    """The pronoun that somebody goes by: "Robin Vance, who uses they and them", "Robin Vance (they/them)"."""
    after = page.words[first : first + STATED]
    if len(after) > 1 and after[0].gap == " (" and after[1].gap == "/":
        stated = after[0].low
    else:
        stated = next((pronoun.low for verb, pronoun in pairwise(after) if verb.low in ("uses", "pronouns")), "")
    pronoun = words.lexicon.pronouns.get(stated)
    if pronoun is None or pronoun.person != "3" or stated.startswith("it") or stated in RELATIVES:
        return ""
    return pronoun.gender or "n"
