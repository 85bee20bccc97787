"""Tests of minillama.gptq."""

import itertools

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import Tensor

from minillama.calibration import output_error
from minillama.gptq import BLOCK, gptq_model, gptq_quantize
from minillama.model import Llama
from minillama.quantization import Grid, codes_for, dequantize, find_grid, quantize, storable_grid
from minillama.quantized_layers import QuantizedLinear, quantize_model


def weight_and_moment(n_rows: int, n_columns: int, n_tokens: int = 400, seed: int = 0) -> tuple[Tensor, Tensor]:
    """A random weight, and the second moment of inputs that are strongly correlated."""
    generator = torch.Generator().manual_seed(seed)
    mix = torch.randn(n_columns, n_columns, generator=generator)
    mix = mix * torch.linspace(1, 0.05, n_columns)[:, None]  # few directions carry most
    x = torch.randn(n_tokens, n_columns, generator=generator) @ mix
    return torch.randn(n_rows, n_columns, generator=generator), x.T @ x / n_tokens


def by_surgery(weight: Tensor, moment: Tensor, grid: Grid, damping: float) -> Tensor:
    """The slow oracle: optimal brain surgeon, one column at a time, with a fresh inverse for every step."""
    rest = weight.double().clone()
    n_columns = weight.shape[1]
    hessian = moment.double() + damping * moment.double().diagonal().mean() * torch.eye(n_columns).double()
    size = grid.group or n_columns
    for i in range(n_columns):
        if i % size == 0:
            whole = Grid(grid.bits, symmetric=grid.symmetric)
            scale, minimum = storable_grid(*find_grid(rest[:, i : i + size].float(), whole), whole)
        code = codes_for(rest[:, i : i + 1].float(), scale, minimum, grid.bits)
        fixed = dequantize(code, scale, minimum)[:, 0].double()
        inverse = torch.linalg.inv(hessian[i:, i:])
        rest[:, i:] += torch.outer((fixed - rest[:, i]) / inverse[0, 0], inverse[0])
        rest[:, i] = fixed
    return rest


def test_two_columns_worked_by_hand() -> None:
    # Second moment [[2, 1], [1, 2]], damped by half its mean diagonal: [[3, 1], [1, 3]]. An error e in column 0 is best
    # made up for by -e * (-1/3) ... the minimum of 3 e^2 + 2 e d + 3 d^2 over d is at d = -e / 3.
    weight, moment = torch.tensor([[0.4, 0.9], [1.0, -0.25]]), torch.tensor([[2.0, 1.0], [1.0, 2.0]])
    codes, scale, minimum = gptq_quantize(weight, moment, Grid(2, symmetric=True), damping=0.5)
    # Row 0: scale 0.9 (nearly, in float16); 0.4 -> 0, e = -0.4, column 1 becomes 0.9 + 0.4 / 3 = 1.03 -> 0.9.
    # Row 1: scale 1; 1.0 is on the grid, -0.25 -> 0.
    assert scale.flatten().tolist() == pytest.approx([0.9, 1.0], rel=1e-3)
    assert codes.tolist() == [[2, 3], [3, 2]]
    weight = torch.tensor([[0.4, 0.4, 1.0]])
    moment = torch.tensor([[3.0, 1.5, 0.0], [1.5, 3.0, 0.0], [0.0, 0.0, 3.0]])
    # 0.4 -> 0, e = -0.4; column 1 becomes 0.4 + 0.4 * 1.5 / 3.03 = 0.598 -> 1. Rounding alone would give 0, 0.
    assert dequantize(*gptq_quantize(weight, moment, Grid(2, symmetric=True))).tolist() == [[0.0, 1.0, 1.0]]


@pytest.mark.parametrize("grid", [Grid(3), Grid(3, group=5), Grid(4, group=15, symmetric=True)])
@pytest.mark.parametrize("damping", [0.01, 0.3])
def test_equals_optimal_brain_surgeon_one_column_at_a_time(grid: Grid, damping: float) -> None:
    weight, moment = weight_and_moment(7, 30)
    ours = dequantize(*gptq_quantize(weight, moment, grid, damping))
    torch.testing.assert_close(ours, by_surgery(weight, moment, grid, damping).float(), rtol=1e-5, atol=1e-5)


