"""A clean stop: SIGINT (Ctrl-C) and SIGTERM are collected, so that the work under way can be finished."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def caught_signals() -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM instead of dying; a second one is obeyed at once.

    Yields:
        The numbers of the signals so far. Outside the main thread nothing can be caught, and the list stays empty.

    Example:
        >>> with caught_signals() as caught:
        ...     signal.raise_signal(signal.SIGTERM)
        >>> caught == [signal.SIGTERM]
        True
    """
    caught: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield caught  # only the main thread may catch signals
        return
    before: dict[int, Any] = {}

    def catch(number: int, _frame: object) -> None:
        caught.append(number)
        for one, handler in before.items():
            signal.signal(one, handler)

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, catch)
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
