"""Training: examples → windows → weights, with a checkpoint after every epoch.

Losses of a batch of windows: binary cross-entropy for anchors; the CRF's negative log-likelihood for the roles of
every gold anchor, and of the likeliest wrong ones ("all none"); cross-entropy for entities; the marginal likelihood
of any right antecedent (Lee et al. 2017) for mentions. In the last epochs weights and activations are rounded as
the exported int8 file will round them (`rounding`), so that quantisation costs little.
"""

from __future__ import annotations

import bisect
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from quotes.detectors.windows import CLS, MASK, PIECES, SEP, Encoded, encode, windows
from quotes.training.corpora import Example
from quotes.training.network import ENTITIES, Network, certain, crf_loss
from quotes.training.rounding import round_layers

State = dict[str, Tensor]
IGNORE = -100
WEIGHTS = {"anchor": 10.0, "roles": 0.1, "entities": 0.5, "links": 0.1}


@dataclass(frozen=True)
class Settings:
    """What a training run depends on, beside the data; written to the model card."""

    epochs: int = 12
    batch: int = 16
    encoder_rate: float = 8e-5
    head_rate: float = 6e-4
    warmup: float = 0.05
    rounded_epochs: int = 2
    average: float = 0.998
    blanked: float = 0.1
    seed: int = 1


@dataclass(frozen=True)
class Prepared:
    """An example in pieces: anchors with their roles by piece, entity tag by piece, clusters of first pieces."""

    example: Example
    encoded: Encoded
    anchors: list[tuple[int, list[tuple[int, int, int]]]]
    tags: np.ndarray[Any, np.dtype[np.int64]]
    cluster: dict[int, set[int]]


def prepare(example: Example, tokenizer: Any) -> Prepared:
    """Gold extents as ranges of pieces."""
    encoded = encode(example.text, tokenizer)
    starts, ends = encoded.starts.tolist(), encoded.ends.tolist()

    def pieces(start: int, end: int) -> tuple[int, int]:
        return bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)

    anchors = []
    for attribution in example.attributions or []:
        ranges = [
            (*pieces(*extent), role)
            for role, name in ((1, "cue"), (2, "source"), (3, "content"))
            for extent in sorted(attribution[name])
        ]
        ranges = [(a, b, role) for a, b, role in ranges if a < b]
        if ranges:
            anchors.append((ranges[0][0], ranges))
    tags = np.full(len(starts), IGNORE if example.entities is None else 0, dtype=np.int64)
    for start, end, kind in example.entities or []:
        a, b = pieces(start, end)
        tags[a:b] = ENTITIES.index(f"I-{kind}")
        tags[a : a + 1] = ENTITIES.index(f"B-{kind}")
    cluster: dict[int, set[int]] = {}
    for number, mentions in enumerate(example.clusters or []):
        for extent in mentions:
            cluster.setdefault(pieces(*extent)[0], set()).add(number)
    return Prepared(example, encoded, anchors, tags, cluster)


@dataclass(frozen=True)
class Window:
    """A window's training targets, in words (indices into ``first``, the places of first pieces)."""

    ids: list[int]
    shape: list[int]
    first: list[int]
    anchors: dict[int, list[int]] | None
    tags: list[int]
    links: list[tuple[int, list[int]]] | None


def cut(item: Prepared, limit: int) -> Iterator[Window]:
    """The windows of an example; attributions that cross a seam keep what is inside."""
    e = item.encoded
    for a, b in windows(e, limit):
        first = [i - a for i in range(a, b) if e.first[i]]
        word = {place: n for n, place in enumerate(first)}
        anchors: dict[int, list[int]] = {}
        for anchor, ranges in item.anchors:
            if not a <= anchor < b or anchor - a not in word:
                continue
            roles = [0] * len(first)
            for s, t, role in ranges:
                for i in range(max(s, a), min(t, b)):
                    if i - a in word:
                        roles[word[i - a]] = role
            anchors[word[anchor - a]] = roles
        starts = [(word[i - a], groups) for i, groups in sorted(item.cluster.items()) if i - a in word and a <= i < b]
        links = [
            (place, [other for other, theirs in starts[:n] if theirs & groups])
            for n, (place, groups) in enumerate(starts)
        ]
        yield Window(
            e.ids[a:b].tolist(),
            e.shape[a:b].tolist(),
            first,
            None if item.example.attributions is None else anchors,
            [int(item.tags[a + i]) for i in first],
            None if item.example.clusters is None else links,
        )


