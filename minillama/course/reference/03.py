"""Answers of chapter 03 that the package does not contain."""

import torch
from torch import Tensor


def layer_norm(x: Tensor, gain: Tensor, bias: Tensor, eps: float = 1e-5) -> Tensor:
    """Shift each vector to mean 0, scale it to variance 1, then apply gain and bias."""
    mean = x.mean(dim=-1, keepdim=True)
    variance = (x - mean).pow(2).mean(dim=-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * gain + bias


def rms_norm_gradient(x: Tensor, grad: Tensor, eps: float = 1e-5) -> Tensor:
    """Gradient of the loss with respect to ``x``, given ``grad`` with respect to x / rms(x)."""
    rms = torch.sqrt(x.pow(2).mean(dim=-1, keepdim=True) + eps)
    normalized = x / rms
    along = (grad * normalized).mean(dim=-1, keepdim=True)
    return (grad - along * normalized) / rms


def norm_of_batch(x: Tensor, gain: Tensor, eps: float = 1e-5) -> Tensor:
    """RMSNorm for x of shape (B, T, C), every token by itself."""
    mean_square = x.pow(2).mean(dim=-1, keepdim=True)
    return x * torch.rsqrt(mean_square + eps) * gain


def norm_of_batch_given(x: Tensor, gain: Tensor, eps: float = 1e-5) -> Tensor:
    """RMSNorm for x of shape (B, T, C), with one bug."""
    mean_square = x.pow(2).mean(dim=(-2, -1), keepdim=True)
    return x * torch.rsqrt(mean_square + eps) * gain
