"""The exercise decorator: an answer is checked in the moment it is defined."""

import ast
import hashlib
import linecache
import os
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from .checking import Wrong
from .mine import check_alone, fresh_namespace, missing_names, save_definition
from .progress import SOLUTION_AFTER, Record, mine_folder, read_progress, write_record
from .registry import Exercise, definition_source, find_exercise, load, same_code
from .running import Unfinished, run_checks
from .show import Message, show
from .stand_in import stand_in

LONGEST = 600  # characters of an observation; an answer may return or raise something huge


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
        found = getattr(answer, "__name__", type(answer).__name__)
        if found != task.definition:
            raise ValueError(
                f"exercise {name!r} checks {task.definition!r}, but {found!r} stands below: keep the name, "
                "and define it with def or class"
            )
        frame = sys._getframe(1)
        source = _source_of(found, frame)
        with _bound(frame.f_globals, found, answer):
            message = _judge_and_record(task, answer, source)
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
        observed = _shortened(str(wrong))
        if task.given and same_code(source, definition_source(load(task.given))):
            record.status = "TODO"
            symptom = observed.partition(": ")[0]  # what follows the colon explains the cause
            return _todo(task, f"Find the bug in this code, then run the cell. Seen: {symptom}.")
        return _wrong(task, observed, source, record)
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
    lines = [task.hints[number - 1]]
    if number < 3:
        lines.append(f'The next one: `hint("{task.definition}", {number + 1})`.')
    show(Message("NOTE", f"Hint {number} of 3 for {task.definition}", tuple(lines)))


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


@contextmanager
def _bound(names: dict[str, object], name: str, answer: object) -> Iterator[None]:
    """Let an answer that calls itself reach itself, not a stand-in that an earlier run left under its name."""
    before = {name: names[name]} if name in names else {}
    names[name] = answer
    try:
        yield
    finally:
        names.pop(name, None)
        names.update(before)


def _judge_and_record(task: Exercise, answer: object, source: str) -> Message:
    """Judge an answer and store the result; where nothing can be stored, the lesson goes on all the same."""
    trouble = None
    try:
        record = read_progress().get(task.name, Record())
    except OSError as error:
        record, trouble = Record(), error
    message = judge(task, answer, source, record)
    try:
        if trouble is None:
            write_record(task.name, record)
    except OSError as error:
        trouble = error
    if trouble is None:
        return message
    note = f"Your progress cannot be stored in `{mine_folder()}`: {trouble}. Make that folder writable."
    return replace(message, lines=(*message.lines, note))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} ... {text[-LONGEST // 2 :]}"


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
    note = _save(task, source, record)
    return Message("OK", task.definition, (f"Checked: {passed}.", note))


def _save(task: Exercise, source: str, record: Record) -> str:
    """Store a passing answer, or say why not."""
    missing = missing_names(source, fresh_namespace(task))
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        return f"Not saved for later chapters: it uses {names} from elsewhere in the notebook. Move that inside."
    try:
        check_alone(task, source)
    except Exception as error:
        return f"Not saved for later chapters: on its own the code fails. {_shortened(str(error))}"
    try:
        path = save_definition(task, source)
    except OSError as error:
        return f"Not saved for later chapters: {error}."
    record.saved = True
    return f"Saved in `mine/{path.name}`."


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
                return textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno]))
    raise ValueError(
        f"cannot read the source of {name}: define it right below the decorator, in a file or in a notebook cell "
        "without %% commands"
    )
