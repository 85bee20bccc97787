"""Why the trained judge of chapter 07 decided as it did: the parts of its sum, and a figure of the largest."""

from collections import Counter

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from ..cleaning.quality_classifier import QualityClassifier, word_buckets, word_features
from .plots import COLORS


def judgment_parts(judge: QualityClassifier, text: str) -> dict[str, float]:
    """Return what each different word, sign and pair of neighbors of a text adds to the log odds.

    The parts and ``judge.bias`` add up to ``judge.log_odds(text)``. What shares a weight stands under the name that
    comes first.

    Args:
        judge: a trained classifier.
        text: any text.

    Returns:
        Name in lower case to its part: words and signs in the text's order, then pairs. A number is called 0.

    Example:
        >>> list(judgment_parts(QualityClassifier(), "Two cats, two"))
        ['two', 'cats', ',', 'two cats', 'cats ,', ', two']
    """
    buckets = word_buckets(text, len(judge.weights)).tolist()
    counts, parts = Counter(buckets), {}
    for name, bucket in zip(word_features(text), buckets, strict=True):
        if bucket in counts:
            parts[name] = float(judge.weights[bucket]) * (counts.pop(bucket) / len(buckets)) ** 0.5
    return parts


def draw_judgment(parts: dict[str, float], title: str, n_shown: int = 14) -> Axes:
    """Draw the parts that weigh most, for the text in blue and against it in orange.

    Args:
        parts: what ``judgment_parts`` returns.
        title: what the figure shows.
        n_shown: how many bars.

    Returns:
        The axes.
    """
    chosen = sorted(parts, key=lambda name: -abs(parts[name]))[:n_shown]
    values = [parts[name] for name in chosen]
    ax = plt.subplots(figsize=(8, 2.8))[1]
    ax.bar(range(len(chosen)), values, color=[COLORS[0] if value > 0 else COLORS[1] for value in values])
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(title=title, ylabel="part of the log odds")
    ax.set_xticks(range(len(chosen)), chosen, rotation=45, ha="right")
    ax.grid(axis="x", visible=False)
    return ax
