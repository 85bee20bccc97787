"""Causal attention in blocks of queries, for training short rows on a processor.

The scores above the diagonal are never used. Cut into blocks, the queries of a block need only the keys up to its
end, which leaves little more than half of the matrix products. The products are large and few, as a processor likes
them; a fused kernel works in small tiles instead, needs no memory for scores, and wins on long rows and on GPUs.

Shape letters: B batch, T tokens, H query heads, K key-value heads, D head_dim, N queries of a block, S keys it sees.
"""

import math

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

LONGEST = 512  # beyond this many tokens the scores that are kept take more memory than all else


def block_attend(query: Tensor, key: Tensor, value: Tensor, block: int = 64) -> Tensor:
    """Causal attention by blocks of queries: equal to ``attend``, with a backward pass written by hand.

    The weights of all blocks are kept for the backward pass: about B * H * T * T / 2 numbers.

    Args:
        query: shape (B, H, T, D).
        key: shape (B, K, T, D), K dividing H.
        value: shape (B, K, T, D).
        block: N, queries in a block; positive.

    Returns:
        Shape (B, H, T, D).

    Raises:
        ValueError: if ``block`` is not positive, or there are more keys than queries.

    Example:
        >>> key = torch.tensor([[[[1.0], [1.0], [1.0]]]])
        >>> value = torch.tensor([[[[2.0], [4.0], [9.0]]]])
        >>> block_attend(key, key, value, block=2).flatten()  # equal scores: running mean of the values
        tensor([2., 3., 5.])

    Source:
        Dao, 2023, FlashAttention-2, arXiv:2307.08691, section 3.1, for the backward pass.
    """
    if block < 1:
        raise ValueError(f"block must be positive, got {block}: 32 to 128 queries are a good size")
    if key.shape[2] != query.shape[2]:
        raise ValueError(f"{query.shape[2]} queries need as many keys, got {key.shape[2]}: use attend with a cache")
    with torch.autocast(query.device.type, enabled=False):
        return _BlockAttention.apply(query, key, value, block)


class _BlockAttention(torch.autograd.Function):
    """weights = softmax(query @ key.T / sqrt(D)) and weights @ value, one block of queries after the other."""

    @staticmethod
    def forward(ctx, query: Tensor, key: Tensor, value: Tensor, block: int) -> Tensor:
        """Keep the weights of every block."""
        n_kv_heads, n_tokens, head_dim = key.shape[1:]
        # The query heads that share a key-value head stand below each other, so one product serves them all.
        groups = query.unflatten(1, (n_kv_heads, -1))  # (B, K, G, T, D)
        key, value = key.flatten(0, 1), value.flatten(0, 1)  # (B * K, T, D)
        out = torch.empty_like(groups, memory_format=torch.contiguous_format)
        wide = torch.promote_types(query.dtype, torch.float32)
        kept = []
        for start in range(0, n_tokens, block):
            end = min(start + block, n_tokens)
            rows = groups[:, :, :, start:end].flatten(0, 1).flatten(1, 2)  # (B * K, G * N, D)
            hidden = torch.full((end - start, end), -math.inf, dtype=rows.dtype, device=rows.device).triu(start + 1)
            mask = hidden.repeat(groups.shape[2], 1).expand(len(rows), -1, -1)  # (B * K, G * N, S)
            scores = torch.baddbmm(mask, rows, key[:, :end].mT, alpha=head_dim**-0.5)
            weights = scores.softmax(dim=-1, dtype=wide).to(rows.dtype)
            out[:, :, :, start:end] = (weights @ value[:, :end]).view_as(out[:, :, :, start:end])
            kept += [weights, rows]
        ctx.block = block
        ctx.save_for_backward(key, value, out, *kept)
        return out.flatten(1, 2)

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor | None, ...]:
        """For each block: dV = P.T dO; dP = dO V.T; dS = P * (dP - rowsum(dO * O)); dQ = dS K; dK = dS.T Q."""
        key, value, out, *kept = ctx.saved_tensors
        n_batch, n_kv_heads, _, n_tokens, head_dim = out.shape
        grad = grad.unflatten(1, out.shape[1:3])  # (B, K, G, T, D)
        wide = torch.promote_types(out.dtype, torch.float32)
        balance = (grad * out).sum(dim=-1, keepdim=True, dtype=wide).to(out.dtype)  # (B, K, G, T, 1)
        grad_query = torch.empty_like(out)
        grad_key, grad_value = torch.zeros_like(key, dtype=wide), torch.zeros_like(value, dtype=wide)
        with torch.autocast(grad.device.type, enabled=False):  # some call backward() under autocast
            for number, start in enumerate(range(0, n_tokens, ctx.block)):
                weights, rows = kept[2 * number : 2 * number + 2]
                place = (slice(None),) * 3 + (slice(start, start + ctx.block),)
                end = weights.shape[2]
                grad_rows = grad[place].flatten(0, 1).flatten(1, 2)  # (B * K, G * N, D)
                grad_value[:, :end] += weights.mT @ grad_rows
                grad_scores = grad_rows @ value[:, :end].mT  # (B * K, G * N, S)
                grad_scores.sub_(balance[place].flatten(0, 1).flatten(1, 2)).mul_(weights)
                grad_query[place] = (grad_scores @ key[:, :end]).view_as(grad_query[place])
                grad_key[:, :end] += grad_scores.mT @ rows
        shape, scale = (n_batch, n_kv_heads, n_tokens, head_dim), head_dim**-0.5
        grad_key, grad_value = (grad_key * scale).to(key.dtype), grad_value.to(value.dtype)
        return grad_query.mul_(scale).flatten(1, 2), grad_key.view(shape), grad_value.view(shape), None
