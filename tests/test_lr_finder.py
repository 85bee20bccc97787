"""Tests of minillama.lr_finder."""

from collections.abc import Iterator
from itertools import islice

import pytest
import torch
from tiny import TINY, random_tokens
from tiny_training import B, T, tiny_llama
from torch import Tensor

from minillama.lr_finder import SAFETY, find_learning_rate
from minillama.train_config import TrainConfig
from minillama.training import train


def batches() -> Iterator[tuple[Tensor, Tensor]]:
    for seed in range(1000):
        tokens = random_tokens(B, T, seed=seed)
        yield tokens, (3 * tokens + 1) % TINY.vocab_size


def final_loss(rate: float) -> float:
    """Loss after 80 steps at a constant rate."""
    config = TrainConfig(n_steps=80, learning_rate=rate, final_fraction=1.0)
    losses = [step.loss for step in train(tiny_llama(), batches(), config)]
    return sum(losses[-10:]) / 10


def test_the_suggestion_is_a_good_rate() -> None:
    found = find_learning_rate(tiny_llama(), batches(), lowest=1e-4, highest=10.0)
    assert final_loss(found.suggestion) < final_loss(found.suggestion / 10)
    assert final_loss(found.suggestion) < final_loss(found.suggestion * 10)


def test_rates_rise_evenly_and_the_test_stops_when_the_loss_explodes() -> None:
    found = find_learning_rate(tiny_llama(), batches(), lowest=1e-4, highest=1e4, n_steps=81)
    ratios = [b / a for a, b in zip(found.rates, found.rates[1:], strict=False)]
    assert ratios == pytest.approx([10 ** (8 / 80)] * len(ratios))
    assert len(found.rates) == len(found.losses) < 81
    assert max(found.losses) <= 2 * min(found.losses)
    lowest = found.losses.index(min(found.losses))
    assert found.suggestion == found.rates[lowest] / SAFETY


def test_the_model_is_not_changed() -> None:
    model = tiny_llama()
    find_learning_rate(model, batches(), n_steps=10)
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), tiny_llama().parameters(), strict=True))
    assert all(parameter.grad is None for parameter in model.parameters())


@pytest.mark.parametrize(("lowest", "highest", "n_steps"), [(0.0, 1.0, 10), (0.1, 0.1, 10), (0.1, 1.0, 9)])
def test_bad_ranges(lowest: float, highest: float, n_steps: int) -> None:
    with pytest.raises(ValueError, match="the test needs 0 < lowest < highest and at least 10 steps"):
        find_learning_rate(tiny_llama(), batches(), lowest, highest, n_steps)


def test_too_few_batches() -> None:
    with pytest.raises(ValueError, match="only 4 steps could be taken: give more batches"):
        find_learning_rate(tiny_llama(), islice(batches(), 4))
