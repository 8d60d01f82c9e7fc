"""What the text around names tells of their kind: organisations that it introduces as such, or that everybody knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotes.speakers.called import called_before, called_behind
from quotes.speakers.capitals import Label
from quotes.speakers.datelines import places
from quotes.speakers.vocabulary import Vocabulary, plural
from quotes.speakers.words import Page

BESIDE = frozenset({"in", "at", "on", "near", "via", "through", "outside", "inside", "from", "around", "across"})
REACH = 12  # words looked at before a name for the beginning of its sentence


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


def well_known(page: Page, found: list[Mention], words: Vocabulary) -> list[Mention]:
    """With organisations that everybody knows as such, where the text has no longer name and no person of that name:
    "Tesla", "Save the Children"; but "Ford" is a person's in a text on Harrison Ford."""
    human = [m for m in found if m.label in ("PER", "MISC") and m.lead < m.last]  # a title, or several words
    persons = {page.words[i].low for m in human for i in (m.first, m.last)}
    at = {i: m for m in found for i in range(m.first, m.last + 1)}
    known: list[Mention] = []
    for first, word in enumerate(page.words):
        for name in words.bodies.get(word.low, ()) if word.capital else ():
            last = first + len(name) - 1
            if tuple(w.low for w in page.words[first : last + 1]) != name or not page.words[last].capital:
                continue
            around = [m for m in (at.get(first), at.get(last)) if m]
            doubtful = first == last and (word.low in persons or word.text.lower() in page.lowercase)
            if not (doubtful or _beside(page, first, last, words)) and all(
                first <= m.lead and m.last <= last for m in around
            ):
                known.append(Mention(first, last, first, "ORG", True))
            break
    taken = {i for m in known for i in range(m.first, m.last + 1)}
    return [*known, *(m for m in found if taken.isdisjoint(range(m.first, m.last + 1)))]


def _beside(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Does it stand where it says nothing of a firm: a place or a platform ("in Ford", "on Facebook"), a relative ("her
    son Cisco"), one of an age ("Merck, 45,")?"""
    before, after = page.words[first - 1] if first else None, page.words[last + 1 : last + 2]
    aged = bool(after) and after[0].gap == ", " and after[0].text.isdigit()
    return aged or (before is not None and (before.low in BESIDE or before.low in words.lexicon.kinship))


def known_body(page: Page, first: int, last: int, words: Vocabulary) -> bool:
    """Are these words the name of a well-known organisation?"""
    return tuple(w.low for w in page.words[first : last + 1]) in words.bodies.get(page.words[first].low, ())


def introduced(page: Page, found: list[Mention], words: Vocabulary) -> list[Mention]:
    """With the names that the text introduces as organisations ("news agency TASS", "Northline, the operator,") as
    such, wherever they stand.

    A surname is none: "the company Smith founded".
    """
    surnames = {page.words[m.last].text for m in found if m.first < m.last}
    called = ((_text(page, m), called_before(page, m.first, words)) for m in found if m.first == m.last)
    press = words.uses["press"]  # "the news agency Petra" is none of a given name, "the company Peter" is
    firms = {name for name, noun in called if noun and (noun in press or name.lower() not in words.given)} - surnames
    firms |= {
        _text(page, m) for m in found if m.label == "MISC" and m.first < m.last and called_before(page, m.first, words)
    }
    behind = ((m, called_behind(page, m.last, words)) for m in found if m.first == m.last or m.label != "PER")
    firms |= {_text(page, m) for m, noun in behind if noun and noun not in words.uses["public"]}
    firms |= {_text(page, m) for m in found if m.label == "PER" and _thing(page, m, words)}
    led = {_text(page, m) for m in found if m.first == m.last and _led(page, m, words)} - surnames
    firms |= led | {_text(page, m) for m in found if m.first < m.last and page.words[m.first].text in led}
    found = [replace(m, label="ORG") if _text(page, m) in firms else m for m in found]
    return [replace(m, label="LOC") if places(page, m.first, m.last, words) else m for m in found]


def _thing(page: Page, mention: Mention, words: Vocabulary) -> bool:
    """Does the text tell that a name is no person's: "Yonhap news agency", or before a sentence goes on
    "Safaricom, which"? Behind a verb "which" tells of all that is done: "He beat Federer, which pleased us".
    """
    before = page.words[mention.first - 1].low if mention.first else ""
    after = page.words[mention.last + 1 : mention.last + 3]
    named = page.words[mention.first].low in words.given or before in words.uses["preposition"]
    if not after or named or mention.lead < mention.first or page.words[mention.last].possessive:
        return False
    low = page.words[mention.first].low
    lone = before == "the" and mention.first == mention.last and not (plural(low) or words.role(low))
    if lone and after[0].gap == " " and words.lexicon.lemma(after[0].low) in words.lexicon.cues["verb"]:
        return True  # "the Duma said"
    if after[0].gap == ", ":
        return after[0].text == "which" and _opens(page, mention.first, words)
    return (
        len(after) > 1 and after[0].gap == after[1].gap == " " and (after[0].text, after[1].text) == ("news", "agency")
    )


def _led(page: Page, mention: Mention, words: Vocabulary) -> bool:
    """Is it what has a chief executive, a chairwoman, shareholders: "Daesan chairwoman Ann Lee"? People have none."""
    after = page.words[mention.last + 1 : mention.last + 3]
    if len(after) < 2 or after[0].gap != " " or page.words[mention.last].possessive or mention.lead < mention.first:
        return False
    chief = after[0].low == "chief" and after[1].low in ("executive", "operating", "financial")
    named = page.words[mention.last].low in words.given
    return (chief or after[0].low in words.uses["corporate"]) and mention.label in ("PER", "MISC") and not named


def _opens(page: Page, first: int, words: Vocabulary) -> bool:
    """Does a sentence begin with a name, or with no more than when and where before it: "In May, Safaricom"?"""
    start, here = first, page.words[first].sentence
    while start and first - start < REACH and page.words[start - 1].sentence == here:
        start -= 1
    return start == first or (page.words[first].gap == ", " and page.words[start].low in words.uses["preposition"])


def _text(page: Page, mention: Mention) -> str:
    return page.text[page.words[mention.first].start : page.words[mention.last].end]
