"""Answers of chapter 04 that the package does not contain."""

import math

import torch
from torch import Tensor

from ...swiglu import silu


def gelu(x: Tensor) -> Tensor:
    """Multiply each value by the probability that a standard normal number is smaller."""
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def silu_gradient(x: Tensor) -> Tensor:
    """Slope of silu at each value."""
    sigmoid = torch.sigmoid(x)
    return sigmoid * (1 + x * (1 - sigmoid))


def feed_forward_from_meta(x: Tensor, weights: dict[str, Tensor]) -> Tensor:
    """Apply a feed-forward layer whose matrices carry the names of Meta's files."""
    gate = x @ weights["w1"].T  # (..., F)
    up = x @ weights["w3"].T  # (..., F)
    return (silu(gate) * up) @ weights["w2"].T


def feed_forward_from_meta_given(x: Tensor, weights: dict[str, Tensor]) -> Tensor:
    """Apply a feed-forward layer whose matrices carry the names of Meta's files, with one bug."""
    gate = x @ weights["w1"].T  # (..., F)
    up = x @ weights["w3"].T  # (..., F)
    return (gate * silu(up)) @ weights["w2"].T
