"""Divide a channel between two layers and multiply it back in the next one: the model computes the same.

Rounding does not treat large and small numbers alike, so shifting size from one side to the other can make a model
easier to quantize. The division costs nothing when it is folded into the weights that produce the channel.

Shape letters: H query heads, K key-value heads, D head_dim; N outputs of a layer, I inputs.

Source: Lin et al., 2023, arXiv:2306.00978, section 3.2; Xiao et al., 2022, arXiv:2211.10438, section 4.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from .model import Block


class Junction(NamedTuple):
    """A place in a block where channels can be divided: who writes them and who reads them.

    Args:
        writer: a norm, whose gain absorbs the division, or a linear layer, whose rows do.
        readers: all linear layers that read the channels; their columns are multiplied.
    """

    writer: str
    readers: tuple[str, ...]


JUNCTIONS = (
    Junction("attention_norm", ("attention.q_proj", "attention.k_proj", "attention.v_proj")),
    Junction("attention.v_proj", ("attention.o_proj",)),  # attention only averages values: a division passes through
    Junction("feedforward_norm", ("feedforward.gate_proj", "feedforward.up_proj")),
    Junction("feedforward.up_proj", ("feedforward.down_proj",)),  # up is a factor of what down reads
)


def shared_by_heads(scale: Tensor, junction: Junction, block: Block) -> Tensor:
    """Give query heads that read the same values one scale: the geometric mean of theirs.

    Each key-value head serves H / K query heads, so one row of the value projection is read at H / K places. At
    other junctions the scale is returned as it is.

    Args:
        scale: one number for each channel that the readers read, shape (I,), positive.
        junction: one of ``JUNCTIONS``.
        block: holds the layers.

    Returns:
        Shape (I,): what ``divide_channels`` takes.

    Source:
        Ainslie et al., 2023, arXiv:2305.13245, section 2.2, for which heads share.
    """
    if junction.writer != "attention.v_proj":
        return scale
    n_kv_heads = block.attention.v_proj.weight.shape[0] // block.attention.head_dim
    heads = scale.view(n_kv_heads, -1, block.attention.head_dim)  # (K, H/K, D)
    return heads.log().mean(1, keepdim=True).exp().expand_as(heads).flatten()


@torch.no_grad()
def divide_channels(block: Block, junction: Junction, scale: Tensor) -> None:
    """Divide the channels at a junction by a number each; the block goes on computing the same.

    Args:
        block: of ordinary floating layers; changed in place. In bfloat16 every weight would be rounded anew, so
            convert to float32 first.
        junction: one of ``JUNCTIONS``.
        scale: shape (I,), positive; the same for query heads that share values, see ``shared_by_heads``.

    Raises:
        ValueError: if the scale does not fit the readers, is not positive, or differs between heads that share.

    Example:
        >>> from minillama.config import ModelConfig
        >>> block = Block(ModelConfig(vocab_size=97, dim=2, n_layers=1, n_heads=1, n_kv_heads=1, head_dim=2,
        ...                           hidden_dim=3, max_seq_len=8))
        >>> divide_channels(block, JUNCTIONS[0], torch.tensor([2.0, 0.5]))
        >>> block.attention_norm.weight.detach()
        tensor([0.5000, 2.0000])

    Source:
        Xiao et al., 2022, arXiv:2211.10438, equation 3.
    """
    readers = [block.get_submodule(name).weight for name in junction.readers]
    writer = block.get_submodule(junction.writer).weight
    if scale.shape != readers[0].shape[1:] or not (scale > 0).all():
        raise ValueError(
            f"the readers of {junction.writer} need {readers[0].shape[1]} positive scales, got shape "
            f"{tuple(scale.shape)} with a smallest of {scale.min().item():.3g}"
        )
    if not torch.allclose(scale, shared_by_heads(scale, junction, block)):
        raise ValueError("query heads that share values need the same scales: call shared_by_heads first")
    for weight in readers:
        weight.mul_(scale)
    if len(writer) != len(scale):  # shared values: each stands for several query heads
        scale = scale.view(-1, len(scale) // len(writer), block.attention.head_dim)[:, 0].flatten()  # (K * D,)
    writer.div_(scale if writer.dim() == 1 else scale[:, None])
