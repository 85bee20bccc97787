"""Answers of chapter 07 that the package does not contain, or contains in a faster form."""

import math
from collections import Counter

import numpy as np

from ...cleaning.duplicates import text_hash


def nats_per_letter(text: str, counts: dict[str, Counter], n_letters: int = 60) -> float:
    """Say how surprising the letters of a text are to a model of one language."""
    total = 0.0
    for place in range(2, len(text)):
        after = counts.get(text[place - 2 : place], Counter())
        total -= math.log((after[text[place]] + 1) / (after.total() + n_letters))
    return total / max(1, len(text) - 2)


def split_documents(documents: list[str], one_in: int = 10) -> tuple[list[str], list[str]]:
    """Divide documents into training and validation; copies of a document land on the same side."""
    training, validation = [], []
    for text in documents:
        side = validation if text_hash(text) % one_in == 0 else training
        side.append(text)
    return training, validation


def split_documents_given(documents: list[str], one_in: int = 10) -> tuple[list[str], list[str]]:
    """Divide documents into training and validation, with one bug."""
    training, validation = [], []
    for number, text in enumerate(documents):
        side = validation if number % one_in == 0 else training
        side.append(text)
    return training, validation


def minhash_signature(hashes: np.ndarray, factors: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Return the smallest number of a set of shingles under each of several hash functions."""
    values = (factors[:, None] * hashes + offsets[:, None]) >> np.uint64(32)
    return values.min(axis=1)


def pack_rows(documents: list[list[int]], row_length: int, bos_id: int) -> list[list[int]]:
    """Put whole documents into rows: the oldest opens a row, then the longest that fits is added."""
    if max(map(len, documents), default=0) > row_length:
        raise ValueError(f"a document is longer than a row of {row_length}: cut it first")
    waiting, rows = list(documents), []
    while waiting:
        row = list(waiting.pop(0))
        while fitting := [d for d in waiting if len(d) <= row_length - len(row)]:
            longest = max(fitting, key=len)
            waiting.remove(longest)
            row += longest
        rows.append(row + [bos_id] * (row_length - len(row)))
    return rows
