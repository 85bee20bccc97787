"""Arguments of the asserts: numbers, words and lists of them, each written together with the sign that follows."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from .choices import Menu, Pen
from .code_words import WORDS

_shown = itemgetter(1)
MOST = 100  # numbers run from 0 to one less, small ones up to 12
MOST_ITEMS = 7
MOST_FEW = 30  # the same where they are added up
MOST_SUMMANDS = 4
MOST_WORDS = 3
GO_ON, LAST = 4, 1  # weights of another item and of the end of the list


def write_number(pen: Pen, used: Sequence[object], close: str) -> int:
    """Write a number that was not used yet, and what follows it."""
    return _write_one(pen, _NUMBERS[close], used)


def write_small(pen: Pen, used: Sequence[object], close: str) -> int:
    """Write a small number that was not used yet, and what follows it."""
    return _write_one(pen, _NUMBERS[close][:13], used)


def write_below_30(pen: Pen, used: Sequence[object], close: str) -> int:
    """Write a number below 30 that was not used yet, and what follows it."""
    return _write_one(pen, _NUMBERS[close][:MOST_FEW], used)


def write_word(pen: Pen, used: Sequence[object], close: str) -> str:
    """Write a word in quotes that was not used yet, and what follows it."""
    return _write_one(pen, _QUOTED[close], used)


def write_numbers(pen: Pen, used: Sequence[object], close: str) -> list[int]:
    """Write a list of 2 to 7 numbers, or the empty list, whose first number was not used yet."""
    pen.say("[")
    first = _write_one(pen, _FIRST_NUMBERS, used)
    return _write_list(pen, first, (_MORE_NUMBERS, _LAST_NUMBERS, MOST_ITEMS), close)


def write_few(pen: Pen, used: Sequence[object], close: str) -> list[int]:
    """Write a list of 2 to 4 numbers below 30, or the empty list, whose first number was not used yet."""
    pen.say("[")
    first = _write_one(pen, _FIRST_NUMBERS[: 1 + MOST_FEW], used)
    return _write_list(pen, first, (_MORE_FEW, _LAST_NUMBERS[:MOST_FEW], MOST_SUMMANDS), close)


def write_words(pen: Pen, used: Sequence[object], close: str) -> list[str]:
    """Write a list of 2 or 3 words whose first word was not used yet."""
    pen.say("[")
    return _write_list(pen, _write_one(pen, _QUOTED[", "], used), (_MORE_WORDS, _LAST_WORDS, MOST_WORDS), close)


ARGUMENTS: dict[str, Callable[[Pen, Sequence[object], str], object]] = {
    "n": write_number, "small": write_small,
    "n30": write_below_30, "word": write_word, "nums": write_numbers,
    "few": write_few, "words": write_words,
}  # fmt: skip


def source_of(value: object) -> str:
    """Return a value as Python source, strings in double quotes."""
    return repr(value).replace("'", '"')


def first_of(value: object) -> object:
    """Return what the next arguments must not begin with: a number, a word, or the first of a list."""
    return (value[0] if value else None) if isinstance(value, list) else value


def _write_one(pen: Pen, options: Sequence[tuple], used: Sequence[object]) -> object:
    if used:
        options = tuple(option for option in options if option[0] not in used)
    return pen.pick(options, _shown)[0]


def _write_list(pen: Pen, first: object, options: tuple[Menu, Sequence, int], close: str) -> list:
    more, last, most = options
    items = [first]
    if first is None:
        pen.say(close)
        return []
    while True:
        value, text = pen.pick(more if len(items) < most - 1 else last, _shown)
        items.append(value)
        if text.endswith("]"):
            pen.say(close)
            return items


def _options(values: Sequence[object], close: str) -> tuple[tuple[object, str], ...]:
    return tuple((value, source_of(value) + close) for value in values)


def _menu(values: Sequence[object]) -> Menu:
    options = _options(values, ", ") + _options(values, "]")
    return Menu(options, [GO_ON] * len(values) + [LAST] * len(values))


_NUMBERS = {close: _options(range(MOST), close) for close in (", ", ")")}
_QUOTED = {close: _options(WORDS, close) for close in (", ", ")")}
_FIRST_NUMBERS = ((None, "]"), *_NUMBERS[", "])
_MORE_NUMBERS, _LAST_NUMBERS = _menu(range(MOST)), _options(range(MOST), "]")
_MORE_FEW = _menu(range(MOST_FEW))
_MORE_WORDS, _LAST_WORDS = _menu(WORDS), _options(WORDS, "]")
