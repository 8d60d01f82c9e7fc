"""What somebody talks about: the key terms of many short texts, and whether a text has one.

Terms are found by YAKE (Campos et al. 2018, "A Text Feature Based Automatic Keyword Extraction Method for Single
Documents") as textacy has it. It needs no tagger: it weighs case, frequency, spread and neighbours. Of textacy's
methods it was the only one to give names and themes rather than chance runs of words on claims of 5 to 800 texts.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from statistics import StatisticsError
from typing import TYPE_CHECKING

from quotes.lexicon import load as load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 2_000  # texts that are read
LENGTH = 1_000  # code points of one text in which terms are looked for
TOTAL = 300_000  # and of all together
SPARE = 10  # candidates for each term wanted: some stand in one text only, or are verbs
UNBROKEN = re.compile(r"\S{60,}")  # no word; spaCy's tokenizer is quadratic on it


def key_terms(texts: Sequence[str], count: int = 8) -> list[tuple[str, int]]:
    """At most ``count`` terms of one to three words that stand in two texts or more, those in most texts first.

    Each is printed as the texts mostly have it, with the number of texts that have it as `mentions` tells. ``texts``
    are given newest first; those after the first ``MOST`` are not read. Any string will do, and the same texts always
    give the same terms.
    """
    texts = texts[:MOST]
    counts: dict[str, int] = {}
    for candidate in _candidates("\n".join(_lines(texts)), count * SPARE):
        printed = Counter(words for text in texts if (words := _as_printed(candidate, text)))
        form = max(printed, key=lambda words: printed[words], default="")
        holding = sum(mentions(text, form) for text in texts) if form else 0  # "0A0" is less than what "0A 0" finds
        if holding > 1:
            counts[form] = holding
    chosen: list[str] = []
    for term in counts:
        better = _longer(term, counts)
        if len(chosen) < count and not any(mentions(a, b) for a, b in _pairs(better, chosen)):
            chosen.append(better)
    return sorted(((term, counts[term]) for term in chosen), key=lambda pair: -pair[1])


def mentions(text: str, term: str) -> bool:
    """Whether a text has the words of a term, of any case and spacing."""
    return bool(_as_printed(term, text))


def _as_printed(term: str, text: str) -> str:
    """The term as the text has it first, its spaces single; empty where the text has it not."""
    words = r"\s*".join(map(re.escape, term.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else ""


def _longer(term: str, counts: Mapping[str, int]) -> str:
    """The longer term in which half of its texts or more have it ("special forces" for "forces"), or itself."""
    longer = [
        other for other in counts if 2 * counts[other] >= counts[term] and other != term and mentions(other, term)
    ]
    return max(longer, key=lambda other: counts[other], default=term)


def _pairs(term: str, others: Iterable[str]) -> Iterator[tuple[str, str]]:
    for other in others:
        yield from ((term, other), (other, term))


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Each text on one line, without what no tokenizer should meet, up to the bounds."""
    left = TOTAL
    for text in texts:
        clipped = text[: min(LENGTH, left)].encode(errors="replace").decode()  # a lone surrogate cannot be tokenized
        left -= len(clipped)
        yield UNBROKEN.sub(" … ", " ".join(clipped.split()))


def _candidates(lines: str, count: int) -> Iterator[str]:
    """Lower-case terms, best first, words between single spaces. A line counts as a sentence, whatever its stops."""
    if not lines or not count:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries are not for a reader of claims
        import spacy
        from spacy.tokens import Doc
        from textacy.extract.keyterms.yake import yake

        nlp = spacy.blank("en")
        tokens = list(nlp.make_doc(lines))
        words, spaces = [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
        starts: list[bool | int | None] = [before == "\n" for before in ["\n", *words[:-1]]]
        doc = Doc(nlp.vocab, words, spaces, sent_starts=starts)  # at once: token by token is quadratic
        scores: dict[str, float] = {}
        for sizes in (1, (2, 3)):  # apart: among its words, textacy would leave out a phrase that is much like one
            with suppress(StatisticsError):  # fewer than two words to compare
                scores.update(yake(doc, normalize="lower", include_pos=None, ngrams=sizes, topn=count))
    yield from (term for term in sorted(scores, key=lambda term: scores[term]) if _is_topic(term, nlp))


def _is_topic(term: str, nlp: Language) -> bool:
    """Whether it is no number and no letter, and if one word, no title ("Mr."), cue ("told") or past ("attacked")."""
    words = term.split()
    if len(term) < 2 or all(nlp.vocab[word].like_num or not any(map(str.isalpha, word)) for word in words):
        return False
    lexicon = load_lexicon("en")
    lemma = lexicon.lemma(words[0])
    cue = lemma in lexicon.cues["verb"] and lemma not in lexicon.cues["noun"]
    verb = cue or (term.endswith("ed") and lemma != term)
    return len(words) > 1 or not (verb or term.rstrip(".") in lexicon.titles)
