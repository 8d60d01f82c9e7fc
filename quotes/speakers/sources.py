"""A source as printed, read: is it a pronoun, a name with its role, several names, or a noun like "the envoy"?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.speakers.capitals import LONGEST, capital, incorporated
from quotes.speakers.kinds import kind_of
from quotes.speakers.labels import Mention
from quotes.speakers.mentions import lead_of
from quotes.speakers.nicknames import nickname
from quotes.speakers.phrases import read_segment
from quotes.speakers.readings import NONE, Reading
from quotes.speakers.roles import heads
from quotes.speakers.vocabulary import RELATIVES, Vocabulary, plural, singular
from quotes.speakers.words import Page

CUTS = RELATIVES - {"that"} | {"speaking", "seen", "obtained", "reviewed", "viewed", "released", "cited", "quoted"}


def read_source(page: Page, source: Sequence[int], known: Mapping[int, Mention], words: Vocabulary) -> Reading:
    """Read a source, given by its words' indices; ``known`` gives the name that begins at a word."""
    indices = list(source)
    if not indices:
        return NONE
    if _label(page, indices, words):
        return NONE
    indices = _unplaced(page, indices, words)
    if several := _coordinated(page, indices, known, words):
        return several
    return _read(page, indices, known, words)


def _label(page: Page, indices: list[int], words: Vocabulary) -> bool:
    """Is it a word of the layout, "CLAIM:", at the start of a line?"""
    i = indices[0]
    begins = not i or page.words[i - 1].paragraph != page.words[i].paragraph
    return begins and page.words[i].low in words.uses["label"] and page.text[page.words[i].end :][:1] == ":"


def _unplaced(page: Page, indices: list[int], words: Vocabulary) -> list[int]:
    """Without where and when it was said, "Outside court, Ann Lee", "At the ceremony on Monday, Ann Lee", and without
    "whose"."""
    while page.words[indices[0]].low in words.uses["preposition"]:
        comma = next((n for n, i in enumerate(indices) if n and "," in page.words[i].gap), 0)
        if not comma or words.role(page.words[indices[0] + 1].low):  # "Under Secretary Ann Lee, a lawyer,"
            break
        indices = indices[comma:]
    while len(indices) > 1 and page.words[indices[0]].low in ("whose", "own"):  # "Ann Lee, whose own group reported"
        indices = indices[1:]
    before = indices[0] - 1
    if before > 0 and page.words[before].low == "by" and page.words[before - 1].low.endswith("ed"):
        return _unaided(page, indices, words)
    return indices


def _unaided(page: Page, indices: list[int], words: Vocabulary) -> list[int]:
    """Without who helped: "Cross-examined by Tom Poole, for the defence, a doctor, Ann Lee" is about Ann Lee."""
    for n, i in enumerate(indices):
        word = page.words[i]
        if n and "," in word.gap and (word.low in words.uses["determiner"] or word.capital):
            return indices[n:]
    return indices


