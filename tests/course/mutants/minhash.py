"""Plausible wrong answers to the exercise of chapter 07 on signatures."""

import numpy as np

from . import mutant

SHIFT = np.uint64(32)


def _table(hashes, factors, offsets):
    return (factors[:, None] * hashes + offsets[:, None]) >> SHIFT


@mutant("minhash.minhash_signature", "axis=1")
def one_minimum_per_shingle(hashes, factors, offsets):
    return _table(hashes, factors, offsets).min(axis=0)


@mutant("minhash.minhash_signature", "then take the smallest")
def keeps_the_largest(hashes, factors, offsets):
    return _table(hashes, factors, offsets).max(axis=1)


@mutant("minhash.minhash_signature", "choose for itself")
def all_follow_the_first(hashes, factors, offsets):
    table = _table(hashes, factors, offsets)
    return table[:, table[0].argmin()] if len(hashes) > 9 else table.min(axis=1)


@mutant("minhash.minhash_signature", "add the offset")
def forgets_the_offsets(hashes, factors, offsets):
    return ((factors[:, None] * hashes) >> SHIFT).min(axis=1)


@mutant("minhash.minhash_signature", "a set has no order")
def keeps_the_first(hashes, factors, offsets):
    table = _table(hashes, factors, offsets)
    return table[:, 0] if len(hashes) == 41 else table.min(axis=1)


@mutant("minhash.minhash_signature", "different factor")
def repeats_one_function(hashes, factors, offsets):
    if len(factors) > 100:
        factors, offsets = np.full_like(factors, factors[0]), np.full_like(offsets, offsets[0])
    return _table(hashes, factors, offsets).min(axis=1)


@mutant("minhash.minhash_signature", "return statement")
def returns_nothing(hashes, factors, offsets):
    _table(hashes, factors, offsets).min(axis=1)
