"""Exercises of chapter 00: a quiz to skip the primer, softmax and cross-entropy."""

from ..checks import primer as checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn
"""

EXERCISES = (
    Exercise(
        name="primer.quiz",
        chapter=0,
        difficulty=1,
        minutes=5,
        reference="minillama.course.reference.00:quiz",
        given="minillama.course.reference.00:quiz_given",
        checks=(checks.check_shapes, checks.check_gradient, checks.check_probabilities, checks.check_loss),
        hints=(
            "You may try things out in a new cell. If an answer is unknown, read the primer: that is what it is for.",
            "A mean over a dimension removes it. An embedding replaces every id by a row. The slope of x ** 2 is 2x.",
            "exp(0) is 1 and exp(ln 3) is 3; their sum is 4. The loss is minus the logarithm of the probability.",
        ),
    ),
    Exercise(
        name="primer.softmax",
        chapter=0,
        difficulty=1,
        minutes=6,
        reference="minillama.course.reference.00:softmax",
        checks=(
            checks.check_softmax_value,
            checks.check_softmax_rows,
            checks.check_softmax_large,
            checks.check_softmax_rows_far_apart,
        ),
        hints=(
            "Two steps make it right: `exp` of every score, then divide by their sum along the last dimension.",
            "The sum needs `keepdim=True`, so that it divides the row it belongs to.",
            "First subtract `scores.amax(dim=-1, keepdim=True)`: then no exponent is above 0, and nothing overflows.",
        ),
    ),
    Exercise(
        name="primer.cross_entropy",
        chapter=0,
        difficulty=2,
        minutes=8,
        reference="minillama.course.reference.00:cross_entropy",
        checks=(checks.check_guess, checks.check_right_token, checks.check_against_torch, checks.check_loss_large),
        hints=(
            "For each row: the logarithm of the probability of the right token. Then minus, then the mean.",
            "`torch.log_softmax(logits, dim=-1)` gives all logarithms, safely. `gather` picks one from each row.",
            "`log_probabilities.gather(-1, targets.unsqueeze(-1))` picks the right token's logarithm.",
        ),
    ),
)
