"""A figure that grows while a loop runs; its last state stays on the page."""

import time
from collections.abc import Mapping

import matplotlib.pyplot as plt

from .plots import COLORS, use_log_scale


class LiveLines:
    """Lines that are redrawn while their values arrive.

    In a notebook the same picture is replaced about once a second, and the finished one is saved with the page.
    Elsewhere nothing is shown; ``figure`` holds the picture.

    Args:
        title: what the figure shows.
        xlabel: quantity and unit.
        ylabel: quantity and unit.
        levels: label to height of lines that stay where they are, such as the lowest loss there can be.
        log: whether the vertical axis is logarithmic.
        seconds: shortest time between two redraws.

    Example:
        >>> picture = LiveLines(title="Falling", xlabel="step", ylabel="loss", levels={"floor": 0.1})
        >>> for step in range(3):
        ...     picture.add(step, loss=1 / (1 + step))
        >>> picture.finish()
        >>> [line.get_label() for line in picture.figure.axes[0].lines]
        ['floor', 'loss']
    """

    def __init__(
        self,
        *,
        title: str,
        xlabel: str,
        ylabel: str,
        levels: Mapping[str, float] | None = None,
        log: bool = False,
        seconds: float = 1.0,
    ) -> None:
        self.figure, self._ax = plt.subplots()
        plt.close(self.figure)  # so that it is not shown a second time at the end of the cell
        self._ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
        if log:
            use_log_scale(self._ax)
        for label, height in (levels or {}).items():
            self._ax.axhline(height, color="black", linewidth=1, linestyle=":", label=label)
        self._lines: dict[str, tuple[list[float], list[float]]] = {}
        self._artists: dict[str, plt.Line2D] = {}
        self._seconds, self._last = seconds, time.monotonic()
        self._place = _place(self.figure)

    def add(self, x: float, **values: float) -> None:
        """Add one point to each of some lines, and redraw if the last time is long ago.

        Args:
            x: the horizontal place, such as the number of the step.
            **values: name of a line to its height there.
        """
        for name, value in values.items():
            xs, ys = self._lines.setdefault(name, ([], []))
            xs.append(x)
            ys.append(float(value))
        if time.monotonic() - self._last > self._seconds:
            self.finish()

    def finish(self) -> None:
        """Draw everything that has arrived."""
        for name, (xs, ys) in self._lines.items():
            if name not in self._artists:
                color = COLORS[len(self._artists) % len(COLORS)]
                (self._artists[name],) = self._ax.plot([], [], color=color, linestyle="-", label=name)
            self._artists[name].set_data(xs, ys)
        if self._ax.get_legend_handles_labels()[1]:
            self._ax.legend()
        self._ax.relim()
        self._ax.autoscale_view()
        if self._place is not None:
            self._place.update(self.figure)
        self._last = time.monotonic()


def _place(figure: plt.Figure) -> object | None:
    """Show a figure in a notebook and return the handle that replaces it; None elsewhere."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return None
    return display(figure, display_id=True) if get_ipython() is not None else None
