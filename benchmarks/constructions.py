"""The constructions of ``tests/cases`` through the whole program: what is found, and given to whom.

    python benchmarks/constructions.py

Each case has its gold attributions and speakers; a line a case says how many of its claims were found (half of the
words, right source), how many carry the right speaker, and how many claims were found that are none. The last lines
are the measures of ``quotes score`` over all cases.
"""

from __future__ import annotations

import sys
from pathlib import Path

import quotes
from quotes import scoring
from quotes.writers.documents import document

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))


def gold(path: Path) -> scoring.Document:
    """A case file as a gold document."""
    from marking import marked  # type: ignore[import-not-found]

    markup, expected = path.read_text(encoding="utf-8").rsplit("\n---\n", 1)
    case = marked(markup)
    names = [line.split(": ", 1)[1].split(" | ")[0] for line in expected.splitlines()]
    rows = [
        {role: [[e.start, e.end] for e in getattr(a, role)] for role in scoring.ROLES}
        | {"speaker": "" if name == "-" else name}
        for a, name in zip(case.attributions, names, strict=True)
    ]
    return {"id": path.stem, "text": case.text, "attributions": rows}


def main() -> None:
    """Reads every case, prints a line each and the sums."""
    nlp = quotes.load()
    wanted = {path.stem: gold(path) for path in sorted((ROOT / "tests" / "cases").glob("*.txt"))}
    found = {}
    for key, case in wanted.items():
        article = quotes.Article(case["text"], id=key)
        found[key] = document(article, quotes.extract(article, nlp), attitudes=True)
        counts = scoring.score_document(case, found[key])
        (right, claims, total), (named, *_) = counts["attribution>=0.5"], counts["speaker>=0.5"]
        print(f"{key:42s} found {right}/{total}  speaker {named}/{total}  more {claims - right}")
    for measure, row in scoring.score(wanted, found).items():
        precision, recall, f1 = scoring.ratios(row)
        print(f"{measure:18s} {100 * precision:6.1f} {100 * recall:6.1f} {100 * f1:6.1f}")


if __name__ == "__main__":
    main()
