"""Checks of chapter 03: layer norm, RMSNorm, its gradient, and a leak to find."""

from collections.abc import Callable

import torch
import torch.nn.functional as F

from ..checking import expect, expect_close, expect_error, expect_shape


def check_layer_norm_mean(layer_norm: Callable) -> None:
    """mean 0."""
    y = layer_norm(torch.tensor([[1.0, 2.0, 3.0, 6.0]]), torch.ones(4), torch.zeros(4))
    expect_shape(y, (1, 4), "layer_norm of one vector")
    expect(
        y.mean().abs() < 1e-5,
        f"the mean of the result is {y.mean():.3f}, expected 0. Is the mean subtracted, over the channels?",
    )


def check_layer_norm_variance(layer_norm: Callable) -> None:
    """variance 1, over all channels."""
    x = torch.tensor([[1.0, 2.0, 3.0, 6.0]])
    y = layer_norm(x, torch.ones(4), torch.zeros(4), eps=0.0)
    ratio = (y.pow(2).mean()).item()
    expect(
        abs(ratio - 1) < 1e-3,
        f"the variance of the result is {ratio:.3f}, expected 1. Divide by the square root of the mean squared "
        "deviation; dividing by C - 1, as torch.var does by default, gives 0.75 here",
    )


def check_layer_norm_oracle(layer_norm: Callable) -> None:
    """equal to PyTorch's layer_norm, with gain, bias and eps."""
    x, gain, bias = torch.randn(2, 3, 5), torch.randn(5), torch.randn(5)
    expect_close(
        layer_norm(x, gain, bias, 0.1),
        F.layer_norm(x, (5,), gain, bias, 0.1),
        "layer_norm(x, gain, bias, eps=0.1)",
        "Multiply by the gain before adding the bias, and add eps to the variance, inside the root.",
    )


def check_hand_value(rms_norm: Callable) -> None:
    """a value worked by hand."""
    y = rms_norm(torch.tensor([3.0, 4.0]), torch.ones(2), 0.0)
    expect_close(
        y,
        torch.tensor([0.8485, 1.1314]),
        "rms_norm([3, 4], gain=[1, 1], eps=0)",
        "The mean of the squares is 12.5: a root of the sum of squares would be 5, and nothing is subtracted.",
        rtol=1e-3,
    )


def check_each_token_alone(rms_norm: Callable) -> None:
    """no token sees another."""
    x, gain = torch.randn(2, 4, 6), torch.ones(6)
    changed = x.clone()
    changed[:, -1] *= 100
    before, after = rms_norm(x, gain)[:, :-1], rms_norm(changed, gain)[:, :-1]
    expect(
        torch.allclose(before, after),
        "changing the last token changed earlier tokens: the mean must run over the channels of one token "
        "(dim=-1), not over tokens",
    )


def check_zero_vector(rms_norm: Callable) -> None:
    """a zero vector stays zero."""
    y = rms_norm(torch.zeros(1, 4), torch.ones(4), 1e-5)
    expect(not y.isnan().any(), "a zero vector gives NaN: eps must be added to the mean square, under the root")
    expect_close(y, torch.zeros(1, 4), "rms_norm of a zero vector")


def check_eps_inside(rms_norm: Callable) -> None:
    """eps under the root."""
    x = torch.full((1, 4), 0.3)
    expect_close(
        rms_norm(x, torch.ones(4), 0.07),
        torch.full((1, 4), 0.75),  # 0.3 / sqrt(0.09 + 0.07)
        "rms_norm([0.3, 0.3, 0.3, 0.3], eps=0.07)",
        "Is eps added to the mean square, before the square root?",
    )


def check_gain(rms_norm: Callable) -> None:
    """the gain scales channels."""
    gain = torch.tensor([1.0, 2.0, 0.0])
    y = rms_norm(torch.ones(2, 3), gain, 0.0)
    expect_close(y, gain.expand(2, 3), "rms_norm of ones with gain [1, 2, 0]", "Multiply channel i by gain[i].")


def check_half_precision(rms_norm: Callable) -> None:
    """float16 in, float16 out, no overflow."""
    x = torch.full((1, 4), 300.0, dtype=torch.float16)
    y = rms_norm(x, torch.ones(4, dtype=torch.float16))
    expect(y.dtype == torch.float16, f"float16 came back as {y.dtype}: return to the dtype of x")
    expect(
        (y - 1).abs().max() < 1e-2,
        f"four times 300 in float16 gave {y.flatten().tolist()}, expected ones: 300 squared is 90,000 and float16 "
        "ends at 65,504, so square in float32",
    )


