"""Exercises of chapter 01: byte-pair encoding, from counting pairs to decoding."""

from ..checks import bpe as checks
from ..registry import Exercise

IMPORTS = """
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]
"""

EXERCISES = (
    Exercise(
        name="bpe.decode_tokens",
        chapter=1,
        difficulty=2,
        minutes=6,
        reference="minillama.course.reference.01:decode_tokens",
        given="minillama.course.reference.01:decode_tokens_given",
        checks=(checks.check_decode_split, checks.check_decode_order, checks.check_decode_invalid),
        hints=(
            "Try the function on the two bytes of 'é', each as a token of its own.",
            "A token is a piece of bytes. It need not hold whole characters.",
            "Join first, decode after: `b''.join(...)`, then one `.decode` with errors='replace'.",
        ),
    ),
    Exercise(
        name="bpe.pair_counts",
        chapter=1,
        difficulty=2,
        minutes=8,
        reference="minillama.bpe:pair_counts",
        checks=(checks.check_pairs_weighted, checks.check_pairs_repeat, checks.check_pairs_ordered),
        hints=(
            "Go through the words. In each word, go through the neighbors. Add the word's count to each pair.",
            "`zip(word, word[1:])` gives the neighbors of a word.",
            "Start with an empty `Counter()`, and in the inner loop do `counts[pair] += count`.",
        ),
    ),
    Exercise(
        name="bpe.merge_pair",
        chapter=1,
        difficulty=2,
        minutes=10,
        reference="minillama.bpe:merge_pair",
        checks=(checks.check_merge_simple, checks.check_merge_end, checks.check_merge_overlap),
        hints=(
            "Walk from left to right with a position. At a match, append the new id and move on by two.",
            "A `while` loop is easier than a `for` loop here, because the step is sometimes one and sometimes two.",
            "`tuple(ids[position : position + 2]) == pair` is safe at the end: a slice may be short.",
        ),
    ),
    Exercise(
        name="bpe.train_naive",
        chapter=1,
        difficulty=3,
        minutes=12,
        reference="minillama.course.reference.01:train_naive",
        checks=(
            checks.check_train_by_hand,
            checks.check_train_ties,
            checks.check_train_ends,
            checks.check_train_random,
        ),
        hints=(
            "Repeat: count the pairs, take the best one, remember it, replace it in every word.",
            "`min(counts, key=lambda pair: (-counts[pair], pair))` finds the most frequent pair, smaller ids first.",
            "The new words are a dictionary: `{tuple(merge_pair(word, best, new_id)): count for ...}`.",
        ),
    ),
    Exercise(
        name="bpe.encode_naive",
        chapter=1,
        difficulty=2,
        minutes=8,
        reference="minillama.course.reference.01:encode_naive",
        checks=(checks.check_encode_order, checks.check_encode_chain, checks.check_encode_random),
        hints=(
            "You have `merge_pair` already. Call it once per merge, in the order of the list.",
            "Merge number k makes the id first_new_id + k: `enumerate(merges, start=first_new_id)`.",
            "Each call works on the result of the one before: `ids = merge_pair(ids, pair, new_id)`.",
        ),
    ),
    Exercise(
        name="bpe.byte_pieces",
        chapter=1,
        difficulty=1,
        minutes=4,
        reference="minillama.sentencepiece_style:byte_pieces",
        checks=(checks.check_bytes_ascii, checks.check_bytes_many),
        hints=(
            "`text.encode()` gives the UTF-8 bytes; a loop over them gives integers.",
            "An f-string can write hexadecimal digits: `f'{byte:x}'`.",
            "`f'{byte:02X}'` writes two digits in capitals.",
        ),
    ),
)
