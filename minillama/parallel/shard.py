"""Sharded data parallelism: each process keeps a part of the training state and borrows the rest when it is needed.

Data parallelism keeps N copies of everything. ZeRO removes them in three stages: of the optimizer's moments (1), of
the gradients too (2), of the weights too (3).

Source: Rajbhandari et al., 2019, ZeRO, arXiv:1910.02054; Zhao et al., 2023, PyTorch FSDP, arXiv:2304.11277.
"""

import torch
from torch import nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.fsdp import FSDPModule, MixedPrecisionPolicy, fully_shard, register_fsdp_forward_method


def shard_weights(model: nn.Module, mesh: DeviceMesh, stage: int = 3, dtype: torch.dtype | None = None) -> None:
    """Share out weights, gradients and, with them, the optimizer's moments of a finished model.

    Each block becomes one group: its weights are gathered before it computes and given up afterwards. What stands
    around the blocks is the last group. Gradients come out averaged over the processes, each process having its part.
    Make the optimizer afterwards.

    Args:
        model: a ``Llama`` or a pipeline's stage; changed in place. Matrices may be cut by ``shard_tensors`` already.
        mesh: the data axis.
        stage: 3 gives up the weights of a block after use and gathers them again for the backward pass; 2 keeps them
            from the forward to the backward pass, which costs memory and saves a gathering.
        dtype: in which blocks are gathered and computed, such as bfloat16; half the bytes travel. Gradients are
            averaged in float32, and the parts that are trained stay float32.

    Raises:
        ValueError: if the stage is not 2 or 3.

    Source:
        Rajbhandari et al., 2019, arXiv:1910.02054, section 5; PyTorch documentation, torch.distributed.fsdp.
    """
    if stage not in (2, 3):
        raise ValueError(f"stage must be 2 or 3, got {stage}: for stage 1 see zero.py, for stage 0 average gradients")
    policy = MixedPrecisionPolicy(param_dtype=dtype, reduce_dtype=torch.float32 if dtype else None,
                                  cast_forward_inputs=False)  # fmt: skip
    for layer in model.layers:
        fully_shard(layer, mesh=mesh, reshard_after_forward=stage == 3, mp_policy=policy)
    fully_shard(model, mesh=mesh, reshard_after_forward=False)
    if hasattr(model, "hidden_states"):
        register_fsdp_forward_method(model, "hidden_states")


def synchronize_gradients(model: nn.Module, on: bool, stage: int) -> None:
    """Choose whether the next backward passes average gradients over the processes, or only add them up.

    Args:
        model: sharded by ``shard_weights``; any other is left as it is.
        on: False for all but the last batch of a step.
        stage: 2 then also keeps the weights for the next batch instead of gathering them anew.
    """
    if isinstance(model, FSDPModule):
        model.set_requires_gradient_sync(on)
        if stage == 2:
            model.set_reshard_after_backward(on)


def give_back_weights(model: nn.Module) -> None:
    """Let every process hold its part alone again, after a forward pass that no backward pass followed.

    Until then the weights around the blocks are whole, and neither optimizer nor checkpoint would know them.

    Args:
        model: sharded by ``shard_weights``; any other is left as it is.
    """
    for module in model.modules():
        if isinstance(module, FSDPModule):
            module.reshard()
