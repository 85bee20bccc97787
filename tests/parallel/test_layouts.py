"""Training in every layout equals training in one process: each loss, each norm, each weight after 20 steps.

Everything is computed in float64, where rounding leaves differences of 1e-15; a target counted twice, a gradient not
averaged or a position off by one leaves more than 1e-6.
"""

import pytest
from launch import launch

TOLERANCE = 1e-12
TWO = (
    "tensor=1 accumulate=2", "zero=1 accumulate=2", "zero=2 accumulate=2", "zero=3 recompute=1", "zero=3 tied=1",
    "tensor=2 recompute=1 accumulate=2", "tensor=2 tied=1", "tensor=2 sequence_parallel=1",
    "pipeline=2 n_microbatches=4 accumulate=2", "pipeline=2 n_microbatches=8 schedule=gpipe recompute=1",
)  # fmt: skip
FOUR = (
    "tensor=1", "zero=1", "zero=3", "tensor=4", "tensor=4 sequence_parallel=1 tied=1",
    "pipeline=4 n_microbatches=4", "tensor=2", "tensor=2 zero=2", "tensor=2 zero=3 sequence_parallel=1 recompute=1",
    "pipeline=2 n_microbatches=2", "pipeline=2 n_microbatches=4 zero=3", "pipeline=2 n_microbatches=2 zero=1",
    "pipeline=2 tensor=2 n_microbatches=4 sequence_parallel=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def two() -> list[dict[str, list[float]]]:
    return launch("layouts:compare", 2, *TWO, limit=240)


@pytest.fixture(scope="module")
def four() -> list[dict[str, list[float]]]:
    return launch("layouts:compare", 4, *FOUR, limit=360)


@pytest.mark.parametrize("layout", TWO)
def test_two_processes_equal_one(two: list, layout: str) -> None:
    check(two, layout)


@pytest.mark.parametrize("layout", FOUR)
def test_four_processes_equal_one(four: list, layout: str) -> None:
    check(four, layout)


def check(ranks: list[dict[str, list[float]]], layout: str) -> None:
    """Every process saw the same, and it is the same as in one process, which learned something."""
    for rank in ranks:
        losses, norms, weights, learned = rank[layout]
        assert losses < TOLERANCE
        assert norms < 10 * TOLERANCE, "norms are about 10 times as large as losses"
        assert weights < TOLERANCE
        assert learned > 1.0


@pytest.mark.parametrize("n", [2, 4])
def test_a_model_on_a_tensor_axis_writes_the_same_texts(n: int) -> None:
    for texts in launch("layouts:write", n, "1"):
        whole, cut = texts[:4], texts[4:]
        assert cut[:3] == whole[:3]
        assert whole[3] == [1, 4, 30, 6]
        assert cut[3] == [1, 4 // n, 30, 6], "each process caches its own heads alone"


def test_processes_that_were_told_different_things_say_so() -> None:
    assert launch("layouts:differ", 3, "same") == ["agreed"] * 3
    for message in launch("layouts:differ", 3, "other"):
        assert message.startswith("the processes do not agree: seed is 2 on rank 0 and 1 on ranks 1, 2. Give all")
