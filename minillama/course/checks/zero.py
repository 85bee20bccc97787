"""Checks of chapter 11: AdamW with its state spread over the ranks."""

from collections.abc import Callable

import torch
from torch import Tensor

from ...optimizer import adamw_step
from ..checking import expect, expect_close, expect_shape
from ..threads import Call, ThreadPeers, on_ranks

N, SIZE = 3, 12
PART = SIZE // N
SLOW = 0.01


def _steps(sharded_adamw_step: Callable, weights: Tensor, gradients: list[Tensor]) -> list[tuple[Tensor, ...]]:
    """Each rank's weights and moments after some steps; ``gradients`` has shape (N, P) for each."""

    def run(peers: ThreadPeers) -> tuple[Tensor, Tensor, Tensor, list[Call]]:
        own, mean, mean_square = weights.clone(), torch.zeros(PART), torch.zeros(PART)
        for step, gradient in enumerate(gradients, start=1):
            own = sharded_adamw_step(own, gradient[peers.rank].clone(), mean, mean_square, step, SLOW, peers)
            expect_shape(own, (SIZE,), f"the new weights on rank {peers.rank}")
        return own, mean, mean_square, peers.calls

    return on_ranks(N, run)


def _one_process(weights: Tensor, gradients: list[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    own, mean, mean_square = weights.clone(), torch.zeros(SIZE), torch.zeros(SIZE)
    for step, gradient in enumerate(gradients, start=1):
        adamw_step(own, gradient.mean(0), mean, mean_square, step, SLOW)
    return own, mean, mean_square


def check_sharded_moments(sharded_adamw_step: Callable) -> None:
    """each rank keeps the moments of its part of the mean gradient."""
    weights, gradient = torch.randn(SIZE), torch.randn(N, SIZE)
    whole = _one_process(weights, [gradient])[1].chunk(N)
    for rank, (_, mean, _, _) in enumerate(_steps(sharded_adamw_step, weights, [gradient])):
        expect(mean.any(), "mean is still 0 after a step: give mean and mean_square to adamw_step, it changes them")
        expect(
            not torch.allclose(mean, N * whole[rank]),
            f"mean on rank {rank} is {N} times that of one process: reduce_scatter sums over {N} ranks, so divide by "
            "n_ranks. AdamW hides this mistake, because it divides by the size of the gradient",
        )
        expect(
            not torch.allclose(mean, 0.1 * gradient[rank].chunk(N)[rank]),
            f"mean on rank {rank} comes from this rank's gradient alone: the other ranks' batches are not used",
        )
        expect_close(
            mean, whole[rank], f"mean on rank {rank} after one step", f"Rank {rank} keeps part {rank} of {N}."
        )


def check_sharded_weights(sharded_adamw_step: Callable) -> None:
    """every rank gets all new weights."""
    weights, gradient = torch.randn(SIZE), torch.randn(N, SIZE)
    expected, *_ = _one_process(weights, [gradient])
    for rank, (own, *_) in enumerate(_steps(sharded_adamw_step, weights, [gradient])):
        old = [number for number in range(N) if torch.equal(own.chunk(N)[number], weights.chunk(N)[number])]
        expect(not old, f"on rank {rank} the parts {old} of {N} have not moved: collect everybody's with all_gather")
        expect_close(
            own, expected, f"the weights on rank {rank} after one step", "They must equal those of one process."
        )


def check_sharded_training(sharded_adamw_step: Callable) -> None:
    """four steps equal those of one process."""
    weights, gradients = torch.randn(SIZE), [scale * torch.randn(N, SIZE) for scale in (1.0, 0.1, 3.0, 0.5)]
    expected, _, mean_square = _one_process(weights, gradients)
    for rank, (own, _, own_square, _) in enumerate(_steps(sharded_adamw_step, weights, gradients)):
        expect_close(
            own_square,
            mean_square.chunk(N)[rank],
            f"mean_square on rank {rank} after four steps",
            "Pass the same two tensors on from step to step.",
        )
        expect_close(
            own,
            expected,
            f"the weights on rank {rank} after four steps",
            "One step was right, so look at what changes from step to step: the number of the step.",
        )


def check_sharded_traffic(sharded_adamw_step: Callable) -> None:
    """one reduce_scatter and one all_gather."""
    _, _, _, calls = _steps(sharded_adamw_step, torch.randn(SIZE), [torch.randn(N, SIZE)])[0]
    kinds = [call.kind for call in calls]
    expect(
        "all_reduce" not in kinds,
        "all_reduce brought the whole summed gradient to every rank, at twice the traffic: this rank needs its own "
        "part only, from reduce_scatter",
    )
    expect(
        kinds == ["reduce_scatter", "all_gather"],
        f"the calls were {', '.join(kinds)}, expected one reduce_scatter of the gradient and one all_gather of the "
        "new weights",
    )
