"""sample: greedy, frequencies against the softmax, seeds, bad input."""

import math

import pytest
import torch

from minillama.sampling import sample

LOGITS = torch.tensor([0.0, 1.0, -0.5, 2.0, 0.3])
N = 20_000
CRITICAL = 18.47  # a chi-square of 4 degrees of freedom exceeds it once in 1,000 times


def chi_square(temperature: float, drawn_at: float) -> float:
    """Distance of N drawn tokens from softmax(LOGITS / temperature)."""
    drawn = sample(LOGITS.expand(N, 5), drawn_at, torch.Generator().manual_seed(7))
    observed = torch.bincount(drawn, minlength=5).double()
    expected = N * torch.softmax(LOGITS.double() / temperature, dim=0)
    return ((observed - expected) ** 2 / expected).sum().item()


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_frequencies_match_the_softmax(temperature: float) -> None:
    assert chi_square(temperature, drawn_at=temperature) < CRITICAL
    assert chi_square(temperature, drawn_at=1.1 * temperature) > CRITICAL  # the test can tell


def test_by_hand() -> None:
    logits = torch.tensor([[0.0, math.log(3)]]).expand(N, 2)
    for temperature, share in ((1.0, 3 / 4), (0.5, 9 / 10)):  # 1 : 3 and 1 : 3^2
        drawn = sample(logits, temperature, torch.Generator().manual_seed(7))
        assert drawn.double().mean().item() == pytest.approx(share, abs=0.01)


def test_greedy_takes_the_largest_of_each_row() -> None:
    logits = torch.randn(3, 97)
    greedy = sample(logits, temperature=0.0)
    assert greedy.shape == (3,)
    assert greedy.dtype == torch.int64
    assert torch.equal(greedy, logits.argmax(dim=-1))
    for tiny in (1e-6, 1e-40):
        assert torch.equal(sample(logits, temperature=tiny), greedy)


def test_rows_are_drawn_apart_and_forbidden_tokens_never() -> None:
    logits = torch.full((3, 5), -torch.inf)
    logits[[0, 1, 2], [4, 0, 2]] = 1.0
    assert sample(logits, temperature=9.0).tolist() == [4, 0, 2]
    logits[:, 1] = 1.0
    drawn = torch.stack([sample(logits, temperature=9.0) for _ in range(50)])
    assert [set(column.tolist()) for column in drawn.T] == [{1, 4}, {0, 1}, {1, 2}]


def test_seed_decides_and_the_global_state_is_left_alone() -> None:
    logits = LOGITS.expand(50, 5)
    before = torch.get_rng_state()
    first, again, other = (sample(logits, 1.0, torch.Generator().manual_seed(seed)) for seed in (7, 7, 8))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16])
def test_any_floating_dtype(dtype: torch.dtype) -> None:
    logits = torch.tensor([[60_000.0, 0.0], [0.0, 60_000.0]]).to(dtype)
    assert sample(logits, temperature=0.5).tolist() == [0, 1]


def test_bad_input() -> None:
    for temperature in (-0.1, math.nan):
        with pytest.raises(ValueError, match=f"temperature must be 0 or larger, got {temperature}"):
            sample(LOGITS[None], temperature)
    for bad in (math.nan, math.inf):
        for temperature in (0.0, 1.0):
            with pytest.raises(ValueError, match="logits hold NaN or infinity: check the weights"):
                sample(torch.tensor([[0.0, bad]]), temperature)
