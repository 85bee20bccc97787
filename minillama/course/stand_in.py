"""What a name becomes while its exercise is not solved: the package's version, openly labeled."""

import inspect
from collections.abc import Callable

from .registry import Exercise


def stand_in(exercise: Exercise, yours: object) -> object:
    """Return the package's version under a label; the learner's object is its ``yours`` attribute.

    Args:
        exercise: the unsolved exercise.
        yours: what the learner wrote.

    Returns:
        A function or class that behaves like the package's and says so at its first use.
    """
    reference = exercise.load_reference()
    notice = _notice(exercise.definition)
    if isinstance(reference, type):
        return _class_stand_in(reference, yours, notice)
    return _function_stand_in(reference, yours, notice)


def _function_stand_in(reference: Callable, yours: object, notice: Callable[[], None]) -> Callable:
    def package_version(*args: object, **kwargs: object) -> object:
        notice()
        return reference(*args, **kwargs)

    package_version.__name__ = package_version.__qualname__ = reference.__name__
    package_version.__doc__ = reference.__doc__
    package_version.__signature__ = inspect.signature(reference)
    package_version.yours = yours
    return package_version


def _class_stand_in(reference: type, yours: object, notice: Callable[[], None]) -> type:
    def __init__(self: object, *args: object, **kwargs: object) -> None:
        notice()
        reference.__init__(self, *args, **kwargs)

    __init__.__signature__ = inspect.signature(reference.__init__)
    body = {"__init__": __init__, "__doc__": reference.__doc__, "__module__": __name__, "yours": yours}
    return type(reference.__name__, (reference,), body)


def _notice(name: str) -> Callable[[], None]:
    """Return a function that prints a note the first time it is called."""
    said: list[bool] = []

    def say() -> None:
        if not said:
            said.append(True)
            print(f"{name}: using the package's version; yours is `{name}.yours`")

    return say