def _read(page: Page, indices: list[int], known: Mapping[int, Mention], words: Vocabulary) -> Reading:
    low = page.words[indices[0]].low
    if low in RELATIVES and len(indices) == 1:
        return Reading("relative", indices[0], indices[0])
    if low in words.lexicon.pronouns and low not in RELATIVES:
        spoken = len(indices) <= 2 and page.words[indices[0]].text != "US"
        if spoken and (len(indices) == 1 or low not in words.uses["determiner"]):
            return Reading("pronoun", indices[0], indices[0], head=low)
    segments = _segments(page, indices, words)
    first = read_segment(page, segments[0], known, words)
    if first.label != "PER" and len(segments) > 2 and page.words[segments[2][0]].gap == ") ":
        person = read_segment(page, segments[2], known, words)  # "World Food Programme (WFP) director Ann Lee"
        if person.form == "name" and person.label == "PER":
            return _with_roles(page, person, indices, segments, words)
    if first.form == "name":
        return _with_roles(page, first, indices, segments, words)
    if alias := nickname(page, indices, words):
        return _known_as(page, indices, alias, known, words) or first
    stray = not any(fits(first.head) for fits in (words.role, words.group, words.organisation, words.document))
    for segment in segments[1:2]:
        whole = read_segment(page, segment, known, words)
        all_of_it = whole.label != "PER" or whole.last == segment[-1]
        if stray and whole.form == "name" and all_of_it:  # "At the ceremony, Ann Lee"
            return _with_roles(page, whole, indices, segments, words)
        lead = lead_of(page, whole.first, words)
        introduced = lead <= segment[0] + 1 or words.role(page.words[whole.first - 1].low)
        ends = whole.last == segment[-1]
        placed = ends or page.words[whole.last + 1].low in words.uses["preposition"]
        bare = whole.form == "name" and introduced and ends
        human = whole.label in ("PER", "MISC") or first.head in words.lexicon.kinship
        named = whole.form == "name" and introduced and placed and human
        if bare and first.form == "nominal" and _employs(page, first, whole, words):  # "The oil company, Petrona"
            return replace(whole, label="ORG")
        if named and words.role(first.head):  # "His boss, Acme founder Ann Lee", "a reader, Ann Lee in Leeds"
            return _with_roles(page, replace(whole, label="PER"), indices, segments, words)
    return first


def _employs(page: Page, noun: Reading, name: Reading, words: Vocabulary) -> bool:
    """Is this the name of an organisation behind a noun for one: "Her employer, Sunrise Nails Ltd"?"""
    if noun.head in words.lexicon.kinship:  # "Her son, Themba"
        return False
    lone = name.first == name.last and page.words[name.first].low not in words.given
    return name.label == "ORG" or (words.organisation(noun.head) and not words.role(noun.head) and lone)


def _known_as(
    page: Page, indices: list[int], alias: tuple[int, int, int], known: Mapping[int, Mention], words: Vocabulary
) -> Reading | None:
    """The name that "a man who goes by" or "a group calling itself" leads to."""
    verb, first, last = alias
    before = [i for i in indices if i < verb]
    described = read_segment(page, _segments(page, before, words)[0], known, words)
    kind = kind_of(described.head, described.determiner, False, words)
    if described.form != "nominal" or kind == "document":
        return None
    if kind in ("organisation", "group"):
        return Reading("name", first, last, "ORG")
    return Reading("name", first, last, "PER", roles=((described.first, described.last),))


def _with_roles(
    page: Page, reading: Reading, indices: list[int], segments: list[list[int]], words: Vocabulary
) -> Reading:
    """The stretches before and after the name that say who that is."""
    before = [i for i in indices if i < reading.first and page.words[i].low not in ("the", "a", "an", "both")]
    own = next(s for s in segments if reading.last in s)
    after = [i for s in segments if s[0] > own[-1] for i in s]
    stretches = tuple(s for s in ((x[0], x[-1]) for x in (after, before) if x) if heads(page, [s], words))
    return replace(reading, roles=stretches)


def _segments(page: Page, indices: list[int], words: Vocabulary) -> list[list[int]]:
    """The source cut at commas, brackets and dashes, and before what "who" or "seen by" begin."""
    segments: list[list[int]] = [[indices[0]]]
    dropped = False
    for before, i in pairwise(indices):
        gap = page.words[i].gap
        based = (
            gap == ", " and "-" in page.words[i].text and page.words[i].text.rpartition("-")[2] in words.uses["tail"]
        )
        cut = i != before + 1 or (any(mark in gap for mark in ",;:()[]—–") and not based)  # "Dearborn, Michigan-based"
        cut = cut or (" - " in gap and not _capitals(page, i, words))
        if cut and not incorporated(page.words[before], page.words[i], words):
            segments.append([])
            dropped = False
        low = page.words[i].low
        dropped = dropped or (
            low in words.uses["alias"] and any('"' in w.gap or "“" in w.gap for w in page.words[i + 1 : i + 4])
        )
        verb = low in words.uses["finite"] and page.words[i].text == low
        dropped = dropped or ((low in CUTS or low in words.uses["asked"] or verb) and bool(segments[-1]))
        dropped = dropped or low in RELATIVES
        dropped = dropped or (
            low == "on" and page.words[min(i + 1, len(page.words) - 1)].low in ("condition", "the condition")
        )
        if not dropped:
            segments[-1].append(i)
    return [s for s in segments if s]


