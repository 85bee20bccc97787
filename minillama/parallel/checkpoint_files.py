"""The files of a checkpoint that many processes write: whole ones are told from damaged and unfinished ones."""

import hashlib
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch.distributed as dist

PART = ".part"  # ends the name of a folder that is not finished


@contextmanager
def without_advice() -> Iterator[None]:
    """Keep torch from remarking that a single process works alone: that is what it should do."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="torch.distributed is disabled, unavailable or uninitialized")
        yield


def told_by_all(mine: Any) -> list[Any]:
    """What every process says, in the order of ranks."""
    if not dist.is_initialized():
        return [mine]
    told: list[Any] = [None] * dist.get_world_size()
    dist.all_gather_object(told, mine)
    return told


def own_checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of the files that this process wrote; the first one also takes the index."""
    rank = dist.get_rank() if dist.is_initialized() else 0
    names = [path.name for path in folder.glob(f"__{rank}_*")] + ([".metadata"] if rank == 0 else [])
    return {name: checksum(folder / name) for name in names}


def checksum(path: Path) -> str | None:
    """SHA-256 of a file; None if it is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_folder(part: Path, path: Path) -> None:
    """Give the finished folder its name, and remove the ones before it."""
    shutil.rmtree(path, ignore_errors=True)
    os.replace(part, path)
    for old in path.parent.glob("checkpoint-*"):
        if old != path and old.is_dir():
            shutil.rmtree(old, ignore_errors=True)


def wait_for_all() -> None:
    """Wait for the other processes."""
    if dist.is_initialized():
        dist.barrier()
