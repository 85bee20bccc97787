"""Exercises of chapter 03: layer norm, RMSNorm, its gradient, and a leak to find."""

from ..checks import rmsnorm as checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn
"""

EXERCISES = (
    Exercise(
        name="rmsnorm.layer_norm",
        chapter=3,
        difficulty=1,
        minutes=5,
        reference="minillama.course.reference.03:layer_norm",
        checks=(checks.check_layer_norm_mean, checks.check_layer_norm_variance, checks.check_layer_norm_oracle),
        hints=(
            "Work on the last dimension, and keep it with `keepdim=True` so that shapes still fit.",
            "Three steps: subtract the mean; divide by the root of the mean squared deviation plus eps; gain and bias.",
            "The variance is `(x - mean).pow(2).mean(dim=-1, keepdim=True)`.",
        ),
    ),
    Exercise(
        name="rmsnorm.rms_norm",
        chapter=3,
        difficulty=2,
        minutes=8,
        reference="minillama.rmsnorm:rms_norm",
        checks=(
            checks.check_hand_value,
            checks.check_each_token_alone,
            checks.check_eps_inside,
            checks.check_zero_vector,
            checks.check_gain,
            checks.check_half_precision,
            checks.check_gain_last,
            checks.check_refuses_wrong_gain,
        ),
        hints=(
            "Square, take the mean over the last dimension, add eps, take the root, divide.",
            "`torch.rsqrt(y)` is 1 / sqrt(y). `keepdim=True` keeps the mean's dimension, so that it divides x.",
            "Compute in `wide`; go back with `.to(x.dtype)` before multiplying by the gain.",
        ),
    ),
    Exercise(
        name="rmsnorm.RMSNorm",
        chapter=3,
        difficulty=2,
        minutes=6,
        reference="minillama.rmsnorm:RMSNorm",
        checks=(checks.check_module_state, checks.check_module_forward, checks.check_module_learns),
        hints=(
            "Keep eps as `self.eps` and the gain as `self.weight`; forward calls `rms_norm`.",
            "A tensor becomes trainable when you wrap it: `nn.Parameter(...)`.",
            "The gain is `nn.Parameter(torch.ones(dim))`.",
        ),
    ),
    Exercise(
        name="rmsnorm.rms_norm_gradient",
        chapter=3,
        difficulty=4,
        minutes=20,
        reference="minillama.course.reference.03:rms_norm_gradient",
        checks=(checks.check_gradient_value, checks.check_gradient_direction),
        hints=(
            "Let n = x / rms. A change of x moves n directly, and also through rms.",
            "The derivative of rms with respect to x[i] is x[i] / (C * rms), which is n[i] / C.",
            "The result is (grad - n * mean(grad * n)) / rms, with the mean over the channels of one token.",
        ),
    ),
    Exercise(
        name="rmsnorm.norm_of_batch",
        chapter=3,
        difficulty=2,
        minutes=5,
        reference="minillama.course.reference.03:norm_of_batch",
        given="minillama.course.reference.03:norm_of_batch_given",
        checks=(checks.check_batch_leak, checks.check_batch_value),
        hints=(
            "Print the shape of mean_square for x of shape (2, 3, 5).",
            "There should be one mean square per token: shape (2, 3, 1).",
            "The mean runs over two dimensions. Only the last one holds the channels of a token.",
        ),
    ),
)
