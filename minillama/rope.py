"""Rotary position embedding: turn queries and keys by an angle that grows with position.

Channels are paired as two halves: channel j turns together with channel j + D/2. Meta's
own code pairs neighbors instead; ``formats/rope_layout.py`` converts between the two.

Source: Su et al., 2021, arXiv:2104.09864.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def rope_frequencies(head_dim: int, theta: float = 10_000.0) -> Tensor:
    """Return how fast each channel pair turns, in radians per token.

    Pair j turns by ``theta ** (-2 * j / head_dim)`` at every step. Early pairs turn
    quickly and tell neighbors apart; late pairs turn slowly and tell distant
    positions apart.

    Args:
        head_dim: D, width of one attention head; even.
        theta: base of the geometric progression; a larger base slows the late pairs.

    Returns:
        Shape (D/2,), float32, falling from 1 to nearly 1/theta.

    Raises:
        ValueError: if ``head_dim`` is odd or not positive.

    Example:
        >>> rope_frequencies(4, theta=100.0)
        tensor([1.0000, 0.1000])

    Source:
        Su et al., 2021, arXiv:2104.09864, section 3.2.2.
    """
    if head_dim % 2 or head_dim < 1:
        raise ValueError(f"head_dim must be even and positive to form rotation pairs, got {head_dim}")
    pair = torch.arange(head_dim // 2, dtype=torch.float32)
    return 1.0 / theta ** (2 * pair / head_dim)


def rope_table(
    positions: Tensor,
    head_dim: int,
    theta: float = 10_000.0,
    scaling: Callable[[Tensor], Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the cosine and sine of every rotation angle.

    The angle of pair j at position m is m times the frequency of pair j. The table is
    float32 whatever the model's dtype: bfloat16 cannot tell position 256 from 257.

    Args:
        positions: token positions, shape (T,), integers from 0.
        head_dim: D, width of one attention head; even.
        theta: base of the frequencies.
        scaling: optional change of the frequencies for longer contexts.

    Returns:
        Two tensors of shape (T, D/2), float32: cosines and sines.

    Example:
        >>> cos, sin = rope_table(torch.arange(2), head_dim=4, theta=100.0)
        >>> sin
        tensor([[0.0000, 0.0000],
                [0.8415, 0.0998]])

    Source:
        Su et al., 2021, arXiv:2104.09864, equation 15.
    """
    frequencies = rope_frequencies(head_dim, theta)
    if scaling is not None:
        frequencies = scaling(frequencies)
    frequencies = frequencies.to(positions.device)
    angles = torch.outer(positions.float(), frequencies)  # (T, D/2)
    return angles.cos(), angles.sin()


def apply_rope(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate each channel pair of every head by the angle of its position.

    With (a, b) a pair, the result is (a cos - b sin, a sin + b cos). Pair j is channel
    j of the first half with channel j of the second half.

    Args:
        x: queries or keys, shape (..., T, D).
        cos: cosines from ``rope_table``, shape (T, D/2).
        sin: sines from ``rope_table``, shape (T, D/2).

    Returns:
        Same shape and dtype as ``x``. Lengths do not change, and the product of a
        rotated query and key depends only on how far apart they stand.

    Raises:
        ValueError: if the table does not fit ``x``.

    Example:
        >>> cos, sin = rope_table(torch.tensor([1]), head_dim=2)
        >>> apply_rope(torch.tensor([[1.0, 0.0]]), cos, sin)  # (cos 1, sin 1)
        tensor([[0.5403, 0.8415]])

    Source:
        Su et al., 2021, arXiv:2104.09864, equation 34; pairing by halves as in Hugging Face transformers.
    """
    n_tokens, head_dim = x.shape[-2:]
    if cos.shape != (n_tokens, head_dim // 2) or sin.shape != cos.shape:
        raise ValueError(
            f"x has {n_tokens} tokens of width {head_dim}, so cos and sin must have shape "
            f"{(n_tokens, head_dim // 2)}; got {tuple(cos.shape)} and {tuple(sin.shape)}"
        )
    first, second = x.chunk(2, dim=-1)  # (..., T, D/2) each; float32 as soon as they meet the table
    rotated = torch.cat((first * cos - second * sin, first * sin + second * cos), dim=-1)
    return rotated.to(x.dtype)
