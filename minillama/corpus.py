"""Text that is on every machine: the sources and documentation of Python's standard library.

It differs from one Python version to the next, so nothing computed from it is the same everywhere.
"""

import ast
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

_LEFT_OUT = {"test", "tests", "idle_test", "idlelib", "lib2to3", "site-packages", "dist-packages", "__pycache__"}


def standard_library_sources() -> Iterator[str]:
    """Yield the source files of Python's standard library, tests left out, in the order of their paths.

    Yields:
        One text per file.

    Example:
        >>> "def " in next(standard_library_sources())
        True
    """
    root = Path(sysconfig.get_path("stdlib"))
    for path in sorted(root.rglob("*.py")):
        if not _LEFT_OUT.intersection(path.relative_to(root).parts):
            yield path.read_text(encoding="utf-8", errors="replace")


def docstrings(source: str) -> Iterator[str]:
    """Yield the documentation strings of a Python source file: prose written by people.

    Args:
        source: the text of one file.

    Yields:
        The docstrings of the module, its classes and functions, without indentation, outermost first. None
        if the file is not valid Python.

    Example:
        >>> list(docstrings('def f():\\n    "Return nothing."'))
        ['Return nothing.']
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield text


def take_bytes(texts: Iterable[str], n_bytes: int) -> list[str]:
    """Collect whole texts until their UTF-8 length reaches a number of bytes.

    Args:
        texts: where to take from.
        n_bytes: how much to collect; the last text may go past it.

    Returns:
        The collected texts; fewer bytes if the source ends.

    Raises:
        ValueError: if ``n_bytes`` is negative.

    Example:
        >>> take_bytes(["abc", "de", "f"], 4)
        ['abc', 'de']
    """
    if n_bytes < 0:
        raise ValueError(f"n_bytes must be 0 or more, got {n_bytes}")
    taken: list[str] = []
    for text in texts:
        if n_bytes <= 0:
            break
        taken.append(text)
        n_bytes -= len(text.encode())
    return taken
