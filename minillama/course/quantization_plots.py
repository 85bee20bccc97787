"""Figures of chapter 10: weights on a grid, the bytes of a block, two weights in a valley, and size against quality."""

from collections.abc import Iterable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from .experiments.quantization import Row
from .experiments.quantization_methods import CALIBRATED_ON
from .plots import COLORS, PALE, use_log_scale

MARKERS = {"rounding": "o", "AWQ": "s", "GPTQ": "^"}


def draw_grid(
    values: Sequence[float], rounded: Sequence[float], points: Sequence[float], *, title: str, ax: Axes | None = None
) -> Axes:
    """Draw numbers on a line, the grid below them, and where each number goes.

    Args:
        values: the numbers.
        rounded: the grid point that each of them takes.
        points: all points of the grid.
        title: what the figure shows.
        ax: where to draw; a new figure by default.

    Returns:
        The axes.
    """
    ax = ax or plt.subplots(figsize=(7, 1.6))[1]
    ax.vlines(points, -0.25, 0.25, color="#999999", linewidth=1)
    for value, place in zip(values, rounded, strict=True):
        ax.plot([value, place], [1, 0.08], "-", color="#999999", linewidth=1, zorder=1)
    ax.plot(values, [1] * len(values), "o", color=COLORS[0], markersize=5)
    ax.plot(rounded, [0] * len(rounded), "s", color=COLORS[1], markersize=5)
    ax.set(title=title, ylim=(-0.6, 1.4))
    ax.set_yticks([0, 1], ["grid", "weights"])
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    return ax


def draw_bytes(blocks: Mapping[str, Sequence[tuple[str, int]]]) -> Axes:
    """Draw the bytes of storage formats, one line each.

    Args:
        blocks: name of a format to its parts in order, each a label and a number of bytes.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(8, 0.55 * len(blocks) + 0.5))[1]
    for line, (name, parts) in enumerate(blocks.items()):
        start = 0
        for label, n_bytes in parts:
            face, edge = (PALE[0], COLORS[0]) if n_bytes > 2 else (PALE[1], COLORS[1])
            ax.barh(-line, n_bytes, left=start, height=0.7, color=face, edgecolor=edge)
            ax.text(start + n_bytes / 2, -line, label, ha="center", va="center", fontsize=8, color="black")
            start += n_bytes
        ax.text(-0.4, -line, name, ha="right", va="center", fontsize=9)
        ax.text(start + 0.3, -line, f"{start} bytes", va="center", fontsize=9)
    ax.set(xlim=(-0.4, 38), ylim=(0.6 - len(blocks), 0.6))
    ax.axis("off")
    return ax


def draw_two_weights(
    weight: Sequence[float], second_moment: Sequence[Sequence[float]], points: Mapping[str, Sequence[float]]
) -> Axes:
    """Draw whole numbers around two weights, lines of equal output error, and rounded weights.

    Args:
        weight: the two weights before rounding.
        second_moment: mean of x x^T over the inputs, 2 x 2.
        points: label to rounded weights.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(4.6, 3.6))[1]
    grid = np.meshgrid(np.linspace(-1.4, 2.2, 120), np.linspace(-1.4, 2.2, 120))
    move = np.stack(grid, -1) - np.asarray(weight)
    error = np.einsum("...i,ij,...j->...", move, np.asarray(second_moment), move)
    ax.contour(*grid, error, levels=[0.02, 0.088, 0.3, 0.608, 1.2], colors="#999999", linewidths=1)
    dots = np.meshgrid([-1, 0, 1, 2], [-1, 0, 1, 2])
    ax.plot(dots[0].ravel(), dots[1].ravel(), ".", color="#555555")
    ax.plot(*weight, "k*", markersize=10)
    ax.annotate("weights", weight, (5, 5), textcoords="offset points")
    for color, (label, point) in zip(COLORS[1:], points.items(), strict=False):
        ax.plot(*point, "o", color=color, markersize=9, label=label)
    ax.set(xlabel="first weight", ylabel="second weight", xlim=(-1.4, 2.2), ylim=(-1.4, 2.2))
    ax.legend(loc="lower left", framealpha=1, frameon=True)
    return ax


def plot_quality(rows: Iterable[Row], model: str, ax: Axes) -> None:
    """Draw what rounding costs a model, against bits per weight; one marker for each method.

    Args:
        rows: of the table of the experiment; those of other models and methods are passed over, and so are costs that
            are not clear of 0.
        model: its name there.
        ax: where to draw.
    """
    rows = [row for row in rows if row.model == model and row.n_sequences in (0, CALIBRATED_ON[model])]
    for color, (method, marker) in zip(COLORS, MARKERS.items(), strict=False):
        shown = [row for row in rows if row.method == method and row.over_baseline > 2 * row.over_baseline_error]
        points = sorted((row.bits_per_weight, row.over_baseline, row.over_baseline_error) for row in shown)
        if points:
            bits, cost, error = zip(*points, strict=True)
            ax.errorbar(bits, cost, error, fmt=marker, color=color, label=method, capsize=3, linestyle="none")
    ax.set(title=model, xlabel="bits per weight in the blocks", ylabel="nats lost per token (log scale)")
    use_log_scale(ax)
    if ax.containers:
        ax.legend()
