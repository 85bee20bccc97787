"""Questions with a computed answer: sums of everyday life, and what a line of Python gives."""

from collections.abc import Callable
from typing import cast

from .choices import Menu, Pen
from .pattern import tell

Names = dict[str, object]
Sum = Callable[[Pen, Names], None]
NEAR = 3  # wrong results lie so near


def _numbers(names: Names, keys: str) -> list[int]:
    return [cast(int, names[key]) for key in keys.split()]


def _solve(names: Names, result: int, steps: str) -> None:
    """Remember the result, how it is found, and wrong results near it."""
    names["truth"], names["steps"] = result, steps
    names["guesses"] = tuple(n for n in range(max(0, result - NEAR), result + NEAR + 1) if n != result)


def ask_product(pen: Pen, names: Names) -> None:
    """Rows of the same length and some more."""
    tell(pen, "<a:@to12> <boxes|bags|rows|crates|baskets> of <b:@to12> <@goods_to_count> and <c:@to20> more?", names)
    a, b, c = _numbers(names, "a b c")
    _solve(names, a * b + c, f"{a} times {b} is {a * b}, plus {c} is {a * b + c}")


def ask_rest(pen: Pen, names: Names) -> None:
    """What is left over when things are shared out."""
    tell(pen, "<a:@to60> <@goods_to_count> for <b:@to9> <children|friends|shops|tables|boats>?", names)
    a, b = _numbers(names, "a b")
    _solve(names, a % b, f"{b} times {a // b} is {a // b * b}, and {a} minus {a // b * b} is {a % b}")


def ask_python(pen: Pen, names: Names) -> None:
    """What a built-in function gives for a short list."""
    function = pen.pick(tuple(FUNCTIONS), lambda name: f"{name}([")
    items = [pen.pick(NUMBERS, lambda n: f"{n}, ")]
    while True:
        number, close = pen.pick(_ITEMS if len(items) < MOST_ITEMS - 1 else _LAST, lambda item: f"{item[0]}{item[1]}")
        items.append(number)
        if close == "])":
            break
    pen.say(" give?")
    result = FUNCTIONS[function](items)
    steps = " + ".join(map(str, items)) if function == "sum" else f"{function} {STEPS[function]}"
    _solve(names, result, f"{steps}{' =' if function == 'sum' else ', here'} {result}")


MOST_ITEMS = 5
NUMBERS = tuple(range(0, 30))
_ITEMS = Menu(
    tuple((n, ", ") for n in NUMBERS) + tuple((n, "])") for n in NUMBERS), [2] * len(NUMBERS) + [1] * len(NUMBERS)
)
_LAST = tuple((n, "])") for n in NUMBERS)
FUNCTIONS: dict[str, Callable[[list[int]], int]] = {"sum": sum, "max": max, "min": min, "len": len}
STEPS = {"max": "finds the largest item", "min": "finds the smallest item", "len": "counts the items"}
SUMS: tuple[tuple[str, str, Sum], ...] = (
    ("How many in all are ", "sums, counting", ask_product),
    ("How many are left of ", "sums, sharing", ask_rest),
    ("In Python, what does ", "python, lists", ask_python),
)
