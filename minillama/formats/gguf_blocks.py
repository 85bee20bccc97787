"""Decode the number formats of GGUF files: blocks of small integers that share a scale.

A block holds 32 neighboring weights of one row: first the scale (and for Q4_1 the minimum) as float16, then
the integers. In the 4-bit formats byte j holds weight j in its low half and weight j + 16 in its high half.

Source:
    ggml-org/ggml, ggml-common.h and ggml-quants.c.
"""

from collections.abc import Callable, Sequence
from math import prod
from typing import NamedTuple

import torch
from torch import Tensor


def dequantize_q4_0(blocks: Tensor) -> Tensor:
    """Decode Q4_0, ``(q - 8) * scale``: (N, 18) uint8 -> (N, 32) float32.

    Example:
        >>> block = bytes.fromhex("0034809191a2a2b3b3c4c4d5d5e6e6f7f7f8")  # scale 0.25
        >>> dequantize_q4_0(torch.tensor(list(block), dtype=torch.uint8).view(1, 18))[0, :4]
        tensor([-2.0000, -1.7500, -1.7500, -1.5000])
    """
    return (_nibbles(blocks[:, 2:]) - 8) * _half(blocks[:, :2])


def dequantize_q4_1(blocks: Tensor) -> Tensor:
    """Decode Q4_1, ``q * scale + minimum``: (N, 20) uint8 -> (N, 32) float32.

    Example:
        >>> block = bytes.fromhex("223400c080809191a2a2b3b3c4c4d5d5e6e6f7f7")  # minimum -2
        >>> dequantize_q4_1(torch.tensor(list(block), dtype=torch.uint8).view(1, 20))[0, :3]
        tensor([-2.0000, -2.0000, -1.7417])
    """
    return _nibbles(blocks[:, 4:]) * _half(blocks[:, :2]) + _half(blocks[:, 2:4])


def dequantize_q8_0(blocks: Tensor) -> Tensor:
    """Decode Q8_0, ``q * scale``: (N, 34) uint8 -> (N, 32) float32.

    Example:
        >>> block = bytes([0, 0x3C, 1, 2, 255]) + bytes(29)  # scale 1
        >>> dequantize_q8_0(torch.tensor(list(block), dtype=torch.uint8).view(1, 34))[0, :4]
        tensor([ 1.,  2., -1.,  0.])
    """
    return blocks[:, 2:].view(torch.int8).float() * _half(blocks[:, :2])


def _nibbles(packed: Tensor) -> Tensor:
    """(N, 16) bytes -> (N, 32) values 0 to 15 as float32: all low halves, then all high halves."""
    return torch.cat((packed & 15, packed >> 4), dim=1).float()


def _half(two_bytes: Tensor) -> Tensor:
    """(N, 2) bytes -> (N, 1) float32."""
    return two_bytes.contiguous().view(torch.float16).float()


class BlockFormat(NamedTuple):
    """How many weights share a block, how many bytes it takes, and how to decode (N, n_bytes) of them."""

    n_weights: int
    n_bytes: int
    decode: Callable[[Tensor], Tensor]


BLOCK_FORMATS: dict[str, BlockFormat] = {
    "F32": BlockFormat(1, 4, lambda blocks: blocks.view(torch.float32)),
    "F16": BlockFormat(1, 2, lambda blocks: blocks.view(torch.float16).float()),
    "BF16": BlockFormat(1, 2, lambda blocks: blocks.view(torch.bfloat16).float()),
    "Q4_0": BlockFormat(32, 18, dequantize_q4_0),
    "Q4_1": BlockFormat(32, 20, dequantize_q4_1),
    "Q8_0": BlockFormat(32, 34, dequantize_q8_0),
}


def dequantize(data: Tensor, kind: str, shape: Sequence[int]) -> Tensor:
    """Decode the bytes of one GGUF tensor to float32.

    Args:
        data: the raw bytes, uint8, shape (n_bytes,).
        kind: name of the format: F32, F16, BF16, Q4_0, Q4_1 or Q8_0.
        shape: shape of the result in PyTorch's order (a GGUF file states it in reverse).

    Returns:
        A tensor of ``shape``, float32. For F32 it shares the memory of ``data``.

    Raises:
        ValueError: if the format is another one, or the bytes do not fill the shape exactly.

    Example:
        >>> dequantize(torch.tensor([0, 0x3C, 0, 0xC0], dtype=torch.uint8), "F16", shape=(2,))
        tensor([ 1., -2.])

    Source:
        ggml-org/ggml, ggml-quants.c.
    """
    if kind not in BLOCK_FORMATS:
        raise ValueError(
            f"cannot decode the format {kind}: only {', '.join(BLOCK_FORMATS)} are supported. "
            "Convert the file with llama.cpp: llama-quantize --allow-requantize IN OUT q8_0"
        )
    n_weights, n_bytes, decode = BLOCK_FORMATS[kind]
    needed = prod(shape) // n_weights * n_bytes
    if shape[-1] % n_weights or len(data) != needed:
        raise ValueError(
            f"{len(data)} bytes of {kind} cannot fill the shape {tuple(shape)}: "
            f"it takes {needed} bytes, and rows of a multiple of {n_weights} weights"
        )
    return decode(data.view(-1, n_bytes)).reshape(tuple(shape))