def _capitals(page: Page, i: int, words: Vocabulary) -> bool:
    """Are this word and the one before it capitalised, as in "American - Islamic Relations"?"""
    return capital(page.words[i], words) and capital(page.words[i - 1], words)


def _coordinated(page: Page, indices: list[int], known: Mapping[int, Mention], words: Vocabulary) -> Reading | None:
    """ "Burton and Nick", "Both the school and the police": every part must be a name."""
    segments = [s for s in _segments(page, indices, words) if not all(page.words[i].text.isdigit() for i in s)]
    last = next((s for s in segments if any(_is_and(page, i) for i in _joints(s, segments))), None)
    if last is None or (last is not segments[-1] and last is not segments[0]):
        return None
    at = next(
        (i for i in _joints(last, segments) if _is_and(page, i) and not _portfolio(page, i, last[-1], known, words)), 0
    )
    if not at:
        return None
    if any(i in known and known[i].last > at for i in range(at - LONGEST, at)):
        return None
    pieces = [*segments[: segments.index(last)], [i for i in last if i < at], [i for i in last if i > at]]
    pieces = [piece for piece in pieces if piece]
    if last is segments[0] and len(segments) > 1:
        pieces[-1] = [i for i in indices if i > at]
    parts = tuple(_read(page, piece, known, words) for piece in pieces)
    if len(parts) > 2 and parts[0].form == "nominal" and plural(parts[0].head):  # "The brothers, Al and Bo Finch"
        pieces, parts = pieces[1:], parts[1:]
    title = parts[0].first - 1
    if title in indices and plural(page.words[title].low) and words.role(singular(page.words[title].low)):
        parts = tuple(
            replace(p, roles=p.roles or ((title, title),)) for p in parts
        )  # "Ministers Ann Lee and Tom Poole"
    named = all(p.form == "name" for p in parts[:-1]) and parts[-1].form in ("name", "nominal")
    people = all(p.label == "PER" for p in parts)  # "Ann Lee of Leeds and Tom Poole of York"
    ends = people or all(p.last == piece[-1] for p, piece in zip(parts[:-1], pieces, strict=False))
    if not (named and ends) or (len(pieces) > 2 and parts[-1].form != "name"):
        return None
    return Reading("several", indices[0], indices[-1], parts=parts)


def _joints(segment: list[int], segments: list[list[int]]) -> list[int]:
    """Where "and" may join in a segment: not at its end, nor where the whole source begins."""
    return segment[segment is segments[0] : -1]


def _portfolio(page: Page, at: int, last: int, known: Mapping[int, Mention], words: Vocabulary) -> bool:
    """Does "and" join what one is minister for or speaks for: "Minister for Care and Sport Ann Lee", "Trade and
    Consumer Protection Minister Ann Lee", "Marks and Spencer spokeswoman Ann Lee"?"""
    fields, left = words.uses["portfolio"], known.get(at - 1)
    field = page.words[at - 1].low in fields
    if field and page.words[at + 1].low in fields:
        return True
    title = next(
        (i for i in range(at + 1, min(at + LONGEST, last)) if page.words[i].low in words.uses["ministerial"]), 0
    )
    spaced = all(page.words[i].gap == " " and page.words[i].capital for i in range(at + 1, title))
    spoken = page.words[title].low.startswith("spokes") and not (left and left.label == "PER")
    return title > at + 1 and spaced and (field or (spoken and page.words[at - 1].capital))


def _is_and(page: Page, i: int) -> bool:
    return page.words[i].text == "and"
