"""Start the processes of a job and arrange them in a grid: data x pipeline x tensor.

Every process runs the same program and learns its number, its *rank*, from the launcher, torchrun. Processes that
differ in one coordinate alone form a group and exchange tensors.

Source: PyTorch documentation, torch.distributed and DeviceMesh.
"""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch.distributed.device_mesh import DeviceMesh, init_device_mesh

from .layout import Layout
from .meeting import Meeting

AXES = ("data", "pipeline", "tensor")  # neighbors on the last axis are neighbors in the machine: it talks most


def start_processes(device: str = "cpu", timeout: float = 600.0, meeting: Meeting | None = None) -> tuple[int, int]:
    """Join the processes that torchrun started.

    Without torchrun this process is alone, and the same program runs on: its collectives do nothing.

    Args:
        device: ``"cpu"`` talks through gloo, ``"cuda"`` through NCCL, each process on the GPU of its number in the
            machine.
        timeout: seconds that a collective may wait before the job fails.
        meeting: where the processes find each other; by default torch looks into the environment.

    Returns:
        The rank of this process and the number of processes: (0, 1) when there is only one.

    Raises:
        ValueError: if the timeout is not positive.
        RuntimeError: if the processes cannot find each other.

    Source:
        PyTorch documentation, torchrun: environment variables.
    """
    if not timeout > 0:
        raise ValueError(f"timeout must be a positive number of seconds, got {timeout}")
    if not dist.is_initialized():
        backend = "nccl" if device == "cuda" else "gloo"
        limit = timedelta(seconds=timeout)
        if device == "cuda":
            torch.cuda.set_device(dist.get_node_local_rank(fallback_rank=0))
        if meeting is not None:
            store = meeting.open_store(timeout)
            dist.init_process_group(
                backend, store=store, rank=meeting.rank, world_size=meeting.n_processes, timeout=limit
            )
        elif dist.is_torchelastic_launched():
            dist.init_process_group(backend, timeout=limit)
        else:
            dist.init_process_group(backend, store=dist.HashStore(), rank=0, world_size=1, timeout=limit)
    return dist.get_rank(), dist.get_world_size()


def stop_processes() -> None:
    """Leave the job; a second call does nothing."""
    if dist.is_initialized():
        dist.destroy_process_group()


def make_mesh(layout: Layout, device: str = "cpu", timeout: float = 600.0) -> DeviceMesh:
    """Arrange all processes of the job in a grid.

    Rank r stands at ``r // (pipeline * tensor)`` on the data axis, and so on: the last axis counts fastest. Processes
    of one machine have consecutive ranks, so the tensor axis, which talks most, stays inside the machine.

    Args:
        layout: how many processes along each axis.
        device: ``"cpu"`` or ``"cuda"``.
        timeout: seconds that a collective may wait, on every axis.

    Returns:
        A mesh with the axes ``"data"``, ``"pipeline"`` and ``"tensor"``; ``mesh["data"]`` is the row of this process.

    Raises:
        ValueError: if the grid has not as many places as there are processes.

    Source:
        Shoeybi et al., 2019, arXiv:1909.08053, section 3; Narayanan et al., 2021, arXiv:2104.04473, section 3.
    """
    start_processes(device, timeout)
    if layout.n_processes != dist.get_world_size():
        sizes = asdict(layout)
        grid = " x ".join(f"{axis}={sizes[axis]}" for axis in AXES)
        raise ValueError(
            f"the grid {grid} needs {layout.n_processes} processes, but {dist.get_world_size()} were started: "
            f"change the grid, or start the job with torchrun --nproc-per-node {layout.n_processes}"
        )
    mesh = init_device_mesh(device, tuple(getattr(layout, axis) for axis in AXES), mesh_dim_names=AXES)
    for group in mesh.get_all_groups():
        group.set_timeout(timedelta(seconds=timeout))  # a new group forgets the limit of the job
    return mesh


def require_agreement(what: dict[str, Any]) -> None:
    """Refuse to go on if the processes were not all told the same.

    A process with another setting or other data would not fail: the job would train something that nobody asked for,
    or wait for ever. Call it before the first step.

    Args:
        what: settings by name, with values that can be compared and pickled.

    Raises:
        ValueError: on every process, naming each setting that differs, its values and their ranks.

    Example:
        >>> _ = start_processes()
        >>> require_agreement({"seed": 1})
        >>> stop_processes()
    """
    told = told_by_all(what)
    names = dict.fromkeys(name for one in told for name in one)
    differing = []
    for name in names:
        values: dict[str, list[int]] = {}
        for rank, one in enumerate(told):
            values.setdefault(repr(one.get(name, "nothing")), []).append(rank)
        if len(values) > 1:
            differing.append(f"{name} is " + " and ".join(f"{value} on {_ranks(at)}" for value, at in values.items()))
    if differing:
        raise ValueError(
            f"the processes do not agree: {'; '.join(differing)}. Give all of them the same settings, and the same "
            "data and program on every machine"
        )


def told_by_all(mine: Any) -> list[Any]:
    """Return what every process says, in the order of ranks.

    Args:
        mine: what this one says; can be pickled.
    """
    if not dist.is_initialized():
        return [mine]
    told: list[Any] = [None] * dist.get_world_size()
    dist.all_gather_object(told, mine)
    return told


def _ranks(ranks: list[int]) -> str:
    """The ranks in words, few of them by number."""
    shown = ", ".join(map(str, ranks[:4])) + (f" and {len(ranks) - 4} more" if len(ranks) > 4 else "")
    return f"rank{'s' if len(ranks) > 1 else ''} {shown}"
