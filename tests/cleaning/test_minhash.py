"""MinHash: the share of equal minima is the Jaccard similarity, within what chance allows."""

from random import Random

import numpy as np
import pytest

from minillama.cleaning.minhash import MinHash, estimate, jaccard, shingle_hashes, shingles

SIGNATURE = [319490218, 837999754, 63047965]  # so that indexes made on different machines agree


def pair(similar: float, random: Random, n_words: int = 90) -> tuple[str, str]:
    """Two texts; of each word the second one keeps the first's with a probability."""
    first = [f"w{random.randrange(5000)}" for _ in range(n_words)]
    second = [word if random.random() < similar else f"v{random.randrange(5000)}" for word in first]
    return " ".join(first), " ".join(second)


def test_shingles_by_hand() -> None:
    assert shingles("The cat sat. The CAT sat!", 2) == {("the", "cat"), ("cat", "sat"), ("sat", "the")}
    assert shingles("Two words", 3) == {("two", "words")}
    assert shingles("?!", 3) == set()


def test_jaccard_by_hand() -> None:
    assert jaccard({1, 2, 3, 4}, {3, 4, 5}) == 2 / 5
    assert jaccard(set(), {1}) == 0
    assert jaccard(set(), set()) == 1


def test_hashed_shingles_are_as_many_as_the_real_ones() -> None:
    random = Random(1)
    for n_words in (1, 2, 3, 5):
        text = " ".join(random.choice(["a", "b", "c", "d", "e"]) for _ in range(200))
        assert len(shingle_hashes(text, n_words)) == len(shingles(text, n_words))
    assert len(shingle_hashes("a b", 3)) == 1
    assert len(shingle_hashes("", 3)) == 0
    assert shingle_hashes("a b", 2) != shingle_hashes("b a", 2)


def test_estimate_is_within_the_binomial_bound() -> None:
    """Each entry agrees with probability J, so the number of agreements is binomial: mean and spread must fit."""
    random, n_hashes = Random(2), 512
    deviations = []
    for trial in range(150):
        first, second = pair(random.uniform(0.4, 1.0), random)
        exact = jaccard(shingles(first), shingles(second))
        if 0 < exact < 1:
            minhash = MinHash(n_hashes, seed=trial)
            found = estimate(minhash(first), minhash(second))
            deviations.append((found - exact) / np.sqrt(exact * (1 - exact) / n_hashes))
    deviations = np.array(deviations)
    assert len(deviations) > 130
    assert abs(deviations).max() < 4.5
    assert abs(deviations.mean()) < 4 / np.sqrt(len(deviations))  # no bias
    assert 0.7 < deviations.var() < 1.35  # neither noisier than chance, nor entries that repeat each other


def test_long_texts_are_hashed_in_parts() -> None:
    words = " ".join(str(number) for number in range(9000))
    minhash = MinHash(16, n_words=1)
    parts = [minhash(" ".join(words.split()[start : start + 1000])) for start in range(0, 9000, 1000)]
    assert np.array_equal(minhash(words), np.min(parts, axis=0))


def test_signature_is_the_same_everywhere() -> None:
    signature = MinHash(3)("The baker sold forty loaves of bread.")
    assert (signature.dtype, signature.shape) == (np.uint32, (3,))
    assert signature.tolist() == SIGNATURE
    assert MinHash(3, seed=1)("The baker sold forty loaves of bread.").tolist() != SIGNATURE


def test_wrong_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="n_words must be at least 1"):
        shingles("a", 0)
    with pytest.raises(ValueError, match="must be at least 1, got 0 and 3"):
        MinHash(0)
    with pytest.raises(ValueError, match=r"equal lengths, got \(3,\) and \(4,\)"):
        estimate(np.zeros(3), np.zeros(4))
