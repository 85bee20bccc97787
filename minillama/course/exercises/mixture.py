"""Exercise of chapter 07, part three: how often each source of a mixture is repeated."""

from ..checks import mixture as checks
from ..registry import Exercise

IMPORTS = """
from collections.abc import Mapping

from minillama.cleaning.mixture import check_shares
"""

EXERCISES = (
    Exercise(
        name="mixture.implied_epochs",
        chapter=7,
        difficulty=2,
        minutes=6,
        reference="minillama.cleaning.mixture:implied_epochs",
        checks=(
            checks.check_epochs_value,
            checks.check_epochs_of_unnormalized_shares,
            checks.check_epochs_of_the_paper,
        ),
        hints=(
            "A source with the share s gives s * total tokens to the run. How often must it be read for that?",
            "Shares may sum to anything: divide each by their sum first.",
            "`{name: total * share / whole / unique_tokens[name] for name, share in shares.items()}` with "
            "`whole = sum(shares.values())`.",
        ),
    ),
)
