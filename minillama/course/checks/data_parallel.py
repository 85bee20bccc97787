"""Checks of chapter 11: averaging gradients over ranks, and one step of data-parallel training."""

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn

from ...loss import IGNORE, next_token_loss
from ..checking import Wrong, expect, expect_close
from ..threads import RanksDisagree, on_ranks

COUNTS = (10, 2, 5)
RATE = 0.5


def _models(n: int) -> list[nn.Module]:
    """Copies of one model, each with gradients of its own."""
    model = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2, bias=False))
    models = [copy.deepcopy(model) for _ in range(n)]
    for one in models:
        for weight in one.parameters():
            weight.grad = torch.randn_like(weight)
    return models


def _average(average_gradients: Callable, models: list[nn.Module], counts: tuple[int, ...]) -> None:
    on_ranks(len(models), lambda peers: average_gradients(models[peers.rank], counts[peers.rank], peers.all_reduce))


def _weighted(gradients: list[Tensor], counts: tuple[int, ...]) -> Tensor:
    return sum(count * gradient for count, gradient in zip(counts, gradients, strict=True)) / sum(counts)


def check_average_alone(average_gradients: Callable) -> None:
    """a rank alone keeps its gradients."""
    (model,) = _models(1)
    before = [weight.grad.clone() for weight in model.parameters()]
    _average(average_gradients, [model], (7,))
    for weight, gradient in zip(model.parameters(), before, strict=True):
        expect_close(
            weight.grad, gradient, "the gradient of one rank alone", "Divide by the number of all targets at the end."
        )


def check_average_weighted(average_gradients: Callable) -> None:
    """every target counts the same."""
    models = _models(3)
    before = [[weight.grad.clone() for weight in model.parameters()] for model in models]
    _average(average_gradients, models, COUNTS)
    for rank, model in enumerate(models):
        for number, weight in enumerate(model.parameters()):
            gradients = [gradient[number] for gradient in before]
            what = f"rank {rank}, with {COUNTS[rank]} of 10 + 2 + 5 targets: the gradient"
            expect(
                not torch.equal(weight.grad, gradients[rank]), f"{what} is that of this rank alone: put the sum back"
            )
            expect(
                not torch.allclose(weight.grad, sum(gradients) / 3, atol=1e-5),
                f"{what} is the plain mean over ranks: the 2 targets of rank 1 count five times as much each as "
                "the 10 of rank 0",
            )
            expect_close(
                weight.grad,
                _weighted(gradients, COUNTS),
                what,
                "Multiply by this rank's number of targets, sum over the ranks, divide by the number of all targets.",
            )


def check_average_missing(average_gradients: Callable) -> None:
    """a missing gradient counts as zeros."""
    models = _models(3)
    models[1][1].weight.grad = None
    gradients = [torch.zeros(2, 4) if model[1].weight.grad is None else model[1].weight.grad for model in models]
    gradients = [gradient.clone() for gradient in gradients]
    try:
        _average(average_gradients, models, COUNTS)
    except RanksDisagree as error:
        raise Wrong(
            f"rank 1 has no gradient for one parameter: {error}. It must send zeros, or the others wait for ever"
        ) from error
    for model in models:
        expect(model[1].weight.grad is not None, "a parameter without a gradient on one rank got none from the others")
        expect_close(
            model[1].weight.grad,
            _weighted(gradients, COUNTS),
            "the gradient of a parameter that has none on rank 1",
            "A missing gradient counts as zeros, and its rank's targets count.",
        )


def check_average_frozen(average_gradients: Callable) -> None:
    """frozen parameters stay without gradients."""
    models = _models(2)
    for model in models:
        model[1].requires_grad_(False).zero_grad()
    _average(average_gradients, models, (3, 3))
    expect(
        models[0][1].weight.grad is None,
        "a frozen parameter got a gradient: leave out those whose requires_grad is False",
    )


def _batches() -> list[tuple[Tensor, Tensor]]:
    """Three batches with 10, 2 and 5 targets that are learned."""
    batches = []
    for count in COUNTS:
        tokens, targets = torch.randint(7, (2, 5)), torch.randint(7, (2, 5))
        targets.view(-1)[count:] = IGNORE
        batches.append((tokens, targets))
    return batches


