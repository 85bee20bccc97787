"""Code, as on GitHub: small Python modules with docstrings and asserts, all of which were executed and hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .choices import END, Menu, Pen
from .code_arguments import ARGUMENTS, first_of, source_of, write_below_30, write_small
from .code_classes import CLASSES, Kind
from .code_functions import NUMBERS, WORDS, Recipe
from .code_lists import write_list_function
from .code_tables import TABLES, Table, keys_of, write_table
from .code_words import BESTS, COUNTS, HEADER, ITEMS, SUMS, VERBS, WHEN, WORDS_OF_HEADERS, Verb
from .facts import World
from .pattern import tell

LISTS = {
    "items": ITEMS, "sums": SUMS, "counts": COUNTS, "bests": BESTS, "letters": tuple("abcdefghiklmnoprstuvw"),
    "to9": tuple(range(1, 10)), "to20": tuple(range(1, 21)), "to30": tuple(range(5, 31)), "two5": (2, 3, 4, 5),
    "two9": tuple(range(2, 10)), "two30": tuple(range(10, 31)), "three6": (3, 4, 5, 6),
}  # fmt: skip
MOST_ASSERTS, MOST_OF_TWO = 9, 4  # of the only function, and of each of two
MOST_STEPS = 14  # in the test of a class
_PARTS = (*VERBS, *NUMBERS, *WORDS)
_PART_WEIGHTS = [20] * len(VERBS) + [3] * len(NUMBERS) + [2] * len(WORDS)
_FIRST = Menu([*_PARTS, *TABLES, *CLASSES], _PART_WEIGHTS + [10] * len(TABLES) + [3] * len(CLASSES))
_AGAIN = Menu((True, False), (7, 1))
_TEST, _PLAIN = "def test_", "assert "


@dataclass(frozen=True, kw_only=True)
class _Function:
    """What the tests call.

    Args:
        name: as in the source.
        call: the function itself, executed.
        arguments: writers of its arguments; the first number or word of the first one is never used twice.
        most: how many different calls there can be.
    """

    name: str
    call: Callable
    arguments: Sequence[Callable]
    most: int = MOST_ASSERTS


def write_code(pen: Pen, world: World) -> None:
    """Write a module: what it is for, then functions or a table or a class, then their tests.

    Args:
        pen: what to write with.
        world: for whom the module is made, and the facts of its tables.

    Example:
        >>> from random import Random
        >>> from minillama.world.choices import DrawingPen
        >>> from minillama.world.town import build_world
        >>> pen = DrawingPen(Random(1))
        >>> write_code(pen, build_world())
        >>> exec(pen.text())  # all asserts hold
    """
    tell(pen, HEADER, {"works": world.workplaces, "adults": world.adults, **WORDS_OF_HEADERS})
    part = pen.pick(_FIRST, lambda part: part.start)
    if isinstance(part, Kind):
        _write_class(pen, part)
    elif isinstance(part, Table):
        _write_table_module(pen, part, world)
    else:
        _write_functions(pen, part)


def _executed(source: str) -> dict[str, object]:
    """Return what a piece of source defines. The source is our own; the same one hardly ever comes again."""
    names: dict[str, object] = {}
    exec(source, names)
    return names


def _write_functions(pen: Pen, part: Verb | Recipe) -> None:
    """One or two functions and their tests."""
    functions = [_write_function(pen, part)]
    following = pen.pick(_others(part), lambda other: "\n\n\n" + (other if isinstance(other, str) else other.start))
    if not isinstance(following, str):
        functions.append(_write_function(pen, following))
        following = pen.pick((_TEST, _PLAIN), lambda start: "\n\n\n" + start)
    _write_tests(pen, functions, following)


@lru_cache(maxsize=1024)
def _others(part: Verb | Recipe) -> Menu:
    """Return what can follow a function: the tests, or another function that does something else."""
    pattern = getattr(part, "pattern", part)
    others = [(p, w) for p, w in zip(_PARTS, _PART_WEIGHTS, strict=True) if getattr(p, "pattern", p) is not pattern]
    half = sum(weight for _, weight in others)  # tests follow twice as often as a second function
    return Menu([_TEST, _PLAIN, *(part for part, _ in others)], [half, half, *(weight for _, weight in others)])


def _write_function(pen: Pen, part: Verb | Recipe) -> _Function:
    """Write the rest of a function, and execute it."""
    if isinstance(part, Verb):
        kinds: Sequence[str] = ("few",) if part.kind == "sum" else ("nums",)
        source = write_list_function(pen, part)
    else:
        kinds = part.arguments
        source = part.start + part.pattern.write(pen, dict(LISTS))
    name = part.start[4:-1]
    return _Function(name=name, call=_executed(source)[name], arguments=[ARGUMENTS[kind] for kind in kinds])


def _write_tests(pen: Pen, functions: Sequence[_Function], start: str) -> None:
    """Write asserts, in a test of each function or one below the other; ``start`` is written already."""
    most = MOST_ASSERTS if len(functions) == 1 else MOST_OF_TWO
    for i, function in enumerate(functions):
        if start == _TEST:
            pen.say(f"{function.name}():\n    {_PLAIN}")
        close = END if i + 1 == len(functions) else "\n\n\n" + _TEST if start == _TEST else "\n\n" + _PLAIN
        again = "\n    assert " if start == _TEST else "\nassert "
        _write_asserts(pen, function, most, {True: again, False: close})


def _write_asserts(pen: Pen, function: _Function, most: int, ends: dict[bool, str]) -> None:
    """Write calls with their results, one at least."""
    used: list[object] = []
    while True:
        pen.say(f"{function.name}(")
        arguments = []
        for i, write in enumerate(function.arguments):
            after = ")" if i + 1 == len(function.arguments) else ", "
            arguments.append(write(pen, () if i else used, after))
        used.append(first_of(arguments[0]))
        result = function.call(*arguments)
        pen.say(f" {'is' if result is None or isinstance(result, bool) else '=='} {source_of(result)}")
        if len(used) >= min(most, function.most):
            pen.say(ends[False])
            return
        if not pen.pick(_AGAIN, ends.__getitem__):
            return


def _write_table_module(pen: Pen, table: Table, world: World) -> None:
    """A table, one function that reads it, and its test."""
    entries, source = write_table(pen, table, keys_of(table, world), LISTS["to20"])
    head, kinds, pattern = pen.pick(table.functions, lambda function: function[0])
    source += head + pattern.write(pen, dict(LISTS))
    name = head.strip()[4:-1]

    def write_known(pen: Pen, used: Sequence[object], close: str) -> object:
        return _write_one_of(pen, tuple(entries), used, close)

    def write_key(pen: Pen, used: Sequence[object], close: str) -> object:
        return _write_one_of(pen, (*entries, "Nobody" if table.people else "nothing"), used, close)

    def write_value(pen: Pen, used: Sequence[object], close: str) -> object:
        return _write_one_of(pen, tuple(dict.fromkeys(entries.values())), used, close)

    writers = {"known": write_known, "key": write_key, "value": write_value, "n30": write_below_30}
    counts = {"known": len(entries), "key": len(entries) + 1, "value": len(set(entries.values())), "n30": MOST_ASSERTS}
    function = _Function(
        name=name,
        call=_executed(source)[name],
        arguments=[writers[kind] for kind in kinds.split()],
        most=min(MOST_ASSERTS, counts[kinds.split()[0]]),
    )
    _write_tests(pen, [function], pen.pick((_TEST, _PLAIN), lambda start: "\n\n\n" + start))


def _write_one_of(pen: Pen, values: Sequence[object], used: Sequence[object], close: str) -> object:
    left = [value for value in values if value not in used]
    return pen.pick(left, lambda value: source_of(value) + close)


def _write_class(pen: Pen, kind: Kind) -> None:
    """A class and a test that uses its two methods."""
    names: dict[str, object] = dict(LISTS)
    source = kind.start + kind.pattern.write(pen, names)
    class_name = kind.start[6:-1]
    thing = _executed(source)[class_name]()
    name, add, take, state = class_name.lower(), str(names["add"]), str(names["take"]), str(names["v"])
    pen.say(f"\n\n\n{_TEST}{name}():\n    {name} = {class_name}()")
    shows = {method: f"\n    {name}.{method}(" for method in (add, take)}
    shows |= {"check": f"\n    assert {name}.{state} == ", "end": END}
    options: tuple[str, ...] = (add, take)
    for _ in range(MOST_STEPS):
        step = pen.pick(options, shows.__getitem__)
        if step == "end":
            return
        if step == "check":
            pen.say(str(getattr(thing, state)))
            options = (add, take, "end")
        else:
            number = write_small(pen, (), ")")
            getattr(thing, step)(number)
            pen.pick(WHEN)
            options = (add, take, "check")
    if step != "check":
        pen.say(f"{shows['check']}{getattr(thing, state)}")
    pen.say(END)
