"""The KV cache: keys and values of tokens already read, so that no token is read twice.

All caches have the same interface, and the model does not know which one it writes to: ``length`` is the number of
tokens read so far, ``layers`` holds one part per layer, and each part has ``append``.

Shape letters: B batch, T new tokens, S tokens in the cache, K key-value heads, D head_dim.
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
        >>> keys, values, visible = cache.append(torch.zeros(1, 2, 3, 4), torch.zeros(1, 2, 3, 4))
        >>> keys.shape, cache.length
        (torch.Size([1, 2, 3, 4]), 3)
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.length = 0
        self._keys: Tensor | None = None
        self._values: Tensor | None = None

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Store the new keys and values and return all so far.

        Args:
            key: shape (B, K, T, D), already rotated.
            value: shape (B, K, T, D).

        Returns:
            Two views of shape (B, K, S, D), valid until the next call; and which of them each new token may look
            at, None for all up to its own place.

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
        return self._keys[:, :, :end], self._values[:, :, :end], None

    def rewind(self, length: int) -> None:
        """Forget the tokens after the first ``length``; see ``KVCache.rewind``."""
        self.length = length


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

    endless = False  # whether positions may pass the model's context; see ring_cache.py

    def __init__(self, n_layers: int, capacity: int) -> None:
        require_sizes(n_layers, capacity)
        self.layers = [LayerCache(capacity) for _ in range(n_layers)]

    @property
    def length(self) -> int:
        """Number of tokens stored so far."""
        return self.layers[-1].length

    def rewind(self, length: int) -> None:
        """Forget the tokens after the first ``length``, such as guesses that were wrong.

        Args:
            length: number of tokens to keep, from 0 to the present length.

        Raises:
            ValueError: if there are not as many.
        """
        if not 0 <= length <= self.length:
            raise ValueError(f"cannot go back to {length} tokens: the cache holds {self.length}")
        for layer in self.layers:
            layer.rewind(length)


def require_sizes(n_layers: int, capacity: int) -> None:
    """Refuse sizes that no cache can have.

    Raises:
        ValueError: if one is not positive.
    """
    if n_layers < 1 or capacity < 1:
        raise ValueError(f"n_layers and capacity must be positive, got {n_layers} and {capacity}")
