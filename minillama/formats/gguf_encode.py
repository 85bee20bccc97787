"""Encode weights in the block formats of GGUF files, bit for bit as llama.cpp's converter does.

``gguf_blocks`` says how the blocks look. All three formats choose the integers with the scale in float32 and round
it to float16 only to store it.

Source:
    ggml-org/ggml, ggml-quants.c, reference quantizers; ggml-org/llama.cpp, gguf-py/gguf/quants.py.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from .gguf_blocks import BLOCK_FORMATS


def quantize_q4_0(blocks: Tensor) -> Tensor:
    """Encode Q4_0: (N, 32) float32 -> (N, 18) uint8.

    The scale is the entry of largest magnitude over -8, so that this entry takes the end of the grid that reaches
    further: code 0, eight steps from the center.

    Example:
        >>> bytes(quantize_q4_0((torch.arange(32).view(1, 32) - 16) / 8).flatten().tolist()).hex()
        '0034809191a2a2b3b3c4c4d5d5e6e6f7f7f8'
    """
    largest = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))  # (N, 1), with its sign
    scale = largest / -8
    return torch.cat((_half(scale), _join_nibbles(blocks * _inverse(scale) + 8.5)), 1)


def quantize_q4_1(blocks: Tensor) -> Tensor:
    """Encode Q4_1: (N, 32) float32 -> (N, 20) uint8.

    Example:
        >>> bytes(quantize_q4_1((torch.arange(32).view(1, 32) - 16) / 8).flatten().tolist()).hex()
        '223400c080809191a2a2b3b3c4c4d5d5e6e6f7f7'
    """
    minimum = blocks.amin(1, keepdim=True)
    scale = (blocks.amax(1, keepdim=True) - minimum) / 15
    steps = (blocks - minimum) * _inverse(scale) + 0.5
    return torch.cat((_half(scale), _half(minimum), _join_nibbles(steps)), 1)


def quantize_q8_0(blocks: Tensor) -> Tensor:
    """Encode Q8_0: (N, 32) float32 -> (N, 34) uint8. Halves are rounded away from 0.

    Example:
        >>> quantize_q8_0(torch.arange(32).view(1, 32) * 127 / 31)[0, :6]  # scale 1, then 0, 4.1, 8.2, 12.3
        tensor([ 0, 60,  0,  4,  8, 12], dtype=torch.uint8)
    """
    scale = blocks.abs().amax(1, keepdim=True) / 127
    steps = blocks * _inverse(scale)
    size = steps.abs()
    whole = size.floor()
    levels = steps.sign() * (whole + (2 * (size - whole)).floor())
    return torch.cat((_half(scale), _finite(levels).to(torch.int8).view(torch.uint8)), 1)


def _inverse(scale: Tensor) -> Tensor:
    """1 / scale, and 0 where the scale is 0."""
    return torch.where(scale == 0, 0, scale.reciprocal())


def _finite(steps: Tensor) -> Tensor:
    """0 for what is no number or infinite: a scale that is too small for its inverse, or infinite weights."""
    return steps.nan_to_num(0, 0, 0)


def _half(numbers: Tensor) -> Tensor:
    """(N, 1) float32 -> (N, 2) bytes of float16."""
    return numbers.half().view(torch.uint8)


def _join_nibbles(steps: Tensor) -> Tensor:
    """(N, 32) numbers -> (N, 16) bytes: cut to integers from 0 to 15, the first 16 in the low halves."""
    codes = _finite(steps).to(torch.uint8).clamp(max=15)
    return codes[:, :16] | codes[:, 16:] << 4


ENCODERS: dict[str, Callable[[Tensor], Tensor]] = {
    "F32": lambda blocks: blocks.view(torch.uint8),
    "F16": lambda blocks: blocks.half().view(torch.uint8),
    "BF16": lambda blocks: blocks.bfloat16().view(torch.uint8),
    "Q4_0": quantize_q4_0,
    "Q4_1": quantize_q4_1,
    "Q8_0": quantize_q8_0,
}


def encode(weight: Tensor, kind: str) -> Tensor:
    """Encode one tensor for a GGUF file.

    Args:
        weight: any shape; its rows must hold whole blocks.
        kind: name of the format: F32, F16, BF16, Q4_0, Q4_1 or Q8_0.

    Returns:
        The bytes, uint8: the shape of ``weight`` with the bytes of a row as its last dimension.

    Raises:
        ValueError: if the format is another one, or rows do not hold whole blocks.

    Example:
        >>> from minillama.formats.gguf_blocks import dequantize
        >>> weight = torch.linspace(-1, 1, 128).view(2, 64)
        >>> data = encode(weight, "Q8_0")
        >>> data.shape, torch.allclose(dequantize(data.flatten(), "Q8_0", (2, 64)), weight, atol=0.005)
        (torch.Size([2, 68]), True)

    Source:
        ggml-org/ggml, ggml-quants.c.
    """
    if kind not in ENCODERS:
        raise ValueError(f"cannot encode the format {kind}: choose one of {', '.join(ENCODERS)}")
    n_weights = BLOCK_FORMATS[kind].n_weights
    if weight.dim() < 1 or weight.shape[-1] % n_weights:
        raise ValueError(
            f"{kind} takes rows of a multiple of {n_weights} weights, got shape {tuple(weight.shape)}: "
            "choose F16 for this tensor"
        )
    blocks = weight.detach().float().reshape(-1, n_weights)
    return ENCODERS[kind](blocks).view(*weight.shape[:-1], -1)
