"""Plausible wrong answers to the exercises of chapter 08, part one: AdamW, and which weights decay."""

import torch

from . import mutant

BETAS = (0.9, 0.95)


def _update(parameter, gradient, mean, square, step, rate, betas, eps, decay):
    """The right one, to build wrong ones with."""
    parameter.mul_(1 - rate * decay)
    mean.mul_(betas[0]).add_(gradient, alpha=1 - betas[0])
    square.mul_(betas[1]).addcmul_(gradient, gradient, value=1 - betas[1])
    root = (square / (1 - betas[1] ** step)).sqrt() + eps
    parameter.sub_(rate * mean / (1 - betas[0] ** step) / root)


@mutant("optimizer.parameter_groups", "anything that can be read only once")
def groups_that_can_be_read_once(model, weight_decay=0.1):
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    return [
        {"params": (weight for weight in weights if weight.dim() > 1), "weight_decay": weight_decay},
        {"params": (weight for weight in weights if weight.dim() <= 1), "weight_decay": 0.0},
    ]


@mutant("optimizer.adamw_step", "parameter is as before")
def makes_a_new_parameter(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    new = parameter.clone()
    _update(new, gradient, mean, mean_square, step, learning_rate, betas, eps, weight_decay)
    parameter = new


@mutant("optimizer.adamw_step", "mean is as before")
def forgets_to_store_the_means(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    _update(parameter, gradient, mean.clone(), mean_square.clone(), step, learning_rate, betas, eps, weight_decay)


@mutant("optimizer.adamw_step", "beta1 of the old mean")
def adds_the_whole_gradient(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    mean.mul_(betas[0]).add_(gradient, alpha=betas[0])
    _update(parameter, gradient, mean, mean_square, step, learning_rate, betas, eps, weight_decay)


@mutant("optimizer.adamw_step", "1 - beta2 of the squared gradient")
def mean_square_with_beta1(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    betas = (betas[0], betas[0])
    _update(parameter, gradient, mean, mean_square, step, learning_rate, betas, eps, weight_decay)


@mutant("optimizer.adamw_step", "What is stored stays uncorrected")
def stores_the_corrected_mean(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    _update(parameter, gradient, mean, mean_square, step, learning_rate, betas, eps, weight_decay)
    mean.div_(1 - betas[0] ** step)


@mutant("optimizer.adamw_step", "began at 0")
def does_not_correct(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    _update(parameter, gradient, mean, mean_square, 10**6, learning_rate, betas, eps, weight_decay)


@mutant("optimizer.adamw_step", "against the gradient")
def climbs(parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1):
    before = parameter.clone()
    _update(parameter, gradient, mean, mean_square, step, learning_rate, betas, eps, 0.0)
    parameter.copy_(2 * before - parameter)


@mutant("optimizer.adamw_step", "division cancels it")
def couples_the_decay(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    gradient = gradient + weight_decay * parameter
    _update(parameter, gradient, mean, mean_square, step, learning_rate, betas, eps, 0.0)


@mutant("optimizer.adamw_step", "3 percent")
def decays_without_the_rate(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    parameter.mul_(1 - weight_decay)
    _update(parameter, gradient, mean, mean_square, step, learning_rate, betas, eps, 0.0)


@mutant("optimizer.adamw_step", "after taking the root")
def eps_under_the_root(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    parameter.mul_(1 - learning_rate * weight_decay)
    mean.mul_(betas[0]).add_(gradient, alpha=1 - betas[0])
    mean_square.mul_(betas[1]).addcmul_(gradient, gradient, value=1 - betas[1])
    root = (mean_square / (1 - betas[1] ** step) + eps).sqrt()
    parameter.sub_(learning_rate * mean / (1 - betas[0] ** step) / root)


@mutant("optimizer.adamw_step", "this step's number")
def corrects_the_first_step_only(
    parameter, gradient, mean, mean_square, step, learning_rate, betas=BETAS, eps=1e-8, weight_decay=0.1
):
    _update(parameter, gradient, mean, mean_square, 1, learning_rate, betas, eps, weight_decay)


def _groups(decayed, others, weight_decay):
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": others, "weight_decay": 0.0}]


@mutant("optimizer.parameter_groups", "there are 1 groups")
def everything_decays_alike(model, weight_decay=0.1):
    return [{"params": list(model.parameters()), "weight_decay": weight_decay}]


@mutant("optimizer.parameter_groups", "a tuple was returned")
def returns_two_lists(model, weight_decay=0.1):
    return [p for p in model.parameters() if p.dim() > 1], [p for p in model.parameters() if p.dim() < 2]


@mutant("optimizer.parameter_groups", "use the argument")
def ignores_the_argument(model, weight_decay=0.1):
    parameters = list(model.parameters())
    return _groups([p for p in parameters if p.dim() > 1], [p for p in parameters if p.dim() < 2], 0.1)


@mutant("optimizer.parameter_groups", "not by the name")
def looks_for_norm_in_the_name(model, weight_decay=0.1):
    named = list(model.named_parameters())
    plain = [p for name, p in named if "norm" in name or "bias" in name]
    return _groups([p for name, p in named if "norm" not in name and "bias" not in name], plain, weight_decay)


@mutant("optimizer.parameter_groups", "the embedding too")
def spares_the_embedding(model, weight_decay=0.1):
    spared = {id(m.weight) for m in model.modules() if isinstance(m, torch.nn.Embedding)}
    parameters = list(model.parameters())
    decayed = [p for p in parameters if p.dim() > 1 and id(p) not in spared]
    return _groups(decayed, [p for p in parameters if p.dim() < 2 or id(p) in spared], weight_decay)


@mutant("optimizer.parameter_groups", "requires_grad")
def takes_the_frozen(model, weight_decay=0.1):
    parameters = list(model.parameters())
    return _groups([p for p in parameters if p.dim() > 1], [p for p in parameters if p.dim() < 2], weight_decay)


@mutant("optimizer.parameter_groups", "never learn")
def loses_the_gains(model, weight_decay=0.1):
    return _groups([p for p in model.parameters() if p.dim() > 1 and p.requires_grad], [], weight_decay)


@mutant("optimizer.parameter_groups", "updated once")
def takes_the_tied_twice(model, weight_decay=0.1):
    parameters = [p for m in model.modules() for p in m.parameters(recurse=False) if p.requires_grad]
    return _groups([p for p in parameters if p.dim() > 1], [p for p in parameters if p.dim() < 2], weight_decay)
