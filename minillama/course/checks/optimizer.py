"""Checks of chapter 08, part one: AdamW, and which weights decay."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from ..checking import expect, expect_close

Step = Callable[..., None]


def _take_step(adamw_step: Step, weight: float, gradient: float, **settings: float) -> tuple[Tensor, Tensor, Tensor]:
    """Run the first update of one number; return it with its two means."""
    state = torch.tensor([weight]), torch.zeros(1), torch.zeros(1)
    adamw_step(state[0], torch.tensor([gradient]), state[1], state[2], step=1, **settings)
    return state


def check_step_in_place(adamw_step: Step) -> None:
    """tensors are changed in place, the gradient is not."""
    names = ("parameter", "gradient", "mean", "mean_square")
    before = torch.randn(3), torch.randn(3), torch.randn(3), torch.rand(3)
    after = [tensor.clone() for tensor in before]
    adamw_step(*after, step=2, learning_rate=0.1)
    same = {name: torch.equal(old, new) for name, old, new in zip(names, before, after, strict=True)}
    for name in ("parameter", "mean", "mean_square"):
        expect(
            not same[name],
            f"{name} is as before: change the tensor itself, with methods that end in _; `{name} = ...` only gives "
            "the name to a new tensor",
        )
    expect(same["gradient"], "the gradient was changed: only parameter, mean and mean_square may be")


def check_step_means(adamw_step: Step) -> None:
    """both running means after one step."""
    _, mean, square = _take_step(adamw_step, 1.0, 5.0, learning_rate=0.1, betas=(0.9, 0.6), weight_decay=0.0)
    expect_close(
        mean,
        torch.tensor([0.5]),
        "mean after one step with gradient 5 and betas (0.9, 0.6)",
        "Keep beta1 of the old mean and add 1 - beta1 of the gradient. What is stored stays uncorrected.",
    )
    expect_close(
        square,
        torch.tensor([10.0]),
        "mean_square after one step with gradient 5 and betas (0.9, 0.6)",
        "Keep beta2 of the old one and add 1 - beta2 of the squared gradient. What is stored stays uncorrected.",
    )


def check_step_correction(adamw_step: Step) -> None:
    """the first step is one learning rate long."""
    weight = _take_step(adamw_step, 1.0, 5.0, learning_rate=0.1, weight_decay=0.0)[0]
    expect_close(
        weight,
        torch.tensor([0.9]),
        "weight 1 after one step with gradient 5 and learning rate 0.1",
        "Both means began at 0 and are too small: divide each by 1 - beta**step before the division, and go against "
        "the gradient.",
    )


def check_step_decay(adamw_step: Step) -> None:
    """decay acts on the weight, apart from the gradient."""
    weight, _, square = _take_step(adamw_step, 2.0, 0.0, learning_rate=0.1, weight_decay=0.3)
    expect(
        square.item() == 0,
        "with a gradient of 0 the mean_square is not 0: decay went into the gradient, where the division cancels it. "
        "Shrink the parameter directly",
    )
    expect_close(
        weight,
        torch.tensor([1.94]),
        "weight 2 after a step with gradient 0, learning rate 0.1 and weight_decay 0.3",
        "The weight loses learning_rate * weight_decay of itself: 3 percent.",
    )


def check_step_eps(adamw_step: Step) -> None:
    """eps is added to the root."""
    weight = _take_step(adamw_step, 1.0, 0.01, learning_rate=0.1, eps=0.01, weight_decay=0.0)[0]
    expect_close(
        weight,
        torch.tensor([0.95]),
        "weight 1 after one step with gradient 0.01, eps 0.01 and learning rate 0.1",
        "Add eps after taking the root, to the corrected one: 0.1 * 0.01 / (0.01 + 0.01).",
    )


def check_step_like_torch(adamw_step: Step) -> None:
    """100 steps equal torch.optim.AdamW."""
    theirs = nn.Parameter(torch.randn(4, 3))
    ours, mean, square = theirs.detach().clone(), torch.zeros(4, 3), torch.zeros(4, 3)
    optimizer = torch.optim.AdamW([theirs], lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.2)
    for step in range(1, 101):
        theirs.grad = torch.randn(4, 3) * (1 + step % 3)
        optimizer.step()
        adamw_step(ours, theirs.grad, mean, square, step, 0.01, (0.8, 0.95), 1e-6, 0.2)
        if step in (1, 2, 100):
            expect_close(
                ours,
                theirs,
                f"the weights after {step} step(s)",
                "Decay first, then update both means, then correct both with this step's number.",
                atol=1e-6,
            )


class _Small(nn.Module):
    """A model with a tied matrix, a bias and two gains; its names say nothing about what they are."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Embedding(7, 4)
        self.b = nn.RMSNorm(4)
        self.c = nn.Linear(4, 4)
        self.d = nn.LayerNorm(4, bias=False)
        self.e = nn.Linear(4, 7, bias=False)
        self.e.weight = self.a.weight


def _names(model: nn.Module, group: dict) -> list[str]:
    """The names of the parameters in a group, sorted."""
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    return sorted(names.get(id(parameter), "(unknown)") for parameter in group["params"])


def check_groups_shape(parameter_groups: Callable) -> None:
    """two groups, the first with decay."""
    groups = parameter_groups(_Small(), 0.3)
    expect(isinstance(groups, list), f"a {type(groups).__name__} was returned: return a list of two dictionaries")
    expect(len(groups) == 2, f"there are {len(groups)} groups, expected 2: those that decay, then those that do not")
    kinds = [type(group.get("params")).__name__ for group in groups]
    expect(
        kinds == ["list", "list"],
        f"the parameters of the groups come as {' and '.join(kinds)}, expected two lists: an optimizer goes through "
        "them at every step, and anything that can be read only once is empty at the second",
    )
    decay = [group.get("weight_decay") for group in groups]
    expect(decay == [0.3, 0.0], f"the groups decay by {decay}, expected [0.3, 0.0]: use the argument, matrices first")


def check_groups_members(parameter_groups: Callable) -> None:
    """matrices decay, gains and biases do not."""
    model = _Small()
    first, second = (_names(model, group) for group in parameter_groups(model, 0.3))
    expect(
        not {"b.weight", "c.bias", "d.weight"} & set(first),
        f"among those that decay are {first}: a gain belongs near 1 and must not be pulled toward 0. Decide by the "
        "number of dimensions, not by the name",
    )
    expect(
        not {"a.weight", "c.weight"} & set(second),
        f"among those that do not decay are {second}: every matrix decays, the embedding too",
    )


def check_groups_frozen(parameter_groups: Callable) -> None:
    """frozen parameters are left out."""
    model = _Small()
    model.c.requires_grad_(False)
    names = [name for group in parameter_groups(model, 0.3) for name in _names(model, group)]
    expect("c.weight" not in names and "c.bias" not in names, "a frozen parameter is in a group: check requires_grad")


def check_groups_complete(parameter_groups: Callable) -> None:
    """every parameter is in one group, once."""
    model = _Small()
    found = sorted(name for group in parameter_groups(model, 0.3) for name in _names(model, group))
    expected = sorted(name for name, _ in model.named_parameters())
    missing, twice = sorted(set(expected) - set(found)), sorted({name for name in found if found.count(name) > 1})
    expect(not missing, f"{missing} are in no group, so they would never learn: sort all of model.parameters()")
    expect(not twice, f"{twice} are there more than once: a tied matrix is one parameter and is updated once")
