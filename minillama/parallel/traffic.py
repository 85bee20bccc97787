"""Which collectives one training step makes, and how many bytes each process hands to them.

The payload follows from the shapes of the tensors alone; ``recorder`` measures it, and finds the same numbers to the
byte. What crosses the wire for it depends on the algorithm; here it is the ring's. Left out: a few scalars a step,
such as the norm of the gradients and the number of targets, and what a pipeline does at its first step to learn its
shapes.

Shape letters: B sequences of one replica, T tokens, C dim, V vocabulary.

Source: Rajbhandari et al., 2020, arXiv:1910.02054, section 7, for the data axis; Shoeybi et al., 2019,
arXiv:1909.08053, section 3, and Korthikanti et al., 2022, arXiv:2205.05198, section 4.2.2, for the tensor axis;
Narayanan et al., 2021, arXiv:2104.04473, section 3.2, for the pipeline.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..config import ModelConfig
from .collectives import KINDS, Traffic, merge
from .data_traffic import ENDS_BYTES, data_traffic
from .layout import BFLOAT16, ElementSizes, Layout, weight_share

__all__ = ["KINDS", "RECOMPUTE", "Traffic", "merge", "predicted_traffic"]

RECOMPUTE = ("none", "selective", "full")  # keep all; keep what matrix products gave; keep the input of each block
LOSS_BYTES = 4  # the loss is computed in float32


@dataclass(frozen=True)
class _Stream:
    """The residual stream of one step on one stage.

    Args:
        n_blocks: blocks that it passes.
        n_ends: of embedding and head, how many.
        inside: bytes of what blocks compute, all its tokens together.
        outside: bytes of the stream itself.
    """

    n_blocks: int
    n_ends: int
    inside: int
    outside: int


def predicted_traffic(
    config: ModelConfig,
    layout: Layout,
    batch_size: int,
    seq_len: int,
    *,
    sizes: ElementSizes = BFLOAT16,
    recompute: str = "none",
    stage: int = 0,
    chunk_tokens: int = 0,
    stream_bytes: int | None = None,
    exact: bool = False,
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
        chunk_tokens: tokens whose loss is computed at the same time; 0 for all of a micro-batch.
        stream_bytes: bytes of a number of the residual stream; by default as of activations. Autocast leaves it in
            float32, 4.
        exact: count what this package and torch do along the data axis, with padding and repetitions; a record
            equals it. By default what the method needs, in few large messages. Along the other axes both agree, but
            for the gains of norms under FSDP.

    Returns:
        At most one entry for each axis and kind, sorted; none for an axis of one process.

    Raises:
        ValueError: if the layout does not fit the model, or the micro-batches do not divide the batch, or the tensor
            group the tokens it shares.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> for traffic in predicted_traffic(LLAMA_7B, Layout(data=4, zero=1), batch_size=1, seq_len=2048):
        ...     print(traffic.kind, traffic.n_calls, traffic.n_bytes)  # 2 bytes for each of the weights
        all_gather 33 13476831232
        reduce_scatter 33 13476831232
    """
    n_blocks = weight_share(config, layout, stage).n_blocks
    _require_divisible(layout, batch_size, seq_len, recompute)
    n_elements = batch_size * seq_len * config.dim
    outside = n_elements * (stream_bytes or sizes.activation)
    found = data_traffic(config, layout, sizes, stage, exact)
    if layout.tensor > 1:
        stream = _Stream(n_blocks, sum(_ends(layout, stage)), n_elements * sizes.activation, outside)
        scheme = split_stream_traffic if layout.sequence_parallel else whole_stream_traffic
        found += scheme(stream, layout, recompute)
        found += loss_traffic(batch_size * seq_len, layout, stage, chunk_tokens)
        found += gain_traffic(config, n_blocks, layout, sizes, stage, exact)
    if layout.pipeline > 1:
        found += pipeline_traffic(outside, layout, stage)
    return merge(found)


