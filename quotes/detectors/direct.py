"""Direct speech by rule: every well-formed quotation with the cue and the source that stand next to it.

The patterns are those of news prose: "X," Smith said. / "X," said Smith, the mayor. / Smith told reporters: "X." /
"X," Smith said, "Y." (one attribution) / "X," Smith said. "Y." (a second one, without a cue) / marks opened again in
each paragraph / Smith: "X." / "X." — Smith. Words in quotation marks inside an indirect sentence are left to the
learned detector.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.detectors import frames, headlines, hearsay, inquiries, nominal, orders, reports, silences
from quotes.detectors.blocks import led, signed
from quotes.detectors.clauses import Clause, reader_of
from quotes.detectors.forms import sentences_of
from quotes.detectors.layout import signature, signature_below, signed_blocks, transcript
from quotes.detectors.marks import Quotation
from quotes.detectors.nearby import NEAR, Nearby
from quotes.detectors.nested import quoted
from quotes.detectors.nouns import NOMINATIVE, Token, tokens
from quotes.detectors.questions import answers
from quotes.detectors.units import Unit, units
from quotes.lexicon import Lexicon, cue_words
from quotes.models import Attribution, Extent, Extents, Name

PIECES = 64  # of one interrupted quotation
SOFT, HARD = ",—–-…", "?!"
# About the share with content and source right on 300 articles of PolNeAR's training part, by pattern: a clause joined
# by a comma or a colon, one without, a mixed sentence, the same speaker in the paragraph, in the next paragraph
CERTAIN, LIKELY, MIXED, CONTINUED, CARRIED = 0.95, 0.8, 0.7, 0.95, 0.5
NEARBY, ALONE = 0.35, 0.3  # the one person of the sentence before; marks and a full stop, but nobody to ascribe them to


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read for a unit, and where the clause after it ends (None if none stands there)."""

    unit: Unit
    attribution: Attribution
    clause_end: int | None = None


def attributions(
    text: str, quotations: Sequence[Quotation], names: Sequence[Name], lexicon: Lexicon
) -> list[Attribution]:
    """The direct speech of a text; ``names`` helps to find the person of a quotation that has no cue.

    Contents include their quotation marks and are in the order of the text.
    """
    page = _Page(text, names, lexicon)
    spoken = units(text, quotations)
    readings: list[_Reading] = []
    for i, unit in enumerate(spoken):
        following = spoken[i + 1].start if i + 1 < len(spoken) else len(text)
        last = readings[-1] if readings else None
        if last and page.split(last, unit) and not page.closed(unit, following):
            readings[-1] = page.joined(last, unit, following)
        elif reading := page.read(unit, last, spoken[i - 1].end if i else 0, following):
            if last and reading.attribution.content[0].start < last.unit.end:
                readings.pop()  # the sentence before it takes in an earlier fragment
            readings.append(reading)
    said = (*transcript(text, lexicon), *answers(text, names))
    turns = sorted((a for a in said if not _begins(a, spoken)), key=lambda a: a.content)
    found = [r.attribution for r in readings if r.attribution.cue or not _within(r.attribution, turns)]
    laid_out = [*signed_blocks(text), *signed(text, names), *led(text, page.sentences, page.reader)]
    found += [*turns, *(a for a in laid_out if not _overlaps(a, spoken))]
    found += quoted(text, quotations, page.reader)
    found += headlines.read(text, names, page.reader)
    found += (*frames.plain(text, page.sentences, page.reader), *silences.kept(text, page.sentences, page.reader))
    found += (*orders.reported(text, page.sentences, page.reader), *orders.put(text, page.sentences, page.reader))
    found += reports.stated(text, page.sentences, page.reader)
    found += inquiries.made(text, page.sentences, page.reader)
    found += (*nominal.reported(text, page.sentences, page.reader), *hearsay.told(text, page.sentences, page.reader))
    return [page.described(a) for a in sorted(found, key=lambda a: a.content)]


def _begins(turn: Attribution, spoken: Sequence[Unit]) -> bool:
    """Does a turn begin with quotation marks? Then it is read as a quotation behind a colon."""
    at = bisect_left(spoken, turn.content[0].start, key=lambda u: u.start)
    return at < len(spoken) and spoken[at].start == turn.content[0].start


