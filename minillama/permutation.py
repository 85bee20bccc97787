"""A shuffle that is computed, not stored: any position of it, at once, without a list of indices.

The numbers are laid out in a table, row by row. A round turns every column by an amount that depends on the column,
or every row by an amount that depends on the row. Each turn can be undone, so no two numbers end at the same place;
after a few of them nothing is left of the old order. This is a Feistel network.
"""

import math

import numpy as np

from .hashing import scramble

N_ROUNDS = 6
_MASK = (1 << 64) - 1


class Permutation:
    """The numbers 0 to n - 1 in an order that a key decides.

    Takes the same memory for ten numbers and for ten billion.

    Args:
        n: how many numbers, from 1 to 2**62.
        key: integers that choose the order, such as a seed and an epoch.

    Raises:
        ValueError: if ``n`` is out of range.

    Example:
        >>> order = Permutation(5, key=(1, 0))
        >>> sorted(order(np.arange(5)).tolist())
        [0, 1, 2, 3, 4]

    Source:
        Black and Rogaway, 2002, "Ciphers with Arbitrary Finite Domains": the generalized Feistel network, and
        going on from a place outside until one is inside.
    """

    def __init__(self, n: int, key: tuple[int, ...]):
        if not 1 <= n <= 1 << 62:
            raise ValueError(f"a permutation needs from 1 to 2**62 numbers, got {n}")
        self.n = n
        self._n_rows = np.uint64(math.isqrt(n - 1) + 1)
        self._n_columns = np.uint64(-(-n // int(self._n_rows)))
        self._round_keys = _round_keys(key)

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """Return the numbers at some positions of the order.

        Args:
            positions: integers from 0 to n - 1, any shape.

        Returns:
            int64, same shape; different positions have different numbers.

        Raises:
            ValueError: if a position is out of range.
        """
        positions = np.asarray(positions)
        if positions.size and (positions.min() < 0 or positions.max() >= self.n):
            raise ValueError(f"positions must be from 0 to {self.n - 1}, got {positions.min()} to {positions.max()}")
        numbers = self._mix(positions.astype(np.uint64))
        while (outside := numbers >= self.n).any():  # the table may have a few more places than numbers
            numbers = np.where(outside, self._mix(numbers), numbers)
        return numbers.astype(np.int64)

    def _mix(self, places: np.ndarray) -> np.ndarray:
        """Turn columns and rows of the table."""
        row, column = np.divmod(places, self._n_columns)
        for key_of_columns, key_of_rows in zip(self._round_keys[::2], self._round_keys[1::2], strict=True):
            row = (row + scramble(column ^ key_of_columns) % self._n_rows) % self._n_rows
            column = (column + scramble(row ^ key_of_rows) % self._n_columns) % self._n_columns
        return row * self._n_columns + column


def _round_keys(key: tuple[int, ...]) -> np.ndarray:
    """Spread the key's integers over one 64-bit number for each round."""
    words = np.arange(1, N_ROUNDS + 1, dtype=np.uint64)
    for part in key:
        words = scramble(words * np.uint64(len(key) + 1) ^ np.uint64(part & _MASK))
    return words
