"""A database of made-up but lifelike claims, the same for the same seed, to measure what reading one costs.

    python benchmarks/claims.py claims.db [--claims 1000000] [--seed 1]

Sentences walk through the words of the Wikinews articles under tests/data, each word chosen among those that follow
the one before it there, and every twelfth is a rare one that is made up: few words are very common and very many are
rare, as in any language. Names, outlets and unnamed sources are as unequal. One claim in eight is a quotation that
other articles carry too, a few of them altered. Texts hold what the claims say of them: `quotes verify` agrees.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from bisect import bisect
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, count, pairwise
from pathlib import Path

from quotes import Store
from quotes.models import Article, Attribution, Claim, Extent, Kind, Resolution, Run, Speaker
from quotes.store import Record

ROOT = Path(__file__).parent.parent
SHARED, ALTERED, RARE = 1 / 8, 1 / 10, 1 / 12
FIRST, DAYS = date(2015, 1, 1), 4_000
PARAGRAPHS = 8  # in an article, on average
SYLLABLES = ("ba", "dor", "el", "fen", "gra", "hil", "ka", "lun", "mar", "nes", "or", "pol", "ri", "sta", "tur", "vey")
UNNAMED = (
    *("officials", "a senior official", "military sources", "a person familiar with the matter", "witnesses"),
    *("police", "a spokesman who asked not to be named", "diplomats", "an aide", "activists", "sources", "analysts"),
)
OUTLETS = tuple(f"{place} {kind}" for place in ("Ashby", "Marl", "Northern", "Harbour", "National", "Delta", "Lake",
                "Capital") for kind in ("Courier", "Gazette", "Herald", "Post", "Wire"))  # fmt: skip


Pick = Callable[[random.Random], str]


def zipf(things: Sequence[str]) -> Pick:
    """Chooses the n-th of some things 1/n times as often as the first."""
    heights = list(accumulate(1 / n for n in range(1, len(things) + 1)))
    return lambda chance: things[bisect(heights, chance.random() * heights[-1])]


def made_up(chance: random.Random, syllables: int) -> str:
    """A word that no language has."""
    return "".join(chance.choices(SYLLABLES, k=syllables))


def followers() -> dict[str, list[str]]:
    """Word → the words that follow it in the Wikinews articles, as often as they do; under "" those that begin."""
    after: dict[str, list[str]] = defaultdict(list)
    for line in (ROOT / "tests/data/wikinews.jsonl").read_text(encoding="utf-8").splitlines():
        words = [word.strip('"“”()') for word in json.loads(line)["text"].split()]
        for before, word in pairwise(["", *filter(None, words)]):
            after["" if before.endswith((".", "?", "!")) else before].append(word)
    return dict(after)


def names(chance: random.Random, number: int) -> list[str]:
    """Names of people: given names of the lexicon, surnames made up, a few people with the same surname."""
    table = (ROOT / "quotes/data/en/speaker_given.tsv").read_text(encoding="utf-8").splitlines()[1:]
    given = [line.split("\t")[0].title() for line in table]
    surnames = [made_up(chance, chance.choice((2, 2, 3))).title() for _ in range(number // 2 + 1)]
    return list(dict.fromkeys(f"{chance.choice(given)} {chance.choice(surnames)}" for _ in range(number)))


class Newsroom:
    """Writes articles one after the other; the same seed writes the same ones."""

    def __init__(self, claims: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.after = followers()
        self.rare = zipf([made_up(self.chance, 3 + n % 3) for n in range(max(1_000, claims // 10))])
        self.person = zipf(names(self.chance, max(100, claims // 40)))
        self.unnamed, self.outlet = zipf(UNNAMED), zipf(OUTLETS)
        self.wire: deque[tuple[str, str]] = deque(maxlen=500)

    def sentence(self) -> str:
        """Twelve to thirty words without a stop."""
        word, words = "", list[str]()
        for _ in range(self.chance.randint(12, 30)):
            word = self.chance.choice(self.after.get(word) or self.after[""])
            words.append(self.rare(self.chance) if self.chance.random() < RARE else word.rstrip(".,;?!"))
        return " ".join(words)

    def quotation(self) -> tuple[str, str]:
        """A speaker and a sentence: new, or what a wire carried before, now and then altered."""
        if self.wire and self.chance.random() < SHARED:
            speaker, words = self.chance.choice(self.wire)
            return speaker, self.altered(words) if self.chance.random() < ALTERED else words
        told = self.person(self.chance), self.sentence()
        if self.chance.random() < SHARED:
            self.wire.append(told)
        return told

    def altered(self, words: str) -> str:
        """The sentence with a word left out."""
        kept = words.split()
        del kept[self.chance.randrange(1, len(kept) - 1)]
        return " ".join(kept)

    def article(self, number: int) -> tuple[Article, list[Claim]]:
        """One article: a paragraph a claim."""
        paragraphs, claims, at = [self.sentence().capitalize()], list[Claim](), 0
        for _ in range(self.chance.randint(1, 2 * PARAGRAPHS - 1)):
            at += len(paragraphs[-1]) + 2
            paragraph, claim = self.paragraph(at)
            paragraphs.append(paragraph)
            claims.append(claim)
        day = FIRST + timedelta(days=self.chance.randrange(DAYS))
        url = f"https://news.example/{number}"
        return Article(
            "\n\n".join(paragraphs), str(number), paragraphs[0][:80], url, self.outlet(self.chance), day.isoformat()
        ), claims

    def paragraph(self, at: int) -> tuple[str, Claim]:
        """A paragraph that begins at an offset, and its claim."""
        speaker, words = self.quotation()
        kind: Kind = self.chance.choice(("direct", "direct", "indirect"))
        if kind == "direct":
            return _claim(at, ((f'"{words},"', "content"), (speaker, "source"), ("said.", "cue")), speaker, kind)
        if self.chance.random() < 1 / 3:
            speaker = self.unnamed(self.chance)
        return _claim(at, ((speaker, "source"), ("said that", "cue"), (f"{words}.", "content")), speaker, kind)


def _claim(at: int, parts: Sequence[tuple[str, str]], speaker: str, kind: Kind) -> tuple[str, Claim]:
    places = dict[str, Extent]()
    text = ""
    for words, role in parts:
        start = len(text) + bool(text)
        text = f"{text} {words}".lstrip()
        places[role] = Extent(at + start, at + len(text.rstrip(".")))
    who = Speaker(speaker, "anonymous" if speaker in UNNAMED else "person")
    found = Attribution(
        (places["content"],),
        (places["cue"],),
        (places["source"],),
        kind,
        lemma="say",
        detector="made up",
        confidence=0.9,
    )
    return text, Claim(found, Resolution(who, "name", (places["source"],), 1.0))


def records(newsroom: Newsroom, claims: int) -> Iterator[Record]:
    """Articles with so many claims or a few more."""
    run, written = Run("0", "made up"), 0
    for number in count():
        article, said = newsroom.article(number)
        yield article, said, run
        written += len(said)
        if written >= claims:
            return


def fill(path: Path, claims: int, seed: int) -> int:
    """Write them to a new database, as `batch load` writes; returns how many claims there are."""
    with Store(path, create=True) as store:
        return store.load(records(Newsroom(claims, seed), claims), claims=claims).claims


def main() -> None:
    """Make the database and say what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.path.exists():
        parser.error(f"{chosen.path} exists already")
    began, begun = time.perf_counter(), time.process_time()
    stored = fill(chosen.path, chosen.claims, chosen.seed)
    spent, busy = time.perf_counter() - began, time.process_time() - begun
    size = chosen.path.stat().st_size / 1e6
    print(f"{stored:,} claims in {spent:,.0f} s ({stored / spent:,.0f} a second), {size:,.0f} MB")
    print(f"{busy:,.0f} s of the processor ({stored / busy:,.0f} a second)")


if __name__ == "__main__":
    main()
