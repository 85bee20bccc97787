"""Plausible wrong answers to the exercises of chapter 00."""

import torch

from . import mutant

RIGHT = {
    "shape of x.mean(dim=-1)": (2, 3),
    "gradient of x ** 2 at x = 3": 6,
    "shape of the embedded ids": (2, 5, 4),
    "softmax of [0, ln 3]": [0.25, 0.75],
    "loss at probability 1": 0,
}


@mutant("primer.quiz", "keepdim=True")
def keeps_the_dimension():
    return RIGHT | {"shape of x.mean(dim=-1)": (2, 3, 1)}


@mutant("primer.quiz", "every id becomes a row")
def embeds_one_id():
    return RIGHT | {"shape of the embedded ids": (10, 4)}


@mutant("primer.quiz", "slope")
def value_for_slope():
    return RIGHT | {"gradient of x ** 2 at x = 3": 9}


@mutant("primer.quiz", "sum to 1")
def forgets_the_sum():
    return RIGHT | {"softmax of [0, ln 3]": [1, 3]}


@mutant("primer.quiz", "minus its logarithm")
def probability_for_loss():
    return RIGHT | {"loss at probability 1": 1}


@mutant("primer.quiz", "a shape is a tuple")
def shape_in_quotes():
    return RIGHT | {"shape of x.mean(dim=-1)": "(2, 3)"}


@mutant("primer.quiz", "without quotes")
def number_in_quotes():
    return RIGHT | {"gradient of x ** 2 at x = 3": "6"}


@mutant("primer.quiz", "one probability for each score")
def fractions_in_quotes():
    return RIGHT | {"softmax of [0, ln 3]": ["1/4", "3/4"]}


@mutant("primer.softmax", "divide each by their sum")
def no_exponential(scores):
    return scores / scores.sum(dim=-1, keepdim=True)


@mutant("primer.softmax", "along the last dimension")
def sums_everything(scores):
    return scores.exp() / scores.exp().sum()


@mutant("primer.softmax", "Subtract the largest score")
def overflows(scores):
    return scores.exp() / scores.exp().sum(dim=-1, keepdim=True)


@mutant("primer.softmax", "its own largest score")
def subtracts_the_largest_of_all(scores):
    weights = (scores - scores.max()).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


@mutant("primer.softmax", "Only differences")
def caps_large_scores(scores):
    weights = scores.clamp(max=80).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


@mutant("primer.softmax", "Subtract the largest score")
def subtracts_the_mean(scores):
    weights = (scores - scores.mean(dim=-1, keepdim=True)).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


@mutant("primer.softmax", "Only differences")
def hides_the_nan(scores):
    weights = scores.exp()
    return (weights / weights.sum(dim=-1, keepdim=True)).nan_to_num(0.5)


@mutant("primer.cross_entropy", "minus sign")
def no_minus(logits, targets):
    return torch.log_softmax(logits, -1).gather(-1, targets.unsqueeze(-1)).mean()


@mutant("primer.cross_entropy", "the mean over rows")
def sums_rows(logits, targets):
    return -torch.log_softmax(logits, -1).gather(-1, targets.unsqueeze(-1)).sum()


@mutant("primer.cross_entropy", "entry of its own target")
def averages_all_tokens(logits, targets):
    return -torch.log_softmax(logits, -1).mean()


@mutant("primer.cross_entropy", "entry of its own target")
def picks_every_target_in_every_row(logits, targets):
    return -torch.log_softmax(logits, -1)[:, targets].mean()


@mutant("primer.cross_entropy", "no gradient")
def leaves_the_graph(logits, targets):
    return -torch.log_softmax(logits.detach(), -1).gather(-1, targets.unsqueeze(-1)).mean()


@mutant("primer.cross_entropy", "log_softmax, not the log")
def log_of_softmax(logits, targets):
    return -torch.softmax(logits, -1).gather(-1, targets.unsqueeze(-1)).log().mean()
