"""Scores of the network → roles of words: Viterbi over the conditional random field of each anchor."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Roles = np.ndarray[Any, np.dtype[np.int8]]

NONE, CUE, SOURCE, CONTENT = range(4)


def viterbi(potentials: Floats, transitions: Floats) -> tuple[Roles, Floats]:
    """Best roles ``(anchors, words)`` under potentials ``(anchors, words, 10)``, and the log-probability of each row.

    The ten potentials of a word are: it has the role none, cue, source, content; a cue, source, content
    starts with it; one ends with it. Ties go to the lower role.
    """
    count, width, _ = potentials.shape
    zero = np.zeros((count, width, 1), dtype=potentials.dtype)
    start = np.concatenate([zero, potentials[..., 4:7]], -1)
    end = np.concatenate([zero, potentials[..., 7:]], -1)
    change = 1 - np.eye(4, dtype=potentials.dtype)
    back = np.zeros((width, count, 4), dtype=np.int8)
    best = mass = transitions[0] + change[0] * start[:, 0] + potentials[:, 0, :4]
    for j in range(1, width):
        pair = transitions + change * (end[:, j - 1, :, None] + start[:, j, None, :])
        step = best[:, :, None] + pair
        back[j] = step.argmax(1)
        best = step.max(1) + potentials[:, j, :4]
        mass = _summed(mass[:, :, None] + pair) + potentials[:, j, :4]
    final = transitions[:, 0] + end[:, -1]
    roles = np.zeros((count, width), dtype=np.int8)
    roles[:, -1] = (best + final).argmax(1)
    rows = np.arange(count)
    for j in range(width - 1, 0, -1):
        roles[:, j - 1] = back[j, rows, roles[:, j]]
    return roles, (best + final).max(1) - _summed((mass + final)[..., None])[:, 0]


def _summed(scores: Floats) -> Floats:
    """Logarithm of the sum of exponentials over the second axis."""
    top = scores.max(1, keepdims=True)
    total: Floats = (top + np.log(np.exp(scores - top).sum(1, keepdims=True))).squeeze(1)
    return total


def runs(roles: Roles, role: int) -> list[tuple[int, int]]:
    """Half-open ranges of words that carry a role, in one anchor's row."""
    marked = np.concatenate([[0], (roles == role).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(marked)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
