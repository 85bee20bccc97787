"""Near duplicates: candidates as often as theory says, and the same verdicts in memory and on disk."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from minillama.cleaning.minhash import MinHash, jaccard, shingles
from minillama.cleaning.near_duplicates import NearDuplicates, bands, candidate_pairs, candidate_probability

from .test_minhash import pair


def test_candidate_probability_by_hand() -> None:
    assert candidate_probability(0.5, n_bands=2, n_rows=3) == pytest.approx(1 - (7 / 8) ** 2)
    assert candidate_probability(np.array([0.0, 1.0]), 5, 4).tolist() == [0, 1]


@pytest.mark.parametrize(("n_bands", "n_rows"), [(16, 4), (5, 3), (1, 8)])
def test_candidates_are_found_as_often_as_theory_says(n_bands: int, n_rows: int) -> None:
    random = Random(3)
    expected, found = [], []
    for trial in range(400):
        first, second = pair(random.choice([0.7, 0.85, 0.95]), random, n_words=60)
        minhash = MinHash(n_bands * n_rows, seed=trial)
        expected.append(candidate_probability(jaccard(shingles(first), shingles(second)), n_bands, n_rows))
        found.append(bool(candidate_pairs([minhash(first), minhash(second)], n_bands)))
    expected = np.array(expected)
    spread = np.sqrt((expected * (1 - expected)).sum())
    assert abs(sum(found) - expected.sum()) < 4 * spread


def test_bands_by_hand() -> None:
    signature = np.array([1, 2, 3, 4, 5, 6], np.uint32)
    assert bands(signature, 3) == [signature[:2].tobytes(), signature[2:4].tobytes(), signature[4:].tobytes()]
    with pytest.raises(ValueError, match=r"n_bands \(4\) must divide the length of the signature \(6\)"):
        bands(signature, 4)


def test_equal_bands_count_only_at_the_same_place() -> None:
    assert candidate_pairs(np.array([[1, 2, 3, 4], [3, 4, 1, 2]], np.uint32), n_bands=2) == set()
    signatures = np.array([[1, 2, 9, 9], [1, 2, 8, 8], [7, 7, 8, 8]], np.uint32)
    assert candidate_pairs(signatures, n_bands=2) == {(0, 1), (1, 2)}


def town_pages(random: Random) -> list[str]:
    """Twelve different texts, each followed later by a copy with a few words changed."""
    pages = [pair(0, random)[0] for _ in range(12)]
    copies = [
        " ".join(word if random.random() > 0.02 else "changed" for word in page.split()) + " visit us" for page in pages
    ]
    return pages + copies


@pytest.mark.parametrize("on_disk", [False, True])
def test_copies_are_found_and_named(on_disk: bool, tmp_path: Path) -> None:
    seen = NearDuplicates(0.6, n_bands=32, n_rows=4, path=tmp_path / "index.db" if on_disk else None)
    verdicts = [seen(page) for page in town_pages(Random(4))]
    assert all(verdict.is_kept for verdict in verdicts[:12])
    for number, verdict in enumerate(verdicts[12:]):
        assert verdict.reason == f"similarity {verdict.score:.2f} to document {number}"
        assert (verdict.kind, verdict.score >= 0.6) == ("near duplicate", True)
    seen.close()
    if on_disk:
        (tmp_path / "index.db").unlink()


def test_agrees_with_comparing_all_pairs() -> None:
    """With bands of one row nearly everything is a candidate; then only the threshold decides."""
    random = Random(5)
    texts = [text for _ in range(25) for text in pair(random.uniform(0.6, 1), random, n_words=40)]
    seen, kept, expected = NearDuplicates(0.5, n_bands=128, n_rows=1), [], []
    minhash = MinHash(128)
    for text in texts:
        similar = [np.mean(minhash(text) == other) for other in kept]
        expected.append(max(similar, default=0) < 0.5)
        if expected[-1]:
            kept.append(minhash(text))
    assert [seen(text).is_kept for text in texts] == expected
    assert 25 < sum(expected) < 50


def test_score_tells_how_close_a_kept_text_came() -> None:
    seen = NearDuplicates(0.9, n_bands=64, n_rows=2)
    first, second = pair(0.93, Random(6))
    seen(first)
    verdict = seen(second)
    assert verdict.is_kept
    assert verdict.score == pytest.approx(jaccard(shingles(first), shingles(second)), abs=0.2)
    assert 0.4 < verdict.score < 0.9


def test_only_whole_bands_make_candidates() -> None:
    """Two bands of 64: texts that share a third of their shingles agree in single entries, never in a band."""
    random = Random(7)
    for _ in range(20):
        seen = NearDuplicates(0.9, n_bands=2, n_rows=64)
        first, second = pair(0.8, random)
        seen(first)
        assert seen(second).score == 0


def test_texts_without_words_are_no_copies_of_each_other() -> None:
    seen = NearDuplicates()
    assert [seen(text).is_kept for text in ("?!", "...", "?!")] == [True, True, True]


def test_wrong_settings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="threshold must be above 0 and at most 1, got 0"):
        NearDuplicates(0)
    (tmp_path / "index.db").write_bytes(b"")
    with pytest.raises(FileExistsError, match="an index holds one corpus. Choose another path"):
        NearDuplicates(path=tmp_path / "index.db")
