"""Exercises of chapter 11: an operator whose backward pass communicates, and SwiGLU on several ranks."""

from ..checks import tensor_parallel as checks
from ..registry import Exercise

IMPORTS = """
import torch
import torch.nn.functional as F
from torch import Tensor

from minillama.parallel.peers import Peers, sum_over_ranks
"""

EXERCISES = (
    Exercise(
        name="tensor_parallel.sum_gradients",
        chapter=11,
        difficulty=3,
        minutes=8,
        reference="minillama.course.reference.11:sum_gradients",
        checks=(checks.check_gradients_forward, checks.check_gradients_summed, checks.check_gradients_kept),
        hints=(
            "A `torch.autograd.Function` has two static methods: `forward(ctx, x)` and `backward(ctx, grad)`, which "
            "gets the gradient of the result and returns that of x.",
            "`forward` returns `x.view_as(x)`. `backward` sums `grad` over the ranks. Other parts of the graph may use "
            "the same tensor `grad`, so sum a copy.",
            "In `backward`: `total = grad.clone()`, `peers.all_reduce(total)`, `return total`. all_reduce itself "
            "returns nothing.",
        ),
    ),
    Exercise(
        name="tensor_parallel.parallel_swiglu",
        chapter=11,
        difficulty=3,
        minutes=12,
        reference="minillama.course.reference.11:parallel_swiglu",
        checks=(checks.check_swiglu_forward, checks.check_swiglu_input, checks.check_swiglu_matrices),
        hints=(
            "Each rank computes F / N hidden units from beginning to end, so silu sees whole values. Which rows of "
            "gate and up make these units, and which columns of down read them?",
            "`gate.chunk(n)[rank]` and `up.chunk(n)[rank]` are rows, `down.chunk(n, dim=1)[rank]` are columns. The "
            "product with those columns is one rank's share of a sum.",
            "`x = sum_gradients(x, peers)`, `hidden = F.silu(F.linear(x, gate)) * F.linear(x, up)`, and return "
            "`sum_over_ranks(F.linear(hidden, down), peers)`.",
        ),
    ),
)
