"""Trains the attribution model, from the corpora to the file that the package ships.

    python -m quotes.training --data DATA --start START.safetensors --tokenizer TOKENIZER.json --out FOLDER

DATA holds ``polnear/`` and ``gum/``. START holds weights to begin from, by the names of the network; those that it
lacks begin at zero or at random, those that have grown are filled up with zeros. A run that was interrupted goes on
from FOLDER/checkpoints. ``--export-only`` makes the files anew from the last checkpoint.
"""

from __future__ import annotations

import argparse
import random
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig

from quotes import lexicon, scoring
from quotes.detectors.confidence import FEATURES
from quotes.detectors.learned import Model
from quotes.training.augmentation import pools, told_anew
from quotes.training.calibration import (
    Documents,
    best_least,
    calibration_error,
    candidates,
    fit_confidence,
    gold,
    judged,
)
from quotes.training.card import write_card
from quotes.training.corpora import Example, gum, polnear
from quotes.training.export import annotate, export, prove, quantise
from quotes.training.fit import Prepared, Settings, State, fit, prepare
from quotes.training.modes import fit_modes, labelled_states
from quotes.training.network import Network

SIZES = {"hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536}
ANCHOR_ALONE = [float(name == "anchor") for name in FEATURES]  # before there is anything to fit
RAW: dict[str, Any] = {"threshold": 0.15, "confidence": ANCHOR_ALONE, "least": 0.5}


def network(attention: str = "sdpa") -> Network:
    """The network with fresh weights; no dropout on attention, which lets the fast kernel run."""
    sizes: dict[str, Any] = {"vocab_size": 30522, "attention_probs_dropout_prob": 0.0, **SIZES}
    return Network(BertConfig(attn_implementation=attention, **sizes))


def begin(net: Network, path: Path) -> None:
    """Loads weights to start from; a tensor that has grown is filled up with zeros."""
    state = net.state_dict()
    for name, old in load_file(str(path)).items():
        if name not in state:
            continue
        new = torch.zeros_like(state[name])
        new[tuple(slice(n) for n in old.shape)] = old.float()
        state[name] = new
    net.load_state_dict(state)


def summary(counts: scoring.Counts) -> str:
    """F1 of the measures that matter, on one line."""
    shown = ("attribution>=0.5", "content>=0.5", "words:content", "span:source", "span:cue", "span:content")
    return " ".join(f"{m} {100 * scoring.ratios(counts[m])[2]:.1f}" for m in shown)


def write(state: State, folder: Path, name: str, tokenizer: Tokenizer, metadata: dict[str, Any]) -> Path:
    """Exports weights to ``folder/name/model.onnx`` (fp32) with the tokenizer beside it."""
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    net = network("eager")
    net.load_state_dict(state)
    export(net, target / "model.onnx", {"transitions": net.transitions.tolist(), **metadata})
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    return target


def main() -> None:
    """Parses the command, trains, exports, measures."""
    parser = argparse.ArgumentParser(prog="python -m quotes.training", description="Train the attribution model.")
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/ and gum/")
    parser.add_argument("--start", type=Path, required=True, help="safetensors to begin from")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the encoder")
    parser.add_argument("--out", type=Path, default=Path("checkpoints"))
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--export-only", action="store_true", help="make the files anew from the last checkpoint")
    parser.add_argument("--remark", default="", help="a sentence for the model card on how this run differed")
    options = parser.parse_args()
    settings = Settings(epochs=options.epochs, seed=options.seed)
    torch.manual_seed(settings.seed)
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    dev = polnear(options.data / "polnear", "dev")
    train = polnear(options.data / "polnear", "train")

    def check(state: State) -> str:
        found = candidates(Model(write(state, options.out, "epoch", tokenizer, RAW), threads=2), dev)
        return "dev " + summary(scoring.score(gold(dev), judged(found, ANCHOR_ALONE, 0.5)))

    net = network()
    if options.export_only:
        state = torch.load(options.out / "checkpoints" / "last.pt", weights_only=True)["average"]
    else:
        begin(net, options.start)
        others = [prepare(e, tokenizer) for e in gum(options.data / "gum")]
        known = pools(train)

        def items(rng: random.Random) -> list[Prepared]:
            return [prepare(told_anew(e, known, rng), tokenizer) for e in train] + others

        state = fit(net, items, settings, options.out / "checkpoints", tell=tell, check=check)
    net = network()
    net.load_state_dict(state)
    accuracy = fit_modes(net, *labelled_states(net, [prepare(e, tokenizer) for e in train], lexicon.load("en")))
    tell(f"mode head: {100 * accuracy:.1f} % right on cues held back")
    finish(net.state_dict(), tokenizer, options, settings, dev)


def finish(
    state: State, tokenizer: Tokenizer, options: argparse.Namespace, settings: Settings, dev: list[Example]
) -> None:
    """Exports, rounds to int8, fits the confidence on dev, writes the card."""
    full = write(state, options.out, "fp32", tokenizer, RAW)
    net = network()
    net.load_state_dict(state)
    proof = prove(net, full, [e.text for e in dev[:20]])
    small = options.out / "int8"
    small.mkdir(exist_ok=True)
    quantise(full / "model.onnx", small / "model.onnx")
    shutil.copyfile(full / "tokenizer.json", small / "tokenizer.json")
    wanted = gold(dev)
    seen = {name: candidates(Model(folder, threads=2), dev) for name, folder in (("int8", small), ("fp32", full))}
    weights = fit_confidence(wanted, seen["int8"])
    least = best_least(wanted, seen["int8"], weights)
    found = {name: judged(rows, weights, least) for name, rows in seen.items()}
    counts = {name: scoring.score(wanted, documents) for name, documents in found.items()}
    transitions = Model(small).settings["transitions"]
    annotate(small / "model.onnx", {**RAW, "transitions": transitions, "confidence": weights, "least": least})
    for name, row in counts.items():
        tell(f"{name}: {summary(row)}")
    facts = {
        "least confidence": least,
        "roles alike in the trained network and its fp32 export": round(proof, 4),
        "calibration error": round(calibration_error(wanted, seen["int8"]), 3),
        "spans alike in fp32 and int8 (F1)": round(agreement(dev, found["fp32"], found["int8"]), 3),
        "remark": options.remark,
    }
    tell(str(facts))
    write_card(small, {**asdict(settings), **facts}, counts, len(dev))


def agreement(examples: list[Example], first: Documents, second: Documents) -> float:
    """F1 of the exact spans of one model's findings against the other's, the mean over roles."""
    texts = {e.id: {**first[e.id], "text": e.text} for e in examples}
    counts = scoring.score(texts, second)
    return sum(scoring.ratios(counts[f"span:{role}"])[2] for role in scoring.ROLES) / len(scoring.ROLES)


def tell(line: str) -> None:
    """Progress, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
