"""Averaging gradients while the backward pass still runs.

The backward pass finishes the gradients of the last layers first. They are sent in buckets as soon as a bucket is
full, while the processor works on the layers before; ``DistributedDataParallel`` does the same.

Source: Li et al., 2020, PyTorch Distributed, arXiv:2006.15704, section 3.2.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
import torch.distributed as dist
from torch import Tensor, nn

from .gradients import local_part

BUCKET_BYTES = 25 * 2**20  # as DDP has it


class OverlappedAverage:
    """Averages the gradients of a model over the processes of a group, bucket by bucket.

    Args:
        model: has the same parameters on every process; all that are trained get a gradient in every backward pass.
        group: the processes that average; None for all.
        bucket_bytes: a bucket is sent when it holds as much. Large ones use the wire better, small ones start earlier.

    Raises:
        ValueError: if ``bucket_bytes`` is not positive.

    Source:
        Li et al., 2020, arXiv:2006.15704, section 3.2.3.
    """

    def __init__(
        self, model: nn.Module, group: dist.ProcessGroup | None = None, bucket_bytes: int = BUCKET_BYTES
    ) -> None:
        if bucket_bytes < 1:
            raise ValueError(f"bucket_bytes must be positive, got {bucket_bytes}: 25 MiB is a good start")
        self.group = group
        self.n_processes = dist.get_world_size(group)
        trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.buckets = _buckets(trained[::-1], bucket_bytes)
        self._missing = [0] * len(self.buckets)
        self._sent: list[tuple[int, Tensor, dist.Work]] = []
        self._is_on = False
        for number, bucket in enumerate(self.buckets):
            for parameter in bucket:
                parameter.register_post_accumulate_grad_hook(lambda _, number=number: self._arrived(number))

    @contextmanager
    def during_backward(self) -> Iterator[None]:
        """Average while one backward pass runs inside; the gradients are complete at the end.

        Raises:
            RuntimeError: if a trained parameter got no gradient.
        """
        self._is_on, self._missing = True, [len(bucket) for bucket in self.buckets]
        try:
            yield
        finally:
            self._is_on = False
        if n_missing := sum(self._missing):
            raise RuntimeError(
                f"{n_missing} trained parameters got no gradient, so the other processes wait for them: freeze what "
                "the model does not use"
            )
        self._collect()

    def average(self) -> None:
        """Average gradients that are complete already."""
        for number in range(len(self.buckets)):
            self._send(number)
        self._collect()

    def _arrived(self, number: int) -> None:
        """Count a gradient; send the bucket when it was the last one."""
        if self._is_on:
            self._missing[number] -= 1
            if self._missing[number] == 0:
                self._send(number)

    def _send(self, number: int) -> None:
        """Start the sum of one bucket, without waiting for it."""
        flat = torch.cat([local_part(parameter.grad).flatten() for parameter in self.buckets[number]])
        self._sent.append((number, flat, dist.all_reduce(flat, group=self.group, async_op=True)))

    @torch.no_grad()
    def _collect(self) -> None:
        """Wait for all sums and put the means where the gradients are."""
        for number, flat, work in self._sent:
            work.wait()
            flat /= self.n_processes
            gradients = [local_part(parameter.grad) for parameter in self.buckets[number]]
            parts = flat.split([gradient.numel() for gradient in gradients])
            for gradient, part in zip(gradients, parts, strict=True):
                gradient.copy_(part.view_as(gradient))
        self._sent.clear()


def _buckets(parameters: list[nn.Parameter], bucket_bytes: int) -> list[list[nn.Parameter]]:
    """Cut a list of parameters where a bucket is full; a parameter is never cut."""
    buckets: list[list[nn.Parameter]] = [[]]
    n_bytes = 0
    for parameter in parameters:
        if buckets[-1] and (n_bytes >= bucket_bytes or parameter.dtype != buckets[-1][0].dtype):
            buckets.append([])
            n_bytes = 0
        buckets[-1].append(parameter)
        n_bytes += local_part(parameter).nbytes
    return buckets
