"""The processes of a group as one object: who am I, and what can we do together.

Everything that a chapter writes by hand rests on these four collectives. Functions that take a ``Peers`` can be tried
with threads of one process first, because an object with the same methods is all that they need.

Source: PyTorch documentation, torch.distributed.
"""

from datetime import timedelta
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor


class Peers:
    """The processes of a group, seen from one of them.

    All of them must call the same methods in the same order, with tensors of the same shape and dtype. Without
    ``torch.distributed`` this process is alone and the same code runs on.

    Args:
        group: some of the job's processes, from ``torch.distributed.new_group`` or a mesh; None for all of them.

    Example:
        >>> peers = Peers()
        >>> peers.rank, peers.n_ranks
        (0, 1)
        >>> x = torch.tensor([1.0, 2.0])
        >>> peers.all_reduce(x)
        >>> x, peers.shift(x)
        (tensor([1., 2.]), tensor([1., 2.]))
    """

    def __init__(self, group: dist.ProcessGroup | None = None) -> None:
        self._group = group
        self._alone = not dist.is_initialized()
        self.rank = 0 if self._alone else dist.get_rank(group)
        self.n_ranks = 1 if self._alone else dist.get_world_size(group)
        if self.rank < 0:
            raise ValueError(
                f"process {dist.get_rank()} of the job is not in this group: make a Peers only where the group is "
                "used, or use a group that holds this process"
            )

    def all_reduce(self, x: Tensor) -> None:
        """Replace ``x`` by the sum of everybody's ``x``.

        Args:
            x: any shape; changed in place.
        """
        if self.n_ranks == 1:
            return
        whole = x.detach().contiguous()
        dist.all_reduce(whole, group=self._group)
        if whole.data_ptr() != x.data_ptr():
            x.detach().copy_(whole)

    def all_gather(self, x: Tensor) -> Tensor:
        """Collect everybody's ``x``.

        Args:
            x: one dimension or more.

        Returns:
            All of them joined along dimension 0, in the order of ranks.

        Raises:
            ValueError: if ``x`` has no dimension.
        """
        require_dimension(x)
        if self.n_ranks == 1:
            return x.detach().clone()
        x = x.detach().contiguous()
        parts = [torch.empty_like(x) for _ in range(self.n_ranks)]
        dist.all_gather(parts, x, group=self._group)
        return torch.cat(parts)

    def reduce_scatter(self, x: Tensor) -> Tensor:
        """Return this rank's part of the sum of everybody's ``x``.

        Args:
            x: the number of ranks divides its dimension 0.

        Returns:
            Of N equal parts of the sum along dimension 0, the one with this rank's number.

        Raises:
            ValueError: if ``x`` cannot be cut into N equal parts.
        """
        require_parts(x, self.n_ranks)
        if self.n_ranks == 1:
            return x.detach().clone()
        parts = [part.contiguous() for part in x.detach().chunk(self.n_ranks)]
        own = torch.empty_like(parts[self.rank])
        dist.reduce_scatter(own, parts, group=self._group)
        return own

    def shift(self, x: Tensor) -> Tensor:
        """Pass a tensor around the ring: send ``x`` to rank + 1, and return what rank - 1 sent.

        The last rank sends to rank 0. Sending and receiving start together, so nobody waits for a neighbor who
        waits for the next one, however large the tensors are.

        Args:
            x: any shape, the same on every rank.

        Returns:
            A new tensor like ``x``.
        """
        x = x.detach().contiguous()
        if self.n_ranks == 1:
            return x.clone()
        received = torch.empty_like(x)
        right, left = self._job_rank(self.rank + 1), self._job_rank(self.rank - 1)
        both = [dist.P2POp(dist.isend, x, right, self._group), dist.P2POp(dist.irecv, received, left, self._group)]
        for started in dist.batch_isend_irecv(both):
            started.wait()
        return received

    def _job_rank(self, rank: int) -> int:
        """Number in the whole job of a member of the group; ranks run in a ring."""
        rank %= self.n_ranks
        return rank if self._group is None else dist.get_global_rank(self._group, rank)


def join_peers(rank: int, n_ranks: int, meeting_file: Path | None = None, timeout: float = 60.0) -> Peers:
    """Join a job of processes on the CPUs of one machine.

    Args:
        rank: number of this process.
        n_ranks: processes of the job.
        meeting_file: a path that all processes of the job can write, and no file yet; they tell each other their
            addresses there. None takes the address that torchrun gave.
        timeout: seconds that a collective may wait before it fails.

    Returns:
        All processes of the job.

    Raises:
        RuntimeError: if the processes cannot reach each other.
    """
    store = None if meeting_file is None else dist.FileStore(str(meeting_file), n_ranks)
    limit = timedelta(seconds=timeout)
    dist.init_process_group("gloo", store=store, rank=rank, world_size=n_ranks, timeout=limit)
    return Peers()


class _SumOverRanks(torch.autograd.Function):
    """Forward an all-reduce, backward nothing."""

    @staticmethod
    def forward(ctx, x: Tensor, peers: Peers) -> Tensor:
        """Sum up a copy."""
        total = x.clone()
        peers.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx, grad: Tensor) -> tuple[Tensor, None]:
        """Every rank's x counts once in the sum, so its gradient is that of the sum."""
        return grad, None


def sum_over_ranks(x: Tensor, peers: Peers) -> Tensor:
    """Return the sum of everybody's ``x``, so that gradients can flow through it.

    It closes a region in which every rank works on its part. The sum is the same on every rank and so is what follows;
    its gradient is therefore complete already, and passes unchanged.

    Args:
        x: any shape.
        peers: the ranks that share the work.

    Returns:
        The sum, in the shape of ``x``.

    Source:
        Shoeybi et al., 2019, arXiv:1909.08053, section 3, the operator g.
    """
    return _SumOverRanks.apply(x, peers)


def require_dimension(x: Tensor) -> None:
    """Refuse a tensor that has no dimension to be joined along.

    Args:
        x: what is to be gathered.

    Raises:
        ValueError: if it is a scalar.
    """
    if x.dim() == 0:
        raise ValueError("a scalar cannot be joined along dimension 0: give it a dimension with x.view(1)")


def require_parts(x: Tensor, n_parts: int) -> None:
    """Refuse a tensor that cannot be cut into equal parts along dimension 0.

    Args:
        x: what is to be cut.
        n_parts: one for each rank.

    Raises:
        ValueError: naming the shape and the number.
    """
    if x.dim() == 0 or len(x) % n_parts:
        raise ValueError(
            f"a tensor of shape {tuple(x.shape)} cannot be cut into {n_parts} equal parts along dimension 0: "
            "pad it to a multiple"
        )
