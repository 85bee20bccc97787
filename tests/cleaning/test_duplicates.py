"""Exact duplicates: found however many texts came between, in little memory."""

import tracemalloc

import pytest

from minillama.cleaning import duplicates
from minillama.cleaning.duplicates import ExactDuplicates, text_hash


def test_hash_ignores_spaces_and_nothing_else() -> None:
    assert text_hash(" two\twords \n") == text_hash("two words")
    different = ["two words", "twowords", "Two words", "two words.", "words two", ""]
    assert len({text_hash(text) for text in different}) == len(different)
    assert text_hash("two words") == 14_727_076_500_890_504_880  # the same on every machine
    assert 0 <= text_hash("\ud800") < 1 << 64  # half a character does not stop it


@pytest.mark.parametrize("max_recent", [1, 3, 10_000])
def test_every_later_copy_names_the_first(max_recent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits make it merge arrays all the time."""
    monkeypatch.setattr(duplicates, "MAX_RECENT", max_recent)
    seen, first, texts = ExactDuplicates(), {}, [str(number * number % 97) for number in range(300)]
    for number, text in enumerate(texts):
        verdict = seen(text)
        assert verdict.is_kept == (text not in first)
        if not verdict.is_kept:
            assert verdict.reason == f"the same as document {first[text]}"
            assert (verdict.kind, verdict.score) == ("exact duplicate", first[text])
        first.setdefault(text, number)
    assert len(seen) == len(first)


def test_memory_is_below_100_bytes_a_document() -> None:
    n = 60_000
    tracemalloc.start()
    try:
        seen = ExactDuplicates()
        for number in range(n):
            seen(f"document {number}")
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(seen) == n
    assert kept < 16 * n + 3_000_000  # the arrays, and the dictionary of recent ones
    assert peak < 100 * n
