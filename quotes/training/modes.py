"""The head that tells statement from attitude.

No corpus labels the difference. The lexicon knows the commonest cues of each kind; a logistic regression on the
frozen states of those anchors carries it over to the cues that no list has.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from quotes.detectors.windows import PIECES
from quotes.lexicon import Lexicon
from quotes.training.fit import Prepared, batch_tensors, cut
from quotes.training.network import Network


def labelled_states(net: Network, items: list[Prepared], lexicon: Lexicon) -> tuple[Tensor, Tensor]:
    """States (anchors, size) of anchors whose cue the lexicon knows, and 1 for an attitude, 0 for a statement."""
    states, labels = [], []
    net.eval()
    for item in items:
        known = {anchor: mode for anchor, mode in _modes(item, lexicon).items() if mode}
        at = 0
        for window in cut(item, PIECES):
            ids, shape, mask, places, _ = batch_tensors([window])
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                seen = net.states(ids, shape, mask).float()[0]
            for word in window.anchors or {}:
                mode = known.get(at + window.first[word])
                if mode:
                    states.append(seen[places[0, word]])
                    labels.append(float(mode == "attitude"))
            at += len(window.ids)
    return torch.stack(states), torch.tensor(labels)


def _modes(item: Prepared, lexicon: Lexicon) -> dict[int, str | None]:
    """Mode of each anchor by its first piece, as far as the lexicon knows."""
    text = item.example.text
    pairs = zip(item.anchors, item.example.attributions or [], strict=True)
    return {
        anchor: lexicon.read_cue(" ".join(text[s:e] for s, e in row["cue"])).mode
        for (anchor, _), row in pairs
        if row["cue"]
    }


def fit_modes(net: Network, states: Tensor, labels: Tensor) -> float:
    """Fits ``net.mode`` by logistic regression; returns its accuracy on a fifth held back."""
    held = torch.arange(len(labels)) % 5 == 0
    weight, bias = net.mode.weight.data.zero_().requires_grad_(), net.mode.bias.data.zero_().requires_grad_()
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=200)

    def closure() -> Tensor:
        optimizer.zero_grad()
        logits = states[~held] @ weight.T + bias
        loss = F.binary_cross_entropy_with_logits(logits.squeeze(-1), labels[~held]) + 1e-4 * weight.pow(2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    right = ((states[held] @ weight.T + bias).squeeze(-1) > 0) == (labels[held] > 0.5)
    net.mode.weight.data, net.mode.bias.data = weight.detach(), bias.detach()
    return float(right.float().mean())
