"""Pack small integers into bytes without a gap.

The bits of one row form a stream: code i takes the bits ``i * bits`` to ``(i + 1) * bits - 1``, counted from the
lowest bit of the first byte. With 4 bits the low half of a byte is the even column, the high half the odd one; with
3 bits, 8 codes lie in 3 bytes. Every row begins with a byte of its own.

Shape letters: N rows, K columns.
"""

from math import gcd

import torch
import torch.nn.functional as F
from torch import Tensor


def pack_codes(codes: Tensor, bits: int) -> Tensor:
    """Pack the columns of each row into bytes.

    Args:
        codes: integers from 0 to ``2 ** bits - 1``, uint8, shape (N, K).
        bits: of one code, 1 to 8.

    Returns:
        uint8, shape (N, P), with P the bytes of K codes, rounded up to the next whole word of codes: of 2 codes with
        4 bits, 4 with 2 or 6 bits, 8 with 1, 3, 5 or 7 bits. The codes added there are 0. With 8 bits it is ``codes``
        itself.

    Raises:
        ValueError: if ``codes`` is no matrix of uint8, a code needs more bits, or ``bits`` is out of range.

    Example:
        >>> pack_codes(torch.tensor([[1, 2, 15]], dtype=torch.uint8), bits=4)  # 0x21, 0x0F
        tensor([[33, 15]], dtype=torch.uint8)
    """
    n_codes, n_bytes, dtype = _word(bits)
    if codes.dim() != 2 or codes.dtype != torch.uint8:
        raise ValueError(f"codes must be a matrix of uint8, got shape {tuple(codes.shape)} of {codes.dtype}")
    if codes.numel() and (largest := int(codes.max())) >= 1 << bits:
        raise ValueError(f"a code is {largest}, but {bits} bits hold 0 to {(1 << bits) - 1}: give more bits")
    if bits == 8:
        return codes
    codes = F.pad(codes, (0, -codes.shape[1] % n_codes))
    words = codes[:, ::n_codes].to(dtype)
    for place in range(1, n_codes):
        words = words | codes[:, place::n_codes].to(dtype) << bits * place
    return torch.stack([(words >> 8 * place & 255).to(torch.uint8) for place in range(n_bytes)], -1).flatten(-2)


def unpack_codes(packed: Tensor, bits: int, n: int) -> Tensor:
    """Undo ``pack_codes``.

    Args:
        packed: uint8, shape (N, P).
        bits: of one code, 1 to 8.
        n: K, codes in a row.

    Returns:
        uint8, shape (N, K). With 8 bits it is ``packed`` itself.

    Raises:
        ValueError: if ``packed`` is no matrix of uint8 or has another width than K codes take.

    Example:
        >>> unpack_codes(torch.tensor([[33, 15]], dtype=torch.uint8), bits=4, n=3)
        tensor([[ 1,  2, 15]], dtype=torch.uint8)
    """
    n_codes, n_bytes, dtype = _word(bits)
    width = -(-n // n_codes) * n_bytes
    if packed.dim() != 2 or packed.dtype != torch.uint8 or packed.shape[1] != width:
        raise ValueError(
            f"{n} codes of {bits} bits take rows of {width} bytes in uint8, got shape {tuple(packed.shape)} of "
            f"{packed.dtype}: give the number of columns that was packed"
        )
    if bits == 8:
        return packed
    words = packed[:, ::n_bytes].to(dtype)
    for place in range(1, n_bytes):
        words = words | packed[:, place::n_bytes].to(dtype) << 8 * place
    mask = (1 << bits) - 1
    codes = [(words >> bits * place & mask).to(torch.uint8) for place in range(n_codes)]
    return torch.stack(codes, -1).flatten(-2)[:, :n]


def _word(bits: int) -> tuple[int, int, torch.dtype]:
    """The fewest codes that fill whole bytes, those bytes, and an integer that holds them."""
    if not 1 <= bits <= 8:
        raise ValueError(f"bits must be 1 to 8, got {bits}")
    n_bytes = bits // gcd(bits, 8)
    return 8 // gcd(bits, 8), n_bytes, torch.uint8 if n_bytes == 1 else torch.int64
