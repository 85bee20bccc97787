"""A KV cache in 8 bits: half the memory of float16, a quarter of float32.

Every key and every value vector of every head becomes 8-bit integers and one scale, its largest absolute entry
divided by 127. Attention reads them decoded; only one layer is decoded at a time.

Shape letters: B batch, T new tokens, S tokens in the cache, K key-value heads, D head_dim.
"""

import torch
from torch import Tensor

from .cache import KVCache, LayerCache, require_sizes


class Int8LayerCache:
    """Keys and values of one layer as 8-bit integers with one float32 scale per vector.

    Args:
        capacity: largest number of tokens the cache can hold.
    """

    def __init__(self, capacity: int) -> None:
        self._codes, self._scales = LayerCache(capacity), LayerCache(capacity)

    @property
    def length(self) -> int:
        """Number of tokens stored so far."""
        return self._codes.length

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Round and store the new keys and values and return all so far, decoded; see ``LayerCache.append``.

        No entry is off by more than half a scale: 1/254 of the largest entry of its vector.
        """
        (key_codes, key_scale), (value_codes, value_scale) = _encode(key), _encode(value)
        key_codes, value_codes, visible = self._codes.append(key_codes, value_codes)
        key_scale, value_scale, _ = self._scales.append(key_scale, value_scale)
        return (key_codes * key_scale).to(key.dtype), (value_codes * value_scale).to(value.dtype), visible

    def rewind(self, length: int) -> None:
        """Forget the tokens after the first ``length``; see ``KVCache.rewind``."""
        self._codes.rewind(length)
        self._scales.rewind(length)


def _encode(x: Tensor) -> tuple[Tensor, Tensor]:
    """(B, K, T, D) -> int8 codes of the same shape and scales (B, K, T, 1)."""
    wide = x.float()
    scale = wide.abs().amax(dim=-1, keepdim=True) / 127
    codes = torch.round(wide / scale.clamp(min=torch.finfo(torch.float32).tiny))
    return codes.to(torch.int8), scale


class Int8Cache(KVCache):
    """One ``Int8LayerCache`` per layer of a model.

    Args:
        n_layers: number of layers of the model.
        capacity: largest number of tokens the cache can hold.

    Raises:
        ValueError: if a size is not positive.

    Example:
        >>> cache = Int8Cache(n_layers=1, capacity=4)
        >>> new = torch.tensor([[[[127.0, -63.7]]]])
        >>> cache.layers[0].append(new, new)[0]
        tensor([[[[127., -64.]]]])
    """

    def __init__(self, n_layers: int, capacity: int) -> None:
        require_sizes(n_layers, capacity)
        self.layers = [Int8LayerCache(capacity) for _ in range(n_layers)]
