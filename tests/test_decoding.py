"""Viterbi against trying every path."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quotes.detectors.decoding import runs, viterbi


def path_score(potentials: np.ndarray, transitions: np.ndarray, path: tuple[int, ...]) -> float:
    """The score of one path, term by term."""
    total = 0.0
    for j, (before, role) in enumerate(zip((0, *path), path, strict=False)):
        total += transitions[before, role] + potentials[j, role]
        if before != role:
            total += potentials[j, 3 + role] if role else 0
            total += potentials[j - 1, 6 + before] if before else 0
    last = path[-1]
    return total + transitions[last, 0] + (potentials[-1, 6 + last] if last else 0)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("against", [0, 3])
def test_finds_the_best_path_with_a_content_and_how_likely_it_is(seed: int, against: int) -> None:
    rng = np.random.default_rng(seed)
    potentials = rng.normal(size=(3, 5, 10)).astype(np.float32)
    potentials[:, :, 3] -= against  # so that the best of all paths has none
    transitions = rng.normal(size=(4, 4)).astype(np.float32)
    found, logs = viterbi(potentials, transitions)
    for row, path, log in zip(potentials, found, logs, strict=True):
        scores = {p: path_score(row, transitions, p) for p in product(range(4), repeat=5)}
        best = max(score for p, score in scores.items() if 3 in p)
        assert scores[tuple(path)] == pytest.approx(best, abs=1e-4)
        total = np.logaddexp.reduce(list(scores.values()))
        assert log == pytest.approx(best - total, abs=1e-4)


def test_runs_are_half_open_ranges_of_one_role() -> None:
    assert runs(np.array([3, 3, 0, 3, 1], dtype=np.int8), 3) == [(0, 2), (3, 4)]
    assert runs(np.array([3, 3, 0, 3, 1], dtype=np.int8), 2) == []