def batch_tensors(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """``ids, shape, mask`` (batch, pieces + 2), ``places`` and ``real`` (batch, words) of first pieces."""
    width, words = max(len(w.ids) for w in batch) + 2, max(len(w.first) for w in batch)
    ids, shape, mask = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(3))
    places, real = torch.zeros(len(batch), words, dtype=torch.long), torch.zeros(len(batch), words, dtype=torch.bool)
    for i, w in enumerate(batch):
        n = len(w.ids)
        ids[i, : n + 2] = torch.tensor([CLS, *w.ids, SEP])
        shape[i, 1 : n + 1] = torch.tensor(w.shape)
        mask[i, : n + 2] = 1
        places[i, : len(w.first)] = torch.tensor(w.first) + 1
        real[i, : len(w.first)] = True
    return ids, shape, mask, places, real


def losses(net: Network, batch: list[Window], blanked: float = 0.0) -> dict[str, Tensor]:
    """The losses of a batch, each a scalar; a share of the pieces is blanked out, so that none is learned by heart."""
    ids, shape, mask, places, real = batch_tensors(batch)
    ids = ids.masked_fill((torch.rand(ids.shape) < blanked) & (ids != CLS) & (ids != SEP), MASK)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = net.states(ids, shape, mask)
    states = net.drop(states.float())
    words = states.gather(1, places[..., None].expand(-1, -1, states.shape[-1]))
    out: dict[str, Tensor] = {}

    labelled = [i for i, w in enumerate(batch) if w.anchors is not None]
    if labelled:
        logits = net.anchor(words).squeeze(-1)
        target = torch.zeros_like(logits)
        for i in labelled:
            target[i, list(batch[i].anchors or {})] = 1
        keep = real & torch.tensor([w.anchors is not None for w in batch])[:, None]
        out["anchor"] = F.binary_cross_entropy_with_logits(logits[keep], target[keep] * 0.98 + 0.005)
        picked = [(i, j, roles) for i in labelled for j, roles in (batch[i].anchors or {}).items()]
        wrong = logits.detach().masked_fill(~keep | (target > 0), -1e9)
        for flat in wrong.flatten().topk(max(1, len(picked) // 4)).indices.tolist():
            i, j = divmod(flat, wrong.shape[1])
            picked.append((i, j, [0] * len(batch[i].first)))
        out["roles"] = role_loss(net, words, places, picked, [len(w.first) for w in batch])
    tags = torch.full(real.shape, IGNORE)
    for i, w in enumerate(batch):
        tags[i, : len(w.tags)] = torch.tensor(w.tags)
    if (tags != IGNORE).any():
        out["entities"] = F.cross_entropy(net.entities(words).flatten(0, 1), tags.flatten(), ignore_index=IGNORE)
    mentions = [(i, j, before) for i, w in enumerate(batch) for j, before in w.links or []]
    if mentions:
        out["links"] = link_loss(net, words, places, mentions)
    return out


def role_loss(
    net: Network, words: Tensor, places: Tensor, picked: list[tuple[int, int, list[int]]], lengths: list[int]
) -> Tensor:
    """Mean CRF loss of anchors ``(window, word, roles)``."""
    rows, at = torch.tensor([p[0] for p in picked]), torch.tensor([p[1] for p in picked])
    gold = torch.zeros(len(picked), words.shape[1], dtype=torch.long)
    for n, (_, _, roles) in enumerate(picked):
        gold[n, : len(roles)] = torch.tensor(roles)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        potentials = net.roles(words[rows, at], words[rows], places[rows, at], places[rows])
    size = torch.tensor([lengths[p[0]] for p in picked])
    return crf_loss(potentials, net.transitions, certain(gold, size), size).mean()


def link_loss(net: Network, words: Tensor, places: Tensor, mentions: list[tuple[int, int, list[int]]]) -> Tensor:
    """Mean negative log-likelihood that a mention points to any right antecedent, or to none if it is the first."""
    rows, at = torch.tensor([m[0] for m in mentions]), torch.tensor([m[1] for m in mentions])
    scores = net.links(words[rows, at], net.antecedent(words)[rows], places[rows, at], places[rows])
    allowed = torch.zeros(scores.shape, dtype=torch.bool)
    right = torch.zeros(scores.shape, dtype=torch.bool)
    starts: dict[int, list[int]] = {}
    for i, j, _ in mentions:
        starts.setdefault(i, []).append(j)
    for n, (i, j, before) in enumerate(mentions):
        allowed[n, [k for k in starts[i] if k < j]] = True
        allowed[n, -1] = True
        right[n, before or [-1]] = True
    every = torch.logsumexp(scores.masked_fill(~allowed, -1e9), 1)
    return (every - torch.logsumexp(scores.masked_fill(~right, -1e9), 1)).mean()


def rate(progress: float, warmup: float) -> float:
    """Learning rate factor: up over the warm-up, then down in a straight line to nothing."""
    return progress / warmup if progress < warmup else (1 - progress) / (1 - warmup)


def shuffled(items: list[Prepared], size: int) -> list[list[Window]]:
    """Batches of windows of like length, in random order, each of as many pieces as ``size`` full windows have.

    The windows are cut anew each time at another limit, a few words or a page: what is read may be one sentence.
    """
    cuts = [w for item in items for w in cut(item, limit())]
    cuts.sort(key=lambda w: len(w.ids) + random.randint(0, 24))
    batches: list[list[Window]] = [[]]
    for window in cuts:  # the last one is the longest so far, to which the others are filled up
        if (len(batches[-1]) + 1) * (len(window.ids) + 2) > size * (PIECES + 2):
            batches.append([])
        batches[-1].append(window)
    random.shuffle(batches)
    return batches


def limit() -> int:
    """Pieces of a window in training: in half of the articles nearly as many as at run time, else fewer."""
    return random.randint(*random.choice(((PIECES * 5 // 8, PIECES), (PIECES * 5 // 8, PIECES), (80, 160), (24, 80))))


def fit(
    net: Network,
    items: Callable[[random.Random], list[Prepared]],
    settings: Settings,
    folder: Path,
    *,
    tell: Callable[[str], None],
    check: Callable[[State], str],
) -> State:
    """Trains; returns the weights averaged over the last steps (Polyak). Resumes from a checkpoint in ``folder``.

    ``tell`` is given lines of progress, ``check`` the averaged weights after every epoch, to say how good they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(net, settings, folder)
    for epoch in range(run.done, settings.epochs):
        random.seed(settings.seed * 1000 + epoch)
        torch.manual_seed(settings.seed * 1000 + epoch)
        if epoch >= settings.epochs - settings.rounded_epochs and not run.rounding:
            round_layers(net)
            run.rounding = True
        net.train()
        batches = shuffled(items(random.Random(settings.seed * 1000 + epoch)), settings.batch)
        began, sums = time.monotonic(), dict.fromkeys(WEIGHTS, 0.0)
        for step, batch in enumerate(batches):
            for key, value in run.step(batch, (epoch + step / len(batches)) / settings.epochs).items():
                sums[key] += value / len(batches)
            if step % 50 == 49:
                tell(f"epoch {epoch + 1} step {step + 1}/{len(batches)} {time.monotonic() - began:.0f} s")
        shown = " ".join(f"{k} {v:.4f}" for k, v in sums.items())
        tell(f"epoch {epoch + 1}/{settings.epochs} {time.monotonic() - began:.0f} s {shown}")
        run.save(epoch + 1)
        tell(check(run.average))
    return run.average


class Run:
    """A training run under way: optimiser, averaged weights, epochs done; kept in ``folder/last.pt``."""

    def __init__(self, net: Network, settings: Settings, folder: Path) -> None:
        self.net, self.settings, self.last, self.rounding = net, settings, folder / "last.pt", False
        heads = [p for n, p in net.named_parameters() if not n.startswith("bert.")]
        groups = [
            {"params": list(net.bert.parameters()), "lr": settings.encoder_rate},
            {"params": heads, "lr": settings.head_rate},
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.average = {k: v.clone() for k, v in net.state_dict().items()}
        self.done = 0
        if self.last.exists():
            saved = torch.load(self.last, weights_only=True)
            net.load_state_dict(saved["net"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.average, self.done = saved["average"], saved["epoch"]

    def step(self, batch: list[Window], progress: float) -> dict[str, float]:
        """One step at a progress of 0 to 1; returns the losses."""
        factor = rate(progress, self.settings.warmup)
        bases = (self.settings.encoder_rate, self.settings.head_rate)
        for group, base in zip(self.optimizer.param_groups, bases, strict=True):
            group["lr"] = base * factor
        parts = losses(self.net, batch, self.settings.blanked)
        sum(WEIGHTS[k] * v for k, v in parts.items()).backward()  # type: ignore[union-attr]
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        for key, value in plain_state(self.net).items():
            self.average[key].lerp_(value, 1 - self.settings.average)
        return {k: v.item() for k, v in parts.items()}

    def save(self, epoch: int) -> None:
        """Keeps the run after an epoch; a run cut short while it writes keeps the one before."""
        state = {"net": plain_state(self.net), "optimizer": self.optimizer.state_dict(), "average": self.average}
        following = self.last.with_name("next.pt")
        torch.save({**state, "epoch": epoch}, following)
        following.replace(self.last)


def plain_state(net: Network) -> State:
    """Weights by their plain names, whether or not the layers round."""
    return {k.replace("parametrizations.weight.original", "weight"): v.detach() for k, v in net.state_dict().items()}
