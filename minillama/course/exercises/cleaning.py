"""Exercises of chapter 07, part one: languages by their letters, copies by their hash, a split with a bug."""

from ..checks import cleaning as checks
from ..registry import Exercise

IMPORTS = """
import hashlib
import math
from collections import Counter
"""

EXERCISES = (
    Exercise(
        name="cleaning.nats_per_letter",
        chapter=7,
        difficulty=3,
        minutes=10,
        reference="minillama.course.reference.07:nats_per_letter",
        checks=(
            checks.check_surprise_of_a_letter,
            checks.check_surprise_of_a_new_letter,
            checks.check_surprise_of_a_new_pair,
            checks.check_surprise_mean,
        ),
        hints=(
            "Go through the places 2, 3, ... of the text. The pair before a place is `text[place - 2 : place]`.",
            "`counts.get(pair, Counter())` gives an empty Counter for a pair that was never seen, and a Counter "
            "answers 0 for a letter that it has not seen.",
            "Add up `-math.log((after[text[place]] + 1) / (after.total() + n_letters))` and divide by `len(text) - 2`.",
        ),
    ),
    Exercise(
        name="cleaning.text_hash",
        chapter=7,
        difficulty=1,
        minutes=5,
        reference="minillama.cleaning.duplicates:text_hash",
        checks=(checks.check_hash_of_spaces, checks.check_hash_of_words, checks.check_hash_value),
        hints=(
            "Two steps: bring the text into one form for all spaces and line breaks, then hash its UTF-8 bytes.",
            '`" ".join(text.split())` leaves one space between words and none at the ends.',
            '`hashlib.blake2b(words.encode(), digest_size=8).digest()` gives 8 bytes; `int.from_bytes(..., "little")` '
            "makes a number of them.",
        ),
    ),
    Exercise(
        name="cleaning.split_documents",
        chapter=7,
        difficulty=2,
        minutes=6,
        reference="minillama.course.reference.07:split_documents",
        given="minillama.course.reference.07:split_documents_given",
        checks=(
            checks.check_split_loses_nothing,
            checks.check_split_of_copies,
            checks.check_split_order,
            checks.check_split_share,
        ),
        hints=(
            "Give the function a list that holds the same page twice. Where do the two copies land?",
            "The side must follow from the page itself, not from its place in the list.",
            "`text_hash(text) % one_in == 0` holds for about one text in `one_in`, and for all copies of it or none.",
        ),
    ),
)
