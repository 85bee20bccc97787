"""Exact duplicates: recognize a text that came before, at 16 bytes for each text remembered, 30 for moments."""

import hashlib

import numpy as np

from .verdict import Verdict

MAX_RECENT = 1 << 14
Part = list[np.ndarray]  # two of one length: hashes, rising, and the documents they came from


def text_hash(text: str) -> int:
    """Return 64 bits that are the same for texts that differ only in spaces and line breaks.

    Two different texts get the same bits with probability 2**-64: among a billion texts, one such pair is
    expected in 37 corpora.

    Args:
        text: any text.

    Returns:
        An integer below 2**64.

    Example:
        >>> text_hash("two  words\\n") == text_hash("two words")
        True
    """
    words = " ".join(text.split())
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class ExactDuplicates:
    """Remove every text that came before.

    Memory: 16 bytes for each different text, 30 for a moment when all arrays are merged into one, and about two
    megabytes. New hashes wait in a small dictionary; when it is full they become a sorted array, and arrays of similar
    size are merged, so that a text is looked up in few of them.

    Example:
        >>> seen = ExactDuplicates()
        >>> [seen(text).reason for text in ("a b", "c", "a  b")]
        ['', '', 'the same as document 0']
    """

    def __init__(self) -> None:
        self._n_documents = 0
        self._recent: dict[int, int] = {}
        self._sorted: list[Part] = []

    def __len__(self) -> int:
        """Number of different texts so far."""
        return len(self._recent) + sum(len(part[0]) for part in self._sorted)

    def __call__(self, text: str) -> Verdict:
        """Judge the next document; ``score`` is the number of the document it equals, from 0, or -1."""
        number, self._n_documents = self._n_documents, self._n_documents + 1
        key = text_hash(text)
        if (earlier := self._find(key)) >= 0:
            return Verdict(text=text, reason=f"the same as document {earlier}", kind="exact duplicate", score=earlier)
        self._recent[key] = number
        if len(self._recent) >= MAX_RECENT:
            self._settle()
        return Verdict(text=text, score=-1)

    def _find(self, key: int) -> int:
        """The document with this hash, or -1."""
        if key in self._recent:
            return self._recent[key]
        for part in self._sorted:
            place = int(np.searchsorted(part[0], np.uint64(key)))
            if place < len(part[0]) and part[0][place] == key:
                return int(part[1][place])
        return -1

    def _settle(self) -> None:
        """Turn the dictionary into an array and merge arrays until each is less than half the one before."""
        keys, numbers = np.array(list(self._recent), np.uint64), np.array(list(self._recent.values()), np.uint64)
        self._recent, order = {}, np.argsort(keys)
        self._sorted.append([keys[order], numbers[order]])
        while len(self._sorted) > 1 and 2 * len(self._sorted[-1][0]) > len(self._sorted[-2][0]):
            _merge(self._sorted[-2], self._sorted.pop())


def _merge(part: Part, other: Part) -> None:
    """Move one part into another; one array after the other, so that only one is there twice."""
    places = np.searchsorted(part[0], other[0])
    places += np.arange(len(places))
    is_own = np.full(len(part[0]) + len(places), True)
    is_own[places] = False
    for _ in ("hashes", "documents"):
        merged = np.empty(len(is_own), np.uint64)
        merged[is_own], merged[places] = part.pop(0), other.pop(0)
        part.append(merged)
