"""Read, extract, save: each article one transaction, nothing computed twice, every failure a value with a reason."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from quotes.models import Article, Claim, Report, Run, Skipped
from quotes.pool import Failed
from quotes.readers import Options, Where, read
from quotes.store import Store, UnstorableError

if TYPE_CHECKING:
    from spacy.language import Language

Came = Article | Skipped
Extracted = tuple[Came, list[Claim] | Failed | None]
Extract = Callable[[Iterable[tuple[Came, str | None]]], Iterator[Extracted]]
Progress = Callable[[Came, str], None]

TAG = re.compile(r"([a-z]{2,3})(?:[-_]|$)", re.IGNORECASE)  # the language in a tag of BCP 47; other words are none


def track(
    where: Where,
    store: Store,
    nlp: Language,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    options: Options | None = None,
) -> Report:
    """Read every article at ``where`` (see ``readers.read``), extract its claims and save them, in the order they come.

    What the store holds already, by the same program, model and options, is not computed again, wherever the text came
    from, so that a run that was interrupted is resumed by repeating it. ``jobs`` is how many processes may extract at
    once; this one alone writes. ``progress`` is told of each input when it is done: the Article or Skipped, and an
    outcome of ``Store.save`` or "skipped". Raises StoreError when the store itself fails; what was saved before stays.
    """
    from quotes import pipeline

    inputs = read(where, stdin=stdin, options=replace(options or Options(), memory=store))
    return ingest(inputs, store, pipeline.run_of(nlp), lambda tasks: pipeline.work(tasks, nlp, jobs=jobs), progress)


def rerun(store: Store, nlp: Language, *, jobs: int = 1, progress: Progress | None = None) -> Report:
    """Extract again from the stored text of every article's newest version, with the model that ``nlp`` has.

    The claims of earlier runs are kept, no longer current; their reviews go on to the same words, or move to words
    that overlap (``Store.moved``), or stay with claims that are no longer found (``Store.lost``). What was read by the
    same program, model and options is not computed again.
    """
    from quotes import pipeline

    return ingest(
        store.saved(), store, pipeline.run_of(nlp), lambda tasks: pipeline.work(tasks, nlp, jobs=jobs), progress
    )


def ingest(
    inputs: Iterable[Came], store: Store, run: Run, extract: Extract, progress: Progress | None = None
) -> Report:
    """Save what ``extract`` finds in the articles among ``inputs``; ``extract`` is pure and knows no store.

    It is given each input with its text, or None where nothing is to be computed, and gives them back in that order.
    """
    tally = _Ingest(store, run, progress)
    for came, claims in extract(tally.tasks(inputs)):
        tally.settle(came, claims)
    return tally.report()


def survey(inputs: Iterable[Came], store: Store | None, run: Run, progress: Progress | None = None) -> Report:
    """What `ingest` would report of ``inputs``, but for the claims; nothing is written. No store is an empty one."""
    tally = _Survey(store, run, progress)
    for came in inputs:
        tally.foresee(came)
    return tally.report()


def unread(article: Article, run: Run) -> Skipped | None:
    """Why an article is not extracted from: it is in another language than the model reads."""
    tag, reads = TAG.match(article.language or ""), run.options.get("language")
    if tag is None or reads in (None, tag[1].lower()):
        return None
    return Skipped(article.where, f"its language is not read: {tag[1].lower()}, not {reads}")


class _Tally:
    """What became of each input so far."""

    def __init__(self, run: Run, progress: Progress | None) -> None:
        self.run, self.progress = run, progress
        self.outcomes: Counter[str] = Counter()
        self.modes: Counter[str] = Counter()  # of claims
        self.skipped: list[Skipped] = []
        self.began = time.monotonic()

    def count(self, came: Came, outcome: str) -> None:
        self.outcomes[outcome] += 1
        if self.progress:
            self.progress(came, outcome)

    def skip(self, skipped: Skipped) -> None:
        self.skipped.append(skipped)
        self.count(skipped, "skipped")

    def report(self) -> Report:
        return Report.of(self.outcomes, self.modes, self.skipped, time.monotonic() - self.began)


class _Ingest(_Tally):
    """Inputs on their way into the store."""

    def __init__(self, store: Store, run: Run, progress: Progress | None) -> None:
        super().__init__(run, progress)
        self.store = store

    def tasks(self, inputs: Iterable[Came]) -> Iterator[tuple[Came, str | None]]:
        """Inputs with something left to do; those whose claims must be computed with their text."""
        for came in inputs:
            if isinstance(came, Skipped):
                yield came, None
                continue
            try:
                if self.store.holds(came, self.run):
                    self.count(came, "unchanged")
                    continue
                idle = unread(came, self.run) or self.store.knows(came, self.run)
            except UnstorableError as error:
                yield Skipped(came.where, str(error)), None
            else:
                yield came, None if idle else came.text

    def settle(self, came: Came, claims: list[Claim] | Failed | None) -> None:
        """Do with an input what is left to do: ``claims`` are those of its text, None where nothing was computed."""
        try:
            if isinstance(came, Skipped):
                self.leave_out(came)
            elif isinstance(claims, Failed):
                self.leave_out(Skipped(came.where, claims.reason))
            elif left_out := unread(came, self.run):
                self.store.keep(came, left_out, self.run)
                self.skip(left_out)
            else:
                self.save(came, self.store.recall(came, self.run) if claims is None else claims)
        except UnstorableError as error:
            self.leave_out(Skipped(came.where, str(error)))

    def save(self, article: Article, claims: list[Claim]) -> None:
        outcome = self.store.save(article, claims, self.run)
        if outcome != "unchanged":
            self.modes.update(claim.attribution.mode for claim in claims)
        self.count(article, outcome)

    def leave_out(self, skipped: Skipped) -> None:
        self.store.skip(skipped, self.run)
        self.skip(skipped)


class _Survey(_Tally):
    """Inputs that are looked at only."""

    def __init__(self, store: Store | None, run: Run, progress: Progress | None) -> None:
        super().__init__(run, progress)
        self.store = store
        self.seen: set[object] = set()  # names, texts, and which name had which text

    def foresee(self, came: Came) -> None:
        """Count what would become of an input, after those that came before it."""
        if isinstance(came, Skipped):
            self.skip(came)
        elif left_out := unread(came, self.run):
            self.skip(left_out)
        else:
            try:
                self.count(came, self.outcome(came))
            except UnstorableError as error:
                self.skip(Skipped(came.where, str(error)))

    def outcome(self, came: Article) -> str:
        outcome: str = self.store.foresee(came, self.run) if self.store else "new"
        name, text = came.url or came.place, came.sha256
        if (name, text) in self.seen:
            outcome = "unchanged"
        elif outcome in ("new", "copy") and (name in self.seen or text in self.seen):
            outcome = "changed" if name in self.seen else "duplicate"
        self.seen |= {name or text, text, (name, text)}
        return outcome
