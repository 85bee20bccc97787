"""The course engine: exercises that are checked in place, progress, plots and widgets."""

from .exercise import exercise, hint, show_solution
from .mine import my_llama
from .progress import board

__all__ = ["board", "exercise", "hint", "my_llama", "show_solution"]
