"""The spaCy pipeline: the only file that registers components, and the two ways to run it.

``quotes_detector`` finds (learned and rules), ``quotes_attribution`` decides, ``quotes_speakers`` resolves. Each is
registered by entry point too, so ``nlp.add_pipe("quotes_detector")`` works wherever the package is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from quotes import attribution as decision
from quotes import layers, speakers
from quotes.detectors import direct, marks
from quotes.detectors.learned import Model
from quotes.edges import Spoken
from quotes.errors import QuotesError
from quotes.lexicon import load as load_lexicon
from quotes.models import Article, Claim, Extent, Extents, Resolution, Run, Skipped, Via
from quotes.offsets import unwrapped

if TYPE_CHECKING:
    from spacy.tokens import Doc

SEGMENT = 200_000  # characters; spaCy's memory grows with the text (950,000 took 3.2 GB)
UNBROKEN = re.compile(r"^\S{500,}$")  # spaCy's tokenizer is quadratic on such a run: keep it whole
COMPONENTS = ("quotes_detector", "quotes_attribution", "quotes_speakers")


@Language.factory("quotes_detector", default_config={"model": None, "threads": 1})
def make_detector(nlp: Language, name: str, model: str | None, threads: int) -> Callable[[Doc], Doc]:
    """Learned and rule-based attributions, names and links; ``model`` is a folder, None the package's own."""
    return Detector(Model(model, threads=threads), nlp.lang or "en")


@Language.factory("quotes_attribution")
def make_attribution(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Decides which attributions stand, and of what kind, mode and polarity they are."""
    return Decision(nlp.lang or "en")


@Language.factory("quotes_speakers")
def make_speakers(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Resolves sources to speakers and reads the chain behind them."""
    return Speakers(nlp.lang or "en")


class Detector:
    """Finds candidates; writes the layers ``quotes_learned``, ``quotes_rules``, ``names`` and ``quotes_links``."""

    def __init__(self, model: Model, language: str) -> None:
        self.model, self.lexicon = model, load_lexicon(language)

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        reading = self.model.read(doc.text)
        quotations = marks.quotations(doc.text, self.lexicon)
        layers.put_names(doc, reading.names, reading.links)
        page = Spoken(doc.text, quotations, self.lexicon)
        learned = decision.believed(page, reading.attributions, self.lexicon, self.model.least)
        layers.put_attributions(doc, layers.LEARNED, list(learned))
        layers.put_attributions(
            doc, layers.RULES, direct.attributions(doc.text, quotations, reading.names, self.lexicon)
        )
        return doc


class Decision:
    """One place decides: writes the layer ``attributions``."""

    def __init__(self, language: str) -> None:
        self.lexicon = load_lexicon(language)

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        decided = decision.decide(
            doc.text,
            layers.attributions(doc, layers.LEARNED),
            layers.attributions(doc, layers.RULES),
            marks.quotations(doc.text, self.lexicon),
            self.lexicon,
        )
        layers.put_attributions(doc, layers.DECIDED, decided)
        return doc


class Speakers:
    """Who is behind each source: writes the layer ``claims``."""

    def __init__(self, language: str) -> None:
        self.lexicon = load_lexicon(language)

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        found = layers.attributions(doc)
        layers.put_claims(doc, speakers.resolve(doc.text, found, layers.names(doc), layers.links(doc), self.lexicon))
        return doc


def load(language: str = "en", *, model: str | Path | None = None, threads: int = 1) -> Language:
    """A blank spaCy pipeline with the three components. Raises QuotesError for a language without a lexicon."""
    import spacy

    load_lexicon(language)
    nlp = spacy.blank(language)
    nlp.tokenizer.token_match = UNBROKEN.match  # type: ignore[union-attr]
    nlp.max_length = SEGMENT + 1
    options: dict[str, dict[str, Any]] = {
        "quotes_detector": {"model": str(model) if model else None, "threads": threads}
    }
    for component in COMPONENTS:
        nlp.add_pipe(component, config=options.get(component, {}))
    return nlp


def run_of(nlp: Language) -> Run:
    """What extracts: the program's version and the model's digest."""
    from quotes import __version__

    detector = nlp.get_pipe("quotes_detector")
    assert isinstance(detector, Detector)  # noqa: S101 - narrows the type
    return Run(__version__, detector.model.digest, {"language": nlp.lang})


def extract(article: Article, nlp: Language) -> list[Claim]:
    """Claims of an article in the order of its text. Pure: the same article gives the same claims."""
    claims: list[Claim] = []
    for offset, segment in segments(unwrapped(article.text)):
        with nlp.memory_zone():
            claims += [shift(c, offset) for c in layers.claims(nlp(segment))]
    return claims


def extract_many(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Article, list[Claim] | Skipped]]:
    """`extract` for each article in turn; one that fails becomes a Skipped with its reason, the rest go on."""
    for article in articles:
        try:
            yield article, extract(article, nlp)
        except QuotesError:  # what is wrong with the model or the call is wrong for every article
            raise
        except Exception as error:
            cause = error.__cause__ or error  # spaCy wraps what a component raises
            where = article.where or str(article.id)
            yield article, Skipped(where, f"cannot be extracted from: {type(cause).__name__}: {cause}")


def segments(text: str, limit: int | None = None) -> Iterator[tuple[int, str]]:
    """Pieces of a text up to ``limit`` long (SEGMENT if None), with their offsets; cut after a line, else a space."""
    limit = limit or SEGMENT
    start = 0
    while len(text) - start > limit:
        end = start + limit
        for mark in ("\n", " "):
            cut = text.rfind(mark, start + limit // 2, end)
            if cut > 0:
                end = cut + 1
                break
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def shift(claim: Claim, offset: int) -> Claim:
    """The same claim further down the text."""
    if not offset:
        return claim

    def moved(extents: Extents) -> Extents:
        return tuple(Extent(e.start + offset, e.end + offset) for e in extents)

    def resolved(resolution: Resolution) -> Resolution:
        return replace(resolution, mentions=moved(resolution.mentions))

    old = claim.attribution
    roles = [moved(role) for role in (old.content, old.cue, old.source, old.cited, old.told)]
    content, cue, source, cited, told = roles
    attribution = replace(old, content=content, cue=cue, source=source, cited=cited, told=told)
    chain = tuple(Via(v.relation, moved((v.extent,))[0], resolved(v.resolution)) for v in claim.chain)
    return Claim(attribution, resolved(claim.resolution), chain)
