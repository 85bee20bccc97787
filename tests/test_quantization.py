"""The arithmetic of quantization: values by hand, bounds, Q4_1 as oracle. Sizes: N=5 K=96, groups of 32."""

import pytest
import torch
from torch import Tensor

from minillama.formats.gguf_blocks import dequantize as decode_blocks
from minillama.formats.gguf_encode import encode
from minillama.quantization import (
    Grid,
    absmax_quantize,
    codes_for,
    dequantize,
    find_grid,
    quantize,
    storable_grid,
    zero_point_quantize,
)

GRIDS = [Grid(bits, group, symmetric) for bits in (2, 3, 4, 8) for group in (None, 32) for symmetric in (False, True)]


def some_weight(seed: int = 0) -> Tensor:
    """Rows and groups of very different sizes, none of them centered."""
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(5, 96, generator=generator) + 0.3
    return weight * 10 ** torch.linspace(-3, 2, 5 * 3).view(5, 3).repeat_interleave(32, 1)


def per_weight(numbers: Tensor, n_columns: int = 96) -> Tensor:
    """(N, G) -> (N, K)."""
    return numbers.repeat_interleave(n_columns // numbers.shape[1], 1)


def test_asymmetric_by_hand() -> None:
    weight = torch.tensor([[-1.0, 0.4, 2.0, 0.6], [8.0, 8.0, 4.0, 7.0]])
    codes, scale, minimum = quantize(weight, Grid(2, group=2))
    assert scale.tolist() == [[0.466552734375, 0.466552734375], [0.0, 1.0]]  # 1.4 / 3 in float16
    assert minimum.tolist() == [[-1.0, 0.60009765625], [8.0, 4.0]]
    assert codes.tolist() == [[0, 3, 3, 0], [0, 0, 0, 3]]


def test_symmetric_by_hand() -> None:
    codes, scale, minimum = quantize(torch.tensor([[-3.0, 0.6, 0.4, 1.0]]), Grid(3, symmetric=True))
    assert (scale.item(), minimum.item()) == (1.0, -4.0)
    assert codes.tolist() == [[1, 5, 4, 5]]  # levels -3, 1, 0, 1
    assert dequantize(codes, scale, minimum).tolist() == [[-3.0, 1.0, 0.0, 1.0]]


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_no_weight_moves_further_than_half_a_step(grid: Grid) -> None:
    weight = some_weight()
    scale, minimum = find_grid(weight, grid)
    assert scale.shape == minimum.shape == (5, grid.n_groups(96))
    codes = codes_for(weight, scale, minimum, grid.bits)
    moved = (dequantize(codes, scale, minimum) - weight).abs() / per_weight(scale)
    assert moved.max() <= 0.5 + 1e-4
    assert moved.max() > 0.4
    if grid.symmetric:
        assert codes.min() >= 1, "code 0 would be a level without a counterpart"


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_what_is_stored_differs_by_the_rounding_to_float16_alone(grid: Grid) -> None:
    weight = some_weight()
    codes, scale, minimum = quantize(weight, grid)
    unrounded = find_grid(weight, grid)
    assert torch.equal(codes, codes_for(weight, *unrounded, grid.bits))
    assert torch.equal(scale, scale.half().float())
    assert torch.allclose(scale, unrounded[0], rtol=2**-11, atol=2**-25)
    far = 2**-25 * (grid.center if grid.symmetric else 1)  # half of the smallest float16
    assert torch.allclose(minimum, unrounded[1], rtol=2**-11, atol=far)


def test_more_bits_and_smaller_groups_are_nearer() -> None:
    weight = some_weight()

    def error(grid: Grid) -> float:
        return (dequantize(*quantize(weight, grid)) - weight).square().sum().item()

    by_bits = [error(Grid(bits, 32)) for bits in (2, 3, 4, 5, 6, 8)]
    assert by_bits == sorted(by_bits, reverse=True)
    by_group = [error(Grid(4, group)) for group in (None, 32, 8)]
    assert by_group == sorted(by_group, reverse=True)


def test_equals_q4_1() -> None:
    """Codes, scales and minima of the block format, on groups of every size."""
    weight = torch.cat([some_weight(seed) for seed in range(50)])
    decoded = dequantize(*quantize(weight, Grid(4, 32)))
    assert torch.equal(decoded, decode_blocks(encode(weight, "Q4_1").flatten(), "Q4_1", weight.shape))


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_zeros_and_constants_are_exact(grid: Grid) -> None:
    zeros = torch.zeros(5, 96)
    assert torch.equal(dequantize(*quantize(zeros, grid)), zeros)
    constant = torch.full((5, 96), -0.375)
    decoded = dequantize(*quantize(constant, grid))
    tolerance = 2**-10 if grid.symmetric else 0  # a float16 scale times a level
    assert torch.allclose(decoded, constant, rtol=tolerance, atol=0)
    tiny = torch.linspace(-1e-41, 1e-41, 96).expand(5, 96)  # the inverse of the scale would be infinite
    assert dequantize(*quantize(tiny, grid)).abs().max() == 0


def test_values_beyond_the_grid_take_its_ends() -> None:
    scale, minimum = torch.tensor([[0.5]]), torch.tensor([[-1.0]])
    assert codes_for(torch.tensor([[-9.0, 9.0, 0.24, 0.26]]), scale, minimum, 2).tolist() == [[0, 3, 2, 3]]
    assert codes_for(torch.tensor([[0.0]]), scale, minimum, 2).tolist() == [[2]]  # one column alone


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), 1e7])
@pytest.mark.parametrize("symmetric", [False, True])
def test_what_float16_cannot_hold_is_refused(bad: float, symmetric: bool) -> None:
    weight = some_weight()
    weight[3, 40] = bad
    with pytest.raises(ValueError, match="not finite, or too large for a scale in float16"):
        quantize(weight, Grid(4, 32, symmetric))


