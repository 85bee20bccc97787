"""Plausible wrong answers to the exercises of chapter 08, part one continued: the schedule, and clipping."""

import math

import torch

from . import mutant


def _fall(progress, peak, final_fraction):
    return peak * (final_fraction + (1 - final_fraction) * (1 + math.cos(math.pi * progress)) / 2)


def _progress(step, n_warmup, n_steps):
    return min(1.0, (step + 1 - n_warmup) / max(1, n_steps - n_warmup))


@mutant("optimizer.learning_rate", "the first batch is wasted")
def begins_at_zero(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step < n_warmup:
        return peak * step / n_warmup
    return _fall(_progress(step, n_warmup, n_steps), peak, final_fraction)


@mutant("optimizer.learning_rate", "the last of them is the peak")
def peak_after_the_warmup(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step < n_warmup:
        return peak * (step + 1) / (n_warmup + 1)
    return _fall((step - n_warmup) / (n_steps - n_warmup), peak, final_fraction)


@mutant("optimizer.learning_rate", "above the peak")
def adds_the_end(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step + 1 <= n_warmup:
        return peak * (step + 1) / n_warmup
    return peak * final_fraction + _fall(_progress(step, n_warmup, n_steps), peak, 0.0)


@mutant("optimizer.learning_rate", "fall at every step")
def stays_at_the_peak(step, peak, n_warmup, n_steps, final_fraction=0.1):
    return peak * min(1.0, (step + 1) / max(1, n_warmup))


@mutant("optimizer.learning_rate", "Half-way the cosine")
def falls_in_a_straight_line(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step + 1 < n_warmup:
        return peak * (step + 1) / n_warmup
    return peak * (1 - (1 - final_fraction) * _progress(step, n_warmup, n_steps))


@mutant("optimizer.learning_rate", "from the end of the warm-up")
def counts_from_the_start(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step + 1 <= n_warmup:
        return peak * (step + 1) / n_warmup
    return _fall(min(1.0, (step + 1) / n_steps), peak, final_fraction)


@mutant("optimizer.learning_rate", "fall at every step")
def begins_to_fall_late(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step < n_warmup:
        return peak * (step + 1) / n_warmup
    return _fall((step - n_warmup) / (n_steps - n_warmup), peak, final_fraction)


@mutant("optimizer.learning_rate", "must not rise again")
def rises_after_the_end(step, peak, n_warmup, n_steps, final_fraction=0.1):
    if step + 1 <= n_warmup:
        return peak * (step + 1) / n_warmup
    return _fall((step + 1 - n_warmup) / (n_steps - n_warmup), peak, final_fraction)


@mutant("optimizer.learning_rate", "ZeroDivisionError")
def divides_by_the_warmup(step, peak, n_warmup, n_steps, final_fraction=0.1):
    rise = (step + 1) / n_warmup
    return peak * rise if rise < 1 else _fall(_progress(step, n_warmup, n_steps), peak, final_fraction)


def _gradients(parameters):
    return [parameter.grad for parameter in parameters if parameter.grad is not None]


def _length(gradients):
    return math.sqrt(sum(gradient.pow(2).sum().item() for gradient in gradients))


@mutant("optimizer.clip_gradients", "return a number")
def returns_a_tensor(parameters, max_norm):
    return torch.nn.utils.clip_grad_norm_(list(parameters), max_norm)


@mutant("optimizer.clip_gradients", "the one before clipping")
def returns_the_length_after(parameters, max_norm):
    gradients = _gradients(parameters)
    for gradient in gradients:
        gradient.mul_(min(1.0, max_norm / _length(gradients)))
    return _length(gradients)


@mutant("optimizer.clip_gradients", "so that the direction stays")
def cuts_each_number(parameters, max_norm):
    gradients = _gradients(parameters)
    norm = _length(gradients)
    for gradient in gradients:
        gradient.clamp_(-max_norm, max_norm)
    return norm


@mutant("optimizer.clip_gradients", "the squares add up")
def adds_the_lengths(parameters, max_norm):
    gradients = _gradients(parameters)
    norm = sum(gradient.norm().item() for gradient in gradients)
    for gradient in gradients:
        gradient.mul_(min(1.0, max_norm / norm))
    return norm


@mutant("optimizer.clip_gradients", "each by itself")
def clips_each_alone(parameters, max_norm):
    gradients = _gradients(parameters)
    norm = _length(gradients)
    for gradient in gradients:
        gradient.mul_(min(1.0, max_norm / gradient.norm().item()))
    return norm


@mutant("optimizer.clip_gradients", "never stretch")
def always_makes_it_as_long(parameters, max_norm):
    gradients = _gradients(parameters)
    norm = _length(gradients)
    for gradient in gradients:
        gradient.mul_(max_norm / norm)
    return norm


@mutant("optimizer.clip_gradients", "inf times 0")
def clips_what_is_not_finite(parameters, max_norm):
    gradients = _gradients(parameters)
    norm = _length(gradients)
    if norm > max_norm:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm


@mutant("optimizer.clip_gradients", "AttributeError")
def expects_every_gradient(parameters, max_norm):
    gradients = [parameter.grad for parameter in parameters]
    norm = _length(gradients)
    if max_norm < norm < math.inf:
        for gradient in gradients:
            gradient.mul_(max_norm / norm)
    return norm
