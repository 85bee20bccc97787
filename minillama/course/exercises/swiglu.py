"""Exercises of chapter 04: SiLU, GELU, a gradient, the gated layer, its width, and a bug to find."""

from ..checks import swiglu as checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn
"""

EXERCISES = (
    Exercise(
        name="swiglu.silu",
        chapter=4,
        difficulty=1,
        minutes=3,
        reference="minillama.swiglu:silu",
        checks=(checks.check_silu_value, checks.check_silu_far_out, checks.check_silu_dtype),
        hints=(
            "The formula is x times sigmoid(x), for each value by itself.",
            "`torch.sigmoid` computes 1 / (1 + exp(-x)), also for large x.",
            "One line: `x * torch.sigmoid(x)`.",
        ),
    ),
    Exercise(
        name="swiglu.gelu",
        chapter=4,
        difficulty=2,
        minutes=6,
        reference="minillama.course.reference.04:gelu",
        checks=(checks.check_gelu_value, checks.check_gelu_mirror, checks.check_gelu_exact),
        hints=(
            "Write the probability first, then multiply it by x.",
            "The probability is 0.5 * (1 + erf(...)), and `torch.erf` computes erf.",
            "The argument of erf is x / sqrt(2): `torch.erf(x / math.sqrt(2))`.",
        ),
    ),
    Exercise(
        name="swiglu.silu_gradient",
        chapter=4,
        difficulty=3,
        minutes=10,
        reference="minillama.course.reference.04:silu_gradient",
        checks=(checks.check_slope_at_zero, checks.check_slope_equals_autograd, checks.check_slope_far_out),
        hints=(
            "silu is a product of two functions of x. Which rule gives the slope of a product?",
            "The slope of the sigmoid s is s * (1 - s). The slope of x is 1.",
            "Together: s + x * s * (1 - s). Use `torch.sigmoid` for s, so that large x stay finite.",
        ),
    ),
    Exercise(
        name="swiglu.SwiGLU",
        chapter=4,
        difficulty=2,
        minutes=8,
        reference="minillama.swiglu:SwiGLU",
        checks=(
            checks.check_layer_state,
            checks.check_layer_value,
            checks.check_layer_each_token_alone,
            checks.check_layer_learns,
        ),
        hints=(
            "Three linear layers without bias: two lead from dim to hidden_dim, one leads back.",
            "`nn.Linear(dim, hidden_dim, bias=False)` leads from dim to hidden_dim: gate_proj and up_proj do.",
            "forward: down_proj of the product of silu(gate_proj(x)) and up_proj(x).",
        ),
    ),
    Exercise(
        name="swiglu.swiglu_hidden_dim",
        chapter=4,
        difficulty=2,
        minutes=8,
        reference="minillama.swiglu:swiglu_hidden_dim",
        checks=(
            checks.check_width_of_7b,
            checks.check_width_multiplier,
            checks.check_width_stays,
            checks.check_width_truncates_twice,
            checks.check_width_refuses,
        ),
        hints=(
            "Follow the four steps one by one, and look at the value after each for dim = 4096.",
            "`int` cuts off the fraction. `-(-a // b)` divides and rounds up.",
            "`int(int(2 * (4 * dim) / 3) * multiplier)`, then `multiple_of * -(-hidden_dim // multiple_of)`.",
        ),
    ),
    Exercise(
        name="swiglu.feed_forward_from_meta",
        chapter=4,
        difficulty=2,
        minutes=5,
        reference="minillama.course.reference.04:feed_forward_from_meta",
        given="minillama.course.reference.04:feed_forward_from_meta_given",
        checks=(checks.check_meta_value, checks.check_meta_layer),
        hints=(
            "All shapes fit, so shapes cannot help. Compare each line with the formula of SwiGLU.",
            "w1 is the gate, w2 leads down, w3 leads up. Which of them are read correctly?",
            "The matrices are right. Look at which of the two factors goes through silu.",
        ),
    ),
)
