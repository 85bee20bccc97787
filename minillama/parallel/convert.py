"""Checkpoints from many processes to one, and back.

Both formats hold the same tensors under the same names, bit for bit.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from ..checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from ..config import ModelConfig
from ..model import Llama
from ..optimizer import make_optimizer
from .sharded_checkpoint import load_sharded, save_sharded


def to_single(folder: str | Path, out: str | Path) -> Path:
    """Write a sharded checkpoint in the format of a single process. One process is enough.

    Args:
        folder: of the run.
        out: where ``checkpoint.safetensors`` is written; may be the same folder.

    Returns:
        The path of the file.

    Raises:
        FileNotFoundError: if there is no sharded checkpoint.
        ValueError: if it is damaged.
    """
    saved = load_sharded(folder, alone=True)
    model, optimizer = _whole(saved.model_config, saved.optimizer)
    saved.restore(model, optimizer)
    return save_checkpoint(out, model, optimizer, saved.step, saved.position, saved.config, saved.extra)


def from_single(folder: str | Path, out: str | Path) -> Path:
    """Write a checkpoint of a single process in the sharded format, for any layout to read. All processes must call it.

    Args:
        folder: holds ``checkpoint.safetensors``.
        out: where the sharded checkpoint is written; may be the same folder.

    Returns:
        The path of the new folder.
    """
    saved: Checkpoint = load_checkpoint(folder)
    model, optimizer = _whole(saved.model_config, saved.optimizer)
    saved.restore(model, optimizer)
    return save_sharded(out, model, optimizer, saved.step, saved.position, saved.config, saved.extra)


def _whole(sizes: ModelConfig, settings: Mapping[str, Any]) -> tuple[Llama, torch.optim.Optimizer]:
    """A whole model and its optimizer, to be filled."""
    model = Llama(sizes)
    group = settings["groups"][0]
    return model, make_optimizer(model, group["lr"], tuple(group["betas"]), weight_decay=group["weight_decay"])
