"""Every public name of the package is documented, its arguments by their real names, and every example runs."""

import doctest
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import minillama

MODULES = ["minillama", *sorted(m.name for m in pkgutil.walk_packages(minillama.__path__, "minillama."))]
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def public_objects(module: ModuleType) -> Iterator[tuple[str, Callable]]:
    """(name, object) of the functions, classes and methods a module defines for others."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(thing) or inspect.isclass(thing):
            yield name, thing
        if inspect.isclass(thing):
            for part, method in vars(thing).items():
                if not part.startswith("_") and (inspect.isfunction(method) or isinstance(method, property)):
                    yield f"{name}.{part}", method


def documented_arguments(text: str) -> list[str]:
    """The names listed under `Args:`."""
    section = re.search(r"^( *)Args:\n((?:\1 +.*\n|\n)+)", text + "\n", re.MULTILINE)
    if not section:
        return []
    lines = [line for line in section[2].splitlines() if line.strip()]
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    entries = [line.strip() for line in lines if len(line) - len(line.lstrip()) == indent]
    return [name.strip(" *") for entry in entries for name in entry.partition(":")[0].split(",")]


def problems(name: str, thing: Callable) -> list[str]:
    """What is wrong with one docstring."""
    text = thing.__doc__ or ""
    if not text.strip() or text.startswith(f"{name.rpartition('.')[2]}("):  # a dataclass writes its signature
        return [f"{name} has no docstring"]
    found = []
    if not re.search(r"[.:?]$", text.strip().split("\n\n")[0]):
        found.append(f"{name}: the summary does not end with a period")
    if documented := documented_arguments(text):
        real = set(inspect.signature(thing).parameters) - {"self"}
        if wrong := [argument for argument in documented if argument not in real]:
            found.append(f"{name} documents {wrong}, its parameters are {sorted(real)}")
    return found


@pytest.mark.parametrize("module_name", MODULES)
def test_public_names_are_documented(module_name: str) -> None:
    module = importlib.import_module(module_name)
    missing = [] if (module.__doc__ or "").strip() else [f"{module_name} has no docstring"]
    assert missing + [p for name, thing in public_objects(module) for p in problems(name, thing)] == []


@pytest.mark.parametrize("module_name", MODULES)
def test_examples_run(
    module_name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MINILLAMA_WORK", str(tmp_path))  # a learner's progress is neither read nor changed
    result = doctest.testmod(importlib.import_module(module_name), optionflags=OPTIONS)
    assert result.failed == 0, capsys.readouterr().out


def test_parts_of_the_model_have_examples() -> None:
    """At least one example in each module of the core; a finder that finds nothing would pass silently."""
    for name in ("rmsnorm", "rope", "swiglu", "attention", "cache", "sampling", "generation", "bpe", "budget"):
        module = importlib.import_module(f"minillama.{name}")
        assert any(test.examples for test in doctest.DocTestFinder().find(module)), name


def test_public_names_resolve() -> None:
    for name in minillama.__all__:
        assert getattr(minillama, name).__doc__, name
    with pytest.raises(AttributeError, match="no public name 'Lama'"):
        minillama.Lama  # noqa: B018


def good(size: int) -> None:
    """Do something.

    Args:
        size: how much;
            and what more to say.
    """


def renamed(n: int) -> None:
    """Do something.

    Args:
        size: how much.

    Returns:
        note: nothing.
    """


def silent() -> None: ...


def endless() -> None:
    """Do something"""


def test_each_defect_is_noticed() -> None:
    assert problems("good", good) == []
    assert problems("renamed", renamed) == ["renamed documents ['size'], its parameters are ['n']"]
    assert problems("silent", silent) == ["silent has no docstring"]
    assert problems("endless", endless) == ["endless: the summary does not end with a period"]
