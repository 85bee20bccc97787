"""What the data axis costs in one step: the gradients of the replicas, and the weights that they share out.

Each ZeRO stage has two counts. ``needed``: what the method asks for, in few large messages, as a plan for many
processes assumes. ``exact``: what this package's modules and torch do, to the byte; where that is more, the docstring
says why.

Source: Rajbhandari et al., 2020, arXiv:1910.02054, section 7; Li et al., 2020, arXiv:2006.15704, section 3.2.
"""

from collections.abc import Iterable
from math import prod

from ..config import ModelConfig
from .collectives import Traffic
from .layout import ElementSizes, Layout, WeightShare, weight_share
from .overlap import BUCKET_BYTES
from .weight_shapes import StageShapes, padded, stage_shapes

ENDS_BYTES = 4  # ``shard_weights`` gives blocks a dtype; embedding, last norm and head stay float32


def data_traffic(
    config: ModelConfig, layout: Layout, sizes: ElementSizes, stage: int = 0, exact: bool = False
) -> list[Traffic]:
    """Predict the collectives of one process along the data axis.

    Args:
        config: sizes of the model.
        layout: how it is divided.
        sizes: bytes of weights and gradients.
        stage: place of the process in the pipeline.
        exact: count what this package and torch do instead of what the method needs.

    Raises:
        ValueError: if the layout does not fit the model, or has no such stage.

    Source:
        Rajbhandari et al., 2020, arXiv:1910.02054, section 7.
    """
    if layout.data == 1:
        return []
    if exact:
        return list(EXACT[layout.zero](stage_shapes(config, layout, stage), layout, sizes))
    return list(NEEDED[layout.zero](weight_share(config, layout, stage), layout, sizes))


def needed_by_replicas(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 0: the replicas add up all gradients, once a step."""
    yield Traffic("data", "all_reduce", share.n_groups, share.total * sizes.gradient, layout.data)


def needed_by_zero_1(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 1: each replica gets the sum of its part of the gradients, updates it, and hands it to the others.

    Micro-batches add up their gradients first. An all_reduce in place of the reduce_scatter would send twice as much.
    """
    yield Traffic("data", "reduce_scatter", share.n_groups, share.total * sizes.gradient, layout.data)
    yield Traffic("data", "all_gather", share.n_groups, share.total * sizes.weight, layout.data)


def needed_by_zero_2(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 2: no process keeps all gradients, so each micro-batch hands on its own; new weights come once a step.

    A program that adds up the micro-batches first pays once, and keeps the gradients whole as stage 1 does.
    """
    m = layout.n_microbatches
    yield Traffic("data", "reduce_scatter", m * share.n_groups, m * share.total * sizes.gradient, layout.data)
    yield Traffic("data", "all_gather", share.n_groups, share.total * sizes.weight, layout.data)


def needed_by_zero_3(share: WeightShare, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """ZeRO stage 3: each micro-batch gathers a block forward and again backward, and the ends once for both."""
    m, ends = layout.n_microbatches, share.n_groups - share.n_blocks
    gathered = 2 * share.n_blocks * share.block + share.ends
    yield Traffic("data", "all_gather", m * (2 * share.n_blocks + ends), m * gathered * sizes.weight, layout.data)
    yield Traffic("data", "reduce_scatter", m * share.n_groups, m * share.total * sizes.gradient, layout.data)


def exact_replicas(shapes: StageShapes, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """``OverlappedAverage``: the bytes that are needed, in buckets."""
    gradients = [prod(shape) * sizes.gradient for shape in reversed(shapes.in_order)]
    yield Traffic("data", "all_reduce", n_buckets(gradients, BUCKET_BYTES), sum(gradients), layout.data)


def exact_zero_1(shapes: StageShapes, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """``SharedWeights``: weight by weight, each padded to equal parts along its first dimension."""
    n_calls, n_elements = len(shapes.in_order), padded(shapes.in_order, layout.data)
    yield Traffic("data", "reduce_scatter", n_calls, n_elements * sizes.gradient, layout.data)
    yield Traffic("data", "all_gather", n_calls, n_elements * sizes.weight, layout.data)


def exact_zero_2(shapes: StageShapes, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """``shard_weights(stage=2)``: gradients of the micro-batches add up whole and are scattered once, padded.

    The weights stay whole until the last backward pass of a step, so they are gathered once.
    """
    yield from _gathers(shapes, layout, sizes, n_block=1, n_ends=1)
    yield _scatters(shapes, layout, sizes)


def exact_zero_3(shapes: StageShapes, layout: Layout, sizes: ElementSizes) -> Iterable[Traffic]:
    """``shard_weights(stage=3)``: gathers what is needed, and scatters once, as stage 2 does.

    In a pipeline of torch a block that was gathered for a backward pass stays until the next forward pass has used
    it, and the ends stay for all micro-batches: fewer gatherings, paid for with the memory that stage 3 is to save.
    """
    m = layout.n_microbatches
    n_block, n_ends = (2 * m, m) if layout.pipeline == 1 else (m + 1, 1)
    yield from _gathers(shapes, layout, sizes, n_block, n_ends)
    yield _scatters(shapes, layout, sizes)


NEEDED = (needed_by_replicas, needed_by_zero_1, needed_by_zero_2, needed_by_zero_3)
EXACT = (exact_replicas, exact_zero_1, exact_zero_2, exact_zero_3)


def n_buckets(sizes: Iterable[int], bucket_bytes: int, first_bytes: int | None = None) -> int:
    """Count the messages of gradients that are sent as soon as enough of them are there.

    Args:
        sizes: bytes of the gradients in the order of their arrival; none is cut in two.
        bucket_bytes: a bucket that holds as much is sent.
        first_bytes: the same for the first bucket; DDP starts with 1 MiB, so that sending begins early.

    Example:
        >>> n_buckets([6, 5, 3, 3, 3], bucket_bytes=10)
        2
    """
    closed, held, limit = 0, 0, first_bytes or bucket_bytes
    for size in sizes:
        held += size
        if held >= limit:
            closed, held, limit = closed + 1, 0, bucket_bytes
    return closed + (held > 0)


def _gathers(
    shapes: StageShapes, layout: Layout, sizes: ElementSizes, n_block: int, n_ends: int
) -> Iterable[Traffic]:
    """FSDP gathers each block so many times, and the ends; what cannot be cut evenly is padded."""
    blocks = n_block * shapes.n_blocks
    yield Traffic("data", "all_gather", blocks, blocks * padded(shapes.block, layout.data) * sizes.weight, layout.data)
    if shapes.ends:
        n_bytes = n_ends * padded(shapes.ends, layout.data) * ENDS_BYTES
        yield Traffic("data", "all_gather", n_ends, n_bytes, layout.data)


def _scatters(shapes: StageShapes, layout: Layout, sizes: ElementSizes) -> Traffic:
    """FSDP adds up gradients group by group, each process getting its part."""
    n_bytes = padded(shapes.in_order, layout.data) * sizes.gradient
    return Traffic("data", "reduce_scatter", shapes.n_groups, n_bytes, layout.data)
