"""Answers of chapter 02 that the package does not contain."""

import torch
from torch import Tensor

from ...rope import apply_rope, rope_table


def score_by_distance(query: Tensor, key: Tensor, n_distances: int, theta: float = 10_000.0) -> Tensor:
    """Score of a query and a key that stands 0, 1, 2, ... tokens before the query."""
    cos, sin = rope_table(torch.arange(n_distances), len(query), theta)
    rotated = apply_rope(query.expand(n_distances, -1), cos, sin)  # (n_distances, D)
    return rotated @ key


def rotate_neighbors(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate neighbors: channels 2j and 2j + 1 turn together by angle j."""
    minus_b, a = -x[..., 1::2], x[..., 0::2]
    turned = torch.stack((minus_b, a), dim=-1).flatten(-2)  # (a, b) -> (-b, a)
    cos, sin = (t.repeat_interleave(2, dim=-1) for t in (cos, sin))  # (T, D)
    return x * cos + turned * sin


def rotate_neighbors_given(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate neighbors, with one bug."""
    minus_b, a = -x[..., 1::2], x[..., 0::2]
    turned = torch.stack((minus_b, a), dim=-1).flatten(-2)  # (a, b) -> (-b, a)
    cos, sin = (torch.cat((t, t), dim=-1) for t in (cos, sin))  # (T, D)
    return x * cos + turned * sin
