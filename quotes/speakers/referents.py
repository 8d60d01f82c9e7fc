"""A source, once read → whom it names: looked up among those the article knows, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.models import Extent, SpeakerType
from quotes.speakers.cast import Cast
from quotes.speakers.descriptions import DEFINITE, LEAD, again, described, may_be, of_paragraph, recent
from quotes.speakers.families import of_age, principal
from quotes.speakers.firms import meant, together
from quotes.speakers.interviews import heads_line
from quotes.speakers.kinds import HANDFUL, kind_of
from quotes.speakers.labels import Mention
from quotes.speakers.mentions import lead_of
from quotes.speakers.names import fold, folded
from quotes.speakers.readings import Reading
from quotes.speakers.register import MANY, Referent
from quotes.speakers.roles import OWNERS, gender
from quotes.speakers.sources import read_source
from quotes.speakers.vocabulary import Vocabulary, plural, singular
from quotes.speakers.words import Word

Found = tuple[Referent, str, float]  # who, by which method, how sure
SURE, PROBABLE, LIKELY = 0.95, 0.9, 0.75
REACH = 40  # words before "who"
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}


def find_referent(cast: Cast, reading: Reading, known: Mapping[int, Mention]) -> Found | None:
    """Whom a name, several names, a noun or "who" stands for; None where several fit. Pronouns are not for here."""
    if reading.form != "none" and reading.first == reading.last and heads_line(cast.page, reading.first):
        return _interviewed(cast, reading)
    if reading.form != "none" and (turn := _initialled(cast, reading)):
        return turn
    if reading.form == "name" and len(bearers := _heading(cast, reading)) > 1:
        introduced = [p for p in bearers if 0 <= p.since < cast.headings[cast.page.words[reading.first].text]]
        return (introduced[0], "surname", PROBABLE) if len(introduced) == 1 else None
    if reading.form == "several":
        return _several(cast, reading, known)
    if reading.form == "name":
        return _organisation(cast, reading) if reading.label in ("ORG", "LOC") else _person(cast, reading)
    if reading.form == "relative":
        return _relative(cast, reading, known)
    return _nominal(cast, reading) if reading.form == "nominal" else None


def _interviewed(cast: Cast, reading: Reading) -> Found | None:
    """Of the lines of an interview those that "A" heads are the guest's; who asks is not told."""
    guest = cast.answering if cast.page.words[reading.first].text == "A" else None
    return (guest, "interview", LIKELY) if guest else None


def _initialled(cast: Cast, reading: Reading) -> Found | None:
    """The initials of somebody named that head a turn: "DS:" in an interview with Dana Sharp."""
    here = cast.page.words[reading.first]
    if reading.first != reading.last or not here.text.isupper() or cast.page.text[here.end : here.end + 1] != ":":
        return None
    found = cast.spelled(fold(here.text))
    return (found[0], "acronym", LIKELY) if len(found) == 1 else None


def _heading(cast: Cast, reading: Reading) -> list[Referent]:
    """The bearers of a surname that heads a turn: "MARSH:"."""
    here = cast.page.words[reading.first]
    heads = reading.first == reading.last and here.text in cast.headings
    return cast.person((fold(here.text),)) if heads else []


def _relative(cast: Cast, reading: Reading, known: Mapping[int, Mention]) -> Found | None:
    """ "critics who say": the noun right before speaks."""
    words, last = cast.page.words, reading.first - 1
    if last < 0 or words[last].sentence != words[reading.first].sentence:
        return None
    first = last
    while first and words[first].gap in (" ", ". ") and words[first - 1].low not in cast.words.function:
        first -= 1
    nearest = read_source(cast.page, range(first, last + 1), known, cast.words)
    found = find_referent(cast, nearest, known) if nearest.form != "relative" else None
    if found and found[0].type in ("organisation", "document") and words[reading.first].low == "who":
        return _person_before(cast, reading.first)
    return (found[0], "relative", LIKELY) if found else None


