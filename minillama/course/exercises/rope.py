"""Exercises of chapter 02: frequencies, the table, the rotation, and what follows from them."""

from ..checks import rope as checks
from ..registry import Exercise

IMPORTS = """
import math
from collections.abc import Callable

import torch
from torch import Tensor
"""

EXERCISES = (
    Exercise(
        name="rope.rope_frequencies",
        chapter=2,
        difficulty=1,
        minutes=5,
        reference="minillama.rope:rope_frequencies",
        checks=(
            checks.check_frequencies_shape,
            checks.check_frequencies_value,
            checks.check_frequencies_base,
            checks.check_refuses_odd_width,
        ),
        hints=(
            "Count the pairs first: `torch.arange(head_dim // 2)` is 0, 1, 2, ... up to the last pair.",
            "The exponent of pair j is -2 * j / head_dim. A number to the power of a tensor gives a tensor.",
            "The result is `1.0 / theta ** (2 * pair / head_dim)`, with `pair` as a float32 tensor.",
        ),
    ),
    Exercise(
        name="rope.rope_table",
        chapter=2,
        difficulty=2,
        minutes=6,
        reference="minillama.rope:rope_table",
        checks=(
            checks.check_table_shape,
            checks.check_table_value,
            checks.check_table_uses_positions,
            checks.check_table_scaling,
            checks.check_table_precision,
        ),
        hints=(
            "You need every position times every frequency: T rows and D/2 columns.",
            "`torch.outer(a, b)` multiplies every entry of a with every entry of b. Both must be floats.",
            "With `angles = torch.outer(positions.float(), frequencies)`, return `angles.cos(), angles.sin()`.",
        ),
    ),
    Exercise(
        name="rope.apply_rope",
        chapter=2,
        difficulty=3,
        minutes=12,
        reference="minillama.rope:apply_rope",
        checks=(
            checks.check_rope_quarter_turn,
            checks.check_rope_each_position,
            checks.check_rope_heads,
            checks.check_rope_length,
            checks.check_rope_dtype,
            checks.check_refuses_wrong_table,
        ),
        hints=(
            "`x.chunk(2, dim=-1)` gives the first and the second half of the channels: all a's and all b's.",
            "Compute all new a's and all new b's at once, then join the halves with `torch.cat(..., dim=-1)`.",
            "Join `first * cos - second * sin` and `first * sin + second * cos`; go back with `.to(x.dtype)`.",
        ),
    ),
    Exercise(
        name="rope.score_by_distance",
        chapter=2,
        difficulty=2,
        minutes=7,
        reference="minillama.course.reference.02:score_by_distance",
        checks=(
            checks.check_distance_shape,
            checks.check_distance_direction,
            checks.check_distance_law,
            checks.check_distance_theta,
        ),
        hints=(
            "Put the key at position 0, where nothing turns. Where does a query stand that is d tokens after it?",
            "Repeat the query with `query.expand(n_distances, -1)` and rotate row d by position d.",
            "With `rotated` of shape (n_distances, D), all scores at once are `rotated @ key`.",
        ),
    ),
)
