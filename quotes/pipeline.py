"""The spaCy pipeline: the only file that registers components, and the two ways to run it.

``quotes_detector`` finds (learned and rules), ``quotes_attribution`` decides, ``quotes_speakers`` resolves. Each is
registered by entry point too, so ``nlp.add_pipe("quotes_detector")`` works wherever the package is installed.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from spacy.language import Language

from quotes import attribution as decision
from quotes import belief, layers, pool, speakers
from quotes.detectors import direct, marks
from quotes.detectors.learned import Model
from quotes.detectors.marks import Quotation
from quotes.edges import Spoken
from quotes.errors import QuotesError
from quotes.lexicon import load as load_lexicon
from quotes.models import Article, Attribution, Claim, Extent, Extents, Link, Name, Resolution, Run, Skipped, Via
from quotes.offsets import unwrapped
from quotes.pool import Failed

if TYPE_CHECKING:
    from spacy.tokens import Doc

Item = TypeVar("Item")
SEGMENT = 200_000  # characters; spaCy's memory grows with the text (950,000 took 3.2 GB)
WORTHWHILE = 100_000  # characters; less is done before other processes have loaded their model
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


@dataclass(frozen=True)
class Found:
    """What a text shows before anything is decided."""

    learned: Sequence[Attribution]
    rules: Sequence[Attribution]
    names: Sequence[Name]
    links: Sequence[Link]
    quotations: Sequence[Quotation]


class Detector:
    """Finds candidates; writes the layers ``quotes_learned``, ``quotes_rules``, ``names`` and ``quotes_links``."""

    def __init__(self, model: Model, language: str) -> None:
        self.model, self.lexicon = model, load_lexicon(language)

    def find(self, text: str) -> Found:
        """Candidates of a text."""
        reading = self.model.read(text)
        quotations = marks.quotations(text, self.lexicon)
        page = Spoken(text, quotations, self.lexicon)
        learned = list(belief.believed(page, reading.attributions, self.lexicon, self.model.least))
        rules = direct.attributions(text, quotations, reading.names, self.lexicon)
        return Found(learned, rules, reading.names, reading.links, quotations)

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        found = self.find(doc.text)
        layers.put_names(doc, found.names, found.links)
        layers.put_attributions(doc, layers.LEARNED, found.learned)
        layers.put_attributions(doc, layers.RULES, found.rules)
        return doc


class Decision:
    """One place decides: writes the layer ``attributions``."""

    def __init__(self, language: str) -> None:
        self.lexicon = load_lexicon(language)

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        text = doc.text
        learned, rules = (layers.attributions(doc, key) for key in (layers.LEARNED, layers.RULES))
        decided = decision.decide(text, learned, rules, marks.quotations(text, self.lexicon), self.lexicon)
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

    return Run(__version__, _detector(nlp).model.digest, {"language": nlp.lang})


def _detector(nlp: Language) -> Detector:
    detector = nlp.get_pipe("quotes_detector")
    assert isinstance(detector, Detector)  # noqa: S101 - narrows the type
    return detector


def extract(article: Article, nlp: Language) -> list[Claim]:
    """Claims of an article in the order of its text. Pure: the same article gives the same claims."""
    return _claims(article.text, nlp)


def extract_many(
    articles: Iterable[Article], nlp: Language, *, jobs: int = 1
) -> Iterator[tuple[Article, list[Claim] | Skipped]]:
    """`extract` for each article in turn; one that fails becomes a Skipped with its reason, the rest go on.

    ``jobs`` is how many processes may work at once, if there is enough to do for more than one; a pipeline of other
    components than ours works in this one.
    """
    for article, claims in work(((article, article.text) for article in articles), nlp, jobs=jobs):
        if isinstance(claims, Failed):
            yield article, Skipped(article.where or article.id, claims.reason)
        elif claims is not None:
            yield article, claims


def work(
    tasks: Iterable[tuple[Item, str | None]], nlp: Language, *, jobs: int = 1
) -> Iterator[tuple[Item, list[Claim] | Failed | None]]:
    """Each item with the claims of its text, in order; one without a text keeps its place, and has None.

    Nothing is computed for a text that is the same as another one still at work. With several ``jobs`` an article that
    ends its process, or takes longer than `patience`, is a Failed too.
    """
    alike: Counter[str] = Counter()
    found: dict[str, list[Claim] | Failed] = {}

    def first() -> Iterator[tuple[tuple[Item, str | None], str | None]]:
        for item, text in tasks:
            if text is not None:
                alike[text] += 1
            yield (item, text), text if text is not None and alike[text] == 1 else None

    for (item, text), claims in _spread(first(), nlp, jobs):
        if text is None:
            yield item, None
            continue
        if claims is not None:
            found[text] = claims
        yield item, found[text]
        alike[text] -= 1
        if not alike[text]:
            del alike[text], found[text]


def patience(text: str) -> float:
    """Seconds after which a text is given up: twenty times and more what the slowest machines took."""
    return 120 + len(text) / 2000


def _spread(
    tasks: Iterator[tuple[Item, str | None]], nlp: Language, jobs: int
) -> Iterator[tuple[Item, list[Claim] | Failed | None]]:
    """In this process, or in several where the first tasks are enough for it."""
    jobs = min(jobs, pool.cores()) if nlp.pipe_names == list(COMPONENTS) else 1
    head: list[tuple[Item, str | None]] = []
    size = 0
    while jobs > 1 and size < WORTHWHILE and (task := next(tasks, None)):
        head.append(task)
        size += len(task[1] or "")
    every = chain(head, tasks)
    if size < WORTHWHILE:
        return ((item, None if text is None else _attempt(text, nlp)) for item, text in every)
    detector = _detector(nlp)
    make = partial(_worker, nlp.lang or "en", detector.model.path, detector.model.threads)
    return pool.ordered(every, make, jobs=jobs, patience=patience)


def _worker(language: str, model: Path, threads: int) -> Callable[[str], list[Claim] | Failed]:
    """What a process of its own does with a text; the model is loaded when this returns."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # a process a core: threads would only stand in each other's way
    nlp = load(language, model=model, threads=threads)
    _claims(".", nlp)
    return partial(_attempt, nlp=nlp)


def _attempt(text: str, nlp: Language) -> list[Claim] | Failed:
    try:
        return _claims(text, nlp)
    except QuotesError:  # what is wrong with the model or the call is wrong for every article
        raise
    except Exception as error:
        cause = error.__cause__ or error  # spaCy wraps what a component raises
        return Failed(f"cannot be extracted from: {type(cause).__name__}: {cause}")


def _claims(text: str, nlp: Language) -> list[Claim]:
    read = _reader(nlp)
    return [shift(claim, offset) for offset, segment in segments(unwrapped(text)) for claim in read(segment)]


def _reader(nlp: Language) -> Callable[[str], Sequence[Claim]]:
    """How a segment is read: without a Doc where our components alone would look at it, which takes a fifth less."""
    match [component for _, component in nlp.pipeline]:
        case [Detector() as detector, Decision(), Speakers()]:
            return partial(_read, detector)
    return partial(_read_doc, nlp)


def _read(detector: Detector, text: str) -> Sequence[Claim]:
    found, lexicon = detector.find(text), detector.lexicon
    decided = decision.decide(text, found.learned, found.rules, found.quotations, lexicon)
    return speakers.resolve(text, decided, found.names, found.links, lexicon)


def _read_doc(nlp: Language, text: str) -> Sequence[Claim]:
    with nlp.memory_zone():
        return layers.claims(nlp(text))


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
