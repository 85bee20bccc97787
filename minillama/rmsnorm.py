"""RMSNorm: rescale every token's vector to unit root mean square.

Source: Zhang and Sennrich, 2019, arXiv:1910.07467.
"""

import torch
from torch import Tensor, nn


def rms_norm(x: Tensor, gain: Tensor, eps: float = 1e-5) -> Tensor:
    """Divide each vector by its root mean square, then multiply by a learned gain.

    The mean runs over the channels of one token, never over tokens: a norm that
    averages over positions would let a token see the future. Squares and their mean
    are computed in float32 at least, because float16 overflows above 65,504.

    Args:
        x: vectors to normalize, shape (..., C), any floating dtype.
        gain: one learned factor per channel, shape (C,).
        eps: added to the mean square, so that a zero vector stays zero.

    Returns:
        Shape (..., C). The normalized vectors return to the dtype of ``x`` before
        they meet the gain.

    Raises:
        ValueError: if ``gain`` does not have one entry per channel of ``x``.

    Example:
        >>> rms_norm(torch.tensor([3.0, 4.0]), torch.ones(2), eps=0.0)
        tensor([0.8485, 1.1314])

    Source:
        Zhang and Sennrich, 2019, arXiv:1910.07467, equation 4.
    """
    if gain.shape != x.shape[-1:]:
        raise ValueError(
            f"gain has shape {tuple(gain.shape)}, but x has {x.shape[-1]} channels: give one gain per channel"
        )
    wide = x.to(torch.promote_types(x.dtype, torch.float32))
    mean_square = wide.pow(2).mean(dim=-1, keepdim=True)  # (..., 1)
    normalized = wide * torch.rsqrt(mean_square + eps)
    return normalized.to(x.dtype) * gain


class RMSNorm(nn.Module):
    """Hold the gain of one RMSNorm layer and apply it.

    The gain starts at 1, so a new layer only normalizes. There is no bias and nothing
    is subtracted.

    Args:
        dim: C, number of channels.
        eps: added to the mean square; LLaMA uses 1e-6 or 1e-5.

    Example:
        >>> norm = RMSNorm(4)
        >>> norm(torch.tensor([[2.0, 2.0, 2.0, 2.0]])).tolist()[0][0]  # doctest: +ELLIPSIS
        0.99999...

    Source:
        Zhang and Sennrich, 2019, arXiv:1910.07467; Touvron et al., 2023, arXiv:2302.13971, section 2.2.
    """

    def __init__(self, dim: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:
        """Normalize the last dimension of ``x``; shape (..., C) in and out."""
        return rms_norm(x, self.weight, self.eps)
