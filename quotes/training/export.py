"""Weights → one ONNX file in int8, and the proof that it reads texts as the trained network does."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from quotes.detectors.decoding import viterbi
from quotes.detectors.learned import Model, inputs
from quotes.detectors.windows import encode, windows
from quotes.errors import ModelError
from quotes.training.network import Network

INPUTS = ("ids", "shape", "places", "threshold")
OUTPUTS = ("anchors", "anchor_scores", "potentials", "modes", "entities", "links")


class Window(nn.Module):
    """The network over one window without padding, as the detector calls it.

    In: ``ids`` and ``shape`` (1, pieces) with [CLS] and [SEP], ``places`` (words,) of first pieces, ``threshold`` ().
    Out: ``anchors`` (anchors,) word indices, ``anchor_scores`` (words,), ``potentials`` (anchors, words, 10),
    ``modes`` (anchors,) probability of an attitude, ``entities`` (words, 9) and ``links`` (words, words + 1)
    as scores before normalisation.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shape: Tensor, places: Tensor, threshold: Tensor) -> tuple[Tensor, ...]:
        """One window."""
        net = self.network
        words = net.states(ids, shape, None)[0, places]
        scores = torch.sigmoid(net.anchor(words)).squeeze(-1)
        anchors = torch.nonzero(scores > threshold).squeeze(-1)
        chosen = words[anchors]
        potentials = net.roles(chosen, words[None], places[anchors], places[None])
        modes = torch.sigmoid(net.mode(chosen)).squeeze(-1)
        links = net.links(words, net.antecedent(words)[None], places, places[None])
        return anchors, scores, potentials, modes, net.entities(words), links


def export(network: Network, path: Path, metadata: dict[str, Any]) -> None:
    """Writes the fp32 graph; dynamic in pieces, words and anchors."""
    network.eval()
    example = (
        torch.randint(1000, 9000, (1, 12)),
        torch.zeros(1, 12, dtype=torch.long),
        torch.arange(1, 9),
        torch.tensor(0.0),
    )
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer warns about shapes that the dynamic axes below settle
        torch.onnx.export(
            Window(network),
            example,
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            opset_version=17,
            dynamo=False,
            dynamic_axes={
                "ids": {1: "pieces"},
                "shape": {1: "pieces"},
                "places": {0: "words"},
                "anchors": {0: "anchors"},
                "anchor_scores": {0: "words"},
                "potentials": {0: "anchors", 1: "words"},
                "modes": {0: "anchors"},
                "entities": {0: "words"},
                "links": {0: "words", 1: "words_and_none"},
            },
        )
    annotate(path, metadata)


def prove(
    network: Network, folder: Path, texts: Sequence[str], *, threshold: float = 0.5, least: float = 0.995
) -> float:
    """Share of anchors to which the exported graph gives the very roles that the network itself gives.

    Raises ModelError below ``least``: then the file is not the model that was trained.
    """
    model = Model(folder)
    reference = Window(network.eval())
    alike = total = 0
    for text in texts:
        encoded = encode(text, model.tokenizer)
        for start, end in windows(encoded):
            feed = inputs(encoded, start, end, threshold)
            with torch.no_grad():
                trained = [t.numpy() for t in reference(*(torch.from_numpy(feed[name]) for name in INPUTS))]
            exported = model.session.run(None, feed)
            ours, theirs = (_roles(outputs, network) for outputs in (trained, exported))
            alike += len(ours & theirs)
            total += len(ours | theirs)
    share = alike / total if total else 1.0
    if share < least:
        raise ModelError(f"{folder} gives {100 * share:.1f} % of the roles of the trained network")
    return share


def _roles(outputs: list[Any], network: Network) -> set[tuple[int, bytes]]:
    """Each anchor's word with the roles of all words."""
    anchors, _, potentials, *_ = outputs
    if not len(anchors):
        return set()
    roles, _ = viterbi(potentials, network.transitions.detach().numpy())
    return {(int(anchor), row.tobytes()) for anchor, row in zip(anchors, roles, strict=True)}


def annotate(path: Path, metadata: dict[str, Any]) -> None:
    """Sets the file's metadata, each value as JSON."""
    import onnx

    model = onnx.load(str(path))
    del model.metadata_props[:]
    for key, value in sorted(metadata.items()):
        entry = model.metadata_props.add()
        entry.key, entry.value = key, json.dumps(value, sort_keys=True)
    onnx.save(model, str(path))


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8: 7-bit weights by channel (no saturation on processors without VNNI), 8-bit activations."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    encoder = [n for n in product_names(source) if "/encoder/" in n]
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_quantize=[*encoder, *embedding_names(source)],
    )


def product_names(path: Path) -> list[str]:
    """Names of the graph's matrix products."""
    import onnx

    return [n.name for n in onnx.load(str(path)).graph.node if n.op_type == "MatMul"]


def embedding_names(path: Path) -> list[str]:
    """Names of the look-ups in the vocabulary."""
    import onnx

    graph = onnx.load(str(path)).graph
    large = {i.name for i in graph.initializer if len(i.dims) == 2 and i.dims[0] > 10000}
    return [n.name for n in graph.node if n.op_type == "Gather" and n.input[0] in large]
