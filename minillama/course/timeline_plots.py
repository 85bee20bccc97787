"""Figures of chapter 11: what every stage of a pipeline does when, and what waits for what."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from .plots import COLORS, PALE

Piece = tuple[str, float, float]  # name, begin, end


def play_schedule(
    orders: Sequence[Sequence[str]], forward: float = 1.0, backward: float = 2.0
) -> list[list[Piece]]:
    """Play the stages of a pipeline against each other.

    A forward pass waits for that of the stage before, a backward pass for that of the stage behind.

    Args:
        orders: what each stage does, such as ``["F0", "B0"]``.
        forward: time of a forward pass.
        backward: time of a backward pass.

    Returns:
        For each stage the passes with their begin and end.

    Raises:
        ValueError: if the stages wait for each other for ever.

    Example:
        >>> play_schedule([["F0", "B0"], ["F0", "B0"]])[0]
        [('F0', 0.0, 1.0), ('B0', 4.0, 6.0)]
    """
    ends: dict[tuple[int, str], float] = {}
    rows: list[list[Piece]] = [[] for _ in orders]
    while any(len(row) < len(order) for row, order in zip(rows, orders, strict=True)):
        n_before = len(ends)
        for stage, order in enumerate(orders):
            while len(rows[stage]) < len(order):
                name = order[len(rows[stage])]
                other = stage - 1 if name[0] == "F" else stage + 1
                if 0 <= other < len(orders) and (other, name) not in ends:
                    break
                begin = max(rows[stage][-1][2] if rows[stage] else 0.0, ends.get((other, name), 0.0))
                ends[stage, name] = begin + (forward if name[0] == "F" else backward)
                rows[stage].append((name, begin, ends[stage, name]))
        if len(ends) == n_before:
            stuck = [stage for stage, order in enumerate(orders) if len(rows[stage]) < len(order)]
            raise ValueError(f"the stages {stuck} wait for each other for ever: change the order of their passes")
    return rows


def draw_timeline(
    rows: Mapping[str, Sequence[Piece]], *, title: str, xlabel: str, ax: Axes | None = None
) -> Axes:
    """Draw who does what when: a line for each worker, a bar for each piece of work.

    Args:
        rows: label to pieces: name, begin and end. Names that begin with F are blue, with B orange, others green.
        title: what the figure shows.
        xlabel: unit of time.
        ax: where to draw; a new figure by default.

    Returns:
        The axes.
    """
    ax = ax or plt.subplots(figsize=(8, 0.4 * len(rows) + 1.0))[1]
    longest = max((end for pieces in rows.values() for *_, end in pieces), default=1.0)
    for line, pieces in enumerate(rows.values()):
        for name, begin, end in pieces:
            color = {"F": COLORS[0], "B": PALE[1]}.get(name[0], COLORS[2])
            edge = COLORS[1] if name[0] == "B" else "white"
            ax.barh(-line, end - begin, left=begin, height=0.8, color=color, edgecolor=edge, linewidth=1)
            if end - begin > longest / 60:
                ink = "black" if name[0] == "B" else "white"
                ax.text((begin + end) / 2, -line, name, ha="center", va="center", fontsize=7, color=ink)
    ax.set(title=title, xlabel=xlabel, xlim=(0, longest * 1.01))
    ax.set_yticks([-line for line in range(len(rows))], list(rows))
    ax.grid(axis="y", visible=False)
    return ax
