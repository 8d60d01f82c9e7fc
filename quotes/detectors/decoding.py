"""Scores of the network → roles of words: Viterbi over the conditional random field of each anchor."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Roles = np.ndarray[Any, np.dtype[np.int8]]

NONE, CUE, SOURCE, CONTENT = range(4)
SCALED = 4  # words after which likelihoods are brought back to one
NEVER = -1e4  # a score that no path takes


def viterbi(potentials: Floats, transitions: Floats) -> tuple[Roles, Floats]:
    """Best roles ``(anchors, words)`` under potentials ``(anchors, words, 10)``, and the log-probability of each row.

    The ten potentials of a word are: it has the role none, cue, source, content; a cue, source, content
    starts with it; one ends with it. Ties go to the lower role. Where the best path has no content the best one that
    has some is taken, improbable as it may be: an anchor without a content says nothing.
    """
    scores = _scores(potentials, transitions)
    roles, best = _best(*scores)
    empty = ~(roles == CONTENT).any(1)
    if empty.any():
        states, best[empty] = _best(*_told(*(part[empty] for part in scores)))
        roles[empty] = states % 4
    return roles, best - _mass(*scores)


def _scores(potentials: Floats, transitions: Floats) -> tuple[Floats, Floats]:
    """Scores of states ``(anchors, words, 4)``, and of steps into each word ``(anchors, words + 1, 4, 4)``.

    The step into the first word comes from "none", that after the last one goes there.
    """
    count, width, _ = potentials.shape
    zero = np.zeros((count, width, 1), dtype=potentials.dtype)
    start = np.concatenate([zero, potentials[..., 4:7]], -1)
    end = np.concatenate([zero, potentials[..., 7:]], -1)
    change = 1 - np.eye(4, dtype=potentials.dtype)
    edge = np.zeros((count, 1, 4), dtype=potentials.dtype)
    before, after = np.concatenate([edge, end], 1), np.concatenate([start, edge], 1)
    return potentials[..., :4], transitions + change * (before[..., :, None] + after[..., None, :])


def _told(unary: Floats, steps: Floats) -> tuple[Floats, Floats]:
    """The same scores over twice the states: 4 to 7 are the roles once a content has begun, and all must end there."""
    doubled = np.full((*steps.shape[:2], 8, 8), NEVER, dtype=steps.dtype)
    doubled[..., :CONTENT, :CONTENT] = steps[..., :CONTENT, :CONTENT]
    doubled[..., :CONTENT, 4 + CONTENT] = steps[..., :CONTENT, CONTENT]
    doubled[..., 4:, 4:] = steps
    doubled[:, -1, 4:, NONE] = steps[:, -1, :, NONE]
    doubled[:, -1, :4, NONE] = NEVER
    return np.concatenate([unary, unary], -1), doubled


def _best(unary: Floats, steps: Floats) -> tuple[Roles, Floats]:
    """The best states of each row, and their score."""
    count, width, states = unary.shape
    bests = np.empty((width, count, states), dtype=unary.dtype)
    bests[0] = steps[:, 0, NONE] + unary[:, 0]
    for j in range(1, width):
        bests[j] = (bests[j - 1][:, :, None] + steps[:, j]).max(1) + unary[:, j]
    final = bests[-1] + steps[:, -1, :, NONE]
    path = np.zeros((count, width), dtype=np.int8)
    path[:, -1] = final.argmax(1)
    rows = np.arange(count)
    for j in range(width - 1, 0, -1):
        path[:, j - 1] = (bests[j - 1] + steps[rows, j, :, path[:, j]]).argmax(1)
    return path, final.max(1)


def _mass(unary: Floats, steps: Floats) -> Floats:
    """The logarithm of the sum over all paths of each row.

    It is summed over likelihoods, every few words brought back to one at the likeliest state (Rabiner 1989, V.A).
    """
    top = steps.max((2, 3)).astype(np.float64) + np.pad(unary.max(2), ((0, 0), (0, 1)))
    odds = np.exp(steps + np.pad(unary, ((0, 0), (0, 1), (0, 0)))[:, :, None] - top[..., None, None])
    shares, scale = odds[:, 0, NONE], top.sum(1)
    for j in range(1, unary.shape[1]):
        shares = (shares[:, None] @ odds[:, j])[:, 0]
        if j % SCALED == 0:
            high = shares.max(1)
            shares /= high[:, None]
            scale += np.log(high)
    total: Floats = np.log((shares * odds[:, -1, :, NONE]).sum(1)) + scale
    return total.astype(unary.dtype)


def runs(roles: Roles, role: int) -> list[tuple[int, int]]:
    """Half-open ranges of words that carry a role, in one anchor's row."""
    marked = np.concatenate([[0], (roles == role).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(marked)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
