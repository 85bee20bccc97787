"""Checks of chapter 11: an operator whose backward pass communicates, and SwiGLU on several ranks."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from ..checking import Wrong, expect, expect_close, expect_shape
from ..threads import ThreadPeers, on_ranks

NAMES = ("x", "gate", "up", "down")


def check_gradients_forward(sum_gradients: Callable) -> None:
    """forward nothing happens."""

    def run(peers: ThreadPeers) -> tuple[Tensor, list]:
        return sum_gradients(torch.full((2, 3), 5.0, requires_grad=True), peers), peers.calls

    for result, calls in on_ranks(2, run):
        expect_shape(result, (2, 3), "the result for x of shape (2, 3)")
        expect(not calls, f"{calls[0].kind if calls else ''} was called on the way forward: x is whole on every rank")
        expect_close(result, torch.full((2, 3), 5.0), "the result", "It is x itself.")


def check_gradients_summed(sum_gradients: Callable) -> None:
    """backward the gradients of all ranks are summed."""

    def run(peers: ThreadPeers) -> Tensor | None:
        x = torch.ones(2, 3, requires_grad=True)
        result = sum_gradients(x, peers)
        expect(result.requires_grad, "the result is cut off from x: no gradient can flow back")
        (10.0**peers.rank * result).sum().backward()
        return x.grad

    for rank, gradient in enumerate(on_ranks(3, run)):
        expect(gradient is not None, "x got no gradient: backward must return that of x")
        own = int(gradient[0, 0])
        expect(
            own != 10**rank,
            f"the ranks bring gradients of 1, 10 and 100, and on rank {rank} x got {own}, its own alone: all-reduce "
            "the gradient in backward, and return the sum",
        )
        expect_close(
            gradient,
            torch.full((2, 3), 111.0),
            f"gradients of 1, 10 and 100 on three ranks: that of x on rank {rank}",
            "A digit counts how often a rank was added.",
        )


def check_gradients_kept(sum_gradients: Callable) -> None:
    """the gradient that comes in is not changed."""

    def run(peers: ThreadPeers) -> Tensor:
        x, incoming = torch.ones(4, requires_grad=True), torch.ones(4)
        sum_gradients(x, peers).backward(incoming)
        return incoming

    for incoming in on_ranks(2, run):
        expect(
            torch.equal(incoming, torch.ones(4)),
            f"the gradient that came in was 1 and is {incoming[0]:.0f} now: other parts of the graph may use the same "
            "tensor, so sum up a copy, `grad.clone()`",
        )


def _tensors() -> dict[str, Tensor]:
    """x (2, 3, 4) and the matrices of a layer with 10 hidden units."""
    shapes = {"x": (2, 3, 4), "gate": (10, 4), "up": (10, 4), "down": (4, 10)}
    return {name: torch.randn(shape) for name, shape in shapes.items()}


def _run(layer: Callable[..., Tensor], tensors: dict[str, Tensor]) -> dict[str, Tensor | None]:
    """Output of a layer and the gradients of a loss that weighs each output differently."""
    own = {name: tensor.clone().requires_grad_() for name, tensor in tensors.items()}
    output = layer(*own.values())
    expect_shape(output, (2, 3, 4), "the result for x of shape (2, 3, 4)")
    expect(output.requires_grad, "the result is cut off from its inputs: no gradient can flow back")
    (output * torch.arange(24.0).view(2, 3, 4)).sum().backward()
    return {"output": output.detach(), **{name: tensor.grad for name, tensor in own.items()}}


def _compare(parallel_swiglu: Callable) -> tuple[dict[str, Tensor], list[dict[str, Tensor | None]]]:
    """What one process gets, and what each of two ranks gets."""
    tensors = _tensors()
    whole = _run(lambda x, gate, up, down: F.linear(F.silu(F.linear(x, gate)) * F.linear(x, up), down), tensors)
    try:
        return whole, on_ranks(2, lambda peers: _run(lambda *own: parallel_swiglu(*own, peers), tensors))
    except RuntimeError as error:
        if "shapes" not in str(error) and "size" not in str(error):
            raise
        raise Wrong(
            f"the parts do not fit together ({error}): gate and up (F, C) are cut along dimension 0, down (C, F) "
            "along dimension 1, because F is what the ranks divide"
        ) from error


def check_swiglu_forward(parallel_swiglu: Callable) -> None:
    """the result of one process, on every rank."""
    whole, ranks = _compare(parallel_swiglu)
    for rank, own in enumerate(ranks):
        missing = ranks[0]["output"] + ranks[1]["output"] - whole["output"]
        expect(
            not torch.allclose(missing, torch.zeros(()), atol=1e-4),
            f"the result on rank {rank} is its own share; those of both ranks together are right: sum them over the "
            "ranks at the end",
        )
        expect_close(
            own["output"],
            whole["output"],
            f"parallel_swiglu on rank {rank} of 2",
            "silu must see whole hidden values: cut gate and up along F, so that each rank computes some units "
            "completely, and sum only after down.",
        )


def check_swiglu_input(parallel_swiglu: Callable) -> None:
    """the gradient of x is whole."""
    whole, ranks = _compare(parallel_swiglu)
    for rank, own in enumerate(ranks):
        expect(own["x"] is not None, "x got no gradient")
        shares = ranks[0]["x"] + ranks[1]["x"]
        expect(
            not torch.allclose(shares, whole["x"], rtol=1e-3, atol=1e-3),
            f"the gradient of x on rank {rank} comes from its own hidden units only: open the parallel region with "
            "sum_gradients, or the layers before learn something else on every rank",
        )
        _expect_gradient(own["x"], whole["x"], f"the gradient of x on rank {rank}")


def check_swiglu_matrices(parallel_swiglu: Callable) -> None:
    """each rank's part of the matrices has the right gradient."""
    whole, ranks = _compare(parallel_swiglu)
    for rank, own in enumerate(ranks):
        for name in NAMES[1:]:
            dim = 1 if name == "down" else 0
            expect(own[name] is not None, f"{name} got no gradient on rank {rank}")
            parts, expected = own[name].chunk(2, dim), whole[name].chunk(2, dim)
            expect(
                not parts[1 - rank].any(),
                f"rank {rank} used a part of {name} that is not its own: rank r takes part r along dimension {dim}",
            )
            _expect_gradient(parts[rank], expected[rank], f"the gradient of {name} on rank {rank}")


def _expect_gradient(actual: Tensor, expected: Tensor, what: str) -> None:
    """Compare, and notice a gradient that was summed once too often."""
    expect(
        not torch.allclose(actual, 2 * expected, rtol=1e-3, atol=1e-3),
        f"{what} is twice that of one process: it was summed over the two ranks once too often. The sum that closes "
        "the region passes its gradient unchanged",
    )
    expect_close(actual, expected, what, "It must be that of one process.", rtol=1e-3, atol=1e-3)
