"""Exercises of chapter 08, part one: AdamW, which weights decay, the schedule, and clipping."""

from ..checks import optimizer as checks
from ..checks import schedule_and_clipping as more_checks
from ..registry import Exercise

IMPORTS = """
import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn
"""

EXERCISES = (
    Exercise(
        name="optimizer.adamw_step",
        chapter=8,
        difficulty=3,
        minutes=12,
        reference="minillama.optimizer:adamw_step",
        copies=False,
        checks=(
            checks.check_step_in_place,
            checks.check_step_means,
            checks.check_step_correction,
            checks.check_step_decay,
            checks.check_step_eps,
            checks.check_step_like_torch,
        ),
        hints=(
            "Six lines, in the order of the table above: decay, mean, mean square, two corrections, the step.",
            "Change tensors in place: `t.mul_(a)` multiplies, `t.add_(g, alpha=a)` adds a * g, "
            "`t.addcmul_(g, g, value=a)` adds a * g * g, `t.sub_(u)` subtracts.",
            "The last line is `parameter.sub_(learning_rate * corrected_mean / (corrected_square.sqrt() + eps))`, with "
            "`corrected_mean = mean / (1 - beta1**step)` and the square likewise.",
        ),
    ),
    Exercise(
        name="optimizer.parameter_groups",
        chapter=8,
        difficulty=2,
        minutes=5,
        reference="minillama.optimizer:parameter_groups",
        checks=(
            checks.check_groups_shape,
            checks.check_groups_members,
            checks.check_groups_frozen,
            checks.check_groups_complete,
        ),
        hints=(
            "`model.parameters()` gives every parameter once, tied ones too. Sort them by their number of dimensions.",
            "`parameter.dim()` is 2 for a matrix and 1 for a gain; `parameter.requires_grad` is False for frozen ones.",
            'A group is a dictionary: `{"params": [...], "weight_decay": 0.1}`. Return a list of two.',
        ),
    ),
    Exercise(
        name="optimizer.learning_rate",
        chapter=8,
        difficulty=2,
        minutes=8,
        reference="minillama.optimizer:learning_rate",
        checks=(
            more_checks.check_rate_warmup,
            more_checks.check_rate_peak,
            more_checks.check_rate_cosine,
            more_checks.check_rate_end,
            more_checks.check_rate_without_warmup,
        ),
        hints=(
            "Count finished steps: `n_done = step + 1`, so that the first rate is not 0 and the last warm-up step is "
            "the peak.",
            "After the warm-up `progress` runs from 0 to 1 over the steps that are left, no further: `min(1.0, ...)`.",
            "Half a cosine: `(1 + math.cos(math.pi * progress)) / 2` falls from 1 to 0. Stretch it to end at "
            "`final_fraction`: `final_fraction + (1 - final_fraction) * ...`.",
        ),
    ),
    Exercise(
        name="optimizer.clip_gradients",
        chapter=8,
        difficulty=2,
        minutes=7,
        reference="minillama.optimizer:clip_gradients",
        copies=False,
        checks=(
            more_checks.check_clip_hand_value,
            more_checks.check_clip_all_together,
            more_checks.check_clip_leaves_short,
            more_checks.check_clip_not_finite,
            more_checks.check_clip_without_gradient,
        ),
        hints=(
            "All gradients together are one long vector. Its length is the root of the sum of all squares.",
            "`gradient.norm()` is the length of one piece. The length of the vector of these lengths is the whole: "
            "`torch.stack([...]).norm().item()`.",
            "If `max_norm < norm < math.inf`, multiply every gradient in place: `gradient.mul_(max_norm / norm)`.",
        ),
    ),
)
