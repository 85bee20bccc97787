"""Tests of minillama.activation_quantization."""

import copy

import pytest
import torch
from test_awq import model_with_outliers
from tiny import loud_model, random_tokens
from torch import nn

from minillama.activation_quantization import (
    W8A8Linear,
    fused_int8_matmul,
    int8_matmul,
    quantize_activations,
    smooth_model,
)
from minillama.calibration import calibrate
from minillama.surgery import replace_linears


def test_levels_worked_by_hand() -> None:
    x = torch.tensor([[[127.0, -63.6], [0.0, 0.0]], [[2.54, 1.0], [-1.27, 0.5]]])
    levels, scale = quantize_activations(x)
    assert levels.tolist() == [[[127, -64], [0, 0]], [[127, 50], [-127, 50]]]
    assert scale.flatten().tolist() == pytest.approx([1.0, 0.0, 0.02, 0.01])
    levels, scale = quantize_activations(x, "tensor")
    assert levels.tolist() == [[[127, -64], [0, 0]], [[3, 1], [-1, 0]]]
    assert scale.item() == 1.0
    levels, scale = quantize_activations(x, "channel")
    assert scale.tolist() == pytest.approx([1.0, 63.6 / 127])
    assert levels[..., 1].tolist() == [[-127, 0], [2, 1]]


@pytest.mark.parametrize("share", ["tensor", "token", "channel"])
def test_nothing_moves_by_more_than_half_a_step(share: str) -> None:
    x = torch.randn(3, 17, 24)
    levels, scale = quantize_activations(x, share)
    assert ((levels * scale - x).abs() <= 0.5001 * scale).all()
    assert levels.abs().max() == 127


def test_an_outlier_channel_costs_more_the_more_numbers_share_its_scale() -> None:
    x = torch.randn(50, 32, generator=torch.Generator().manual_seed(0))
    x[:, 5] *= 100
    x[:10] *= 8  # some tokens are louder
    others = [i for i in range(32) if i != 5]

    def error(share: str) -> float:
        levels, scale = quantize_activations(x, share)
        return (levels * scale - x)[:, others].pow(2).mean().item()

    assert error("channel") < 0.01 * error("token") < 0.5 * 0.01 * error("tensor")


@pytest.mark.parametrize(("n_tokens", "n_outputs"), [(1, 3), (17, 40), (33, 8)])
def test_both_products_are_exact(n_tokens: int, n_outputs: int) -> None:
    generator = torch.Generator().manual_seed(1)
    left = torch.randint(-127, 128, (n_tokens, 1536), generator=generator).to(torch.int8)
    right = torch.randint(-127, 128, (n_outputs, 1536), generator=generator).to(torch.int8)
    right[0], left[0] = 127, 127  # 1536 * 127 * 127 is more than float32 counts exactly
    left[0, 0] = 126
    expected = left.long() @ right.long().T
    assert expected[0, 0] == 1536 * 127 * 127 - 127
    for product in (int8_matmul, fused_int8_matmul):
        assert product(left, right).dtype == torch.int32
        assert torch.equal(product(left, right).long(), expected)


def test_layer_is_the_product_of_the_rounded_numbers() -> None:
    linear, x = nn.Linear(24, 10, bias=False), torch.randn(2, 7, 24)
    layer = W8A8Linear.from_linear(linear)
    levels, scale = quantize_activations(x)
    weight = layer.levels * layer.scale[:, None]
    torch.testing.assert_close(layer(x), (levels * scale) @ weight.T)
    torch.testing.assert_close(layer(x), linear(x), rtol=0, atol=0.02)
    assert (layer.in_features, layer.out_features) == (24, 10)
    assert layer(x.bfloat16()).dtype == torch.bfloat16
    assert (linear.weight - weight).abs().max() <= 0.5001 * layer.scale.max()


def test_a_token_does_not_depend_on_its_neighbors() -> None:
    layer, x = W8A8Linear.from_linear(nn.Linear(24, 10, bias=False)), torch.randn(7, 24)
    louder = x.clone()
    louder[3] *= 100
    assert torch.equal(layer(x)[:3], layer(louder)[:3])


def to_w8a8(model: nn.Module) -> nn.Module:
    model = copy.deepcopy(model)
    replace_linears(model, lambda _, linear: W8A8Linear.from_linear(linear), lambda name: name != "lm_head")
    return model


@torch.no_grad()
def test_a_whole_model_stays_close() -> None:
    model, tokens = loud_model().float(), random_tokens(2, 40)
    logits = model(tokens)
    difference = (to_w8a8(model)(tokens) - logits).pow(2).mean().sqrt() / logits.pow(2).mean().sqrt()
    assert 0.001 < difference < 0.1


@torch.no_grad()
def test_smoothing_keeps_the_function_and_helps_where_outliers_are() -> None:
    model, tokens = model_with_outliers(), random_tokens(2, 40, seed=7)
    logits, before = model(tokens), to_w8a8(model)
    statistics = calibrate(model, [random_tokens(4, 60)])
    smooth_model(model, statistics)
    torch.testing.assert_close(model(tokens), logits, rtol=0, atol=1e-4 * logits.abs().max().item())
    errors = [(one(tokens) - logits).pow(2).mean().item() for one in (before, to_w8a8(model))]
    assert errors[1] < 0.8 * errors[0]


def test_smoothing_shares_size_between_activations_and_weights_as_asked() -> None:
    def largest(alpha: float) -> tuple[torch.Tensor, torch.Tensor]:
        model, sequences = model_with_outliers(), [random_tokens(4, 60)]
        smooth_model(model, calibrate(model, sequences), alpha)
        inputs = calibrate(model, sequences)["layers.1.feedforward.down_proj"].largest_absolute
        return inputs, model.layers[1].feedforward.down_proj.weight.detach().abs().amax(0)

    inputs, weights = largest(alpha=0.5)
    torch.testing.assert_close(inputs, weights, rtol=1e-3, atol=1e-4)
    torch.testing.assert_close(largest(alpha=1.0)[0], torch.ones(56), rtol=1e-3, atol=1e-4)
    torch.testing.assert_close(largest(alpha=0.0)[1], torch.ones(56), rtol=1e-3, atol=1e-4)


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="share must be 'tensor', 'token' or 'channel', got 'row'"):
        quantize_activations(torch.ones(2, 3), "row")
    with pytest.raises(ValueError, match="only linear layers without bias can be converted"):
        W8A8Linear.from_linear(nn.Linear(3, 5))
