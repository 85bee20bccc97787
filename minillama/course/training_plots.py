"""Figures of chapter 08: paths down a valley, the bits of a text, and the log of a run."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from ..training_log import read_log
from .plots import COLORS, PALE, use_log_scale


def draw_paths(paths: Mapping[str, Sequence[Sequence[float]]], steepness: float = 30.0) -> None:
    """Draw paths over the lines of equal loss of a valley, side by side.

    Args:
        paths: title to the points (x, y) of one path.
        steepness: a in the loss (x^2 + a y^2) / 2, whose bottom is marked by a star.
    """
    _, axes = plt.subplots(1, len(paths), figsize=(8, 2.3), sharey=True, squeeze=False)
    x, y = np.meshgrid(np.linspace(-10, 4, 80), np.linspace(-1.6, 1.6, 80))
    for ax, (title, path) in zip(axes[0], paths.items(), strict=True):
        ax.contour(x, y, (x**2 + steepness * y**2) / 2, levels=[1, 5, 15, 35], colors="#999999", linewidths=1)
        ax.plot(*zip(*path, strict=True), marker="o", markersize=3)
        ax.plot(0, 0, "k*")
        ax.set(title=title, xlabel="x", xlim=(-10, 4), ylim=(-1.6, 1.6))
    axes[0][0].set_ylabel("y")


def draw_bits(text: str, information: Sequence[float], surprise: Sequence[float]) -> Axes:
    """Draw two bars for each character of a text: its exact information, and what a model needed.

    Args:
        text: characters, written below the bars.
        information: bits of each character, wide bars.
        surprise: bits that a model needed for each, narrow bars in front.

    Returns:
        The axes.
    """
    _, ax = plt.subplots(figsize=(10, 3))
    places = range(len(text))
    ax.bar(places, information, 0.9, color=PALE[1], edgecolor=COLORS[1], label="information in the grammar")
    ax.bar(places, surprise, 0.4, color=COLORS[0], label="surprise of the model")
    ax.set_xticks(places, text.replace(" ", "␣"), family="monospace", fontsize=9)
    ax.set(title="Where the bits are", ylabel="bits")
    ax.grid(axis="x", visible=False)
    ax.legend()
    return ax


def plot_log(path: str | Path) -> None:
    """Draw loss, length of the gradient and learning rate of a run against the tokens it had read.

    Args:
        path: the log that a run has written.
    """
    lines = list(read_log(path))
    seen = [tokens / 1e6 for tokens in accumulate(line["n_tokens"] for line in lines)]
    checked = [(x, line["valid_loss"]) for x, line in zip(seen, lines, strict=True) if line["valid_loss"] is not None]
    _, axes = plt.subplots(1, 3, figsize=(9, 2.6))
    for ax, name in zip(axes, ("loss", "grad_norm", "learning_rate"), strict=True):
        ax.plot(seen, [line[name] for line in lines], linewidth=0.8)
        ax.set(title=name.replace("_", " "), xlabel="million tokens")
    if checked:
        axes[0].plot(*zip(*checked, strict=True), "o", color=COLORS[1], markersize=3, label="validation")
        axes[0].legend()
    for ax in axes[:2]:
        use_log_scale(ax)
