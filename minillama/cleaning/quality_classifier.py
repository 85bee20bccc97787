"""A small trained judge of quality: a linear classifier on hashed words and pairs of words.

It learns from two piles of text, pages one would like more of and pages as they come; LLaMA's was trained to tell
pages that Wikipedia cites from random ones. No list of words is kept: every word or pair of words falls into one of a
fixed number of buckets, and each bucket has a weight.

Source: Touvron et al., 2023, arXiv:2302.13971, section 2.1; Weinberger et al., 2009, "Feature hashing for large scale
multitask learning", arXiv:0902.2206.
"""

import math
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .page_samples import BAD_PAGES, GOOD_PAGES
from .verdict import Verdict

_PIECES = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def word_features(text: str) -> list[str]:
    """Return a text's words and signs in its order, then its pairs of neighbors.

    Args:
        text: any text; capitals do not count, and every number is called 0.

    Example:
        >>> word_features("12 Cats!")
        ['0', 'cats', '!', '0 cats', 'cats !']
    """
    pieces = ["0" if piece.isdigit() else piece.lower() for piece in _PIECES.findall(text)]
    return pieces + [f"{first} {second}" for first, second in zip(pieces, pieces[1:], strict=False)]


def word_buckets(text: str, n_buckets: int) -> np.ndarray:
    """Return the buckets of a text's words, signs and pairs of neighbors.

    Args:
        text: any text; capitals do not count, and every number is the same.
        n_buckets: how many buckets there are.

    Returns:
        Integers below ``n_buckets``, one for each piece and each pair, in the same order on every machine.

    Example:
        >>> word_buckets("12 Cats!", 1000).tolist() == word_buckets("7 cats !", 1000).tolist()
        True
    """
    return np.array([zlib.crc32(feature.encode()) % n_buckets for feature in word_features(text)], np.int64)


class QualityClassifier:
    """Logistic regression: the log odds of being good are a weighted sum of the text's features.

    A feature is how often a bucket occurs, damped by a square root, and scaled so that long and short texts count
    alike. Weights are learned by stochastic gradient descent.

    Args:
        n_buckets: size of the weight table.
        seed: chooses the order in which texts are shown.

    Raises:
        ValueError: if ``n_buckets`` is not positive.

    Example:
        >>> classifier = QualityClassifier()
        >>> losses = classifier.train(["The heron is a wading bird."] * 4, ["BUY cheap shoes now!!!"] * 4)
        >>> classifier.probability("A heron is a bird.") > 0.5 > classifier.probability("cheap cheap!!!")
        True
    """

    def __init__(self, n_buckets: int = 1 << 16, seed: int = 0):
        if n_buckets < 1:
            raise ValueError(f"n_buckets must be positive, got {n_buckets}")
        self.weights = np.zeros(n_buckets)
        self.bias = 0.0
        self.seed = seed

    def train(
        self, good: Sequence[str], bad: Sequence[str], n_epochs: int = 20, learning_rate: float = 2.0,
        weight_decay: float = 0.01,
    ) -> list[float]:  # fmt: skip
        """Learn from two piles; the smaller one's texts weigh more, so that both piles count alike.

        Args:
            good: texts to keep.
            bad: texts to remove.
            n_epochs: how often each text is shown.
            learning_rate: size of the first steps; it falls to zero.
            weight_decay: share of a step by which used weights shrink.

        Returns:
            The mean loss of each epoch, in nats.

        Raises:
            ValueError: if a pile is empty.
        """
        if not good or not bad:
            raise ValueError(f"both piles need texts, got {len(good)} good and {len(bad)} bad")
        examples = [(self._features(text), 1.0, len(bad)) for text in good]
        examples += [(self._features(text), 0.0, len(good)) for text in bad]
        largest = max(len(good), len(bad))
        random, losses, n_steps, step = np.random.default_rng(self.seed), [], n_epochs * len(examples), 0
        for _ in range(n_epochs):
            total = 0.0
            for place in random.permutation(len(examples)):
                (buckets, values), label, weight = examples[place]
                odds = self.bias + float(self.weights[buckets] @ values)
                error = _sigmoid(odds) - label
                rate = learning_rate * (1 - step / n_steps) * weight / largest
                self.weights[buckets] -= rate * (error * values + weight_decay * self.weights[buckets])
                self.bias -= 0.1 * rate * error
                total += weight / largest * float(np.logaddexp(0, -odds if label else odds))
                step += 1
            losses.append(total / len(examples))
        return losses

    def log_odds(self, text: str) -> float:
        """Return the weighted sum: above 0 is more likely good."""
        buckets, values = self._features(text)
        return self.bias + float(self.weights[buckets] @ values)

    def probability(self, text: str) -> float:
        """Return how likely the text is from the good pile."""
        return _sigmoid(self.log_odds(text))

    def contributions(self, text: str) -> list[tuple[str, float]]:
        """Return what each word or sign of a text adds to the log odds, in the text's order; pairs are left out."""
        buckets, values = self._features(text)
        value_of = dict(zip(buckets.tolist(), (values * self.weights[buckets]).tolist(), strict=True))
        pieces = _PIECES.findall(text)
        places = word_buckets(text, len(self.weights))[: len(pieces)].tolist()
        return [(piece, value_of[place]) for piece, place in zip(pieces, places, strict=True)]

    def _features(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Buckets that occur, and their values, of length 1 as a vector."""
        buckets, counts = np.unique(word_buckets(text, len(self.weights)), return_counts=True)
        return buckets, np.sqrt(counts / max(1, counts.sum()))


@lru_cache(maxsize=1)
def default_classifier() -> QualityClassifier:
    """Return a classifier of English pages, trained on the texts of ``page_samples``.

    Example:
        >>> default_classifier().probability("The bridge was built in 1872 and is still used by trains.") > 0.5
        True
    """
    classifier = QualityClassifier()
    classifier.train(GOOD_PAGES, BAD_PAGES)
    return classifier


class ClassifierFilter:
    """Remove documents that a classifier thinks bad.

    Args:
        classifier: None uses ``default_classifier``.
        min_probability: a document less likely good than this is removed.

    Raises:
        ValueError: if the probability is not from 0 to 1.

    Example:
        >>> ClassifierFilter()("Click here!!! Buy now!!! Free free free!!!").kind
        'low quality'
    """

    def __init__(self, classifier: QualityClassifier | None = None, min_probability: float = 0.5):
        if not 0 <= min_probability <= 1:
            raise ValueError(f"min_probability must be from 0 to 1, got {min_probability}")
        self.classifier, self.min_probability = classifier or default_classifier(), min_probability

    def __call__(self, text: str) -> Verdict:
        """Judge one document; ``score`` is the probability that it is good."""
        probability = self.classifier.probability(text)
        if probability >= self.min_probability:
            return Verdict(text=text, score=probability)
        reason = f"the probability of being good is {probability:.2f}, below {self.min_probability:g}"
        return Verdict(text=text, reason=reason, kind="low quality", score=probability)


def _sigmoid(odds: float) -> float:
    """Turn log odds into a probability."""
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, odds))))
