"""The network: one pass of a small encoder for all attributions of a window, and what speakers need.

Semantic role labelling in shape: an *anchor* is the first word of a cue (of the source, or content, where there is
no cue); for each anchor a conditional random field over the words of the window says which are cue, source and
content. Its potentials are biaffine in anchor and word: one for each role, one for where a role starts, one for
where it ends, so that the edges of a span are learned and not merely the result of smoothing.
Further heads read entities (BIO) and links between mentions from the same states.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig, BertModel

ROLES = ("none", "cue", "source", "content")
POTENTIALS = 4 + 3 + 3  # a role here; cue, source, content starts here; … ends here
WIDTH, LINK = 128, 64
REACH = 64
Terms = tuple[Tensor, Tensor, Tensor]  # of a CRF: a role here, a role after another, the last role
ENTITIES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")


class Network(nn.Module):
    """Encoder and heads. All sizes are in word pieces; non-first pieces are ignored by the losses."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        size = config.hidden_size
        self.shape = nn.Embedding(16, size)
        self.drop = nn.Dropout(0.1)
        self.anchor = nn.Linear(size, 1)
        self.hc, self.ht = nn.Linear(size, WIDTH), nn.Linear(size, WIDTH)
        self.U = nn.Parameter(torch.zeros(POTENTIALS, WIDTH, WIDTH))
        self.lt, self.lc = nn.Linear(WIDTH, POTENTIALS), nn.Linear(WIDTH, POTENTIALS)
        self.dist = nn.Embedding(2 * REACH + 3, POTENTIALS)
        self.transitions = nn.Parameter(1.5 * (torch.eye(4) - 1))
        self.entities = nn.Linear(size, len(ENTITIES))
        self.mention, self.antecedent = nn.Linear(size, LINK), nn.Linear(size, LINK)
        self.apart = nn.Embedding(2 * REACH + 3, 1)
        self.new = nn.Linear(size, 1)
        self.mode = nn.Linear(size, 1)

    def states(self, ids: Tensor, shape: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states ``(batch, pieces, size)``."""
        words = self.bert.embeddings.word_embeddings(ids) + self.shape(shape)
        return self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state

    def roles(self, anchors: Tensor, words: Tensor, places: Tensor, positions: Tensor) -> Tensor:
        """Potentials ``(anchors, words, POTENTIALS)`` of ``words`` (…, words, size) for ``anchors`` (anchors, size)."""
        a, w = torch.tanh(self.hc(anchors)), torch.tanh(self.ht(words))
        left = torch.einsum("ad,kde->ake", a, self.U)
        scores = torch.einsum("ake,awe->awk", left, w)
        return scores + self.lt(w) + self.lc(a)[:, None] + self.dist(distance(places, positions))

    def links(self, mentions: Tensor, seen: Tensor, places: Tensor, positions: Tensor) -> Tensor:
        """Scores ``(mentions, words + 1)``: is this word the first of an antecedent; the last: there is none.

        ``seen`` is `antecedent` of the words, (mentions or 1, words, LINK): projected once, not for every mention.
        """
        scores = (seen @ self.mention(mentions)[..., None]).squeeze(-1) / LINK**0.5
        scores = scores + self.apart(distance(places, positions)).squeeze(-1)
        return torch.cat([scores, self.new(mentions)], -1)


def distance(places: Tensor, positions: Tensor) -> Tensor:
    """Buckets of the signed log distance from anchors (anchors,) to words (anchors, words), in pieces."""
    gap = positions - places[:, None]
    size = torch.clamp(torch.floor(8 * torch.log2(gap.abs().float() + 1)), max=REACH)
    return (REACH + 1 + torch.sign(gap) * size).long()


def steps(potentials: Tensor, transitions: Tensor) -> Terms:
    """CRF terms: unary ``(a, w, 4)``, pairwise from the word before ``(a, w, 4, 4)``, and the last ``(a, w, 4)``."""
    unary = potentials[..., :4]
    zero = potentials.new_zeros(*potentials.shape[:2], 1)
    start, end = torch.cat([zero, potentials[..., 4:7]], -1), torch.cat([zero, potentials[..., 7:]], -1)
    change = 1 - torch.eye(4, device=potentials.device)
    before = torch.cat([torch.zeros_like(end[:, :1]), end[:, :-1]], 1)
    pair = transitions + change * (before[..., :, None] + start[..., None, :])
    return unary, pair, transitions[:, 0] + end


def crf_loss(potentials: Tensor, transitions: Tensor, wanted: Terms, lengths: Tensor) -> Tensor:
    """Cross-entropy of each anchor's roles (anchors,) against those ``wanted``, by `certain` or `expected`."""
    terms = steps(potentials.float(), transitions.float())
    score = sum((term * share).flatten(1).sum(1) for term, share in zip(terms, wanted, strict=True))
    return normaliser(terms, lengths) - score


def certain(gold: Tensor, lengths: Tensor) -> Terms:
    """How often each of the CRF's terms is counted for gold roles ``(a, w)``: ones and noughts.

    Every chain starts and ends in "none".
    """
    inside = torch.arange(gold.shape[1]) < lengths[:, None]
    here = F.one_hot(gold, 4) * inside[..., None]
    before = F.one_hot(F.pad(gold[:, :-1], (1, 0)), 4)
    last = torch.arange(gold.shape[1]) == lengths[:, None] - 1
    return here.float(), (before[..., :, None] * here[..., None, :]).float(), (here * last[..., None]).float()


def expected(potentials: Tensor, transitions: Tensor, lengths: Tensor) -> Terms:
    """How often a CRF itself expects each of its terms: the gradient of its normaliser (Eisner 2016)."""
    with torch.enable_grad():
        unary, pair, final = (t.detach().requires_grad_() for t in steps(potentials.float(), transitions.float()))
        return torch.autograd.grad(normaliser((unary, pair, final), lengths).sum(), (unary, pair, final))


def normaliser(terms: Terms, lengths: Tensor) -> Tensor:
    """Log of the sum over all sequences of roles, (anchors,), by the forward algorithm."""
    unary, pair, final = terms
    alpha = pair[:, 0, 0] + unary[:, 0]
    # taken apart once: an index in the loop would make a gradient of the whole size at every word
    for j, (step, here) in enumerate(zip(pair.unbind(1)[1:], unary.unbind(1)[1:], strict=True), start=1):
        inside = (j < lengths)[:, None]
        alpha = torch.where(inside, torch.logsumexp(alpha[:, :, None] + step, 1) + here, alpha)
    return torch.logsumexp(alpha + final[torch.arange(len(final)), lengths - 1], 1)
