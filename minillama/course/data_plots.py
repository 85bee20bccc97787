"""Figures of chapter 07: what a crawl is made of, what filters leave of it, and how documents lie in rows."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from ..cleaning.mixture import TABLE_1
from .plots import COLORS, LINE_STYLES, draw_diagram

# One color, marker and line style for each kind of page, the same in all figures of the chapter.
KIND_STYLE = {
    "page": (COLORS[0], "o", "-"),
    "foreign": (COLORS[1], "^", LINE_STYLES[1]),
    "spam": (COLORS[2], "s", LINE_STYLES[1]),
    "links": (COLORS[3], "D", LINE_STYLES[2]),
    "debris": (COLORS[6], "x", LINE_STYLES[3]),
    "copy": (COLORS[4], "v", "-"),
}
_STEPS = {
    "crawl": "raw\ncrawl",
    "lines": "repeated\nlines",
    "language": "language",
    "rules": "rules",
    "judge": "trained\njudge",
    "copies": "copies",
    "near": "near\ncopies",
    "mix": "mixture",
    "tokens": "tokens",
    "rows": "rows",
    "shards": "files",
    "loader": "batches",
}
_N_ABOVE = 7  # boxes in the upper line of the diagram


def draw_pipeline() -> Axes:
    """Draw the way from a raw crawl to batches: filters above, in orange, and below what becomes of the rest."""
    names = list(_STEPS)
    boxes = {
        name: (1.2 * i, 0, _STEPS[name]) if i < _N_ABOVE else (1.2 * (2 * _N_ABOVE - 1 - i), -0.9, _STEPS[name])
        for i, name in enumerate(names)
    }
    return draw_diagram(
        boxes,
        arrows=list(zip(names, names[1:], strict=False)),
        highlight=names[1:_N_ABOVE],
        title="Above: what is removed. Below: what becomes of the rest",
        figsize=(9, 2.4),
    )


def draw_table_1() -> None:
    """Draw LLaMA's mixture: shares of what there is and of what is read, and the passes that follow."""
    sources = TABLE_1[::-1]  # barh draws from below
    y, whole = np.arange(len(sources)), sum(source.unique_tokens for source in sources)
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
    read = [100 * source.share for source in sources]
    there_is = [100 * source.unique_tokens / whole for source in sources]
    left.barh(y + 0.2, read, 0.4, label="read", color=COLORS[0])
    left.barh(y - 0.2, there_is, 0.4, label="there is", color=COLORS[4])
    left.set(title="Share of the tokens", xlabel="percent")
    left.set_yticks(y, [source.name for source in sources])
    left.legend(loc="center right")
    often = [COLORS[source.epochs > 1.5] for source in sources]
    bars = right.barh(y, [source.epochs for source in sources], 0.6, color=often)
    right.bar_label(bars, fmt=" {:.2f}")
    right.set(title="Epochs", xlabel="times that the source is read", xlim=(0, 3))


def plot_kinds(points: Mapping[str, Sequence[tuple[float, float]]], *, title: str, xlabel: str, ylabel: str) -> None:
    """Draw one small picture for each kind of page, its marks in color over those of all others in gray.

    Args:
        points: kind to (x, y) of each page; a dotted diagonal marks x = y.
        title: what the figure shows.
        xlabel: quantity and unit.
        ylabel: quantity and unit.
    """
    figure, axes = plt.subplots(1, len(points), figsize=(2 * len(points), 2.7), sharex=True, sharey=True, squeeze=False)
    everything = np.array([point for found in points.values() for point in found])
    for ax, (kind, found) in zip(axes[0], points.items(), strict=True):
        color, marker, _ = KIND_STYLE[kind]
        ax.scatter(*everything.T, s=3, color="#DDDDDD")
        ax.scatter(*np.array(found).T, s=8, color=color, marker=marker, linewidth=0.8)
        ax.axline(everything.mean(axis=0), slope=1, alpha=0)  # keeps the limits of all pictures alike
        ax.axline((3, 3), slope=1, color="black", linewidth=1, linestyle=":")
        ax.set_title(kind, color=color)
    axes[0][0].set_ylabel(ylabel)
    figure.suptitle(title, fontsize=11)
    figure.supxlabel(xlabel, fontsize=10)


def plot_histograms(
    values: Mapping[str, Sequence[float]],
    bins: int | Sequence[float],
    *,
    bounds: Sequence[float] = (),
    title: str,
    xlabel: str,
) -> Axes:
    """Draw how a number is distributed among each kind of page.

    Args:
        values: kind of page to the numbers of its pages.
        bins: how many, or their edges.
        bounds: where dotted lines stand; those outside of the bins are left out.
        title: what the figure shows.
        xlabel: the number.

    Returns:
        The axes.
    """
    ax = plt.subplots()[1]
    edges = np.histogram_bin_edges(np.concatenate(list(values.values())), bins)
    for kind, found in values.items():
        color, _, style = KIND_STYLE[kind]
        ax.hist(found, edges, histtype="step", linewidth=2, label=kind, color=color, linestyle=style)
    for bound in bounds:
        if edges[0] <= bound <= edges[-1]:
            ax.axvline(bound, color="black", linewidth=1, linestyle=":")
    ax.set(title=title, xlabel=xlabel, ylabel="pages")
    ax.legend()
    return ax


