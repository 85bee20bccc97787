"""Running a learner's code safely: on copies, with forked randomness, within a time limit."""

import copy
import functools
import random
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from .checking import Wrong
from .registry import Exercise

SECONDS = 10.0
STUBS = ("", "write this")  # what the NotImplementedError of an answer not yet written says; PyTorch's says more


class OutOfTime(BaseException):
    """The answer ran too long. Not an Exception, so that a learner's ``except`` cannot catch it."""


class Unfinished(Exception):
    """The answer still raises the stub's NotImplementedError."""


def run_checks(exercise: Exercise, answer: object) -> None:
    """Run every check of an exercise on an answer.

    Args:
        exercise: what to check.
        answer: the learner's function or class.

    Raises:
        Wrong: what the first failing check observed.
        Unfinished: if the answer is still a stub.
    """
    guarded = _on_copies(answer) if exercise.copies and not isinstance(answer, type) else answer
    with forked_state():
        for check in exercise.checks:
            torch.manual_seed(0)
            try:
                with time_limit(SECONDS):
                    check(guarded)
            except (Wrong, Unfinished):
                raise
            except NotImplementedError as error:
                raise Unfinished if str(error) in STUBS else Wrong(_describe(error)) from error
            except OutOfTime as error:
                raise Wrong(f"stopped after {SECONDS:.0f} seconds: is there an endless loop?") from error
            except (Exception, SystemExit) as error:
                raise Wrong(_describe(error)) from error


@contextmanager
def forked_state() -> Iterator[None]:
    """Begin with gradients and float32 by default; leave random state and both settings as they were."""
    python_state, dtype, grad = random.getstate(), torch.get_default_dtype(), torch.is_grad_enabled()
    with torch.random.fork_rng(devices=[]):
        try:
            torch.set_grad_enabled(True)
            torch.set_default_dtype(torch.float32)
            yield
        finally:
            random.setstate(python_state)
            torch.set_default_dtype(dtype)
            torch.set_grad_enabled(grad)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt the block after some seconds, where the platform can: POSIX, main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _on_copies(answer: Callable[..., object]) -> Callable[..., object]:
    """Wrap a function so that it gets copies, and is caught if it changes them."""

    @functools.wraps(answer)
    def call(*args: object, **kwargs: object) -> object:
        given = (args, kwargs)
        own = _copied(given)
        result = answer(*own[0], **own[1])
        if _changed(given, own):
            raise Wrong("the function changed one of its arguments in place: compute a new value instead")
        return result

    return call


def _copied(value: object) -> object:
    """Copy tensors and containers; anything else is shared."""
    if isinstance(value, Tensor):
        return value.clone()
    if type(value) in (list, tuple):
        return type(value)(_copied(item) for item in value)
    if type(value) is dict:
        return {key: _copied(item) for key, item in value.items()}
    return copy.copy(value) if isinstance(value, set | bytearray) else value


def _changed(before: object, after: object) -> bool:
    """Whether a copied value differs from its original."""
    if isinstance(before, Tensor):
        return before.shape != after.shape or not torch.equal(before.nan_to_num(), after.nan_to_num())
    if type(before) is not type(after):
        return True
    if type(before) in (list, tuple):
        return len(before) != len(after) or any(map(_changed, before, after))
    if type(before) is dict:
        return before.keys() != after.keys() or any(_changed(before[key], after[key]) for key in before)
    if isinstance(before, set | bytearray | int | float | str | bytes):
        return before is not after and before != after
    return before is not after


def _describe(error: BaseException) -> str:
    """Say what was raised, and on which line of the learner's code."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    own = [frame for frame in frames if "minillama" not in frame.filename and "torch" not in frame.filename]
    where = f" in the line `{own[-1].line}`" if own and own[-1].line else ""
    try:
        said = str(error)
    except Exception:
        said = "(its message cannot be shown)"
    return f"your code raised {type(error).__name__}{where}: {said}"
