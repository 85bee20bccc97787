"""A shuffle that is computed: each number once, whatever the size, and in no visible order."""

import numpy as np
import pytest

from minillama.hashing import scramble
from minillama.permutation import Permutation


@pytest.mark.parametrize("n", [*range(1, 70), 1000, 4096, 65_537])
def test_every_number_comes_once(n: int) -> None:
    order = Permutation(n, key=(5, 2))(np.arange(n))
    assert np.array_equal(np.sort(order), np.arange(n))


def test_positions_can_be_asked_in_any_way() -> None:
    order = Permutation(1000, key=(1,))
    whole = order(np.arange(1000))
    assert order(np.array([[7, 999], [0, 7]])).tolist() == [[whole[7], whole[999]], [whole[0], whole[7]]]
    assert order(np.array([], int)).tolist() == []


def test_every_part_of_the_key_counts() -> None:
    keys = [(1, 0), (0, 1), (1,), (1, 0, 0), (2, 0), (-1, 0), (1 << 70, 0), ((1 << 70) + 1, 0)]
    orders = [tuple(Permutation(500, key)(np.arange(40))) for key in keys]
    assert len(set(orders)) == len(set(keys)) - 1  # only the lowest 64 bits count: 1 << 70 is 0 ...
    assert orders[-1] == orders[0]  # ... and this is (1, 0)


@pytest.mark.parametrize("n", [7, 24, 1000])
def test_each_place_gets_each_number_equally_often(n: int) -> None:
    """Chi-squared over 2000 keys; for a random shuffle the mean over places is 1 with this much spread."""
    places = np.arange(min(n, 24))
    counts = np.zeros((len(places), n))
    for key in range(2000):
        counts[places, Permutation(n, (key, 0))(places)] += 1
    expected = 2000 / n
    statistic = ((counts - expected) ** 2 / expected).sum() / (len(places) * (n - 1))
    assert abs(statistic - 1) < 5 * np.sqrt(2 / (len(places) * (n - 1)))


def test_neighbors_do_not_stay_together() -> None:
    order = Permutation(100_000, (3, 0))(np.arange(100_000)).astype(float)
    assert abs(np.corrcoef(order[:-1], order[1:])[0, 1]) < 0.02
    assert abs(np.corrcoef(order, np.arange(100_000))[0, 1]) < 0.02
    n_steps = len(np.unique(np.diff(order) % 100_000))
    assert abs(n_steps - 100_000 * (1 - np.exp(-1))) < 1000  # as many different steps as chance gives


def test_billions_cost_nothing() -> None:
    order = Permutation(10**15, (1,))(np.arange(1000) * 10**12)
    assert len(set(order.tolist())) == 1000
    assert 0 <= order.min() < order.max() < 10**15


def test_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"from 1 to 2\*\*62 numbers, got 0"):
        Permutation(0, (1,))
    with pytest.raises(ValueError, match="from 0 to 4, got 2 to 5"):
        Permutation(5, (1,))(np.array([2, 5]))


def test_scramble_keeps_numbers_apart() -> None:
    """Reference values of the SplitMix64 generator for seed 0 (its state advances by a fixed step)."""
    step = np.uint64(0x9E3779B97F4A7C15)
    states = step * np.arange(1, 4, dtype=np.uint64)
    assert [hex(number) for number in scramble(states)] == [
        "0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4", "0x6c45d188009454f",
    ]  # fmt: skip
