"""Exercises of chapter 02 on the second layout: a bug to find, and the reordering of rows."""

from ..checks import rope_layout as checks
from ..registry import Exercise

IMPORTS = """
import torch
from torch import Tensor

from minillama.formats.rope_layout import require_even_heads
"""

EXERCISES = (
    Exercise(
        name="rope_layout.rotate_neighbors",
        chapter=2,
        difficulty=3,
        minutes=10,
        reference="minillama.course.reference.02:rotate_neighbors",
        given="minillama.course.reference.02:rotate_neighbors_given",
        checks=(checks.check_neighbors_length, checks.check_neighbors_value),
        hints=(
            "Take one head of width 4 and write down which angle each of the four channels gets in each table.",
            "Channels 2j and 2j + 1 form a pair, so both must get angle j. For width 4: angles 0, 0, 1, 1.",
            "`torch.cat((t, t), dim=-1)` gives 0, 1, 0, 1. `t.repeat_interleave(2, dim=-1)` gives 0, 0, 1, 1.",
        ),
    ),
    Exercise(
        name="rope_layout.split_to_interleaved",
        chapter=2,
        difficulty=3,
        minutes=10,
        reference="minillama.formats.rope_layout:split_to_interleaved",
        checks=(
            checks.check_order_of_one_head,
            checks.check_heads_apart,
            checks.check_rows_stay_whole,
            checks.check_scores_agree,
            checks.check_refuses_impossible_heads,
        ),
        hints=(
            "`rows.unflatten(0, (n_heads, a, b))` splits the first dimension in three: heads, and a times b rows each.",
            "In split halves, all rows of the first half of a head come first, so unflatten to (n_heads, 2, -1).",
            "Swap the last two of these three with `.transpose(1, 2)`, and join all three with `.flatten(0, 2)`.",
        ),
    ),
)
