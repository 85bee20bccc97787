"""Ranks as threads of one process: a function that needs peers is tried in milliseconds.

The threads meet at each collective, so a mistake that would leave real processes waiting for ever is seen and named.
"""

import ctypes
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from ..parallel.peers import require_dimension, require_parts
from .checking import Wrong

PATIENCE = 2.0  # seconds


class RanksDisagree(Wrong):
    """The ranks do not call the same collectives; the message says who does what."""


class _Ended(BaseException):
    """Ends a rank because another one failed. Not an Exception, so that ``except`` cannot catch it."""


@dataclass(frozen=True)
class Call:
    """One collective that a rank called.

    Args:
        kind: "all_reduce", "all_gather", "reduce_scatter" or "shift".
        shape: of the tensor that the rank gave.
        n_bytes: payload: for all_gather the gathered result, for the others the tensor that the rank gave.
    """

    kind: str
    shape: tuple[int, ...]
    n_bytes: int


class ThreadPeers:
    """The same methods as ``minillama.parallel.peers.Peers``, between threads.

    Attributes are ``rank``, ``n_ranks`` and ``calls``, the list of what this rank has called so far.

    Args:
        rank: number of this thread.
        meeting: where the threads meet.
    """

    def __init__(self, rank: int, meeting: "_Meeting") -> None:
        self.rank, self.n_ranks, self._meeting = rank, meeting.n_ranks, meeting
        self.calls: list[Call] = []

    def all_reduce(self, x: Tensor) -> None:
        """Replace ``x`` by the sum of everybody's ``x``, in place."""
        total = sum_of(self._exchange("all_reduce", x))
        x.detach().copy_(total)

    def all_gather(self, x: Tensor) -> Tensor:
        """Return everybody's ``x``, joined along dimension 0 in the order of ranks."""
        require_dimension(x)
        return torch.cat(self._exchange("all_gather", x, self.n_ranks))

    def reduce_scatter(self, x: Tensor) -> Tensor:
        """Return this rank's part of the sum of everybody's ``x``, cut along dimension 0."""
        require_parts(x, self.n_ranks)
        return sum_of(self._exchange("reduce_scatter", x)).chunk(self.n_ranks)[self.rank].clone()

    def shift(self, x: Tensor) -> Tensor:
        """Send ``x`` to rank + 1 and return what rank - 1 sent, in a ring."""
        return self._exchange("shift", x)[self.rank - 1]

    def payload(self, kind: str) -> int:
        """Return the bytes of all calls of one kind so far."""
        return sum(call.n_bytes for call in self.calls if call.kind == kind)

    def _exchange(self, kind: str, x: Tensor, copies: int = 1) -> list[Tensor]:
        """Note the call, wait for the others, and return everybody's tensor."""
        if not isinstance(x, Tensor):
            raise TypeError(f"{kind} takes a tensor, got a {type(x).__name__}")
        self.calls.append(Call(kind, tuple(x.shape), copies * x.numel() * x.element_size()))
        return self._meeting.exchange(self.rank, kind, x.detach().clone())


