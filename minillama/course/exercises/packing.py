"""Exercise of chapter 07, part four: whole documents in rows of equal length."""

from ..checks import packing as checks
from ..registry import Exercise

IMPORTS = ""

EXERCISES = (
    Exercise(
        name="packing.pack_rows",
        chapter=7,
        difficulty=3,
        minutes=14,
        reference="minillama.course.reference.07:pack_rows",
        checks=(
            checks.check_rows_are_full,
            checks.check_documents_stay_whole,
            checks.check_oldest_opens,
            checks.check_longest_that_fits,
            checks.check_rows_value,
        ),
        hints=(
            "While documents wait: begin a row with the oldest, add others while one fits, fill the rest with BOS.",
            "Those that fit are `[d for d in waiting if len(d) <= row_length - len(row)]`; `max(fitting, key=len)` is "
            "the longest of them, and `waiting.remove(...)` takes it out.",
            "`while fitting := [...]:` repeats as long as the list is not empty. At the end: "
            "`row + [bos_id] * (row_length - len(row))`.",
        ),
    ),
)
