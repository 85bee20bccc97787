"""The folder of a checkpoint of many processes: named when it is whole, found again, and checked.

Whatever moment the processes are killed at, the folder of the run holds the checkpoint of before, the new one, or both.
"""

import hashlib
import json
import os
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch.distributed as dist

from ..atomic_files import sync_folder
from .mesh import told_by_all

NAME, CONTENT, PART = "checkpoint-{step:08d}", "content.json", ".part"
FORMAT = "minillama sharded checkpoint 1"
OWN = re.compile(r"checkpoint-\d{8,}(\.part)?")  # other names in the folder are the user's


def find_sharded(folder: str | Path) -> Path | None:
    """Return the latest sharded checkpoint in the folder of a run, or None.

    Args:
        folder: the run's ``out``.
    """
    found = [path for path in Path(folder).glob("checkpoint-*") if _is_own(path) and path.suffix != PART]
    return max(found, default=None)


def read_content(path: Path) -> dict[str, Any]:
    """Read the text of a checkpoint: everything but tensors.

    Args:
        path: its folder.

    Returns:
        What was written, without the format.

    Raises:
        ValueError: if the text is missing, damaged, or that of another version.
    """
    try:
        content = json.loads((path / CONTENT).read_text(encoding="utf-8"))
        is_ours = content.pop("format") == FORMAT
    except (FileNotFoundError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"{path} is damaged: {CONTENT} changed or is missing. Use a copy, or start again") from error
    if not is_ours:
        raise ValueError(f"{path} is no checkpoint of this version: start again, or use the version that wrote it")
    return content


@contextmanager
def without_advice() -> Iterator[None]:
    """Keep torch from remarking that a single process works alone: that is what it should do."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="torch.distributed is disabled, unavailable or uninitialized")
        yield


def give_name(part: Path, path: Path) -> None:
    """Give a finished folder its name, and remove the ones before it.

    Args:
        part: the folder, with all files.
        path: its final name, unused.
    """
    sync_folder(part)
    shutil.rmtree(path, ignore_errors=True)
    os.replace(part, path)
    sync_folder(path.parent)  # the new name must be on the disk before the old checkpoint goes
    for old in path.parent.glob("checkpoint-*"):
        if old != path and _is_own(old):
            shutil.rmtree(old, ignore_errors=True)


def by_main(work: Callable[[], object]) -> None:
    """Let the main process work with files while the others wait. All must call it.

    Args:
        work: done by rank 0 alone.

    Raises:
        OSError: on all processes, if the work raises one.
    """
    error = None
    if rank_and_number()[0] == 0:
        try:
            work()
        except OSError as caught:
            error = caught
    told = told_by_all(error and str(error))[0]
    if told is not None:
        raise OSError(told) from error


def checksums(folder: Path) -> dict[str, str | None]:
    """Return the SHA-256 of the files that this process wrote; the first one also takes the index.

    Args:
        folder: of the checkpoint.
    """
    rank, _ = rank_and_number()
    names = [path.name for path in folder.glob(f"__{rank}_*")] + ([".metadata"] if rank == 0 else [])
    return {name: _checksum(folder / name) for name in names}


def find_damaged(folder: Path, expected: dict[str, str], alone: bool) -> list[str]:
    """Return the names of files that are not as they were written. The processes share the checking.

    Args:
        folder: of the checkpoint.
        expected: checksums by name.
        alone: whether this process checks all, while the others do something else.
    """
    rank, n_ranks = (0, 1) if alone else rank_and_number()
    damaged = [name for name in sorted(expected)[rank::n_ranks] if _checksum(folder / name) != expected[name]]
    return sorted(damaged if alone else (name for names in told_by_all(damaged) for name in names))


def rank_and_number() -> tuple[int, int]:
    """Return the number of this process, and how many there are; one that is alone is number 0 of 1."""
    return (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)


def _is_own(path: Path) -> bool:
    """Whether a folder is a checkpoint that a job wrote, or a part of one."""
    return OWN.fullmatch(path.name) is not None and path.is_dir()


def _checksum(path: Path) -> str | None:
    """SHA-256 of a file; None if it is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
