"""The exercise decorator: an answer is checked in the moment it is defined."""

import ast
import hashlib
import linecache
import os
import sys
from types import FrameType

from .checking import Wrong
from .mine import fresh_namespace, missing_names, rebuild, save_definition
from .progress import SOLUTION_AFTER, Record, read_progress, write_record
from .registry import Exercise, definition_source, find_exercise, load, same_code
from .running import Unfinished, run_checks
from .show import Message, show
from .stand_in import stand_in


class NotSolved(Exception):
    """Raised under MINILLAMA_STRICT=1 when an answer is anything but OK."""


def exercise(name: str):
    """Check the function or class below, show the verdict, and choose whose code the notebook goes on with.

    An answer that passes keeps its name and is saved as the learner's own. Otherwise the name
    becomes the package's version, labeled as such, so that later cells always run.

    Args:
        name: the exercise's full name, such as ``"rope.apply_rope"``.

    Returns:
        A decorator.

    Raises:
        ValueError: if there is no such exercise.
        NotSolved: if the answer is not OK and MINILLAMA_STRICT=1.
    """
    task = find_exercise(name)

    def decorate(answer: object) -> object:
        if answer.__name__ != task.definition:
            raise ValueError(f"exercise {name!r} checks {task.definition!r}, but {answer.__name__!r} stands below")
        source = _source_of(answer.__name__, sys._getframe(1))
        record = read_progress().get(task.name, Record())
        message = judge(task, answer, source, record)
        write_record(task.name, record)
        show(message)
        if message.status == "OK":
            return answer
        if os.environ.get("MINILLAMA_STRICT") == "1":
            raise NotSolved(str(message))
        return stand_in(task, answer)

    return decorate


def judge(task: Exercise, answer: object, source: str, record: Record) -> Message:
    """Check an answer, update its record, and say what was found.

    Args:
        task: the exercise.
        answer: the learner's function or class.
        source: its definition, without the decorator.
        record: the exercise's state; changed in place.

    Returns:
        What to show to the learner.
    """
    try:
        run_checks(task, answer)
    except Unfinished:
        record.status = "TODO"
        return _todo(task, "Write your answer in the cell above, then run the cell again.")
    except Wrong as wrong:
        if task.given and same_code(source, definition_source(load(task.given))):
            record.status = "TODO"
            symptom = str(wrong).partition(": ")[0]  # what follows the colon explains the cause
            return _todo(task, f"Find the bug in this code, then run the cell. Seen: {symptom}.")
        return _wrong(task, str(wrong), source, record)
    record.status = "OK"
    return _ok(task, source, record)


def hint(name: str, number: int | None = None) -> None:
    """Show a hint: the first by default, the second and third by number or after wrong answers.

    Args:
        name: the exercise, such as ``"apply_rope"``.
        number: 1, 2 or 3.

    Raises:
        ValueError: if there is no such exercise or hint.
    """
    task = find_exercise(name)
    if number is None:
        number = _hint_number(read_progress().get(task.name, Record()).attempts)
    if number not in (1, 2, 3):
        raise ValueError(f"hints are numbered 1 to 3, got {number}")
    show(Message("NOTE", f"Hint {number} of 3 for {task.definition}", (task.hints[number - 1],)))


def show_solution(name: str) -> None:
    """Show the package's answer, after three wrong answers of one's own or a right one.

    Args:
        name: the exercise, such as ``"apply_rope"``.

    Raises:
        ValueError: if there is no such exercise.
    """
    task = find_exercise(name)
    record = read_progress().get(task.name, Record())
    left = SOLUTION_AFTER - record.attempts
    if record.status != "OK" and left > 0:
        tries = "1 more try" if left == 1 else f"{left} more tries"
        show(Message("NOTE", f"{task.definition}: the solution opens after {tries}", ("`hint` helps before.",)))
        return
    print(definition_source(task.load_reference()))


def _todo(task: Exercise, what_to_do: str) -> Message:
    return Message(
        "TODO", f"{task.definition}: difficulty {task.difficulty} of 5, about {task.minutes} minutes", (what_to_do,)
    )


def _wrong(task: Exercise, observed: str, source: str, record: Record) -> Message:
    record.status = "WRONG"
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    if digest != record.last_attempt:
        record.attempts, record.last_attempt = record.attempts + 1, digest
    number = _hint_number(record.attempts)
    lines = [observed, f"Hint {number} of 3: {task.hints[number - 1]}"]
    if record.attempts >= SOLUTION_AFTER:
        lines.append(f'`show_solution("{task.name}")` shows the solution.')
    return Message("WRONG", task.definition, tuple(lines))


def _ok(task: Exercise, source: str, record: Record) -> Message:
    """Save the code if it stands on its own, and say so."""
    passed = "; ".join(check.__doc__.strip().rstrip(".") for check in task.checks)
    missing = missing_names(source, fresh_namespace(task))
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        note = f"Not saved for later chapters: it uses {names} from elsewhere in the notebook. Move that inside."
        return Message("OK", task.definition, (f"Checked: {passed}.", note))
    try:
        run_checks(task, rebuild(task, source))
    except Exception as error:
        note = f"Not saved for later chapters: on its own the code fails. {error}"
        return Message("OK", task.definition, (f"Checked: {passed}.", note))
    path = save_definition(task, source)
    record.saved = True
    return Message("OK", task.definition, (f"Checked: {passed}.", f"Saved in `mine/{path.name}`."))


def _hint_number(attempts: int) -> int:
    return min(max(attempts, 1), 3)


def _source_of(name: str, frame: FrameType) -> str:
    """Return the definition that is being decorated, read from the cell or file that runs."""
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    line = frame.f_lineno
    for node in ast.walk(ast.parse("".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name and node.decorator_list:
            first = min(decorator.lineno for decorator in node.decorator_list)
            if first <= line <= node.end_lineno:
                return "".join(lines[node.lineno - 1 : node.end_lineno])
    raise ValueError(f"cannot read the source of {name}: define it in a notebook cell or a file")
