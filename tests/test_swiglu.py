"""SwiGLU: hand values, published widths, torch's own silu, bad input."""

import math

import pytest
import torch
import torch.nn.functional as F

from minillama.config import PRESETS
from minillama.swiglu import SwiGLU, silu, swiglu_hidden_dim

B, T, C, HIDDEN = 2, 3, 5, 7

# model: multiple_of, multiplier (the values in Meta's params.json files)
WIDTH_RULES = {
    "LLaMA-7B": (256, 1.0),
    "LLaMA-13B": (256, 1.0),
    "LLaMA-33B": (256, 1.0),
    "LLaMA-65B": (256, 1.0),
    "Llama-2-70B": (4096, 1.3),
    "Llama-3-8B": (1024, 1.3),
    "Llama-3-70B": (4096, 1.3),
    "Llama-3.1-405B": (4096, 1.2),
    "Llama-3.2-1B": (256, 1.5),
    "Llama-3.2-3B": (256, 1.0),
}


def test_silu_by_hand() -> None:
    assert silu(torch.tensor([0.0, math.log(3), -math.log(3)])).tolist() == pytest.approx(
        [0.0, 0.75 * math.log(3), -0.25 * math.log(3)]  # sigmoid(ln 3) = 3/4
    )
    values = silu(torch.linspace(-5, 5, 10_001))
    assert values.min().item() == pytest.approx(-0.2785, abs=1e-4)
    assert torch.linspace(-5, 5, 10_001)[values.argmin()].item() == pytest.approx(-1.278, abs=2e-3)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16])
def test_silu_equals_torch(dtype: torch.dtype) -> None:
    x = (5 * torch.randn(B, T, C)).to(dtype)
    ulps = 2 * torch.finfo(dtype).eps
    torch.testing.assert_close(silu(x), F.silu(x), rtol=ulps, atol=ulps)


def test_silu_and_its_mirror_image_differ_by_x() -> None:
    x = torch.linspace(-9, 9, 101, dtype=torch.float64)
    torch.testing.assert_close(silu(x) - silu(-x), x)
    assert torch.autograd.gradcheck(silu, x.clone().requires_grad_())


def test_layer_by_hand() -> None:
    layer = SwiGLU(dim=1, hidden_dim=1)
    for projection, weight in ((layer.gate_proj, 2.0), (layer.up_proj, 5.0), (layer.down_proj, 7.0)):
        projection.weight.data.fill_(weight)
    x = math.log(3) / 2  # so the gate is silu(ln 3)
    assert layer(torch.tensor([[x]])).item() == pytest.approx(7 * (0.75 * math.log(3)) * (5 * x))


def test_layer_has_three_matrices_without_bias_and_mixes_only_channels() -> None:
    layer = SwiGLU(C, HIDDEN)
    shapes = {name: tuple(weight.shape) for name, weight in layer.state_dict().items()}
    assert shapes == {
        "gate_proj.weight": (HIDDEN, C),
        "up_proj.weight": (HIDDEN, C),
        "down_proj.weight": (C, HIDDEN),
    }
    x = torch.randn(B, T, C)
    torch.testing.assert_close(layer(x)[1, 2], layer(x[1, 2]))


@pytest.mark.parametrize("name", WIDTH_RULES)
def test_published_widths_follow_from_the_rule(name: str) -> None:
    config, (multiple_of, multiplier) = PRESETS[name], WIDTH_RULES[name]
    assert swiglu_hidden_dim(config.dim, multiple_of, multiplier) == config.hidden_dim


def test_width_truncates_twice_and_rounds_up() -> None:
    assert swiglu_hidden_dim(2048, multiple_of=1, multiplier=1.5) == 8191  # 5461 * 1.5 = 8191.5
    assert swiglu_hidden_dim(3, multiple_of=8) == 8
    assert swiglu_hidden_dim(4, multiple_of=8) == 16  # 10 is rounded up
    assert swiglu_hidden_dim(2, multiple_of=1) == 5


def test_bad_widths() -> None:
    for arguments in ((0, 256, 1.0), (8, 0, 1.0), (8, 256, 0.0)):
        with pytest.raises(ValueError, match="dim, multiple_of and multiplier must be positive, got"):
            swiglu_hidden_dim(*arguments)
