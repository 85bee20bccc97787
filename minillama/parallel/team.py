"""What a training run asks of the processes that share its work, answered for many of them.

The run is that of a single process; here stands how its parts are cut, joined and watched.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import nn

from ..backward import Batch, accumulate_gradients, autocast, count_targets
from ..fusion import fuse_layers
from ..loss import IGNORE
from ..loss_scaling import LossScaler
from ..model import Llama
from ..recompute import recompute_activations
from ..solo import Solo
from ..train_config import Step, TrainConfig
from ..training import evaluate_loss
from ..training_log import TrainingLog
from .convert import from_single
from .gradients import add_partial_gradients, clip_shared_gradients
from .mesh import make_mesh, require_agreement, start_processes
from .overlap import OverlappedAverage
from .pipeline import Pipeline, Stage
from .settings import JobSettings
from .shard import give_back_weights, shard_weights, synchronize_gradients
from .sharded_checkpoint import ShardedCheckpoint, find_sharded, load_sharded, save_sharded
from .stage_loss import fill_up, stage_loss
from .tensor import shard_tensors
from .watch import SilentLog, Watch
from .zero import SharedWeights

PROCESSES = "processes.csv"


class Team(Solo):
    """The processes of a job.

    Args:
        settings: how they share the work.
        device: ``"cpu"`` or ``"cuda"``.
        report: called on the main process with each message for the user.

    Raises:
        ValueError: if the settings do not fit the number of processes.
    """

    def __init__(self, settings: JobSettings, device: str, report: Callable[[str], object]) -> None:
        rank, n_processes = start_processes(device, settings.timeout)
        self.settings, self.layout = settings, settings.layout(n_processes)
        self.mesh = make_mesh(self.layout, device, settings.timeout)
        self.is_main = rank == 0
        self.data_rank, self.n_data = self.mesh["data"].get_local_rank(), self.layout.data
        self.watch = Watch(self.mesh, report if self.is_main else lambda line: None)
        self.pipeline: Pipeline | None = None
        self.average: OverlappedAverage | None = None
        self.parts: SharedWeights | None = None
        self.precision, self.folder = "float32", Path()

    def require_agreement(self, what: Mapping[str, Any]) -> None:
        """Refuse to go on if the processes were told different things."""
        require_agreement({**what, "settings of the job": self.settings, "torch": torch.__version__})

    def place(self, model: Llama, config: TrainConfig, recompute: bool) -> nn.Module:
        """Cut a new model: into stages, along the tensor axis, and along the data axis, in this order."""
        layout, placed, self.precision = self.layout, model, config.precision
        if layout.n_processes > 1 and config.precision == "float16":
            raise ValueError("several processes train in float32 or bfloat16: float16 needs one scale for all of them")
        if layout.pipeline > 1:
            placed = Stage(model, layout.pipeline, self.mesh["pipeline"].get_local_rank())
            placed.precision = config.precision
            self.pipeline = Pipeline(placed, self.mesh["pipeline"], layout.n_microbatches, self.settings.schedule)
        if layout.tensor > 1:
            shard_tensors(placed, self.mesh["tensor"], layout.sequence_parallel)
        else:
            fuse_layers(placed)
        if recompute:
            recompute_activations(placed)
        if layout.zero >= 2:
            dtype = torch.bfloat16 if config.precision == "bfloat16" else None
            shard_weights(placed, self.mesh["data"], layout.zero, dtype)
        elif layout.zero == 1:
            self.parts = SharedWeights(placed, self.mesh["data"])
        elif layout.data > 1:
            self.average = OverlappedAverage(placed, self.mesh["data"].get_group())
        return placed

    def make_optimizer(self, model: nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
        """Build the optimizer of what this process updates."""
        optimizer = super().make_optimizer(self.parts or model, config)
        if self.parts is not None:
            optimizer.register_step_post_hook(self.parts.gather_weights)
        return optimizer

    def hooks(self) -> dict[str, Callable]:
        """Arguments of ``train`` that spread its work."""
        return {"backward": self.backward, "clip": partial(clip_shared_gradients, mesh=self.mesh)}

    def backward(
        self, model: nn.Module, group: list[Batch], config: TrainConfig, scaler: LossScaler | None
    ) -> tuple[float, int]:
        """Do what ``accumulate_gradients`` does, for the batches of all processes together."""
        self.watch.start_work()
        n_targets = int(self._sum(sum(count_targets(targets) for _, targets in group), "data"))
        if not n_targets:
            raise ValueError("no process has a target in this step, so there is nothing to learn: leave such rows out")
        share = n_targets / self.n_data  # dividing by the mean makes the average of gradients the right one
        loss = 0.0
        for number, batch in enumerate(group):
            is_last = number == len(group) - 1
            synchronize_gradients(model, is_last, self.layout.zero)
            overlapped = self.average is not None and self.pipeline is None and is_last
            with self.average.during_backward() if overlapped else nullcontext():
                loss += self._add_gradients(model, batch, config, scaler, share)
        self.watch.stop_work()
        self._complete(model)
        return self._sum(loss, "data", "pipeline") / self.n_data, n_targets

    def _add_gradients(
        self, model: nn.Module, batch: Batch, config: TrainConfig, scaler: LossScaler | None, n_targets: float
    ) -> float:
        """Loss and gradients of one batch of this process."""
        if self.pipeline is None:
            return accumulate_gradients(model, [batch], config, scaler, n_targets)[0]
        tokens, targets = (tensor.to(self.mesh.device_type) for tensor in batch)
        return float(self.pipeline.backward(tokens, targets, partial(stage_loss, model, config, n_targets)))

    @torch.no_grad()
    def _complete(self, model: nn.Module) -> None:
        """Finish the gradients: add what is partial, average what no pass has averaged."""
        if self.layout.sequence_parallel:
            add_partial_gradients(model)
        if self.average is not None and self.pipeline is not None:
            self.average.average()
        if self.parts is not None:
            self.parts.collect_gradients()

    def _sum(self, value: float, *axes: str) -> float:
        """Add a number over all processes along some axes."""
        total = torch.tensor(value, dtype=torch.float64, device=self.mesh.device_type)
        for axis in axes:
            if self.mesh[axis].size() > 1:
                dist.all_reduce(total, group=self.mesh[axis].get_group())
        return total.item()

    def timed(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Return the batches, and watch how long each takes."""
        return self.watch.timed(batches)

    def after_step(self, step: Step, due: bool, stopping: bool) -> tuple[Step, bool, bool]:
        """Return what the step did in the whole job, and what is due or stopping on any process."""
        due, stopping = self.watch.exchange(step.index, due, stopping)
        whole = replace(step, n_tokens=step.n_tokens * self.n_data, flops=step.flops * self.n_data)
        return whole, due, stopping

    def evaluate(self, model: nn.Module, batches: Iterable[Batch]) -> tuple[float, int]:
        """Do what ``evaluate_loss`` does; every row of the data axis reads all batches."""
        with autocast(self.mesh.device_type, self.precision):
            nats, n_targets = self._staged_loss(model, batches) if self.pipeline else evaluate_loss(model, batches)
        give_back_weights(model)
        return nats, n_targets

    def _staged_loss(self, model: nn.Module, batches: Iterable[Batch]) -> tuple[float, int]:
        """The summed loss and the number of targets, computed by the stages together."""
        model.eval()
        config = TrainConfig(n_steps=1, learning_rate=1.0, precision=self.precision)
        nats, n_targets = 0.0, 0
        for tokens, targets in batches:
            n_targets += count_targets(targets)
            tokens = fill_up(tokens, self.layout.n_microbatches, 0).to(self.mesh.device_type)
            targets = fill_up(targets, self.layout.n_microbatches, IGNORE).to(self.mesh.device_type)
            loss = self.pipeline.evaluate(tokens, targets, partial(stage_loss, model, config, 1.0))
            nats += self._sum(float(loss), "pipeline")
        model.train()
        return nats, n_targets

    def holds_run(self, folder: Path) -> Path | None:
        """Return the checkpoint in a folder, of one process or of many, if there is one."""
        return find_sharded(folder) or super().holds_run(folder)

    def load(self, folder: Path) -> ShardedCheckpoint:
        """Read the latest checkpoint in a folder, of one process or of many."""
        if find_sharded(folder) is None and super().holds_run(folder):
            from_single(folder, folder)
        return load_sharded(folder, parts=lambda: self.parts)  # placed after it is loaded

    def save(
        self,
        folder: Path,
        model: nn.Module,
        optimizer: torch.optim.Optimizer,
        step: int,
        position: Mapping[str, Any],
        config: Mapping[str, Any],
        extra: Mapping[str, Any],
    ) -> None:
        """Write the checkpoint, each process its part."""
        self.folder = Path(folder)
        save_sharded(folder, model, optimizer, step, position, config, extra, self.parts)

    def open_log(self, path: Path, first_step: int) -> TrainingLog:
        """Open the log of the run on the main process, and one that keeps nothing on the others."""
        if not self.is_main:
            return SilentLog()
        self.watch.write_to(path.with_name(PROCESSES), first_step)
        return super().open_log(path, first_step)

    def export(self, model: nn.Module, write: Callable[[Llama], None]) -> None:
        """Let the main process write the whole model, as the last checkpoint holds it."""
        if self.is_main:
            saved = load_sharded(self.folder, alone=True)
            whole = Llama(saved.model_config)
            saved.restore(whole)
            write(whole)
        dist.barrier()
