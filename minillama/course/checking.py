"""What a check says: small helpers that compare an answer with what is expected."""

from collections.abc import Callable

import torch
from torch import Tensor


class Wrong(Exception):
    """An answer failed a check; the message says what was observed and what it suggests."""


def expect(condition: bool | Tensor, message: str) -> None:
    """Fail with ``message`` unless ``condition`` holds.

    Args:
        condition: what must be true.
        message: what was observed, and the likely mistake.

    Raises:
        Wrong: if the condition is false.

    Example:
        >>> expect(1 < 2, "order is lost")
    """
    if not condition:
        raise Wrong(message)


def expect_shape(actual: object, shape: tuple[int, ...], what: str = "the result") -> None:
    """Fail unless ``actual`` is a tensor of this shape.

    Args:
        actual: the learner's value.
        shape: the required shape.
        what: how to name the value in the message.

    Raises:
        Wrong: naming both shapes.

    Example:
        >>> expect_shape(torch.zeros(2, 3), (2, 3))
    """
    _expect_tensor(actual, what)
    if tuple(actual.shape) != tuple(shape):
        raise Wrong(f"{what} has shape {tuple(actual.shape)}, expected {tuple(shape)}")


def expect_close(
    actual: object, expected: Tensor, what: str, suspect: str = "", rtol: float = 1e-4, atol: float = 1e-5
) -> None:
    """Fail unless two tensors agree in shape and value.

    Args:
        actual: the learner's value.
        expected: the right value.
        what: the call that gave the value, for the message.
        suspect: the mistake that would explain a difference.
        rtol: relative tolerance.
        atol: absolute tolerance.

    Raises:
        Wrong: naming the first difference.

    Example:
        >>> expect_close(torch.ones(2), torch.ones(2), "f(1)")
    """
    expect_shape(actual, tuple(expected.shape), what)
    actual, expected = actual.detach().double(), expected.detach().double()
    differs = ~torch.isclose(actual, expected, rtol=rtol, atol=atol)
    if not differs.any():
        return
    if expected.numel() <= 6:
        shown = f"{what} gave {_short(actual)}, expected {_short(expected)}"
    else:
        where = tuple(int(i) for i in differs.nonzero()[0])
        shown = (
            f"{what} differs in {int(differs.sum())} of {expected.numel()} values; "
            f"at {where} it is {actual[where]:.5g}, expected {expected[where]:.5g}"
        )
    raise Wrong(f"{shown}. {suspect}".strip())


def expect_error(call: Callable[[], object], error: type[Exception], what: str) -> None:
    """Fail unless ``call`` raises ``error``.

    Args:
        call: runs the learner's code on a bad input.
        error: the exception it must raise.
        what: the bad input, for the message.

    Raises:
        Wrong: if nothing is raised. Another exception passes through.

    Example:
        >>> expect_error(lambda: int("x"), ValueError, "int of a letter")
    """
    try:
        call()
    except error:
        return
    raise Wrong(f"{what} must raise {error.__name__}, but nothing was raised")


def _expect_tensor(actual: object, what: str) -> None:
    if actual is None:
        raise Wrong(f"{what} is None: is the return statement missing?")
    if not isinstance(actual, Tensor):
        raise Wrong(f"{what} is a {type(actual).__name__}, expected a tensor")


def _short(tensor: Tensor) -> str:
    """Print a small tensor with four significant digits."""
    if tensor.dim() == 0:
        return f"{tensor.item():.4g}"
    return "[" + ", ".join(_short(row) for row in tensor) + "]"
