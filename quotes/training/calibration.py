"""Confidence, fitted on the dev split: which candidates are right, told from what the detector saw of them."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch.nn import functional as F

from quotes import attribution as decision
from quotes import scoring
from quotes.detectors.confidence import FEATURES, confidence
from quotes.detectors.learned import Model
from quotes.models import Attribution
from quotes.training.corpora import Example

Documents = dict[str, scoring.Document]
Candidates = dict[str, list[tuple[Attribution, list[float]]]]
INDIFFERENT = 0.002
LEAST = [round(0.2 + 0.02 * i, 2) for i in range(21)]


def candidates(model: Model, examples: list[Example]) -> Candidates:
    """All candidates of every example, with their features."""
    return {e.id: model.candidates(e.text) for e in examples}


def gold(examples: list[Example]) -> Documents:
    """Gold examples in the form of `scoring`."""
    return {e.id: {"id": e.id, "text": e.text, "attributions": e.attributions} for e in examples}


def judged(found: Candidates, weights: list[float], least: float) -> Documents:
    """Candidates as documents of `scoring`: those at least so sure, each content once."""
    documents = {}
    for key, rows in found.items():
        sure = [(a, confidence(seen, weights)) for a, seen in rows]
        kept = decision.distinct(replace(a, confidence=c) for a, c in sure if c >= least)
        documents[key] = {"id": key, "attributions": [plain(a) for a in kept]}
    return documents


def plain(attribution: Attribution) -> dict[str, object]:
    """An attribution in the form of `scoring`."""
    return {role: [[e.start, e.end] for e in getattr(attribution, role)] for role in scoring.ROLES}


def verdicts(wanted: Documents, found: Candidates) -> list[tuple[list[float], bool]]:
    """Features of every candidate, and whether it is right: content by half, source included."""
    out = []
    for key, rows in found.items():
        written = [plain(a) for a, _ in rows]
        wrong = {id(row) for row in scoring.unmatched(wanted[key], {"attributions": written})}
        out += [(seen, id(row) not in wrong) for (_, seen), row in zip(rows, written, strict=True)]
    return out


def fit_confidence(wanted: Documents, found: Candidates) -> list[float]:
    """Weights of a logistic regression on `verdicts`."""
    rows = verdicts(wanted, found)
    x, y = torch.tensor([seen for seen, _ in rows]), torch.tensor([float(right) for _, right in rows])
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(x @ weights, y) + 1e-4 * weights.pow(2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return [round(w, 4) for w in weights.tolist()]


def best_least(wanted: Documents, found: Candidates, weights: list[float]) -> float:
    """The highest least confidence whose F1 of attribution>=0.5 is within INDIFFERENT of the best.

    The curve is flat at its top, and a wrong claim harms more than one that was missed.
    """

    def f1(least: float) -> float:
        return scoring.ratios(scoring.score(wanted, judged(found, weights, least))["attribution>=0.5"])[2]

    scores = {least: f1(least) for least in LEAST}
    return max(least for least, score in scores.items() if score >= max(scores.values()) - INDIFFERENT)


def calibration_error(wanted: Documents, found: Candidates) -> float:
    """Mean gap between confidence and share right, over ten equal parts of the articles' candidates.

    Weights are fitted on one half of the articles and judged on the other, both ways.
    """
    keys = sorted(found)
    halves = [keys[0::2], keys[1::2]]
    gaps = []
    for fitted, judged_on in (halves, halves[::-1]):
        weights = fit_confidence(wanted, {k: found[k] for k in fitted})
        rest = verdicts(wanted, {k: found[k] for k in judged_on})
        rows = sorted((confidence(seen, weights), right) for seen, right in rest)
        size = max(1, len(rows) // 10)
        for i in range(0, len(rows) - size + 1, size):
            part = rows[i : i + size]
            gaps.append(abs(sum(c for c, _ in part) - sum(right for _, right in part)) / size)
    return sum(gaps) / len(gaps)
