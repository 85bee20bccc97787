"""Plausible wrong answers to the exercises of chapter 11 on data parallelism."""

import torch

from minillama.loss import IGNORE, next_token_loss
from minillama.optimizer import clip_gradients
from minillama.parallel.data import average_gradients

from . import mutant

AVERAGE, STEP = "data_parallel.average_gradients", "data_parallel.parallel_step"


def _average(model, n_targets, all_reduce, divide=None, weights=None):
    weights = [weight for weight in model.parameters() if weight.requires_grad] if weights is None else weights
    total = torch.tensor([float(n_targets)])
    all_reduce(total)
    for weight in weights:
        gradient = torch.zeros_like(weight) if weight.grad is None else weight.grad * n_targets
        all_reduce(gradient)
        weight.grad = gradient / (total if divide is None else divide)


@mutant(AVERAGE, "the plain mean over ranks")
def mean_over_ranks(model, n_targets, all_reduce):
    one = torch.ones(1)
    all_reduce(one)
    for weight in model.parameters():
        if weight.requires_grad:
            weight.grad = torch.zeros_like(weight) if weight.grad is None else weight.grad
            all_reduce(weight.grad)
            weight.grad /= one


@mutant(AVERAGE, "Divide by the number of all targets")
def forgets_to_divide(model, n_targets, all_reduce):
    _average(model, n_targets, all_reduce, divide=1.0)


@mutant(AVERAGE, "divide by the number of all targets")
def divides_by_its_own_number(model, n_targets, all_reduce):
    _average(model, n_targets, all_reduce, divide=n_targets)


@mutant(AVERAGE, "that of this rank alone")
def drops_the_sum(model, n_targets, all_reduce):
    for weight in model.parameters():
        if weight.requires_grad:
            total = torch.zeros_like(weight) if weight.grad is None else weight.grad * n_targets
            all_reduce(total)


@mutant(AVERAGE, "It must send zeros")
def skips_missing_gradients(model, n_targets, all_reduce):
    _average(model, n_targets, all_reduce, weights=[w for w in model.parameters() if w.grad is not None])


@mutant(AVERAGE, "It must send zeros")
def joins_only_what_is_there(model, n_targets, all_reduce):
    weights = [weight for weight in model.parameters() if weight.grad is not None]
    flat = n_targets * torch.cat([*(weight.grad.flatten() for weight in weights), torch.ones(1)])
    all_reduce(flat)
    parts = (flat[:-1] / flat[-1]).split([weight.numel() for weight in weights])
    for weight, part in zip(weights, parts, strict=True):
        weight.grad = part.view_as(weight)


@mutant(AVERAGE, "got none from the others")
def sends_zeros_but_does_not_take(model, n_targets, all_reduce):
    missing = [weight for weight in model.parameters() if weight.grad is None]
    _average(model, n_targets, all_reduce)
    for weight in missing:
        weight.grad = None


@mutant(AVERAGE, "a frozen parameter got a gradient")
def all_parameters(model, n_targets, all_reduce):
    _average(model, n_targets, all_reduce, weights=list(model.parameters()))


def _backward(model, tokens, targets):
    model.zero_grad()
    next_token_loss(model(tokens), targets).backward()
    return int((targets != IGNORE).sum())


@mutant(STEP, "clipped its own gradient before")
def clips_before_and_after(model, optimizer, tokens, targets, max_norm, peers):
    n_targets = _backward(model, tokens, targets)
    clip_gradients(model.parameters(), max_norm)
    average_gradients(model, n_targets, peers.all_reduce)
    norm = clip_gradients(model.parameters(), max_norm)
    optimizer.step()
    return norm


@mutant(STEP, "counted alike")
def weighs_ranks_alike(model, optimizer, tokens, targets, max_norm, peers):
    _backward(model, tokens, targets)
    average_gradients(model, 1, peers.all_reduce)
    norm = clip_gradients(model.parameters(), max_norm)
    optimizer.step()
    return norm


@mutant(STEP, "before the gradients were averaged")
def steps_before_averaging(model, optimizer, tokens, targets, max_norm, peers):
    n_targets = _backward(model, tokens, targets)
    optimizer.step()
    average_gradients(model, n_targets, peers.all_reduce)
    return clip_gradients(model.parameters(), max_norm)


@mutant(STEP, "its own batch alone")
def never_averages(model, optimizer, tokens, targets, max_norm, peers):
    _backward(model, tokens, targets)
    norm = clip_gradients(model.parameters(), max_norm)
    optimizer.step()
    return norm


@mutant(STEP, "divided by the number of ranks")
def shares_the_limit(model, optimizer, tokens, targets, max_norm, peers):
    n_targets = _backward(model, tokens, targets)
    average_gradients(model, n_targets, peers.all_reduce)
    norm = clip_gradients(model.parameters(), max_norm / peers.n_ranks)
    optimizer.step()
    return norm


@mutant(STEP, "was not clipped")
def does_not_clip(model, optimizer, tokens, targets, max_norm, peers):
    n_targets = _backward(model, tokens, targets)
    average_gradients(model, n_targets, peers.all_reduce)
    optimizer.step()
    return clip_gradients(model.parameters(), float("inf"))


@mutant(STEP, "call optimizer.step()")
def does_not_step(model, optimizer, tokens, targets, max_norm, peers):
    n_targets = _backward(model, tokens, targets)
    average_gradients(model, n_targets, peers.all_reduce)
    return clip_gradients(model.parameters(), max_norm)


@mutant(STEP, "must be measured on the averaged gradient")
def returns_its_own_length(model, optimizer, tokens, targets, max_norm, peers):
    n_targets = _backward(model, tokens, targets)
    norm = clip_gradients(model.parameters(), float("inf"))
    average_gradients(model, n_targets, peers.all_reduce)
    clip_gradients(model.parameters(), max_norm)
    optimizer.step()
    return norm
