"""Checkpoints that every process writes its part of, and that any number of processes can read.

A checkpoint is a folder of torch's distributed format with a text beside it. It says which piece of which tensor
stands where, so processes in another layout find what they need: 4 may write and 2 or 1 go on.

Source: PyTorch documentation, torch.distributed.checkpoint.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from torch import Tensor, nn

from ..atomic_files import open_atomically
from ..checkpoint import MOMENTS, WEIGHTS, SavedRun, named_weights, run_content
from ..config_fields import config_from_fields
from ..named_state import load_named_state, named_state
from .checkpoint_files import (
    CONTENT,
    FORMAT,
    NAME,
    PART,
    by_main,
    checksums,
    find_damaged,
    find_sharded,
    give_name,
    read_content,
    without_advice,
)
from .mesh import told_by_all
from .zero import SharedWeights

__all__ = ["CONTENT", "ShardedCheckpoint", "find_sharded", "load_sharded", "save_sharded"]


GetParts = Callable[[], SharedWeights | None]


def no_parts() -> None:
    """Return that the optimizer updates the model itself."""


@dataclass(frozen=True)
class ShardedCheckpoint(SavedRun):
    """A checkpoint of several processes: all of ``SavedRun``; the tensors stay on the disk until ``restore``.

    Args:
        optimizer: settings and scalars of the optimizer.
        parts: called by ``restore``; returns what the optimizer updates, or None if that is the model.
        alone: whether this process reads while the others do something else.
    """

    optimizer: dict[str, Any]
    parts: GetParts = no_parts
    alone: bool = False

    def restore(self, model: nn.Module, optimizer: torch.optim.Optimizer | None = None) -> None:
        """Give this process's part of a model its weights and, with an optimizer, that its state.

        Args:
            model: in any layout; changed in place.
            optimizer: made for it as it was made for the saved one.

        Raises:
            ValueError: if a tensor is missing or of another shape, or the optimizer is of another kind.
        """
        wanted = {WEIGHTS + name: weight.detach() for name, weight in named_weights(model).items()}
        parts = self.parts()
        owner = parts or model
        moments = {} if optimizer is None else _empty_moments(owner, optimizer)
        wanted |= {MOMENTS + name: moment for name, moment in moments.items()}
        no_dist = self.alone or not dist.is_initialized()
        try:
            with without_advice():
                dcp.load(wanted, storage_reader=dcp.FileSystemReader(self.path), no_dist=no_dist)
        except (RuntimeError, dcp.api.CheckpointException) as error:
            told = _failures(error) if isinstance(error, dcp.api.CheckpointException) else error
            raise ValueError(f"{self.path} does not fit this model, or is damaged: {told}") from error
        if parts is not None:
            parts.take_weights()
        if optimizer is not None:
            own = {id(parameter): name for name, parameter in owner.named_parameters()}
            names = [[own[id(one)] for one in group["params"]] for group in optimizer.param_groups]
            saved = zip(self.optimizer["groups"], names, strict=True)
            groups = [group | {"params": members} for group, members in saved]
            load_named_state(owner, optimizer, self.optimizer | {"groups": groups}, moments)


def save_sharded(
    folder: str | Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    step: int,
    position: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    extra: Mapping[str, Any] | None = None,
    parts: SharedWeights | None = None,
) -> Path:
    """Save what this process holds; together with the others that is a whole checkpoint. All must call it.

    The new folder takes its name when every process has written its part, and only then the older one is removed.

    Args:
        folder: of the run, seen by all processes.
        model: this process's part.
        optimizer: of it.
        step: number of the next step.
        position: state of the data loader.
        config: how the run trains.
        extra: anything else that JSON can hold.
        parts: what the optimizer was made for, if that is not the model.

    Returns:
        The path of the checkpoint.

    Raises:
        OSError: if it cannot be written; the one of before is untouched.
    """
    path = Path(folder) / NAME.format(step=step)
    part = path.with_name(path.name + PART)
    content = {"format": FORMAT, **run_content(model, step, position, config, extra)}
    try:
        _write(part, path, model, optimizer, parts, content)
    except OSError as error:
        free = shutil.disk_usage(next(place for place in part.parents if place.exists())).free
        by_main(lambda: shutil.rmtree(part, ignore_errors=True))
        old = "The one of before is untouched" if find_sharded(folder) else "There is none of before"
        raise OSError(
            f"no checkpoint could be written to {part}, where {free / 1e6:,.1f} MB were free: {error}. {old}; "
            "mend this and resume"
        ) from error
    return path


def _write(
    part: Path,
    path: Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    parts: SharedWeights | None,
    content: dict[str, Any],
) -> None:
    """Write everything into a new folder, and give it its name. An error on one process is raised on all."""
    by_main(lambda: _make_anew(part))
    settings, moments = named_state(parts or model, optimizer)
    tensors = {WEIGHTS + name: weight.detach() for name, weight in named_weights(model).items()}
    tensors |= {MOMENTS + name: moment for name, moment in moments.items()}
    try:
        with without_advice():
            dcp.save(tensors, storage_writer=dcp.FileSystemWriter(part), no_dist=not dist.is_initialized())
    except dcp.api.CheckpointException as error:
        raise OSError(_failures(error)) from error
    content |= {
        "optimizer": settings | {"groups": _joined_groups(settings["groups"])},
        "sha256": {name: value for one in told_by_all(checksums(part)) for name, value in one.items()},
    }
    by_main(lambda: _finish(part, path, content))


def _make_anew(part: Path) -> None:
    """Make an empty folder, in place of what a job left that was killed while it wrote."""
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)


def _finish(part: Path, path: Path, content: dict[str, Any]) -> None:
    """Write the text, which makes the folder whole, and give it its name."""
    with open_atomically(part / CONTENT) as file:
        file.write(json.dumps(content).encode())
    give_name(part, path)


def _failures(error: dcp.api.CheckpointException) -> str:
    """What went wrong on which rank, without the way there."""
    return "; ".join(f"rank {rank}: {failure}" for rank, (failure, _) in sorted(error.failures.items()))


def load_sharded(folder: str | Path, parts: GetParts = no_parts, alone: bool = False) -> ShardedCheckpoint:
    """Read the latest sharded checkpoint of a run, without its tensors, and check that its files are whole.

    The processes share the checking, so all must call it.

    Args:
        folder: of the run.
        parts: called by ``restore``; returns what the optimizer updates, or None if that is the model.
        alone: whether this process reads while the others do something else.

    Returns:
        The checkpoint; call its ``restore``.

    Raises:
        FileNotFoundError: if there is none.
        ValueError: if a file is missing or damaged.
    """
    path = find_sharded(folder)
    if path is None:
        raise FileNotFoundError(f"{folder} has no checkpoint: nothing was saved there. Start the run without resuming")
    content = read_content(path)
    damaged = find_damaged(path, content.pop("sha256"), alone)
    if damaged:
        raise ValueError(f"{path} is damaged: {', '.join(damaged)} changed or is missing. Use a copy, or start again")
    sizes = content["model_config"]
    content["model_config"] = config_from_fields(sizes) if sizes else None
    return ShardedCheckpoint(path=path, **content, parts=parts, alone=alone)


def _empty_moments(owner: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The state that AdamW keeps, as zeros, under the names of ``named_state``."""
    names = {id(parameter): name for name, parameter in owner.named_parameters()}
    moments: dict[str, Tensor] = {}
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            name = names[id(parameter)]
            moments[f"{name}/step"] = torch.zeros((), dtype=torch.float32)
            for key in ("exp_avg", "exp_avg_sq"):
                moments[f"{name}/{key}"] = torch.zeros_like(parameter.detach())
    return moments


def _joined_groups(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The optimizer's groups with the names of the parameters of all processes, those of earlier stages first."""
    told = told_by_all([group["params"] for group in groups])
    names = [dict.fromkeys(name for one in told for name in one[number]) for number in range(len(groups))]
    return [group | {"params": list(members)} for group, members in zip(groups, names, strict=True)]
