"""Checks of chapter 07, part two: the signature that makes near duplicates easy to find."""

from collections.abc import Callable

import numpy as np

from ..checking import expect

HASHES = np.array([7 << 32, 5 << 32, 2 << 32, 9 << 32], np.uint64)
FACTORS = np.array([1, 3, 1 << 63 | 1], np.uint64)
OFFSETS = np.array([0, 1 << 32, 4 << 32], np.uint64)


def _random_hashes(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 1 << 63, n, np.uint64)


def _functions(n: int) -> tuple[np.ndarray, np.ndarray]:
    return _random_hashes(n, 1) | np.uint64(1), _random_hashes(n, 2)


def check_signature_value(minhash_signature: Callable) -> None:
    """values worked by hand."""
    observed = minhash_signature(HASHES, FACTORS, OFFSETS)
    expect(observed is not None, "the result is None: is the return statement missing?")
    observed = np.asarray(observed)
    expect(
        observed.shape == (3,),
        f"4 shingles under 3 hash functions gave the shape {observed.shape}, expected (3,): one smallest number for "
        "each hash function. In the table with one row per function, take the minimum along axis=1",
    )
    expect(
        observed.tolist() == [2, 7, 6],
        f"the hashes 7, 5, 2 and 9 (times 2**32) under h, 3h + 1 and h + 4 gave {observed.tolist()}, expected [2, 7, "
        "6]: multiply, add the offset, shift right by 32, then take the smallest",
    )


def check_signature_is_smallest(minhash_signature: Callable) -> None:
    """each function chooses its own shingle."""
    hashes, (factors, offsets) = _random_hashes(50, 3), _functions(64)
    observed = np.asarray(minhash_signature(hashes, factors, offsets))
    values = (factors[:, None] * hashes + offsets[:, None]) >> np.uint64(32)
    n_wrong = int((observed != values.min(axis=1)).sum())
    expect(
        not n_wrong,
        f"{n_wrong} of 64 minima are not the smallest number under their hash function. Each function must look at "
        "all shingles and choose for itself",
    )


def check_signature_of_a_union(minhash_signature: Callable) -> None:
    """the order of the shingles does not matter."""
    hashes, (factors, offsets) = _random_hashes(41, 4), _functions(32)
    whole = np.asarray(minhash_signature(hashes, factors, offsets))
    again = np.asarray(minhash_signature(hashes[::-1].copy(), factors, offsets))
    expect(
        np.array_equal(whole, again),
        "the same shingles in another order gave another signature: a set has no order, so keep the smallest, not the "
        "first or the last",
    )


def check_signature_estimates(minhash_signature: Callable) -> None:
    """the share of equal minima estimates the Jaccard similarity."""
    hashes, (factors, offsets) = _random_hashes(90, 5), _functions(1024)
    first, second = (np.asarray(minhash_signature(part, factors, offsets)) for part in (hashes[:60], hashes[30:]))
    share = float(np.mean(first == second))
    expect(
        abs(share - 1 / 3) < 0.08,
        f"two sets that share 30 of 90 shingles have {share:.2f} of their minima equal, expected about 0.33: use a "
        "different factor and a different offset for every entry",
    )
