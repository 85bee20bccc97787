"""Gradients of which every process holds a part: adding what belongs together, and one length for all.

Source: Pascanu et al., 2013, arXiv:1211.5063, for clipping; PyTorch documentation, torch.distributed.tensor.
"""

import math
from collections.abc import Iterable

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.tensor import DTensor, Partial, Replicate


def local_part(tensor: Tensor) -> Tensor:
    """Return what this process holds of a tensor: all of it, unless it is a DTensor."""
    return tensor.to_local() if isinstance(tensor, DTensor) else tensor


@torch.no_grad()
def add_partial_gradients(model: nn.Module) -> None:
    """Add up gradients that are whole on no process.

    With sequence parallelism each process sees some of the tokens, so its gradient of a norm's gain is a part of the
    sum. Call it when the gradients are complete.

    Args:
        model: changed in place.
    """
    for parameter in model.parameters():
        gradient = parameter.grad
        if isinstance(gradient, DTensor) and any(isinstance(place, Partial) for place in gradient.placements):
            whole = [Replicate() if isinstance(place, Partial) else place for place in gradient.placements]
            parameter.grad = gradient.redistribute(placements=whole)


@torch.no_grad()
def clip_shared_gradients(parameters: Iterable[Tensor], max_norm: float, mesh: DeviceMesh) -> float:
    """Do what ``minillama.optimizer.clip_gradients`` does, for gradients shared out over all processes of the job.

    Each process squares what it holds. What C processes hold in common counts 1/C on each of them, so the sum over
    all processes is that of the whole model.

    Args:
        parameters: of this process. Each process of the pipeline has its own; along the other axes a gradient is
            equal, or cut if it is a DTensor.
        max_norm: allowed length of all gradients as one vector; ``math.inf`` only measures.
        mesh: the whole grid.

    Returns:
        The length before clipping, the same on every process. If it is not finite, the gradients are left as they are.

    Raises:
        ValueError: if ``max_norm`` is not positive.
    """
    if not max_norm > 0:
        raise ValueError(f"max_norm must be positive, got {max_norm}: use math.inf to measure without clipping")
    n_copies = mesh["data"].size() * mesh["tensor"].size()
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    square = torch.zeros((), dtype=torch.float64, device=mesh.device_type)
    for gradient in gradients:
        square += local_part(gradient).norm().double().square() * (_n_parts(gradient) / n_copies)
    dist.all_reduce(square)
    norm = square.sqrt().item()
    if max_norm < norm < math.inf:
        for gradient in gradients:
            local_part(gradient).mul_(max_norm / norm)
    return norm


def _n_parts(gradient: Tensor) -> int:
    """In how many parts a gradient is cut."""
    if not isinstance(gradient, DTensor):
        return 1
    sizes = zip(gradient.device_mesh.shape, gradient.placements, strict=True)
    return math.prod(size for size, place in sizes if not isinstance(place, Replicate))
