"""What every process holds falls as 1/n where theory says so: measured on 2 and 4 processes."""

import pytest
from launch import launch

KINDS = ("weights", "gradients", "optimizer")
STEPS = 4 * (4 * 9 + 3)  # AdamW counts the steps of each of the 39 tensors in 4 bytes


@pytest.fixture(scope="module", params=[2, 4])
def measured(request: pytest.FixtureRequest) -> tuple[int, list[dict[str, dict[str, int]]]]:
    n = request.param
    layouts = ("tensor=1", "zero=1", "zero=2", "zero=3", f"tensor={n}", f"pipeline={n} n_microbatches={n}")
    return n, launch("memory:measure", n, *layouts)


def held(one: dict[str, int]) -> list[int]:
    """Weights, gradients, and moments without the counts of steps."""
    return [one["weights"], one["gradients"], one["optimizer"] - STEPS]


def test_replicas_hold_everything(measured: tuple) -> None:
    _, ranks = measured
    for rank in ranks:
        assert held(rank["tensor=1"]) == held(rank[""])
        assert held(rank[""]) == [788_736, 788_736, 2 * 788_736]  # 197,184 parameters of 4 bytes


def test_zero_shares_moments_then_gradients_then_weights(measured: tuple) -> None:
    """At the step of the optimizer; stage 1 also keeps whole weights, and whole gradients until they are collected."""
    n, ranks = measured
    for rank in ranks:
        weights, gradients, moments = held(rank[""])
        assert held(rank["zero=1"]) == [weights + weights // n, gradients // n, moments // n]
        for stage in ("zero=2", "zero=3"):
            assert held(rank[stage]) == [weights // n, gradients // n, moments // n]


def test_a_tensor_axis_shares_matrices_and_repeats_gains(measured: tuple) -> None:
    n, ranks = measured
    gains = 4 * 9 * 64
    for rank in ranks:
        pairs = zip(held(rank[""]), (1, 1, 2), strict=True)
        shares = [(whole - copies * gains) // n + copies * gains for whole, copies in pairs]
        assert held(rank[f"tensor={n}"]) == shares


def test_the_stages_of_a_pipeline_share_everything(measured: tuple) -> None:
    n, ranks = measured
    name = f"pipeline={n} n_microbatches={n}"
    for kind in KINDS:
        assert sum(rank[name][kind] for rank in ranks) == ranks[0][""][kind]
        assert max(rank[name][kind] for rank in ranks) < 1.3 * ranks[0][""][kind] / n


def test_the_peak_of_a_step_falls_too(measured: tuple) -> None:
    _, ranks = measured
    for rank in ranks:
        assert rank["zero=3"]["peak"] < rank["zero=2"]["peak"] < rank[""]["peak"]
        assert rank["zero=1"]["peak"] < rank["tensor=1"]["peak"] < rank[""]["peak"]
