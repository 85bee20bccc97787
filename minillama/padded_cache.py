"""A cache for prompts of different lengths: short ones are padded on the left, and nobody looks at the padding.

Padding stands on the left so that the last tokens of all prompts stand in one column, where the next token is
predicted. A short prompt then begins at a later position than 0. That changes nothing, because rotary attention
knows only distances.

Shape letters: B batch, T new tokens, S tokens in the cache, K key-value heads, D head_dim.
"""

import torch
from torch import Tensor

from .attention import causal_mask
from .cache import KVCache, LayerCache, require_sizes


class PaddedLayerCache(LayerCache):
    """Keys and values of one layer, with padding before each text.

    Args:
        capacity: largest number of tokens the cache can hold, padding included.
        n_padding: padded places at the start of each row, shape (B,), integers.
    """

    def __init__(self, capacity: int, n_padding: Tensor) -> None:
        super().__init__(capacity)
        self.n_padding = n_padding

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Store the new keys and values; see ``LayerCache.append``. What is visible has shape (B, 1, T, S)."""
        keys, values, _ = super().append(key, value)
        n_queries, n_keys = key.shape[2], keys.shape[2]
        causal = causal_mask(n_queries, n_keys, key.device)
        places = torch.arange(n_keys, device=key.device)
        is_text = places >= self.n_padding.to(key.device).view(-1, 1, 1, 1)  # (B, 1, 1, S)
        # Padding looks at itself: a softmax over nothing is NaN, which would spread to the next layer's values.
        is_self = places == places[n_keys - n_queries :, None]  # (T, S)
        return keys, values, causal & is_text | is_self


class PaddedCache(KVCache):
    """One ``PaddedLayerCache`` per layer of a model.

    Args:
        n_layers: number of layers of the model.
        capacity: largest number of tokens the cache can hold, padding included.
        n_padding: padded places at the start of each row, shape (B,), integers.

    Raises:
        ValueError: if a size is not positive, or a row is nothing but padding.

    Example:
        >>> cache = PaddedCache(n_layers=1, capacity=8, n_padding=torch.tensor([0, 1]))
        >>> new = torch.zeros(2, 1, 2, 4)  # two rows, two tokens; in the second row the first one is padding
        >>> cache.layers[0].append(new, new)[2].int()[:, 0].tolist()
        [[[1, 0], [1, 1]], [[1, 0], [0, 1]]]
    """

    def __init__(self, n_layers: int, capacity: int, n_padding: Tensor) -> None:
        require_sizes(n_layers, capacity)
        if n_padding.dim() != 1 or (n_padding < 0).any() or (n_padding >= capacity).any():
            raise ValueError(
                f"n_padding must hold one number from 0 to {capacity - 1} for each row, got {n_padding.tolist()}: "
                "make room for at least one token of each text"
            )
        self.layers = [PaddedLayerCache(capacity, n_padding) for _ in range(n_layers)]
