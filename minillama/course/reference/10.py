"""Answers of chapter 10, in the short form in which the chapter teaches them."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...quantization import dequantize


def absmax_quantize(values: Tensor, bits: int = 8) -> tuple[Tensor, Tensor]:
    """Round a tensor to whole numbers of steps, up to the same number on either side of 0."""
    if not values.any():
        return torch.zeros_like(values, dtype=torch.int8), torch.tensor(1.0)
    largest = 2 ** (bits - 1) - 1
    scale = values.abs().max() / largest
    levels = (values / scale).round()
    return levels.to(torch.int8), scale


def group_quantize(weight: Tensor, bits: int, group: int) -> tuple[Tensor, Tensor, Tensor]:
    """Round a weight to grids that each span the weights of one group."""
    groups = weight.unflatten(-1, (-1, group))  # (N, G, group)
    minimum = groups.amin(dim=-1, keepdim=True)  # (N, G, 1)
    scale = (groups.amax(dim=-1, keepdim=True) - minimum) / (2**bits - 1)
    codes = ((groups - minimum) / scale.clamp(min=1e-12)).round()
    return codes.to(torch.uint8).flatten(-2), scale.squeeze(-1), minimum.squeeze(-1)


def pack_nibbles(codes: Tensor) -> Tensor:
    """Put two codes of 4 bits into each byte; the even column takes the low half."""
    return codes[:, 0::2] | (codes[:, 1::2] << 4)


class FourBitLinear(nn.Module):
    """A linear layer that stores its weight in 4 bits and decodes it whenever it is used."""

    def __init__(self, codes: Tensor, scale: Tensor, minimum: Tensor) -> None:
        super().__init__()
        self.register_buffer("packed", pack_nibbles(codes))
        self.register_buffer("scale", scale.half())
        self.register_buffer("minimum", minimum.half())

    def forward(self, x: Tensor) -> Tensor:
        """Decode the weight and multiply."""
        low, high = self.packed & 15, self.packed >> 4
        codes = torch.stack((low, high), dim=-1).flatten(-2)  # (N, K)
        weight = dequantize(codes, self.scale, self.minimum)
        return F.linear(x, weight.to(x.dtype))


def decode_q4_0(blocks: Tensor) -> Tensor:
    """Decode blocks of GGUF's format Q4_0."""
    scale = blocks[:, :2].contiguous().view(torch.float16).float()  # (N, 1)
    packed = blocks[:, 2:]  # (N, 16)
    codes = torch.cat((packed & 15, packed >> 4), dim=1)  # (N, 32)
    return (codes.float() - 8) * scale


def decode_q4_0_given(blocks: Tensor) -> Tensor:
    """Decode blocks of GGUF's format Q4_0, with one bug."""
    scale = blocks[:, :2].contiguous().view(torch.float16).float()  # (N, 1)
    packed = blocks[:, 2:]  # (N, 16)
    codes = torch.stack((packed & 15, packed >> 4), dim=2).flatten(1)  # (N, 32)
    return (codes.float() - 8) * scale


def gptq_round(weight: Tensor, passed_on: Tensor, scale: Tensor, largest: int) -> Tensor:
    """Round a weight column by column; the columns behind each one make up for its error."""
    rest, rounded = weight.clone(), torch.zeros_like(weight)
    for i in range(weight.shape[1]):
        levels = (rest[:, i] / scale).round().clamp(-largest, largest)
        rounded[:, i] = levels * scale
        error = rest[:, i] - rounded[:, i]
        rest[:, i + 1 :] -= error[:, None] * passed_on[i, i + 1 :]
    return rounded
