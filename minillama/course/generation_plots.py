"""Figures of chapter 09: a roofline, what a filter leaves of a distribution, and how a draft is corrected."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from .plots import COLORS, PALE


def draw_roofline(peak: float, bandwidth: float, points: Mapping[str, tuple[float, float]], title: str) -> Axes:
    """Draw the fastest possible arithmetic for each intensity, and measured programs below it.

    Args:
        peak: largest measured speed of the arithmetic, FLOP/s.
        bandwidth: largest measured speed of the memory, bytes/s.
        points: label to intensity, in FLOPs per byte, and measured speed, in FLOP/s.
        title: what the figure shows.

    Returns:
        The axes, both logarithmic, speed in GFLOP/s.
    """
    ax = plt.subplots(figsize=(7.5, 3.8))[1]
    ax.set(xscale="log", yscale="log")
    ridge = peak / bandwidth
    ends = [min(0.2, *(x / 2 for x, _ in points.values())), max(4 * ridge, *(2 * x for x, _ in points.values()))]
    x = np.geomspace(*ends, 200)
    ax.plot(x, np.minimum(peak, bandwidth * x) / 1e9, color="black", linestyle="-", label="roofline")
    ax.axvline(ridge, color="#777777", linewidth=1, linestyle=":")
    ax.annotate(f"ridge: {ridge:.1f}", (ridge, 0.03), xycoords=("data", "axes fraction"), ha="left", fontsize=9)
    for i, (label, (intensity, speed)) in enumerate(points.items()):
        ax.plot(intensity, speed / 1e9, "o", color=COLORS[i % 6], markersize=8)
        ax.annotate(label, (intensity, speed / 1e9), (7, -12), textcoords="offset points", fontsize=9)
    ax.set_ylim(bottom=min(speed for _, speed in points.values()) / 3e9)
    ax.set(title=title, xlabel="FLOPs per byte from memory", ylabel="GFLOP/s")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    return ax


def draw_left(labels: Sequence[str], before: Sequence[float], after: Sequence[float], title: str) -> Axes:
    """Draw the most likely tokens before and after filters; what was removed is crossed out.

    Args:
        labels: text of each token.
        before: probability of each at temperature 1, outlined.
        after: probability to be drawn, 0 for what was removed.
        title: what the figure shows.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(8, 3.2))[1]
    places = range(len(labels))
    ax.bar(places, after, 0.8, color=COLORS[0], label="can be drawn")
    ax.bar(places, before, 0.8, fill=False, edgecolor="black", label="the model's own")
    removed = [place for place in places if after[place] == 0]
    if removed:
        heights = [before[place] for place in removed]
        ax.plot(removed, heights, "x", color=COLORS[1], linestyle="", label="removed")
    ax.set(title=title, ylabel="probability")
    ax.set_xticks(places, labels, rotation=60, ha="right", fontsize=9)
    ax.grid(axis="x", visible=False)
    ax.legend()
    return ax


def draw_acceptance(p: Sequence[float], q: Sequence[float], labels: Sequence[str]) -> None:
    """Draw how drafts from q become tokens from p: what is accepted, refused, and put in its place.

    Args:
        p: probabilities of the model.
        q: probabilities of the draft.
        labels: text of each token.
    """
    p, q = np.asarray(p), np.asarray(q)
    both, places = np.minimum(p, q), np.arange(len(p))
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.1), sharey=True)
    left.bar(places, both, 0.7, color=COLORS[0], label="accepted: min(p, q)")
    left.bar(places, q - both, 0.7, both, color=PALE[1], edgecolor=COLORS[1], hatch="//", label="refused: q - p")
    left.set(title=f"The draft draws from q; {both.sum():.0%} is accepted", ylabel="probability")
    right.bar(places, both, 0.7, color=COLORS[0], label="accepted")
    right.bar(places, p - both, 0.7, both, color=COLORS[4], label="replacement: p - q")
    right.hlines(p, places - 0.35, places + 0.35, color="black", linewidth=2, label="p, the model's own")
    right.set(title="Accepted and replaced together are p")
    for ax in (left, right):
        ax.set_xticks(places, labels)
        ax.set_ylim(0, 1.25 * max(p.max(), q.max()))
        ax.grid(axis="x", visible=False)
        ax.legend(fontsize=9)
