"""Tests of minillama.loss_scaling: the same decisions as torch's GradScaler."""

import math

import pytest
import torch
from torch import nn

from minillama.loss_scaling import LossScaler

SETTINGS = {"scale": 1024.0, "growth": 2.0, "backoff": 0.5, "patience": 3}


def test_decisions_equal_torch() -> None:
    """The same scales and the same weights over a series of good and overflowing steps."""
    ours, theirs = (nn.Parameter(torch.tensor([1.0, 2.0])) for _ in range(2))
    mine, reference = torch.optim.SGD([ours], lr=0.1), torch.optim.SGD([theirs], lr=0.1)
    scaler = LossScaler(**SETTINGS)
    peer = torch.amp.GradScaler("cpu", init_scale=1024.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=3)
    scales = []
    for factor in (1.0, 2.0, math.inf, 3.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0, math.nan, math.inf, 1.0):
        mine.zero_grad()
        scaler.scaled((factor * ours).sum()).backward()
        finite = scaler.unscale([ours])
        assert finite == math.isfinite(factor)
        if finite:
            mine.step()
        scaler.update(finite)

        reference.zero_grad()
        peer.scale((factor * theirs).sum()).backward()
        peer.step(reference)
        peer.update()
        assert torch.equal(ours, theirs)
        assert scaler.scale == peer.get_scale()
        scales.append(scaler.scale)
    assert scales == [1024, 1024, 512, 512, 512, 1024, 1024, 1024, 2048, 2048, 1024, 512, 512]


def test_gradients_come_back_unscaled() -> None:
    weight, unused = nn.Parameter(torch.tensor([2.0])), nn.Parameter(torch.tensor([5.0]))
    scaler = LossScaler(scale=4096.0)
    scaler.scaled((3 * weight).sum()).backward()
    assert weight.grad.item() == 3 * 4096
    assert scaler.unscale([weight, unused])
    assert weight.grad.item() == 3


def test_nothing_to_unscale_is_fine() -> None:
    assert LossScaler().unscale([torch.zeros(2)])


def test_state_can_be_kept_and_given_back() -> None:
    scaler = LossScaler(**SETTINGS)
    for finite in (False, True, True):
        scaler.update(finite)
    other = LossScaler(**SETTINGS)
    other.load_state_dict(scaler.state_dict())
    other.update(finite=True)  # the third good step in a row
    assert (scaler.scale, other.scale) == (512, 1024)


@pytest.mark.parametrize("setting", [{"scale": 0.0}, {"growth": 1.0}, {"backoff": 1.0}, {"patience": 0}])
def test_settings_out_of_range(setting: dict) -> None:
    with pytest.raises(ValueError, match="a scaler needs a positive scale, growth above 1"):
        LossScaler(**setting)
