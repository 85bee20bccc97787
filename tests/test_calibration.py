"""Tests of minillama.calibration."""

import pytest
import torch
from tiny import TINY, loud_model, random_tokens
from torch import nn

from minillama.calibration import InputStatistics, calibrate, calibrate_blocks, output_error, recorded


def test_statistics_worked_by_hand() -> None:
    statistics = InputStatistics(2)
    statistics.add(torch.tensor([[[2.0, 0.0], [-4.0, 1.0]]]))
    statistics.add(torch.tensor([[0.0, -3.0]]))
    assert statistics.n_tokens == 3
    torch.testing.assert_close(statistics.second_moment, torch.tensor([[20.0, -4.0], [-4.0, 10.0]]) / 3)
    torch.testing.assert_close(statistics.mean_absolute, torch.tensor([2.0, 4 / 3]))
    assert statistics.largest_absolute.tolist() == [4.0, 3.0]


def test_divided_statistics_are_those_of_divided_inputs() -> None:
    x, scale = torch.randn(11, 5), torch.tensor([0.5, 1.0, 2.0, 3.0, 0.1])
    whole, divided = InputStatistics(5), InputStatistics(5)
    whole.add(x)
    divided.add(x / scale)
    result = whole.divided_by(scale)
    assert result.n_tokens == 11
    for name in ("second_moment", "mean_absolute", "largest_absolute"):
        torch.testing.assert_close(getattr(result, name), getattr(divided, name), rtol=1e-5, atol=1e-5)
    assert whole.mean_absolute[4] < 2, "the original is left alone"


def test_output_error_is_the_mean_square_of_the_outputs() -> None:
    x, difference = torch.randn(50, 6), torch.randn(4, 6)
    expected = (x @ difference.T).pow(2).sum() / 50
    assert output_error(difference, x.T @ x / 50) == pytest.approx(expected.item(), rel=1e-4)


def inputs_of(model: nn.Module, name: str, sequences: list) -> torch.Tensor:
    """Every input a layer gets, taken without the code under test."""
    seen = []
    handle = model.get_submodule(name).register_forward_hook(lambda layer, inputs, output: seen.append(inputs[0]))
    with torch.no_grad():
        for tokens in sequences:
            model(tokens)
    handle.remove()
    return torch.cat([x.flatten(0, -2) for x in seen]).float()


SEQUENCES = [random_tokens(2, 13), random_tokens(1, 7, seed=3)]


@pytest.mark.parametrize(
    "name", ["layers.0.attention.k_proj", "layers.2.attention.o_proj", "layers.1.feedforward.down_proj"]
)
def test_a_whole_models_statistics_are_those_of_its_inputs(name: str) -> None:
    model = loud_model()
    statistics, x = calibrate(model, SEQUENCES)[name], inputs_of(model, name, SEQUENCES)
    assert statistics.n_tokens == len(x) == 33
    torch.testing.assert_close(statistics.second_moment, x.T @ x / 33, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(statistics.mean_absolute, x.abs().mean(0))
    torch.testing.assert_close(statistics.largest_absolute, x.abs().amax(0))


def test_every_projection_is_there_and_those_with_one_input_share() -> None:
    statistics = calibrate(loud_model(), SEQUENCES[:1])
    assert len(statistics) == 7 * TINY.n_layers
    assert len({id(one) for one in statistics.values()}) == 4 * TINY.n_layers
    attention, feedforward = "layers.1.attention.", "layers.1.feedforward."
    assert statistics[attention + "q_proj"] is statistics[attention + "v_proj"]
    assert statistics[feedforward + "gate_proj"] is statistics[feedforward + "up_proj"]
    assert statistics[attention + "q_proj"] is not statistics[feedforward + "up_proj"]


def test_later_blocks_are_measured_on_what_the_caller_made_of_earlier_ones() -> None:
    model, changed = loud_model(), loud_model()
    for prefix, block, statistics in calibrate_blocks(model, SEQUENCES):
        if prefix == "layers.0":
            untouched = statistics
            block.feedforward.down_proj.weight.data.mul_(3)
    changed.layers[0].feedforward.down_proj.weight.data.mul_(3)
    for name in ("layers.2.attention.q_proj", "layers.2.feedforward.down_proj"):
        x = inputs_of(changed, name, SEQUENCES)
        torch.testing.assert_close(statistics[name].mean_absolute, x.abs().mean(0))
        assert not torch.allclose(inputs_of(loud_model(), name, SEQUENCES).abs().mean(0), x.abs().mean(0), rtol=0.01)
    x = inputs_of(loud_model(), "layers.0.feedforward.down_proj", SEQUENCES)
    torch.testing.assert_close(untouched["layers.0.feedforward.down_proj"].mean_absolute, x.abs().mean(0))


def test_hooks_are_gone_afterwards_even_after_an_error() -> None:
    layers = nn.Sequential(nn.Linear(3, 5), nn.Linear(5, 2))
    with pytest.raises(RuntimeError), recorded(layers) as statistics:
        layers(torch.ones(4, 3))
        layers(torch.ones(4, 6))
    layers(torch.ones(4, 3))
    assert statistics["1"].n_tokens == 4
    assert not any(layer._forward_pre_hooks for layer in layers)


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="no inputs were seen: run at least one sequence"):
        _ = InputStatistics(3).second_moment
    with pytest.raises(ValueError, match="calibration needs at least one sequence of token ids, got none"):
        calibrate(loud_model(), [])
    with pytest.raises(ValueError, match=r"tokens must be a \(B, T\) tensor"):
        calibrate(loud_model(), [torch.tensor([5, 11])])
    with pytest.raises(ValueError, match="the context is 64"):
        calibrate(loud_model(), [random_tokens(1, 65)])
