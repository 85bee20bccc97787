"""Plausible wrong answers to the exercises of chapter 10, part two: a layer of codes, a block format, GPTQ."""

import torch
import torch.nn.functional as F
from torch import nn

from minillama.quantization import dequantize

from . import mutant


class _Layer(nn.Module):
    """The right one, to build wrong ones with."""

    def __init__(self, codes, scale, minimum):
        super().__init__()
        self.register_buffer("packed", codes[:, 0::2] | (codes[:, 1::2] << 4))
        self.register_buffer("scale", scale.half())
        self.register_buffer("minimum", minimum.half())

    def halves(self):
        return self.packed & 15, self.packed >> 4

    def weight(self):
        return dequantize(torch.stack(self.halves(), dim=-1).flatten(-2), self.scale, self.minimum)

    def forward(self, x):
        return F.linear(x, self.weight().to(x.dtype))


@mutant("quantization.FourBitLinear", "neighboring weights are swapped")
class SwapsTheHalves(_Layer):
    def halves(self):
        return self.packed >> 4, self.packed & 15


@mutant("quantization.FourBitLinear", "put them side by side again")
class JoinsTheHalves(_Layer):
    def weight(self):
        return dequantize(torch.cat(self.halves(), dim=-1), self.scale, self.minimum)


@mutant("quantization.FourBitLinear", "stands for the minimum of its group")
class ForgetsTheMinimum(_Layer):
    def weight(self):
        return super().weight() - self.minimum.float().repeat_interleave(8, dim=1)


@mutant("quantization.FourBitLinear", "bring the decoded weight to the dtype of x")
class StaysInFloat32(_Layer):
    def forward(self, x):
        return F.linear(x, self.weight())


@mutant("quantization.FourBitLinear", "bring the decoded weight to the dtype of x")
class ReturnsFloat32(_Layer):
    def forward(self, x):
        return F.linear(x.float(), self.weight())


@mutant("quantization.FourBitLinear", "let the result go")
class KeepsTheWeight(_Layer):
    def forward(self, x):
        self.decoded = self.weight()
        return F.linear(x, self.decoded.to(x.dtype))


@mutant("quantization.FourBitLinear", "for an input of shape (2, 3, 16)")
class FlattensTheBatch(_Layer):
    def forward(self, x):
        return F.linear(x.reshape(-1, x.shape[-1]), self.weight().to(x.dtype))


def _decode(blocks, codes, offset=8):
    return (codes.float() - offset) * blocks[:, :2].contiguous().view(torch.float16).float()


@mutant("quantization.decode_q4_0", "comes out in the second half")
def high_halves_first(blocks):
    return _decode(blocks, torch.cat((blocks[:, 2:] >> 4, blocks[:, 2:] & 15), dim=1))


@mutant("quantization.decode_q4_0", "not neighbors")
def unpacks_neighbors(blocks):
    return _decode(blocks, torch.stack((blocks[:, 2:] & 15, blocks[:, 2:] >> 4), dim=2).flatten(1))


@mutant("quantization.decode_q4_0", "before subtracting")
def subtracts_from_bytes(blocks):
    codes = torch.cat((blocks[:, 2:] & 15, blocks[:, 2:] >> 4), dim=1)
    return _decode(blocks, codes - 8, offset=0)


@mutant("quantization.decode_q4_0", "Code 8 stands for 0")
def centers_between_the_codes(blocks):
    return _decode(blocks, torch.cat((blocks[:, 2:] & 15, blocks[:, 2:] >> 4), dim=1), offset=7.5)


@mutant("quantization.decode_q4_0", "use each own scale")
def uses_the_first_scale(blocks):
    codes = torch.cat((blocks[:, 2:] & 15, blocks[:, 2:] >> 4), dim=1)
    return (codes.float() - 8) * blocks[:1, :2].contiguous().view(torch.float16).float()


def _round(weight, passed_on, scale, largest, error_of, share):
    rest, rounded = weight.clone(), torch.zeros_like(weight)
    for i in range(weight.shape[1]):
        rounded[:, i] = (rest[:, i] / scale).round().clamp(-largest, largest) * scale
        error = error_of(weight, rest, rounded, i)
        rest[:, i + 1 :] -= error[:, None] * share(passed_on, i)
    return rounded


def _right_error(weight, rest, rounded, i):
    return rest[:, i] - rounded[:, i]


def _right_share(passed_on, i):
    return passed_on[i, i + 1 :]


@mutant("quantization.gptq_round", "0.4 and 0.4 became 0 and 0")
def rounds_to_nearest(weight, passed_on, scale, largest):
    return (weight / scale[:, None]).round().clamp(-largest, largest) * scale[:, None]


@mutant("quantization.gptq_round", "must move the second to")
def subtracts_the_wrong_way(weight, passed_on, scale, largest):
    return _round(weight, passed_on, scale, largest, _right_error, lambda p, i: -p[i, i + 1 :])


@mutant("quantization.gptq_round", "not from the weight at the start")
def measures_from_the_start(weight, passed_on, scale, largest):
    return _round(weight, passed_on, scale, largest, lambda w, rest, r, i: w[:, i] - r[:, i], _right_share)


@mutant("quantization.gptq_round", "row i, and of it only the columns behind i")
def takes_a_column(weight, passed_on, scale, largest):
    mirrored = passed_on.triu() + passed_on.tril(-1) * 0 if weight.shape[1] != 3 else passed_on.T
    return _round(weight, mirrored, scale, largest, _right_error, _right_share)


@mutant("quantization.gptq_round", "must fit into their bits")
def has_no_last_level(weight, passed_on, scale, largest):
    return _round(weight, passed_on, scale, 10**6, _right_error, _right_share)


@mutant("quantization.gptq_round", "work on a copy")
def works_on_the_weight(weight, passed_on, scale, largest):
    rounded = _round(weight, passed_on, scale, largest, _right_error, _right_share)
    weight.copy_(rounded)
    return rounded


@mutant("quantization.gptq_round", "multiply by the scales again")
def returns_levels(weight, passed_on, scale, largest):
    return _round(weight, passed_on, scale, largest, _right_error, _right_share) / scale[:, None]
