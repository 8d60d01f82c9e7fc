"""Pronouns as sources, against gold coreference: ``python benchmarks/pronouns.py GUM_FOLDER [options]``.

Takes the news and interviews of GUM (Zeldes 2017; ``GUM_news_*.conllu``, ``GUM_interview_*.conllu``), which no model
here is trained on. Where GUM marks an attribution whose source is "he", "she", "it" or "they", the pronoun becomes the
source of an attribution, what follows in its sentence the content; names are GUM's own, with ``--detected`` the
shipped model's. ``--every`` takes every "he" and "she" of these documents instead, ``--genres=bio,court,speech`` other
documents, to tune by; ``-v`` prints what goes wrong. A pronoun is right when the name or noun that it is resolved to
lies in a mention of its gold cluster. Prints precision and recall by pronoun; recall is owed for all pronouns that
corefer with anything.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from quotes import layers
from quotes import load as load_pipeline
from quotes.lexicon import Lexicon, load
from quotes.models import Attribution, Extent, Link, Name
from quotes.speakers import resolve
from quotes.training.corpora import Example, conllu

SOURCE = re.compile(r"sem-atsrc-(\d+)-[a-z_]")
ENDING = re.compile(r"[.!?]\s|\n|\Z")
SINGULAR = frozenset({"he", "she"})
PRONOUNS = SINGULAR | {"it", "they"}
GENRES = "news,interview"
Counts = dict[str, list[int]]


def tokens(path: Path, text: str) -> list[Extent]:
    """Where each token of a GUM document stands in its rebuilt text."""
    extents, at = [], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        number, _, rest = line.partition("\t")
        if number.isdigit():
            form = rest.split("\t", 1)[0]
            start = text.find(form, at)
            at = start + len(form) if 0 <= start <= at + 3 else at
            extents.append(Extent(start, start + len(form)))
    return extents


def attributions(path: Path, text: str, *, every: bool) -> list[Attribution]:
    """One attribution for each pronoun that GUM calls a source, or for every "he" and "she"."""
    places = tokens(path, text)
    marked = {int(n) for n in SOURCE.findall(path.read_text(encoding="utf-8"))}
    sources = places if every else [places[n - 1] for n in sorted(marked)]
    wanted = SINGULAR if every else PRONOUNS
    return [
        Attribution((Extent(s.end, ENDING.search(text, s.end).start()),), (), (s,))  # type: ignore[union-attr]
        for s in sources
        if s.of(text).lower() in wanted
    ]


def cluster_of(extent: Extent, clusters: list[list[tuple[int, int]]]) -> int | None:
    """The cluster of the smallest gold mention around an extent."""
    around = [(e - s, n) for n, c in enumerate(clusters) for s, e in c if s <= extent.start and extent.end <= e]
    return min(around)[1] if around else None


def gold_names(example: Example) -> list[Name]:
    """The names of a GUM document."""
    return [Name(Extent(s, e), label) for s, e, label in example.entities or []]  # type: ignore[arg-type]


@lru_cache
def pipeline() -> Language:
    """The shipped pipeline."""
    return load_pipeline()


def detected(text: str) -> tuple[list[Name], list[Link]]:
    """Names and links as the shipped model sees them."""
    doc = pipeline()(text)
    return layers.names(doc), layers.links(doc)


def measure(path: Path, example: Example, lexicon: Lexicon, counts: Counts) -> None:
    """Add one document to the counts: right, resolved, wanted."""
    clusters = example.clusters or []
    names, links = gold_names(example), list[Link]()
    if "--detected" in sys.argv:
        names, links = detected(example.text)
    for claim in resolve(
        example.text, attributions(path, example.text, every="--every" in sys.argv), names, links, lexicon
    ):
        source = claim.attribution.source[0]
        wanted = cluster_of(source, clusters)
        if wanted is None:
            continue
        found = claim.resolution.speaker is not None
        right = found and cluster_of(claim.resolution.mentions[-1], clusters) == wanted
        for key in ("all", source.of(example.text).lower()):
            for i, n in enumerate((right, found, True)):
                counts[key][i] += n
        if "-v" in sys.argv and not right:
            line = example.text[max(0, source.start - 150) : source.end + 40].replace("\n", "¶")
            gold = [example.text[s:e] for s, e in clusters[wanted][:4]]
            print(f"{example.id}: …{line}\n   -> {claim.resolution.speaker} gold {gold}")


def main() -> None:
    """Print the table."""
    counts: Counts = defaultdict(lambda: [0, 0, 0])
    lexicon = load("en")
    genres = next((a.partition("=")[2] for a in sys.argv if a.startswith("--genres=")), GENRES).split(",")
    for path in sorted(Path(sys.argv[1]).glob("GUM_*.conllu")):
        if path.stem.split("_")[1] in genres:
            measure(path, conllu(path), lexicon, counts)
    print(f"{'pronoun':8s} {'P':>6s} {'R':>6s}   right/resolved/gold")
    for key, (right, found, wanted) in counts.items():
        print(f"{key:8s} {100 * right / max(found, 1):6.1f} {100 * right / wanted:6.1f}   {right}/{found}/{wanted}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
