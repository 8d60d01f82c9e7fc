"""The model card: what the file was made of and how well it does, as text for people and numbers for tests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from quotes import scoring

CARD = """# The attribution model

One pass of a small encoder finds the attributions of a text (cue, source, content), names, and links between
mentions. It is read by `quotes.detectors.learned`; `quotes.training` made it.

- **Encoder**: all-MiniLM-L6-v2 (6 layers, 384 wide, Apache-2.0), fine-tuned; dynamic int8, 7-bit weights by channel.
- **Trained on**: PolNeAR 1.0 train (Newell, Margolin and Ruths 2018; 840 news articles; no data licence: no text of it
  is in this package) for attributions; its CoreNLP layer for names and coreference; GUM 11 without news and interviews
  (Zeldes 2017; annotations CC BY 4.0, texts CC BY or CC BY-SA) for gold names and coreference.
- **Settings**: `{settings}`
- **Command**: `python -m quotes.training --data DATA --start START --tokenizer tokenizer.json --epochs {epochs}`
- **File**: `model.onnx`, SHA-256 `{digest}`, {size:.1f} MB. No pickle.
- **Confidence**: a logistic regression on what the detector saw of an attribution, fitted on the dev split to tell
  those that are right (content by half, source included). The least confidence is the highest whose attribution>=0.5
  there is within 0.2 points of the best: a wrong claim harms more than one that was missed.
  Fitted on half of the articles and judged on the other, it is off by {error:.1f} points on average over ten parts.
- **Known limits**: English news. Nested reports were not annotated in training, only made from its sentences.
  Sources of one window only.

## Dev split of PolNeAR, the model alone ({documents} articles)

F1 by measure of `quotes score`. `fp32` is the network before rounding; what ships is `int8`. Their exact spans agree
with an F1 of {alike:.1f} %; the fp32 file gives {proof:.2f} % of the roles of the trained network itself. On processors
without VNNI the 7-bit weights keep the int8 sums from saturating, so that only the rounding of the floating-point parts
differs.

| measure | {names} |
|---|{rules}
{rows}
"""


def write_card(folder: Path, settings: dict[str, Any], counts: dict[str, scoring.Counts], documents: int) -> None:
    """Writes README.md and card.json beside the model."""
    model = (folder / "model.onnx").read_bytes()
    figures = {n: {m: round(100 * scoring.ratios(c)[2], 1) for m, c in row.items()} for n, row in counts.items()}
    measures = list(next(iter(figures.values())))
    rows = "\n".join(f"| {m} | " + " | ".join(str(figures[n][m]) for n in figures) + " |" for m in measures)
    digest = hashlib.sha256(model).hexdigest()
    text = CARD.format(
        settings=json.dumps(settings),
        epochs=settings["epochs"],
        digest=digest,
        size=len(model) / 1e6,
        documents=documents,
        error=100 * settings["calibration error"],
        alike=100 * settings["spans alike in fp32 and int8 (F1)"],
        proof=100 * settings["roles alike in the trained network and its fp32 export"],
        names=" | ".join(figures),
        rules="---|" * len(figures),
        rows=rows,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
    card = {"digest": digest, "settings": settings, "dev": figures}
    (folder / "card.json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