def whole_stream_traffic(stream: _Stream, layout: Layout, recompute: str) -> Iterable[Traffic]:
    """Tensor axis, residual stream whole on each process: sums of (B, T, C).

    Each block sums after attention and after the feed-forward layer, and backward before them. Computing a block
    again repeats its first sum; nothing that is kept depends on the second. The embedding adds one sum forward, the
    head one backward. Under autocast a forward sum is as narrow as the product before it, but a backward one as wide
    as the stream, because each product narrows its input itself.
    """
    forward = stream.n_blocks * (2 + (recompute == "full"))
    backward = stream.n_blocks * 2 + stream.n_ends
    n_bytes = forward * stream.inside + backward * stream.outside
    yield Traffic("tensor", "all_reduce", (forward + backward) * layout.n_microbatches, n_bytes, layout.tensor)


def split_stream_traffic(stream: _Stream, layout: Layout, recompute: str) -> Iterable[Traffic]:
    """Tensor axis with sequence parallelism: each sum becomes a reduce-scatter, and a gathering precedes each part.

    A block gathers twice and scatters twice, forward and backward alike. "selective" keeps the outputs of the norms
    not at all and gathers them again; "full" repeats the forward pass but for the last scattering. The embedding
    scatters forward and gathers backward, the head the other way round. Under autocast what enters a pair of
    matrices is as wide as the stream, and what leaves it narrow, both ways.
    """
    entering = {
        "all_gather": stream.n_blocks * (2 + 2 * (recompute != "none")),  # forward
        "reduce_scatter": stream.n_blocks * 2,  # backward
    }
    leaving = {
        "all_gather": stream.n_blocks * 2,  # backward
        "reduce_scatter": stream.n_blocks * (2 + (recompute == "full")),  # forward
    }
    for kind in entering:
        wide, narrow = entering[kind] + stream.n_ends, leaving[kind]
        n_bytes = wide * stream.outside + narrow * stream.inside
        yield Traffic("tensor", kind, (wide + narrow) * layout.n_microbatches, n_bytes, layout.tensor)


def loss_traffic(n_tokens: int, layout: Layout, stage: int, chunk_tokens: int = 0) -> Iterable[Traffic]:
    """Logits cut along the vocabulary: the largest logit of each position, then its two sums, in float32.

    Each chunk of the loss makes these two calls.
    """
    if _ends(layout, stage)[1]:
        in_one = n_tokens // layout.n_microbatches
        n_chunks = -(-in_one // (chunk_tokens or in_one)) * layout.n_microbatches
        yield Traffic("tensor", "all_reduce", 2 * n_chunks, 3 * n_tokens * LOSS_BYTES, layout.tensor)


def gain_traffic(
    config: ModelConfig, n_blocks: int, layout: Layout, sizes: ElementSizes, stage: int, exact: bool = False
) -> Iterable[Traffic]:
    """With sequence parallelism a norm sees a part of the tokens: the gradients of its gains are summed once a step.

    FSDP adds such parts itself, before it widens gradients: those of a block have the width of its gathered weights.
    """
    if layout.sequence_parallel:
        of_block, of_end = (sizes.weight, ENDS_BYTES) if exact and layout.zero > 1 else (sizes.gradient, sizes.gradient)
        n_ends = int(_ends(layout, stage)[1])
        n_bytes = (2 * n_blocks * of_block + n_ends * of_end) * config.dim
        yield Traffic("tensor", "all_reduce", 2 * n_blocks + n_ends, n_bytes, layout.tensor)


def pipeline_traffic(stream: int, layout: Layout, stage: int) -> Iterable[Traffic]:
    """Each micro-batch hands (b, T, C) activations to the next stage and their gradients to the one before.

    The first micro-batch of all is computed once more before, to learn the shapes: a step that is not counted here.
    """
    n_neighbors = sum(not is_end for is_end in _ends(layout, stage))
    message = stream // layout.tensor if layout.sequence_parallel else stream
    yield Traffic("pipeline", "send", n_neighbors * layout.n_microbatches, n_neighbors * message, 2)


def _ends(layout: Layout, stage: int) -> tuple[bool, bool]:
    """Whether a stage is the first, with the embedding, and whether it is the last, with the head."""
    return stage == 0, stage == layout.pipeline - 1


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
