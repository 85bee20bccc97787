"""Tensor parallelism: every matrix of a finished model is cut, and each process computes with its part.

The first matrix of a pair is cut along its outputs, the second along its inputs. In between every process works
alone: attention on its own heads, the gate on its own hidden units. One sum over the processes ends the pair.

Shape letters: B batch, T tokens, C dim, V vocabulary, N processes on the tensor axis.

Source: Shoeybi et al., 2019, Megatron-LM, arXiv:1909.08053, section 3; Korthikanti et al., 2022, arXiv:2205.05198,
section 4.2.2, for sequence parallelism.
"""

from torch import nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.tensor import Replicate, Shard
from torch.distributed.tensor.parallel import (
    ColwiseParallel,
    PrepareModuleInput,
    RowwiseParallel,
    SequenceParallel,
    parallelize_module,
)
from torch.distributed.tensor.parallel.style import ParallelStyle

from ..fusion import unfuse_layers
from .layout import Layout, require_fits
from .vocabulary import cut_vocabulary


def shard_tensors(model: nn.Module, mesh: DeviceMesh, sequence_parallel: bool = False) -> None:
    """Cut the matrices of a finished model along the tensor axis.

    The parameters become DTensors: each process holds its part and knows the whole shape. Tokens go in and logits
    come out whole on every process, so loss, generation and the KV cache need not know; the cache holds the heads
    of its own process alone.

    Args:
        model: a ``Llama`` or some of its blocks, with the same weights on every process; changed in place.
        mesh: one axis, such as ``mesh["tensor"]``.
        sequence_parallel: cut the residual stream along the tokens between the pairs, so that norms and sums are not
            done N times over and their activations shrink to 1/N. T must then be a multiple of N.

    Raises:
        ValueError: if the number of processes does not divide the heads, the hidden units or the vocabulary.

    Example:
        >>> from minillama.config import ModelConfig
        >>> from minillama.model import Llama
        >>> from minillama.parallel.layout import Layout
        >>> from minillama.parallel.mesh import make_mesh, stop_processes
        >>> model = Llama(ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                           hidden_dim=40, max_seq_len=32))
        >>> shard_tensors(model, make_mesh(Layout())["tensor"])
        >>> model.layers[0].attention.o_proj.weight.placements
        (Shard(dim=1),)
        >>> stop_processes()

    Source:
        Shoeybi et al., 2019, arXiv:1909.08053, section 3.
    """
    require_fits(model.config, Layout(tensor=mesh.size()))
    unfuse_layers(model)  # joined products read the matrices past the hooks that cut them
    for layer in model.layers:
        parallelize_module(layer, mesh, block_plan(sequence_parallel))
    if sequence_parallel and hasattr(model, "final_norm"):
        parallelize_module(model.final_norm, mesh, _norm_plan())
    cut_vocabulary(model, mesh, sequence_parallel)


def block_plan(sequence_parallel: bool = False) -> dict[str, ParallelStyle]:
    """Return how each part of a block is cut, by the name of the part.

    Args:
        sequence_parallel: whether the residual stream is cut along the tokens.

    Returns:
        The plan that ``parallelize_module`` applies.
    """
    stream = Shard(1) if sequence_parallel else Replicate()
    # One gathering for all projections of a layer: each of them alone would cost a collective of its own.
    plan: dict[str, ParallelStyle] = {
        "attention": PrepareModuleInput(
            input_layouts=(stream, None, None, None), desired_input_layouts=(Replicate(), None, None, None)
        ),
        "attention.q_proj": ColwiseParallel(),
        "attention.k_proj": ColwiseParallel(),
        "attention.v_proj": ColwiseParallel(),
        "attention.o_proj": RowwiseParallel(output_layouts=stream),
        "feedforward": PrepareModuleInput(input_layouts=(stream,), desired_input_layouts=(Replicate(),)),
        "feedforward.gate_proj": ColwiseParallel(),
        "feedforward.up_proj": ColwiseParallel(),
        "feedforward.down_proj": RowwiseParallel(output_layouts=stream),
    }
    if sequence_parallel:
        plan |= {"attention_norm": _norm_plan(), "feedforward_norm": _norm_plan()}
    return plan


def _norm_plan() -> ParallelStyle:
    """A norm that sees some of the tokens: its gain is whole everywhere, and its gradient a sum over the processes."""
    return SequenceParallel(use_local_output=True)
