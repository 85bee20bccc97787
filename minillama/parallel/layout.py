"""How the processes of a training run divide a model and its batches among themselves.

Shape letters: C dim, H query heads, K key-value heads, D head_dim, F hidden_dim, V vocabulary.

Source: Narayanan et al., 2021, arXiv:2104.04473; Rajbhandari et al., 2020, arXiv:1910.02054, for the ZeRO stages.
"""

from dataclasses import dataclass

from ..config import ModelConfig

SCHEDULES = ("gpipe", "1f1b")  # orders in which a stage of a pipeline does its work


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How many processes stand along each axis, and what those along the data axis share.

    Neighbors in the order of ranks belong to one tensor group, because it talks most; then comes the pipeline,
    then the data axis. Frozen: make variants with ``dataclasses.replace``.

    Args:
        data: replicas, each of which reads other sequences.
        pipeline: stages, each of which holds other layers.
        tensor: processes that share every matrix of a stage.
        zero: what the replicas split instead of keeping it whole: 0 nothing, 1 the optimizer's state, 2 the
            gradients too, 3 the weights too.
        sequence_parallel: the processes of a tensor group also split the residual stream, by tokens.
        n_microbatches: pieces in which a replica reads its sequences of one step, one after the other.

    Raises:
        ValueError: if a size is not a positive integer, ``zero`` is not 0 to 3, or ``sequence_parallel`` is asked
            for without tensor parallelism.

    Example:
        >>> Layout(data=256, tensor=8, zero=1, sequence_parallel=True).n_processes
        2048
    """

    data: int = 1
    pipeline: int = 1
    tensor: int = 1
    zero: int = 0
    sequence_parallel: bool = False
    n_microbatches: int = 1

    def __post_init__(self) -> None:
        for name in ("data", "pipeline", "tensor", "n_microbatches"):
            size = getattr(self, name)
            if not isinstance(size, int) or isinstance(size, bool) or size < 1:
                raise ValueError(f"{name} must be a positive integer, got {size!r}: 1 leaves this axis unused")
        if isinstance(self.zero, bool) or self.zero not in (0, 1, 2, 3):
            raise ValueError(
                f"zero must be 0, 1, 2 or 3, got {self.zero!r}: 0 splits nothing, 1 the optimizer's state, "
                "2 also the gradients, 3 also the weights"
            )
        if self.sequence_parallel and self.tensor == 1:
            raise ValueError(
                "sequence_parallel splits tokens within a tensor group, and tensor is 1: "
                "set tensor to 2 or more, or leave sequence_parallel off"
            )

    @property
    def n_processes(self) -> int:
        """Number of processes, one for each GPU."""
        return self.data * self.pipeline * self.tensor


@dataclass(frozen=True, kw_only=True)
class ElementSizes:
    """Bytes of one number of each kind during training.

    Args:
        weight: of a weight as the forward pass reads it.
        gradient: of a gradient.
        activation: of what a layer computes.
        optimizer: state of the optimizer for one weight. In mixed precision a float32 copy of the weight and the
            two float32 moments of Adam.

    Example:
        >>> BFLOAT16.weight + BFLOAT16.gradient + BFLOAT16.optimizer
        16

    Source:
        Rajbhandari et al., 2020, arXiv:1910.02054, section 3.1.
    """

    weight: int = 2
    gradient: int = 2
    activation: int = 2
    optimizer: int = 12


BFLOAT16 = ElementSizes()
FLOAT32 = ElementSizes(weight=4, gradient=4, activation=4, optimizer=8)  # the weight is its own float32 copy


@dataclass(frozen=True)
class WeightShare:
    """The weights that one process is responsible for, before the data axis splits them.

    Args:
        n_blocks: blocks of its pipeline stage.
        block: its elements of each block.
        ends: its elements of what stands around the blocks: embedding, last norm and head.
    """

    n_blocks: int
    block: int
    ends: int

    @property
    def total(self) -> int:
        """All elements."""
        return self.n_blocks * self.block + self.ends

    @property
    def n_groups(self) -> int:
        """Groups of weights that travel together: one for each block, and one for the ends if there are any."""
        return self.n_blocks + (self.ends > 0)


def require_fits(config: ModelConfig, layout: Layout) -> None:
    """Refuse a layout that cannot divide a model.

    Args:
        config: sizes of the model.
        layout: how to divide it.

    Raises:
        ValueError: if ``tensor`` does not divide the heads, the key-value heads, the feed-forward width and the
            vocabulary, there are more stages than layers, or a pipeline would tear a tied matrix apart.

    Example:
        >>> from minillama.config import LLAMA_33B
        >>> require_fits(LLAMA_33B, Layout(tensor=8))
        Traceback (most recent call last):
        ...
        ValueError: tensor=8 does not divide n_heads=52: choose a tensor size out of 1, 2, 4
    """
    sizes = {name: getattr(config, name) for name in ("n_heads", "n_kv_heads", "hidden_dim", "vocab_size")}
    for name, size in sizes.items():
        if size % layout.tensor:
            possible = [n for n in range(1, min(sizes.values()) + 1) if not any(s % n for s in sizes.values())]
            raise ValueError(
                f"tensor={layout.tensor} does not divide {name}={size}: "
                f"choose a tensor size out of {', '.join(map(str, possible))}"
            )
    if layout.pipeline > config.n_layers:
        raise ValueError(
            f"pipeline={layout.pipeline} stages for {config.n_layers} layers leave some without work: "
            f"use at most {config.n_layers} stages, and give the other processes to the data axis"
        )
    if layout.pipeline > 1 and config.tie_embeddings:
        raise ValueError(
            f"pipeline={layout.pipeline} puts embedding and head, here one matrix, on different stages: "
            "use a model with tie_embeddings=False, or pipeline=1"
        )


def stage_layers(n_layers: int, n_stages: int, stage: int) -> range:
    """Return the numbers of the blocks of one stage.

    The stages differ by one block at most; the first ones, which hold their activations longest, have the fewer.

    Args:
        n_layers: blocks of the whole model.
        n_stages: processes on the pipeline axis; at most ``n_layers``.
        stage: which one, from 0.

    Raises:
        ValueError: if there are more stages than blocks.

    Example:
        >>> [list(stage_layers(5, 2, stage)) for stage in range(2)]
        [[0, 1], [2, 3, 4]]
    """
    if not 0 <= stage < n_stages <= n_layers:
        raise ValueError(f"{n_layers} blocks cannot be cut into {n_stages} stages: use at most {n_layers}")
    return range(n_layers * stage // n_stages, n_layers * (stage + 1) // n_stages)


def weight_share(config: ModelConfig, layout: Layout, stage: int = 0) -> WeightShare:
    """Count the weights of one process: its pipeline stage, and its part of every matrix there.

    Gains of norms are not split by the tensor axis. The stages differ by one block at most, as
    ``stage_layers`` cuts them.

    Args:
        config: sizes of the model.
        layout: how it is divided.
        stage: 0 holds the embedding; the last one holds the last norm and the head.

    Returns:
        Numbers of elements.

    Raises:
        ValueError: if the layout does not fit the model, or has no such stage.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> weight_share(LLAMA_7B, Layout()).total
        6738415616
    """
    require_fits(config, layout)
    if not 0 <= stage < layout.pipeline:
        raise ValueError(f"stage {stage} of {layout.pipeline} does not exist: use 0 to {layout.pipeline - 1}")
    heads = 2 * config.dim * (config.n_heads + config.n_kv_heads) * config.head_dim
    block = (heads + 3 * config.dim * config.hidden_dim) // layout.tensor + 2 * config.dim
    vocabulary = config.vocab_size * config.dim // layout.tensor
    ends = vocabulary if stage == 0 else 0
    if stage == layout.pipeline - 1:
        ends += config.dim + (0 if config.tie_embeddings else vocabulary)
    return WeightShare(len(stage_layers(config.n_layers, layout.pipeline, stage)), block, ends)
