"""The KV cache: keys and values of tokens already read, so that no token is read twice.

Shape letters: B batch, T new tokens, S tokens so far, K key-value heads, D head_dim.
"""

from torch import Tensor


class LayerCache:
    """Keys and values of one layer.

    Memory is taken on the first ``append``, so batch size, heads, dtype and device
    follow the model.

    Args:
        capacity: largest number of tokens the cache can hold.

    Example:
        >>> import torch
        >>> cache = LayerCache(capacity=8)
        >>> keys, values = cache.append(torch.zeros(1, 2, 3, 4), torch.zeros(1, 2, 3, 4))
        >>> keys.shape, cache.length
        (torch.Size([1, 2, 3, 4]), 3)
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.length = 0
        self._keys: Tensor | None = None
        self._values: Tensor | None = None

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Store the new keys and values and return all so far.

        Args:
            key: shape (B, K, T, D), already rotated.
            value: shape (B, K, T, D).

        Returns:
            Two views of shape (B, K, S, D), valid until the next call.

        Raises:
            ValueError: if the cache has no room, or was filled by another batch shape.
        """
        end = self.length + key.shape[2]
        if end > self.capacity:
            raise ValueError(
                f"cannot add {key.shape[2]} tokens: {self.length} of {self.capacity} places are taken. "
                "Create the cache with a larger capacity"
            )
        if self._keys is None:
            self._keys = key.new_empty(*key.shape[:2], self.capacity, key.shape[3])
            self._values = value.new_empty(*value.shape[:2], self.capacity, value.shape[3])
        if key.shape[0] != self._keys.shape[0]:
            raise ValueError(f"the cache holds a batch of {self._keys.shape[0]}, got {key.shape[0]}: use a new cache")
        self._keys[:, :, self.length : end] = key
        self._values[:, :, self.length : end] = value
        self.length = end
        return self._keys[:, :, :end], self._values[:, :, :end]


class KVCache:
    """One ``LayerCache`` per layer of a model.

    Args:
        n_layers: number of layers of the model.
        capacity: largest number of tokens the cache can hold.

    Raises:
        ValueError: if a size is not positive.

    Example:
        >>> KVCache(n_layers=2, capacity=16).length
        0
    """

    def __init__(self, n_layers: int, capacity: int) -> None:
        if n_layers < 1 or capacity < 1:
            raise ValueError(f"n_layers and capacity must be positive, got {n_layers} and {capacity}")
        self.layers = [LayerCache(capacity) for _ in range(n_layers)]

    @property
    def length(self) -> int:
        """Number of tokens stored so far."""
        return self.layers[-1].length
