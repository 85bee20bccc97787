"""Exercise of chapter 11, optional: attention over a sequence that no rank holds whole."""

from ..checks import ring_attention as checks
from ..registry import Exercise

IMPORTS = """
import math

import torch
from torch import Tensor

from minillama.parallel.peers import Peers
"""

EXERCISES = (
    Exercise(
        name="ring_attention.ring_attend",
        chapter=11,
        difficulty=5,
        minutes=30,
        reference="minillama.course.reference.11:ring_attend",
        checks=(
            checks.check_ring_attend_alone,
            checks.check_ring_attend_causal,
            checks.check_ring_attend_all,
            checks.check_ring_attend_large,
            checks.check_ring_attend_traffic,
        ),
        hints=(
            "In step s this rank holds the block of rank `(rank - s) % n`. Three cases: an earlier block is seen "
            "whole, its own one up to the diagonal, a later one not at all.",
            "The sums are those of `online_attend`: `largest`, `total` and `gathered`. When a block brings a larger "
            "score, total and gathered shrink by `exp(largest - new_largest)`. All ranks shift in every step but the "
            "last, also those that skip the block.",
            "Loop over `range(n)`. Begin with the own block: then every query has seen a key, and largest is finite. "
            "At the end of all but the last step: `key, value = peers.shift(key), peers.shift(value)`.",
        ),
    ),
)
