"""A cache for texts without end: it keeps the first tokens and the latest, and forgets those between.

The policy: token i looks at itself and the ``window - n_sinks - 1`` tokens before it, and at the ``n_sinks`` first
tokens of the text. Trained models put much of their attention on the first tokens, whatever these say; without such
*attention sinks* the text falls apart as soon as they drop out. The sinks are turned along as the window moves, so
that they always stand right before it and no distance exceeds the window.

Shape letters: B batch, T new tokens, S tokens in the cache, K key-value heads, D head_dim.

Source: Xiao et al., 2023, arXiv:2309.17453, for sinks; Beltagy et al., 2020, arXiv:2004.05150, for the window.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .cache import KVCache, require_sizes
from .rope import apply_rope, rope_table

Scaling = Callable[[Tensor], Tensor] | None


class RingLayerCache:
    """Keys and values of one layer: the sinks, then the latest tokens.

    Args:
        window: largest number of tokens a token looks at, itself included.
        n_sinks: how many first tokens stay.
        theta: base of the model's RoPE frequencies, to turn the sinks.
        scaling: RoPE scaling of the model, if any.
    """

    def __init__(self, window: int, n_sinks: int, theta: float, scaling: Scaling) -> None:
        self.window, self.n_sinks, self.theta, self.scaling = window, n_sinks, theta, scaling
        self.length = 0
        self._keys: Tensor | None = None
        self._values: Tensor | None = None

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, Tensor | None]:
        """Store the new keys and values; see ``LayerCache.append``. Every token gets its own copy of the sinks."""
        if self._keys is None:
            self._keys, self._values = key[:, :, :0], value[:, :, :0]
        if key.shape[0] != self._keys.shape[0]:
            raise ValueError(f"the cache holds a batch of {self._keys.shape[0]}, got {key.shape[0]}: use a new cache")
        keys, values = torch.cat((self._keys, key), dim=2), torch.cat((self._values, value), dim=2)
        own = torch.arange(self.length, self.length + key.shape[2], device=key.device)  # (T,)
        n_sinks = min(self.n_sinks, keys.shape[2])
        places = own[-1] + 1 - torch.arange(keys.shape[2] - n_sinks, 0, -1, device=key.device)  # (S - sinks,)
        near = (places <= own[:, None]) & (places > own[:, None] - (self.window - self.n_sinks))
        self.length += key.shape[2]
        self._keys, self._values = self._latest(keys), self._latest(values)
        if n_sinks == 0:
            return keys, values, near
        copies = values[:, :, :n_sinks].repeat(1, 1, len(own), 1)  # (B, K, T * sinks, D)
        keys = torch.cat((self._turned_sinks(keys[:, :, :n_sinks], own), keys[:, :, n_sinks:]), dim=2)
        values = torch.cat((copies, values[:, :, n_sinks:]), dim=2)
        return keys, values, torch.cat((_own_sinks(own, n_sinks), near), dim=1)

    def rewind(self, length: int) -> None:
        """Refuse: what was forgotten cannot come back."""
        if length != self.length:
            raise ValueError("a ring cache cannot go back: it has forgotten older tokens. Use a KVCache")

    def _latest(self, x: Tensor) -> Tensor:
        """Keep the sinks and what the next token may look at; (B, K, S, D) in and out."""
        if x.shape[2] < self.window:
            return x
        n_near = self.window - self.n_sinks - 1
        return torch.cat((x[:, :, : self.n_sinks], x[:, :, x.shape[2] - n_near :]), dim=2)

    def _turned_sinks(self, sinks: Tensor, own: Tensor) -> Tensor:
        """Copy the sinks for each token, moved forward as far as its window has moved; (B, K, T * sinks, D)."""
        n_sinks = sinks.shape[2]
        n_moved = (own + 1 - self.window).clamp(min=0).repeat_interleave(n_sinks)
        cos, sin = rope_table(n_moved, sinks.shape[3], self.theta, self.scaling)
        return apply_rope(sinks.repeat(1, 1, len(own), 1), cos, sin)


def _own_sinks(own: Tensor, n_sinks: int) -> Tensor:
    """Whether a token may look at a copy of a sink, shape (T, T * sinks): at its own copies, if they are not ahead."""
    n_tokens = len(own)
    is_own = torch.eye(n_tokens, dtype=torch.bool, device=own.device).repeat_interleave(n_sinks, dim=1)
    sinks = torch.arange(n_sinks, device=own.device).repeat(n_tokens)
    return is_own & (sinks <= own[:, None])


class RingCache(KVCache):
    """One ``RingLayerCache`` per layer of a model. Positions may grow past the model's context.

    Args:
        n_layers: number of layers of the model.
        window: largest number of tokens a token looks at, itself and the sinks included; at most the model's context.
        n_sinks: how many first tokens stay for good; 4 are enough for published models.
        theta: ``rope_theta`` of the model.
        scaling: ``rope_scaling`` of the model.

    Raises:
        ValueError: if a size is not positive, or the sinks leave no room in the window.

    Example:
        >>> cache = RingCache(n_layers=1, window=3, n_sinks=1)
        >>> new = torch.ones(1, 1, 6, 2)
        >>> keys, _, visible = cache.layers[0].append(new, new)
        >>> visible[:, 6:].int().tolist()  # behind the six copies of the sink: each token sees itself and one before
        [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1]]

    Source:
        Xiao et al., 2023, arXiv:2309.17453, section 3.2.
    """

    endless = True

    def __init__(
        self, n_layers: int, window: int, n_sinks: int = 4, theta: float = 10_000.0, scaling: Scaling = None
    ) -> None:
        require_sizes(n_layers, window)
        if not 0 <= n_sinks < window - 1:
            raise ValueError(f"a window of {window} needs 0 to {window - 2} sinks, got {n_sinks}")
        self.window = window
        self.layers = [RingLayerCache(window, n_sinks, theta, scaling) for _ in range(n_layers)]
