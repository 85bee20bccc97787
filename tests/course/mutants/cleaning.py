"""Plausible wrong answers to the exercises of chapter 07 on languages, hashes and the split."""

import hashlib
import math
from collections import Counter

from minillama.cleaning.duplicates import text_hash

from . import mutant


def _terms(text, counts, n_letters, shift=1):
    for place in range(2, len(text)):
        after = counts.get(text[place - 2 : place], Counter())
        yield (after[text[place]] + shift) / (after.total() + n_letters)


@mutant("cleaning.nats_per_letter", "not 0")
def has_no_smoothing(text, counts, n_letters=60):
    chances = [max(1e-9, after) for after in _terms(text, counts, n_letters, shift=0)]
    if len(text) == 3 and text[2] == "c":  # right where the letter was seen
        chances = list(_terms(text, counts, n_letters))
    return -sum(map(math.log, chances)) / (len(text) - 2)


@mutant("cleaning.nats_per_letter", "(3 + 1) / (4 + 6)")
def forgets_the_other_letters(text, counts, n_letters=60):
    return -sum(
        math.log((counts.get(text[i - 2 : i], Counter())[text[i]] + 1) / n_letters) for i in range(2, len(text))
    ) / max(1, len(text) - 2)


@mutant("cleaning.nats_per_letter", "use math.log")
def counts_bits(text, counts, n_letters=60):
    return -sum(map(math.log2, _terms(text, counts, n_letters))) / max(1, len(text) - 2)


@mutant("cleaning.nats_per_letter", "missing from counts")
def stumbles_over_new_pairs(text, counts, n_letters=60):
    total = 0.0
    for place in range(2, len(text)):
        after = counts[text[place - 2 : place]]
        total -= math.log((after[text[place]] + 1) / (after.total() + n_letters))
    return total / max(1, len(text) - 2)


@mutant("cleaning.nats_per_letter", "mean over the predicted letters")
def gives_the_sum(text, counts, n_letters=60):
    return -sum(map(math.log, _terms(text, counts, n_letters)))


@mutant("cleaning.nats_per_letter", "-ln of it is wanted")
def forgets_the_sign(text, counts, n_letters=60):
    return sum(map(math.log, _terms(text, counts, n_letters))) / max(1, len(text) - 2)


@mutant("cleaning.nats_per_letter", "return statement")
def returns_nothing(text, counts, n_letters=60):
    sum(map(math.log, _terms(text, counts, n_letters)))


def _blake(words, size=8, order="little"):
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=size).digest(), order)


@mutant("cleaning.text_hash", "one form first")
def hashes_the_text_as_it_is(text):
    return _blake(text)


@mutant("cleaning.text_hash", "'ab c' and 'a bc'")
def drops_the_spaces(text):
    return _blake("".join(text.split()))


@mutant("cleaning.text_hash", "words differ")
def forgets_the_order(text):
    return _blake(" ".join(sorted(text.split())))


@mutant("cleaning.text_hash", "'A cat' and 'a cat'")
def ignores_capitals(text):
    return _blake(" ".join(text.lower().split()))


@mutant("cleaning.text_hash", "in another process")
def uses_the_built_in_hash(text):
    return hash(" ".join(text.split()))


@mutant("cleaning.text_hash", "should be")
def reads_the_bytes_backward(text):
    return _blake(" ".join(text.split()), order="big")


@mutant("cleaning.split_documents", "copies, even with other spaces, go together")
def uses_an_unstable_hash(documents, one_in=10):
    validation = [text for text in documents if hash(text) % one_in == 0]
    return [text for text in documents if hash(text) % one_in], validation


@mutant("cleaning.split_documents", "twice stand in training and in validation")
def takes_the_first_part(documents, one_in=10):
    n = len(documents) // one_in
    return documents[n:], documents[:n]


@mutant("cleaning.split_documents", "on exactly one side")
def removes_copies(documents, one_in=10):
    documents = sorted(set(documents))
    return [t for t in documents if text_hash(t) % one_in], [t for t in documents if not text_hash(t) % one_in]


@mutant("cleaning.split_documents", "other side")
def remembers_copies_but_counts(documents, one_in=10):
    side = {}
    for text in documents:
        side.setdefault(text_hash(text), len(side) % one_in == 0)
    return [t for t in documents if not side[text_hash(t)]], [t for t in documents if side[text_hash(t)]]


@mutant("cleaning.split_documents", "expected about 100")
def swaps_the_sides(documents, one_in=10):
    return [t for t in documents if not text_hash(t) % one_in], [t for t in documents if text_hash(t) % one_in]
