"""Exercises of chapter 11: the schedule of a pipeline, and how long its stages wait."""

from ..checks import pipeline as checks
from ..registry import Exercise

IMPORTS = ""

EXERCISES = (
    Exercise(
        name="pipeline.pipeline_schedule",
        chapter=11,
        difficulty=3,
        minutes=12,
        reference="minillama.course.reference.11:pipeline_schedule",
        checks=(
            checks.check_schedule_complete,
            checks.check_schedule_runs,
            checks.check_schedule_memory,
            checks.check_schedule_length,
            checks.check_schedule_by_hand,
        ),
        hints=(
            "Three pieces: forward passes to fill the pipeline, pairs of one forward and one backward, and the "
            "backward passes that are left. The last stage needs no first piece, stage 0 the longest.",
            "`n_ahead = min(n_stages - 1 - stage, n_microbatches)` forward passes come first. The other forward passes "
            "each bring a backward pass with them, beginning with B0.",
            'The middle piece: `for i in range(n_microbatches - n_ahead): order += [f"F{n_ahead + i}", f"B{i}"]`.',
        ),
    ),
    Exercise(
        name="pipeline.bubble_fraction",
        chapter=11,
        difficulty=1,
        minutes=4,
        reference="minillama.parallel.pipeline:bubble_fraction",
        checks=(checks.check_bubble_values, checks.check_bubble_one_stage),
        hints=(
            "Count in the picture: how many columns is the whole step, and in how many of them does a stage work?",
            "A step lasts `n_microbatches + n_stages - 1` columns, each one forward and one backward pass long, and "
            "every stage works in `n_microbatches` of them.",
            "The share that is left: `(n_stages - 1) / (n_microbatches + n_stages - 1)`.",
        ),
    ),
)
