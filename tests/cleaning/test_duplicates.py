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


def test_memory_at_the_worst_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured: 30 bytes for each text while the last two halves are merged, and 16 from then on."""
    monkeypatch.setattr(duplicates, "MAX_RECENT", 1 << 9)
    n = 1 << 16  # the text that has everything merged into one array
    ExactDuplicates()("numpy imports what it needs at the first use")
    tracemalloc.start()
    try:
        seen = ExactDuplicates()
        for number in range(n):
            seen(f"document {number}")
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(seen) == n
    assert kept < 17 * n
    assert peak < 33 * n
