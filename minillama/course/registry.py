"""The list of exercises: which there are, how hard they are, what checks them."""

import ast
import difflib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from . import exercises


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise of the course.

    Args:
        name: ``module.function`` or ``module.Class``; the last part is the name to define.
        chapter: number of the chapter that asks for it.
        difficulty: 1 (a line to fill in) to 5 (an evening).
        minutes: time a median learner needs.
        reference: where the right answer lives, ``package.module:name``.
        checks: functions that take the answer and raise ``Wrong``; each docstring names what it checks.
        hints: three hints, each saying more than the one before.
        given: for "find the bug", where the faulty code that the notebook hands out lives.
        copies: hand the answer copies of its tensor, list and dict arguments.
    """

    name: str
    chapter: int
    difficulty: int
    minutes: int
    reference: str
    checks: tuple[Callable[[object], None], ...]
    hints: tuple[str, str, str]
    given: str | None = None
    copies: bool = True

    @property
    def module(self) -> str:
        """First part of the name: the file of its checks, and the file of the learner's code."""
        return self.name.rpartition(".")[0]

    @property
    def definition(self) -> str:
        """Last part of the name: the function or class to write."""
        return self.name.rpartition(".")[2]

    def load_reference(self) -> object:
        """Import the right answer."""
        return load(self.reference)


@cache
def all_exercises() -> dict[str, Exercise]:
    """Return every exercise by name, in the order of the course.

    Raises:
        ValueError: if two exercises share a name, or one stands in the wrong module.
    """
    found: dict[str, Exercise] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(exercises.__path__)):
        for exercise in exercise_module(module).EXERCISES:
            if exercise.name in found or exercise.module != module:
                raise ValueError(f"exercise {exercise.name!r} is listed twice or in the wrong module ({module})")
            found[exercise.name] = exercise
    return dict(sorted(found.items(), key=lambda item: item[1].chapter))


def find_exercise(name: str) -> Exercise:
    """Return one exercise by its full name, or by the last part if that is unique.

    Args:
        name: such as ``"rope.apply_rope"`` or ``"apply_rope"``.

    Raises:
        ValueError: if there is no such exercise; names similar ones.
    """
    exercises = all_exercises()
    if name in exercises:
        return exercises[name]
    matches = [exercise for exercise in exercises.values() if exercise.definition == name]
    if len(matches) == 1:
        return matches[0]
    names = [*exercises, *(exercise.definition for exercise in exercises.values())]
    similar = difflib.get_close_matches(str(name), names) or exercises
    raise ValueError(f"there is no exercise {name!r}; there are: {', '.join(similar)}")


def exercise_module(module: str) -> object:
    """Import ``course/exercises/<module>.py``, which holds IMPORTS and EXERCISES."""
    return import_module(f"minillama.course.exercises.{module}")


def load(address: str) -> object:
    """Import ``package.module:name``."""
    module, _, name = address.partition(":")
    return getattr(import_module(module), name)


def definition_source(definition: object) -> str:
    """Return the source of a function or class without decorators or outer indentation."""
    source = textwrap.dedent(inspect.getsource(definition))
    node = ast.parse(source).body[0]
    return "\n".join(source.splitlines()[node.lineno - 1 :]) + "\n"


def same_code(first: str, second: str) -> bool:
    """Compare two definitions by their syntax trees; their names, docstrings, decorators and comments aside.

    Example:
        >>> same_code("def f(x):\\n    return x  # same", "@d\\ndef f(x):\\n    '''Doc.'''\\n    return x")
        True
    """
    return _bare_tree(first) == _bare_tree(second)


def _bare_tree(source: str) -> str:
    tree = ast.parse(textwrap.dedent(source))
    tree.body[0].name = "definition"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.decorator_list = []
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)
