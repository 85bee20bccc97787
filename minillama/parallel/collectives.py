"""What one process hands to the collectives of a step, and what of it crosses the wire.

Source: Patarasuk and Yuan, 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations".
"""

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("all_gather", "all_reduce", "broadcast", "reduce_scatter", "send")


@dataclass(frozen=True)
class Traffic:
    """All calls of one kind of collective that one process makes along one axis in one step.

    Args:
        axis: "data", "pipeline" or "tensor".
        kind: one of ``KINDS``.
        n_calls: number of calls.
        n_bytes: payload of all calls together: for all_reduce and broadcast the tensor, for all_gather the gathered
            result, for reduce_scatter the whole input, for send the message.
        n_ranks: processes that take part in each call.

    Example:
        >>> Traffic("data", "all_reduce", n_calls=1, n_bytes=1000, n_ranks=4).wire_bytes
        1500.0

    Source:
        Patarasuk and Yuan, 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations".
    """

    axis: str
    kind: str
    n_calls: int
    n_bytes: int
    n_ranks: int

    @property
    def wire_bytes(self) -> float:
        """Bytes that each process sends on average: modelled, as if by the ring algorithm, not measured."""
        return self.n_bytes * _ring_steps(self.kind, self.n_ranks) / (1 if self.kind == "send" else self.n_ranks)

    @property
    def n_steps(self) -> int:
        """Steps from one process to the next, one after the other, in all calls together."""
        return self.n_calls * _ring_steps(self.kind, self.n_ranks)


def merge(traffic: Iterable[Traffic]) -> list[Traffic]:
    """Add up entries of the same axis, kind and group size.

    Args:
        traffic: entries, such as those of several parts of a step.

    Returns:
        One entry for each combination that was called at all, sorted by these three.

    Example:
        >>> merge([Traffic("data", "send", 1, 10, 2), Traffic("data", "send", 4, 7, 2)])
        [Traffic(axis='data', kind='send', n_calls=5, n_bytes=17, n_ranks=2)]
    """
    sums: dict[tuple[str, str, int], list[int]] = {}
    for one in traffic:
        total = sums.setdefault((one.axis, one.kind, one.n_ranks), [0, 0])
        total[0] += one.n_calls
        total[1] += one.n_bytes
    return [Traffic(axis, kind, *total, n) for (axis, kind, n), total in sorted(sums.items()) if total[0]]


def _ring_steps(kind: str, n: int) -> int:
    """Steps of one call: a ring passes n - 1 times, and twice to reduce and to spread; a send once."""
    return {"all_reduce": 2 * (n - 1), "send": 1}.get(kind, n - 1)
