"""The course engine: exercises that are checked in place, progress, plots and widgets."""

try:
    from .exercise import exercise, hint, show_solution
    from .mine import my_llama, my_parts
    from .progress import board
except ModuleNotFoundError as error:  # `minillama doctor` must run without PyTorch, to say that it is missing
    if str(error.name).startswith("minillama"):
        raise

__all__ = ["board", "exercise", "hint", "my_llama", "my_parts", "show_solution"]
