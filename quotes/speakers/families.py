"""People of one surname: told apart by what is printed with it, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quotes.lexicon import Gender
from quotes.speakers.labels import Mention
from quotes.speakers.names import fold, split_suffix
from quotes.speakers.register import MANY, Referent
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page, Word

REACH = 40  # words on either side of a name
YOUNG = frozenset({"jr", "junior", "ii", "iii", "iv"})


def shared_surname(page: Page, mention: Mention, other: tuple[str, ...], words: Vocabulary) -> str:
    """The surname (folded) of Ada in "Ada and Felix Munro"; ``other`` is the name of whom "and" leads to."""
    if len(other) < 2 or mention.last + 2 >= len(page.words):
        return ""
    given, joint, following = page.words[mention.last : mention.last + 3]
    both = given.low in words.given and following.low in words.given and fold(following.text) == other[0]
    return split_suffix(other)[0][-1] if both and joint.low == "and" and joint.gap == following.gap == " " else ""


def kin_of(page: Page, mention: Mention, words: Vocabulary) -> tuple[int, str] | None:
    """Whose relative the text calls somebody: the word of the owner and the noun of kinship; None if nobody's.

    "Her father, Leo Lee", "Leo Lee, her father", "Ann's late father Leo Lee"; not "her father met Leo Lee".
    """
    noun = mention.lead - 1
    while noun >= 0 and _adorns(page.words[noun], words):
        noun -= 1
    near = noun >= 0 and all(w.gap in (" ", ", ") for w in page.words[noun + 1 : mention.lead + 1])
    if near and (owned := _owned(page, noun, words)):
        return owned
    after = mention.last + 1
    if of := _of_whom(page, after, words):
        return of
    ends = (i for i in range(after + 1, min(after + 3, len(page.words) - 1)) if page.words[i + 1].gap != " ")
    noun = next(ends, 0)
    return _owned(page, noun, words) if noun and page.words[after].gap == ", " else None


def _of_whom(page: Page, after: int, words: Vocabulary) -> tuple[int, str] | None:
    """The last word of the parent's name, and the noun, in "Ann Lee, daughter of the late boxer Leo Lee"."""
    phrase = page.words[after : after + REACH // 3]
    if not phrase or phrase[0].gap != ", ":
        return None
    noun = 1 if phrase[0].low in ("the", "a") else 0
    of = phrase[noun : noun + 2]
    if len(of) < 2 or of[0].low not in words.lexicon.kinship or of[1].low != "of" or of[1].gap != " ":
        return None
    end = next((n for n, w in enumerate(phrase) if n > noun + 1 and w.gap not in (" ", ". ")), len(phrase)) - 1
    capitals = [n for n in range(noun + 2, end + 1) if phrase[n].capital]
    return (after + capitals[-1], of[0].low) if capitals and capitals[-1] == end else None


def _adorns(word: Word, words: Vocabulary) -> bool:
    """May this word stand between a noun of kinship and the name: "her son, the late cellist Leo Lee"?"""
    titled = words.role(word.low) and word.low not in words.lexicon.kinship
    return titled or word.low in ("the", "late") or word.text.isdigit()


def _owned(page: Page, noun: int, words: Vocabulary) -> tuple[int, str] | None:
    """The word that owns a noun of kinship, right before it or with one word between ("her late father"), and the
    noun."""
    low = page.words[noun].low
    if low not in words.lexicon.kinship:
        return None
    before = (k for k in range(noun - 1, max(noun - 3, -1), -1) if page.words[k + 1].gap == " ")
    return next(((k, low) for k in before if _owns(page.words[k])), None)


def _owns(word: Word) -> bool:
    return (word.possessive and word.capital) or word.low in ("his", "her", "their", "my", "the")


def answers(noun: str, other: str, words: Vocabulary) -> bool:
    """Do these nouns of kinship name both sides: is whose "daughter" one is, her "mother"?"""
    sides = (("parent", "offspring"), ("offspring", "parent"), ("spouse", "spouse"), ("sibling", "sibling"))
    return any(noun in words.uses[one] and other in words.uses[two] for one, two in sides)


def principal(page: Page, found: Sequence[Referent], index: int, words: Vocabulary) -> list[Referent]:
    """Of two people of one name the one whom the text is about: "Lee" is Ann Lee where Leo Lee is but her father, if
    she was named last, or the next pronoun behind the name, or before it, is "she"; "he" behind it speaks of him."""
    relatives = [p for p in found if p.kin and not (p.kin[0] > p.since and page.words[p.kin[0]].capital)]
    if len(found) != 2 or len(relatives) != 1:
        return list(found)
    relative, other = relatives[0], next(p for p in found if p is not relatives[0])
    last, named = (_spoken_of(page, person, index) for person in (relative, other))
    if named is None:
        return list(found)
    here = page.words[index].sentence
    behind = range(index + 1, min(index + REACH, len(page.words)))
    told = _told(page, (i for i in behind if page.words[i].sentence == here), words)
    if last is not None and last > named:
        signs = told or _told(page, range(index - 1, max(last, index - REACH), -1), words)
        return [other] if signs and relative.gender not in ("", signs[0]) else list(found)
    denied = bool(told) and other.gender not in told and (other.gender != "" or relative.gender in told)
    return list(found) if denied else [other]


def _spoken_of(page: Page, person: Referent, index: int) -> int | None:
    """Where the reporter named somebody last; in a quotation it is the other who is named."""
    at = person.before(index)
    while at is not None and page.words[at].quoted:
        at = person.before(at)
    return at


def _told(page: Page, indices: Iterable[int], words: Vocabulary) -> list[Gender]:
    """The genders of the pronouns among some words."""
    pronouns = words.lexicon.pronouns
    genders = (pronouns[page.words[i].low].gender for i in indices if page.words[i].low in pronouns)
    return [gender for gender in genders if gender in ("m", "f")]


def of_age(page: Page, first: int, bearers: Sequence[Referent], words: Vocabulary) -> list[Referent]:
    """Of the bearers of a name at a word those of an age: "the younger Cobb" is Jr. or the child, the elder another."""
    while first and page.words[first - 1].low in words.uses["courtesy"]:  # "the younger Mr. Cobb"
        first -= 1
    before = page.words[first - 1].low if first else ""
    if len(bearers) < 2 or before not in words.uses["age"]:
        return list(bearers)
    young = [p for p in bearers if p.words[-1] in YOUNG or not p.heads.isdisjoint(words.uses["child"])]
    return young if before == "younger" else [p for p in bearers if p not in young]


def ages(page: Page, at: Mapping[int, Referent]) -> dict[str, list[Referent]]:
    """People by the number behind their name and a comma, "Ann Lee, 61,"; ``at`` has them by their first words."""
    found: dict[str, list[Referent]] = {}
    person: Referent | None = None
    for i, word in enumerate(page.words):
        if person and word.gap == ", " and word.text.isdigit() and person not in found.get(word.text, [])[:MANY]:
            found.setdefault(word.text, []).append(person)
        known = at.get(i)
        named = known if known and known.type == "person" else None
        person = named or (person if word.capital and word.gap == " " else None)
    return found
