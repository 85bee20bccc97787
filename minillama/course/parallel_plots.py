"""Figures of chapter 11: the grid of processes, collectives, the ring, cut matrices, and bars made of parts."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from .plots import COLORS, PALE

HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo", "--")


def draw_mesh(rank: int = 0, data: int = 2, pipeline: int = 2, tensor: int = 4) -> Axes:
    """Draw all processes of a job as a grid, and with whom one of them talks.

    Args:
        rank: whose groups are marked.
        data: replicas, side by side.
        pipeline: stages, the columns of a replica.
        tensor: processes that share a matrix, on top of each other.

    Returns:
        The axes.

    Raises:
        ValueError: if there is no such rank.
    """
    n = data * pipeline * tensor
    if not 0 <= rank < n:
        raise ValueError(f"rank {rank} is not among {n} processes: choose 0 to {n - 1}")
    ax = plt.subplots(figsize=(8, 0.55 * tensor + 1.4))[1]
    own = _place(rank, pipeline, tensor)
    for other in range(n):
        replica, stage, part = place = _place(other, pipeline, tensor)
        x, y = 1.2 * stage + replica * (1.2 * pipeline + 0.8), -part
        differs = [axis for axis in range(3) if place[axis] != own[axis]]
        mark = differs[0] if len(differs) == 1 else None
        face = "#333333" if other == rank else "white" if mark is None else PALE[(3, 2, 1)[mark]]
        edge = "#888888" if mark is None else COLORS[(3, 2, 1)[mark]]
        ax.add_patch(plt.Rectangle((x, y), 1, 0.8, facecolor=face, edgecolor=edge, linewidth=1 if mark is None else 2))
        word = "" if mark is None else "\n" + ("data", "pipeline", "tensor")[mark]
        color = "white" if other == rank else "black"
        ax.text(x + 0.5, y + 0.4, f"{other}{word}", ha="center", va="center", fontsize=8, color=color, linespacing=1)
    for replica in range(data):
        left = replica * (1.2 * pipeline + 0.8)
        ax.text(left, 1.35, f"replica {replica}", fontsize=10)
        for stage in range(pipeline):
            ax.text(left + 1.2 * stage + 0.5, 0.95, f"stage {stage}", ha="center", fontsize=8, color="#444444")
    title = f"data {data} x pipeline {pipeline} x tensor {tensor} = {n} processes; rank {rank} and its partners"
    ax.set(title=title, xlim=(-0.2, data * (1.2 * pipeline + 0.8) - 0.6), ylim=(-tensor + 0.8, 1.8))
    ax.axis("off")
    return ax


def _place(rank: int, pipeline: int, tensor: int) -> tuple[int, int, int]:
    """Where a rank stands: the tensor axis counts fastest."""
    return rank // (pipeline * tensor), rank // tensor % pipeline, rank % tensor


def draw_collective(before: Sequence[Sequence[float]], after: Sequence[Sequence[float]], title: str, ax: Axes) -> None:
    """Draw what every rank holds before and after a collective, a column for each rank.

    Args:
        before: numbers of each rank.
        after: likewise.
        title: name of the collective.
        ax: where to draw.
    """
    n = len(before)
    for left, columns in ((0, before), (n + 1.2, after)):
        for rank, numbers in enumerate(columns):
            ax.text(left + rank + 0.5, 0.35, f"{rank}", ha="center", va="center", fontsize=8, color="#666666")
            for line, number in enumerate(numbers):
                box = plt.Rectangle((left + rank + 0.04, -line - 0.96), 0.92, 0.92, fc=PALE[rank % 6], ec="#888888")
                ax.add_patch(box)
                ax.text(left + rank + 0.5, -line - 0.5, f"{number:g}", ha="center", va="center", fontsize=8)
    ax.annotate("", (n + 1.1, -0.5), (n + 0.1, -0.5), arrowprops={"arrowstyle": "-|>", "color": "#444444", "lw": 1.5})
    height = max(len(numbers) for numbers in (*before, *after))
    ax.set(title=title, xlim=(-0.1, 2 * n + 1.4), ylim=(-max(4, height) - 0.1, 0.7))
    ax.axis("off")


def ring_state(n_ranks: int, n_steps: int) -> list[list[set[int]]]:
    """Return which ranks' numbers every part holds after some steps of a ring all-reduce.

    Args:
        n_ranks: ranks, and parts of each one's tensor.
        n_steps: 0 to 2 (n_ranks - 1).

    Returns:
        For each rank and each of its parts the ranks that are added up in it.

    Raises:
        ValueError: if there are not as many steps.

    Example:
        >>> ring_state(2, 1)
        [[{0}, {0, 1}], [{0, 1}, {1}]]
    """
    if not 0 <= n_steps <= 2 * (n_ranks - 1):
        raise ValueError(f"a ring of {n_ranks} has {2 * (n_ranks - 1)} steps, got {n_steps}")
    parts = [[{rank} for _ in range(n_ranks)] for rank in range(n_ranks)]
    for step in range(n_steps):
        adding = step < n_ranks - 1
        sent = {rank: (rank - step + (not adding) * n_ranks) % n_ranks for rank in range(n_ranks)}
        moving = {rank: parts[rank][part] for rank, part in sent.items()}
        for rank, part in sent.items():
            target = (rank + 1) % n_ranks
            parts[target][part] = moving[rank] | (parts[target][part] if adding else set())
    return parts


def draw_ring(step: int = 3, n_ranks: int = 4) -> Axes:
    """Draw what every rank holds after some steps of a ring all-reduce.

    Args:
        step: steps done.
        n_ranks: ranks, and parts.

    Returns:
        The axes.
    """
    states, before = ring_state(n_ranks, step), ring_state(n_ranks, max(0, step - 1))
    ax = plt.subplots(figsize=(7, 0.5 * n_ranks + 1.1))[1]
    for rank in range(n_ranks):
        for part, inside in enumerate(states[rank]):
            is_new = step > 0 and inside != before[rank][part]
            full = len(inside) == n_ranks
            face = COLORS[0] if full else "#B5D5EA" if len(inside) > 1 else "white"
            edge = {"ec": COLORS[1], "lw": 3} if is_new else {"ec": "#888888", "lw": 1}
            ax.add_patch(plt.Rectangle((1.1 * rank, -part), 1, 0.84, fc=face, **edge))
            text = "+".join(map(str, sorted(inside)))
            ax.text(1.1 * rank + 0.5, 0.42 - part, text, ha="center", va="center", color="white" if full else "black")
        ax.text(1.1 * rank + 0.5, 1.1, f"rank {rank}", ha="center")
    for part in range(n_ranks):
        ax.text(-0.1, 0.42 - part, f"part {part}", ha="right", va="center")
    phase = "add" if step <= n_ranks - 1 else "spread"
    ax.set(title=f"Ring of {n_ranks} after step {step} of {2 * (n_ranks - 1)} ({phase})")
    ax.set(xlim=(-0.9, 1.1 * n_ranks), ylim=(-n_ranks + 0.9, 1.5))
    ax.axis("off")
    return ax


def draw_stacked(
    columns: Mapping[str, Mapping[str, float]], *, title: str, ylabel: str, ax: Axes | None = None
) -> Axes:
    """Draw a bar for each column, made of its parts, with the sum above.

    Args:
        columns: label to the parts: name to height.
        title: what the figure shows.
        ylabel: quantity and unit.
        ax: where to draw; a new figure by default.

    Returns:
        The axes.
    """
    ax = ax or plt.subplots()[1]
    names = list(dict.fromkeys(name for parts in columns.values() for name in parts))
    bottoms = dict.fromkeys(columns, 0.0)
    for number, name in enumerate(names):
        heights = [parts.get(name, 0.0) for parts in columns.values()]
        style = {"color": COLORS[number % 8], "hatch": HATCHES[number % 8], "edgecolor": "white", "linewidth": 0}
        ax.bar(list(columns), heights, 0.62, list(bottoms.values()), label=name, **style)
        bottoms = {label: bottoms[label] + height for label, height in zip(columns, heights, strict=True)}
    for place, total in enumerate(bottoms.values()):
        ax.text(place, total, f"{total:.3g}", ha="center", va="bottom", fontsize=9)
    ax.set(title=title, ylabel=ylabel, ylim=(0, 1.12 * max(bottoms.values(), default=1.0)))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize=9)
    return ax


def draw_pair(n_ranks: int = 2) -> Axes:
    """Draw a feed-forward layer whose hidden units are divided among ranks, from its input to the sum.

    Args:
        n_ranks: 1 to 4.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(8.4, 2.5))[1]
    whole, tall, wide = 1.0, 1.2, 2.4  # widths and heights of C, of the tokens and of F in the picture
    shapes = (  # label, width, height, cut along the width, along the height, or not at all
        ("x", whole, tall, None), ("gate, up", wide, whole, "width"), ("hidden", wide, tall, "width"),
        ("down", whole, wide, "height"),
    )  # fmt: skip
    left = 0.0
    for number, (label, width, height, cut) in enumerate(shapes):
        for rank in range(n_ranks if cut else 1):
            start, size = (left, -height / 2), (width, height)
            if cut == "width":
                start, size = (left + rank / n_ranks * width, -height / 2), (width / n_ranks, height)
            elif cut == "height":
                start, size = (left, height / 2 - (rank + 1) / n_ranks * height), (width, height / n_ranks)
            _fill(ax, start, size, rank if cut else None)
        ax.text(left + width / 2, 1.35, label, ha="center")
        left += width + 0.55
        ax.text(left - 0.275, 0, ("·", "→", "·", "=")[number], ha="center", va="center", fontsize=14)
    for rank in range(n_ranks):
        _fill(ax, (left, -tall / 2), (whole, tall), rank)
        left += whole + 0.4
        ax.text(left - 0.2, 0, "+" if rank < n_ranks - 1 else "", ha="center", va="center", fontsize=14)
    ax.text(left - n_ranks * (whole + 0.4) / 2 - 0.2, 1.35, "sum over the ranks", ha="center")
    ax.set(title=f"A pair of matrices on {n_ranks} ranks", xlim=(-0.1, left), ylim=(-1.4, 1.7))
    ax.axis("off")
    return ax


def _fill(ax: Axes, place: tuple[float, float], size: tuple[float, float], rank: int | None) -> None:
    """A rectangle in the color of a rank, gray if it is whole on all of them."""
    face, edge = ("#E6E6E6", "#888888") if rank is None else (PALE[rank], COLORS[rank])
    ax.add_patch(plt.Rectangle(place, *size, facecolor=face, edgecolor=edge, linewidth=1.5))
    if rank is not None:
        center = [start + length / 2 for start, length in zip(place, size, strict=True)]
        ax.text(*center, str(rank), ha="center", va="center", fontsize=9, color="black")
