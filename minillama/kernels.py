"""Linear layers that compute on packed weights with PyTorch's own kernels.

``QuantizedLinear`` decodes a whole weight and then multiplies. A kernel decodes in registers while it multiplies,
so that only the packed weight travels from memory, and reading memory is what writing a token costs. For many
tokens at once decoding is the smaller part, and a dense product is faster: there the weight is decoded first.

Both compute in bfloat16 and add up in float32. Scales are bfloat16 too, as the 4-bit kernel wants them.

Shape letters: N rows of a weight (outputs), K columns (inputs), G groups in a row, M rows of the input.
"""

from collections.abc import Sequence
from functools import cache

import torch
from torch import Tensor, nn

from .quantized_matrix import QuantizedMatrix

MANY = 48  # from so many rows of input on, decoding the weight first is faster
GROUPS = (32, 64, 128, 256)  # sizes that the 4-bit kernel knows
HALVES, PAIRS = "halves", "pairs"


class Int4Linear(nn.Module):
    """Several quantized weights of the same input as one product of packed 4-bit codes.

    Args:
        matrices: of 2 to 4 bits, all with K columns, in groups of 32, 64, 128 or 256 or with one group per row.

    Raises:
        ValueError: if the kernel cannot hold them; see ``fits``.

    Example:
        >>> from minillama.quantization import Grid, quantize
        >>> grid = Grid(4, group=32)
        >>> matrix = QuantizedMatrix.from_codes(*quantize(torch.randn(64, 96), grid), grid)
        >>> x = torch.randn(1, 96)
        >>> error = Int4Linear([matrix])(x.bfloat16()) - x @ matrix.dequantize().T
        >>> bool(error.abs().max() < 0.3)  # products of order 10; bfloat16 keeps 8 bits
        True

    Source:
        PyTorch, aten/src/ATen/native/cpu/int4mm_kernel.cpp, for the kernel.
    """

    def __init__(self, matrices: Sequence[QuantizedMatrix]) -> None:
        super().__init__()
        if not all(map(self.fits, matrices)):
            raise ValueError(
                f"the 4-bit kernel takes up to 4 bits, groups of {GROUPS} or one per row, multiples of 32 columns and "
                f"of 16 rows; got {', '.join(map(repr, matrices))}. Leave such layers as QuantizedLinear"
            )
        n_columns = matrices[0].n_columns
        self.group = matrices[0].grid.group or _largest_group(n_columns)
        self.n_rows, self.n_columns = sum(matrix.n_rows for matrix in matrices), n_columns
        # The kernel decodes (code - 8) * scale + middle: the middle of the codes goes to 8, whatever their bits.
        codes = torch.cat([matrix.codes().int() + 8 - matrix.grid.center for matrix in matrices])
        on_cpu = codes.device.type == "cpu"
        self.multiply = torch._weight_int4pack_mm_for_cpu if on_cpu else torch._weight_int4pack_mm
        self.layout = kernel_layout(self.n_rows) if on_cpu else None
        packed = torch._convert_weight_to_int4pack_for_cpu(codes, 1) if on_cpu else _pack_for_cuda(codes)
        self.register_buffer("packed", packed)
        scale = torch.cat([matrix.scale for matrix in matrices])
        middle = torch.cat([matrix.minimum + matrix.grid.center * matrix.scale for matrix in matrices])  # (N, G)
        grid = torch.stack((scale, middle), dim=-1).repeat_interleave(n_columns // self.group // scale.shape[1], dim=1)
        self.register_buffer("grid", grid.transpose(0, 1).to(torch.bfloat16).contiguous())  # (G, N, 2)

    @staticmethod
    def fits(matrix: QuantizedMatrix) -> bool:
        """Whether the kernel can hold a weight."""
        grid = matrix.grid
        return (
            grid.bits <= 4
            and (grid.group is None or grid.group in GROUPS)
            and matrix.n_columns % 32 == 0
            and matrix.n_rows % 16 == 0
        )

    def forward(self, x: Tensor) -> Tensor:
        """Multiply; x (..., K) in bfloat16 -> (..., N) in bfloat16."""
        rows = x.reshape(-1, self.n_columns)  # (M, K)
        if self.layout is not None and len(rows) >= MANY:
            product = rows @ self.transposed()
        else:
            product = self.multiply(rows, self.packed, self.group, self.grid)
        return product.view(*x.shape[:-1], self.n_rows)

    def transposed(self) -> Tensor:
        """Decode the weight, shape (K, N), bfloat16; possible where the kernel's layout is known."""
        codes = unpack_kernel_codes(self.packed, self.n_rows, self.n_columns, *self.layout)  # (K, N), bfloat16
        # Neighbors in memory: reading every second number would make the last line seven times as slow.
        scale, middle = self.grid.permute(2, 0, 1).contiguous().unsqueeze(2)  # (G, 1, N) each
        weight = codes.sub_(8).view(-1, self.group, self.n_rows)
        return torch.addcmul(middle, weight, scale, out=weight).view(self.n_columns, self.n_rows)


class Int8Linear(nn.Module):
    """A weight in 8 bits with one scale per row, multiplied as integers.

    The input becomes integers too: each row is split into a coarse part of 8 bits and a fine part, the next 8 bits.
    Both go through one product, whose sums are exact. One part alone would cost a language model 0.007 nats per
    token, and a result in bfloat16 as much again; with two, nothing measurable is lost.

    Args:
        matrix: of any grid; unless it is 8 bits and symmetric with one group per row, its values are rounded anew.

    Example:
        >>> from minillama.quantization import Grid, quantize
        >>> grid = Grid(8)
        >>> matrix = QuantizedMatrix.from_codes(*quantize(torch.randn(64, 96), grid), grid)
        >>> layer, x = Int8Linear(matrix), torch.randn(2, 96).bfloat16()
        >>> torch.allclose(layer(x), x.float() @ layer.rows(torch.arange(64)).T, atol=1e-3)
        True

    Source:
        Dettmers et al., 2022, arXiv:2208.07339, section 3.1, for products of rounded vectors.
    """

    def __init__(self, matrix: QuantizedMatrix) -> None:
        super().__init__()
        self.n_rows, self.n_columns = matrix.n_rows, matrix.n_columns
        weight = matrix.dequantize()
        scale = _largest(weight) / 127  # (N, 1)
        self.register_buffer("codes", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale.squeeze(1))

    def forward(self, x: Tensor) -> Tensor:
        """Multiply; (..., K) -> (..., N) in float32."""
        rows = x.reshape(-1, self.n_columns).float()  # (M, K)
        if x.device.type != "cpu":  # a GPU multiplies integers for more than 16 rows only
            return (rows @ self.codes.t().float() * self.scale).view(*x.shape[:-1], self.n_rows)
        scale = _largest(rows) / 127  # (M, 1)
        steps = rows / scale
        coarse = steps.round()
        parts = torch.cat((coarse, (254 * (steps - coarse)).round())).to(torch.int8)  # (2M, K)
        coarse, fine = torch._int_mm(parts, self.codes.t()).chunk(2)
        product = (fine / 254).add_(coarse).mul_(scale).mul_(self.scale)
        return product.view(*x.shape[:-1], self.n_rows)

    def rows(self, tokens: Tensor) -> Tensor:
        """Decode some rows, as an embedding does; (...) -> (..., K) in float32."""
        return self.codes[tokens] * self.scale[tokens].unsqueeze(-1)


def _largest(rows: Tensor) -> Tensor:
    """Largest absolute value of each row, never 0; (M, K) -> (M, 1)."""
    return rows.abs().amax(dim=1, keepdim=True).clamp(min=torch.finfo(torch.float32).tiny)


@cache
def kernel_layout(n_rows: int) -> tuple[int, str] | None:
    """Find out how this processor's 4-bit kernel lays out its codes: rows per block, and what shares a byte."""
    generator = torch.Generator().manual_seed(0)
    codes = torch.randint(16, (n_rows, 32), dtype=torch.int32, generator=generator)
    packed = torch._convert_weight_to_int4pack_for_cpu(codes, 1)
    for block in (64, 32):
        for kind in (HALVES, PAIRS):
            if n_rows % block == 0 and torch.equal(unpack_kernel_codes(packed, n_rows, 32, block, kind).int(), codes.T):
                return block, kind
    return None


def unpack_kernel_codes(packed: Tensor, n_rows: int, n_columns: int, block: int, kind: str) -> Tensor:
    """Undo the packing of the 4-bit kernel, shape (K, N), bfloat16.

    The kernel works on blocks of rows. Within a block a byte holds the codes of one column for two rows: row j and
    its partner in the other half of the block, or two neighbors.
    """
    blocks = packed.view(n_rows // block, n_columns, block // 2).transpose(0, 1)
    codes = packed.new_empty(n_columns, n_rows // block, block, dtype=torch.bfloat16)
    low = codes[:, :, : block // 2] if kind == HALVES else codes[:, :, 0::2]
    high = codes[:, :, block // 2 :] if kind == HALVES else codes[:, :, 1::2]
    low.copy_(blocks & 15)
    high.copy_(blocks >> 4)
    return codes.view(n_columns, n_rows)


def _largest_group(n_columns: int) -> int:
    """The largest group size of the kernel that divides a row."""
    return max(group for group in GROUPS if n_columns % group == 0)


def _pack_for_cuda(codes: Tensor) -> Tensor:
    """The layout of the kernel for NVIDIA GPUs: the even column in the high half of a byte."""
    n_tiles = next(tiles for tiles in (8, 4, 2) if codes.shape[1] % (16 * tiles) == 0)
    return torch._convert_weight_to_int4pack((codes[:, 0::2] << 4 | codes[:, 1::2]).to(torch.uint8), n_tiles)
