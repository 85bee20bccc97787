"""Tests of minillama.parallel.recorder: each collective by hand, and each scheme's step equal to its prediction."""

from math import prod

import pytest
from launch import launch
from recording import ODD

from minillama.parallel.data_traffic import n_buckets
from minillama.parallel.layout import Layout
from minillama.parallel.weight_shapes import stage_shapes

N_WEIGHTS, N_BYTES = 48, 155_700  # tensors of the model ODD, and its weights in float32
LIMIT = 300.0  # seconds; a quiet machine needs a tenth

TWO = [
    "",
    "batches=2",
    "zero=1 batches=2",
    "zero=1 tied=1",
    "zero=2",
    "zero=2 batches=2",
    "zero=3",
    "zero=3 batches=2",
    "zero=3 tied=1 recompute=1",
    "zero=3 precision=bfloat16",
    "zero=2 precision=bfloat16 batches=2",
    "tensor=2",
    "tensor=2 chunk=0 batches=2",
    "tensor=2 recompute=1",
    "tensor=2 precision=bfloat16 recompute=1",
    "tensor=2 sequence_parallel=1 batches=2",
    "tensor=2 sequence_parallel=1 recompute=1 tied=1",
    "tensor=2 sequence_parallel=1 precision=bfloat16 recompute=1",
    "pipeline=2 n_microbatches=4",
    "pipeline=2 n_microbatches=4 schedule=gpipe recompute=1",
]
FOUR = [
    "",
    "zero=1",
    "zero=2 batches=2",
    "zero=3",
    "tensor=4",
    "tensor=4 sequence_parallel=1",
    "pipeline=4 n_microbatches=4",
    "pipeline=4 n_microbatches=8 schedule=gpipe",
    "tensor=2 batches=2",
    "tensor=2 zero=2",
    "tensor=2 zero=3 sequence_parallel=1 batches=2",
    "tensor=2 zero=3 sequence_parallel=1 precision=bfloat16 recompute=1",
    "pipeline=2 n_microbatches=4",
    "pipeline=2 n_microbatches=4 zero=1 schedule=gpipe",
    "pipeline=2 n_microbatches=4 zero=3 precision=bfloat16",
    "pipeline=2 n_microbatches=4 zero=2",
    "pipeline=2 n_microbatches=4 zero=3",
    "pipeline=2 n_microbatches=4 zero=3 schedule=gpipe",
    "pipeline=2 n_microbatches=4 tensor=2",
    "pipeline=2 n_microbatches=2 tensor=2 sequence_parallel=1 recompute=1",
]


def scalars(case: str, n: int) -> list[list]:
    """What a team adds to a step: the number of targets along the data axis, the loss along data and pipeline."""
    options = dict(part.split("=") for part in case.split())
    stages, tensor = int(options.get("pipeline", 1)), int(options.get("tensor", 1))
    data = n // stages // tensor
    along_data = [["data", "all_reduce", 2, 16, data]] if data > 1 else []
    return along_data + ([["pipeline", "all_reduce", 1, 8, stages]] if stages > 1 else [])


def added(first: list[list], second: list[list]) -> list[list]:
    """Calls and bytes of both, by axis, kind and group."""
    sums: dict[tuple, list[int]] = {}
    for axis, kind, n_calls, n_bytes, n_ranks in first + second:
        total = sums.setdefault((axis, kind, n_ranks), [0, 0])
        total[0] += n_calls
        total[1] += n_bytes
    return [[axis, kind, *total, n_ranks] for (axis, kind, n_ranks), total in sorted(sums.items())]


@pytest.mark.parametrize(("n", "cases"), [(2, TWO), (4, FOUR)])
def test_a_step_makes_the_predicted_collectives(n: int, cases: list[str]) -> None:
    for rank, found in enumerate(launch("recording:steps", n, *cases, limit=LIMIT)):
        for case in cases:
            measured, predicted = found[case]
            assert predicted
            assert measured == added(predicted, scalars(case, n)), (rank, case)


@pytest.fixture(scope="module")
def two() -> list[dict]:
    return launch("recording:on_two", 2, limit=LIMIT)


@pytest.fixture(scope="module")
def four() -> list[dict]:
    return launch("recording:on_four", 4, limit=LIMIT)


def test_one_collective_more_is_seen(two: list[dict]) -> None:
    for one in two:
        measured, predicted = one["one more"]
        expected = added(predicted, scalars("zero=3", 2))
        assert measured != expected
        assert measured == added(expected, [["data", "all_reduce", 1, 4, 2]])


def test_collectives_by_hand(two: list[dict]) -> None:
    expected = {
        "all_reduce": ["all_reduce", 1, 24, 2],
        "all_reduce of bfloat16": ["all_reduce", 1, 12, 2],
        "coalesced": ["all_reduce", 1, 36, 2],
        "all_gather": ["all_gather", 1, 24, 2],
        "all_gather_single": ["all_gather", 1, 48, 2],
        "reduce_scatter": ["reduce_scatter", 1, 24, 2],
        "reduce_scatter_single": ["reduce_scatter", 1, 24, 2],
        "broadcast": ["broadcast", 1, 24, 2],
        "send": ["send", 1, 24, 2],
        "DTensor, sum": ["all_reduce", 1, 24, 2],
        "DTensor, gather": ["all_gather", 1, 48, 2],
        "DTensor, scatter": ["reduce_scatter", 1, 24, 2],
        "DTensor, inside": ["all_reduce", 1, 24, 2],
        "alone": [],
        "barrier": [],
    }
    for one in two:
        assert one["collectives"] == {name: [["tensor", *row]] if row else [] for name, row in expected.items()}


def test_what_cannot_be_counted_is_named(four: list[dict]) -> None:
    for rank, one in enumerate(four):
        found = one["refused"]
        assert found["all_to_all"].startswith("c10d.alltoall_base_ is a collective that the record cannot count: use")
        assert found["all"] == "[['all', 'all_reduce', 1, 20, 4]]"
        if rank in (0, 3):
            assert found["stranger"].startswith("a collective joins the ranks [0, 3], which are neither an axis")


def test_data_parallelism_by_hand_and_by_torch(two: list[dict], four: list[dict]) -> None:
    sizes = [4 * prod(shape) for shape in stage_shapes(ODD, Layout()).in_order]
    assert (len(sizes), sum(sizes)) == (N_WEIGHTS, N_BYTES)
    n_small = n_buckets(sizes[::-1], int(0.02 * 2**20))
    assert n_small > 5
    for n, one in [(2, one) for one in two] + [(4, one) for one in four]:
        found = one["by torch"]
        assert found["average_gradients"] == [["data", "all_reduce", 1, N_BYTES + 4, n]]  # and the number of targets
        assert found["one bucket"] == [["data", "all_reduce", 1, N_BYTES, n]]
        assert found["buckets"] == [["data", "all_reduce", n_small, N_BYTES, n]]
        settling = [row[:3] for row in found["buckets, settling"]]
        assert settling == [["data", "all_reduce", n_small], ["data", "broadcast", 2]]  # rank 0 tells its buckets
        for name in ("one bucket", "buckets"):
            assert found[f"{name}, optimizer"] == [["data", "broadcast", N_WEIGHTS, N_BYTES, n]]


def test_a_pipeline_learns_its_shapes_at_its_first_step(two: list[dict]) -> None:
    message = 4 * (8 // 4) * 12 * 25  # one micro-batch
    for one in two:
        first, second = one["first step"]
        assert second == [["pipeline", "send", 4, 4 * message, 2]]
        assert first[0][2] > 4
