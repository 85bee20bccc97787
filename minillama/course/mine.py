"""The learner's own modules: passing code is saved as readable files, and a model is built from them."""

import ast
import builtins
import contextlib
import io
import itertools
import linecache
import os
import symtable
import sys
import types
from importlib import import_module
from pathlib import Path

import torch

from .progress import Record, mine_folder, read_progress, write_atomically
from .registry import Exercise, all_exercises, exercise_module
from .running import run_checks
from .show import Message, Table, show

# The modules of the model, in the order in which they import each other.
CORE = ("rmsnorm", "rope", "rope_scaling", "swiglu", "cache", "attention", "config", "model")
YOURS = "yours"
MISSING = "the package's"
SPOILED = "the package's; your saved code no longer passes its checks"
PACKAGE = __package__.partition(".")[0]
_builds = itertools.count(1)


def fresh_namespace(exercise: Exercise) -> dict[str, object]:
    """Return what an answer may use: the module's declared imports and its earlier exercises.

    An earlier exercise is the learner's saved code where there is some that runs, else the package's.
    """
    namespace: dict[str, object] = {"__name__": f"mine.{exercise.module}"}
    exec(exercise_module(exercise.module).IMPORTS, namespace)
    saved = saved_definitions(exercise.module)
    for earlier in _exercises_of(exercise.module):
        if earlier.name == exercise.name:
            break
        namespace[earlier.definition] = earlier.load_reference()
        with contextlib.suppress(Exception):  # the file may have been edited by hand
            exec(saved.get(earlier.definition, ""), namespace)
    return namespace


def missing_names(source: str, namespace: dict[str, object]) -> list[str]:
    """Return the names a definition uses that neither it, Python nor ``namespace`` defines.

    Example:
        >>> missing_names("def f(x):\\n    return helper(len(x))", {})
        ['helper']
    """
    table = symtable.symtable(source, "<answer>", "exec")
    known = {*namespace, *dir(builtins), *(s.get_name() for s in table.get_symbols() if s.is_assigned())}
    return sorted(_global_names(table) - known)


def rebuild(exercise: Exercise, source: str) -> object:
    """Run an answer's source in a fresh namespace and return what it defines."""
    namespace = fresh_namespace(exercise)
    filename = f"<your {exercise.name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)
    return namespace[exercise.definition]


def check_alone(exercise: Exercise, source: str) -> None:
    """Check an answer again without the notebook around it; what it prints was seen the first time.

    Args:
        exercise: what to check.
        source: the answer's definition, without the decorator.

    Raises:
        Exception: whatever defining or checking it raises.
    """
    with contextlib.redirect_stdout(io.StringIO()):
        run_checks(exercise, rebuild(exercise, source))


def save_definition(exercise: Exercise, source: str) -> Path:
    """Write a passing answer into ``work/mine/<module>.py``, beside the module's other answers.

    A file that is no longer Python is set aside as ``<module>.damaged.py``, not lost.

    Args:
        exercise: what the answer solves.
        source: its definition, without the decorator.

    Returns:
        The file.
    """
    saved = {**saved_definitions(exercise.module), exercise.definition: source}
    siblings = _exercises_of(exercise.module)
    code = "\n\n".join(saved[e.definition].strip() + "\n" for e in siblings if e.definition in saved)
    imports = exercise_module(exercise.module).IMPORTS
    used = missing_names(code, _names_of(imports))
    borrowed = [e for e in siblings if e.definition in used]
    title = f"My {exercise.module}, from the course. Each answer that passes rewrites this file."
    parts = [f'"""{title}"""\n', imports.strip() + "\n"]
    if borrowed:
        lines = [f'{e.definition} = load("{e.reference}")' for e in borrowed]
        parts += ["from minillama.course.registry import load\n", "# Not solved yet, so borrowed from the course."]
        parts += ["\n".join(lines) + "\n"]
    parts.append("\n" + code)
    path = mine_folder() / f"{exercise.module}.py"
    if not saved_definitions(exercise.module) and path.exists():
        os.replace(path, path.with_suffix(".damaged.py"))
    write_atomically(path, "\n".join(parts))
    return path


