"""Figures of the course: one look, color-blind safe, readable on light and dark pages."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import LogLocator, NullFormatter

# Okabe and Ito's palette: distinct for all common kinds of color vision.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")
LINE_STYLES = ("-", "--", "-.", ":")
PALE = ("#D6E9F5", "#FBE3D3", "#D3EFE6", "#F5E4EE", "#FBEFD2", "#DFF1FB", "#E6E6E6", "#FCFAD9")


def use_course_style() -> None:
    """Set matplotlib's defaults for the course: white opaque figures, readable on any page."""
    plt.rcParams.update(
        {
            "figure.figsize": (7.0, 3.4),
            "figure.dpi": 110,
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "axes.facecolor": "white",
            "axes.prop_cycle": plt.cycler(color=COLORS[:4]) + plt.cycler(linestyle=LINE_STYLES),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.titlesize": 11,
            "axes.titlelocation": "left",
            "grid.alpha": 0.3,
            "image.cmap": "cividis",
            "font.size": 10,
            "legend.frameon": False,
            "lines.linewidth": 2,
        }
    )


def plot_lines(
    x: Sequence[float],
    lines: Mapping[str, Sequence[float]],
    *,
    title: str,
    xlabel: str,
    ylabel: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw one or more lines over the same x values, told apart by color and line style.

    Args:
        x: shared horizontal values.
        lines: label to vertical values, each as long as ``x``.
        title: what the figure shows.
        xlabel: quantity and unit.
        ylabel: quantity and unit.
        ax: where to draw; a new figure by default.

    Returns:
        The axes, for scales and notes.
    """
    ax = ax or plt.subplots()[1]
    for label, values in lines.items():
        ax.plot(x, values, label=label)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    if len(lines) > 1:
        ax.legend()
    return ax


def use_log_scale(ax: Axes) -> None:
    """Make the vertical axis logarithmic, with plain numbers at 1, 2 and 5 times the powers of ten."""
    ax.set_yscale("log")
    ax.yaxis.set(major_locator=LogLocator(subs=(1, 2, 5)), major_formatter="{x:g}", minor_formatter=NullFormatter())


def plot_bars(values: Mapping[str, float], *, title: str, ylabel: str, ax: Axes | None = None) -> Axes:
    """Draw one labeled bar per entry, its value written above it.

    Args:
        values: label to height.
        title: what the figure shows.
        ylabel: quantity and unit.
        ax: where to draw; a new figure by default.

    Returns:
        The axes.
    """
    ax = ax or plt.subplots()[1]
    bars = ax.bar(list(values), list(values.values()), color=[COLORS[i % 6] for i in range(len(values))])
    ax.bar_label(bars, fmt="{:.3g}")
    ax.set(title=title, ylabel=ylabel)
    ax.grid(axis="x", visible=False)
    return ax


def plot_matrix(
    matrix: object, *, title: str, xlabel: str, ylabel: str, ax: Axes | None = None, label: str | None = None, **style
) -> Axes:
    """Draw a matrix as a colored grid with its scale.

    Args:
        matrix: two-dimensional values.
        title: what the figure shows.
        xlabel: meaning of the columns.
        ylabel: meaning of the rows.
        ax: where to draw; a new figure by default.
        label: quantity of the color scale.
        **style: passed to ``imshow``, such as ``vmin``.

    Returns:
        The axes.
    """
    ax = ax or plt.subplots()[1]
    image = ax.imshow(matrix, aspect="auto", interpolation="nearest", **style)
    ax.figure.colorbar(image, ax=ax, label=label)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    ax.grid(visible=False)
    return ax


def draw_diagram(
    boxes: Mapping[str, tuple[float, float, str]],
    arrows: Sequence[tuple[str, str] | tuple[str, str, str]],
    *,
    bypasses: Sequence[tuple[str, str]] = (),
    title: str = "",
    highlight: Sequence[str] = (),
    figsize: tuple[float, float] = (7.0, 3.0),
) -> Axes:
    """Draw labeled boxes and the arrows between them.

    Args:
        boxes: name to (x, y, label); one unit is about the width of a box, y grows upward.
        arrows: pairs of box names, optionally with a text for the arrow.
        bypasses: pairs of boxes on one level, joined by an arc above the boxes between them.
        title: what the picture shows.
        highlight: names of boxes to draw in color.
        figsize: inches.

    Returns:
        The axes.

    Raises:
        ValueError: if a highlighted name has no box.
    """
    if unknown := set(highlight) - set(boxes):
        raise ValueError(f"there is no box {min(unknown)!r}; there are {', '.join(boxes)}")
    ax = plt.subplots(figsize=figsize)[1]
    for name, (x, y, label) in boxes.items():
        face, edge = (PALE[1], COLORS[1]) if name in highlight else (PALE[0], COLORS[0])
        shape = FancyBboxPatch((x - 0.4, y - 0.22), 0.8, 0.44, boxstyle="round,pad=0.02", fc=face, ec=edge, lw=1.5)
        ax.add_patch(shape)
        ax.text(x, y, label, ha="center", va="center", fontsize=9, color="black")
    for start, end, *text in arrows:
        _draw_arrow(ax, boxes[start][:2], boxes[end][:2], text[0] if text else "")
    for start, end in bypasses:
        _draw_bypass(ax, boxes[start][:2], boxes[end][:2])
    xs, ys = [b[0] for b in boxes.values()], [b[1] for b in boxes.values()]
    top = max(ys) + (1.0 if bypasses else 0.4)
    ax.set(xlim=(min(xs) - 0.55, max(xs) + 0.55), ylim=(min(ys) - 0.4, top), title=title)
    ax.axis("off")
    return ax


def draw_block(highlight: Sequence[str] = ()) -> Axes:
    """Draw one block of LLaMA, with its residual stream as arcs above the working layers.

    Args:
        highlight: parts to draw in color, out of "in", "norm1", "attention", "add1", "norm2", "feedforward"
            and "add2".

    Returns:
        The axes.
    """
    labels = {
        "in": "token\nvectors",
        "norm1": "RMSNorm",
        "attention": "attention",
        "add1": "add",
        "norm2": "RMSNorm",
        "feedforward": "SwiGLU",
        "add2": "add",
    }
    return draw_diagram(
        {name: (1.2 * place, 0, label) for place, (name, label) in enumerate(labels.items())},
        arrows=list(pairwise(labels)),
        bypasses=[("in", "add1"), ("add1", "add2")],
        highlight=highlight,
        title="One block of LLaMA",
        figsize=(8, 1.9),
    )


def _draw_arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], text: str) -> None:
    """Draw an arrow between the facing edges of two boxes."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    scale = min(0.43 / abs(dx) if dx else 9.0, 0.25 / abs(dy) if dy else 9.0)
    tail, head = (x0 + dx * scale, y0 + dy * scale), (x1 - dx * scale, y1 - dy * scale)
    ax.annotate("", xy=head, xytext=tail, arrowprops={"arrowstyle": "-|>", "color": "#444444", "lw": 1.5})
    if text:
        ax.text((tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2 + 0.06, text, ha="center", fontsize=8, color="black")


def _draw_bypass(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw an arc from the top of one box to the top of another."""
    forward = end[0] > start[0]
    tail = (start[0] + (0.1 if forward else -0.1), start[1] + 0.25)
    style = {
        "arrowstyle": "-|>",
        "color": "#444444",
        "connectionstyle": f"arc3,rad={-0.22 if forward else 0.22}",
        "lw": 1.2,
    }
    ax.annotate("", xy=(end[0], end[1] + 0.25), xytext=tail, arrowprops=style)


def draw_tokens(rows: Mapping[str, Sequence[str]], *, title: str = "", width: int = 64) -> Axes:
    """Draw texts cut into tokens: one line per text, one box per token.

    Args:
        rows: label to the pieces of one text; spaces are shown as a low dot.
        title: what the picture shows.
        width: characters that fit on a line; longer texts are cut off.

    Returns:
        The axes.
    """
    ax = plt.subplots(figsize=(8, 0.45 * len(rows) + 0.5))[1]
    for line, (label, pieces) in enumerate(rows.items()):
        ax.text(-0.5, -line, label, ha="right", va="center", fontsize=9)
        start = 0
        for place, piece in enumerate(pieces):
            shown = piece.replace(" ", "·").replace("\n", "⏎")
            if start + len(shown) > width:
                ax.text(start, -line, "...", va="center", fontsize=9)
                break
            ax.barh(
                -line, len(shown) - 0.12, left=start, height=0.74, color=PALE[place % 6], edgecolor="#888888", lw=0.6
            )
            ax.text(start + len(shown) / 2, -line, shown, ha="center", va="center", family="monospace", fontsize=9)
            start += len(shown)
    ax.set(xlim=(-0.5, width), ylim=(-len(rows) + 0.4, 0.6), title=title)
    ax.axis("off")
    return ax