class _Meeting:
    """Where the threads wait for each other; whoever comes last hands out what all brought."""

    def __init__(self, n_ranks: int, patience: float) -> None:
        self.n_ranks, self.patience = n_ranks, patience
        self.changed = threading.Condition()
        self.arrived: dict[int, tuple[str, Tensor]] = {}
        self.handed_out: list[Tensor] = []
        self.n_meetings = 0
        self.returned: set[int] = set()
        self.error: BaseException | None = None

    def exchange(self, rank: int, kind: str, x: Tensor) -> list[Tensor]:
        """Bring a tensor, wait until all have brought one, and return them in the order of ranks."""
        with self.changed:
            self._go_on_or_end()
            self.arrived[rank] = (kind, x)
            number = self.n_meetings
            if len(self.arrived) == self.n_ranks:
                self._hand_out()
            self._require_hope()
            until = time.monotonic() + self.patience
            while self.n_meetings == number:
                self._go_on_or_end()
                if not self.changed.wait(until - time.monotonic()) and self.n_meetings == number:
                    raise self._missing()
            self._go_on_or_end()
            return self.handed_out

    def leave(self, rank: int) -> None:
        """A rank has returned; if others wait for it, they wait in vain."""
        with self.changed:
            self.returned.add(rank)
            self._require_hope()

    def fail(self, error: BaseException) -> None:
        """Keep the first error and wake all that wait."""
        with self.changed:
            if self.error is None and not isinstance(error, _Ended):
                self.error = error
            self.changed.notify_all()

    def _go_on_or_end(self) -> None:
        if self.error is not None:
            raise _Ended

    def _require_hope(self) -> None:
        """Some wait, and all others have returned: nobody will come any more."""
        if self.arrived and len(self.arrived) + len(self.returned) == self.n_ranks:
            raise self._missing()

    def _hand_out(self) -> None:
        kinds = {rank: kind for rank, (kind, _) in sorted(self.arrived.items())}
        tensors = [x for _, (_, x) in sorted(self.arrived.items())]
        first = tensors[0]
        for rank, x in enumerate(tensors):
            if kinds[rank] != kinds[0]:
                raise RanksDisagree(
                    f"rank 0 calls {kinds[0]} where rank {rank} calls {kinds[rank]}: all ranks must call the same "
                    "collectives in the same order"
                )
            if (x.shape, x.dtype) != (first.shape, first.dtype):
                raise RanksDisagree(
                    f"{kinds[0]}: rank 0 gave {_kind_of(first)}, rank {rank} gave {_kind_of(x)}: all ranks must give "
                    "tensors of the same shape and dtype"
                )
        self.arrived, self.handed_out, self.n_meetings = {}, tensors, self.n_meetings + 1
        self.changed.notify_all()

    def _missing(self) -> RanksDisagree:
        waiting = sorted(self.arrived)
        kind = self.arrived[waiting[0]][0]
        missing = sorted(set(range(self.n_ranks)) - set(waiting))
        names = " and ".join(map(str, missing))
        subject = f"rank {names}" if len(missing) == 1 else f"ranks {names}"
        pronoun = "it" if len(missing) == 1 else "them"
        others = "the others wait" if len(waiting) > 1 else f"rank {waiting[0]} waits"
        return RanksDisagree(f"{subject} never called {kind}; {others} for {pronoun}")


def on_ranks(n_ranks: int, function: Callable[[ThreadPeers], object], patience: float = PATIENCE) -> list[object]:
    """Run a function on several ranks, each a thread, and return what each of them returned.

    Args:
        n_ranks: number of threads.
        function: gets the peers as one of the ranks sees them.
        patience: seconds that the others wait for a rank at a collective.

    Returns:
        The results in the order of ranks.

    Raises:
        RanksDisagree: if the ranks call different collectives, give different shapes, or one never comes.
        Exception: the first that a rank raises; the other ranks are ended.

    Example:
        >>> on_ranks(3, lambda peers: peers.all_gather(torch.tensor([10 * peers.rank])).tolist())
        [[0, 10, 20], [0, 10, 20], [0, 10, 20]]
    """
    meeting, results = _Meeting(n_ranks, patience), [None] * n_ranks
    grad = torch.is_grad_enabled()

    def run(rank: int) -> None:
        torch.set_grad_enabled(grad)  # each thread has its own setting
        try:
            results[rank] = function(ThreadPeers(rank, meeting))
            meeting.leave(rank)
        except BaseException as error:
            meeting.fail(error)

    threads = [threading.Thread(target=run, args=(rank,), daemon=True) for rank in range(n_ranks)]
    try:
        for thread in threads:
            thread.start()
        while meeting.error is None and any(thread.is_alive() for thread in threads):
            next(thread for thread in threads if thread.is_alive()).join(0.05)
    finally:
        _end(meeting, threads)
    if meeting.error is not None:
        raise meeting.error
    return results


def sum_of(tensors: list[Tensor]) -> Tensor:
    """Add up tensors from first to last, so that every rank rounds alike.

    Args:
        tensors: of one shape; at least one.

    Returns:
        A new tensor.

    Example:
        >>> sum_of([torch.tensor(1), torch.tensor(2)])
        tensor(3)
    """
    total = tensors[0].clone()
    for x in tensors[1:]:
        total += x
    return total


def _end(meeting: _Meeting, threads: list[threading.Thread]) -> None:
    """End the ranks that still run: those that wait are woken, those that compute get an exception."""
    alive = [thread for thread in threads if thread.is_alive()]
    if not alive:
        return
    meeting.fail(RanksDisagree("the ranks were stopped"))
    for thread in alive:
        thread.join(0.02)
        if thread.is_alive() and thread.ident:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(_Ended))
    for thread in alive:
        thread.join(0.2)


def _kind_of(x: Tensor) -> str:
    return f"{tuple(x.shape)} {str(x.dtype).removeprefix('torch.')}"
