"""The name in a segment of a source, with what stands around it there."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.speakers.capitals import capital, core, initial, of_many, shape, surnamed, trim
from quotes.speakers.cores import base, stops
from quotes.speakers.labels import Mention, known_body
from quotes.speakers.readings import Reading
from quotes.speakers.vocabulary import Vocabulary, plural, singular
from quotes.speakers.words import Page

QUOTED = frozenset('"“«')
NAMING = frozenset({"named", "called", "nicknamed", "dubbed"})


def named_in(
    page: Page, body: list[int], determiner: str, known: Mapping[int, Mention], words: Vocabulary
) -> Reading | None:
    """The name that heads a segment: at its end ("US envoy Brett McGurk") or at its start ("Sen. Hill of Texas")."""
    last, named_before = page.words[body[-1]], any(known[i].label == "PER" for i in body if i in known)
    short = len(body) > 1 and last.text.isupper() and len(last.text) < 4
    if short and words.role(last.low) and not named_before:
        return None  # "a Labour MP", but "Ann Lee MP"
    if short and last.low in words.lexicon.organisations and not page.words[body[-2]].capital:
        return None  # "state TV"
    naming = next((n for n in range(1, len(body) - 1) if page.words[body[n]].low in NAMING), 0)
    if naming and capital(page.words[body[naming + 1]], words):
        named = _runs(page, body[naming + 1 :], words)[0]
        return Reading("name", named[0], named[-1], "PER")
    whole = known.get(body[0])
    paired = any(page.words[i].text == "and" for i in body) or known_body(page, body[0], body[-1], words)
    if whole and whole.label == "ORG" and whole.last == body[-1] and paired:
        return Reading("name", body[0], body[-1], "ORG", head=page.words[body[-1]].low, determiner=determiner)
    runs = _runs(page, body, words)
    if runs and _broadcasts(page, body, runs[-1], words):
        return Reading("name", runs[-1][0], body[-1], "ORG", head=page.words[body[-1]].low)
    if runs and _publishes(page, body, runs[-1], known, words):
        return Reading("name", runs[-1][0], runs[-1][-1], "ORG", head=page.words[body[-1]].low, determiner=determiner)
    if affiliated := _affiliated(page, body, runs, determiner, known, words):
        return affiliated
    if runs and runs[-1][-1] == body[-1]:
        return _trailing(page, body, runs[-1], determiner, known, words)
    if runs and runs[0][0] == body[0]:
        return _leading(page, body, runs[0], determiner, known, words)
    return None


def _runs(page: Page, body: list[int], words: Vocabulary) -> list[list[int]]:
    """Runs of capitals inside a segment."""
    runs: list[list[int]] = []
    for i in body:
        word = page.words[i]
        before = page.words[i - 1]
        joins = bool(runs) and runs[-1][-1] == i - 1 and (not before.possessive or of_many(page, i - 1, words))
        goes_on = i < body[-1]
        if (
            surnamed(page, i, words)
            or (joins and word.text == "plc")
            or initial(page, i)
            or (word.text == "The" and goes_on)
        ):
            runs[-1].append(i) if joins else runs.append([i])
        elif joins and goes_on and _links(page, i, words):
            runs[-1].append(i)
    return [r for r in runs if page.words[r[-1]].text != "of"]


def _links(page: Page, i: int, words: Vocabulary) -> bool:
    """Does a small word go on with a name: "Jan de Vries", "Ursula von der Heyde", "Bank of Malby"?"""
    if page.words[i].text == "of":
        return words.organisation(page.words[i - 1].low)
    particles = words.uses["particle"]
    following = i + 2 if page.words[i + 1].text in particles and i + 2 < len(page.words) else i + 1
    return page.words[i].low in particles and capital(page.words[following], words)


def _broadcasts(page: Page, body: list[int], run: list[int], words: Vocabulary) -> bool:
    """Is it somebody's outlet, with its noun behind the name: "the group's Al-Masirah television"?"""
    owned = run[0] > body[0] and page.words[run[0] - 1].possessive
    noun = page.words[body[-1]].low
    return owned and run[-1] == body[-1] - 1 and noun in words.uses["press"] | words.uses["outlet"]