def _person_before(cast: Cast, index: int) -> Found | None:
    """Who is meant by "who" behind what he is: "Ann Lee, an analyst at Coe Bank, who rates the stock"."""
    words = cast.page.words
    back = range(index - 1, max(index - REACH, -1), -1)
    near = (i for i in back if i in cast.at or words[i].sentence != words[index].sentence)
    for i in near:
        if words[i].sentence != words[index].sentence:
            return None
        if cast.at[i].type == "person":
            return cast.at[i], "relative", LIKELY
    return None


def _several(cast: Cast, reading: Reading, known: Mapping[int, Mention]) -> Found | None:
    found = [f for part in reading.parts if (f := find_referent(cast, part, known))]
    if len(found) < len(reading.parts):
        return None
    types = {f[0].type for f in found}
    kind: SpeakerType = types.pop() if len(types) == 1 else "group"
    extent = cast.page.extent(reading.first, reading.last)
    return _joined([f[0].name for f in found], kind, extent), "several", PROBABLE


def _person(cast: Cast, reading: Reading) -> Found | None:
    name = folded(list(cast.page.words[reading.first : reading.last + 1]))
    spelled = cast.alias(cast.page.words[reading.last].text) if len(name) == 1 else None
    if spelled:
        return spelled, "acronym", PROBABLE
    known = cast.at.get(reading.first)
    if known is None and len(name) == 1 and len(titled := _titled(cast, reading)) == 1:
        return titled[0], "nominal", LIKELY
    if known is None:
        lead = lead_of(cast.page, reading.first, cast.words)
        told = gender(cast.page, Mention(reading.first, reading.last, lead, "PER", True), (), cast.words)
        found = of_age(cast.page, reading.first, cast.person(name, told), cast.words) or (
            cast.nearly(name[0]) if len(name) == 1 else []
        )
        found = principal(cast.page, cast.introduced(found, reading.first), reading.first, cast.words)
        if len(found) != 1:
            return None if found else _lone(cast, reading, name)
        known = found[0]
    if len(name) == 1 < len(known.words):
        return known, "surname", PROBABLE
    return known, "name", SURE


def _lone(cast: Cast, reading: Reading, name: tuple[str, ...]) -> Found:
    """A lone name that the text says nothing else about: people are introduced, outlets and firms are not."""
    extent = cast.page.extent(reading.first, reading.last)
    human = len(name) > 1 or name[0] in cast.words.given or name[0] in cast.words.lexicon.kinship
    kind: SpeakerType = "person" if human else "organisation"
    return Referent(kind, extent.of(cast.page.text), extent, name), "name", LIKELY


def _organisation(cast: Cast, reading: Reading) -> Found:
    if reading.first == reading.last and (found := _short(cast, reading)):
        return found
    known = cast.at.get(reading.first)
    if known is None:
        extent = cast.page.extent(reading.first, reading.last)
        known = Referent("organisation", " ".join(extent.of(cast.page.text).split()), extent)
    return known, "name", SURE


def _short(cast: Cast, reading: Reading) -> Found | None:
    """One capitalised word: somebody's surname after all, letters, or "the Church" for the Church of the Open Sky."""
    here = cast.page.words[reading.first]
    surnamed = cast.person((fold(here.text),)) if not reading.determiner else []
    if len(surnamed) == 1 and len(surnamed[0].words) > 1 and not surnamed[0].doubtful:
        return surnamed[0], "surname", PROBABLE
    if spelled := cast.alias(here.text):
        return spelled, "acronym", PROBABLE
    if reading.determiner == "the" or cast.words.organisation(here.low):
        found = _mentioned(cast.organisation(here.low), reading.first)
        found = found or _titled(cast, reading)
        if not found and here.low in cast.words.lexicon.organisations:
            found = meant(cast, reading.first, here.low)  # "the Company" of a release
        return (found[0], "nominal", LIKELY) if len(found) == 1 else None
    found = _titled(cast, reading)
    return (found[0], "nominal", LIKELY) if len(found) == 1 else None


def _titled(cast: Cast, reading: Reading) -> list[Referent]:
    """Who has the office that is written with a capital: "the Treasurer", or in a headline "Treasurer"."""
    here = cast.page.words[reading.first]
    heads = reading.determiner == "the" or here.paragraph == 0
    return recent(cast, cast.described(here.low), reading.first) if heads and cast.words.role(here.low) else []


