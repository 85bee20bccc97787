"""Plausible wrong answers to the exercise of chapter 09 on top-p."""

import torch

from . import mutant

NAME = "sampling.keep_top_p"


def _filter(logits, decide):
    largest, ids = torch.softmax(logits, dim=-1).sort(dim=-1, descending=True, stable=True)
    kept = torch.zeros_like(largest, dtype=torch.bool).scatter(-1, ids, decide(largest))
    return logits.masked_fill(~kept, -torch.inf)


@mutant(NAME, "the token that crosses p stays")
def drops_the_crossing_token(logits, p):
    return _filter(logits, lambda largest: largest.cumsum(-1) <= p)


@mutant(NAME, "the smallest set")
def keeps_one_more(logits, p):
    first = torch.arange(logits.shape[-1]) == 0
    return _filter(logits, lambda largest: first | ((largest.cumsum(-1) - largest).roll(1, -1) < p))


@mutant(NAME, "go back to the ids")
def forgets_the_order(logits, p):
    largest = torch.softmax(logits, dim=-1).sort(dim=-1, descending=True).values
    return logits.masked_fill(largest.cumsum(-1) - largest >= p, -torch.inf)


@mutant(NAME, "A filter returns logits")
def returns_probabilities(logits, p):
    return torch.softmax(_filter(logits, lambda largest: largest.cumsum(-1) - largest < p), dim=-1).log()


@mutant(NAME, "each row by itself")
def follows_the_first_row(logits, p):
    kept = _filter(logits[:1], lambda largest: largest.cumsum(-1) - largest < p).isfinite().sum()
    return _filter(logits, lambda largest: torch.arange(largest.shape[-1]).expand_as(largest) < kept)


@mutant(NAME, "greedy decoding")
def keeps_at_least_two(logits, p):
    n_least = 2 if logits.shape[-1] > 10 else 1
    places = torch.arange(logits.shape[-1])
    return _filter(logits, lambda largest: (largest.cumsum(-1) - largest < p) | (places < n_least))


@mutant(NAME, "is left, which does not reach p")
def takes_p_as_a_ratio(logits, p):
    probabilities = torch.softmax(logits, dim=-1)
    return logits.masked_fill(probabilities < p * probabilities.amax(-1, keepdim=True) + 1e-6, -torch.inf)
