"""A learning-rate finder: raise the rate at every step and watch where the loss stops falling.

Source: Smith, 2017, arXiv:1506.01186, section 3.3.
"""

import copy
import math
from collections.abc import Iterable
from dataclasses import dataclass

from torch import Tensor, nn

from .backward import model_loss
from .optimizer import clip_gradients, make_optimizer

SMOOTHING = 0.9  # share of the old average in the new one
SAFETY = 4.0  # the suggestion is this much below the rate of the lowest loss


@dataclass(frozen=True)
class RateTest:
    """What a test of rising learning rates found.

    Args:
        rates: the rate of each step, rising.
        losses: the smoothed loss after the steps before, in nats per token.
        suggestion: a peak for the schedule, a quarter of the rate with the lowest smoothed loss.
    """

    rates: list[float]
    losses: list[float]
    suggestion: float


def find_learning_rate(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    lowest: float = 1e-5,
    highest: float = 1.0,
    n_steps: int = 100,
    clip_norm: float = 1.0,
) -> RateTest:
    """Train a copy of the model for a few steps at ever higher rates.

    While the rate is too low the loss hardly moves; then it falls; then the steps are too long and it rises. The
    best peak lies somewhat below the turn, because a long run stays there for many steps. The answer holds for
    this batch size and width: a guide to where to look, not a replacement for looking.

    Args:
        model: not changed.
        batches: pairs of tokens (B, T) and targets (B, T); at most ``n_steps`` are taken.
        lowest: rate of the first step.
        highest: rate of the last step.
        n_steps: the test ends earlier if the loss explodes or the batches end.
        clip_norm: longest gradient allowed, as in training.

    Returns:
        Rates, losses and a suggestion.

    Raises:
        ValueError: if the rates do not rise, or fewer than 10 steps could be taken.

    Example:
        >>> import torch
        >>> _ = torch.manual_seed(0)
        >>> bigram = nn.Sequential(nn.Embedding(5, 8), nn.Linear(8, 5))
        >>> counting = torch.tensor([[0, 1, 2, 3, 4]])
        >>> found = find_learning_rate(bigram, [(counting, (counting + 1) % 5)] * 60, n_steps=60)
        >>> 0.01 < found.suggestion < 0.3
        True

    Source:
        Smith, 2017, arXiv:1506.01186, section 3.3.
    """
    if not 0 < lowest < highest or n_steps < 10:
        raise ValueError(
            f"the test needs 0 < lowest < highest and at least 10 steps, got {lowest}, {highest} and {n_steps}"
        )
    trial = copy.deepcopy(model).train()
    optimizer = make_optimizer(trial, lowest)
    rates, losses, average = [], [], 0.0
    for step, (tokens, targets) in zip(range(n_steps), batches, strict=False):
        rate = lowest * (highest / lowest) ** (step / (n_steps - 1))
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = model_loss(trial, tokens, targets)
        average = SMOOTHING * average + (1 - SMOOTHING) * loss.item()
        smooth = average / (1 - SMOOTHING ** (step + 1))  # the average began at 0, as Adam's do
        if not math.isfinite(smooth) or (losses and smooth > 2 * min(losses)):
            break
        rates.append(rate)
        losses.append(smooth)
        loss.backward()
        clip_gradients(trial.parameters(), clip_norm)
        optimizer.step()
    if len(losses) < 10:
        raise ValueError(f"only {len(losses)} steps could be taken: give more batches, or a lower first rate")
    return RateTest(rates, losses, rates[losses.index(min(losses))] / SAFETY)
