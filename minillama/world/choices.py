"""Texts made of choices: write them, read them back, and count their information exactly.

A writer is a function that tells a pen what to write. Whatever is not forced goes through :meth:`Pen.pick`, which
chooses one of several options and writes it at once. At every choice no option's text may begin with another's, so
whoever reads from left to right always knows which option was taken. Hence text and choices correspond one to one, and
the probability of a text is exactly the product of the probabilities of its choices.

Source: Shannon, 1948, "A mathematical theory of communication", section 6, for the measure of information.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random
from typing import Protocol, TypeVar

T = TypeVar("T")
END = "\x03"  # shown where a document stops, so that stopping can be one of several options


class Menu(Sequence[T]):
    """Options with weights that are whole numbers.

    Args:
        options: what can be chosen.
        weights: one positive integer for each option.

    Raises:
        ValueError: if the weights do not fit the options.

    Example:
        >>> Menu(["tea", "milk"], [3, 1]).bits(1)
        2.0
    """

    def __init__(self, options: Sequence[T], weights: Sequence[int]) -> None:
        if len(options) != len(weights) or not options or min(weights) < 1:
            raise ValueError(f"{len(options)} options need as many weights of 1 or more, got {list(weights)}")
        self.options = tuple(options)
        self.weights = tuple(weights)
        self.cumulative = list(accumulate(weights))  # CPython hoards freed tuples that were built this way

    def __len__(self) -> int:
        return len(self.options)

    def __getitem__(self, index: int) -> T:
        return self.options[index]

    def bits(self, index: int) -> float:
        """Return the information in choosing an option: -log2 of its probability."""
        return math.log2(self.cumulative[-1] / self.weights[index])


class Pen(Protocol):
    """What a writer writes with: drawing at random, reading a given text, or enumerating every text."""

    bits: float

    def say(self, text: str) -> None:
        """Write what is forced by the choices made so far."""

    def pick(self, options: Sequence[T], show: Callable[[T], str] = str) -> T:
        """Choose one option, equally likely or by the weights of a :class:`Menu`, and write ``show(option)``."""


Write = Callable[[Pen], object]


def information(options: Sequence, index: int) -> float:
    """Return the bits of choosing one option; equally likely unless they are a :class:`Menu`."""
    return options.bits(index) if isinstance(options, Menu) else math.log2(len(options))


class DrawingPen:
    """Choose at random and collect the text.

    Args:
        random: source of the choices; only its ``random()`` is used, which is the same in all Python versions.

    Example:
        >>> pen = DrawingPen(Random(0))
        >>> pen.pick(["tea", "milk"]), pen.bits
        ('milk', 1.0)
    """

    def __init__(self, random: Random) -> None:
        self._random = random.random
        self._parts: list[str] = []
        self.bits = 0.0

    def say(self, text: str) -> None:
        """Write what is forced."""
        self._parts.append(text)

    def pick(self, options: Sequence[T], show: Callable[[T], str] = str) -> T:
        """Choose at random."""
        if isinstance(options, Menu):
            index = bisect_right(options.cumulative, int(self._random() * options.cumulative[-1]))
        else:
            index = int(self._random() * len(options))
        self.bits += information(options, index)
        option = options[index]
        self._parts.append(show(option))
        return option

    def text(self) -> str:
        """Return what was written."""
        return "".join(self._parts).removesuffix(END)


class ReadingPen:
    """Recover the choices from a text that was written by the same writer.

    Args:
        text: the whole document, without the end mark.

    Raises:
        ValueError: from ``say`` and ``pick``, if the writer cannot have written this text.

    Example:
        >>> pen = ReadingPen("milk!")
        >>> pen.pick(["tea", "milk"])
        'milk'
        >>> pen.say("!")
        >>> pen.bits, pen.choices
        (1.0, [(0, 4, 1.0)])
    """

    def __init__(self, text: str) -> None:
        self._text = text + END
        self.place = 0
        self.bits = 0.0
        self.choices: list[tuple[int, int, float]] = []  # first and last character + 1, bits

    def say(self, text: str) -> None:
        """Check what is forced."""
        if not self._text.startswith(text, self.place):
            raise ValueError(f"expected {text!r} at character {self.place}, found {self._ahead()!r}")
        self.place += len(text)

    def pick(self, options: Sequence[T], show: Callable[[T], str] = str) -> T:
        """Find the one option that stands here."""
        found = [i for i, option in enumerate(options) if self._text.startswith(show(option), self.place)]
        if len(found) != 1:
            names = [show(options[i]) for i in found] or f"none of {len(options)} options"
            raise ValueError(f"at character {self.place}, {self._ahead()!r} can be read as {names}")
        option = options[found[0]]
        bits, start = information(options, found[0]), self.place
        self.place += len(show(option))
        self.bits += bits
        self.choices.append((start, min(self.place, len(self._text) - 1), bits))
        return option

    def finished(self) -> bool:
        """Tell whether the whole text was read."""
        return self.place >= len(self._text) - 1

    def _ahead(self) -> str:
        return self._text[self.place : self.place + 40]


def read(write: Write, text: str) -> ReadingPen:
    """Parse a text: recover every choice of its writer.

    Args:
        write: the writer.
        text: one document.

    Returns:
        The pen, with the choices, their places and their bits.

    Raises:
        ValueError: if the writer cannot have written exactly this text.
    """
    pen = ReadingPen(text)
    write(pen)
    if not pen.finished():
        raise ValueError(f"the text goes on after the writer's last word, at character {pen.place}")
    return pen