def plot_grouped_bars(groups: Mapping[str, Sequence[float]], ticks: Sequence[str], *, title: str, ylabel: str) -> Axes:
    """Draw the bars of several groups side by side.

    Args:
        groups: label to one height per tick.
        ticks: what stands below.
        title: what the figure shows.
        ylabel: quantity and unit.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(8, 3))[1]
    x, width = np.arange(len(ticks)), 0.8 / len(groups)
    for place, (label, heights) in enumerate(groups.items()):
        shift = width * (place - (len(groups) - 1) / 2)
        ax.bar(x + shift, list(heights), 0.93 * width, label=label, color=COLORS[place])
    ax.set_xticks(x, ticks, fontsize=8)
    ax.set(title=title, ylabel=ylabel)
    ax.grid(axis="x", visible=False)
    ax.legend()
    return ax


def plot_stacked_kinds(layers: Mapping[str, Sequence[float]], ticks: Sequence[str], *, title: str, ylabel: str) -> Axes:
    """Draw bars that are stacked from kinds of pages.

    Args:
        layers: kind of page to one height per tick, from below.
        ticks: what stands below.
        title: what the figure shows.
        ylabel: quantity and unit.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(8, 3.6))[1]
    bottom = np.zeros(len(ticks))
    for kind, heights in layers.items():
        ax.bar(ticks, heights, bottom=bottom, color=KIND_STYLE[kind][0], label=kind)
        bottom += heights
    ax.set(title=title, ylabel=ylabel, ylim=(0, 1.3 * bottom.max()))
    ax.grid(axis="x", visible=False)
    ax.legend(ncols=len(layers), loc="upper center")
    return ax


def plot_estimates(exact: Sequence[float], estimated: Sequence[float], n_hashes: int) -> Axes:
    """Draw estimates of a similarity against the true one, and the error that the theory gives.

    Args:
        exact: Jaccard similarities.
        estimated: shares of equal minima.
        n_hashes: how many minima; two standard errors are shaded.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(5, 3.4))[1]
    x = np.linspace(0, 1, 50)
    error = 2 * np.sqrt(x * (1 - x) / n_hashes)
    ax.fill_between(x, x - error, x + error, color=COLORS[5], alpha=0.3, label="two standard errors")
    ax.plot(exact, estimated, "o", color=COLORS[0], label="a page and changed copies")
    ax.plot(x, x, color="black", linewidth=1, linestyle=":")
    ax.set_title(f"{n_hashes} minima estimate the similarity")
    ax.set(xlabel="Jaccard similarity", ylabel="share of equal minima")
    ax.legend()
    return ax


def used_length(row: Sequence[int], bos_id: int) -> int:
    """Return the length of a row without the filling at its end.

    Example:
        >>> used_length([0, 7, 9, 0, 8, 0, 0], bos_id=0)
        5
    """
    return max((place + 1 for place, token in enumerate(row) if token != bos_id), default=0)


def describe_rows(rows: Sequence[Sequence[int]], bos_id: int) -> tuple[str, str, str]:
    """Return how many rows there are, how much of them is filling, and how much has lost its beginning.

    Example:
        >>> describe_rows([[0, 7, 9, 0, 8], [9, 0, 0, 0, 0]], bos_id=0)
        ('2', '40.0%', '10.0%')
    """
    n_tokens = sum(map(len, rows))
    filling = sum(len(row) - used_length(row, bos_id) for row in rows)
    broken = sum((*row, bos_id).index(bos_id) for row in rows)  # what stands before the first BOS
    return str(len(rows)), f"{filling / n_tokens:.1%}", f"{broken / n_tokens:.1%}"


def draw_rows(ways: Mapping[str, Sequence[Sequence[int]]], bos_id: int, n_shown: int = 12) -> None:
    """Draw the first rows of several ways to pack; what has no beginning in its row is orange.

    Args:
        ways: title to rows of equal length.
        bos_id: the token that begins a document and fills a row up.
        n_shown: rows of each way.
    """
    _, axes = plt.subplots(1, len(ways), figsize=(9, 3), squeeze=False)
    for ax, (title, rows) in zip(axes[0], ways.items(), strict=True):
        for y, row in enumerate(rows[:n_shown]):
            n_used = used_length(row, bos_id)
            edges = sorted({0, n_used, *(x for x in range(n_used) if row[x] == bos_id)})
            for n, (left, right) in enumerate(zip(edges, edges[1:], strict=False)):
                color = COLORS[n % 2 * 5] if row[left] == bos_id else COLORS[1]
                ax.barh(y, right - left, left=left, height=0.8, color=color)
        ax.set(title=title, xlabel="place in the row", xlim=(0, len(rows[0])), ylim=(n_shown - 0.4, -0.6))
        ax.set_yticks([])
        ax.grid(visible=False)
