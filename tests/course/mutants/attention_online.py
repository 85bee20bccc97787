"""Plausible wrong answers to the one-pass attention of chapter 05."""

import math

import torch

from minillama.attention import attend

from . import mutant


def _blocks(query, key, value, block_size):
    """Scores of one block after the other, future keys hidden, with the block's values."""
    place = torch.arange(key.shape[-2])
    position = place[key.shape[-2] - query.shape[-2] :].unsqueeze(-1)
    for start in range(0, key.shape[-2], block_size):
        block = slice(start, start + block_size)
        scores = query @ key[..., block, :].transpose(-2, -1) / math.sqrt(query.shape[-1])
        yield scores.masked_fill(place[block] > position, -torch.inf), value[..., block, :]


def _start(query):
    largest = torch.full_like(query[..., :1], -torch.inf)
    return largest, torch.zeros_like(largest), torch.zeros_like(query)


@mutant("attention.online_attend", "shrink by exp")
def never_shrinks(query, key, value, block_size=64):
    largest, total, gathered = _start(query)
    for scores, values in _blocks(query, key, value, block_size):
        largest = torch.maximum(largest, scores.amax(-1, keepdim=True))
        weights = torch.exp(scores - largest)
        total, gathered = total + weights.sum(-1, keepdim=True), gathered + weights @ values
    return gathered / total


@mutant("attention.online_attend", "shrink by exp")
def shrinks_only_the_total(query, key, value, block_size=64):
    largest, total, gathered = _start(query)
    for scores, values in _blocks(query, key, value, block_size):
        new_largest = torch.maximum(largest, scores.amax(-1, keepdim=True))
        weights = torch.exp(scores - new_largest)
        total = total * torch.exp(largest - new_largest) + weights.sum(-1, keepdim=True)
        gathered, largest = gathered + weights @ values, new_largest
    return gathered / total


@mutant("attention.online_attend", "exp overflows")
def subtracts_nothing(query, key, value, block_size=64):
    _, total, gathered = _start(query)
    for scores, values in _blocks(query, key, value, block_size):
        weights = torch.exp(scores)
        total, gathered = total + weights.sum(-1, keepdim=True), gathered + weights @ values
    return gathered / total


@mutant("attention.online_attend", "divided by the sum of the weights")
def never_divides(query, key, value, block_size=64):
    largest, _, gathered = _start(query)
    for scores, values in _blocks(query, key, value, block_size):
        new_largest = torch.maximum(largest, scores.amax(-1, keepdim=True))
        gathered = gathered * torch.exp(largest - new_largest) + torch.exp(scores - new_largest) @ values
        largest = new_largest
    return gathered


@mutant("attention.online_attend", "largest must be kept")
def forgets_to_keep_the_largest(query, key, value, block_size=64):
    largest, total, gathered = _start(query)
    for scores, values in _blocks(query, key, value, block_size):
        new_largest = torch.maximum(largest, scores.amax(-1, keepdim=True))
        shrink, weights = torch.exp(largest - new_largest), torch.exp(scores - new_largest)
        total = total * shrink + weights.sum(-1, keepdim=True)
        gathered = gathered * shrink + weights @ values
    return gathered / total


@mutant("attention.online_attend", "only one block of scores")
def builds_the_whole_matrix(query, key, value, block_size=64):
    return attend(query, key, value)
