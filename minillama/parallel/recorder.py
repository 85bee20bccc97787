"""Count the collectives that a program makes: the measurement beside the prediction.

Every collective passes torch's dispatcher, whether a program, DDP, FSDP or DTensor makes it, forward, backward or in
a hook. There a dispatch mode sees it, with its tensors and its group.

Source: PyTorch documentation, torch.utils._python_dispatch; ``CommDebugMode`` of torch.distributed.tensor.debug counts
calls in the same way, but neither bytes nor axes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch.distributed as dist
from torch import Tensor
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.tensor import DTensor
from torch.utils._python_dispatch import TorchDispatchMode

from .collectives import Traffic, merge

WORLD = "all"  # stands for the axis where all processes of a grid take part in one call
RESULT = "the result"

# Each collective by its name in torch: its kind, and the argument that is as large as its payload.
COUNTED = {
    "c10d.allreduce_": ("all_reduce", "tensors"),
    "c10d.allreduce_coalesced_": ("all_reduce", "tensors"),
    "c10d.allgather_": ("all_gather", "output_tensors"),
    "c10d.allgather_coalesced_": ("all_gather", "output_lists"),
    "c10d.allgather_into_tensor_coalesced_": ("all_gather", "outputs"),
    "c10d._allgather_base_": ("all_gather", "output_tensor"),
    "c10d.reduce_scatter_": ("reduce_scatter", "input_tensors"),
    "c10d.reduce_scatter_tensor_coalesced_": ("reduce_scatter", "inputs"),
    "c10d._reduce_scatter_base_": ("reduce_scatter", "input_tensor"),
    "c10d.broadcast_": ("broadcast", "tensors"),
    "c10d.send": ("send", "tensors"),
    "_c10d_functional.all_reduce": ("all_reduce", "input"),
    "_c10d_functional.all_reduce_": ("all_reduce", "input"),
    "_c10d_functional.all_reduce_coalesced": ("all_reduce", "inputs"),
    "_c10d_functional.all_reduce_coalesced_": ("all_reduce", "inputs"),
    "_c10d_functional.all_gather_into_tensor": ("all_gather", RESULT),
    "_c10d_functional.all_gather_into_tensor_out": ("all_gather", RESULT),
    "_c10d_functional.all_gather_into_tensor_coalesced": ("all_gather", RESULT),
    "_c10d_functional.reduce_scatter_tensor": ("reduce_scatter", "input"),
    "_c10d_functional.reduce_scatter_tensor_out": ("reduce_scatter", "input"),
    "_c10d_functional.reduce_scatter_tensor_coalesced": ("reduce_scatter", "inputs"),
    "_c10d_functional.broadcast": ("broadcast", "input"),
    "_c10d_functional.broadcast_": ("broadcast", "input"),
    "_c10d_functional.isend": ("send", "tensor"),
}
SILENT = (  # the other end of a send, and what moves no payload
    "c10d.recv_",
    "c10d.recv_any_source_",
    "c10d.barrier",
    "c10d.monitored_barrier_",
    "c10d.check_for_nan",
    "_c10d_functional.irecv",
    "_c10d_functional.wait_tensor",
    "_c10d_functional._wrap_tensor_autograd",
)
NAMESPACES = ("c10d", "c10d_functional", "_c10d_functional", "_c10d_functional_autograd", "_dtensor", "symm_mem")


class TrafficRecord(TorchDispatchMode):
    """What one process handed to collectives; ``record_traffic`` makes it."""

    def __init__(self, mesh: DeviceMesh) -> None:
        super().__init__()
        self.calls: list[Traffic] = []
        self._axes = {frozenset(range(dist.get_world_size())): WORLD}
        for axis in mesh.mesh_dim_names or ():
            self._axes[frozenset(dist.get_process_group_ranks(mesh.get_group(axis)))] = axis

    def traffic(self) -> list[Traffic]:
        """Return the sums, one entry for each axis and kind, in the order in which predictions come."""
        return merge(self.calls)

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple = (), kwargs: dict | None = None) -> Any:
        """Let an operation run, and count it if it is a collective."""
        if any(issubclass(kind, DTensor) for kind in types):
            return NotImplemented  # DTensor comes first, and its collectives come back here
        kwargs = kwargs or {}
        if getattr(func, "namespace", "") not in NAMESPACES:
            return func(*args, **kwargs)
        name = f"{func.namespace}.{func._opname}"
        if name in SILENT:
            return func(*args, **kwargs)
        if name not in COUNTED:
            raise ValueError(
                f"{name} is a collective that the record cannot count: use all_reduce, all_gather, reduce_scatter, "
                "broadcast or send, or call it outside of the record"
            )
        given = dict(zip((argument.name for argument in func._schema.arguments), args, strict=False)) | kwargs
        kind, place = COUNTED[name]
        axis, n_ranks = self._axis(_group(given))
        result = func(*args, **kwargs)
        if n_ranks > 1:
            payload = result if place is RESULT else given[place]
            self.calls.append(Traffic(axis, kind, 1, n_bytes(payload), 2 if kind == "send" else n_ranks))
        return result

    def _axis(self, group: dist.ProcessGroup) -> tuple[str, int]:
        """The axis along which the processes of a group stand, and their number."""
        ranks = dist.get_process_group_ranks(group)
        axis = self._axes.get(frozenset(ranks))
        if axis is None and len(ranks) > 1:
            raise ValueError(
                f"a collective joins the ranks {ranks}, which are neither an axis of the mesh nor all processes: "
                "record with the mesh that made the group"
            )
        return axis or WORLD, len(ranks)


@contextmanager
def record_traffic(mesh: DeviceMesh) -> Iterator[TrafficRecord]:
    """Count the collectives of this process inside a ``with``.

    Calls in a group of one process move nothing and are not counted. A receive is not either: its bytes are those of
    the other end's send. What a layer does at its first step alone, such as telling its neighbors the shapes of its
    tensors, is counted too; record a later step to leave it out.

    Args:
        mesh: names the axes. Of a group that holds an axis and all processes alike, the axis is named.

    Yields:
        The record; ``traffic()`` returns what ``predicted_traffic`` predicts.

    Raises:
        ValueError: at a collective of an unknown kind, or in a group that is no axis of the mesh.

    Example:
        >>> import torch
        >>> from minillama.parallel.layout import Layout
        >>> from minillama.parallel.mesh import make_mesh, stop_processes
        >>> mesh = make_mesh(Layout())
        >>> with record_traffic(mesh) as record:
        ...     dist.all_reduce(torch.ones(3))
        >>> record.traffic()  # this process is alone
        []
        >>> stop_processes()
    """
    record = TrafficRecord(mesh)
    with record:
        yield record


def n_bytes(payload: Any) -> int:
    """Return the size of a tensor, or of all tensors in nested lists.

    Args:
        payload: a tensor, or a list or tuple of such.

    Example:
        >>> import torch
        >>> n_bytes([torch.zeros(2), [torch.zeros(3, dtype=torch.bfloat16)]])
        14
    """
    if isinstance(payload, Tensor):
        return payload.numel() * payload.element_size()
    return sum(n_bytes(part) for part in payload)


def _group(given: dict[str, Any]) -> dist.ProcessGroup:
    """The process group among the arguments of a collective, given itself, boxed or by name."""
    group = given.get("process_group", given.get("group_name"))
    if isinstance(group, str):
        return dist.distributed_c10d._resolve_process_group(group)
    return group if isinstance(group, dist.ProcessGroup) else dist.ProcessGroup.unbox(group)
