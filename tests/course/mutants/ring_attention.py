"""Plausible wrong answers to the exercise of chapter 11 on ring attention."""

import math
from dataclasses import dataclass

import torch

from . import mutant

RING = "ring_attention.ring_attend"


@dataclass
class _Dials:
    """What the right answer does, each part of which can be left out or done otherwise."""

    scale: bool = True
    mask: bool = True
    shrink_total: bool = True
    shrink_gathered: bool = True
    subtract: bool = True
    divide: bool = True
    shift_value: bool = True
    shift_when_used_only: bool = False
    last_shift: bool = False
    direction: int = -1
    sees_later: bool = False
    sees_own_only: bool = False


def _attend(query, key, value, peers, **dials):
    do, n, rank = _Dials(**dials), peers.n_ranks, peers.rank
    later = torch.ones(query.shape[-2], query.shape[-2], dtype=torch.bool).triu(1)
    largest = torch.full_like(query[..., :1], -torch.inf)
    total, gathered = torch.zeros_like(largest), torch.zeros_like(query)
    for step in range(n):
        source = (rank + do.direction * step) % n
        used = source == rank or (not do.sees_own_only and (source < rank or do.sees_later))
        if used:
            scores = query @ key.mT / (math.sqrt(query.shape[-1]) if do.scale else 1)
            if source == rank and do.mask:
                scores = scores.masked_fill(later, -torch.inf)
            new = torch.maximum(largest, scores.amax(-1, keepdim=True)) if do.subtract else torch.zeros_like(largest)
            shrink = torch.exp(largest - new) if do.subtract else torch.ones_like(largest)
            weights = torch.exp(scores - new)
            total = total * (shrink if do.shrink_total else 1) + weights.sum(-1, keepdim=True)
            gathered = gathered * (shrink if do.shrink_gathered else 1) + weights @ value
            largest = new
        if (step < n - 1 or do.last_shift) and (used or not do.shift_when_used_only):
            key, value = peers.shift(key), peers.shift(value) if do.shift_value else value
    return gathered / total if do.divide else gathered


@mutant(RING, "Scores are divided by sqrt(D)")
def forgets_the_scale(query, key, value, peers):
    return _attend(query, key, value, peers, scale=False)


@mutant(RING, "masked above its diagonal")
def forgets_the_mask(query, key, value, peers):
    return _attend(query, key, value, peers, mask=False)


@mutant(RING, "divided by the sum of the weights")
def forgets_to_divide(query, key, value, peers):
    return _attend(query, key, value, peers, divide=False)


@mutant(RING, "must not be attended to")
def sees_later_blocks(query, key, value, peers):
    return _attend(query, key, value, peers, sees_later=True)


@mutant(RING, "the block of rank (rank - s) % n")
def thinks_that_blocks_come_from_the_right(query, key, value, peers):
    return _attend(query, key, value, peers, direction=1)


@mutant(RING, "both sums must shrink")
def forgets_to_shrink_the_sum_of_weights(query, key, value, peers):
    return _attend(query, key, value, peers, shrink_total=False)


@mutant(RING, "both sums must shrink")
def forgets_to_shrink_the_values(query, key, value, peers):
    return _attend(query, key, value, peers, shrink_gathered=False)


@mutant(RING, "key and value travel together")
def leaves_the_values_at_home(query, key, value, peers):
    return _attend(query, key, value, peers, shift_value=False)


@mutant(RING, "Earlier blocks are seen whole")
def sees_its_own_block_only(query, key, value, peers):
    return _attend(query, key, value, peers, sees_own_only=True)


@mutant(RING, "also those that have no use for the block")
def skips_the_shift_of_later_blocks(query, key, value, peers):
    return _attend(query, key, value, peers, shift_when_used_only=True)


@mutant(RING, "exp overflows")
def does_not_subtract_the_largest(query, key, value, peers):
    return _attend(query, key, value, peers, subtract=False)


@mutant(RING, "nothing to pass on")
def shifts_after_the_last_block(query, key, value, peers):
    return _attend(query, key, value, peers, last_shift=True)


@mutant(RING, "every rank holds the whole sequence")
def gathers_everything(query, key, value, peers):
    n_own = query.shape[-2]
    keys, values = (
        torch.cat(peers.all_gather(x.unsqueeze(0)).unbind(0), dim=-2)[..., : (peers.rank + 1) * n_own, :]
        for x in (key, value)
    )
    scores = query @ keys.mT / math.sqrt(query.shape[-1])
    later = torch.ones(n_own, keys.shape[-2], dtype=torch.bool).triu(peers.rank * n_own + 1)
    return scores.masked_fill(later, -torch.inf).softmax(-1) @ values
