"""A weight that is stored as packed codes, with the scale and minimum of each group.

Shape letters: N rows (outputs), K columns (inputs), G groups in a row, P bytes in a packed row.

Source: Dettmers et al., 2023, arXiv:2305.14314, section 3, stores weights so and decodes them for each product.
"""

import torch
from torch import Tensor, nn

from .bit_packing import pack_codes, unpack_codes
from .quantization import Grid, dequantize, storable_grid


class QuantizedMatrix(nn.Module):
    """A weight as packed codes with the scale and minimum of each group.

    Scales and minima are float16 but lie in integer buffers, bit for bit: ``model.to(torch.bfloat16)`` converts
    every buffer of floats, and would round them.

    Args:
        packed: the codes of ``pack_codes``, uint8, shape (N, P).
        scale_bits: float16 scales, seen as int16, shape (N, G).
        minimum_bits: float16 minima, seen as int16, shape (N, G); None if the grid is symmetric.
        n_columns: K.
        grid: bits, groups and symmetry.

    Raises:
        ValueError: if shapes or dtypes do not fit together.
    """

    def __init__(
        self, packed: Tensor, scale_bits: Tensor, minimum_bits: Tensor | None, n_columns: int, grid: Grid
    ) -> None:
        super().__init__()
        self.n_rows, self.n_columns, self.grid = len(packed), n_columns, grid
        unpack_codes(packed[:1], grid.bits, n_columns)  # complains if the width is wrong
        shape = (self.n_rows, grid.n_groups(n_columns))
        for numbers in (scale_bits,) if grid.symmetric else (scale_bits, minimum_bits):
            if numbers is None or numbers.dtype != torch.int16 or numbers.shape != shape:
                found = "none" if numbers is None else f"{tuple(numbers.shape)} of {numbers.dtype}"
                raise ValueError(f"scales and minima must be {shape} of torch.int16, one for each group, got {found}")
        self.register_buffer("packed", packed)
        self.register_buffer("scale_bits", scale_bits)
        self.register_buffer("minimum_bits", None if grid.symmetric else minimum_bits)

    @classmethod
    def from_codes(cls, codes: Tensor, scale: Tensor, minimum: Tensor, grid: Grid) -> "QuantizedMatrix":
        """Pack what a quantizer returns.

        Args:
            codes: uint8, shape (N, K).
            scale: shape (N, G); rounded to float16.
            minimum: shape (N, G); rounded to float16, and computed from the scale if the grid is symmetric.
            grid: bits, groups and symmetry.

        Raises:
            ValueError: if a code needs more bits, shapes do not fit together, or a scale is beyond float16.
        """
        scale, minimum = storable_grid(scale, minimum, grid)
        minimum_bits = None if grid.symmetric else minimum.half().view(torch.int16)
        return cls(pack_codes(codes, grid.bits), scale.half().view(torch.int16), minimum_bits, codes.shape[1], grid)

    @property
    def scale(self) -> Tensor:
        """The scales, float32, shape (N, G)."""
        return self.scale_bits.view(torch.float16).float()

    @property
    def minimum(self) -> Tensor:
        """The minima, float32, shape (N, G)."""
        if self.grid.symmetric:
            return -self.grid.center * self.scale
        return self.minimum_bits.view(torch.float16).float()

    def codes(self) -> Tensor:
        """The codes, uint8, shape (N, K)."""
        return unpack_codes(self.packed, self.grid.bits, self.n_columns)

    def dequantize(self, dtype: torch.dtype = torch.float32) -> Tensor:
        """Return the weights, shape (N, K), computed in float32."""
        return dequantize(self.codes(), self.scale, self.minimum).to(dtype)

    def rows(self, index: Tensor) -> Tensor:
        """Decode some rows only.

        Args:
            index: integers below N, any shape.

        Returns:
            float32, the shape of ``index`` and then K.
        """
        flat = index.flatten()
        codes = unpack_codes(self.packed[flat], self.grid.bits, self.n_columns)
        return dequantize(codes, self.scale[flat], self.minimum[flat]).unflatten(0, index.shape)

    def extra_repr(self) -> str:
        """The sizes, for ``print(model)``."""
        return f"{self.n_rows}, {self.n_columns}, {self.grid}"
