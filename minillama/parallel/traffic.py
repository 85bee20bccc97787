"""Which collectives one training step makes, and how many bytes each process hands to them.

The payload follows from the shapes of the tensors alone. What crosses the wire for it depends on the algorithm; here
it is the ring's. Left out: a few scalars a step, such as the norm of the gradients and the number of targets.

Shape letters: B sequences of one replica, T tokens, C dim, V vocabulary.

Source: Rajbhandari et al., 2020, arXiv:1910.02054, section 7, for the data axis; Shoeybi et al., 2019,
arXiv:1909.08053, section 3, and Korthikanti et al., 2022, arXiv:2205.05198, section 4.2.2, for the tensor axis;
Narayanan et al., 2021, arXiv:2104.04473, section 3.2, for the pipeline.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..config import ModelConfig
from .layout import BFLOAT16, ElementSizes, Layout, WeightShare, weight_share

KINDS = ("all_reduce", "all_gather", "reduce_scatter", "send")
RECOMPUTE = ("none", "selective", "full")  # keep all; keep what matrix products gave; keep the input of each block
LOSS_BYTES = 4  # the loss is computed in float32


@dataclass(frozen=True)
class Traffic:
    """All calls of one kind of collective that one process makes along one axis in one step.

    Args:
        axis: "data", "pipeline" or "tensor".
        kind: "all_reduce", "all_gather", "reduce_scatter" or "send".
        n_calls: number of calls.
        n_bytes: payload of all calls together: for all_reduce the tensor, for all_gather the gathered result, for
            reduce_scatter the whole input, for send the message.
        n_ranks: processes that take part in each call.

    Example:
        >>> Traffic("data", "all_reduce", n_calls=1, n_bytes=1000, n_ranks=4).wire_bytes
        1500.0

    Source:
        Patarasuk and Yuan, 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations".
    """

    axis: str
    kind: str
    n_calls: int
    n_bytes: int
    n_ranks: int

    @property
    def wire_bytes(self) -> float:
        """Bytes that each process sends: modeled, as if by the ring algorithm, not measured."""
        return self.n_bytes * _ring_steps(self.kind, self.n_ranks) / (1 if self.kind == "send" else self.n_ranks)

    @property
    def n_steps(self) -> int:
        """Steps from one process to the next, one after the other, in all calls together."""
        return self.n_calls * _ring_steps(self.kind, self.n_ranks)


def predicted_traffic(
    config: ModelConfig,
    layout: Layout,
    batch_size: int,
    seq_len: int,
    *,
    sizes: ElementSizes = BFLOAT16,
    recompute: str = "none",
    stage: int = 0,
) -> list[Traffic]:
    """Predict the collectives of one process in one training step.

    Args:
        config: sizes of the model.
        layout: how the processes divide it.
        batch_size: B, sequences that one replica reads in the step, in all its micro-batches together.
        seq_len: T, tokens of a sequence.
        sizes: bytes of weights, gradients and activations.
        recompute: "none"; "selective" computes again all that is cheap; "full" each block from its input.
        stage: place of the process in the pipeline.

    Returns:
        At most one entry for each axis and kind; none for an axis of one process.

    Raises:
        ValueError: if the layout does not fit the model, or the micro-batches do not divide the batch, or the tensor
            group the tokens it shares.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> for traffic in predicted_traffic(LLAMA_7B, Layout(data=4, zero=1), batch_size=1, seq_len=2048):
        ...     print(traffic.kind, traffic.n_calls, traffic.n_bytes)  # 2 bytes for each of the weights
        reduce_scatter 33 13476831232
        all_gather 33 13476831232
    """
    share = weight_share(config, layout, stage)
    _require_divisible(layout, batch_size, seq_len, recompute)
    stream = batch_size * seq_len * config.dim * sizes.activation
    found = list(DATA_SCHEMES[layout.zero](share, layout, sizes)) if layout.data > 1 else []
    if layout.tensor > 1:
        scheme = split_stream_traffic if layout.sequence_parallel else whole_stream_traffic
        found += scheme(share.n_blocks, stream, layout, recompute, stage)
        found += loss_traffic(batch_size * seq_len, layout, stage)
        found += gain_traffic(config, share.n_blocks, layout, sizes, stage)
    if layout.pipeline > 1:
        found += pipeline_traffic(stream, layout, stage)
    return merge(found)


def replicated_traffic(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 0: the replicas add up all gradients, once a step."""
    yield Traffic("data", "all_reduce", share.n_groups, share.total * sizes.gradient, layout.data)


