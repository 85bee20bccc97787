"""Tests of minillama.awq."""

import copy

import pytest
import torch
from tiny import TINY, loud_model, random_tokens

from minillama.awq import ALPHAS, awq_clip, awq_scale, clipped, importance, rounding_error
from minillama.calibration import InputStatistics, calibrate, output_error
from minillama.model import Llama
from minillama.quantization import Grid, dequantize, quantize
from minillama.quantized_layers import quantize_model

GRID = Grid(3, symmetric=True)
SEQUENCES = [random_tokens(8, 60, seed=seed) for seed in range(2)]


def model_with_outliers() -> Llama:
    """Its norms let three channels through ten times as loud as the rest, as trained models do."""
    model = loud_model().float()
    with torch.no_grad():
        for block in model.layers:
            for norm, readers in (
                (block.attention_norm, [block.attention.q_proj, block.attention.k_proj, block.attention.v_proj]),
                (block.feedforward_norm, [block.feedforward.gate_proj, block.feedforward.up_proj]),
            ):
                norm.weight[:3] *= 10
                for reader in readers:
                    reader.weight[:, :3] /= 10
    return model


def test_importance_has_its_middle_at_1_and_bounds_silent_channels() -> None:
    statistics = InputStatistics(4)
    statistics.add(torch.tensor([[1.0, 16.0, 0.0, 4.0]]))
    assert importance(statistics, 0.0).tolist() == [1.0] * 4
    scale = importance(statistics, 0.5)
    assert (scale.max() * scale.min()).item() == pytest.approx(1)
    assert (scale[1] / scale[0]).item() == pytest.approx(4)
    assert (scale[0] / scale[2]).item() == pytest.approx((1 / (1e-3 * 5.25)) ** 0.5)
    silent = InputStatistics(3)
    silent.add(torch.zeros(2, 3))
    assert importance(silent, 0.5).tolist() == [1.0] * 3


def test_rounding_error_worked_by_hand() -> None:
    # 1.0 and 0.4 on the grid -1, 0, 1: an error of 0.4 in column 1, whose mean square input is 9.
    weight, moment = torch.tensor([[1.0, 0.4]]), torch.diag(torch.tensor([1.0, 9.0]))
    grid = Grid(2, symmetric=True)
    assert rounding_error([weight], torch.ones(2), moment, grid) == pytest.approx(0.16 * 9)
    # Enlarged by 2: 0.8 is rounded to 1, an error of 0.2, halved to 0.1 by the division of the input.
    assert rounding_error([weight, weight], torch.tensor([1.0, 2.0]), moment, grid) == pytest.approx(2 * 0.01 * 9)


def test_scaling_leaves_the_function_as_it_was_and_makes_rounding_better() -> None:
    model, tokens = model_with_outliers(), random_tokens(3, 60, seed=9)
    original, rounded = copy.deepcopy(model), copy.deepcopy(model)
    awq_scale(model, calibrate(model, SEQUENCES), GRID)
    with torch.no_grad():
        logits = original(tokens)
        torch.testing.assert_close(model(tokens), logits, rtol=0, atol=1e-4 * logits.abs().max().item())
        assert not torch.equal(model.layers[0].attention.q_proj.weight, original.layers[0].attention.q_proj.weight)
        quantize_model(rounded, GRID, head=None)
        quantize_model(model, GRID, head=None)
        plain, aware = ((one(tokens) - logits).pow(2).mean().item() for one in (rounded, model))
    assert aware < 0.8 * plain


def test_scales_are_the_best_of_those_tried_and_statistics_follow_them() -> None:
    model = model_with_outliers()
    original, statistics = copy.deepcopy(model), calibrate(model, SEQUENCES)
    changed = awq_scale(model, statistics, GRID)
    fresh = calibrate(model, SEQUENCES)
    assert changed.keys() == statistics.keys()
    for name, one in changed.items():
        torch.testing.assert_close(one.mean_absolute, fresh[name].mean_absolute, rtol=1e-3, atol=1e-4)
        torch.testing.assert_close(one.second_moment, fresh[name].second_moment, rtol=1e-2, atol=1e-2)
    chosen = []
    for name in ("layers.0.feedforward.down_proj", "layers.2.feedforward.down_proj"):
        before, after = original.get_submodule(name).weight, model.get_submodule(name).weight
        scale = (after / before).median(0).values
        inputs = statistics[name]
        errors = [rounding_error([before], importance(inputs, a), inputs.second_moment, GRID) for a in ALPHAS]
        assert rounding_error([before], scale, inputs.second_moment, GRID) == pytest.approx(min(errors), rel=0.02)
        chosen.append(ALPHAS[errors.index(min(errors))])
    assert max(chosen) > 0


@pytest.mark.parametrize("grid", [Grid(3, symmetric=True), Grid(3, group=8), Grid(2, group=12, symmetric=True)])
def test_clipping_lowers_the_error_inside_every_group(grid: Grid) -> None:
    generator = torch.Generator().manual_seed(4)
    weight, x = torch.randn(13, 24, generator=generator) ** 3, torch.randn(200, 24, generator=generator)
    moment = x.T @ x / 200
    cut = clipped(weight, moment, grid)
    size = grid.group or 24
    for start in range(0, 24, size):
        part = slice(start, start + size)
        for row in range(13):
            one = slice(row, row + 1)
            costs = [
                output_error((dequantize(*quantize(w, grid)) - weight)[one, part], moment[part, part])
                for w in (weight, cut)
            ]
            assert costs[1] <= costs[0] * (1 + 1e-5)
    assert (cut.abs() <= weight.abs()).all()
    assert torch.equal(cut.sign(), weight.sign())
    assert not torch.equal(cut, weight)


def test_clipping_leaves_queries_keys_and_lossless_weights_alone() -> None:
    model = loud_model().float()
    original, statistics = copy.deepcopy(model), calibrate(model, SEQUENCES)
    awq_clip(model, statistics, GRID)
    touched = {
        name
        for (name, new), old in zip(model.named_parameters(), original.parameters(), strict=True)
        if not torch.equal(new, old)
    }
    expected = {name for name in statistics if not name.endswith(("q_proj", "k_proj"))}
    assert touched == {f"{name}.weight" for name in expected}
    assert len(touched) == 5 * TINY.n_layers
    weight = dequantize(*quantize(torch.randn(5, 12), Grid(4, group=6)))
    assert torch.equal(clipped(weight, torch.eye(12), Grid(4, group=6)), weight)


def test_groups_that_do_not_divide_are_refused() -> None:
    model = loud_model().float()
    with pytest.raises(ValueError, match="groups of 5 do not divide rows of 24"):
        awq_scale(model, calibrate(model, SEQUENCES[:1]), Grid(4, group=5))
