"""SwiGLU: the gated feed-forward layer of LLaMA.

Source: Shazeer, 2020, arXiv:2002.05202.
"""

import torch
from torch import Tensor, nn


def silu(x: Tensor) -> Tensor:
    """Multiply each value by its own sigmoid: x * sigmoid(x).

    Close to ReLU far from zero, but smooth, and slightly negative below zero, so a
    gradient flows almost everywhere. Also called Swish.

    Args:
        x: any shape, floating.

    Returns:
        Same shape and dtype. The minimum is about -0.278, at x = -1.278.

    Example:
        >>> silu(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.2689,  0.0000,  0.7311])

    Source:
        Ramachandran et al., 2017, arXiv:1710.05941.
    """
    return x * torch.sigmoid(x)


def swiglu_hidden_dim(dim: int, multiple_of: int = 256, multiplier: float = 1.0) -> int:
    """Return the hidden width that keeps a gated layer as large as a plain one.

    A plain layer has two matrices of width 4 * dim. SwiGLU has three, so the width
    shrinks to two thirds of that. Meta's rule truncates 2/3 * 4 * dim to an integer,
    truncates again after the optional multiplier, and rounds up to a multiple that
    suits the hardware.

    Args:
        dim: C, width of the model; positive.
        multiple_of: the result is rounded up to a multiple of this.
        multiplier: widens the layer; 1.3 in Llama 2 70B and Llama 3 8B.

    Returns:
        F, the hidden width.

    Raises:
        ValueError: if an argument is not positive.

    Example:
        >>> swiglu_hidden_dim(4096)
        11008

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.2; Meta's reference code.
    """
    if dim < 1 or multiple_of < 1 or multiplier <= 0:
        raise ValueError(f"dim, multiple_of and multiplier must be positive, got {dim}, {multiple_of}, {multiplier}")
    hidden_dim = int(int(2 * (4 * dim) / 3) * multiplier)
    return multiple_of * -(-hidden_dim // multiple_of)


class SwiGLU(nn.Module):
    """Feed-forward layer whose hidden units are gated by a second projection.

    ``down(silu(gate(x)) * up(x))``: ``up`` proposes a value for each hidden unit and
    ``gate`` decides how much of it passes. No biases.

    Args:
        dim: C, width of the model.
        hidden_dim: F, number of gated units; see ``swiglu_hidden_dim``.

    Example:
        >>> SwiGLU(dim=6, hidden_dim=16)(torch.zeros(2, 3, 6)).shape
        torch.Size([2, 3, 6])

    Source:
        Shazeer, 2020, arXiv:2002.05202, equation 6.
    """

    def __init__(self, dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.up_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.down_proj = nn.Linear(hidden_dim, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Mix the channels of every token alone; shape (..., C) in and out."""
        return self.down_proj(silu(self.gate_proj(x)) * self.up_proj(x))
