"""Read, extract, save: each article one transaction, nothing computed twice, every failure a value with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from quotes.models import Article, Claim, Report, Run, Skipped
from quotes.readers import Options, Where, read
from quotes.store import Store, UnstorableError

if TYPE_CHECKING:
    from spacy.language import Language

Extracted = tuple[Article, list[Claim] | Skipped]
Extract = Callable[[Iterable[Article]], Iterator[Extracted]]
Progress = Callable[[Article | Skipped, str], None]


def track(
    where: Where,
    store: Store,
    nlp: Language,
    *,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    options: Options | None = None,
) -> Report:
    """Read every article at ``where`` (see ``readers.read``), extract its claims and save them.

    What the store holds already, by the same program, model and options, is not computed again, so that a run that was
    interrupted is resumed by repeating it. ``progress`` is told of each input when it is done: the Article or Skipped,
    and "new", "unchanged", "changed", "rerun" or "skipped". Raises StoreError when the store itself fails; what was
    saved before stays.
    """
    from quotes import pipeline

    return ingest(
        read(where, stdin=stdin, options=options),
        store,
        pipeline.run_of(nlp),
        lambda articles: pipeline.extract_many(articles, nlp),
        progress,
    )


def ingest(
    inputs: Iterable[Article | Skipped], store: Store, run: Run, extract: Extract, progress: Progress | None = None
) -> Report:
    """Save what ``extract`` finds in the articles among ``inputs``; ``extract`` is pure and knows no store."""
    tally = _Tally(store, run, progress)
    for article, claims in extract(tally.fresh(inputs)):
        tally.save(article, claims)
    return tally.report()


class _Tally:
    """What became of each input so far."""

    def __init__(self, store: Store, run: Run, progress: Progress | None) -> None:
        self.store, self.run, self.progress = store, run, progress
        self.outcomes: Counter[str] = Counter()
        self.claims = 0
        self.skipped: list[Skipped] = []

    def fresh(self, inputs: Iterable[Article | Skipped]) -> Iterator[Article]:
        """Articles of which the store does not hold the claims yet."""
        for found in inputs:
            if isinstance(found, Skipped):
                self.skip(found)
            elif not self.holds(found):
                yield found

    def holds(self, article: Article) -> bool:
        """Whether there is nothing left to do for an article, and its count then taken."""
        try:
            held = self.store.holds(article, self.run)
        except UnstorableError as error:
            self.skip(Skipped(article.where, str(error)))
            return True
        if held:
            self.count(article, "unchanged")
        return held

    def save(self, article: Article, claims: list[Claim] | Skipped) -> None:
        if isinstance(claims, Skipped):
            self.skip(claims)
            return
        try:
            outcome = self.store.save(article, claims, self.run)
        except UnstorableError as error:
            self.skip(Skipped(article.where, str(error)))
            return
        self.claims += len(claims) if outcome != "unchanged" else 0
        self.count(article, outcome)

    def skip(self, skipped: Skipped) -> None:
        self.store.skip(skipped, self.run)
        self.skipped.append(skipped)
        self.count(skipped, "skipped")

    def count(self, found: Article | Skipped, outcome: str) -> None:
        self.outcomes[outcome] += 1
        if self.progress:
            self.progress(found, outcome)

    def report(self) -> Report:
        return Report(
            new=self.outcomes["new"], unchanged=self.outcomes["unchanged"], changed=self.outcomes["changed"],
            claims=self.claims, skipped=tuple(self.skipped), rerun=self.outcomes["rerun"],
        )  # fmt: skip
