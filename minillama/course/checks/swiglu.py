"""Checks of chapter 04: SiLU, GELU, a gradient, the gated layer, its width, and a bug to find."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from ..checking import Wrong, expect, expect_close, expect_error, expect_shape


def check_silu_value(silu: Callable) -> None:
    """values worked by hand."""
    x = torch.tensor([-math.log(3), 0.0, math.log(3)])  # sigmoid: 1/4, 1/2, 3/4
    expect_close(
        silu(x),
        torch.tensor([-0.2747, 0.0, 0.8240]),
        "silu([-ln 3, 0, ln 3])",
        "The sigmoids are 1/4, 1/2 and 3/4; each is multiplied by its x.",
        rtol=1e-3,
    )


def check_silu_far_out(silu: Callable) -> None:
    """0 far left, x far right."""
    y = silu(torch.tensor([-200.0, 200.0]))
    expect(
        not y.isnan().any(),
        f"silu([-200, 200]) gave {y.tolist()}: exp(200) is infinite in float32, so use torch.sigmoid, which avoids it",
    )
    expect_close(y, torch.tensor([0.0, 200.0]), "silu([-200, 200])", "It approaches 0 on the left and x on the right.")


def check_silu_dtype(silu: Callable) -> None:
    """the dtype stays."""
    for dtype in (torch.bfloat16, torch.float64):
        y = silu(torch.ones(2, 3, dtype=dtype))
        expect_shape(y, (2, 3), "silu of a (2, 3) tensor")
        expect(y.dtype == dtype, f"{dtype} came back as {y.dtype}: leave the dtype of x as it is")


def check_gelu_value(gelu: Callable) -> None:
    """values from a table of the normal distribution."""
    expect_close(
        gelu(torch.tensor([-1.0, 0.0, 1.0])),
        torch.tensor([-0.1587, 0.0, 0.8413]),
        "gelu([-1, 0, 1])",
        "In 0.5 * x * (1 + erf(x / sqrt(2))), is one of the three missing: the half, the 1, or the root of 2?",
        atol=1e-2,
    )


def check_gelu_mirror(gelu: Callable) -> None:
    """gelu(x) - gelu(-x) = x."""
    x = torch.linspace(-3, 3, 13)
    expect_close(
        gelu(x) - gelu(-x),
        x,
        "gelu(x) - gelu(-x)",
        "It must be x, because the probabilities of 'below x' and 'below -x' add up to 1. Is the 1 in (1 + erf) there?",
        atol=1e-4,
    )


def check_gelu_exact(gelu: Callable) -> None:
    """the exact function, not an approximation."""
    x = torch.linspace(-4, 4, 81, dtype=torch.float64)
    y = gelu(x)
    expect_shape(y, (81,), "gelu of 81 values")
    for name, wrong in {"tanh": F.gelu(x, approximate="tanh"), "sigmoid": x * torch.sigmoid(1.702 * x)}.items():
        expect(
            not torch.allclose(y, wrong, atol=1e-6),
            f"this is the {name} approximation, off by up to {(wrong - F.gelu(x)).abs().max():.1g}: use torch.erf",
        )
    expect_close(y, F.gelu(x), "gelu(x)", "Compute 0.5 * x * (1 + erf(x / sqrt(2))).")


def check_slope_at_zero(silu_gradient: Callable) -> None:
    """slope 1/2 at 0."""
    y = silu_gradient(torch.zeros(1))
    expect_close(y, torch.tensor([0.5]), "silu_gradient([0])", "At 0 the sigmoid is 1/2, and x * (its slope) is 0.")


def check_slope_equals_autograd(silu_gradient: Callable) -> None:
    """equal to autograd."""
    x = torch.linspace(-6, 6, 49, dtype=torch.float64, requires_grad=True)
    (expected,) = torch.autograd.grad(F.silu(x).sum(), x)
    x = x.detach()
    sigmoid = torch.sigmoid(x)
    observed = silu_gradient(x)
    expect_shape(observed, (49,), "silu_gradient of 49 values")
    expect(
        not torch.allclose(observed, sigmoid),
        "the result is sigmoid(x): that treats the sigmoid as a constant, but it depends on x as well",
    )
    expect(
        not torch.allclose(observed, sigmoid * (1 + x)),
        "the result is s + x * s: the slope of the sigmoid is s * (1 - s), not s",
    )
    expect_close(observed, expected, "silu_gradient(x)", "Use the product rule: s + x * s * (1 - s).")


def check_slope_far_out(silu_gradient: Callable) -> None:
    """slope 0 far left, 1 far right."""
    y = silu_gradient(torch.tensor([-200.0, 200.0]))
    expect(
        not y.isnan().any(),
        f"the slopes at -200 and 200 are {y.tolist()}: exp(200) is infinite in float32, so use torch.sigmoid",
    )
    expect_close(y, torch.tensor([0.0, 1.0]), "silu_gradient([-200, 200])")


def check_layer_state(layer_class: type) -> None:
    """three matrices, no bias."""
    layer = layer_class(6, 16)
    shapes = {name: tuple(weight.shape) for name, weight in layer.named_parameters()}
    expected = {"gate_proj.weight": (16, 6), "up_proj.weight": (16, 6), "down_proj.weight": (6, 16)}
    expect(
        shapes == expected,
        f"SwiGLU(6, 16) has the parameters {shapes}, expected {expected}: three linear layers with bias=False; "
        "PyTorch stores a weight as (output, input)",
    )


def check_layer_value(layer_class: type) -> None:
    """a value worked by hand."""
    layer = layer_class(1, 1)
    with torch.no_grad():
        for name, weight in (("gate_proj", 2.0), ("up_proj", 5.0), ("down_proj", 7.0)):
            getattr(layer, name).weight.fill_(weight)
    _expect_gated(layer(torch.ones(1, 1)), "SwiGLU with gate 2, up 5, down 7 applied to 1")


def check_layer_each_token_alone(layer_class: type) -> None:
    """no token sees another."""
    layer, x = layer_class(4, 8), torch.randn(2, 5, 4)
    changed = x.clone()
    changed[:, -1] += 1
    expect_shape(layer(x), (2, 5, 4), "SwiGLU(4, 8) applied to x of shape (2, 5, 4)")
    expect(
        torch.allclose(layer(x)[:, :-1], layer(changed)[:, :-1], atol=1e-6),
        "changing the last token changed earlier tokens: the layer must treat every token by itself",
    )


def check_layer_learns(layer_class: type) -> None:
    """all three matrices get a gradient."""
    layer = layer_class(4, 8)
    layer(torch.randn(2, 3, 4)).pow(2).sum().backward()
    idle = [name for name, p in layer.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    expect(not idle, f"no gradient reached {', '.join(idle)}: use the layers themselves, not copies or detached values")


def check_width_of_7b(hidden_dim: Callable) -> None:
    """11,008 for LLaMA-7B, a whole number."""
    width = hidden_dim(4096)
    suspects = {
        10752: "that is rounded down; round up to the next multiple of 256",
        10922: "that is not rounded yet; round up to the next multiple of 256",
        16384: "that is 4 * dim; a gated layer has two thirds of it",
    }
    expect(width == 11008, f"swiglu_hidden_dim(4096) gave {width}, expected 11008: {suspects.get(width, 'see step 4')}")
    expect(isinstance(width, int), f"the width is {width!r}, a {type(width).__name__}: a layer needs an integer")


def check_width_multiplier(hidden_dim: Callable) -> None:
    """14,336 for Llama 3 8B."""
    width = hidden_dim(4096, 1024, 1.3)
    expect(
        width == 14336,
        f"swiglu_hidden_dim(4096, 1024, 1.3) gave {width}, expected 14336: multiply first, round up last",
    )


def check_width_stays(hidden_dim: Callable) -> None:
    """an exact multiple stays."""
    width = hidden_dim(3072, 256)
    expect(width == 8192, f"swiglu_hidden_dim(3072) gave {width}, expected 8192: it is a multiple of 256 already")


def check_width_truncates_twice(hidden_dim: Callable) -> None:
    """the fraction is cut off before the multiplier."""
    width = hidden_dim(2048, 1, 1.5)
    expect(
        width == 8191,
        f"swiglu_hidden_dim(2048, multiple_of=1, multiplier=1.5) gave {width}, expected 8191: two thirds of 8192 are "
        "5461.33, cut to 5461 before multiplying by 1.5, and 8191.5 is cut to 8191",
    )


def check_width_refuses(hidden_dim: Callable) -> None:
    """sizes that are not positive are refused."""
    expect_error(lambda: hidden_dim(0), ValueError, "dim = 0")


def check_meta_value(feed_forward: Callable) -> None:
    """a value worked by hand."""
    weights = {"w1": torch.tensor([[2.0]]), "w2": torch.tensor([[7.0]]), "w3": torch.tensor([[5.0]])}
    _expect_gated(feed_forward(torch.ones(1, 1), weights), "the layer with w1 = 2, w2 = 7, w3 = 5 applied to 1")


def check_meta_layer(feed_forward: Callable) -> None:
    """equal to PyTorch's silu in the same formula."""
    x, w1, w2, w3 = torch.randn(2, 3, 4), torch.randn(6, 4), torch.randn(4, 6), torch.randn(6, 4)
    expect_close(
        feed_forward(x, {"w1": w1, "w2": w2, "w3": w3}),
        F.linear(F.silu(F.linear(x, w1)) * F.linear(x, w3), w2),
        "feed_forward_from_meta(x, weights)",
        "Change only the line with the bug.",
    )


def _expect_gated(y: Tensor, what: str) -> None:
    """Compare with down * silu(gate) * up for gate 2, up 5, down 7, and name the usual mistakes."""
    expect_shape(y, (1, 1), what)
    gate, up, down = torch.tensor(2.0), torch.tensor(5.0), torch.tensor(7.0)
    suspects = (
        (down * gate * F.silu(up), "silu sits on the up projection: it belongs on the gate"),
        (down * F.silu(gate * up), "silu is applied to the product: it belongs on the gate alone"),
        (down * gate * up, "silu is missing: without it this is a bilinear layer"),
        (down * torch.sigmoid(gate) * up, "the gate goes through a sigmoid: that is GLU; SwiGLU uses silu"),
        (down * (F.silu(gate) + up), "gate and up are added: they must be multiplied"),
    )
    for wrong, why in suspects:
        if torch.isclose(y[0, 0], wrong):
            raise Wrong(f"{what} gave {y.item():.4g}, expected {(down * F.silu(gate) * up).item():.4g}: {why}")
    expect_close(y, (down * F.silu(gate) * up).view(1, 1), what)
