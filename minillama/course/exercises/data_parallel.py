"""Exercises of chapter 11: averaging gradients over ranks, and a training step with a bug to find."""

from ..checks import data_parallel as checks
from ..registry import Exercise

IMPORTS = """
from collections.abc import Callable

import torch
import torch.distributed as dist
from torch import Tensor, nn

from minillama.loss import IGNORE, next_token_loss
from minillama.optimizer import clip_gradients
from minillama.parallel.peers import Peers
"""

EXERCISES = (
    Exercise(
        name="data_parallel.average_gradients",
        chapter=11,
        difficulty=3,
        minutes=12,
        reference="minillama.parallel.data:average_gradients",
        checks=(
            checks.check_average_alone,
            checks.check_average_weighted,
            checks.check_average_missing,
            checks.check_average_frozen,
        ),
        hints=(
            "The sum over all targets can be added up over ranks; a mean cannot. So turn means into sums first, and "
            "divide by the number of all targets at the end.",
            "Multiply each gradient by `n_targets`, all-reduce it, and all-reduce the number of targets as well: put "
            "it into a tensor. Use `torch.zeros_like(weight)` where `weight.grad` is None.",
            "`flat = n_targets * torch.cat([*(g.flatten() for g in gradients), torch.ones(1)])`, then "
            "`all_reduce(flat)`. Its last entry is the number of all targets; `.split` cuts the rest.",
        ),
    ),
    Exercise(
        name="data_parallel.parallel_step",
        chapter=11,
        difficulty=2,
        minutes=6,
        reference="minillama.course.reference.11:parallel_step",
        given="minillama.course.reference.11:parallel_step_given",
        checks=(
            checks.check_step_equals_one_process,
            checks.check_step_length,
            checks.check_step_replicas,
        ),
        hints=(
            "Every line is right by itself. Which gradient does each one see: this rank's, or that of the whole batch?",
            "One process clips the gradient of the whole batch. Clipped parts do not average to the clipped whole.",
            "`average_gradients` must come before `clip_gradients`.",
        ),
    ),
)
