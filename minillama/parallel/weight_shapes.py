"""Shapes of the weights that one process holds: what the data axis pads and moves.

Shape letters: C dim, H query heads, K key-value heads, D head_dim, F hidden_dim, V vocabulary.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from ..config import ModelConfig
from .layout import Layout, weight_share

Shape = tuple[int, ...]


@dataclass(frozen=True)
class StageShapes:
    """Shapes of the weights of one process before the data axis splits them.

    Args:
        n_blocks: blocks of its pipeline stage.
        block: weights of each block.
        ends: weights around the blocks: embedding, last norm and head, as far as the stage has them.
        in_order: all weights in the order of ``model.parameters()``.
    """

    n_blocks: int
    block: tuple[Shape, ...]
    ends: tuple[Shape, ...]
    in_order: tuple[Shape, ...]

    @property
    def n_groups(self) -> int:
        """Groups of weights that FSDP moves together: one for each block, and one for the ends if there are any."""
        return self.n_blocks + (len(self.ends) > 0)


def stage_shapes(config: ModelConfig, layout: Layout, stage: int = 0) -> StageShapes:
    """Return the shapes of the weights of one process.

    Args:
        config: sizes of the model.
        layout: how it is divided.
        stage: place in the pipeline.

    Raises:
        ValueError: if the layout does not fit the model, or has no such stage.

    Example:
        >>> from minillama.config import LLAMA_7B
        >>> stage_shapes(LLAMA_7B, Layout(tensor=8)).block[:2]  # the gain of a norm, and queries of 4 heads of 32
        ((4096,), (512, 4096))
    """
    n_blocks = weight_share(config, layout, stage).n_blocks
    dim, n = config.dim, layout.tensor
    queries, keys = config.n_heads * config.head_dim // n, config.n_kv_heads * config.head_dim // n
    hidden, vocabulary = config.hidden_dim // n, (config.vocab_size // n, dim)
    attention = ((dim,), (queries, dim), (keys, dim), (keys, dim), (dim, queries))
    block = (*attention, (dim,), (hidden, dim), (hidden, dim), (dim, hidden))
    first = (vocabulary,) if stage == 0 else ()
    last = ((dim,), vocabulary)[: 1 if config.tie_embeddings else 2] if stage == layout.pipeline - 1 else ()
    # A stage of a pipeline counts its blocks first, a whole model its embedding.
    order = (*first, *block * n_blocks, *last) if layout.pipeline == 1 else (*block * n_blocks, *first, *last)
    return StageShapes(n_blocks, block, (*first, *last), order)


def padded(shapes: Iterable[Shape], n: int) -> int:
    """Count elements after each first dimension is filled up to a multiple of n, so that n equal parts can travel.

    Args:
        shapes: of weights.
        n: processes that share each weight.

    Example:
        >>> padded([(5, 10), (3,)], 2)
        64
    """
    return sum(-(-shape[0] // n) * n * prod(shape[1:]) for shape in shapes)
