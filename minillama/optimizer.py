"""AdamW, its learning-rate schedule and gradient clipping.

Source: Kingma and Ba, 2015, arXiv:1412.6980; Loshchilov and Hutter, 2019, arXiv:1711.05101.
"""

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn


def adamw_step(
    parameter: Tensor,
    gradient: Tensor,
    mean: Tensor,
    mean_square: Tensor,
    step: int,
    learning_rate: float,
    betas: tuple[float, float] = (0.9, 0.95),
    eps: float = 1e-8,
    weight_decay: float = 0.1,
) -> None:
    """Update one parameter in place by AdamW.

    Each number moves by its mean gradient divided by the root of its mean squared gradient: about one
    ``learning_rate``, whatever the size of the gradient. Both means start at 0, so they are too small at first;
    dividing by ``1 - beta ** step`` corrects that. The decay shrinks the parameter directly instead of entering
    the gradient, where the division would cancel it.

    Args:
        parameter: changed in place.
        gradient: gradient of the loss, same shape.
        mean: running mean of the gradient, same shape, zeros before the first step; changed in place.
        mean_square: running mean of the squared gradient, likewise.
        step: number of this update, from 1.
        learning_rate: size of the update.
        betas: how much of the old mean and of the old mean square is kept.
        eps: added to the root, so that a gradient of 0 divides by something.
        weight_decay: share of the parameter, times the learning rate, that is taken away.

    Example:
        >>> weight, mean, square = torch.tensor([1.0]), torch.zeros(1), torch.zeros(1)
        >>> adamw_step(weight, torch.tensor([5.0]), mean, square, step=1, learning_rate=0.1, weight_decay=0.0)
        >>> weight  # the first step is the learning rate, against the sign of the gradient
        tensor([0.9000])

    Source:
        Loshchilov and Hutter, 2019, arXiv:1711.05101, algorithm 2.
    """
    beta1, beta2 = betas
    parameter.mul_(1 - learning_rate * weight_decay)
    mean.mul_(beta1).add_(gradient, alpha=1 - beta1)
    mean_square.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
    corrected_mean = mean / (1 - beta1**step)
    corrected_square = mean_square / (1 - beta2**step)
    parameter.sub_(learning_rate * corrected_mean / (corrected_square.sqrt() + eps))


