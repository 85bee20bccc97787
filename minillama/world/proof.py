"""Proofs that a writer's texts and choices correspond one to one: comparison of options, and enumeration."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import TypeVar

from .choices import DrawingPen, Write, information

T = TypeVar("T")


class AuditingPen(DrawingPen):
    """A drawing pen that also proves, at every choice, that the options can be told apart."""

    def pick(self, options: Sequence[T], show: Callable[[T], str] = str) -> T:
        """Choose at random, after comparing all options.

        Raises:
            ValueError: if an option writes nothing or begins with another.
        """
        require_distinct([show(option) for option in options])
        return super().pick(options, show)


def require_distinct(texts: Sequence[str]) -> None:
    """Refuse options of which one is empty or begins with another.

    Args:
        texts: what the options write.

    Raises:
        ValueError: naming the two.

    Example:
        >>> require_distinct(["a cat", "a cathedral"])
        Traceback (most recent call last):
        ...
        ValueError: 'a cathedral' begins with 'a cat': a reader cannot tell the two options apart
    """
    in_order = sorted(texts)
    if in_order and not in_order[0]:
        raise ValueError("an option writes nothing: a reader cannot see that it was chosen")
    for first, second in pairwise(in_order):
        if second.startswith(first):
            raise ValueError(f"{second!r} begins with {first!r}: a reader cannot tell the two options apart")


class _ScriptPen(DrawingPen):
    """Follow a list of indices, then always take the first option; remember how many there were."""

    def __init__(self, script: Sequence[int]) -> None:
        super().__init__(Random(0))
        self.script = list(script)
        self.sizes: list[int] = []

    def pick(self, options: Sequence[T], show: Callable[[T], str] = str) -> T:
        if len(self.sizes) == len(self.script):
            self.script.append(0)
        index = self.script[len(self.sizes)]
        self.sizes.append(len(options))
        self.bits += information(options, index)
        self._parts.append(show(options[index]))
        return options[index]


def enumerate_texts(write: Write) -> Iterator[tuple[str, float]]:
    """Yield every text that a writer can write, with its bits. Only for small grammars.

    Args:
        write: the writer; it must stop after finitely many choices whatever they are.

    Yields:
        (text, bits). The probabilities ``2 ** -bits`` add up to 1.

    Example:
        >>> list(enumerate_texts(lambda pen: pen.pick("ab") == "a" and pen.pick("xy")))
        [('ax', 2.0), ('ay', 2.0), ('b', 1.0)]
    """
    script: list[int] = []
    while True:
        pen = _ScriptPen(script)
        write(pen)
        yield pen.text(), pen.bits
        script = pen.script
        while script and script[-1] + 1 == pen.sizes[len(script) - 1]:
            script.pop()
        if not script:
            return
        script[-1] += 1
