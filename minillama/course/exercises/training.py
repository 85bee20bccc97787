"""Exercises of chapter 08, part two: accumulation with a bug to find, and one whole step of training."""

from ..checks import training as checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
from torch import Tensor, nn

from minillama.loss import IGNORE, next_token_loss
from minillama.optimizer import clip_gradients
"""

EXERCISES = (
    Exercise(
        name="training.accumulate_gradients",
        chapter=8,
        difficulty=3,
        minutes=8,
        reference="minillama.course.reference.08:accumulate_gradients",
        given="minillama.course.reference.08:accumulate_gradients_given",
        checks=(checks.check_accumulated_gradient, checks.check_accumulated_loss, checks.check_accumulation_adds),
        hints=(
            "Print `counts` for two batches, one of them with most targets set to IGNORE. What should they be?",
            "`next_token_loss` is a mean over the targets that are learned. A batch's share must count the same ones.",
            "`numel()` counts every place. `int((targets != IGNORE).sum())` counts those that are learned.",
        ),
    ),
    Exercise(
        name="training.train_step",
        chapter=8,
        difficulty=2,
        minutes=8,
        reference="minillama.course.reference.08:train_step",
        checks=(
            checks.check_step_learns,
            checks.check_step_result,
            checks.check_step_rate,
            checks.check_step_forgets,
            checks.check_step_clips,
        ),
        hints=(
            "Six actions in the order of the picture: forget, loss, backward, clip, set the rate, step.",
            "`model.zero_grad()` forgets the gradients of before. Every `group` in `optimizer.param_groups` is a "
            'dictionary with an entry "lr".',
            "The loss is `next_token_loss(model(tokens), targets)`; return `loss.item(), norm`, two plain numbers.",
        ),
    ),
)