def test_a_symmetric_minimum_is_not_bound_by_float16() -> None:
    scale, minimum = storable_grid(torch.tensor([[1000.0]]), torch.tensor([[0.0]]), Grid(8, symmetric=True))
    assert (scale.item(), minimum.item()) == (1000.0, -128_000.0)


@pytest.mark.parametrize(
    ("grid", "bits"),
    [
        (Grid(4, 32), 5.0),
        (Grid(4, 32, True), 4.5),
        (Grid(8, 32, True), 8.5),
        (Grid(8), 8 + 32 / 576),
        (Grid(3, 64), 3.5),
    ],
)
def test_bits_per_weight(grid: Grid, bits: float) -> None:
    assert grid.bits_per_weight(576) == bits


def test_bad_grids() -> None:
    for bits in (1, 9, 4.0):
        with pytest.raises(ValueError, match=f"bits must be an integer from 2 to 8, got {bits}"):
            Grid(bits)
    with pytest.raises(ValueError, match="group must be a positive number of weights, or None for whole rows, got 0"):
        Grid(4, 0)
    with pytest.raises(ValueError, match="groups of 64 do not divide rows of 96 weights: choose a divisor"):
        quantize(some_weight(), Grid(4, 64))


def test_whole_tensors() -> None:
    values = torch.tensor([[[1.0, -4.0]], [[3.5, 7.0]]])
    levels, scale = absmax_quantize(values, bits=4)
    assert (levels.dtype, scale.item()) == (torch.int8, 1.0)
    assert levels.tolist() == [[[1, -4]], [[4, 7]]]
    codes, scale, minimum = zero_point_quantize(values, bits=8)
    assert (codes.dtype, minimum.item()) == (torch.uint8, -4.0)
    assert (codes * scale + minimum - values).abs().max() <= 11 / 255 / 2 + 11 * 2**-11
    assert absmax_quantize(torch.linspace(-1, 1, 999))[0].unique().tolist() == list(range(-127, 128))


def test_one_outlier_spoils_only_its_group() -> None:
    weight = torch.randn(1, 96, generator=torch.Generator().manual_seed(3))
    weight[0, 5] = 100.0
    far = {
        group: (dequantize(*quantize(weight, Grid(4, group))) - weight)[0, 32:].square().mean().item()
        for group in (None, 32)
    }
    assert far[32] < far[None] / 50