def test_blocks_of_columns_change_nothing() -> None:
    weight, moment = weight_and_moment(3, 2 * BLOCK + 9, n_tokens=900)
    ours = dequantize(*gptq_quantize(weight, moment, Grid(4)))
    torch.testing.assert_close(ours, by_surgery(weight, moment, Grid(4), 0.01).float(), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("grid", [Grid(3), Grid(4, group=6, symmetric=True)])
def test_independent_inputs_leave_nothing_to_make_up_for(grid: Grid) -> None:
    weight = torch.randn(5, 18, generator=torch.Generator().manual_seed(3))
    codes, scale, minimum = gptq_quantize(weight, torch.diag(torch.arange(1.0, 19.0)), grid)
    expected = storable_grid(*find_grid(weight, grid), grid)
    assert torch.equal(scale, expected[0])
    assert torch.equal(minimum, expected[1])
    assert torch.equal(codes, codes_for(weight, *expected, grid.bits))


@pytest.mark.parametrize("grid", [Grid(3), Grid(3, group=16), Grid(4, symmetric=True), Grid(4, group=16)])
@pytest.mark.parametrize("seed", range(4))
def test_outputs_move_much_less_than_by_rounding(grid: Grid, seed: int) -> None:
    weight, moment = weight_and_moment(23, 48, seed=seed)
    ours = output_error(dequantize(*gptq_quantize(weight, moment, grid)) - weight, moment)
    nearest = output_error(dequantize(*quantize(weight, grid)) - weight, moment)
    assert ours < 0.7 * nearest


def test_close_to_the_best_of_all_roundings() -> None:
    """On the same grid: never better than the best of all 4 ** 6 choices, and closer to it than rounding."""
    grid, ours, nearest = Grid(2), 0.0, 0.0
    for seed in range(6):
        weight, moment = weight_and_moment(1, 6, seed=seed)
        codes, scale, minimum = gptq_quantize(weight, moment, grid)
        every = torch.tensor(list(itertools.product(range(4), repeat=6)))
        differences = every * scale + minimum - weight
        costs = torch.einsum("ni,ij,nj->n", differences, moment, differences)
        cost = output_error(dequantize(codes, scale, minimum) - weight, moment)
        assert cost >= costs.min() * (1 - 1e-4)
        ours += cost / costs.min().item()
        rounded = dequantize(codes_for(weight, scale, minimum, 2), scale, minimum)
        nearest += output_error(rounded - weight, moment) / costs.min().item()
    assert ours < 0.5 * nearest


def test_inputs_that_were_never_active_are_rounded_to_nearest() -> None:
    weight, moment = weight_and_moment(5, 12)
    dead = [0, 7]
    moment[dead], moment[:, dead] = 0, 0
    codes, scale, minimum = gptq_quantize(weight, moment, Grid(4, symmetric=True))
    assert torch.equal(codes[:, dead], codes_for(weight, scale, minimum, 4)[:, dead])
    nothing = gptq_quantize(weight, torch.zeros(12, 12), Grid(4))
    assert torch.equal(nothing[0], codes_for(weight, *storable_grid(*find_grid(weight, Grid(4)), Grid(4)), 4))


def test_the_scale_of_the_second_moment_does_not_matter() -> None:
    weight, moment = weight_and_moment(5, 12)
    mean, summed = (gptq_quantize(weight, factor * moment, Grid(3))[0] for factor in (1, 4096))
    assert torch.equal(mean, summed)


def logits_error(model: Llama, original: Llama, tokens: Tensor) -> float:
    with torch.no_grad():
        return (model(tokens) - original(tokens)).pow(2).mean().item()


def test_a_whole_model_is_closer_than_by_rounding() -> None:
    grid, tokens = Grid(4, symmetric=True), random_tokens(3, 60, seed=9)
    original, rounded, model = (loud_model().float() for _ in range(3))
    quantize_model(rounded, grid, head=None)
    gptq_model(model, [random_tokens(40, 60, seed=seed) for seed in range(3)], grid)
    layers = [layer for layer in model.modules() if isinstance(layer, QuantizedLinear)]
    assert len(layers) == 7 * TINY.n_layers
    assert {layer.grid for layer in layers} == {grid}
    assert not isinstance(model.lm_head, QuantizedLinear)
    assert logits_error(model, original, tokens) < 0.8 * logits_error(rounded, original, tokens)


def test_bad_input() -> None:
    weight, moment = weight_and_moment(5, 12)
    with pytest.raises(ValueError, match=r"12 columns needs a second moment of shape \(12, 12\), got \(11, 11\): take"):
        gptq_quantize(weight, moment[1:, 1:], Grid(4))
    with pytest.raises(ValueError, match="damping must be positive, got 0"):
        gptq_quantize(weight, moment, Grid(4), damping=0)
    with pytest.raises(ValueError, match="groups of 5 do not divide rows of 12"):
        gptq_quantize(weight, moment, Grid(4, group=5))
    moment[2, 3] = torch.nan
    with pytest.raises(ValueError, match="entries that are not finite: look for inf or nan"):
        gptq_quantize(weight, moment, Grid(4))
