"""Exercise of chapter 11: AdamW with its state spread over the ranks."""

from ..checks import zero as checks
from ..registry import Exercise

IMPORTS = """
import torch
from torch import Tensor

from minillama.optimizer import adamw_step
from minillama.parallel.peers import Peers
"""

EXERCISES = (
    Exercise(
        name="zero.sharded_adamw_step",
        chapter=11,
        difficulty=3,
        minutes=10,
        reference="minillama.course.reference.11:sharded_adamw_step",
        copies=False,
        checks=(
            checks.check_sharded_moments,
            checks.check_sharded_weights,
            checks.check_sharded_training,
            checks.check_sharded_traffic,
        ),
        hints=(
            "Four lines: this rank's part of the gradient, its part of the weights, the update, everybody's parts.",
            "`peers.reduce_scatter(gradient)` is a part of the sum over the ranks; the gradient of the whole batch is "
            "the mean. `weights.chunk(peers.n_ranks)[peers.rank]` is this rank's part of the weights.",
            "`adamw_step(own, own_gradient, mean, mean_square, step, learning_rate)` changes `own` in place, so take a "
            "`.clone()` of the part before. Return `peers.all_gather(own)`.",
        ),
    ),
)
