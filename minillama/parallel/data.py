"""Data parallelism by hand: every process has the whole model and reads other batches.

Source: Li et al., 2020, "PyTorch Distributed", arXiv:2006.15704.
"""

from collections.abc import Callable

import torch
import torch.distributed as dist
from torch import Tensor, nn


def broadcast_weights(model: nn.Module) -> None:
    """Give every process the weights of rank 0, so that all begin as copies of one model.

    Args:
        model: the same on every process but for its values; parameters and buffers are changed in place.
    """
    for tensor in (*model.parameters(), *model.buffers()):
        whole = tensor.detach().contiguous()
        dist.broadcast(whole, src=0)
        if whole.data_ptr() != tensor.data_ptr():
            tensor.detach().copy_(whole)


def average_gradients(
    model: nn.Module, n_targets: int, all_reduce: Callable[[Tensor], object] = dist.all_reduce
) -> None:
    """Replace each rank's gradients by those of the mean loss over the targets of all ranks.

    A rank with more targets counts more. All gradients and the number of targets travel in one message, because each
    message costs time of its own; it needs as much memory as the gradients once more.

    Args:
        model: its gradients are those of the mean over this rank's targets, and are replaced. A trainable parameter
            without a gradient counts as zeros and gets one, so that all ranks send the same message.
        n_targets: targets of this rank, 0 or more. With 0 its gradients do not count, even if they are not finite.
        all_reduce: replaces a tensor by its sum over all ranks.

    Raises:
        ValueError: if the number of targets is negative, or 0 on all ranks.

    Example:
        >>> model = nn.Linear(2, 1, bias=False)
        >>> model.weight.grad = torch.tensor([[1.0, 2.0]])
        >>> average_gradients(model, 3, all_reduce=lambda x: x.mul_(2))  # as if two ranks had the same
        >>> model.weight.grad
        tensor([[1., 2.]])

    Source:
        Li et al., 2020, arXiv:2006.15704, section 3.2, for joining gradients in buckets.
    """
    if n_targets < 0:
        raise ValueError(f"n_targets must be 0 or more, got {n_targets}: count the targets that are learned")
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    gradients = [torch.zeros_like(weight) if weight.grad is None else weight.grad for weight in weights]
    one = torch.ones(1, device=weights[0].device)
    flat = torch.cat([*(gradient.flatten() for gradient in gradients), one])
    flat = flat * n_targets if n_targets else torch.zeros_like(flat)
    all_reduce(flat)
    total = flat[-1]
    if not total:
        raise ValueError("no rank has a target: leave out batches in which nothing is learned")
    mean = flat[:-1] / total
    for weight, part in zip(weights, mean.split([weight.numel() for weight in weights]), strict=True):
        weight.grad = part.view_as(weight).to(weight.dtype)