def _publishes(page: Page, body: list[int], run: list[int], known: Mapping[int, Mention], words: Vocabulary) -> bool:
    """Does the noun behind a name only tell what it is: "the Detik news site", "the Malby Echo newspaper"? The place
    of "the Leeds newspaper" is no name of it."""
    behind = [page.words[i] for i in body if i > run[-1]]
    seen, lone = known.get(run[0]), run[0] == run[-1]
    placed = (seen and seen.label == "LOC") or page.words[run[0]].low in words.places
    low = page.words[run[0]].low
    barred = lone and (placed or low in words.uses["modifier"] or words.member(low) or len(low) < 2)
    told = all(w.gap == " " and (w.low in words.uses["medium"] or w.low == "news") for w in behind)
    medium = bool(behind) and (behind[-1].low in words.uses["medium"] and (len(behind) > 1 or lone or not placed))
    return run[0] == body[0] and told and medium and not barred and not page.words[run[-1]].possessive


def _affiliated(
    page: Page, body: list[int], runs: list[list[int]], determiner: str, known: Mapping[int, Mention], words: Vocabulary
) -> Reading | None:
    """The person of "analyst Dan Ives of Wedbush": a noun, a given name or a detector must vouch for one."""
    owned = (
        len(runs) > 1 and page.words[runs[0][-1]].possessive and runs[1][0] == runs[0][-1] + 1
    )  # "the BBC's Ann Lee"
    runs = runs[owned:]
    if len(runs) > 2 and _told(page, runs[0][-1] + 1, runs[1][0], words):  # "Party leader Ann Lee of the Greens"
        runs, owned = runs[1:], False
    if not runs or runs[0][-1] == body[-1]:
        return None
    run, last = runs[0], runs[0][-1]
    before = [] if owned else body[: body.index(run[0])]
    if not (words.role(page.words[before[-1]].low) if before else owned or not determiner):
        return None
    if page.words[last].possessive or page.words[last + 1].low not in words.uses["preposition"]:
        return None
    seen = next((known[i] for i in run if i in known and known[i].last == last and known[i].sure), None)
    start = trim(page, core(page, run[0], last, words), last, words)
    low = page.words[last].low
    titled = run[0] < start <= last
    alone = seen and seen.label == "PER" and page.words[last + 1].low != "of"  # "Prakash in Girvan", no "Hall of Famer"
    if start >= last and not titled and not alone:
        return None
    looks = shape(page, start, last, words)
    if words.role(low) or words.group(low) or (seen and "PER" not in (seen.label, looks)):
        return None
    vouched = seen or before or titled or looks == "PER"
    return Reading("name", start, last, "PER") if vouched and not words.organisation(low) else None


def _told(page: Page, first: int, name: int, words: Vocabulary) -> bool:
    """Do the words between two runs of capitals tell what the second is: "leader" in "Party leader Ann Lee"?"""
    between = page.words[first : name + 1]
    return first < name and all(w.gap == " " for w in between) and words.role(page.words[name - 1].low)


def _trailing(
    page: Page, body: list[int], run: list[int], determiner: str, known: Mapping[int, Mention], words: Vocabulary
) -> Reading | None:
    """A run of capitals that ends its segment."""
    before = body[: body.index(run[0])]
    own = base(page, body, words)
    governed = bool(before) and (own[-1] < run[0])
    connected = next((n for n in range(len(run) - 1, 0, -1) if page.words[run[n]].text == "of"), -1)
    seen = next((known[i] for i in run if i in known and known[i].last == run[-1] and known[i].sure), None)
    described = any(words.role(page.words[i].low) for i in (*own, *before[-1:]))
    if not before and _plainly(page, run, seen, words):
        return None
    if governed and (
        QUOTED.intersection(page.words[run[0]].gap)
        or (page.words[before[-1]].low in words.uses["preposition"] and not _apposed(page, run, seen, words))
    ):
        return None  # "a spokesman for Petra Kelly", "a resident of Malby"
    if seen and seen.label == "PER" and (described or not governed or seen.first > run[0]):
        return Reading("name", _given(page, seen.first, run[0], words), run[-1], "PER")
    if governed and not described:
        return None
    if governed or (connected >= 0 and described):
        rest = run[connected + 1 :]
        if len(rest) < 3 or shape(page, rest[0], rest[-1], words) in ("ORG", "LOC"):
            return None
        return Reading("name", rest[-2], rest[-1], "PER")
    return _whole(page, run, before, determiner, seen, words)


