"""Checks of chapter 08, part two: accumulation with a bug to find, and one whole step of training."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from ...loss import IGNORE, next_token_loss
from ..checking import expect, expect_close

Batch = tuple[Tensor, Tensor]


def _bigram() -> nn.Embedding:
    """The smallest language model: the row of a token holds the scores of the next."""
    return nn.Embedding(7, 7)


def _batches() -> list[Batch]:
    """Three batches of one shape, with 10, 2 and 5 targets to learn."""
    batches = []
    for n_learned in (10, 2, 5):
        targets = torch.randint(7, (2, 5))
        targets.view(-1)[n_learned:] = IGNORE
        batches.append((torch.randint(7, (2, 5)), targets))
    return batches


def _as_one(group: list[Batch]) -> Batch:
    """The same rows as one large batch."""
    return torch.cat([tokens for tokens, _ in group]), torch.cat([targets for _, targets in group])


def check_accumulated_gradient(accumulate_gradients: Callable) -> None:
    """the gradient of the large batch."""
    model, group = _bigram(), _batches()
    tokens, targets = _as_one(group)
    (expected,) = torch.autograd.grad(next_token_loss(model(tokens), targets), model.weight)
    accumulate_gradients(model, group)
    expect(
        model.weight.grad is not None, "there is no gradient: call backward for every batch, and keep what it leaves"
    )
    ratio = (model.weight.grad.norm() / expected.norm()).item()
    expect_close(
        model.weight.grad,
        expected,
        "the gradient of three batches with 10, 2 and 5 targets",
        f"It is {ratio:.2f} times as long as that of one batch with all 17: every target must count the same, so a "
        "batch counts by the number of its targets that are learned.",
    )


def check_accumulated_loss(accumulate_gradients: Callable) -> None:
    """the mean loss over all targets."""
    model, group = _bigram(), _batches()
    expected = next_token_loss(model(_as_one(group)[0]), _as_one(group)[1]).item()
    observed = accumulate_gradients(model, group)
    expect(
        isinstance(observed, float),
        f"the loss came back as a {type(observed).__name__}: return a number, with `.item()`",
    )
    expect(
        abs(observed - expected) < 1e-5,
        f"the loss of the group came back as {observed:.4f}, expected {expected:.4f}: the mean over all targets that "
        "are learned",
    )


def check_accumulation_adds(accumulate_gradients: Callable) -> None:
    """gradients are added to those that are there; the weights stay."""
    model, group = _bigram(), _batches()
    before = model.weight.detach().clone()
    accumulate_gradients(model, group)
    once = model.weight.grad.clone()
    accumulate_gradients(model, group)
    expect_close(
        model.weight.grad,
        2 * once,
        "the gradient after two groups without zero_grad",
        "Only add here: whoever calls this function decides when gradients are forgotten.",
    )
    expect(torch.equal(model.weight, before), "the weights changed: this function only collects gradients")


class _Watched:
    """Plain descent that notes the rate and the length of the gradient at each step.

    Like the optimizer of the chapter it has groups and a step, and nothing else.
    """

    def __init__(self, model: nn.Module) -> None:
        self.param_groups = [{"params": list(model.parameters()), "lr": 99.0}]
        self.rates: list[float] = []
        self.norms: list[float] = []

    @torch.no_grad()
    def step(self) -> None:
        """Note and descend."""
        rate, (weight,) = self.param_groups[0]["lr"], self.param_groups[0]["params"]
        self.rates.append(rate)
        self.norms.append(0.0 if weight.grad is None else float(weight.grad.norm()))
        if weight.grad is not None:
            weight -= rate * weight.grad


def _setting() -> tuple[nn.Embedding, _Watched, Batch]:
    model = _bigram()
    return model, _Watched(model), (torch.randint(7, (2, 5)), torch.randint(7, (2, 5)))


def check_step_learns(train_step: Callable) -> None:
    """one step of the optimizer along the gradient."""
    model, optimizer, batch = _setting()
    loss = next_token_loss(model(batch[0]), batch[1])
    (gradient,) = torch.autograd.grad(loss, model.weight)
    expected = model.weight.detach() - 0.5 * gradient
    train_step(model, optimizer, *batch, 0.5, clip_norm=1e9)
    expect(
        len(optimizer.norms) == 1,
        f"optimizer.step() was called {len(optimizer.norms)} times in one step, expected once",
    )
    expect(
        optimizer.norms[0] > 0,
        "there was no gradient when optimizer.step() ran: first backward(), then step(), and zero_grad() not between",
    )
    if optimizer.rates[0] == 0.5:
        expect_close(model.weight, expected, "the weights after one step of plain descent", "Is the loss this batch's?")


def check_step_result(train_step: Callable) -> None:
    """loss and length as numbers, from before the update."""
    model, optimizer, batch = _setting()
    loss = next_token_loss(model(batch[0]), batch[1])
    (gradient,) = torch.autograd.grad(loss, model.weight)
    result = train_step(model, optimizer, *batch, 0.5, clip_norm=0.01)
    expect(
        isinstance(result, tuple) and len(result) == 2, f"got {result!r}: return two values, the loss and the length"
    )
    expect(
        all(isinstance(value, float) for value in result),
        f"the values are {[type(value).__name__ for value in result]}, expected two floats: a loss kept as a tensor "
        "keeps the memory of its whole step. Use `.item()`",
    )
    expect(abs(result[0] - loss.item()) < 1e-5, f"the loss is {result[0]:.4f}, before the update it was {loss:.4f}")
    expect(
        abs(result[1] - gradient.norm().item()) < 1e-5,
        f"the length is {result[1]:.4f}, before clipping it was {gradient.norm():.4f}: clip_gradients returns it",
    )


def check_step_forgets(train_step: Callable) -> None:
    """gradients of the step before are forgotten."""
    model, optimizer, batch = _setting()
    train_step(model, optimizer, *batch, 0.0, clip_norm=1e9)
    train_step(model, optimizer, *batch, 0.0, clip_norm=1e9)
    first, second = optimizer.norms[:2]
    expect(
        abs(first - second) < 1e-5,
        f"the same batch gave a gradient of length {first:.3f}, then {second:.3f}: backward() adds to what is there, "
        "so forget the old gradients with zero_grad() before it",
    )


def check_step_rate(train_step: Callable) -> None:
    """the rate reaches every group of the optimizer."""
    model, optimizer, batch = _setting()
    optimizer.param_groups.append({"params": [nn.Parameter(torch.zeros(2))], "lr": 99.0})
    train_step(model, optimizer, *batch, 0.25, clip_norm=1e9)
    expect(
        optimizer.rates == [0.25],
        f"the optimizer stepped with a rate of {optimizer.rates[0]:g}, expected 0.25: put it into the groups "
        "before the step",
    )
    second = optimizer.param_groups[1]["lr"]
    expect(second == 0.25, f"the second group has a rate of {second:g}, expected 0.25: go through all groups")


def check_step_clips(train_step: Callable) -> None:
    """the gradient is clipped before the step."""
    model, optimizer, batch = _setting()
    train_step(model, optimizer, *batch, 0.1, clip_norm=0.01)
    expect(
        abs(optimizer.norms[0] - 0.01) < 1e-5,
        f"the gradient had a length of {optimizer.norms[0]:.3f} when the optimizer stepped, allowed was 0.01: clip "
        "after backward() and before step()",
    )
