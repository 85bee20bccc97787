"""Exercise of chapter 11: an all-reduce around a ring."""

from ..checks import collectives as checks
from ..registry import Exercise

IMPORTS = """
import torch
import torch.nn.functional as F
from torch import Tensor

from minillama.parallel.peers import Peers
"""

EXERCISES = (
    Exercise(
        name="collectives.ring_all_reduce",
        chapter=11,
        difficulty=4,
        minutes=20,
        reference="minillama.course.reference.11:ring_all_reduce",
        checks=(
            checks.check_ring_alone,
            checks.check_ring_counts,
            checks.check_ring_sizes,
            checks.check_ring_traffic,
        ),
        hints=(
            "Take three ranks and three parts, and write down on paper who sends which part in each step. In step 0 "
            "rank r sends part r, so it receives part r - 1, adds it, and sends that sum in step 1.",
            "In step s of the first round rank r sends part `(r - s) % n` and adds what comes to part "
            "`(r - s - 1) % n`. After n - 1 steps its part `(r + 1) % n` is complete.",
            "In step s of the second round rank r sends part `(r - s + 1) % n` and puts what comes in place of part "
            "`(r - s) % n`, without adding. Pad first: `F.pad(x.flatten(), (0, -x.numel() % n))`, then `.chunk(n)`.",
        ),
    ),
)
