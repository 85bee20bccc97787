"""Sliders and menus that redraw a figure."""

import inspect
from collections.abc import Callable


def explore(draw: Callable[..., None], **controls: object) -> None:
    """Show controls for the arguments of a drawing function, and redraw on every change.

    The figure stands in the notebook once without controls as well, so that the page can be
    printed; the cell with ``explore`` only adds the controls. They start at the defaults of ``draw``.

    Args:
        draw: draws one figure from keyword arguments.
        **controls: argument to what ``ipywidgets.interact`` takes: ``(low, high, step)`` for a
            slider, a list for a menu, True or False for a checkbox, or a widget.

    Example:
        >>> explore(lambda theta: None, theta=(0.0, 1.0, 0.1))  # doctest: +SKIP
    """
    import ipywidgets
    import matplotlib.pyplot as plt
    from IPython.display import display

    def redraw(**values: object) -> None:
        draw(**values)
        plt.show()

    own = inspect.signature(draw).parameters
    arguments = [own[name].replace(kind=inspect.Parameter.KEYWORD_ONLY) for name in controls]
    redraw.__signature__ = inspect.Signature(arguments)
    panel = ipywidgets.interactive(redraw, **controls)
    for control in panel.children[:-1]:
        control.style.description_width = "initial"
        control.layout.width = "28em"
        if hasattr(control, "continuous_update"):
            control.continuous_update = False
    display(panel)