def _gradients(model: nn.Embedding, batches: list[tuple[Tensor, Tensor]]) -> list[Tensor]:
    losses = [next_token_loss(model(tokens), targets) for tokens, targets in batches]
    return [torch.autograd.grad(loss, model.weight)[0] for loss in losses]


class _Descent:
    """Plain descent: an optimizer without a state."""

    def __init__(self, model: nn.Module) -> None:
        self.weights = list(model.parameters())

    @torch.no_grad()
    def step(self) -> None:
        """Descend."""
        for weight in self.weights:
            if weight.grad is not None:
                weight -= RATE * weight.grad


def _stepped(
    parallel_step: Callable, model: nn.Embedding, batches: list[tuple[Tensor, Tensor]], max_norm: float
) -> list[tuple[Tensor, object]]:
    """Each rank's weights after one step, and what the step returned."""

    def run(peers: object) -> tuple[Tensor, object]:
        own = copy.deepcopy(model)
        norm = parallel_step(own, _Descent(own), *batches[peers.rank], max_norm, peers)
        return own.weight.detach(), norm

    return on_ranks(len(batches), run)


def _clipped(gradient: Tensor, max_norm: float) -> Tensor:
    return gradient * min(1.0, max_norm / gradient.norm().item())


def check_step_equals_one_process(parallel_step: Callable) -> None:
    """three ranks with a part of the batch each equal one process with all of it."""
    model, batches, limit = nn.Embedding(7, 7), _batches(), 0.1
    gradients = _gradients(model, batches)
    whole = _weighted(gradients, COUNTS)
    other = {
        "each rank clipped its own gradient before they were averaged; clip the average": _weighted(
            [_clipped(gradient, limit) for gradient in gradients], COUNTS
        ),
        "the ranks counted alike although they have 10, 2 and 5 targets": _clipped(sum(gradients) / 3, limit),
        "the gradient was not clipped": whole,
        "the limit was divided by the number of ranks": _clipped(whole, limit / 3),
        "it took the gradient of its own batch alone": _clipped(gradients[0], limit),
        "the weights moved before the gradients were averaged": gradients[0],
        "the weights did not move, so call optimizer.step()": torch.zeros_like(whole),
    }
    (weights, _), *_ = _stepped(parallel_step, model, batches, limit)
    moved = (model.weight.detach() - weights) / RATE
    causes = [cause for cause, gradient in other.items() if torch.allclose(moved, gradient, atol=1e-5)]
    cause = causes[0] if causes else "the gradient of the whole batch, clipped to max_norm, times the learning rate"
    expect(
        torch.allclose(moved, _clipped(whole, limit), atol=1e-5),
        "after one step the weights of three ranks differ from those of one process that sees their batches as one: "
        f"{cause}",
    )


def check_step_length(parallel_step: Callable) -> None:
    """the length of the whole gradient on every rank."""
    model, batches = nn.Embedding(7, 7), _batches()
    expected = _weighted(_gradients(model, batches), COUNTS).norm().item()
    for rank, (_, norm) in enumerate(_stepped(parallel_step, model, batches, 0.1)):
        expect(isinstance(norm, float), f"the step returned a {type(norm).__name__}: return the length before clipping")
        expect(
            abs(norm - expected) < 1e-5,
            f"the length on rank {rank} is {norm:.4f}, the gradient of the whole batch has {expected:.4f} before "
            "clipping: it must be measured on the averaged gradient, and before it is shortened",
        )


def check_step_replicas(parallel_step: Callable) -> None:
    """all ranks end with the same weights."""
    results = _stepped(parallel_step, nn.Embedding(7, 7), _batches(), 1e9)
    for rank, (weights, _) in enumerate(results):
        expect(
            torch.equal(weights, results[0][0]),
            f"after one step rank {rank} has other weights than rank 0: they drift apart from here on, because each "
            "follows a gradient of its own",
        )
