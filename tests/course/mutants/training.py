"""Plausible wrong answers to the exercises of chapter 08, part two: accumulation, and one step of training."""

import torch

from minillama.loss import IGNORE, next_token_loss
from minillama.optimizer import clip_gradients

from . import mutant


def _counts(group):
    return [int((targets != IGNORE).sum()) for _, targets in group]


@mutant("training.accumulate_gradients", "must count the same")
def mean_of_means(model, group):
    losses = [next_token_loss(model(tokens), targets) / len(group) for tokens, targets in group]
    sum(losses).backward()
    return sum(losses).item()


@mutant("training.accumulate_gradients", "3.00 times as long")
def does_not_divide(model, group):
    total = 0.0
    for (tokens, targets), count in zip(group, _counts(group), strict=True):
        loss = len(group) * count / sum(_counts(group)) * next_token_loss(model(tokens), targets)
        loss.backward()
        total += loss.item() / len(group)
    return total


@mutant("training.accumulate_gradients", "keep what it leaves")
def forgets_within_the_group(model, group):
    for tokens, targets in group:
        loss = next_token_loss(model(tokens), targets)
        loss.backward()
        model.zero_grad()
    return loss.item()


@mutant("training.accumulate_gradients", "return a number")
def returns_a_tensor(model, group):
    return sum(_backward(model, group, batch, count) for batch, count in zip(group, _counts(group), strict=True))


def _backward(model, group, batch, count):
    loss = count / sum(_counts(group)) * next_token_loss(model(batch[0]), batch[1])
    loss.backward()
    return loss


@mutant("training.accumulate_gradients", "the mean over all targets")
def returns_the_last_loss(model, group):
    for batch, count in zip(group, _counts(group), strict=True):
        loss = _backward(model, group, batch, count)
    return loss.item()


@mutant("training.accumulate_gradients", "decides when gradients are forgotten")
def forgets_first(model, group):
    model.zero_grad()
    return sum(_backward(model, group, batch, count).item() for batch, count in zip(group, _counts(group), strict=True))


def _finish(model, optimizer, rate, clip_norm):
    norm = clip_gradients(model.parameters(), clip_norm)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return norm


@mutant("training.train_step", "zero_grad() not between")
def forgets_too_late(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    norm = clip_gradients(model.parameters(), clip_norm)
    model.zero_grad()
    return loss.item(), _finish(model, optimizer, rate, clip_norm) + norm


@mutant("training.train_step", "zero_grad")
def asks_the_optimizer_to_forget(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    optimizer.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    return loss.item(), _finish(model, optimizer, rate, clip_norm)


@mutant("training.train_step", "expected once")
def never_steps(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    return loss.item(), clip_gradients(model.parameters(), clip_norm)


@mutant("training.train_step", "keeps the memory of its whole step")
def returns_the_graph(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    return loss, _finish(model, optimizer, rate, clip_norm)


@mutant("training.train_step", "return two values")
def returns_the_loss_alone(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    _finish(model, optimizer, rate, clip_norm)
    return loss.item()


@mutant("training.train_step", "clip_gradients returns it")
def measures_after_clipping(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    clip_gradients(model.parameters(), clip_norm)
    return loss.item(), _finish(model, optimizer, rate, clip_norm)


@mutant("training.train_step", "backward() adds to what is there")
def never_forgets(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    return loss.item(), _finish(model, optimizer, rate, clip_norm)


@mutant("training.train_step", "before the step")
def sets_the_rate_too_late(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    norm = clip_gradients(model.parameters(), clip_norm)
    optimizer.step()
    for group in optimizer.param_groups:
        group["lr"] = rate
    return loss.item(), norm


@mutant("training.train_step", "go through all groups")
def sets_one_group_only(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    norm = clip_gradients(model.parameters(), clip_norm)
    optimizer.param_groups[0]["lr"] = rate
    optimizer.step()
    return loss.item(), norm


@mutant("training.train_step", "before step()")
def measures_only(model, optimizer, tokens, targets, rate, clip_norm=1.0):
    model.zero_grad()
    loss = next_token_loss(model(tokens), targets)
    loss.backward()
    return loss.item(), _finish(model, optimizer, rate, torch.inf)
