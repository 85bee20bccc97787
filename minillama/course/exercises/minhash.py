"""Exercise of chapter 07, part two: the signature that makes near duplicates easy to find."""

from ..checks import minhash as checks
from ..registry import Exercise

IMPORTS = """
import numpy as np
"""

EXERCISES = (
    Exercise(
        name="minhash.minhash_signature",
        chapter=7,
        difficulty=3,
        minutes=10,
        reference="minillama.course.reference.07:minhash_signature",
        checks=(
            checks.check_signature_value,
            checks.check_signature_is_smallest,
            checks.check_signature_of_a_union,
            checks.check_signature_estimates,
        ),
        hints=(
            "For each pair (factor, offset), compute one number per shingle and keep the smallest.",
            "Without a loop: `factors[:, None] * hashes` has shape (n_hashes, n_shingles), one row per hash function.",
            "`((factors[:, None] * hashes + offsets[:, None]) >> np.uint64(32)).min(axis=1)`.",
        ),
    ),
)
