"""ZeRO stage 1: every process has all weights, but the optimizer's moments of its own part alone.

AdamW treats each number for itself, so a process can update its part of a tensor without seeing the rest. Gradients
are added into parts, parts are updated, and the new weights are gathered: as many bytes as one all-reduce.

Source: Rajbhandari et al., 2019, ZeRO, arXiv:1910.02054, section 5.1.
"""

from collections.abc import Iterator

import torch
from torch import nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.tensor import DTensor, Partial, Shard, distribute_tensor


class SharedWeights:
    """The parts of a model's weights that this process updates.

    Give ``parameter_groups`` or an optimizer this object in place of the model. After each backward pass call
    ``collect_gradients``, and let the optimizer's step be followed by ``gather_weights``.

    Args:
        model: the same weights on every process.
        mesh: the data axis.

    Raises:
        ValueError: if the weights are cut already, by tensor parallelism or FSDP.
    """

    def __init__(self, model: nn.Module, mesh: DeviceMesh) -> None:
        self.model, self.mesh = model, mesh
        self.parts: dict[str, nn.Parameter] = {}
        for name, weight in model.named_parameters():
            if isinstance(weight, DTensor):
                raise ValueError(f"{name} is cut already: use ZeRO stage 2 or 3 together with tensor parallelism")
            part = distribute_tensor(weight.detach(), mesh, [Shard(0)], src_data_rank=None)
            self.parts[name] = nn.Parameter(part, requires_grad=weight.requires_grad)

    def parameters(self) -> Iterator[nn.Parameter]:
        """The parts, as DTensors."""
        return iter(self.parts.values())

    def named_parameters(self) -> Iterator[tuple[str, nn.Parameter]]:
        """The parts, under the names of the whole weights."""
        return iter(self.parts.items())

    @torch.no_grad()
    def collect_gradients(self) -> None:
        """Average the gradients of all processes into parts, and forget the whole ones."""
        for name, weight in self.model.named_parameters():
            if weight.grad is not None:
                whole = DTensor.from_local(weight.grad, self.mesh, [Partial("avg")], run_check=False)
                self.parts[name].grad = whole.redistribute(placements=[Shard(0)])
                weight.grad = None

    @torch.no_grad()
    def gather_weights(self, *_: object) -> None:
        """Give every process the weights that the others have updated."""
        for name, weight in self.model.named_parameters():
            weight.copy_(self.parts[name].full_tensor())

    @torch.no_grad()
    def take_weights(self) -> None:
        """Take the parts from the model anew, after its weights were loaded."""
        for name, weight in self.model.named_parameters():
            self.parts[name].copy_(distribute_tensor(weight.detach(), self.mesh, [Shard(0)], src_data_rank=None))
