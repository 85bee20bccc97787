"""Tests of minillama.training where numbers are not finite or have few digits: it stops before it does harm."""

import math

import pytest
import torch
from tiny_training import CONFIG, batches, tiny_llama, weights
from torch import nn

from minillama.loss_scaling import LossScaler
from minillama.train_config import TrainConfig
from minillama.training import TrainingError, train


@pytest.mark.parametrize("poison", [math.nan, math.inf])
def test_a_loss_that_is_not_finite_stops_before_the_weights_change(poison: float) -> None:
    model = tiny_llama()
    steps = train(model, batches(), CONFIG)
    next(steps)
    with torch.no_grad():
        model.final_norm.weight[0] = poison
    before = weights(model)
    message = r"step 1: the loss is nan and the gradient norm .* at learning rate 0.01. The weights are those of"
    with pytest.raises(TrainingError, match=message):
        next(steps)
    assert torch.equal(weights(model).nan_to_num(), before.nan_to_num())


def test_a_gradient_that_is_not_finite_stops_as_well() -> None:
    model = tiny_llama()
    before = weights(model)

    def spoil(model: nn.Module, n_targets: int) -> None:
        model.lm_head.weight.grad[0, 0] = math.nan

    with pytest.raises(TrainingError, match=r"step 0: the loss is 4\..* and the gradient norm nan"):
        next(train(model, batches(), CONFIG, after_backward=spoil))
    assert torch.equal(weights(model), before)


@pytest.mark.parametrize(("precision", "far"), [("bfloat16", 0.05), ("float16", 0.01)])
def test_half_precision_stays_close_to_full(precision: str, far: float) -> None:
    exact = list(train(tiny_llama(), batches(), CONFIG))
    half_config = TrainConfig(n_steps=6, learning_rate=0.01, n_warmup=2, precision=precision)
    model = tiny_llama()
    half = list(train(model, batches(), half_config))
    assert all(parameter.dtype == torch.float32 for parameter in model.parameters())
    gaps = [abs(a.loss - b.loss) for a, b in zip(exact, half, strict=True)]
    assert 0 < max(gaps) < far


def test_an_overflow_in_float16_leaves_the_step_out() -> None:
    model, scaler = tiny_llama(), LossScaler(scale=2.0**24, patience=2)
    config = TrainConfig(n_steps=40, learning_rate=0.01, precision="float16")
    before, n_left_out = weights(model), 0
    for step in train(model, batches(), config, scaler=scaler):
        if math.isfinite(step.grad_norm):
            break
        n_left_out += 1
        assert torch.equal(weights(model), before)
        assert scaler.scale == 2.0 ** (24 - n_left_out)
    assert n_left_out > 2
    assert not torch.equal(weights(model), before)


def test_a_gradient_too_long_to_measure_leaves_the_step_out() -> None:
    """Each number is finite, but the sum of their squares is not."""
    model, scaler = tiny_llama(), LossScaler(scale=8.0)
    before = weights(model)

    def spoil(model: nn.Module, n_targets: int) -> None:
        model.lm_head.weight.grad.fill_(1e25)

    config = TrainConfig(n_steps=1, learning_rate=0.01, precision="float16")
    (step,) = train(model, batches(), config, after_backward=spoil, scaler=scaler)
    assert (step.grad_norm, scaler.scale) == (math.inf, 4.0)
    assert torch.equal(weights(model), before)


def test_overflow_at_every_scale_is_an_error() -> None:
    def spoil(model: nn.Module, n_targets: int) -> None:
        model.lm_head.weight.grad[0, 0] = math.inf

    config = TrainConfig(n_steps=100, learning_rate=0.01, precision="float16")
    with pytest.raises(TrainingError, match="step 30: .* gradient norm inf"):
        list(train(tiny_llama(), batches(), config, after_backward=spoil))
