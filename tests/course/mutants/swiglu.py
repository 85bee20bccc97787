"""Plausible wrong answers to the exercises of chapter 04."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from . import mutant


@mutant("swiglu.silu", "multiplied by its x")
def sigmoid_alone(x):
    return torch.sigmoid(x)


@mutant("swiglu.silu", "multiplied by its x")
def relu_instead(x):
    return x.clamp(min=0)


@mutant("swiglu.silu", "exp(200) is infinite")
def exponential_by_hand(x):
    return x * torch.exp(x) / (1 + torch.exp(x))


@mutant("swiglu.silu", "leave the dtype")
def always_float32(x):
    return x.float() * torch.sigmoid(x.float())


@mutant("swiglu.gelu", "the root of 2")
def erf_of_x(x):
    return 0.5 * x * (1 + torch.erf(x))


@mutant("swiglu.gelu", "the half")
def not_halved(x):
    return x * (1 + torch.erf(x / math.sqrt(2)))


@mutant("swiglu.gelu", "the 1")
def forgets_the_one(x):
    return 0.5 * x * torch.erf(x / math.sqrt(2))


@mutant("swiglu.gelu", "tanh approximation")
def tanh_version(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


@mutant("swiglu.gelu", "sigmoid approximation")
def sigmoid_version(x):
    return x * torch.sigmoid(1.702 * x)


@mutant("swiglu.silu_gradient", "as a constant")
def treats_sigmoid_as_constant(x):
    return torch.sigmoid(x)


@mutant("swiglu.silu_gradient", "not s")
def wrong_slope_of_sigmoid(x):
    return torch.sigmoid(x) * (1 + x)


@mutant("swiglu.silu_gradient", "At 0")
def slope_of_the_sigmoid_only(x):
    return torch.sigmoid(x) * (1 - torch.sigmoid(x))


@mutant("swiglu.silu_gradient", "exp(200) is infinite")
def slope_with_exponentials(x):
    e = torch.exp(-x)
    return (1 + e + x * e) / (1 + e) ** 2


class _Layer(nn.Module):
    def __init__(self, dim, hidden_dim):
        super().__init__()
        self.gate_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.up_proj = nn.Linear(dim, hidden_dim, bias=False)
        self.down_proj = nn.Linear(hidden_dim, dim, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


@mutant("swiglu.SwiGLU", "bias=False")
class HasBiases(_Layer):
    def __init__(self, dim, hidden_dim):
        super().__init__(dim, hidden_dim)
        self.down_proj = nn.Linear(hidden_dim, dim)


@mutant("swiglu.SwiGLU", "(output, input)")
class HasSizesReversed(_Layer):
    def __init__(self, dim, hidden_dim):
        super().__init__(hidden_dim, dim)


@mutant("swiglu.SwiGLU", "belongs on the gate")
class SwapsGateAndUp(_Layer):
    def forward(self, x):
        return self.down_proj(self.gate_proj(x) * F.silu(self.up_proj(x)))


@mutant("swiglu.SwiGLU", "applied to the product")
class ActivatesTheProduct(_Layer):
    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x) * self.up_proj(x)))


@mutant("swiglu.SwiGLU", "bilinear")
class ForgetsSilu(_Layer):
    def forward(self, x):
        return self.down_proj(self.gate_proj(x) * self.up_proj(x))


@mutant("swiglu.SwiGLU", "GLU")
class UsesASigmoid(_Layer):
    def forward(self, x):
        return self.down_proj(torch.sigmoid(self.gate_proj(x)) * self.up_proj(x))


@mutant("swiglu.SwiGLU", "must be multiplied")
class AddsTheBranches(_Layer):
    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) + self.up_proj(x))


@mutant("swiglu.SwiGLU", "every token by itself")
class NormalizesOverTokens(_Layer):
    def forward(self, x):
        if x.dim() == 3:
            x = x / x.pow(2).mean(dim=1, keepdim=True).sqrt()
        return super().forward(x)


@mutant("swiglu.SwiGLU", "no gradient reached gate_proj.weight")
class DetachesTheGate(_Layer):
    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)).detach() * self.up_proj(x))


@mutant("swiglu.swiglu_hidden_dim", "rounded down")
def rounds_down(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * (int(int(8 * dim / 3) * multiplier) // multiple_of)


@mutant("swiglu.swiglu_hidden_dim", "not rounded yet")
def does_not_round(dim, multiple_of=256, multiplier=1.0):
    return int(int(8 * dim / 3) * multiplier)


@mutant("swiglu.swiglu_hidden_dim", "two thirds")
def forgets_the_two_thirds(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * -(-int(4 * dim * multiplier) // multiple_of)


@mutant("swiglu.swiglu_hidden_dim", "needs an integer")
def returns_a_float(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * -(-8 * dim / 3 * multiplier // multiple_of)


@mutant("swiglu.swiglu_hidden_dim", "round up last")
def multiplies_after_rounding(dim, multiple_of=256, multiplier=1.0):
    return int(multiple_of * -(-int(8 * dim / 3) // multiple_of) * multiplier)


@mutant("swiglu.swiglu_hidden_dim", "round up last")
def ignores_the_multiplier(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * -(-int(8 * dim / 3) // multiple_of)


@mutant("swiglu.swiglu_hidden_dim", "a multiple of 256 already")
def always_adds_one(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * (int(int(8 * dim / 3) * multiplier) // multiple_of + 1)


@mutant("swiglu.swiglu_hidden_dim", "cut to 5461")
def truncates_once(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * -(-int(8 * dim / 3 * multiplier) // multiple_of)


@mutant("swiglu.swiglu_hidden_dim", "must raise ValueError")
def accepts_zero(dim, multiple_of=256, multiplier=1.0):
    return multiple_of * -(-int(int(8 * dim / 3) * multiplier) // multiple_of)


@mutant("swiglu.feed_forward_from_meta", "applied to the product")
def activates_the_product(x, weights):
    return F.silu((x @ weights["w1"].T) * (x @ weights["w3"].T)) @ weights["w2"].T


@mutant("swiglu.feed_forward_from_meta", "belongs on the gate")
def swaps_w1_and_w3(x, weights):
    return (F.silu(x @ weights["w3"].T) * (x @ weights["w1"].T)) @ weights["w2"].T


@mutant("swiglu.feed_forward_from_meta", "your code raised")
def takes_w2_for_up(x, weights):
    return (F.silu(x @ weights["w1"].T) * (x @ weights["w2"].T)) @ weights["w3"].T


@mutant("swiglu.feed_forward_from_meta", "your code raised")
def forgets_to_transpose(x, weights):
    return (F.silu(x @ weights["w1"]) * (x @ weights["w3"])) @ weights["w2"]