def _within(attribution: Attribution, turns: Sequence[Attribution]) -> bool:
    """Does a turn of a transcript hold it?"""
    at = bisect_right(turns, attribution.content[0].start, key=lambda t: t.content[0].start) - 1
    return at >= 0 and attribution.content[-1].end <= turns[at].content[-1].end


def _overlaps(attribution: Attribution, spoken: Sequence[Unit]) -> bool:
    """Does a unit lie in the content?"""
    at = bisect_right(spoken, attribution.content[0].start, key=lambda u: u.end)
    return at < len(spoken) and spoken[at].start < attribution.content[-1].end


class _Page:
    """The text with what helps to read it: its sentences, its names, a reader of clauses."""

    def __init__(self, text: str, names: Sequence[Name], lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.sentences = sentences_of(text, lexicon)
        self.reader = reader_of(lexicon)
        self.nearby = Nearby(names, self.sentences, self.reader)

    def described(self, attribution: Attribution) -> Attribution:
        """With what its cue means."""
        cue = self.lexicon.read_cue(cue_words(self.text, attribution))
        return replace(
            attribution, lemma=cue.lemma, stance=cue.stance, negated=cue.negated, hearsay=cue.hearsay, detector="rules"
        )

    def split(self, last: _Reading, unit: Unit) -> bool:
        """Does this unit carry on the sentence that the cue clause of the last one interrupted?"""
        if last.clause_end is None or not last.attribution.cue or len(last.attribution.content) == PIECES:
            return False
        between = self.text[last.unit.end : unit.start]
        ending = between.rstrip()[-1:]
        if "\n" in between or ending == ":" or self._sentences_between(last.unit.end, unit.start):
            return False
        if unit.extents[0].start - last.clause_end > NEAR or not between.strip():
            return False
        rest = tokens(self.text, max(last.attribution.cue[-1].end, last.unit.end), unit.start, self.lexicon)
        return ending in ",—–" and not any(self.reader.is_cue(rest, i) for i in range(len(rest)))

    def closed(self, unit: Unit, following: int) -> bool:
        """Has the unit a cue clause of its own after its comma?"""
        end = min(self._sentence_end(unit.end, following), unit.end + NEAR)
        return unit.last == "," and self._followed(unit, end) is not None

    def joined(self, last: _Reading, unit: Unit, following: int) -> _Reading:
        """One attribution with the pieces of both."""
        content = last.attribution.content + unit.extents
        return _Reading(unit, replace(last.attribution, content=content), self._sentence_end(unit.end, following))

    def read(self, unit: Unit, last: _Reading | None, previous: int, following: int) -> _Reading | None:
        """A unit with the clause after or before it, or with the speaker who was speaking, or alone."""
        before = self._before(unit, previous)
        led = self._led(unit, before)
        end = min(self._sentence_end(unit.end, following), unit.end + NEAR)
        clause = self._followed(unit, end)
        if led and before.of(self.text).rstrip()[-1:] == ":" and not (clause and unit.last == ","):
            return self._reading(unit, led, CERTAIN)
        if clause:
            lead = None if led else self._lead(unit, before)
            if not lead or self._mixed(unit, clause, end):
                return self._reading(unit, clause, CERTAIN if unit.last in SOFT else LIKELY, lead, end)
        if led:
            return self._headed(self._reading(unit, led, LIKELY), led, before)
        block = Extent(unit.start, unit.end)
        if source := signature(self.text, unit.end) or signature_below(
            self.text, block, self.nearby.people, self.lexicon
        ):
            return _Reading(unit, Attribution(unit.extents, source=(source,), kind="direct", confidence=LIKELY))
        return self._uncued(unit, before, last)

    def _headed(self, reading: _Reading, led: Clause, before: Extent) -> _Reading:
        """With the unfinished clause that a cue in commas parts from its quotation: It was, in the words of X, …"""
        head = tokens(self.text, before.start, led.cue.start, self.lexicon)
        if (
            len(head) < 3
            or head[-1].word != ","
            or head[-2].word not in self.reader.finite
            or any(t.mark for t in head[:-1])
        ):
            return reading
        content = (Extent(head[0].start, head[-2].end), *reading.attribution.content)
        return replace(reading, attribution=replace(reading.attribution, content=content, kind="mixed"))

    def _reading(
        self, unit: Unit, clause: Clause, confidence: float, lead: Extent | None = None, end: int | None = None
    ) -> _Reading:
        content = (Extent(lead.start, unit.extents[0].end), *unit.extents[1:]) if lead else unit.extents
        attribution = Attribution(
            content=content,
            cue=(clause.cue,),
            source=(clause.source,) if clause.source else (),
            told=(clause.told,) if clause.told else (),
            kind="mixed" if lead else "direct",
            confidence=MIXED if lead else confidence,
        )
        return _Reading(unit, attribution, end)

    def _sentences_between(self, start: int, end: int) -> bool:
        """Does a sentence end between two places, or at one of them?"""
        return bisect_left(self.sentences.ends, start) < bisect_right(self.sentences.ends, end)

    def _sentence_end(self, place: int, limit: int | None = None) -> int:
        """Where the sentence that goes on at a place ends, at the limit at the latest."""
        end = self.sentences.ends[min(bisect_right(self.sentences.ends, place), len(self.sentences.ends) - 1)]
        return end if limit is None else min(end, limit)

    def _before(self, unit: Unit, previous: int) -> Extent:
        """What stands before a unit in its sentence; the line above it if that ends in a colon."""
        ends = self.sentences.ends
        at = bisect_right(ends, unit.start) - 1
        start = max(ends[at] if at >= 0 else 0, previous, unit.start - NEAR)
        above = self.text[max(0, unit.start - NEAR) : unit.start].rstrip()
        if "\n" in self.text[unit.start - 1 : unit.start] and above.endswith(":"):
            colon = max(0, unit.start - NEAR) + len(above)
            at = bisect_left(ends, colon) - 1
            return Extent(max(ends[at] if at >= 0 else 0, previous, unit.start - NEAR), colon)
        return Extent(start, unit.start)

    def _led(self, unit: Unit, before: Extent) -> Clause | None:
        """The cue clause before a unit: the nearer its cue must be, the less punctuation joins them."""
        found = tokens(self.text, before.start, before.end, self.lexicon)
        if not found:
            return None
        mark = found[-1].word
        if mark == ":":
            return self.reader.leading(found, 25) or self._colon(unit, found)
        if mark == ",":
            clause = self.reader.leading(found, 12)
            return clause if clause is None or clause.source else self._resumed(unit, clause)
        if mark == "that":
            found.pop()
        whole = unit.last in HARD or (unit.last in ".,…" and unit.inner.of(self.text).count(" ") > 2)
        clause = self.reader.leading(found, 4) if whole and found else None
        joined = clause and max(clause.cue.end, clause.told.end if clause.told else 0) == found[-1].end
        return clause if joined else None

    def _resumed(self, unit: Unit, clause: Clause) -> Clause:
        """A cue whose subject stands before an earlier quotation of the sentence: …said "X," adding, "Y."."""
        at = bisect_right(self.sentences.ends, unit.start) - 1
        start = max(self.sentences.ends[at] if at >= 0 else 0, unit.start - NEAR)
        whole = self.reader.leading(tokens(self.text, start, unit.start, self.lexicon), 12)
        return replace(clause, source=whole.source) if whole and whole.cue == clause.cue else clause

    def _colon(self, unit: Unit, found: Sequence[Token]) -> Clause | None:
        """A speaker and a colon ("Smith:", "And from Chairwoman R.:", "… - Pew Research:")."""
        last = len(found) - 2
        sent = next((i for i in range(1, last + 1) if found[i - 1].word == "from"), None)
        first = self.reader.nouns.name_start(found, last) if sent is None else sent
        ended = unit.last in ".?!…" or self.text[unit.end : unit.end + 1] in ("", "\n")
        if first is None or not ended or (len(found) - first > 10) or not self.reader.nouns.begins(found, first):
            return None
        cue = Extent(found[-1].start, found[-1].end)
        return Clause(Extent(found[first].start, found[last].end), cue)

    def _followed(self, unit: Unit, end: int) -> Clause | None:
        """The cue clause after a unit; after a full stop or no mark it must begin at once."""
        found = tokens(self.text, unit.end, end, self.lexicon)
        ended = bool(found) and found[-1].word == "."
        while found and found[-1].word in ".,":
            found.pop()
        clause = self.reader.following(found) if found else None
        if clause is None or unit.last in SOFT:
            return clause
        near = clause.cue.start - unit.end
        if unit.last in HARD:
            return clause if near < 100 else None
        opening = next((t for t in found if not t.mark), None)
        if opening is None or opening.upper:
            short = ended and len(found) <= 5 and clause.cue.end == found[-1].end
            forgotten = unit.last.isalnum() and self._begun(unit) and near < 60  # "X" Smith said
            return clause if (short and unit.last == ".") or forgotten else None
        nearest = 3 if opening.word in NOMINATIVE or clause.cue.start == opening.start else 0
        return clause if nearest and near < 30 else None

    def _lead(self, unit: Unit, before: Extent) -> Extent | None:
        """Words of the sentence before the marks, which are part of what was said: ISIS "is shrinking," he said."""
        at = bisect_right(self.sentences.ends, unit.start) - 1
        start = max(self.sentences.ends[at] if at >= 0 else 0, unit.start - NEAR)
        words = self.text[start : unit.start]
        if not words.strip() or words.rstrip()[-1] in ":—" or before.end < unit.start:
            return None
        return Extent(start + len(words) - len(words.lstrip()), unit.start)

    def _mixed(self, unit: Unit, clause: Clause, end: int) -> bool:
        """Does a cue clause close the whole sentence, marks and words before them, and say nothing else itself?"""
        after = tokens(self.text, clause.cue.end, end, self.lexicon)[:1]
        objects = NOMINATIVE | {"that", "if", "whether"}
        object_ = after and (after[0].upper or after[0].word in objects)
        plain = self.lexicon.read_cue(clause.cue.of(self.text)).lemma in self.lexicon.modifiers["core"]
        small = any(w[:1].islower() for w in unit.inner.of(self.text).split())
        return plain and small and (bool(clause.told) or not object_)

    def _uncued(self, unit: Unit, before: Extent, last: _Reading | None) -> _Reading | None:
        """Speech that goes on without a cue, by the speaker before it, by the one person nearby, or by nobody known."""
        lead = before.of(self.text).strip()
        if not self._whole(unit) or lead[-1:] not in ("", ":"):
            return None
        if lead:
            return self._sourced(unit, (), ALONE)
        if last and self._signed(last):
            return self._sourced(unit, (), ALONE)
        between = self.text[last.unit.end : unit.start] if last else ""
        if last and last.attribution.source and len(between) < NEAR and between.count("\n") == 0:
            return self._sourced(unit, last.attribution.source, CONTINUED)
        if mention := self.nearby.person(unit.start):
            return self._sourced(unit, (mention,), NEARBY)
        if last and last.attribution.source and len(between) < NEAR and len(between.strip().splitlines()) <= 1:
            return self._sourced(unit, last.attribution.source, CARRIED)
        return self._sourced(unit, (), ALONE)

    def _signed(self, last: _Reading) -> bool:
        """Was a name below it all that told whose words they were? It is no name for the next ones."""
        source = last.attribution.source
        return bool(source) and not last.attribution.cue and source[0].start >= last.unit.end

    def _sourced(self, unit: Unit, source: Extents, confidence: float) -> _Reading:
        return _Reading(unit, Attribution(unit.extents, source=source, kind="direct", confidence=confidence))

    def _whole(self, unit: Unit) -> bool:
        """Is it a sentence of its own: a capital at its beginning, a full stop at its end, three words?"""
        return unit.last in ".?!…" and self._begun(unit)

    def _begun(self, unit: Unit) -> bool:
        """Does it begin as a sentence does, and go on for three words?"""
        opening = self.text[unit.inner.start : unit.inner.start + 3].lstrip("…. ‘'\"[(")
        return bool(opening) and not opening[0].islower() and unit.inner.of(self.text).count(" ") > 1