def _mentioned(found: list[Referent], index: int) -> list[Referent]:
    """Of several organisations those already mentioned."""
    return [o for o in found if o.mentions and o.mentions[0] < index] if len(found) > 1 else found


def _nominal(cast: Cast, reading: Reading) -> Found | None:
    if reading.first == reading.last and reading.head in cast.words.uses["demonstrative"]:
        return None
    if reading.head in cast.words.uses["reverence"]:
        revered = _revered(cast, reading)
        return (revered[0], "nominal", LIKELY) if len(revered) == 1 else None
    words = cast.page.words[reading.first : reading.last + 1]
    body = cast.at.get(reading.first)
    if body and body.type == "organisation" and body.words == folded(list(words)):  # "Kenya's health ministry"
        return body, "name", PROBABLE
    base = words[: next((n + 1 for n, w in enumerate(words) if w.low == reading.head), len(words))]
    owned = any(w.possessive for w in base) or base[0].low in OWNERS
    first = base[0].low if base[0].low in HANDFUL else ""
    kind = kind_of(reading.head, reading.determiner or first, owned, cast.words)
    home = next((n for n, w in enumerate(base) if _based(w.low)), 0)  # "the Dearborn, Michigan-based carmaker"
    told_by = [w.low for w in base[home:-1] if _distinguishes(w, cast.words)]
    fields = [w.low for w in base[:-1] if w.low in cast.words.uses["portfolio"]]
    found = [r for r in _known(cast, reading, kind, told_by) if _of_field(r, fields, reading.head)]
    if not found and kind == "anonymous" and reading.determiner == "the":
        found = again(cast, reading, told_by)
    if found:
        return (found[0], "nominal", LIKELY) if len(found) == 1 else None
    if stated := _stated(cast, reading):
        return stated
    if together := _together(cast, reading, [w.low for w in base]):
        return together
    method = "unnamed" if kind in ("anonymous", "group") else "nominal"
    return cast.nominal(kind, reading.first, reading.last, reading.head), method, PROBABLE


def _revered(cast: Cast, reading: Reading) -> list[Referent]:
    """Who is spoken of as "his Honour" or "Her Majesty": a judge, a queen."""
    pronoun = cast.words.lexicon.pronouns.get(reading.determiner)
    sex = pronoun.gender if pronoun else ""
    found = [p for p in cast.widely(reading.head, reading.first) if not sex or p.gender in ("", sex)]
    return recent(cast, found, reading.first)


def _of_field(referent: Referent, fields: list[str], head: str) -> bool:
    """May this be "the education secretary": of that field, or of none that the text tells, but no general one?"""
    told = referent.type != "person" or referent.described <= {head}
    return told or not fields or any(f in referent.described for f in fields)


def _based(word: str) -> bool:
    """Does a word only tell where somebody is at home: "Leeds-based"?"""
    return word.endswith("-based")


def _together(cast: Cast, reading: Reading, base: list[str]) -> Found | None:
    """Both of "the two ministers", where the text has named just two."""
    number = "both" if reading.determiner == "both" else base[0]
    if reading.determiner not in ("the", "both") or number not in NUMBERS or not plural(reading.head):
        return None
    noun, extent = singular(reading.head), cast.page.extent(reading.first, reading.last)
    if cast.words.organisation(noun) and not cast.words.role(noun):
        firms = together(cast, reading.first, noun, NUMBERS[number])
        return (_joined([f.name for f in firms], "organisation", extent), "nominal", LIKELY) if firms else None
    named = cast.described(noun) or cast.widely(noun, reading.first) or _pair(cast, reading, noun)
    known = sorted((p for p in named if p.before(reading.first) is not None), key=lambda p: p.mentions[0])
    if len(known) != NUMBERS[number] or len(named) != len(known):
        return None
    return _joined([p.name for p in known], "person", extent), "nominal", LIKELY


def _pair(cast: Cast, reading: Reading, noun: str) -> list[Referent]:
    """The people just named who may be "both candidates"."""
    near = of_paragraph(cast, reading) if cast.words.role(noun) else []
    return near if all(not p.bearers and may_be(p, noun, cast.words) for p in near) else []


