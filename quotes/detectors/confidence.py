"""How sure the learned detector is of an attribution: a logistic regression on what it saw, fitted on the dev split.

The weights travel in the model's metadata. What a confidence of 0.8 says is that of such attributions about eight in
ten were right there: content by half, source included.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

FEATURES = ("anchor", "path", "source", "words", "pieces", "cue", "one")


def features(anchor: float, path: float, cue: int, source: int, content: Sequence[int]) -> list[float]:
    """Features of one attribution, in the order of FEATURES.

    ``anchor`` is the anchor's probability, ``path`` the log-probability of its roles; ``cue`` and ``source`` are words,
    ``content`` the words of each piece.
    """
    likely = min(max(anchor, 1e-6), 1 - 1e-6)
    odds, words = math.log(likely / (1 - likely)), math.log1p(sum(content))
    return [odds, max(path, -20.0) / 5, float(source > 0), words, len(content) - 1.0, float(cue > 0), 1.0]


def confidence(values: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that it is right, to three digits."""
    logit = sum(v * w for v, w in zip(values, weights, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 3)
