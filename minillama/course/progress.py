"""What a learner has tried and passed, kept in one small JSON file."""

import json
import os
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
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError):
        os.replace(path, path.with_name("progress.damaged.json"))
        return {}


def write_record(name: str, record: Record) -> None:
    """Store one exercise's record; other exercises are read afresh, so two notebooks can run at once.

    Args:
        name: the exercise's full name.
        record: its new state.
    """
    entries = {key: asdict(value) for key, value in read_progress().items()}
    entries[name] = asdict(record)
    write_atomically(mine_folder() / "progress.json", json.dumps(entries, indent=1, sort_keys=True) + "\n")


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


def board(chapter: int | None = None) -> Table:
    """Return a table of the exercises: whose code runs where.

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
        runs_on = "yours" if record.saved else "the package's"
        rows.append((f"{exercise.chapter:02}", exercise.name, record.status, str(record.attempts), runs_on))
    return Table(("chapter", "exercise", "status", "wrong answers", "code that runs"), rows)
