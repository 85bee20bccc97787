"""Near duplicates: find texts that have most of their shingles in common, without comparing all pairs.

Locality-sensitive hashing: a signature is cut into bands; texts with an equal band are candidates, and only those are
compared. Similar texts share a band almost surely, different ones almost never.

Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", sections 3.3 and 3.4.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from ..hashing import scramble
from .minhash import MinHash, estimate
from .verdict import Verdict


def candidate_probability(similarity: float | np.ndarray, n_bands: int, n_rows: int) -> float | np.ndarray:
    """Return how likely two texts become candidates: 1 - (1 - s^r)^b.

    All r rows of a band agree with probability s^r; at least one of b bands must.

    Args:
        similarity: s, the Jaccard similarity, from 0 to 1; a number or an array.
        n_bands: b, bands in a signature.
        n_rows: r, entries in a band.

    Returns:
        A probability, of the shape of ``similarity``: an S-shaped curve, steep near (1/b)^(1/r).

    Example:
        >>> [round(candidate_probability(s, n_bands=16, n_rows=8), 3) for s in (0.4, 0.7, 0.9)]
        [0.01, 0.613, 1.0]
    """
    return 1 - (1 - similarity**n_rows) ** n_bands


def bands(signature: np.ndarray, n_bands: int) -> list[bytes]:
    """Cut a signature into bands of equal length.

    Args:
        signature: shape (n_hashes,).
        n_bands: divides n_hashes.

    Returns:
        The bytes of each band.

    Raises:
        ValueError: if ``n_bands`` does not divide the length.

    Example:
        >>> [len(band) for band in bands(np.zeros(12, np.uint32), n_bands=3)]
        [16, 16, 16]
    """
    if n_bands < 1 or len(signature) % n_bands:
        raise ValueError(f"n_bands ({n_bands}) must divide the length of the signature ({len(signature)})")
    return [band.tobytes() for band in np.split(signature, n_bands)]


def candidate_pairs(signatures: Iterable[np.ndarray], n_bands: int) -> set[tuple[int, int]]:
    """Return all pairs of signatures that share a band.

    For a few thousand texts; ``NearDuplicates`` works for any number.

    Args:
        signatures: each of shape (n_hashes,).
        n_bands: divides n_hashes.

    Returns:
        Pairs of positions, the smaller one first.

    Example:
        >>> sorted(candidate_pairs(np.array([[1, 2, 3, 4], [5, 6, 7, 8], [1, 2, 0, 0]], np.uint32), n_bands=2))
        [(0, 2)]
    """
    buckets: dict[tuple[int, bytes], list[int]] = {}
    pairs = set()
    for number, signature in enumerate(signatures):
        for key in enumerate(bands(signature, n_bands)):
            bucket = buckets.setdefault(key, [])
            pairs.update((other, number) for other in bucket)
            bucket.append(number)
    return pairs


class NearDuplicates:
    """Remove every text that is similar to one that was kept before.

    Args:
        threshold: an estimated similarity from which a text is a near duplicate, above 0 and at most 1.
        n_bands: bands in a signature.
        n_rows: entries in a band; the signature has ``n_bands * n_rows``.
        n_words: words in a shingle.
        seed: chooses the hash functions.
        path: keep the index in this file, so that memory does not grow with the corpus; it must not exist. None
            keeps it in memory, about 2.5 kB for each text kept.

    Raises:
        ValueError: if the threshold is out of range.
        FileExistsError: if ``path`` exists.

    Example:
        >>> seen = NearDuplicates(threshold=0.5)
        >>> text = "On Monday the baker sold forty loaves of rye bread to the people of the harbor"
        >>> seen(text).is_kept, seen(text + " again").reason
        (True, 'similarity 0.9... to document 0')
    """

    def __init__(
        self,
        threshold: float = 0.7,
        n_bands: int = 16,
        n_rows: int = 8,
        *,
        n_words: int = 3,
        seed: int = 0,
        path: str | Path | None = None,
    ):
        if not 0 < threshold <= 1:
            raise ValueError(f"threshold must be above 0 and at most 1, got {threshold}")
        if path is not None and Path(path).exists():
            raise FileExistsError(f"{path} exists: an index holds one corpus. Choose another path or remove the file")
        self.threshold, self.n_bands = threshold, n_bands
        self.minhash = MinHash(n_bands * n_rows, n_words, seed)
        self._n_documents = 0
        self._index = sqlite3.connect(":memory:" if path is None else str(path), isolation_level=None)
        self._index.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"  # cache of 8 MB
            "CREATE TABLE bands (key INTEGER, document INTEGER, PRIMARY KEY (key, document)) WITHOUT ROWID;"
            "CREATE TABLE signatures (document INTEGER PRIMARY KEY, signature BLOB);"
            "BEGIN"
        )

    def __call__(self, text: str) -> Verdict:
        """Judge the next document; ``score`` is its similarity to the most similar candidate kept before, or 0."""
        number, self._n_documents = self._n_documents, self._n_documents + 1
        signature = self.minhash(text)
        if (signature == np.uint32(0xFFFFFFFF)).all():  # no words at all
            return Verdict(text=text, score=0.0)
        keys = self._keys(signature)
        similarity, earlier = self._most_similar(keys, signature)
        if similarity >= self.threshold:
            reason = f"similarity {similarity:.2f} to document {earlier}"
            return Verdict(text=text, reason=reason, kind="near duplicate", score=similarity)
        self._index.executemany("INSERT INTO bands VALUES (?, ?)", [(key, number) for key in keys])
        self._index.execute("INSERT INTO signatures VALUES (?, ?)", (number, signature.tobytes()))
        return Verdict(text=text, score=similarity)

    def close(self) -> None:
        """Let go of the index file, which may then be deleted."""
        self._index.close()

    def _keys(self, signature: np.ndarray) -> list[int]:
        """One number of 63 bits per band; equal bands at different places differ."""
        entries = signature.reshape(self.n_bands, -1).astype(np.uint64)
        keys = np.arange(self.n_bands, dtype=np.uint64)
        for column in entries.T:
            keys = scramble((keys << np.uint64(32)) ^ keys ^ column)
        return sorted(set((keys >> np.uint64(1)).tolist()))

    def _most_similar(self, keys: list[int], signature: np.ndarray) -> tuple[float, int]:
        """(similarity, number) of the best candidate, the earliest of equals; (0, -1) if there is none."""
        query = (
            "SELECT document, signature FROM signatures WHERE document IN "
            f"(SELECT document FROM bands WHERE key IN ({','.join('?' * len(keys))}))"
        )
        best = (0.0, -1)
        for number, data in self._index.execute(query, keys):
            similarity = estimate(signature, np.frombuffer(data, np.uint32))
            best = max(best, (similarity, number), key=lambda pair: (pair[0], -pair[1]))
        return best
