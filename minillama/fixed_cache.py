"""A cache whose shapes never change, so that one compiled program serves every step.

The growing cache hands out a longer view at each step, and keeps its length in a Python number; a compiler that
bakes shapes and numbers into its program would have to start over for every token. Here the length is a tensor, and
attention reads all places at every step, those not yet written behind a mask.

Shape letters: B batch, T new tokens, S capacity, K key-value heads, D head_dim.
"""

import torch
from torch import Tensor

from .cache import KVCache, require_sizes


class FixedLayerCache:
    """Keys and values of one layer: its part of the store of a ``FixedCache``.

    Args:
        cache: holds the store.
        number: of the layer, from 0.
    """

    def __init__(self, cache: "FixedCache", number: int) -> None:
        self.cache, self.number = cache, number

    @property
    def length(self) -> int:
        """Number of tokens stored so far; on a GPU, reading it waits for the device."""
        return int(self.cache.count)

    def rewind(self, length: int) -> None:
        """Forget the tokens after the first ``length``; see ``KVCache.rewind``."""
        self.cache.count.fill_(length)

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Store the new keys and values; see ``LayerCache.append``.

        Returns:
            The whole store of the layer, two tensors of shape (B, K, S, D), and what each new token may look at,
            shape (T, S). The first tokens come back as they are: nothing else is there to look at.

        Raises:
            ValueError: if there is no room, or the cache was filled by another batch shape.
        """
        keys, values = self.cache.store(self.number, key)
        is_first = self.length == 0
        positions = self.cache.count + torch.arange(key.shape[2], device=key.device)  # (T,)
        keys.index_copy_(2, positions, key)
        values.index_copy_(2, positions, value)
        if self.number == len(self.cache.layers) - 1:
            self.cache.count += key.shape[2]
        if is_first:
            return key, value, None
        places = torch.arange(self.cache.capacity, device=key.device)
        return keys, values, places <= positions[:, None]


class FixedCache(KVCache):
    """Keys and values in tensors of fixed shape, two for each layer, with one count of the tokens.

    Args:
        n_layers: number of layers of the model.
        capacity: S, number of places; outside a compiled program attention pays for all of them at every step.

    Raises:
        ValueError: if a size is not positive.

    Example:
        >>> cache = FixedCache(n_layers=1, capacity=4)
        >>> new = torch.ones(1, 1, 1, 3)
        >>> for _ in range(2):
        ...     keys, _, visible = cache.layers[0].append(new, new)
        >>> keys.shape, visible.int().tolist()
        (torch.Size([1, 1, 4, 3]), [[1, 1, 0, 0]])
    """

    def __init__(self, n_layers: int, capacity: int) -> None:
        require_sizes(n_layers, capacity)
        self.capacity = capacity
        self.count = torch.zeros(1, dtype=torch.int64)  # tokens stored; moves to the device of the keys
        self.keys: list[Tensor] = []  # of each layer, (B, K, S, D)
        self.values: list[Tensor] = []
        self.layers = [FixedLayerCache(self, number) for number in range(n_layers)]

    def store(self, number: int, key: Tensor) -> tuple[Tensor, Tensor]:
        """The memory of one layer, taken on first use; new tokens as in ``key`` must fit in."""
        if not self.keys:
            shape = (*key.shape[:2], self.capacity, key.shape[3])
            self.keys, self.values = ([key.new_zeros(shape) for _ in self.layers] for _ in range(2))
            self.count = self.count.to(key.device)
        if key.shape[0] != len(self.keys[0]):
            raise ValueError(f"the cache holds a batch of {len(self.keys[0])}, got {key.shape[0]}: use a new cache")
        if self.length + key.shape[2] > self.capacity:
            raise ValueError(
                f"cannot add {key.shape[2]} tokens: {self.length} of {self.capacity} places are taken. "
                "Create the cache with a larger capacity"
            )
        return self.keys[number], self.values[number]
