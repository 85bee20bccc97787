"""Answers of chapter 08 that the package does not contain."""

import torch
from torch import Tensor, nn

from ...loss import IGNORE, next_token_loss
from ...optimizer import clip_gradients


def accumulate_gradients(model: nn.Module, group: list[tuple[Tensor, Tensor]]) -> float:
    """Add up the gradients of several batches as if they were one; return the mean loss."""
    counts = [int((targets != IGNORE).sum()) for _, targets in group]
    total = 0.0
    for (tokens, targets), count in zip(group, counts, strict=True):
        share = count / sum(counts)
        loss = share * next_token_loss(model(tokens), targets)
        loss.backward()
        total += loss.item()
    return total


def accumulate_gradients_given(model: nn.Module, group: list[tuple[Tensor, Tensor]]) -> float:
    """Add up the gradients of several batches as if they were one, with one bug."""
    counts = [targets.numel() for _, targets in group]
    total = 0.0
    for (tokens, targets), count in zip(group, counts, strict=True):
        share = count / sum(counts)
        loss = share * next_token_loss(model(tokens), targets)
        loss.backward()
        total += loss.item()
    return total


def train_step(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    tokens: Tensor,
    targets: Tensor,
    rate: float,
    clip_norm: float = 1.0,
) -> tuple[float, float]:
    """Update the weights once; return the loss and the length of the gradient, both from before the update."""
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    norm = clip_gradients(model.parameters(), clip_norm)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return loss.item(), norm
