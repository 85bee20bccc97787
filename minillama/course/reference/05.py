"""Answers of chapter 05 that the package does not contain."""

import math

import torch
from torch import Tensor

from ...attention import attend


def online_attend(query: Tensor, key: Tensor, value: Tensor, block_size: int = 64) -> Tensor:
    """Causal attention in one pass over blocks of keys, without the (T, S) matrix."""
    n_queries, n_keys = query.shape[-2], key.shape[-2]
    place = torch.arange(n_keys, device=query.device)
    position = place[n_keys - n_queries :].unsqueeze(-1)  # (T, 1)
    largest = torch.full_like(query[..., :1], -torch.inf)  # (..., T, 1)
    total = torch.zeros_like(largest)
    gathered = torch.zeros_like(query)  # (..., T, D)
    for start in range(0, n_keys, block_size):
        keys = key[..., start : start + block_size, :]
        values = value[..., start : start + block_size, :]
        scores = query @ keys.transpose(-2, -1) / math.sqrt(query.shape[-1])
        hidden = place[start : start + block_size] > position
        scores = scores.masked_fill(hidden, -torch.inf)  # (..., T, block)
        new_largest = torch.maximum(largest, scores.amax(dim=-1, keepdim=True))
        shrink = torch.exp(largest - new_largest)
        weights = torch.exp(scores - new_largest)
        total = total * shrink + weights.sum(dim=-1, keepdim=True)
        gathered = gathered * shrink + weights @ values
        largest = new_largest
    return gathered / total


def attend_side_by_side(query: Tensor, key: Tensor, value: Tensor, n_heads: int) -> Tensor:
    """Causal attention for heads that lie side by side: (B, T, H * D) in and out."""
    batch, n_tokens, width = query.shape
    heads = [x.unflatten(-1, (n_heads, -1)).transpose(1, 2) for x in (query, key, value)]
    gathered = attend(*heads)
    return gathered.transpose(1, 2).reshape(batch, n_tokens, width)


def attend_side_by_side_given(query: Tensor, key: Tensor, value: Tensor, n_heads: int) -> Tensor:
    """Causal attention for heads that lie side by side, with one bug."""
    batch, n_tokens, width = query.shape
    heads = [x.unflatten(-1, (n_heads, -1)).transpose(1, 2) for x in (query, key, value)]
    gathered = attend(*heads)
    return gathered.reshape(batch, n_tokens, width)
