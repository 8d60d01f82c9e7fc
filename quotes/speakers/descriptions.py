"""Whom a noun for a person means: "the envoy", "the striker", "a judge" whom the text names later; one or none."""

from __future__ import annotations

from bisect import bisect_left

from quotes.speakers.cast import Cast
from quotes.speakers.kinds import HANDFUL
from quotes.speakers.names import fold
from quotes.speakers.readings import Reading
from quotes.speakers.register import MANY, Referent
from quotes.speakers.roles import OWNERS
from quotes.speakers.vocabulary import Vocabulary

NEAR = 3  # sentences
LEAD = 2  # paragraphs behind the headline
PARAGRAPH = 150  # words of a paragraph looked back at
STEM = 4  # letters that "Texan" and "Texas", "Hungarian" and "Hungary" have in common
DEFINITE = OWNERS | {"the", "this", "that"}


def again(cast: Cast, reading: Reading, told_by: list[str]) -> list[Referent]:
    """Whom a noun may mean that is used for people just named: "the Dane", "the 61-year-old", "the striker"."""
    noun = reading.head
    if cast.raised[cast.words.long(noun)]:  # "a striker" is somebody else
        return []
    if cast.words.member(noun):
        age, _, years = noun.partition("-")
        found = cast.ages.get(age, []) if years == "year-old" else []
        near = found or [p for p in of_paragraph(cast, reading) if _at_home(p, noun, told_by)]
        return [p for p in near if _of_people(p, fold(noun))] or near
    if noun in cast.words.uses["homely"] and told_by and (local := _local(cast, reading, told_by)):
        return local
    # "the York striker" is nobody's whom the text does not place there
    if noun not in cast.words.uses["epithet"] and not _of_children(cast, reading):
        return []
    if not cast.words.uses["nation"].issuperset(told_by) or _stranger(cast, reading):
        return []
    if told_by:  # "the Argentine striker"
        abroad = cast.words.uses["nation"].difference(told_by)
        return [
            p for p in of_paragraph(cast, reading) if may_be(p, noun, cast.words) and abroad.isdisjoint(p.described)
        ]
    near = [p for p in of_paragraph(cast, reading) if p.bearers or may_be(p, noun, cast.words)]
    named = cast.described(noun)
    return [p for p in near if p in named and _as_told(cast, reading, p)] if named else near


def _at_home(person: Referent, noun: str, told_by: list[str]) -> bool:
    """May somebody be "the Ohio Republican": a Republican of Ohio, or one of whom the text tells neither?"""
    return {fold(w) for w in told_by} <= person.described or not (person.homes or noun in person.described)


def _local(cast: Cast, reading: Reading, told_by: list[str]) -> list[Referent]:
    """The people of the paragraph whom the text places where "the Leeds man" is from."""
    told, words = {fold(w) for w in told_by}, cast.words
    return [p for p in of_paragraph(cast, reading) if told <= p.described and may_be(p, reading.head, words)]


def _as_told(cast: Cast, reading: Reading, person: Referent) -> bool:
    """Does the text tell of somebody what stands with a noun: is "the deputy mayor", "the council spokesman" or "the
    mayor of York" no more than Mayor Lee or a spokesman?"""
    if reading.head in person.recalled and person.since > reading.first:
        return True  # "the governor's brother", later "the brother, Al Finch,"
    words, printed = cast.words, cast.page.words[reading.first : reading.last + 1]
    at = next((n for n, w in enumerate(printed) if w.low == reading.head), len(printed))
    parts = {part for d in person.described for part in d.split("-")}
    told = parts | {words.kind(d) for d in parts}
    behind = [] if _bare(cast, reading) else printed[at + 1 :]
    telling = [w for w in printed[:at] if w.possessive or w.low in words.uses["former"]]
    telling += [w for w in behind if w.capital]
    public = words.uses["public"]
    bodies = [
        low
        for low in (w.low for w in (*printed[:at], *behind))
        if words.organisation(low) or words.group(low) or low in public
    ]
    return all(fold(w.low) in told for w in telling) and all(b in told or words.kind(b) in told for b in bodies)


def _of_people(person: Referent, noun: str) -> bool:
    """Does the text tell that somebody is of a people: "Ole Vang, a Dane", "Tom Brill of Texas" for "the Texan"?"""
    return any(noun == w or (w[:STEM] == noun[:STEM] and len(w) >= STEM) for w in person.described)


def _stranger(cast: Cast, reading: Reading) -> bool:
    """Does the paragraph so far bring up somebody without a name: "a man killed Tom Lee"?"""
    at, words = bisect_left(cast.strangers, reading.first), cast.page.words
    return at > 0 and words[cast.strangers[at - 1]].paragraph == words[reading.first].paragraph