def _joined(names: list[str], kind: SpeakerType, extent: Extent) -> Referent:
    """Several speakers as one: "Ann Lee, Tom Poole and Ida Roe"."""
    return Referent(kind, f"{', '.join(names[:-1])} and {names[-1]}", extent, plural=True)


def _distinguishes(word: Word, words: Vocabulary) -> bool:
    """Does this word tell one of several apart: "the Syrian envoy", "the second official"?"""
    named = word.capital and (word.low not in words.function or word.text == "US")
    return named or word.low in words.uses["distinction"]


def _known(cast: Cast, reading: Reading, kind: SpeakerType, told_by: list[str]) -> list[Referent]:
    """Those whom the article knows already that a noun may mean."""
    if cast.words.role(reading.head) and not plural(reading.head) and (found := described(cast, reading, told_by)):
        return found
    if reading.determiner not in DEFINITE:
        return _headlined(cast, reading, kind)
    if kind == "document":
        return _written(cast, reading, told_by)
    if kind == "organisation" and plural(reading.head) and reading.head not in cast.words.lexicon.organisations:
        return []
    if kind == "organisation":
        found = _mentioned(cast.organisation(reading.head, told_by), reading.first)
        elsewhere = [w for w in told_by if not _based(w)]
        found = found or ([] if elsewhere else _dealing(cast, reading))
        return found or (_written(cast, reading, told_by) if cast.words.document(reading.head) else [])
    if kind == "anonymous":
        found = cast.earlier(reading.head, cast.page.words[reading.first].start, told_by)
        body = _dealing(cast, reading) if not found and cast.words.organisation(reading.head) else []
        return found if len(found) == 1 else body
    return []


def _dealing(cast: Cast, reading: Reading) -> list[Referent]:
    """The organisation that a noun means; "the airport operator" is no road that happens to be near, but one that the
    article opens with, or calls so."""
    found = meant(cast, reading.first, reading.head)
    words = cast.page.words[reading.first : reading.last + 1]
    before = next((n for n, w in enumerate(words) if w.low == reading.head), 0)
    plain = [w for w in words[:before] if not (w.capital or w.low in cast.words.uses["modifier"] or "-" in w.text)]
    kind = cast.words.kind(reading.head)
    return [o for o in found if not plain or kind in o.kinds or cast.page.words[o.mentions[0]].paragraph <= LEAD]


def _stated(cast: Cast, reading: Reading) -> Found | None:
    """Whose "club statement" it is: of the one club that is meant."""
    words, head = cast.page.words, reading.last
    if reading.head not in cast.words.uses["utterance"] or words[head].low != reading.head or head != reading.first + 1:
        return None
    found = (
        meant(cast, reading.first, words[reading.first].low)
        if cast.words.organisation(words[reading.first].low)
        else []
    )
    return (found[0], "nominal", LIKELY) if len(found) == 1 else None


def _written(cast: Cast, reading: Reading, told_by: list[str]) -> list[Referent]:
    """The one document of this kind before: "a study published in May" for "the study", or for "the paper"."""
    start = cast.page.words[reading.first].start
    research = cast.words.uses["research"]
    nouns = [[reading.head], sorted(research) if reading.head in research else []]
    called = ([d for n in some for d in cast.earlier(n, start, told_by) if d.type == "document"] for some in nouns)
    found = next((documents for documents in called if documents), [])
    return found if len(found) == 1 else []


def _headlined(cast: Cast, reading: Reading, kind: SpeakerType) -> list[Referent]:
    """Of a headline ("Pay talks fail, union says", "study finds") the one organisation or document of this kind."""
    words = cast.page.words
    telling = [w for w in words[reading.first : reading.last] if not (cast.words.member(w.low) or _based(w.low))]
    if reading.determiner or words[reading.first].paragraph or telling:
        return []
    if kind == "document":
        found = list(cast.unnamed[reading.head].values())[:2]
        return found if len(found) == 1 else []
    if kind != "organisation":
        return []
    found = cast.organisation(reading.head) or cast.by_kind[cast.words.kind(reading.head)]
    leading = [o for o in found[:MANY] if words[o.mentions[0]].paragraph <= LEAD]
    return found if len(found) == 1 else leading if len(leading) == 1 else []
