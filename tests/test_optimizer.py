"""Tests of minillama.optimizer."""

import copy
import math
from dataclasses import replace

import pytest
import torch
from tiny import TINY
from torch import nn

from minillama.model import Llama
from minillama.optimizer import AdamW, adamw_step, clip_gradients, learning_rate, make_optimizer, parameter_groups


def test_two_steps_worked_by_hand() -> None:
    weight, mean, square = torch.tensor([1.0]).double(), torch.zeros(1).double(), torch.zeros(1).double()
    settings = {"learning_rate": 0.5, "betas": (0.5, 0.75), "eps": 0.0, "weight_decay": 0.2}
    adamw_step(weight, torch.tensor([3.0]).double(), mean, square, step=1, **settings)
    # Decayed to 0.9; corrected mean 3 and root 3, so one step of 0.5.
    assert (weight.item(), mean.item(), square.item()) == pytest.approx((0.4, 1.5, 2.25))
    adamw_step(weight, torch.tensor([-1.0]).double(), mean, square, step=2, **settings)
    # mean 0.25, corrected by 3/4; mean square 1.9375, corrected by 7/16.
    assert weight.item() == pytest.approx(0.4 * 0.9 - 0.5 * (0.25 / 0.75) / math.sqrt(1.9375 / 0.4375))


def small_model(seed: int = 0) -> nn.Module:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(7, 5), nn.RMSNorm(5), nn.SiLU(), nn.Linear(5, 3, bias=False))


def loss_of(model: nn.Module, step: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(step)
    x, y = torch.randn(11, 7, generator=generator), torch.randn(11, 3, generator=generator)
    return (model(x) - y).pow(2).mean()


@pytest.mark.parametrize("weight_decay", [0.0, 0.1, 3.0])
def test_equals_torch_over_a_hundred_steps(weight_decay: float) -> None:
    ours, theirs = small_model(), small_model()
    settings = {"lr": 0.01, "betas": (0.9, 0.95), "eps": 1e-8, "weight_decay": weight_decay}
    mine, reference = AdamW(ours.parameters(), **settings), torch.optim.AdamW(theirs.parameters(), **settings)
    for step in range(100):
        for model, optimizer in ((ours, mine), (theirs, reference)):
            rate = learning_rate(step, 0.01, 10, 100)
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad()
            loss_of(model, step).backward()
            optimizer.step()
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert (a - b).abs().max() < 1e-6
    untrained = small_model()
    assert all((a - b).abs().max() > 0.05 for a, b in zip(ours.parameters(), untrained.parameters(), strict=True))


def test_state_can_be_kept_and_given_back() -> None:
    model = small_model()
    optimizer = AdamW(model.parameters(), lr=0.1)
    for step in range(3):
        loss_of(model, step).backward()
        optimizer.step()
    twin = copy.deepcopy(model)
    other = AdamW(twin.parameters(), lr=0.7)
    other.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    for one, chosen in ((model, optimizer), (twin, other)):
        chosen.zero_grad()
        loss_of(one, 3).backward()
        chosen.step()
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), twin.parameters(), strict=True))


def test_parameters_without_gradient_stay() -> None:
    model = small_model()
    before = copy.deepcopy(model)
    model[0](torch.ones(2, 7)).sum().backward()
    AdamW(model.parameters(), lr=0.1).step()
    assert not torch.equal(model[0].weight, before[0].weight)
    assert torch.equal(model[3].weight, before[3].weight)


@pytest.mark.parametrize("tied", [False, True])
def test_matrices_decay_and_gains_do_not(tied: bool) -> None:
    model = Llama(replace(TINY, tie_embeddings=tied))
    matrices, gains = make_optimizer(model, 1e-3, weight_decay=0.3).param_groups
    assert (matrices["weight_decay"], gains["weight_decay"]) == (0.3, 0.0)
    assert len(gains["params"]) == 2 * TINY.n_layers + 1
    assert len(matrices["params"]) == 7 * TINY.n_layers + (1 if tied else 2)  # a tied matrix is listed once
    assert all(parameter.dim() == 1 for parameter in gains["params"])


