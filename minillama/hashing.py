"""A fast way to make numbers look random, the same on every machine."""

import numpy as np


def scramble(numbers: np.ndarray) -> np.ndarray:
    """Spread every bit of each number over all its 64 bits; different numbers stay different.

    Args:
        numbers: uint64, any shape.

    Returns:
        uint64, same shape.

    Example:
        >>> scramble(np.arange(3, dtype=np.uint64)) % np.uint64(100)
        array([ 0, 89, 30], dtype=uint64)

    Source:
        Steele, Lea and Flood, 2014, "Fast splittable pseudorandom number generators": the finalizer of SplitMix64.
    """
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)  # overflow is wanted
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