def saved_definitions(module: str) -> dict[str, str]:
    """Return the source of each definition in ``work/mine/<module>.py``; empty if there is no such file."""
    try:
        text = (mine_folder() / f"{module}.py").read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (FileNotFoundError, NotADirectoryError, SyntaxError, ValueError):
        return {}
    return {
        node.name: ast.get_source_segment(text, node) + "\n"
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def my_core() -> tuple[types.ModuleType, dict[str, str]]:
    """Import the model's modules a second time, with the learner's code in place of the package's.

    Each module is loaded under another name, its answers replaced before the modules that
    depend on it load. The package itself is not touched. Saved code is checked once more, because
    its file may have been edited since.

    Returns:
        The learner's ``model`` module, and for every part whose code runs.
    """
    home = Path(sys.modules[PACKAGE].__file__).parent
    alias = f"my_{PACKAGE}_{next(_builds)}"
    package = types.ModuleType(alias)
    package.__path__ = [str(home)]
    sys.modules[alias] = package
    progress, parts = read_progress(), {}
    for name in CORE:
        module = import_module(f"{alias}.{name}")
        saved = saved_definitions(name)
        for exercise in _core_exercises(name):
            parts[exercise.name] = _whose_code(exercise, progress.get(exercise.name), saved.get(exercise.definition))
            if parts[exercise.name] == YOURS:
                _overlay(module, exercise_module(name).IMPORTS, exercise, saved[exercise.definition])
    return sys.modules[f"{alias}.model"], parts


def my_llama(config: object) -> object:
    """Build a LLaMA out of the learner's own passing code, and say which parts are borrowed.

    Args:
        config: a ``ModelConfig``.

    Returns:
        A model with the same weights' names as ``minillama.Llama``.
    """
    model_module, parts = my_core()
    named = {whose: [name for name in parts if parts[name] == whose] for whose in (YOURS, MISSING, SPOILED)}
    lines = []
    if named[MISSING]:
        lines.append(f"missing, so the package's code runs: {', '.join(named[MISSING])}")
    if named[SPOILED]:
        lines.append(f"no longer passing the checks, so the package's code runs: {', '.join(named[SPOILED])}")
    if lines:
        show(Message("NOTE", f"my_llama: {len(named[YOURS])} of {len(parts)} parts are yours", tuple(lines)))
    else:
        show(Message("OK", f"my_llama: all {len(parts)} parts are yours"))
    return model_module.Llama(config)


def my_parts() -> Table:
    """Return a table of the model's parts: whose code ``my_llama`` would run."""
    return Table(("part", "code that runs"), list(my_core()[1].items()))


def _whose_code(exercise: Exercise, record: Record | None, source: str | None) -> str:
    """Decide whether a part of the model can be the learner's own."""
    if source is None or record is None or not record.saved:
        return MISSING
    try:
        with torch.device("cpu"):  # the model itself may be built on the meta device
            check_alone(exercise, source)
    except Exception:
        return SPOILED
    return YOURS


def _overlay(module: types.ModuleType, imports: str, exercise: Exercise, source: str) -> None:
    """Define an answer inside a module; names that the module already has keep their meaning."""
    for name, value in _names_of(imports).items():
        module.__dict__.setdefault(name, value)
    filename = str(mine_folder() / f"{exercise.module}.py")
    exec(compile(source, filename, "exec"), module.__dict__)


def _core_exercises(module: str) -> list[Exercise]:
    """Return the exercises whose answer replaces a part of this module."""
    return [e for e in _exercises_of(module) if e.reference == f"{PACKAGE}.{module}:{e.definition}"]


def _exercises_of(module: str) -> list[Exercise]:
    return [e for e in all_exercises().values() if e.module == module]


def _names_of(imports: str) -> dict[str, object]:
    """Run import lines and return what they define."""
    namespace: dict[str, object] = {}
    exec(imports, namespace)
    return namespace


def _global_names(table: symtable.SymbolTable) -> set[str]:
    """Collect the names that a scope and the scopes inside it look up globally."""
    top = table.get_type() == "module"
    names = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())}
    return names.union(*(_global_names(child) for child in table.get_children()))
