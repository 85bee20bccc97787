"""What a training run asks of the processes that share its work, for a single process: nearly nothing.

``minillama.parallel.team.Team`` answers the same questions for many, so the run itself never asks how many there are.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import torch

from .backward import Batch
from .checkpoint import FILE, SavedRun, load_checkpoint, save_checkpoint
from .fusion import fuse_layers
from .model import Llama
from .optimizer import make_optimizer
from .recompute import recompute_activations
from .train_config import Step, TrainConfig
from .training import evaluate_loss
from .training_log import TrainingLog


class Solo:
    """One process, which does everything.

    Attributes:
        is_main: whether this process speaks and writes for the job.
        data_rank: which of the readers of data it is.
        n_data: how many of them there are.
    """

    is_main = True
    data_rank = 0
    n_data = 1

    def require_agreement(self, what: Mapping[str, Any]) -> None:
        """Refuse to go on if the processes were told different things."""

    def place(self, model: Llama, config: TrainConfig, recompute: bool) -> Llama:
        """Return what this process trains of a new model."""
        fuse_layers(model)
        if recompute:
            recompute_activations(model)
        return model

    def make_optimizer(self, model: Llama, config: TrainConfig) -> torch.optim.Optimizer:
        """Build the optimizer of what this process trains."""
        return make_optimizer(model, config.learning_rate, config.betas, weight_decay=config.weight_decay)

    def hooks(self) -> dict[str, Callable]:
        """Arguments of ``train`` that spread its work."""
        return {}

    def timed(self, batches: Iterable[Batch]) -> Iterable[Batch]:
        """Return the batches, and watch how long each takes."""
        return batches

    def after_step(self, step: Step, due: bool, stopping: bool) -> tuple[Step, bool, bool]:
        """Return what the step did in the whole job, and what is due or stopping on any process."""
        return step, due, stopping

    def evaluate(self, model: Llama, batches: Iterable[Batch]) -> tuple[float, int]:
        """Do what ``evaluate_loss`` does."""
        return evaluate_loss(model, batches)

    def holds_run(self, folder: Path) -> Path | None:
        """Return the checkpoint in a folder, if there is one."""
        return folder / FILE if (folder / FILE).exists() else None

    def load(self, folder: Path) -> SavedRun:
        """Read the checkpoint in a folder."""
        return load_checkpoint(folder)

    def save(
        self,
        folder: Path,
        model: Llama,
        optimizer: torch.optim.Optimizer,
        step: int,
        position: Mapping[str, Any],
        config: Mapping[str, Any],
        extra: Mapping[str, Any],
    ) -> None:
        """Write the checkpoint."""
        save_checkpoint(folder, model, optimizer, step, position, config, extra)

    def open_log(self, path: Path, first_step: int) -> TrainingLog:
        """Open the log of the run."""
        return TrainingLog(path, first_step)

    def export(self, model: Llama, write: Callable[[Llama], None]) -> None:
        """Let the whole model be written, once."""
        write(model)