def check_gain_last(rms_norm: Callable) -> None:
    """the gain meets rounded vectors."""
    x, gain = torch.tensor([3.0, 4.0]).half(), torch.tensor([1000.0, 1000.0])
    y = rms_norm(x, gain, 0.0)
    rounded = (torch.tensor([3.0, 4.0]) / 12.5**0.5).half()
    expect_close(
        y,
        rounded.float() * 1000,
        "rms_norm of [3, 4] in float16 with gains of 1000 in float32",
        "Return to the dtype of x first and multiply by the gain after that, as the published models do.",
        rtol=1e-6,
    )


def check_module_state(norm_class: type) -> None:
    """one gain per channel, starting at 1."""
    norm = norm_class(6)
    expect(
        [name for name, _ in norm.named_parameters()] == ["weight"],
        f"the parameters are {[name for name, _ in norm.named_parameters()]}, expected ['weight']: the gain is an "
        "nn.Parameter called weight, and there is no bias",
    )
    expect(
        list(norm.state_dict()) == ["weight"],
        f"the layer would store {list(norm.state_dict())} in a checkpoint, expected ['weight']: keep eps as a number",
    )
    expect_close(
        norm.weight, torch.ones(6), "a new layer's weight", "The gain starts at 1, so that the layer only normalizes."
    )


def check_module_forward(norm_class: type) -> None:
    """forward uses gain and eps."""
    norm = norm_class(5, 0.25)
    with torch.no_grad():
        norm.weight.copy_(torch.arange(5.0))
    x = torch.randn(2, 3, 5)
    expect_close(
        norm(x),
        F.rms_norm(x, (5,), norm.weight, 0.25),
        "RMSNorm(5, eps=0.25) applied to x",
        "forward must use this layer's weight and this layer's eps.",
    )


def check_module_learns(norm_class: type) -> None:
    """the gain gets a gradient."""
    norm = norm_class(4)
    norm(torch.randn(2, 3, 4)).sum().backward()
    expect(
        norm.weight.grad is not None and bool(norm.weight.grad.abs().sum() > 0),
        "the gain got no gradient: use self.weight itself in forward, neither a copy nor its .data",
    )


def check_gradient_value(rms_norm_gradient: Callable) -> None:
    """equal to autograd."""
    x = torch.randn(2, 3, 5, dtype=torch.float64, requires_grad=True)
    grad = torch.randn(2, 3, 5, dtype=torch.float64)
    (expected,) = torch.autograd.grad(F.rms_norm(x, (5,), eps=0.5), x, grad)
    observed = rms_norm_gradient(x.detach(), grad, 0.5)
    expect_shape(observed, (2, 3, 5), "rms_norm_gradient(x, grad)")
    rms = torch.sqrt(x.detach().pow(2).mean(-1, keepdim=True) + 0.5)
    expect(
        not torch.allclose(observed.double(), grad / rms),
        "the result is grad / rms: that is only the first term. The root mean square depends on x as well",
    )
    expect_close(
        observed,
        expected,
        "rms_norm_gradient(x, grad, eps=0.5)",
        "Is the mean taken over the channels of one token, and is eps part of the root mean square?",
    )


def check_gradient_direction(rms_norm_gradient: Callable) -> None:
    """no gradient along x."""
    x, grad = torch.randn(4, 6), torch.randn(4, 6)
    along = (rms_norm_gradient(x, grad, 0.0) * x).sum(dim=-1)
    expect(
        along.abs().max() < 1e-4,
        f"the gradient has a part of {along.abs().max():.3f} along x, expected 0: making x longer does not change "
        "x / rms(x), so subtract the part of grad that points along the normalized vector",
    )


def check_batch_leak(norm_of_batch: Callable) -> None:
    """no token sees another."""
    x, gain = torch.randn(2, 4, 6), torch.randn(6)
    changed = x.clone()
    changed[:, -1] *= 100
    expect(
        torch.allclose(norm_of_batch(x, gain)[:, :-1], norm_of_batch(changed, gain)[:, :-1]),
        "changing the last token of a text changed the result of the first: a model with this norm reads the future",
    )


def check_batch_value(norm_of_batch: Callable) -> None:
    """equal to PyTorch's rms_norm."""
    x, gain = torch.randn(2, 3, 5), torch.randn(5)
    expect_close(
        norm_of_batch(x, gain, 0.1),
        F.rms_norm(x, (5,), gain, 0.1),
        "norm_of_batch(x, gain, eps=0.1)",
        "Change only the line with the bug.",
    )


def check_refuses_wrong_gain(rms_norm: Callable) -> None:
    """a gain of the wrong size is refused."""
    expect_error(lambda: rms_norm(torch.ones(2, 4), torch.ones(1)), ValueError, "one gain for four channels")
