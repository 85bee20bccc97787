"""Exercise of chapter 09: the acceptance rule of speculative decoding."""

from ..checks import speculative as checks
from ..registry import Exercise

IMPORTS = """
import torch
from torch import Tensor

from minillama.sampling import draw, uniform
"""

EXERCISES = (
    Exercise(
        name="speculative.accept",
        chapter=9,
        difficulty=4,
        minutes=18,
        reference="minillama.speculative:accept",
        checks=(
            checks.check_accept_all,
            checks.check_accept_stops_at_first,
            checks.check_accept_chance,
            checks.check_accept_replacement,
            checks.check_accept_equal_distributions,
            checks.check_accept_exact_distribution,
        ),
        hints=(
            "Three parts: which tokens stay, how many in a row from the start, and the distribution of the last token.",
            "`p[places, drafted] / q[places, drafted]` are the chances. `uniform(n_drafted, generator) < chances` says "
            "who stays. `cumprod` of zeros and ones is 1 up to the first 0.",
            "`n_accepted = int(stays.long().cumprod(0).sum())`; `weights = p[n_accepted]`; if a token was refused, "
            "take `rest = (weights - q[n_accepted]).clamp(min=0)` unless it is all zero; draw from the weights.",
        ),
    ),
)