def _apposed(page: Page, run: list[int], seen: Mention | None, words: Vocabulary) -> bool:
    """Does a run behind a preposition hold more than its noun: "Secretary of State" and "John Kerry"?"""
    if seen is None:
        return len(run) > 2
    return seen.first > run[0] and not words.role(page.words[seen.first - 1].low)


def _given(page: Page, first: int, least: int, words: Vocabulary) -> int:
    """Where a name begins of which a detector may have missed the given name."""
    while first > least and (page.words[first - 1].low in words.given or len(page.words[first - 1].text) == 1):
        first -= 1
    return first


def _whole(
    page: Page, run: list[int], before: list[int], determiner: str, seen: Mention | None, words: Vocabulary
) -> Reading | None:
    """A run that is the head itself, with whatever stands before it."""
    first, last = core(page, run[0], run[-1], words), run[-1]
    start = trim(page, first, last, words)
    titled = start > first or (bool(before) and before[-1] == first - 1 and words.role(page.words[before[-1]].low))
    low = page.words[last].low
    if start > last or (first == last and low in words.lexicon.titles):
        return None
    lone = first == last or not (seen and seen.label == "PER")
    if (determiner and lone and words.member(low)) or _plainly(page, run, seen, words):
        return None
    looks = seen.label if seen else shape(page, first, last, words)
    if looks == "MISC" and before and words.organisation(page.words[before[-1]].low):  # "broadcaster Radio Nordlys"
        looks = "ORG"
    if looks in ("ORG", "LOC"):
        named = page.words[first].text == "The" and last > first
        return Reading("name", first + named, last, looks, head=low, determiner=determiner)
    if titled:
        return Reading("name", start, last, "PER")
    if words.group(low.rpartition("-")[2]) and not seen:
        return None
    if words.role(low) and last > first and page.words[first].low not in words.given and not seen:
        return None
    if page.words[first].text == "The" and last > first:
        return Reading("name", first + 1, last, "ORG", determiner="the")
    if determiner == "the" and not before:
        return Reading("name", first, last, "LOC" if looks == "LOC" else "ORG", head=low, determiner="the")
    return Reading("name", first, last, "PER" if last > first else looks, head=low, determiner=determiner)


def _plainly(page: Page, run: list[int], seen: Mention | None, words: Vocabulary) -> bool:
    """Is it a noun with a capital only because a sentence begins: "Keepers said", where the text has a keeper, or
    "Data from the council"?"""
    i = run[0]
    begins = not i or page.words[i - 1].sentence != page.words[i].sentence
    low = page.words[i].low
    several = low in words.lexicon.groups or (low.endswith("men") and plural(low))  # "Fishermen", no "Masters"
    if len(run) > 1 or not begins or (seen and seen.label == "PER" and not several):
        return False
    if several and plural(low):
        return True
    plainly = plural(low) and not page.lowercase.isdisjoint((low, singular(low)))
    return plainly or (low in words.lexicon.documents and not words.organisation(low))


def _leading(
    page: Page, body: list[int], run: list[int], determiner: str, known: Mapping[int, Mention], words: Vocabulary
) -> Reading | None:
    """A run of capitals that begins its segment: "Paul Dewar of Ottawa", but not "Scientology officials"."""
    after, lone = page.words[run[-1] + 1], run[0] == run[-1]
    if page.words[run[-1]].possessive or after.low not in stops(words):
        return None
    if lone and page.words[run[0]].low in words.uses["number"]:  # "Nine of 14 economists"
        return None
    seen = known.get(run[0])
    return _whole(page, run, [], determiner, seen if seen and seen.sure and seen.last == run[-1] else None, words)
