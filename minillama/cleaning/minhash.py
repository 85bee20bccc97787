"""MinHash: estimate from two short signatures how much two texts have in common.

A text is seen as the set of its shingles, runs of a few words. Give every shingle a random number and keep the
smallest: two sets have the same smallest with a probability equal to their Jaccard similarity, the share of all their
shingles that both have. So the share of equal entries in two lists of such minima estimates it.

Source: Broder, 1997, "On the resemblance and containment of documents".
"""

import re
import zlib

import numpy as np

from ..hashing import scramble

_WORDS = re.compile(r"\w+")
_CHUNK = 4096  # shingles hashed at a time: bounds the memory for one long text


def shingles(text: str, n_words: int = 3) -> set[tuple[str, ...]]:
    """Return the runs of words that a text consists of.

    Args:
        text: any text; capitals and punctuation do not count.
        n_words: words in a run, at least 1.

    Returns:
        The different runs; a text with fewer words is one run, a text without words none.

    Raises:
        ValueError: if ``n_words`` is not positive.

    Example:
        >>> sorted(shingles("A cat, a cat!", n_words=2))
        [('a', 'cat'), ('cat', 'a')]
    """
    if n_words < 1:
        raise ValueError(f"n_words must be at least 1, got {n_words}")
    words = _WORDS.findall(text.lower())
    if len(words) < n_words:
        return {tuple(words)} if words else set()
    return set(zip(*(words[start:] for start in range(n_words)), strict=False))


def jaccard(first: set, second: set) -> float:
    """Return the share of all elements that both sets have.

    Args:
        first: any set.
        second: any set.

    Returns:
        From 0 (nothing in common) to 1 (equal); 1 for two empty sets.

    Example:
        >>> jaccard({1, 2, 3}, {2, 3, 4})
        0.5
    """
    return len(first & second) / len(first | second) if first | second else 1.0


class MinHash:
    """Turn texts into signatures.

    Args:
        n_hashes: length of a signature; the estimate's standard error is at most 0.5 / sqrt(n_hashes).
        n_words: words in a shingle.
        seed: chooses the random numbers.

    Raises:
        ValueError: if a size is not positive.

    Example:
        >>> minhash = MinHash(n_hashes=512, n_words=2)
        >>> first, second = "the cat sat on the mat", "the cat sat on the rug"
        >>> exact = jaccard(shingles(first, 2), shingles(second, 2))
        >>> abs(estimate(minhash(first), minhash(second)) - exact) < 0.1
        True
    """

    def __init__(self, n_hashes: int = 128, n_words: int = 3, seed: int = 0):
        if n_hashes < 1 or n_words < 1:
            raise ValueError(f"n_hashes and n_words must be at least 1, got {n_hashes} and {n_words}")
        self.n_hashes, self.n_words = n_hashes, n_words
        random = np.random.default_rng(seed)
        self._factors = random.integers(0, 1 << 63, (n_hashes, 1), np.uint64) * np.uint64(2) + np.uint64(1)
        self._offsets = random.integers(0, 1 << 63, (n_hashes, 1), np.uint64)

    def __call__(self, text: str) -> np.ndarray:
        """Return a text's signature: shape (n_hashes,), uint32; all ones in binary for a text without words."""
        hashes = shingle_hashes(text, self.n_words)
        lowest = np.full(self.n_hashes, (1 << 32) - 1, np.uint32)
        for start in range(0, len(hashes), _CHUNK):
            values = (self._factors * hashes[start : start + _CHUNK] + self._offsets) >> np.uint64(32)
            lowest = np.minimum(lowest, values.min(axis=1).astype(np.uint32))
        return lowest


def estimate(first: np.ndarray, second: np.ndarray) -> float:
    """Return the share of equal entries in two signatures: an estimate of the Jaccard similarity.

    Args:
        first: shape (n_hashes,).
        second: shape (n_hashes,), made with the same seed.

    Returns:
        From 0 to 1.

    Raises:
        ValueError: if the lengths differ.

    Example:
        >>> estimate(np.array([1, 2, 3, 4]), np.array([1, 2, 3, 5]))
        0.75
    """
    if first.shape != second.shape:
        raise ValueError(f"signatures must have equal lengths, got {first.shape} and {second.shape}")
    return float(np.mean(first == second))


def shingle_hashes(text: str, n_words: int) -> np.ndarray:
    """Return one 64-bit number for each different shingle, equal for equal shingles on every machine.

    Args:
        text: any text; capitals and punctuation do not count.
        n_words: words in a shingle.

    Returns:
        Shape (number of different shingles,), uint64, rising.
    """
    words = np.array([zlib.crc32(word.encode()) for word in _WORDS.findall(text.lower())], np.uint64)
    n_shingles = max(1, len(words) - n_words + 1) if len(words) else 0
    hashes = np.zeros(n_shingles, np.uint64)
    for start in range(min(n_words, len(words))):
        hashes = scramble(hashes * np.uint64(3) + words[start : start + n_shingles])
    return np.unique(hashes)