def zero_1_traffic(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 1: each replica gets the sum of its part of the gradients, updates it, and hands it to the others.

    Micro-batches add up their gradients first. An all_reduce in place of the reduce_scatter would send twice as much.
    """
    yield Traffic("data", "reduce_scatter", share.n_groups, share.total * sizes.gradient, layout.data)
    yield Traffic("data", "all_gather", share.n_groups, share.total * sizes.weight, layout.data)


def zero_2_traffic(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 2: no process keeps all gradients, so each micro-batch hands on its own; new weights come once a step.

    A program that adds up the micro-batches first pays once, and keeps the gradients whole as stage 1 does.
    """
    m = layout.n_microbatches
    yield Traffic("data", "reduce_scatter", m * share.n_groups, m * share.total * sizes.gradient, layout.data)
    yield Traffic("data", "all_gather", share.n_groups, share.total * sizes.weight, layout.data)


def zero_3_traffic(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 3: each micro-batch gathers a block forward and again backward, and the ends once for both."""
    m, ends = layout.n_microbatches, share.n_groups - share.n_blocks
    gathered = 2 * share.n_blocks * share.block + share.ends
    yield Traffic("data", "all_gather", m * (2 * share.n_blocks + ends), m * gathered * sizes.weight, layout.data)
    yield Traffic("data", "reduce_scatter", m * share.n_groups, m * share.total * sizes.gradient, layout.data)


DATA_SCHEMES = (replicated_traffic, zero_1_traffic, zero_2_traffic, zero_3_traffic)


def whole_stream_traffic(n_blocks: int, stream: int, layout: Layout, recompute: str, stage: int) -> Iterable[Traffic]:
    """Tensor axis, residual stream of ``stream`` bytes whole on each process: sums of (B, T, C).

    Each block sums after attention and after the feed-forward layer, and backward before them. Computing a block
    again repeats its first sum; nothing that is kept depends on the second. The embedding adds one sum forward, the
    head one backward.
    """
    per_block = 4 + (recompute == "full")
    n_sums = n_blocks * per_block + sum(_ends(layout, stage))
    yield Traffic("tensor", "all_reduce", n_sums * layout.n_microbatches, n_sums * stream, layout.tensor)


def split_stream_traffic(n_blocks: int, stream: int, layout: Layout, recompute: str, stage: int) -> Iterable[Traffic]:
    """Tensor axis with sequence parallelism: each sum becomes a reduce-scatter, and a gathering precedes each part.

    A block gathers twice and scatters twice, forward and backward alike. "selective" keeps the outputs of the norms
    not at all and gathers them again; "full" repeats the forward pass but for the last scattering. The embedding
    scatters forward and gathers backward, the head the other way round.
    """
    gathers = n_blocks * (4 + 2 * (recompute != "none")) + sum(_ends(layout, stage))
    scatters = n_blocks * (4 + (recompute == "full")) + sum(_ends(layout, stage))
    m, n = layout.n_microbatches, layout.tensor
    yield Traffic("tensor", "all_gather", gathers * m, gathers * stream, n)
    yield Traffic("tensor", "reduce_scatter", scatters * m, scatters * stream, n)


def loss_traffic(n_tokens: int, layout: Layout, stage: int) -> Iterable[Traffic]:
    """Logits cut along the vocabulary: the largest logit of each position, then its two sums, in float32.

    A loss that is computed in chunks makes these two calls for each chunk, of the same bytes in all.
    """
    if _ends(layout, stage)[1]:
        yield Traffic("tensor", "all_reduce", 2 * layout.n_microbatches, 3 * n_tokens * LOSS_BYTES, layout.tensor)


def gain_traffic(
    config: ModelConfig, n_blocks: int, layout: Layout, sizes: ElementSizes, stage: int
) -> Iterable[Traffic]:
    """With sequence parallelism a norm sees a part of the tokens: the gradients of its gains are summed once a step."""
    if layout.sequence_parallel:
        n_gains = 2 * n_blocks + _ends(layout, stage)[1]
        yield Traffic("tensor", "all_reduce", n_gains, n_gains * config.dim * sizes.gradient, layout.tensor)


def pipeline_traffic(stream: int, layout: Layout, stage: int) -> Iterable[Traffic]:
    """Each micro-batch hands (b, T, C) activations to the next stage and their gradients to the one before."""
    n_neighbors = sum(not is_end for is_end in _ends(layout, stage))
    message = stream // layout.tensor if layout.sequence_parallel else stream
    yield Traffic("pipeline", "send", n_neighbors * layout.n_microbatches, n_neighbors * message, 2)


def merge(traffic: Iterable[Traffic]) -> list[Traffic]:
    """Add up entries of the same axis, kind and group size, in the order of their first appearance.

    Args:
        traffic: entries, such as those of several parts of a step.

    Returns:
        One entry for each combination that was called at all.
    """
    sums: dict[tuple[str, str, int], list[int]] = {}
    for one in traffic:
        total = sums.setdefault((one.axis, one.kind, one.n_ranks), [0, 0])
        total[0] += one.n_calls
        total[1] += one.n_bytes
    return [Traffic(axis, kind, *total, n) for (axis, kind, n), total in sums.items() if total[0]]


def _ends(layout: Layout, stage: int) -> tuple[bool, bool]:
    """Whether a stage is the first, with the embedding, and whether it is the last, with the head."""
    return stage == 0, stage == layout.pipeline - 1


def _ring_steps(kind: str, n: int) -> int:
    """Steps of one call: a ring passes n - 1 times, and twice to reduce and to spread; a send once."""
    return {"all_reduce": 2 * (n - 1), "all_gather": n - 1, "reduce_scatter": n - 1, "send": 1}[kind]


def _require_divisible(layout: Layout, batch_size: int, seq_len: int, recompute: str) -> None:
    """Refuse work that the layout cannot cut into equal pieces."""
    if recompute not in RECOMPUTE:
        raise ValueError(f"recompute must be one of {', '.join(RECOMPUTE)}, got {recompute!r}")
    if batch_size < 1 or batch_size % layout.n_microbatches:
        raise ValueError(
            f"a replica's {batch_size} sequences do not split into {layout.n_microbatches} equal micro-batches: "
            "choose n_microbatches that divides them"
        )
    if seq_len < 1 or (layout.sequence_parallel and seq_len % layout.tensor):
        raise ValueError(
            f"sequences of {seq_len} tokens do not split into {layout.tensor} equal parts: "
            "choose a seq_len that tensor divides, or turn sequence_parallel off"
        )
