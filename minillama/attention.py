"""Causal grouped-query attention with rotary positions.

Shape letters: B batch, T new tokens, S tokens attended to, C dim, H query heads,
K key-value heads, D head_dim.

Source: Vaswani et al., 2017, arXiv:1706.03762; Ainslie et al., 2023, arXiv:2305.13245.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .cache import LayerCache
from .rope import apply_rope


def causal_mask(n_queries: int, n_keys: int, device: torch.device | str | None = None) -> Tensor:
    """Say which keys each query may look at: those at its own position and before.

    The last query stands at the last key. With a cache there are more keys than
    queries, and the first query already sees all keys before it.

    Args:
        n_queries: T, number of new tokens.
        n_keys: S, number of tokens attended to; at least T.
        device: where to build the mask.

    Returns:
        Shape (T, S), bool, True where attention is allowed.

    Raises:
        ValueError: if there are fewer keys than queries.

    Example:
        >>> causal_mask(2, 4).int()
        tensor([[1, 1, 1, 0],
                [1, 1, 1, 1]], dtype=torch.int32)

    Source:
        Vaswani et al., 2017, arXiv:1706.03762, section 3.2.3.
    """
    if n_keys < n_queries:
        raise ValueError(f"{n_queries} queries need at least as many keys, got {n_keys}")
    everything = torch.ones(n_queries, n_keys, dtype=torch.bool, device=device)
    return everything.tril(diagonal=n_keys - n_queries)


def repeat_kv(x: Tensor, n_heads: int) -> Tensor:
    """Copy each key-value head so that every query head has one to look at.

    Query heads share key-value heads in consecutive groups: with 4 query heads and 2
    key-value heads, heads 0 and 1 use the first, heads 2 and 3 the second.

    Args:
        x: keys or values, shape (B, K, S, D).
        n_heads: H, number of query heads; a multiple of K.

    Returns:
        Shape (B, H, S, D).

    Raises:
        ValueError: if H is not a multiple of K.

    Example:
        >>> repeat_kv(torch.tensor([10, 20]).view(1, 2, 1, 1), n_heads=4).flatten().tolist()
        [10, 10, 20, 20]

    Source:
        Ainslie et al., 2023, arXiv:2305.13245, section 2.2.
    """
    n_kv_heads = x.shape[1]
    if n_heads % n_kv_heads:
        raise ValueError(f"n_heads ({n_heads}) must be a multiple of the {n_kv_heads} key-value heads")
    return x.repeat_interleave(n_heads // n_kv_heads, dim=1)


def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Causal attention written out: the readable twin of ``fused_attend``.

    Each query is compared with every key it may see. A softmax turns the scores into
    weights that sum to 1, and the result is the weighted mean of the values.

    Args:
        query: shape (B, H, T, D).
        key: shape (B, K, S, D), K dividing H, S at least T.
        value: shape (B, K, S, D).

    Returns:
        Shape (B, H, T, D), in the dtype of ``query``. Memory grows with T * S.

    Example:
        >>> key = torch.tensor([[[[1.0], [1.0]]]])
        >>> value = torch.tensor([[[[2.0], [4.0]]]])
        >>> attend(key, key, value).flatten()  # equal scores: running mean of the values
        tensor([2., 3.])

    Source:
        Vaswani et al., 2017, arXiv:1706.03762, equation 1.
    """
    n_heads, n_queries, head_dim = query.shape[1:]
    key, value = repeat_kv(key, n_heads), repeat_kv(value, n_heads)  # (B, H, S, D)
    wide = torch.promote_types(query.dtype, torch.float32)
    scores = query @ key.transpose(-2, -1) / math.sqrt(head_dim)  # (B, H, T, S)
    visible = causal_mask(n_queries, key.shape[2], device=query.device)
    scores = scores.masked_fill(~visible, -torch.inf)
    weights = torch.softmax(scores, dim=-1, dtype=wide).to(query.dtype)
    return weights @ value


def fused_attend(query: Tensor, key: Tensor, value: Tensor, visible: Tensor | None = None) -> Tensor:
    """Causal attention by PyTorch's fused kernel: equal to ``attend``, without the (T, S) matrix.

    Args:
        query: shape (B, H, T, D).
        key: shape (B, K, S, D), K dividing H, S at least T.
        value: shape (B, K, S, D).
        visible: True where a query may look at a key, shape (T, S) or (B, 1, T, S); None for all keys up to its own.

    Returns:
        Shape (B, H, T, D).

    Example:
        >>> x = torch.tensor([[[[1.0], [1.0]]]])
        >>> fused_attend(x, x, x).flatten()
        tensor([1., 1.])

    Source:
        Dao et al., 2022, arXiv:2205.14135.
    """
    n_queries, n_keys = query.shape[2], key.shape[2]
    # PyTorch aligns is_causal to the first key, so it is right only when T equals S.
    if visible is None and n_queries not in (1, n_keys):
        visible = causal_mask(n_queries, n_keys, query.device)
    return F.scaled_dot_product_attention(
        query,
        key,
        value,
        attn_mask=visible,
        is_causal=visible is None and 1 < n_queries == n_keys,
        enable_gqa=query.shape[1] != key.shape[1],
    )


class Attention(nn.Module):
    """Grouped-query attention: H query heads share K key-value heads.

    K = H is multi-head attention, K = 1 is multi-query attention. No biases.

    Args:
        dim: C, width of the model.
        n_heads: H, number of query heads.
        n_kv_heads: K, number of key-value heads; divides H.
        head_dim: D, width of one head; even. H * D need not equal C.

    Raises:
        ValueError: if ``n_kv_heads`` does not divide ``n_heads``.

    Source:
        Ainslie et al., 2023, arXiv:2305.13245.
    """

    def __init__(self, dim: int, n_heads: int, n_kv_heads: int, head_dim: int) -> None:
        super().__init__()
        if n_heads % n_kv_heads:
            raise ValueError(f"n_kv_heads ({n_kv_heads}) must divide n_heads ({n_heads})")
        self.head_dim = head_dim
        self.q_proj = nn.Linear(dim, n_heads * head_dim, bias=False)
        self.k_proj = nn.Linear(dim, n_kv_heads * head_dim, bias=False)
        self.v_proj = nn.Linear(dim, n_kv_heads * head_dim, bias=False)
        self.o_proj = nn.Linear(n_heads * head_dim, dim, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, cache: LayerCache | None = None) -> Tensor:
        """Let every token gather from itself and the tokens before it.

        Args:
            x: shape (B, T, C).
            cos: cosines at the positions of the T new tokens, shape (T, D/2).
            sin: sines, same shape.
            cache: keys and values of earlier tokens; the new ones are appended.

        Returns:
            Shape (B, T, C).
        """
        query = apply_rope(self._split_heads(self.q_proj(x)), cos, sin)  # (B, H, T, D)
        key = apply_rope(self._split_heads(self.k_proj(x)), cos, sin)  # (B, K, T, D)
        value = self._split_heads(self.v_proj(x))  # (B, K, T, D)
        visible = None
        if cache is not None:
            key, value, visible = cache.append(key, value)  # (B, K, S, D)
        gathered = fused_attend(query, key, value, visible)  # (B, H, T, D)
        return self.o_proj(gathered.transpose(1, 2).flatten(-2))  # (B, T, C)

    def _split_heads(self, x: Tensor) -> Tensor:
        """(B, T, heads * D) -> (B, heads, T, D)."""
        return x.unflatten(-1, (-1, self.head_dim)).transpose(1, 2)
