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
    moves = _moves(potentials, transitions)
    roles, best = _best(moves)
    empty = ~(roles == CONTENT).any(1)
    if empty.any():
        states, best[empty] = _best(_told(moves[:, empty]))
        roles[empty] = states % 4
    return roles, best - _mass(moves)


def _moves(potentials: Floats, transitions: Floats) -> Floats:
    """Scores ``(words + 1, anchors, 4, 4)`` of going from a role to that of the next word, and of that role there.

    The move into the first word comes from "none", that after the last one goes there.
    """
    words = potentials.transpose(1, 0, 2)
    width, count, _ = words.shape
    zero = np.zeros((width, count, 1), dtype=potentials.dtype)
    start = np.concatenate([zero, words[..., 4:7]], -1)
    end = np.concatenate([zero, words[..., 7:]], -1)
    change = 1 - np.eye(4, dtype=potentials.dtype)
    edge = np.zeros((1, count, 4), dtype=potentials.dtype)
    before, after = np.concatenate([edge, end]), np.concatenate([start, edge])
    moves: Floats = transitions + change * (before[..., :, None] + after[..., None, :])
    moves[:-1] += words[..., None, :4]
    return moves


def _told(moves: Floats) -> Floats:
    """The same moves over twice the states: 4 to 7 are the roles once a content has begun, and all must end there."""
    doubled = np.full((*moves.shape[:2], 8, 8), NEVER, dtype=moves.dtype)
    doubled[..., :CONTENT, :CONTENT] = moves[..., :CONTENT, :CONTENT]
    doubled[..., :CONTENT, 4 + CONTENT] = moves[..., :CONTENT, CONTENT]
    doubled[..., 4:, 4:] = moves
    doubled[-1, :, 4:, NONE] = moves[-1, :, :, NONE]
    doubled[-1, :, :4, NONE] = NEVER
    return doubled


def _best(moves: Floats) -> tuple[Roles, Floats]:
    """The best states of each row, and their score. Rows stand side by side in memory: the maximum is over vectors."""
    beside = np.ascontiguousarray(moves.transpose(0, 2, 3, 1))
    width, states, count = len(beside) - 1, beside.shape[1], beside.shape[3]
    bests = np.empty((width, states, count), dtype=moves.dtype)
    bests[0] = beside[0, NONE]
    ways = np.empty((states, states, count), dtype=moves.dtype)
    for j in range(1, width):
        np.add(bests[j - 1][:, None], beside[j], out=ways)
        np.maximum.reduce(ways, 0, out=bests[j])
    final = bests[-1] + beside[-1, :, NONE]
    path = np.zeros((width, count), dtype=np.int8)
    path[-1] = final.argmax(0)
    rows = np.arange(count)
    for j in range(width - 1, 0, -1):
        path[j - 1] = (bests[j - 1] + beside[j][:, path[j], rows]).argmax(0)
    return path.T, final.max(0)


def _mass(moves: Floats) -> Floats:
    """The logarithm of the sum over all paths of each row.

    It is summed over likelihoods, every few words brought back to one at the likeliest state (Rabiner 1989, V.A).
    """
    top = moves.max((2, 3)).astype(np.float64)
    odds = np.exp(moves - top[..., None, None])
    shares, scale = odds[0, :, None, NONE], top.sum(0)
    for j in range(1, len(moves) - 1):
        shares = shares @ odds[j]
        if j % SCALED == 0:
            high = shares.max(2)
            shares /= high[..., None]
            scale += np.log(high[:, 0])
    total: Floats = np.log((shares[:, 0] * odds[-1, :, :, NONE]).sum(1)) + scale
    return total.astype(moves.dtype)


def runs(roles: Roles, role: int) -> list[tuple[int, int]]:
    """Half-open ranges of words that carry a role, in one anchor's row."""
    marked = np.concatenate([[0], (roles == role).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(marked)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
