"""What somebody talks about: the key terms of many short texts, and whether a text has one.

Terms are found by YAKE (Campos et al. 2018, "A Text Feature Based Automatic Keyword Extraction Method for Single
Documents") as textacy has it. It needs no tagger: it weighs case, frequency, spread and neighbours. Of textacy's
methods it was the only one to give names and themes rather than chance runs of words on claims of 5 to 800 texts.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import StatisticsError
from typing import TYPE_CHECKING

from quotes.lexicon import load as load_lexicon

if TYPE_CHECKING:
    from spacy.language import Language

MOST = 2_000  # texts that are read
LENGTH = 1_000  # code points of one text in which terms are looked for
TOTAL = 300_000  # and of all together
SPARE = 5  # candidates for each term wanted: some stand in one text only, or are verbs
UNBROKEN = re.compile(r"\S{60,}")  # no word; spaCy's tokenizer is quadratic on it


def key_terms(texts: Sequence[str], count: int = 8) -> list[tuple[str, int]]:
    """At most ``count`` terms of one to three words that stand in two texts or more, those in most texts first.

    Each is printed as the texts mostly have it, with the number of texts that have it as `mentions` tells. ``texts``
    are given newest first; those after the first ``MOST`` are not read. Any string will do, and the same texts always
    give the same terms.
    """
    texts = texts[:MOST]
    found: dict[str, int] = {}
    for candidate in _candidates(list(_lines(texts)), count * SPARE):
        printed = Counter(words for text in texts if (words := _as_printed(candidate, text)))
        if printed.total() > 1 and not _within(candidate, found):
            found[max(printed, key=lambda words: printed[words])] = printed.total()
        if len(found) == count:
            break
    return sorted(found.items(), key=lambda term: -term[1])


def mentions(text: str, term: str) -> bool:
    """Whether a text has the words of a term, of any case and spacing."""
    return bool(_as_printed(term, text))


def _as_printed(term: str, text: str) -> str:
    """The term as the text has it first, its spaces single; empty where the text has it not."""
    words = r"\s*".join(map(re.escape, term.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else ""


def _within(term: str, others: Iterable[str]) -> bool:
    return any(mentions(other, term) or mentions(term, other) for other in others)


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Each text on one line, without what no tokenizer should meet, up to the bounds."""
    left = TOTAL
    for text in texts:
        clipped = text[: min(LENGTH, left)].encode(errors="replace").decode()  # a lone surrogate cannot be tokenized
        left -= len(clipped)
        yield UNBROKEN.sub(" … ", " ".join(clipped.split()))


def _candidates(lines: Sequence[str], count: int) -> Iterator[str]:
    """Lower-case terms, best first, words between single spaces. A line counts as a sentence, whatever its stops."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries are not for a reader of claims
        import spacy
        from textacy.extract.keyterms import yake

        nlp = spacy.blank("en")
        doc = nlp.make_doc("\n".join(lines))
        for token in doc:
            token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "\n"
        try:
            terms = yake(doc, normalize="lower", include_pos=None, topn=count)
        except StatisticsError:  # fewer than two words to compare
            return
    yield from (term for term, _ in terms if _is_topic(term, nlp))


def _is_topic(term: str, nlp: Language) -> bool:
    """Whether it is neither a number, a stray letter, nor a lone verb of saying or thinking ("told", "want")."""
    words = term.split()
    if len(term) < 2 or all(nlp.vocab[word].like_num or not any(map(str.isalpha, word)) for word in words):
        return False
    lexicon = load_lexicon("en")
    lemma = lexicon.lemma(words[0])
    return len(words) > 1 or lemma not in lexicon.cues["verb"] or lemma in lexicon.cues["noun"]
