"""The learned detector: text → attributions, names and links, by the ONNX model that the package carries.

One window is one call of the model, without padding and without overlap: what is found in a window cannot depend on
what else is in the batch (dynamic int8 scales are taken over a whole call), and nothing is computed twice. Windows
are cut at paragraph ends, and where a paragraph fills more than one, at sentence ends; a quotation cut in two there is
made whole again by its marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from quotes.errors import ModelError
from quotes.models import Attribution, Extent, Link, Mode, Name

if TYPE_CHECKING:
    import numpy as np

    from quotes.detectors.windows import Encoded

REINSTALL = "reinstall quotes-tracker, or name another folder"
LINK_FLOOR = 0.2  # links less likely than this are of no use to anyone
SETTINGS = {"transitions", "threshold", "confidence", "least"}  # metadata of the file, each as JSON
LABELS: tuple[Literal["PER", "ORG", "LOC", "MISC"], ...] = ("PER", "ORG", "LOC", "MISC")
HEADLINE = re.compile(r"\s*(\S[^\n]{0,200}[^\s.?!…:;,\"”])[ \t]*\n\s*\S")  # a first line that ends as no sentence does
PRONOUN = re.compile(r"\b(?:he|she|they|it|we|i|his|her|their|its|who)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What the model saw in one text. ``attributions`` are raw: kind, mode and polarity are decided later."""

    attributions: tuple[Attribution, ...] = ()
    names: tuple[Name, ...] = ()
    links: tuple[Link, ...] = ()


class Model:
    """The ONNX session and its tokenizer, loaded when first used, once a process.

    ``path`` is a folder with ``model.onnx`` and ``tokenizer.json``; the package's own by default.
    Raises ModelError where they are missing or broken.
    """

    def __init__(self, path: str | Path | None = None, *, threads: int = 1) -> None:
        self.path = Path(path) if path else Path(str(files("quotes.data") / "model"))
        self.threads = threads

    def __getstate__(self) -> dict[str, Any]:
        """Only the settings travel to another process; the session is made anew there."""
        return {"path": self.path, "threads": self.threads}

    @cached_property
    def session(self) -> Any:
        """The inference session; sequential and single-threaded unless told otherwise."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self.path / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises classes of its own for every cause
            raise ModelError(f"no usable model at {self.path}: {error}", REINSTALL) from error

    @cached_property
    def tokenizer(self) -> Any:
        """The word-piece tokenizer."""
        from tokenizers import Tokenizer

        try:
            return Tokenizer.from_file(str(self.path / "tokenizer.json"))
        except Exception as error:  # as above
            raise ModelError(f"no usable tokenizer at {self.path}: {error}", REINSTALL) from error

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The file's own metadata: transitions, threshold of anchors, weights of the confidence and the least one."""
        found = self.session.get_modelmeta().custom_metadata_map
        if missing := SETTINGS - set(found):
            raise ModelError(f"the model at {self.path} lacks {', '.join(sorted(missing))}", REINSTALL)
        return {key: json.loads(found[key]) for key in SETTINGS}

    @property
    def least(self) -> float:
        """The confidence from which an attribution is more help than harm."""
        return float(self.settings["least"])

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the model file, shortened to twelve digits."""
        import hashlib

        try:
            return hashlib.sha256((self.path / "model.onnx").read_bytes()).hexdigest()[:12]
        except OSError as error:
            raise ModelError(f"no usable model at {self.path}: {error}", REINSTALL) from error

    def read(self, text: str) -> Reading:
        """Attributions, names and links of one text; attributions however unsure, for `least` says which to believe."""
        windows = self._windows(text)
        attributions = tuple(a for a, _ in self._candidates(windows))
        names = tuple(part for w in windows for name in _names(w) for part in _by_line(text, name))
        mentions = {n.extent.start for n in names} | {s.start for a in attributions for s in a.source}
        mentions |= {m.start() for m in PRONOUN.finditer(text)}
        return Reading(attributions, names, tuple(link for w in windows for link in _links(w, mentions)))

    def candidates(self, text: str) -> list[tuple[Attribution, list[float]]]:
        """Every attribution above the anchors' threshold, however unsure, with the features of its confidence."""
        return self._candidates(self._windows(text))

    def _windows(self, text: str) -> list[_Window]:
        from quotes.detectors.windows import encode, windows

        encoded = encode(text, self.tokenizer)
        found = windows(encoded)
        if headline := HEADLINE.match(text):  # a line of its own kind: what stands below it is not what it reports
            cut = int(encoded.starts.searchsorted(headline.end(1)))
            found = [(0, cut), (cut, found[0][1]), *found[1:]] if 0 < cut < found[0][1] else found
        ranges = (r for r in found if encoded.first[slice(*r)].any())  # not inside one endless word
        return [self._window(encoded, start, end) for start, end in ranges]

    def _window(self, encoded: Encoded, start: int, end: int) -> _Window:
        import numpy as np

        first = np.flatnonzero(encoded.first[start:end])
        outputs = self.session.run(None, inputs(encoded, start, end, self.settings["threshold"]))
        last = np.append(first[1:] - 1, end - start - 1)
        return _Window(first, encoded.starts[start + first], encoded.ends[start + last], *outputs)

    def _candidates(self, windows: list[_Window]) -> list[tuple[Attribution, list[float]]]:
        """Roles of the words for every anchor, decoded together over all windows."""
        import numpy as np

        from quotes.detectors.decoding import CONTENT, CUE, NEVER, viterbi

        windows = [w for w in windows if len(w.anchors)]
        if not windows:
            return []
        owners = [w for w in windows for _ in w.anchors]
        width = max(len(w.first) for w in windows)
        potentials = np.zeros((len(owners), width, 10), dtype=np.float32)
        potentials[:, :, CUE : CONTENT + 1] = NEVER  # beyond a window's end there is no role
        row = 0
        for w in windows:
            count, words = w.potentials.shape[:2]
            potentials[row : row + count, :words] = w.potentials
            for anchor in w.anchors.tolist():
                potentials[row, :anchor, CUE] = NEVER  # the anchor is the first word of its cue
                row += 1
        roles, paths = viterbi(potentials, np.array(self.settings["transitions"], dtype=np.float32))
        scores = [float(w.anchor_scores[i]) for w in windows for i in w.anchors]
        modes = [float(m) for w in windows for m in w.modes]
        rows = zip(owners, roles, scores, paths.tolist(), modes, strict=True)
        found = (self._candidate(*row) for row in rows)
        return [(attribution, seen) for attribution, seen in found if attribution.content]

    def _candidate(
        self, window: _Window, roles: Any, score: float, path: float, attitude: float
    ) -> tuple[Attribution, list[float]]:
        from quotes.detectors.confidence import confidence, features
        from quotes.detectors.decoding import CONTENT, CUE, SOURCE, runs

        spans = {role: runs(roles, role) for role in (CUE, SOURCE, CONTENT)}
        cue, source, content = (
            tuple(Extent(int(window.starts[a]), int(window.ends[b - 1])) for a, b in spans[role]) for role in spans
        )
        sizes = {role: [b - a for a, b in spans[role]] for role in spans}
        seen = features(score, path, sum(sizes[CUE]), sum(sizes[SOURCE]), sizes[CONTENT])
        mode: Mode = "attitude" if attitude > 0.5 else "statement"
        sure = confidence(seen, self.settings["confidence"])
        return Attribution(content, cue, source, mode=mode, detector="model", confidence=sure), seen


