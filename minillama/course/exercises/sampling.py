"""Exercise of chapter 09: top-p."""

from ..checks import sampling as checks
from ..registry import Exercise

IMPORTS = """
import torch
from torch import Tensor
"""

EXERCISES = (
    Exercise(
        name="sampling.keep_top_p",
        chapter=9,
        difficulty=3,
        minutes=10,
        reference="minillama.course.reference.09:keep_top_p",
        checks=(
            checks.check_top_p_crossing,
            checks.check_top_p_smallest_set,
            checks.check_top_p_places,
            checks.check_top_p_logits,
            checks.check_top_p_rows,
            checks.check_top_p_leaves_one,
        ),
        hints=(
            "Sort the probabilities, add them up from the largest on, and decide for each how much stands before it.",
            "A token stays if the probability of all tokens before it is still below p: `largest.cumsum(dim=-1) - "
            "largest < p`. `sort(dim=-1, descending=True)` also gives the ids, which lead back to the places.",
            "`kept = torch.zeros_like(before, dtype=torch.bool).scatter(-1, ids, before < p)`, then "
            "`logits.masked_fill(~kept, -torch.inf)`.",
        ),
    ),
)
