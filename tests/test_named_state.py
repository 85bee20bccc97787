"""Tests of minillama.named_state."""

import json

import pytest
import torch
from torch import Tensor, nn

from minillama.named_state import load_named_state, named_state
from minillama.optimizer import AdamW


class TwoLayers(nn.Module):
    """Two linear layers, listed in an order of choice."""

    def __init__(self, *order: str) -> None:
        super().__init__()
        torch.manual_seed(0)
        layers = {"first": nn.Linear(3, 5, bias=False), "second": nn.Linear(5, 2, bias=False)}
        for name in order:
            self.add_module(name, layers[name])

    def forward(self, x: Tensor) -> Tensor:
        return self.second(self.first(x))


def trained(model: nn.Module, optimizer: torch.optim.Optimizer, n_steps: int) -> nn.Module:
    for step in range(n_steps):
        optimizer.zero_grad()
        model(torch.full((7, 3), 1.0 + step)).pow(2).sum().backward()
        optimizer.step()
    return model


def test_state_follows_the_names_not_the_order() -> None:
    """torch's own state, by number, would give each matrix the moments of the other."""
    model = TwoLayers("first", "second")
    optimizer = torch.optim.AdamW([model.first.weight, model.second.weight], lr=0.1)
    trained(model, optimizer, 3)
    twin = TwoLayers("second", "first")
    twin.load_state_dict(model.state_dict())
    other = torch.optim.AdamW([twin.first.weight, twin.second.weight], lr=0.7)
    settings, tensors = named_state(model, optimizer)
    load_named_state(twin, other, json.loads(json.dumps(settings)), tensors)
    assert torch.equal(other.state[twin.second.weight]["exp_avg"], optimizer.state[model.second.weight]["exp_avg"])
    trained(model, optimizer, 2)
    trained(twin, other, 2)
    assert torch.equal(twin.first.weight, model.first.weight)
    assert (other.param_groups[0]["lr"], other.param_groups[0]["betas"]) == (0.1, (0.9, 0.999))


def test_scalars_and_tensors_are_told_apart() -> None:
    model = TwoLayers("first", "second")
    optimizer = AdamW(model.parameters(), lr=0.1)
    trained(model, optimizer, 4)
    settings, tensors = named_state(model, optimizer)
    assert settings["scalars"] == {"first.weight": {"step": 4}, "second.weight": {"step": 4}}
    assert settings["groups"][0]["params"] == ["first.weight", "second.weight"]
    assert {name.rpartition("/")[2] for name in tensors} == {"mean", "mean_square"}


def test_the_state_is_a_copy() -> None:
    model, twin = TwoLayers("first", "second"), TwoLayers("first", "second")
    optimizer, other = AdamW(model.parameters(), lr=0.1), AdamW(twin.parameters(), lr=0.1)
    trained(model, optimizer, 1)
    settings, tensors = named_state(model, optimizer)
    load_named_state(twin, other, settings, tensors)
    before = other.state[twin.first.weight]["mean"].clone()
    trained(model, optimizer, 1)
    assert torch.equal(other.state[twin.first.weight]["mean"], before)


def test_another_kind_of_optimizer_is_refused() -> None:
    model = TwoLayers("first", "second")
    settings, tensors = named_state(model, AdamW(model.parameters(), lr=0.1))
    with pytest.raises(ValueError, match="belongs to an optimizer AdamW, not SGD: build the one that"):
        load_named_state(model, torch.optim.SGD(model.parameters(), lr=0.1), settings, tensors)


def test_other_parameters_are_refused() -> None:
    model = TwoLayers("first", "second")
    settings, tensors = named_state(model, AdamW(model.parameters(), lr=0.1))
    fewer = AdamW([model.first.weight], lr=0.1)
    with pytest.raises(ValueError, match=r"belongs to an optimizer of other parameters \(second.weight\)"):
        load_named_state(model, fewer, settings, tensors)
    foreign = AdamW([nn.Parameter(torch.zeros(2))], lr=0.1)
    with pytest.raises(ValueError, match="1 parameters of the optimizer are not in the model: build it for this model"):
        named_state(model, foreign)
