"""The arithmetic of quantization: a group of weights becomes small integers and the grid they count on.

A grid is a line of equally spaced values, ``minimum + code * scale`` with codes 0, 1, 2, ... Finding the grid of a
group and choosing a code for each weight are separate steps, so that other ways of rounding can use the same grids.

Shape letters: N rows of a weight (outputs), K columns (inputs), G groups in a row.

Source: Dettmers et al., 2022, arXiv:2208.07339, section 2, for absmax and zero-point; ggml-org/ggml, ggml-quants.c,
for groups of 32 with a scale and a minimum.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

HALF_BITS = 16  # scales and minima are stored as float16


@dataclass(frozen=True)
class Grid:
    """Which values quantized weights can take.

    Args:
        bits: of one code, 2 to 8.
        group: weights along a row that share one grid; must divide the row. None shares it among the whole row.
        symmetric: the grid is centered on 0, with as many steps up as down (absmax), and has no minimum of its own.
            Otherwise it spans the group from its smallest to its largest weight (zero-point).

    Raises:
        ValueError: if ``bits`` or ``group`` is out of range.

    Example:
        >>> Grid(4, group=32).bits_per_weight(in_features=576)  # 4 + (16 + 16) / 32, as GGUF's Q4_1
        5.0
    """

    bits: int
    group: int | None = None
    symmetric: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.bits, int) or not 2 <= self.bits <= 8:
            raise ValueError(f"bits must be an integer from 2 to 8, got {self.bits!r}")
        if self.group is not None and (not isinstance(self.group, int) or self.group < 1):
            raise ValueError(f"group must be a positive number of weights, or None for whole rows, got {self.group!r}")

    @property
    def center(self) -> int:
        """The code of 0 on a symmetric grid."""
        return 1 << self.bits - 1

    def n_groups(self, in_features: int) -> int:
        """G, the groups in a row of ``in_features`` weights.

        Raises:
            ValueError: if they do not divide it.
        """
        group = self.group or in_features
        if in_features % group:
            raise ValueError(f"groups of {group} do not divide rows of {in_features} weights: choose a divisor of it")
        return in_features // group

    def bits_per_weight(self, in_features: int) -> float:
        """Return the bits of storage for one weight: its code, and its share of scale and minimum.

        Args:
            in_features: K, weights in a row.

        Raises:
            ValueError: if the groups do not divide it.

        Example:
            >>> Grid(4, group=32, symmetric=True).bits_per_weight(576)
            4.5
        """
        numbers = 1 if self.symmetric else 2
        return self.bits + numbers * HALF_BITS * self.n_groups(in_features) / in_features


def find_grid(weight: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
    """Lay the grid of each group over its weights.

    Args:
        weight: shape (N, K).
        grid: bits, groups and symmetry.

    Returns:
        Scale and minimum, both (N, G), float32 and not yet rounded for storage. Where all weights of a group are the
        same (all 0 on a symmetric grid), the scale is 0.

    Raises:
        ValueError: if the groups do not divide the rows.

    Example:
        >>> find_grid(torch.tensor([[-1.0, 0.0, 2.0]]), Grid(2))
        (tensor([[1.]]), tensor([[-1.]]))
        >>> find_grid(torch.tensor([[-1.0, 0.0, 2.0]]), Grid(2, symmetric=True))  # levels -2, 0 and 2; code 0 unused
        (tensor([[2.]]), tensor([[-4.]]))

    Source:
        Dettmers et al., 2022, arXiv:2208.07339, section 2.1.
    """
    groups = weight.detach().float().unflatten(-1, (grid.n_groups(weight.shape[-1]), -1))  # (N, G, K/G)
    if grid.symmetric:
        scale = groups.abs().amax(-1) / (grid.center - 1)
        return scale, -grid.center * scale
    minimum = groups.amin(-1)
    return (groups.amax(-1) - minimum) / ((1 << grid.bits) - 1), minimum


def storable_grid(scale: Tensor, minimum: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
    """Round scale and minimum to what is stored, float16; the minimum of a symmetric grid follows from its scale.

    Args:
        scale: shape (N, G).
        minimum: shape (N, G).
        grid: bits and symmetry.

    Returns:
        Scale and minimum, float32.

    Raises:
        ValueError: if they are beyond float16 or not finite.
    """
    scale = scale.half().float()
    minimum = -grid.center * scale if grid.symmetric else minimum.half().float()
    if not (scale.isfinite().all() and minimum.isfinite().all()):
        raise ValueError(
            "the weights are not finite, or too large for a scale in float16 (65504): look for what went wrong before"
        )
    return scale, minimum


def codes_for(weight: Tensor, scale: Tensor, minimum: Tensor, bits: int) -> Tensor:
    """Round each weight to the nearest point of its grid.

    Args:
        weight: shape (N, K).
        scale: shape (N, G), with G a divisor of K; where it is 0, so is the code.
        minimum: shape (N, G).
        bits: codes are 0 to ``2 ** bits - 1``; weights beyond the ends of the grid take the last one.

    Returns:
        uint8, shape (N, K).

    Example:
        >>> codes_for(torch.tensor([[-1.0, 0.4, 9.0]]), torch.tensor([[0.5]]), torch.tensor([[-1.0]]), bits=2)
        tensor([[0, 3, 3]], dtype=torch.uint8)
    """
    inverse = scale.reciprocal()
    inverse = torch.where(inverse.isfinite(), inverse, 0)
    steps = weight.detach().float().unflatten(-1, (scale.shape[-1], -1)) - minimum[..., None]  # (N, G, K/G)
    steps = steps.mul_(inverse[..., None]).add_(0.5).floor_().clamp_(0, (1 << bits) - 1)
    return steps.to(torch.uint8).flatten(-2)


def quantize(weight: Tensor, grid: Grid) -> tuple[Tensor, Tensor, Tensor]:
    """Round a weight to its grids.

    Args:
        weight: shape (N, K).
        grid: bits, groups and symmetry.

    Returns:
        Codes, uint8, shape (N, K); scale and minimum, float32 with values of float16, shape (N, G). The codes are
        chosen on the grid before its rounding to float16, as in ggml. Choosing them after it makes the mean squared
        error smaller by one part in a hundred with 8 bits, and in twenty thousand with 4.

    Raises:
        ValueError: if the groups do not divide the rows, or weights are not finite or beyond float16.

    Example:
        >>> codes, scale, minimum = quantize(torch.tensor([[-1.0, 0.4, 2.0]]), Grid(2))
        >>> codes
        tensor([[0, 1, 3]], dtype=torch.uint8)
        >>> dequantize(codes, scale, minimum)
        tensor([[-1.,  0.,  2.]])

    Source:
        ggml-org/ggml, ggml-quants.c: with ``Grid(4, 32)``, exactly the codes, scales and minima of Q4_1.
    """
    scale, minimum = find_grid(weight, grid)
    return codes_for(weight, scale, minimum, grid.bits), *storable_grid(scale, minimum, grid)


def absmax_quantize(values: Tensor, bits: int = 8) -> tuple[Tensor, Tensor]:
    """Round a whole tensor to one grid that is symmetric about 0.

    Args:
        values: any shape.
        bits: of one level, 2 to 8.

    Returns:
        Levels from ``1 - 2 ** (bits - 1)`` to ``2 ** (bits - 1) - 1``, int8, in the shape of ``values``; and the scale,
        a scalar: ``levels * scale`` is near ``values``.

    Example:
        >>> absmax_quantize(torch.tensor([[-1.0, 0.5], [0.25, 3.5]]), bits=4)
        (tensor([[-2,  1],
                [ 1,  7]], dtype=torch.int8), tensor(0.5000))

    Source:
        Dettmers et al., 2022, arXiv:2208.07339, section 2.1.
    """
    grid = Grid(bits, symmetric=True)
    codes, scale, _ = quantize(values.reshape(1, -1), grid)
    return (codes.short() - grid.center).to(torch.int8).view(values.shape), scale.squeeze()


def zero_point_quantize(values: Tensor, bits: int = 8) -> tuple[Tensor, Tensor, Tensor]:
    """Round a whole tensor to one grid that spans it from its smallest to its largest value.

    Args:
        values: any shape.
        bits: of one code, 2 to 8.

    Returns:
        Codes from 0 to ``2 ** bits - 1``, uint8, in the shape of ``values``; scale and minimum, scalars:
        ``codes * scale + minimum`` is near ``values``. The zero point, the code of 0, is ``-minimum / scale``.

    Example:
        >>> zero_point_quantize(torch.tensor([-1.0, 0.4, 2.0]), bits=2)
        (tensor([0, 1, 3], dtype=torch.uint8), tensor(1.), tensor(-1.))

    Source:
        Dettmers et al., 2022, arXiv:2208.07339, section 2.1.
    """
    codes, scale, minimum = quantize(values.reshape(1, -1), Grid(bits))
    return codes.view(values.shape), scale.squeeze(), minimum.squeeze()


def dequantize(codes: Tensor, scale: Tensor, minimum: Tensor) -> Tensor:
    """Return the weights that codes stand for, ``codes * scale + minimum``.

    Args:
        codes: shape (N, K).
        scale: shape (N, G), with G a divisor of K.
        minimum: shape (N, G).

    Returns:
        float32, shape (N, K).

    Example:
        >>> dequantize(torch.tensor([[0, 3]]), torch.tensor([[0.5]]), torch.tensor([[-1.0]]))
        tensor([[-1.0000,  0.5000]])
    """
    groups = codes.float().unflatten(-1, (scale.shape[-1], -1))  # (N, G, K/G)
    return groups.mul_(scale[..., None]).add_(minimum[..., None]).flatten(-2)
