"""How alike two texts are, in words without accents, case and marks; and keys by which like ones find each other.

The keys are bands of MinHash signatures (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
chapter 3): two texts that share a share s of their shingles share one of b bands of r values with probability
1 - (1 - s^r)^b. They depend on the text alone, so neither order nor what else is stored matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from zlib import crc32

from quotes.store.folding import letters

if TYPE_CHECKING:
    import numpy as np

WORD_BITS, MOST_WORDS = 55, 255  # of a sketch, which fits an integer of SQLite
_BITS = (1 << WORD_BITS) - 1
LONG = 20_000  # words above which a comparison word by word takes too long: it grows with their square
RUN = 4  # words that long texts share in one piece
AT_ONCE = 50_000  # hashes, for 64 permutations in 26 MB
_ROUNDING = 1e-6
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def words_of(text: str) -> list[str]:
    """The words of a text, folded: typesetters differ in marks, capitals and accents, and words remain."""
    plain = letters(text)
    return _WORD.findall(_APOSTROPHE.sub("", plain) if "'" in plain or "’" in plain else plain)


def digest(words: Sequence[str]) -> int:
    """A number for these words in this order, 63 bits."""
    return _number(" ".join(words)) >> 1


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


def bands(words: Sequence[str], *, shingle: int, count: int, rows: int) -> list[int]:
    """``count`` keys of the shingles of so many words, each made of the minima of ``rows`` hashes, 62 bits."""
    import numpy as np

    hashes = _hashes(words, shingle)
    factors, addends = _permutations(count * rows)
    # Multiply-shift hashing (Dietzfelbinger et al. 1997), modulo 2^64.
    slices = (hashes[start : start + AT_ONCE] for start in range(0, len(hashes), AT_ONCE))
    least = [(part * factors + addends).min(1) for part in slices]
    minima = (np.minimum.reduce(least) >> np.uint64(32)).astype("<u4").tobytes().hex()
    width = len(minima) // count
    return [_number(f"{band} {minima[band * width : (band + 1) * width]}") >> 2 for band in range(count)]


def _hashes(words: Sequence[str], shingle: int) -> np.ndarray[Any, Any]:
    import numpy as np

    plain = [word.encode() for word in words]
    shingles = zip(*(plain[i:] for i in range(shingle)), strict=False) if len(words) > shingle else (plain,)
    digests = [blake2b(b" ".join(part), digest_size=8).digest() for part in shingles]
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64) >> np.uint64(1)


def sketch(words: Sequence[str]) -> int:
    """Which words a text has, in 55 bits, and above these how many it has, 255 at most: what `apart` compares.

    The bits are a filter as Bloom's (1970), of one hash.
    """
    bits = 0
    for word in words:
        bits |= 1 << crc32(word.encode()) % WORD_BITS
    return min(len(words), MOST_WORDS) << WORD_BITS | bits


def apart(one: int, other: int, least: float) -> bool:
    """Whether the `likeness` of two texts is surely less than this, from their sketches.

    Of ``n`` and ``m`` words with ``c`` in the same order, ``n + m - 2c`` are in one only, and a bit that only one has
    stands for such a word at least. The likeness is ``2c / (n + m)``.
    """
    n, m = one >> WORD_BITS, other >> WORD_BITS
    differing = ((one ^ other) & _BITS).bit_count()
    return differing > (1 - least) * (n + m) + _ROUNDING and n < MOST_WORDS and m < MOST_WORDS


def likeness(one: Sequence[str], other: Sequence[str], least: float = 0.0) -> float:
    """Share of the words of both that stand in the same order in both, 0 to 1; 0 where it is less than ``least``.

    Of texts of more than ``LONG`` words, the share of those in some run of ``RUN`` words that both have: linear.
    """
    if max(len(one), len(other)) > LONG:
        found = _covered(one, other)
        return found if found >= least else 0.0
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other, score_cutoff=least))


def _covered(one: Sequence[str], other: Sequence[str]) -> float:
    import numpy as np

    first, second = _hashes(one, RUN), _hashes(other, RUN)
    shared = (np.isin(first, second), np.isin(second, first))
    covered = sum(np.count_nonzero(np.convolve(runs, np.ones(RUN))) for runs in shared)
    return float(covered) / (len(one) + len(other))


@cache
def _permutations(count: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Factors (odd) and addends of so many hash functions, always the same, one a row."""
    import numpy as np

    numbers = np.array([digest([str(i)]) for i in range(2 * count)], dtype=np.uint64)[:, None]
    return numbers[:count] | np.uint64(1), numbers[count:]