def test_frozen_parameters_are_left_out() -> None:
    model = small_model()
    model[0].requires_grad_(False)
    assert [len(group["params"]) for group in parameter_groups(model)] == [1, 1]
    model.requires_grad_(False)
    with pytest.raises(ValueError, match="no trainable parameter: call requires_grad_"):
        make_optimizer(model, 1e-3)


def test_made_optimizer_has_the_settings_of_llama() -> None:
    optimizer = make_optimizer(small_model(), 0.25)
    for group in optimizer.param_groups:
        assert (group["lr"], group["betas"], group["eps"], group["fused"]) == (0.25, (0.9, 0.95), 1e-8, True)


@pytest.mark.parametrize(
    "settings", [{"lr": -1.0}, {"lr": math.nan}, {"betas": (0.9, 1.0)}, {"eps": 0.0}, {"weight_decay": -0.1}]
)
def test_settings_out_of_range(settings: dict) -> None:
    with pytest.raises(ValueError, match="AdamW needs a learning rate and decay of 0 or more, a positive eps"):
        AdamW(small_model().parameters(), **{"lr": 0.1} | settings)


def test_schedule_worked_by_hand() -> None:
    rates = [learning_rate(step, peak=8.0, n_warmup=4, n_steps=8) for step in range(10)]
    assert rates[:4] == [2.0, 4.0, 6.0, 8.0]
    middle = 8 * (0.1 + 0.9 / 2)  # halfway down the cosine
    assert rates[5] == pytest.approx(middle)
    assert rates[7] == pytest.approx(0.8)  # a tenth of the peak at the last step
    assert rates[8] == rates[9] == pytest.approx(0.8)


def test_schedule_equals_torch() -> None:
    weight = nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=3e-4)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=91, eta_min=3e-5)
    for step in range(9, 100):
        optimizer.step()
        cosine.step()
        assert learning_rate(step, 3e-4, 9, 100) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-9)


def test_schedule_at_its_edges() -> None:
    assert learning_rate(0, peak=1.0, n_warmup=0, n_steps=1) == pytest.approx(0.1)
    assert [learning_rate(step, 1.0, 3, 3) for step in range(3)] == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert learning_rate(99, peak=1.0, n_warmup=0, n_steps=100, final_fraction=0.0) == 0.0
    for n_warmup in (-1, 5):
        with pytest.raises(ValueError, match="n_warmup must lie between 0 and n_steps, got .* shorten the warm-up"):
            learning_rate(0, 1.0, n_warmup, 4)


@pytest.mark.parametrize("max_norm", [0.01, 1.0, 1e6])
def test_clipping_equals_torch(max_norm: float) -> None:
    ours, theirs = small_model(), small_model()
    for model in (ours, theirs):
        loss_of(model, 0).backward()
    expected = nn.utils.clip_grad_norm_(theirs.parameters(), max_norm)
    assert clip_gradients(ours.parameters(), max_norm) == pytest.approx(expected.item(), rel=1e-6)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.allclose(a.grad, b.grad, rtol=1e-4, atol=0)  # torch adds 1e-6 to the norm


def test_clipped_gradients_have_the_allowed_length() -> None:
    model = small_model()
    (100 * loss_of(model, 0)).backward()
    before = clip_gradients(model.parameters(), math.inf)
    assert before > 1
    assert clip_gradients(model.parameters(), 0.5) == before
    assert clip_gradients(model.parameters(), math.inf) == pytest.approx(0.5, rel=1e-5)


def test_clipping_measures_what_is_there() -> None:
    weight = nn.Parameter(torch.tensor([3.0, 4.0]))
    assert clip_gradients([weight], 1.0) == 0.0
    for bad in (math.nan, math.inf):
        weight.grad = torch.tensor([3.0, bad])
        assert not math.isfinite(clip_gradients([weight], 1.0))
        assert weight.grad.tolist() == pytest.approx([3.0, bad], nan_ok=True), "it is left for the caller to see"
    for max_norm in (0.0, -1.0, math.nan):
        with pytest.raises(ValueError, match="max_norm must be positive, got .*: use math.inf to measure"):
            clip_gradients([weight], max_norm)