class AdamW(torch.optim.Optimizer):
    """AdamW from scratch: the readable twin of ``torch.optim.AdamW``.

    The base class keeps the groups, clears gradients, and writes and reads the state.

    Args:
        params: parameters, or groups of them as for any torch optimizer.
        lr: learning rate.
        betas: how much of the old mean and of the old mean square is kept.
        eps: added to the root.
        weight_decay: share of a parameter, times the learning rate, taken away at each step.

    Example:
        >>> weight = nn.Parameter(torch.tensor([1.0]))
        >>> optimizer = AdamW([weight], lr=0.1, weight_decay=0.0)
        >>> (5 * weight).sum().backward()
        >>> optimizer.step()
        >>> weight.data
        tensor([0.9000])

    Source:
        Loshchilov and Hutter, 2019, arXiv:1711.05101, algorithm 2.
    """

    def __init__(
        self,
        params: Iterable[Tensor] | Iterable[dict],
        lr: float,
        betas: tuple[float, float] = (0.9, 0.95),
        eps: float = 1e-8,
        weight_decay: float = 0.1,
    ) -> None:
        _require_settings(lr, betas, eps, weight_decay)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        """Update every parameter that has a gradient."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                if not state:
                    state |= {
                        "step": 0,
                        "mean": torch.zeros_like(parameter),
                        "mean_square": torch.zeros_like(parameter),
                    }
                state["step"] += 1
                adamw_step(
                    parameter, parameter.grad, state["mean"], state["mean_square"], state["step"],
                    group["lr"], group["betas"], group["eps"], group["weight_decay"],
                )  # fmt: skip


def parameter_groups(model: nn.Module, weight_decay: float = 0.1) -> list[dict]:
    """Sort the trainable parameters: matrices decay, gains do not.

    Decay pulls weights toward 0, which is right for matrices; the gain of a norm belongs near 1. A tied matrix
    is one parameter and is listed once. Frozen parameters are left out.

    Args:
        model: holds the parameters.
        weight_decay: for parameters of two or more dimensions.

    Returns:
        Two groups as torch's optimizers take them: with decay and without.

    Example:
        >>> norm_and_matrix = nn.Sequential(nn.RMSNorm(3), nn.Linear(3, 5, bias=False))
        >>> [(len(group["params"]), group["weight_decay"]) for group in parameter_groups(norm_and_matrix)]
        [(1, 0.1), (1, 0.0)]
    """
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    matrices = [parameter for parameter in trainable if parameter.dim() > 1]
    gains = [parameter for parameter in trainable if parameter.dim() <= 1]
    return [{"params": matrices, "weight_decay": weight_decay}, {"params": gains, "weight_decay": 0.0}]


def make_optimizer(
    model: nn.Module,
    learning_rate: float,
    betas: tuple[float, float] = (0.9, 0.95),
    eps: float = 1e-8,
    weight_decay: float = 0.1,
    fused: bool = True,
) -> torch.optim.AdamW:
    """Build torch's AdamW for a model, with the groups of ``parameter_groups``.

    Args:
        model: its trainable parameters are optimized.
        learning_rate: size of the update; ``train`` sets it anew at every step.
        betas: how much of the old mean and of the old mean square is kept.
        eps: added to the root.
        weight_decay: for parameters of two or more dimensions.
        fused: update all parameters in one kernel.

    Raises:
        ValueError: if the model has nothing to train or a setting is out of range.

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.3, for betas and decay.
    """
    _require_settings(learning_rate, betas, eps, weight_decay)
    groups = parameter_groups(model, weight_decay)
    if not any(group["params"] for group in groups):
        raise ValueError("the model has no trainable parameter: call requires_grad_(True) on what is to learn")
    return torch.optim.AdamW(groups, lr=learning_rate, betas=betas, eps=eps, fused=fused)


def learning_rate(step: int, peak: float, n_warmup: int, n_steps: int, final_fraction: float = 0.1) -> float:
    """Return the learning rate of one step: a straight rise, then half a cosine down.

    At the start the means of AdamW rest on few gradients, so large steps would go in poor directions. The last
    warm-up step and the start of the cosine are the peak; the last step of all is ``final_fraction`` of it.

    Args:
        step: number of the step, from 0.
        peak: the highest rate.
        n_warmup: steps of the rise; 0 starts at the top.
        n_steps: steps of the whole run; later steps keep the final rate.
        final_fraction: where the cosine ends, as a share of the peak; LLaMA uses 0.1.

    Returns:
        The rate: positive at every step, but 0 at the last one if ``final_fraction`` is 0.

    Raises:
        ValueError: if the warm-up is negative or longer than the run.

    Example:
        >>> [round(learning_rate(step, peak=1.0, n_warmup=2, n_steps=6), 3) for step in range(6)]
        [0.5, 1.0, 0.868, 0.55, 0.232, 0.1]

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.3; Loshchilov and Hutter, 2017, arXiv:1608.03983.
    """
    if not 0 <= n_warmup <= n_steps:
        raise ValueError(f"n_warmup must lie between 0 and n_steps, got {n_warmup} and {n_steps}: shorten the warm-up")
    n_done = step + 1
    if n_done < n_warmup:
        return peak * n_done / n_warmup
    progress = min(1.0, (n_done - n_warmup) / max(1, n_steps - n_warmup))
    return peak * (final_fraction + (1 - final_fraction) * (1 + math.cos(math.pi * progress)) / 2)


@torch.no_grad()
def clip_gradients(parameters: Iterable[Tensor], max_norm: float) -> float:
    """Shrink all gradients by one factor if together they are longer than allowed.

    One bad batch then cannot throw the weights far. The direction stays.

    Args:
        parameters: those without a gradient are left out.
        max_norm: allowed length of all gradients as one vector; ``math.inf`` only measures.

    Returns:
        The length before clipping. If it is not finite, the gradients are left as they are.

    Raises:
        ValueError: if ``max_norm`` is not positive.

    Example:
        >>> weight = nn.Parameter(torch.zeros(2))
        >>> weight.grad = torch.tensor([3.0, 4.0])
        >>> clip_gradients([weight], max_norm=1.0), weight.grad
        (5.0, tensor([0.6000, 0.8000]))

    Source:
        Pascanu et al., 2013, arXiv:1211.5063, algorithm 1.
    """
    if not max_norm > 0:
        raise ValueError(f"max_norm must be positive, got {max_norm}: use math.inf to measure without clipping")
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    if not gradients:
        return 0.0
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm().item()
    if max_norm < norm < math.inf:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm


def _require_settings(learning_rate: float, betas: tuple[float, float], eps: float, weight_decay: float) -> None:
    """Refuse settings out of range."""
    if not (learning_rate >= 0 and eps > 0 and weight_decay >= 0 and all(0 <= beta < 1 for beta in betas)):
        raise ValueError(
            "AdamW needs a learning rate and decay of 0 or more, a positive eps and betas from 0 to below 1; "
            f"got {learning_rate}, {weight_decay}, {eps} and {betas}"
        )
