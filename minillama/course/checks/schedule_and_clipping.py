"""Checks of chapter 08, part one continued: the schedule, and clipping."""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn

from ..checking import expect, expect_close


def check_rate_warmup(learning_rate: Callable) -> None:
    """a straight rise that does not begin at 0."""
    rates = [learning_rate(step, 2.0, 4, 20) for step in range(4)]
    expect(rates[0] > 0, "the first rate is 0, so the first batch is wasted: count the step that is being done")
    expect_close(
        torch.tensor(rates),
        torch.tensor([0.5, 1.0, 1.5, 2.0]),
        "the rates of 4 warm-up steps to a peak of 2",
        "They rise in equal parts, and the last of them is the peak.",
    )


def check_rate_peak(learning_rate: Callable) -> None:
    """nothing above the peak."""
    rates = [learning_rate(step, 2.0, 4, 20, final_fraction=0.25) for step in range(20)]
    expect(
        max(rates) <= 2.0 + 1e-9, f"the highest rate is {max(rates):.3f}, above the peak of 2: the cosine starts there"
    )
    falls = all(after < before for before, after in zip(rates[3:], rates[4:], strict=False))
    expect(
        falls, f"after the warm-up the rates are {[round(rate, 2) for rate in rates[3:]]}: they must fall at every step"
    )


def check_rate_cosine(learning_rate: Callable) -> None:
    """half a cosine after the warm-up."""
    observed = [learning_rate(step, 1.0, 4, 20, final_fraction=0.2) for step in (7, 11, 15)]
    at_quarters = [0.2 + 0.8 * (1 + math.cos(math.pi * quarter / 4)) / 2 for quarter in (1, 2, 3)]
    expect_close(
        torch.tensor(observed),
        torch.tensor(at_quarters),
        "the rates after a quarter, a half and three quarters of the fall, peak 1, final_fraction 0.2",
        "Half-way the cosine is half-way from the peak to the end. Its progress counts from the end of the warm-up.",
    )


def check_rate_end(learning_rate: Callable) -> None:
    """the last rate, kept afterwards."""
    last, later = learning_rate(19, 2.0, 4, 20), learning_rate(30, 2.0, 4, 20)
    expect(
        abs(last - 0.2) < 1e-9,
        f"the rate of the last step is {last:.4f}, expected 0.2: a tenth of the peak, reached at step n_steps - 1",
    )
    expect(
        abs(later - 0.2) < 1e-9,
        f"after the end the rate is {later:.4f}, expected 0.2: the cosine must not rise again",
    )


def check_rate_without_warmup(learning_rate: Callable) -> None:
    """no warm-up, or nothing else."""
    without, only = learning_rate(0, 1.0, 0, 2, 0.0), learning_rate(2, 1.0, 3, 3)
    expect(abs(without - 0.5) < 1e-9, f"without warm-up the first of two rates is {without:.4f}, expected 0.5")
    expect(abs(only - 1.0) < 1e-9, f"when all 3 steps are warm-up, the last rate is {only:.4f}, expected the peak")


def _with_gradients(*gradients: Tensor | None) -> list[Tensor]:
    """Parameters that have these gradients."""
    parameters = [nn.Parameter(torch.zeros(2 if gradient is None else gradient.shape)) for gradient in gradients]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = gradient
    return parameters


def check_clip_hand_value(clip_gradients: Callable) -> None:
    """a value worked by hand."""
    (weight,) = _with_gradients(torch.tensor([3.0, 4.0]))
    norm = clip_gradients([weight], 1.0)
    expect(isinstance(norm, float), f"the length came back as a {type(norm).__name__}: return a number, with `.item()`")
    expect(abs(norm - 5) < 1e-5, f"the length of (3, 4) came back as {norm:.3f}, expected 5: the one before clipping")
    expect_close(
        weight.grad,
        torch.tensor([0.6, 0.8]),
        "the gradient (3, 4) clipped to length 1",
        "Multiply all entries by the same factor, in place, so that the direction stays.",
    )


def check_clip_all_together(clip_gradients: Callable) -> None:
    """one length for all parameters."""
    first, second = _with_gradients(torch.tensor([[3.0, 0.0]]), torch.tensor([4.0]))
    norm = clip_gradients(iter([first, second]), 2.5)
    expect(
        abs(norm - 5) < 1e-5,
        f"gradients of length 3 and 4 gave {norm:.3f}, expected 5: they are one vector, and the squares add up",
    )
    expect_close(
        torch.cat([first.grad.flatten(), second.grad]),
        torch.tensor([1.5, 0.0, 2.0]),
        "gradients (3, 0) and (4), clipped to 2.5",
        "One factor for all of them: clipping each by itself changes the direction. (The parameters may come from a "
        "generator, which can be read once.)",
    )


def check_clip_leaves_short(clip_gradients: Callable) -> None:
    """a short gradient is left alone."""
    (weight,) = _with_gradients(torch.tensor([0.3, 0.4]))
    clip_gradients([weight], 1.0)
    expect_close(
        weight.grad, torch.tensor([0.3, 0.4]), "a gradient of length 0.5, allowed 1", "Only shrink, never stretch."
    )


def check_clip_not_finite(clip_gradients: Callable) -> None:
    """a gradient that is not finite is left alone."""
    (weight,) = _with_gradients(torch.tensor([1.0, math.inf]))
    norm = clip_gradients([weight], 1.0)
    expect(norm == math.inf, f"the length of (1, inf) came back as {norm}, expected inf")
    expect(
        not weight.grad.isnan().any(),
        "clipping (1, inf) made NaN: inf times 0. Leave a gradient whose length is not finite as it is",
    )


def check_clip_without_gradient(clip_gradients: Callable) -> None:
    """parameters without a gradient are left out."""
    norm = clip_gradients(_with_gradients(None, torch.tensor([3.0, 4.0])), 1.0)
    expect(abs(norm - 5) < 1e-5, f"beside a parameter without a gradient the length is {norm:.3f}, expected 5")
    alone = clip_gradients(_with_gradients(None), 1.0)
    expect(alone == 0, f"without any gradient the length is {alone}, expected 0.0")
