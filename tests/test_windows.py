"""Text → pieces → windows: nothing lost, nothing twice, offsets exact."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from quotes.detectors.windows import encode, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(files("quotes.data") / "model" / "tokenizer.json"))


def test_shape_tells_case_quotation_and_line(tokenizer: Tokenizer) -> None:
    text = "Ann said:\n“NO way” 3 times"
    encoded = encode(text, tokenizer)
    shape = {text[a:b]: int(s) for a, b, s in zip(encoded.starts, encoded.ends, encoded.shape, strict=True)}
    assert shape["Ann"] == 1 + 8
    assert shape["said"] == 0
    assert shape["“"] == 4 + 8
    assert shape["NO"] == 2 + 4
    assert shape["way"] == shape["”"] == 4
    assert shape["3"] == 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(8, 60))
def test_windows_cover_every_piece_once_within_the_limit(tokenizer: Tokenizer, text: str, limit: int) -> None:
    encoded = encode(text, tokenizer)
    covered = [i for start, end in windows(encoded, limit) for i in range(start, end)]
    assert covered == list(range(len(encoded.ids)))
    assert all(0 < end - start <= limit for start, end in windows(encoded, limit))
    assert np.all(encoded.starts < encoded.ends)
    assert np.all(encoded.ends <= len(text))
    assert np.all(np.diff(encoded.starts) >= 0)


def test_paragraphs_are_packed_whole_and_long_ones_cut_at_sentences(tokenizer: Tokenizer) -> None:
    short, long = "One two three.\n" * 3, "Four five six. " * 10
    encoded = encode(short + long, tokenizer)
    text = short + long
    starts = [text[encoded.starts[a] :][:4] for a, _ in windows(encoded, 20)]
    assert starts[0] == "One "
    assert set(starts) <= {"One ", "Four"}


def test_a_word_of_a_million_letters_is_one_piece(tokenizer: Tokenizer) -> None:
    assert len(encode("a" * 1_000_000, tokenizer).ids) == 1
