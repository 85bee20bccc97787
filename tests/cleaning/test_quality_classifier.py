"""The trained judge of quality: it learns, generalizes to unseen pages, and says what decided."""

import numpy as np
import pytest

from minillama.cleaning.page_samples import BAD_PAGES, GOOD_PAGES
from minillama.cleaning.quality_classifier import (
    ClassifierFilter,
    QualityClassifier,
    default_classifier,
    word_buckets,
)

from .held_out_texts import HELD_OUT, HELD_OUT_BAD


def test_buckets_are_pieces_then_pairs() -> None:
    buckets = word_buckets("Cats, 12 cats", 1 << 40).tolist()
    assert len(buckets) == 4 + 3
    assert buckets[0] == buckets[3]
    assert buckets[:4] == word_buckets("cats , 7 CATS", 1 << 40).tolist()[:4]
    assert word_buckets("", 10).tolist() == []
    assert word_buckets("cats", 1000).tolist() == [34]  # the same on every machine


def test_gradient_of_one_step() -> None:
    """One text, one step from zero weights: each weight moves by rate * (label - 1/2) * value."""
    classifier = QualityClassifier(n_buckets=1 << 20)
    losses = classifier.train(["a b"], ["c"], n_epochs=1, learning_rate=0.8, weight_decay=0.0)
    first, values = classifier._features("a b")
    rates = sorted(np.abs(classifier.weights[first] / values))
    assert np.allclose(rates, rates[0])
    assert min(abs(rates[0] - 0.8 * step * 0.5) for step in (1.0, 0.5)) < 0.02  # shown first or second
    assert losses[0] == pytest.approx(np.log(2), abs=0.05)


def test_training_lowers_the_loss() -> None:
    losses = QualityClassifier().train(GOOD_PAGES, BAD_PAGES)
    assert losses[0] > 0.4 > 0.1 > losses[-1]
    assert losses == QualityClassifier().train(GOOD_PAGES, BAD_PAGES)
    assert losses != QualityClassifier(seed=1).train(GOOD_PAGES, BAD_PAGES)


def test_accuracy_on_held_out_pages() -> None:
    """Measured: all 18 right."""
    judge = default_classifier()
    right = [judge.probability(text) > 0.5 for text in HELD_OUT["en"]]
    right += [judge.probability(text) < 0.5 for text in HELD_OUT_BAD]
    assert np.mean(right) >= 0.94


def test_accuracy_in_six_folds() -> None:
    """Measured: 1.0 of 52 texts, each judged by a classifier that did not see it."""
    right = []
    for fold in range(6):
        judge = QualityClassifier()
        judge.train(
            *([text for place, text in enumerate(pile) if place % 6 != fold] for pile in (GOOD_PAGES, BAD_PAGES))
        )
        right += [judge.log_odds(text) > 0 for text in GOOD_PAGES[fold::6]]
        right += [judge.log_odds(text) < 0 for text in BAD_PAGES[fold::6]]
    assert len(right) == len(GOOD_PAGES) + len(BAD_PAGES)
    assert np.mean(right) >= 0.96


def test_piles_of_different_size_count_alike() -> None:
    """Nine times as many bad texts, of which the words say nothing: the odds stay even."""
    judge = QualityClassifier()
    judge.train(["same words"] * 20, ["same words"] * 180, learning_rate=0.1)
    assert judge.probability("same words") == pytest.approx(0.5, abs=0.05)


def test_contributions_explain_the_odds() -> None:
    judge = default_classifier()
    found = judge.contributions("Click!! The bridge was built in 1872.")
    assert [piece for piece, _ in found] == ["Click", "!", "!", "The", "bridge", "was", "built", "in", "1872", "."]
    share = dict(found)
    assert share["Click"] < 0 < share["was"]
    assert judge.contributions("") == []
    single = QualityClassifier()
    single.train(["fine"], ["foul"])
    assert single.contributions("fine")[0][1] + single.bias == pytest.approx(single.log_odds("fine"))


def test_contributions_keep_to_letters_that_become_two_in_lower_case() -> None:
    judge = default_classifier()
    text = "Click!! \N{LATIN CAPITAL LETTER I WITH DOT ABOVE}zmir was built."
    found = judge.contributions(text)
    assert [piece for piece, _ in found] == ["Click", "!", "!", text[8:13], "was", "built", "."]
    assert dict(found)["Click"] < 0 < dict(found)["was"]
    assert len(word_buckets(text, 1000)) == 7 + 6


def test_filter() -> None:
    keep = ClassifierFilter(min_probability=0.4)
    verdict = keep(HELD_OUT_BAD[0])
    assert verdict.kind == "low quality"
    assert verdict.reason == f"the probability of being good is {verdict.score:.2f}, below 0.4"
    assert keep(HELD_OUT["en"][0]).is_kept
    assert keep(HELD_OUT["en"][0]).score == default_classifier().probability(HELD_OUT["en"][0])


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="both piles need texts, got 0 good and 1 bad"):
        QualityClassifier().train([], ["a"])
    with pytest.raises(ValueError, match="n_buckets must be positive"):
        QualityClassifier(0)
    with pytest.raises(ValueError, match="min_probability must be from 0 to 1, got 2"):
        ClassifierFilter(min_probability=2)
