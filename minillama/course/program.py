"""Write a function of a notebook into a program of its own, with everything that it uses.

A new process knows nothing of the notebook. Functions and classes that were defined there are written out, imported
names are imported again, and other values are copied.
"""

import ast
import inspect
import linecache
import pickle
import sys
import textwrap
import types
from dataclasses import dataclass, field
from pathlib import Path

from .mine import missing_names
from .registry import find_exercise


@dataclass
class Program:
    """A module's source, and values that it needs.

    Args:
        name: of the function to call.
        lines: pieces of source, each after those it uses.
        values: pickled values by name, to be put into the module before it runs.
        stand_ins: names of exercises for which the package's version runs.
    """

    name: str
    lines: list[str] = field(default_factory=list)
    values: dict[str, bytes] = field(default_factory=dict)
    stand_ins: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The module's text."""
        return "\n\n".join(self.lines) + "\n"


def program_of(answer: object, needed: tuple[object, ...] = ()) -> Program:
    """Collect a function and all that it uses, by the names it uses.

    Args:
        answer: a function defined at the top of a notebook or file.
        needed: more functions that it calls by their own names, for those that cannot be seen in its code.

    Returns:
        The program.

    Raises:
        ValueError: if the source cannot be read, or a value that is used cannot be copied.
    """
    plain = inspect.unwrap(answer) if callable(answer) else answer
    name = getattr(plain, "__name__", "")
    if not isinstance(plain, types.FunctionType) or not name.isidentifier() or plain.__code__.co_freevars:
        raise ValueError(
            f"the processes need a function defined with def at the top of a cell, got {answer!r}: no lambda, no "
            "method, and no function inside another one"
        )
    program, seen = Program(name), set()
    for thing in (*needed, answer):
        _add(program, thing.__name__, thing, plain, seen)
    return program


def _add(program: Program, name: str, value: object, answer: types.FunctionType, seen: set[str]) -> None:
    """Add one name, after everything that its definition uses."""
    if name in seen:
        return
    seen.add(name)
    if hasattr(value, "yours"):
        exercise = find_exercise(value.__name__)
        program.stand_ins.append(value.__name__)
        program.lines += ["from minillama.course.registry import load", f'{name} = load("{exercise.reference}")']
    elif _is_written_here(value, answer):
        source = _source_of(value)
        for used in missing_names(source, {}):
            if used in answer.__globals__ and used != value.__name__ and not used.startswith("__"):
                _add(program, used, answer.__globals__[used], answer, seen)
        program.lines.append(source)
        if name != value.__name__:
            program.lines.append(f"{name} = {value.__name__}")
    elif isinstance(value, types.ModuleType):
        program.lines.append(f"import {value.__name__} as {name}")
    elif _can_be_imported(value):
        program.lines.append(f"from {value.__module__} import {value.__name__} as {name}")
    else:
        program.values[name] = _pickled(name, value)


def _is_written_here(value: object, answer: types.FunctionType) -> bool:
    """Whether a function or class comes from the same notebook or file as the answer."""
    is_definition = isinstance(value, types.FunctionType | type)
    return is_definition and value.__module__ == answer.__module__


def _can_be_imported(value: object) -> bool:
    """Whether ``from module import name`` gives this very object."""
    module, name = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if not isinstance(module, str) or not isinstance(name, str):
        return False
    dotted = all(part.isidentifier() for part in module.split("."))
    return dotted and getattr(sys.modules.get(module), name, None) is value


def _source_of(definition: object) -> str:
    """Source of a function or class without the decorator that checks it."""
    try:
        source = textwrap.dedent(inspect.getsource(definition))
    except (OSError, TypeError):
        source = _source_in_cells(definition)
    if not source:
        raise ValueError(
            f"cannot read the source of {definition.__name__}: define it in a file or in a notebook cell without "
            "%% commands"
        )
    node = ast.parse(source).body[0]
    lines = source.splitlines()
    for decorator in reversed(node.decorator_list):
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "exercise":
            del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join(lines)


def _source_in_cells(definition: object) -> str:
    """Source of a class of a notebook, which Python itself cannot tell; empty if it is nowhere."""
    methods = [method for method in vars(definition).values() if isinstance(method, types.FunctionType)]
    own = [method.__code__.co_filename for method in methods]
    cells = [name for name in reversed(linecache.cache) if not Path(name).exists()]
    for filename in [name for name in own if name in cells] or cells:
        text = "".join(linecache.getlines(filename))
        for node in _definitions(text) if f"class {definition.__name__}" in text else []:
            if isinstance(node, ast.ClassDef) and node.name == definition.__name__:
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    return ""


def _definitions(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except SyntaxError:
        return []


def _pickled(name: str, value: object) -> bytes:
    """Copy a value; one whose class is known to the notebook alone cannot be copied."""
    try:
        copied = pickle.dumps(value)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(
            f"`{name}` cannot be copied to another process ({reason}). Make it inside the function"
        ) from error
    if b"__main__" in copied:
        raise ValueError(
            f"`{name}` is a {type(value).__name__}, which only this notebook knows: make it inside the function"
        )
    return copied
