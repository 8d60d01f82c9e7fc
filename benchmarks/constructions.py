"""The constructions of ``tests/cases`` through the whole program: what is found, and given to whom.

    python benchmarks/constructions.py [-v]

A line a construction, over all its passages: claims, F1 of attribution>=0.5 and of words:speaker, and how many of the
claims found have the right polarity. The last lines are the measures of ``quotes score`` over all passages. ``-v``
lists every error.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

import quotes
from quotes import scoring
from quotes.writers.documents import document

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
LINE = "{:34s} {:>6s} {:>11s} {:>13s} {:>8s}"


def gold(path: Path) -> scoring.Document:
    """A case file as a gold document."""
    from marking import marked  # type: ignore[import-not-found]

    markup, expected = path.read_text(encoding="utf-8").rsplit("\n---\n", 1)
    case = marked(markup)
    wanted = [line.split(": ", 1)[1].split(" | ") for line in expected.splitlines()]
    rows = [
        {role: [[e.start, e.end] for e in getattr(a, role)] for role in scoring.ROLES}
        | {"speaker": "" if parts[0] == "-" else parts[0], "negated": "negated" in parts}
        for a, parts in zip(case.attributions, wanted, strict=True)
    ]
    return {"id": path.stem, "text": case.text, "attributions": rows}


def polarity(wanted: scoring.Document, found: scoring.Document) -> tuple[int, int]:
    """Of the claims found, those said or denied as they should be, and all."""
    words = [m.span() for m in scoring.WORD.finditer(wanted["text"])]
    ours, theirs = (scoring._pairs(d["attributions"], words) for d in (found, wanted))
    matched = scoring.match(ours, theirs, 0.5)
    return sum(bool(a.row.get("negated")) is b.row["negated"] for a, b in matched), len(matched)


def main() -> None:
    """Reads every case, prints a line for each construction and the sums."""
    nlp = quotes.load()
    wanted = {path.stem: gold(path) for path in sorted((ROOT / "tests" / "cases").glob("*.txt"))}
    found = {
        key: document(article, quotes.extract(article, nlp), attitudes=True)
        for key, case in wanted.items()
        for article in [quotes.Article(case["text"], id=key)]
    }
    print(LINE.format("construction", "claims", "attribution", "words:speaker", "polarity"))
    for _, group in groupby(wanted, lambda key: key.split("-")[0]):
        keys = list(group)
        counts = scoring.score({k: wanted[k] for k in keys}, found)
        signs = [polarity(wanted[k], found[k]) for k in keys]
        figures = [f"{100 * scoring.ratios(counts[m])[2]:.1f}" for m in ("attribution>=0.5", "words:speaker")]
        claims, right = str(counts["attribution>=0.5"][2]), f"{sum(r for r, _ in signs)}/{sum(n for _, n in signs)}"
        print(LINE.format(keys[0], claims, *figures, right))
    for measure, row in scoring.score(wanted, found).items():
        precision, recall, f1 = scoring.ratios(row)
        print(f"{measure:18s} {100 * precision:6.1f} {100 * recall:6.1f} {100 * f1:6.1f}")
    for error in scoring.errors(wanted, found) if "-v" in sys.argv else ():
        print("\n".join(f"{key:14s} {value}" for key, value in error.items() if value), end="\n\n")


if __name__ == "__main__":
    main()
