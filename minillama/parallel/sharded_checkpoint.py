"""Checkpoints that every process writes its part of, and that any number of processes can read.

A checkpoint is a folder of torch's distributed format with a text beside it. It says which piece of which tensor
stands where, so processes in another layout find what they need: 4 may write and 2 or 1 go on.

Source: PyTorch documentation, torch.distributed.checkpoint.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from torch import Tensor, nn

from ..atomic_files import open_atomically
from ..checkpoint import MOMENTS, WEIGHTS, named_weights
from ..config import ModelConfig
from ..config_fields import config_fields, config_from_fields
from ..named_state import load_named_state, named_state
from .checkpoint_files import PART, checksum, own_checksums, replace_folder, told_by_all, wait_for_all, without_advice
from .zero import SharedWeights

NAME, CONTENT = "checkpoint-{step:08d}", "content.json"
FORMAT = "minillama sharded checkpoint 1"


@dataclass(frozen=True)
class ShardedCheckpoint:
    """A checkpoint of several processes: everything but the tensors, which stay on the disk until ``restore``.

    The fields are those of ``minillama.checkpoint.Checkpoint``, but for the last two.

    Args:
        parts: what the optimizer updates, if that is not the model.
        alone: whether this process reads while the others do something else.
    """

    path: Path
    step: int
    position: dict[str, Any] | None
    config: dict[str, Any]
    model_config: ModelConfig | None
    extra: dict[str, Any]
    optimizer: dict[str, Any]
    parts: SharedWeights | None = None
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
        owner = self.parts or model
        moments = {} if optimizer is None else _empty_moments(owner, optimizer)
        wanted |= {MOMENTS + name: moment for name, moment in moments.items()}
        no_dist = self.alone or not dist.is_initialized()
        try:
            with without_advice():
                dcp.load(wanted, storage_reader=dcp.FileSystemReader(self.path), no_dist=no_dist)
        except (RuntimeError, dcp.api.CheckpointException) as error:
            raise ValueError(f"{self.path} does not fit this model, or is damaged: {error}") from error
        if self.parts is not None:
            self.parts.take_weights()
        if optimizer is not None:
            own = {id(parameter): name for name, parameter in owner.named_parameters()}
            names = [[own[id(one)] for one in group["params"]] for group in optimizer.param_groups]
            saved = zip(self.optimizer["groups"], names, strict=True)
            groups = [group | {"params": members} for group, members in saved]
            load_named_state(owner, optimizer, self.optimizer | {"groups": groups}, moments)


def find_sharded(folder: str | Path) -> Path | None:
    """Return the latest sharded checkpoint in the folder of a run, or None.

    Args:
        folder: the run's ``out``.
    """
    found = [path for path in Path(folder).glob("checkpoint-*") if path.suffix != PART and (path / CONTENT).is_file()]
    return max(found, default=None)


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
    is_main = not dist.is_initialized() or dist.get_rank() == 0
    if is_main:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
    wait_for_all()
    settings, moments = named_state(parts or model, optimizer)
    tensors = {WEIGHTS + name: weight.detach() for name, weight in named_weights(model).items()}
    tensors |= {MOMENTS + name: moment for name, moment in moments.items()}
    try:
        with without_advice():
            dcp.save(tensors, storage_writer=dcp.FileSystemWriter(part), no_dist=not dist.is_initialized())
    except dcp.api.CheckpointException as error:
        raise OSError(f"no checkpoint could be written to {part}: {error}. The one of before is untouched") from error
    sizes = getattr(model, "config", None)
    content = {
        "format": FORMAT,
        "step": step,
        "position": None if position is None else dict(position),
        "config": dict(config or {}),
        "model_config": config_fields(sizes) if isinstance(sizes, ModelConfig) else None,
        "extra": dict(extra or {}),
        "optimizer": settings | {"groups": _joined_groups(settings["groups"])},
        "sha256": {name: value for one in told_by_all(own_checksums(part)) for name, value in one.items()},
    }
    if is_main:
        with open_atomically(part / CONTENT) as file:
            file.write(json.dumps(content).encode())
        replace_folder(part, path)
    wait_for_all()
    return path


def load_sharded(folder: str | Path, parts: SharedWeights | None = None, alone: bool = False) -> ShardedCheckpoint:
    """Read the latest sharded checkpoint of a run, without its tensors, and check that its files are whole.

    The processes share the checking, so all must call it.

    Args:
        folder: of the run.
        parts: what the optimizer to be restored updates, if that is not the model.
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
    content = json.loads((path / CONTENT).read_text(encoding="utf-8"))
    if content.pop("format") != FORMAT:
        raise ValueError(f"{path} is no checkpoint of this version: start again, or use the version that wrote it")
    expected = content.pop("sha256")
    rank, n_ranks = (0, 1) if alone or not dist.is_initialized() else (dist.get_rank(), dist.get_world_size())
    damaged = [name for name in sorted(expected)[rank::n_ranks] if checksum(path / name) != expected[name]]
    if n_ranks > 1:
        damaged = [name for names in told_by_all(damaged) for name in names]
    if damaged:
        raise ValueError(
            f"{path} is damaged: {', '.join(sorted(damaged))} changed or is missing. Use a copy, or start again"
        )
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
