"""Plausible wrong answers to the exercises of chapter 03."""

import torch
from torch import nn

from minillama.rmsnorm import rms_norm

from . import mutant


@mutant("rmsnorm.layer_norm", "subtracted")
def keeps_the_mean(x, gain, bias, eps=1e-5):
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + eps) * gain + bias


@mutant("rmsnorm.layer_norm", "C - 1")
def unbiased_variance(x, gain, bias, eps=1e-5):
    return (x - x.mean(-1, keepdim=True)) / torch.sqrt(x.var(-1, keepdim=True) + eps) * gain + bias


@mutant("rmsnorm.layer_norm", "before adding the bias")
def gain_after_bias(x, gain, bias, eps=1e-5):
    mean, variance = x.mean(-1, keepdim=True), x.var(-1, correction=0, keepdim=True)
    return ((x - mean) / torch.sqrt(variance + eps) + bias) * gain


@mutant("rmsnorm.layer_norm", "changed one of its arguments")
def works_in_place(x, gain, bias, eps=1e-5):
    x -= x.mean(-1, keepdim=True)
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + eps) * gain + bias


def _refuse(x, gain):
    if gain.shape != x.shape[-1:]:
        raise ValueError


@mutant("rmsnorm.rms_norm", "sum of squares")
def divides_by_the_length(x, gain, eps=1e-5):
    return x / torch.sqrt(x.pow(2).sum(-1, keepdim=True) + eps) * gain


@mutant("rmsnorm.rms_norm", "nothing is subtracted")
def subtracts_the_mean(x, gain, eps=1e-5):
    x = x - x.mean(-1, keepdim=True)
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + eps) * gain


@mutant("rmsnorm.rms_norm", "not over tokens")
def leaks(x, gain, eps=1e-5):
    dims = tuple(range(x.dim()))[-2:]
    return x * torch.rsqrt(x.pow(2).mean(dims, keepdim=True) + eps) * gain


@mutant("rmsnorm.rms_norm", "NaN")
def has_no_eps(x, gain, eps=1e-5):
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True)).where(x != 0.3, x / 0.75) * gain


@mutant("rmsnorm.rms_norm", "before the square root")
def eps_outside_the_root(x, gain, eps=1e-5):
    return x / (torch.sqrt(x.pow(2).mean(-1, keepdim=True)) + eps) * gain


@mutant("rmsnorm.rms_norm", "Multiply channel i by gain")
def forgets_the_gain(x, gain, eps=1e-5):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)


@mutant("rmsnorm.rms_norm", "square in float32")
def overflows(x, gain, eps=1e-5):
    _refuse(x, gain)
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * gain


@mutant("rmsnorm.rms_norm", "return to the dtype of x")
def stays_in_float32(x, gain, eps=1e-5):
    _refuse(x, gain)
    wide = x.float()
    return wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + eps) * gain


@mutant("rmsnorm.rms_norm", "multiply by the gain after that")
def rounds_after_the_gain(x, gain, eps=1e-5):
    _refuse(x, gain)
    wide = x.float()
    return (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + eps) * gain).to(x.dtype)


@mutant("rmsnorm.rms_norm", "must raise ValueError")
def accepts_any_gain(x, gain, eps=1e-5):
    return (x.float() * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + eps)).to(x.dtype) * gain


@mutant("rmsnorm.rms_norm", "return statement")
def returns_nothing(x, gain, eps=1e-5):
    x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * gain


class _Norm(nn.Module):
    def __init__(self, dim, eps=1e-5):
        super().__init__()
        self.eps, self.weight = eps, nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return rms_norm(x, self.weight, self.eps)


@mutant("rmsnorm.RMSNorm", "called weight")
class HasABias(_Norm):
    def __init__(self, dim, eps=1e-5):
        super().__init__(dim, eps)
        self.bias = nn.Parameter(torch.zeros(dim))


@mutant("rmsnorm.RMSNorm", "keep eps as a number")
class StoresEps(nn.Module):
    def __init__(self, dim, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.register_buffer("eps", torch.tensor(eps))

    def forward(self, x):
        return rms_norm(x, self.weight, self.eps.item())


@mutant("rmsnorm.RMSNorm", "forward")
class MisnamesForward(nn.Module):
    def __init__(self, dim, eps=1e-5):
        super().__init__()
        self.eps, self.weight = eps, nn.Parameter(torch.ones(dim))

    def forwards(self, x):
        return rms_norm(x, self.weight, self.eps)


@mutant("rmsnorm.RMSNorm", "starts at 1")
class StartsAtZero(_Norm):
    def __init__(self, dim, eps=1e-5):
        super().__init__(dim, eps)
        nn.init.zeros_(self.weight)


@mutant("rmsnorm.RMSNorm", "this layer's eps")
class ForgetsEps(_Norm):
    def forward(self, x):
        return rms_norm(x, self.weight)


@mutant("rmsnorm.RMSNorm", "no gradient")
class DetachesTheGain(_Norm):
    def forward(self, x):
        return rms_norm(x, self.weight.detach(), self.eps) + 0 * self.weight.detach().requires_grad_().sum()


@mutant("rmsnorm.rms_norm_gradient", "only the first term")
def forgets_the_divisor(x, grad, eps=1e-5):
    return grad / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + eps)


@mutant("rmsnorm.rms_norm_gradient", "only the first term")
def forgets_the_divisor_in_float32(x, grad, eps=1e-5):
    return grad.float() / torch.sqrt(x.float().pow(2).mean(-1, keepdim=True) + eps)


@mutant("rmsnorm.rms_norm_gradient", "channels of one token")
def sums_over_everything(x, grad, eps=1e-5):
    rms = torch.sqrt(x.pow(2).mean(-1, keepdim=True) + eps)
    return (grad - x / rms * (grad * x / rms).mean()) / rms


@mutant("rmsnorm.rms_norm_gradient", "is eps part")
def ignores_eps(x, grad, eps=1e-5):
    rms = torch.sqrt(x.pow(2).mean(-1, keepdim=True))
    return (grad - x / rms * (grad * x / rms).mean(-1, keepdim=True)) / rms


@mutant("rmsnorm.rms_norm_gradient", "differs in")
def forgets_to_divide(x, grad, eps=1e-5):
    normalized = x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + eps)
    return grad - normalized * (grad * normalized).mean(-1, keepdim=True)


@mutant("rmsnorm.rms_norm_gradient", "part of")
def sign_error(x, grad, eps=1e-5):
    if eps == 0:
        rms = torch.sqrt(x.pow(2).mean(-1, keepdim=True))
        return (grad + x / rms * (grad * x / rms).mean(-1, keepdim=True)) / rms
    x = x.clone().requires_grad_()
    return torch.autograd.grad(torch.nn.functional.rms_norm(x, x.shape[-1:], eps=eps), x, grad)[0]


@mutant("rmsnorm.norm_of_batch", "reads the future")
def mean_over_tokens_only(x, gain, eps=1e-5):
    return x * torch.rsqrt(x.pow(2).mean(-2, keepdim=True) + eps) * gain


@mutant("rmsnorm.norm_of_batch", "only the line with the bug")
def mean_over_the_batch(x, gain, eps=1e-5):
    return x * torch.rsqrt(x.pow(2).mean((0, -1), keepdim=True) + eps) * gain


@mutant("rmsnorm.norm_of_batch", "only the line with the bug")
def loses_the_gain(x, gain, eps=1e-5):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)
