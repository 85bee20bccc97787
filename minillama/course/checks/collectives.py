"""Checks of chapter 11: an all-reduce around a ring."""

from collections.abc import Callable

import torch
from torch import Tensor

from ..checking import Wrong, expect, expect_close, expect_shape
from ..threads import Call, RanksDisagree, on_ranks

COUNTING = 1111  # what 1 + 10 + 100 + 1000 gives


def _reduced(ring_all_reduce: Callable, xs: list[Tensor]) -> list[tuple[Tensor, list[Call]]]:
    """Each rank's result and what it called."""
    try:
        return on_ranks(len(xs), lambda peers: (ring_all_reduce(xs[peers.rank], peers), peers.calls))
    except RanksDisagree as error:
        if "gave" not in str(error):
            raise
        raise Wrong(
            f"{xs[0].numel()} numbers on {len(xs)} ranks: {error}. Every part must have the same size: pad x to a "
            "multiple of n_ranks, and cut the padding off again at the end"
        ) from error


def check_ring_alone(ring_all_reduce: Callable) -> None:
    """one rank alone."""
    x = torch.randn(2, 3)
    ((result, _),) = _reduced(ring_all_reduce, [x])
    expect_shape(result, (2, 3), "the result for x of shape (2, 3)")
    expect_close(result, x, "the sum over one rank", "It is x itself: n - 1 steps are no step.")


def check_ring_counts(ring_all_reduce: Callable) -> None:
    """each rank's x counts once."""
    results = _reduced(ring_all_reduce, [torch.full((8,), 10.0**rank) for rank in range(4)])
    for rank, (result, _) in enumerate(results):
        expect_shape(result, (8,), f"the result on rank {rank}")
        parts = [int(value) for value in result.view(4, 2)[:, 0]]
        if not torch.equal(result, torch.full((8,), float(COUNTING))):
            raise Wrong(
                f"with x = 1, 10, 100 and 1000 on four ranks the four parts on rank {rank} are {parts}, expected "
                f"{COUNTING}: a digit counts how often a rank was added. {_suspect(parts)}"
            )


def _suspect(parts: list[int]) -> str:
    """What the digits of the four parts betray."""
    complete = [number for number, part in enumerate(parts) if part == COUNTING]
    if any(int(digit) > 1 for part in parts for digit in str(part)):
        return "Some x came in twice: each round has n - 1 steps, and in the second round nothing is added."
    if len(complete) == 1:
        return f"Part {complete[0]} is complete, so the first round is right; the second must pass on complete parts."
    return (
        "Either the first round does not add what comes to a rank's own part and pass on that sum, or the second does "
        "not begin with the complete part, number (rank + 1) % n."
    )


def check_ring_sizes(ring_all_reduce: Callable) -> None:
    """any size and shape."""
    for n, shape in ((3, (7,)), (3, (2, 4)), (4, (1,)), (2, (5,))):
        xs = [torch.randn(shape) for _ in range(n)]
        for rank, (result, _) in enumerate(_reduced(ring_all_reduce, xs)):
            expect_close(
                result,
                torch.stack(xs).sum(0),
                f"x of shape {shape} on {n} ranks: the result on rank {rank}",
                "The number of ranks does not divide the size: are numbers lost or misplaced?",
            )


def check_ring_traffic(ring_all_reduce: Callable) -> None:
    """2 (n - 1) / n of the tensor sent by each rank."""
    for _, calls in _reduced(ring_all_reduce, [torch.ones(12) for _ in range(4)]):
        others = sorted({call.kind for call in calls} - {"shift"})
        expect(not others, f"{', '.join(others)} was called: that does the work for you. Use peers.shift alone")
        sizes = [call.n_bytes // 4 for call in calls]
        expect(
            12 not in sizes,
            "shift sent the whole tensor of 12 numbers: on 4 ranks a part has 3. The traffic of whole tensors grows "
            "with the number of ranks, that of parts stays below twice the tensor",
        )
        expect(
            sum(sizes) == 18,
            f"a rank sent {sum(sizes)} numbers in {len(sizes)} shifts, expected 18 in 6: two rounds of n - 1 steps",
        )
