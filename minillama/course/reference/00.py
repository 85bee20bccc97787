"""Answers of chapter 00."""

import torch
from torch import Tensor


def quiz() -> dict[str, object]:
    """Answer five questions about PyTorch."""
    return {
        "shape of x.mean(dim=-1)": (2, 3),
        "gradient of x ** 2 at x = 3": 6,
        "shape of the embedded ids": (2, 5, 4),
        "softmax of [0, ln 3]": [0.25, 0.75],
        "loss at probability 1": 0,
    }


def quiz_given() -> dict[str, object]:
    """Answer five questions about PyTorch."""
    return {
        "shape of x.mean(dim=-1)": None,
        "gradient of x ** 2 at x = 3": None,
        "shape of the embedded ids": None,
        "softmax of [0, ln 3]": None,
        "loss at probability 1": None,
    }


def softmax(scores: Tensor) -> Tensor:
    """Turn scores into probabilities along the last dimension."""
    shifted = scores - scores.amax(dim=-1, keepdim=True)
    weights = shifted.exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Mean negative log-probability of the right tokens, in nats."""
    log_probabilities = torch.log_softmax(logits, dim=-1)
    chosen = log_probabilities.gather(-1, targets.unsqueeze(-1))
    return -chosen.mean()
