"""What a process really holds in memory: its parts of weights, gradients and moments, and the peak of a step."""

from collections.abc import Callable
from weakref import WeakSet

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from .gradients import local_part


def held_bytes(model: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, int]:
    """Measure the parts of the training state that this process holds between two steps.

    Args:
        model: in any layout, with or without gradients.
        optimizer: of it.

    Returns:
        Bytes of ``weights``, ``gradients`` and ``optimizer``; a tensor that two share counts once.

    Example:
        >>> layer = nn.Linear(3, 5, bias=False)
        >>> layer(torch.ones(1, 3)).sum().backward()
        >>> optimizer = torch.optim.AdamW(layer.parameters())
        >>> optimizer.step()
        >>> held_bytes(layer, optimizer)  # two moments, and a count of steps of 4 bytes
        {'weights': 60, 'gradients': 60, 'optimizer': 124}
    """
    updated = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    gradients = [tensor.grad for tensor in {*model.parameters(), *updated} if tensor.grad is not None]
    moments = [value for state in optimizer.state.values() for value in state.values() if isinstance(value, Tensor)]
    kinds = {"weights": [*model.parameters(), *updated], "gradients": gradients, "optimizer": moments}
    return {kind: _distinct_bytes(tensors) for kind, tensors in kinds.items()}


def peak_bytes(work: Callable[[], object]) -> int:
    """Measure the most memory that some work takes at any moment beyond what was there before.

    Every operation is watched, so the work becomes slow. Weights sharded by FSDP gather into buffers made at their
    first use: let the work begin with it.

    Args:
        work: called once. What it allocates is counted until nothing refers to it.

    Returns:
        Bytes of tensors.

    Example:
        >>> x = torch.zeros(100)
        >>> peak_bytes(lambda: (x + 1) + 1)  # two sums of 400 bytes live at the same time
        800
    """
    with _Peak() as watch:
        work()
    return watch.peak


class _Peak(TorchDispatchMode):
    """Follows the memory that operations allocate."""

    def __init__(self) -> None:
        super().__init__()
        self.peak = 0
        self._alive: WeakSet[torch.UntypedStorage] = WeakSet()
        self._before: WeakSet[torch.UntypedStorage] = WeakSet()

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):  # noqa: ANN001, ANN204
        """Run one operation and count what is alive after it."""
        self._before.update(storage for storage in _storages((args, kwargs)) if storage not in self._alive)
        result = function(*args, **(kwargs or {}))
        self._alive.update(storage for storage in _storages(result) if storage not in self._before)
        # Sizes are asked anew each time: sharded weights empty their memory and fill it again.
        self.peak = max(self.peak, sum(storage.nbytes() for storage in self._alive))
        return result


def _storages(values: object) -> list[torch.UntypedStorage]:
    """The memory behind all tensors among some values."""
    return [local_part(value).untyped_storage() for value in tree_leaves(values) if isinstance(value, Tensor)]


def _distinct_bytes(tensors: list[Tensor]) -> int:
    """Bytes of some tensors; where two share memory, it counts once."""
    parts = map(local_part, tensors)
    return sum({(part.untyped_storage().data_ptr(), part.storage_offset()): part.nbytes for part in parts}.values())
