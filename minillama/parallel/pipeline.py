"""Pipeline parallelism: each process holds some of the blocks and passes activations on.

A batch is cut into micro-batches, so that the processes work at the same time: while the second works on the first
micro-batch, the first works on the second. At the beginning and at the end some have nothing to do, the bubble.

Shape letters: B batch, T tokens, C dim.

Source: Huang et al., 2018, GPipe, arXiv:1811.06965; Narayanan et al., 2019, PipeDream, for one forward, one backward.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.pipelining import PipelineStage, Schedule1F1B, ScheduleGPipe

from ..backward import autocast
from ..config import ModelConfig
from ..model import Llama
from ..rope import rope_table
from .layout import SCHEDULES, stage_layers

CLASSES = dict(zip(SCHEDULES, (ScheduleGPipe, Schedule1F1B), strict=True))


def bubble_fraction(n_stages: int, n_microbatches: int) -> float:
    """Return the share of the time in which a process of a pipeline waits.

    A step takes as long as ``n_microbatches + n_stages - 1`` micro-batches, forward and backward, and each process
    works for ``n_microbatches`` of them. GPipe and 1F1B wait equally long; 1F1B keeps fewer activations.

    Args:
        n_stages: processes on the pipeline axis.
        n_microbatches: pieces of a batch.

    Returns:
        From 0, with one stage, to nearly 1.

    Raises:
        ValueError: if a number is not positive.

    Example:
        >>> bubble_fraction(n_stages=4, n_microbatches=12)
        0.2

    Source:
        Narayanan et al., 2021, arXiv:2104.04473, section 2.2.
    """
    if n_stages < 1 or n_microbatches < 1:
        raise ValueError(f"n_stages and n_microbatches must be positive, got {n_stages} and {n_microbatches}")
    return (n_stages - 1) / (n_microbatches + n_stages - 1)


class Stage(nn.Module):
    """The blocks of one process, with the embedding on the first and norm and head on the last.

    Weights keep the names that they have in the whole model.

    Args:
        model: the whole model; its modules are taken, not copied.
        n_stages: processes on the pipeline axis.
        stage: which one this is.

    Raises:
        ValueError: if there are more stages than blocks, or head and embedding are one matrix.

    Example:
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=3, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> model = Llama(config)
        >>> first, second = Stage(model, 2, 0), Stage(model, 2, 1)
        >>> tokens = torch.arange(10).view(2, 5)
        >>> torch.equal(second(first(tokens)), model.hidden_states(tokens))
        True
    """

    def __init__(self, model: Llama, n_stages: int, stage: int) -> None:
        super().__init__()
        if n_stages > 1 and model.config.tie_embeddings:
            raise ValueError(
                "embedding and head are one matrix, but stand in different stages: use a model with "
                "tie_embeddings=False, or no pipeline"
            )
        self.config: ModelConfig = model.config
        self.is_first, self.is_last = stage == 0, stage == n_stages - 1
        self.layers = nn.ModuleList()
        for number in stage_layers(model.config.n_layers, n_stages, stage):
            self.layers.add_module(str(number), model.layers[number])
        if self.is_first:
            self.token_embedding = model.token_embedding
        if self.is_last:
            self.final_norm, self.lm_head = model.final_norm, model.lm_head
        self.n_tokens = 0  # T of the whole sequence: between stages it may be cut along the tokens
        self.precision = "float32"

    def forward(self, x: Tensor) -> Tensor:
        """Tokens (B, T) on the first stage, else the residual stream; out goes the stream, on the last one normalized.

        Both are (B, T, C), with T a part of the sequence under sequence parallelism.
        """
        with autocast(x.device.type, self.precision):
            return self._compute(x)

    def _compute(self, x: Tensor) -> Tensor:
        """Run what this stage has."""
        config = self.config
        positions = torch.arange(self.n_tokens or x.shape[1], device=x.device)
        cos, sin = rope_table(positions, config.head_dim, config.rope_theta, config.rope_scaling)
        if self.is_first:
            x = self.token_embedding(x)
        for layer in self.layers:
            x = layer(x, cos, sin)
        return self.final_norm(x) if self.is_last else x


class Pipeline:
    """Runs batches through the stages, forward and backward.

    Args:
        stage: the part of this process.
        mesh: the pipeline axis.
        n_microbatches: pieces of a batch; it must divide the rows.
        schedule: ``"1f1b"`` or ``"gpipe"``.

    Raises:
        ValueError: if the schedule is unknown, or 1F1B has fewer micro-batches than stages.
    """

    def __init__(self, stage: Stage, mesh: DeviceMesh, n_microbatches: int, schedule: str = "1f1b") -> None:
        if schedule not in SCHEDULES:
            raise ValueError(f"schedule must be one of {', '.join(SCHEDULES)}, got {schedule!r}")
        if schedule == "1f1b" and n_microbatches < mesh.size():
            raise ValueError(
                f"1F1B keeps {mesh.size()} stages busy with at least as many micro-batches, got n_microbatches="
                f"{n_microbatches}: raise it, best to {4 * mesh.size()} or more, or use the schedule gpipe"
            )
        self.stage, self.mesh, self.n_microbatches, self.kind = stage, mesh, n_microbatches, schedule
        self._schedules: dict[tuple, ScheduleGPipe | Schedule1F1B] = {}

    def backward(self, tokens: Tensor, targets: Tensor, loss_of: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
        """Add the gradients of one batch.

        Args:
            tokens: shape (B, T), the same on all stages.
            targets: shape (B, T).
            loss_of: computes what is minimized from the hidden states and the targets of a micro-batch; the results
                of the micro-batches are added.

        Returns:
            The sum of what ``loss_of`` returned, a scalar; 0 on all stages but the last.

        Raises:
            ValueError: if the rows cannot be cut evenly.
        """
        schedule = self._schedule(tokens, loss_of)
        losses: list[Tensor] = []
        source = (tokens,) if self.stage.is_first else ()
        ends = {"target": targets, "losses": losses} if self.stage.is_last else {}
        schedule.step(*source, **ends, return_outputs=False)
        return torch.stack(losses).sum().detach() if losses else torch.zeros((), device=tokens.device)

    def evaluate(self, tokens: Tensor, targets: Tensor, loss_of: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
        """Compute what ``backward`` would return, without gradients; same arguments."""
        schedule = self._schedule(tokens, loss_of)
        losses: list[Tensor] = []
        source = (tokens,) if self.stage.is_first else ()
        ends = {"target": targets, "losses": losses} if self.stage.is_last else {}
        schedule.eval(*source, **ends, return_outputs=False)
        return torch.stack(losses).sum().detach() if losses else torch.zeros((), device=tokens.device)

    def _schedule(
        self, tokens: Tensor, loss_of: Callable[[Tensor, Tensor], Tensor]
    ) -> ScheduleGPipe | Schedule1F1B:
        """The schedule for batches of this shape: torch's stages remember the shapes they first saw."""
        n_rows, n_tokens = tokens.shape
        if n_rows % self.n_microbatches:
            raise ValueError(
                f"{n_rows} rows cannot be cut into {self.n_microbatches} micro-batches: use a number that divides them"
            )
        self._loss_of = loss_of
        self.stage.n_tokens = n_tokens
        key = (n_rows, n_tokens, self.stage.training)
        if key not in self._schedules:
            stage = PipelineStage(
                self.stage, self.mesh.get_local_rank(), self.mesh.size(), tokens.device, group=self.mesh.get_group()
            )
            self._schedules[key] = CLASSES[self.kind](
                stage, self.n_microbatches, loss_fn=lambda *pair: self._loss_of(*pair), scale_grads=False
            )
        return self._schedules[key]