def inputs(encoded: Encoded, start: int, end: int, threshold: float) -> dict[str, Any]:
    """What the graph is fed for one window of pieces, by the names of its inputs."""
    import numpy as np

    from quotes.detectors.windows import CLS, SEP

    return {
        "ids": np.concatenate([[CLS], encoded.ids[start:end], [SEP]])[None],
        "shape": np.concatenate([[0], encoded.shape[start:end], [0]])[None],
        "places": np.flatnonzero(encoded.first[start:end]) + 1,
        "threshold": np.array(threshold, dtype=np.float32),
    }


@dataclass(frozen=True)
class _Window:
    """A window's words (first piece, start and end offset) and the model's outputs for it."""

    first: np.ndarray[Any, Any]
    starts: np.ndarray[Any, Any]
    ends: np.ndarray[Any, Any]
    anchors: np.ndarray[Any, Any]
    anchor_scores: np.ndarray[Any, Any]
    potentials: np.ndarray[Any, Any]
    modes: np.ndarray[Any, Any]
    entities: np.ndarray[Any, Any]
    links: np.ndarray[Any, Any]


def _names(window: _Window) -> list[Name]:
    """Runs of entity tags: ``B-`` or a change of label begins a new name."""
    names: list[Name] = []
    before = 0
    for word, tag in enumerate(window.entities.argmax(-1).tolist()):
        label = LABELS[(tag - 1) // 2] if tag else None
        end = int(window.ends[word])
        if label and before and tag % 2 == 0 and names[-1].label == label:
            names[-1] = Name(Extent(names[-1].extent.start, end), label)
        elif label:
            names.append(Name(Extent(int(window.starts[word]), end), label))
        before = tag
    return names


def _by_line(text: str, name: Name) -> Iterator[Name]:
    """The parts of a name on lines of their own: no name goes on in the next paragraph."""
    start = name.extent.start
    for line in re.finditer(r"[^\n]+", name.extent.of(text)):
        yield Name(Extent(start + line.start(), start + line.end()), name.label)


def _links(window: _Window, mentions: set[int]) -> list[Link]:
    """For each mention that begins in the window its likely antecedents among the earlier ones.

    The shares are a softmax over those and "none", as in training (mention ranking, Lee et al. 2017).
    """
    import numpy as np

    words = [i for i, start in enumerate(window.starts.tolist()) if start in mentions]
    links = []
    for n, word in enumerate(words):
        scores = window.links[word, [*words[:n], -1]]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        links += [
            Link(int(window.starts[word]), int(window.starts[words[k]]), round(float(shares[k]), 3))
            for k in np.flatnonzero(shares[:-1] > LINK_FLOOR).tolist()
        ]
    return links
