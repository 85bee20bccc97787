"""What a learner has tried and passed, kept in one small JSON file."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from .registry import all_exercises
from .show import Table
from .workspace import work_folder

SOLUTION_AFTER = 3


@dataclass
class Record:
    """The state of one exercise.

    Args:
        status: TODO, WRONG or OK, as last seen.
        attempts: how many different wrong answers were checked.
        last_attempt: digest of the last answer, so that running a cell twice counts once.
        saved: the passing code is in the learner's own module.
    """

    status: str = "TODO"
    attempts: int = 0
    last_attempt: str = ""
    saved: bool = False


def mine_folder() -> Path:
    """Return the folder of the learner's passing code and progress file."""
    return work_folder() / "mine"


def read_progress() -> dict[str, Record]:
    """Return the records by exercise name; a damaged file is set aside, not lost.

    Returns:
        One record for every exercise met so far.
    """
    path = mine_folder() / "progress.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        known = {field.name for field in fields(Record)}
        return {name: Record(**{k: v for k, v in e.items() if k in known}) for name, e in entries.items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, TypeError, AttributeError):
        os.replace(path, path.with_name("progress.damaged.json"))
        return {}


def write_record(name: str, record: Record) -> None:
    """Store one exercise's record and keep the others, also those that another notebook writes just now.

    Args:
        name: the exercise's full name.
        record: its new state.
    """
    with one_writer():
        entries = {key: asdict(value) for key, value in read_progress().items()}
        entries[name] = asdict(record)
        write_atomically(mine_folder() / "progress.json", json.dumps(entries, indent=1, sort_keys=True) + "\n")


@contextmanager
def one_writer() -> Iterator[None]:
    """Hold a lock file for a moment; one that stays longer than two seconds was left by a program that died."""
    lock = mine_folder() / "writing.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(200):
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except (FileExistsError, PermissionError):  # Windows refuses while the other one deletes it
            time.sleep(0.01)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


def board(chapter: int | None = None) -> Table:
    """Return a table of the exercises: how they stand, and which passing answers are saved in ``mine/``.

    Args:
        chapter: show one chapter; None for all.

    Returns:
        A table that Jupyter renders and ``print`` shows as text.
    """
    progress = read_progress()
    rows = []
    for exercise in all_exercises().values():
        if chapter is not None and exercise.chapter != chapter:
            continue
        record = progress.get(exercise.name, Record())
        saved = "yes" if record.saved else "no"
        rows.append((f"{exercise.chapter:02}", exercise.name, record.status, str(record.attempts), saved))
    return Table(("chapter", "exercise", "last status", "wrong answers", "saved in mine/"), rows)