def _of_children(cast: Cast, reading: Reading) -> bool:
    """Is it "the mother of five"?"""
    after = cast.page.words[reading.first + 1 : reading.last + 1]
    counted = any(w.low in HANDFUL or w.text.isdigit() for w in after[-1:])
    return reading.head in cast.words.uses["parent"] and counted and any(w.low == "of" for w in after)


def may_be(person: Referent, noun: str, words: Vocabulary) -> bool:
    """May this noun go on about a person: a striker who is "the captain", but no coach, nor one of another sex?"""
    kinds, sex = {noun, *words.above(noun)}, words.gender(noun)
    standing = words.uses["standing"] | words.uses["courtesy"] | words.lexicon.kinship.keys()
    wider = {w for head in person.heads for w in (head, *words.above(head))}
    fits = noun in standing or person.heads <= standing or not kinds.isdisjoint(wider)
    return fits and (not sex or person.gender in ("", sex))


def described(cast: Cast, reading: Reading, told_by: list[str]) -> list[Referent]:
    """Whom "the envoy" may mean; a headline ("Australian woman claims") may mean somebody introduced later."""
    if reading.determiner in DEFINITE:
        former, _, noun = reading.head.partition("-")
        told_by = [w.removesuffix("-based") for w in told_by]
        past = noun if former in cast.words.uses["former"] else reading.head  # "the ex-teacher"
        found = cast.described(reading.head, told_by) or cast.described(past, told_by)
        found = [p for p in cast.still(found, reading.head, reading.first) if _as_told(cast, reading, p)]
        if not found and not told_by and _bare(cast, reading):
            before = cast.page.words[reading.first : reading.last]
            led = {cast.words.kind(fold(w.low)) for w in before if cast.words.organisation(w.low)}
            wide = cast.widely(reading.head, reading.first)
            wide = [p for p in wide if _as_told(cast, reading, p)]
            found = [p for p in wide if not led or led <= {cast.words.kind(d) for d in p.described}]
        if not found and told_by and not cast.described(reading.head):  # "Leeds striker Ann Lee": "the Leeds player"
            found = [p for p in cast.widely(reading.head, reading.first) if {fold(w) for w in told_by} <= p.described]
        return recent(cast, cast.still(found, reading.head, reading.first), reading.first)
    if reading.determiner in ("a", "an") and not told_by:
        return _later(cast, reading)
    if not reading.determiner and cast.page.words[reading.first].paragraph == 0:
        told = [w.low for w in cast.page.words[reading.first : reading.last + 1]]
        return cast.described(reading.head, told) or _of_nation(cast, reading.head, told[:-1])
    return []


def _later(cast: Cast, reading: Reading) -> list[Referent]:
    """Whom the text explains later: "a baker said" is "the baker, Ann Lee", if it speaks of one baker."""
    named = [p for p in cast.described(reading.head) or cast.by_wider[reading.head][:MANY] if p.since > reading.first]
    one = (
        len(named) == 1
        and len(cast.described(reading.head)) < 2
        and len(cast.raised[cast.words.long(reading.head)]) < 2
    )
    return named if one and reading.head in named[0].recalled else []


def _of_nation(cast: Cast, noun: str, told: list[str]) -> list[Referent]:
    """Whom a headline's "Nigerian minister" means: the only minister of the text, if it tells no other nation."""
    member = cast.words.member
    found = cast.described(noun) if told and all(member(w) for w in told) else []
    return found if len(found) == 1 and not any(member(w) for w in found[0].described) else []


def _bare(cast: Cast, reading: Reading) -> bool:
    """Does nothing follow the noun but a title: "the author of “Saltmarsh”", not "the lawyer of the other side"?"""
    words = cast.page.words[reading.first : reading.last + 1]
    after = next((n + 1 for n, w in enumerate(words) if w.low == reading.head), len(words))
    return len(words) == after or any(mark in words[min(after + 1, len(words) - 1)].gap for mark in '"“‘')


def of_paragraph(cast: Cast, reading: Reading) -> list[Referent]:
    """The people of the paragraph so far: where it is one, "the South Dakota Republican" is no other.

    Whoever speaks names others in his words, so those are looked at only from inside them.
    """
    words, found = cast.page.words, dict[int, Referent]()
    for i in range(reading.first - 1, max(reading.first - PARAGRAPH, -1), -1):
        if words[reading.first].paragraph - words[i].paragraph > (not found):
            break
        person = cast.unclear.get(i) or cast.at.get(i)
        if person and person.type == "person" and (words[reading.first].quoted or not words[i].quoted):
            found[id(person)] = person
    return list(found.values())


def recent(cast: Cast, found: list[Referent], index: int) -> list[Referent]:
    """Of several people the one who was mentioned in the sentences just before, if it is one."""
    here = cast.page.words[index].sentence
    near = []
    for person in found if len(found) > 1 else ():
        last = person.before(index)
        if last is not None and here - cast.page.words[last].sentence <= NEAR:
            near.append(person)
    return near if len(near) == 1 else found
