"""Plausible wrong answers to the exercise of chapter 11 on the ring all-reduce."""

import torch
import torch.nn.functional as F

from . import mutant

RING = "collectives.ring_all_reduce"


def _ring(x, peers, first=1, second=1, start=1, add=True, keep_adding=False):
    """The right answer, with dials: steps of each round, the part that the second begins with, whether to add."""
    n, rank = peers.n_ranks, peers.rank
    parts = list(F.pad(x.flatten(), (0, -x.numel() % n)).chunk(n))
    for step in range(n - first):
        received, number = peers.shift(parts[(rank - step) % n]), (rank - step - 1) % n
        parts[number] = parts[number] + received if add else received
    for step in range(n - second):
        received, number = peers.shift(parts[(rank - step + start) % n]), (rank - step - 1 + start) % n
        parts[number] = parts[number] + received if keep_adding else received
    return torch.cat(parts)[: x.numel()].view_as(x)


@mutant(RING, "sent the whole tensor")
def passes_whole_tensors(x, peers):
    total, travelling = x.clone(), x
    for _ in range(peers.n_ranks - 1):
        travelling = peers.shift(travelling)
        total = total + travelling
    return total


@mutant(RING, "so the first round is right")
def forgets_the_second_round(x, peers):
    return _ring(x, peers, second=peers.n_ranks)


@mutant(RING, "not begin with the complete part")
def second_round_begins_with_its_own_number(x, peers):
    return _ring(x, peers, start=0) if peers.n_ranks > 1 else x


@mutant(RING, "does not add what comes")
def overwrites_instead_of_adding(x, peers):
    return _ring(x, peers, add=False)


@mutant(RING, "expected 18 in 6")
def one_step_too_many(x, peers):
    return _ring(x, peers, first=0) if peers.n_ranks > 1 else x


@mutant(RING, "n - 1 steps are no step")
def counts_n_steps_for_one_rank_too(x, peers):
    return _ring(x, peers, first=0)


@mutant(RING, "in the second round nothing is added")
def adds_in_the_second_round(x, peers):
    return _ring(x, peers, keep_adding=True)


@mutant(RING, "pad x to a multiple")
def cuts_without_padding(x, peers):
    n, rank = peers.n_ranks, peers.rank
    parts = list(x.flatten().tensor_split(n))
    for step in range(n - 1):
        received = peers.shift(parts[(rank - step) % n])
        parts[(rank - step - 1) % n] = parts[(rank - step - 1) % n] + received
    for step in range(n - 1):
        parts[(rank - step) % n] = peers.shift(parts[(rank - step + 1) % n])
    return torch.cat(parts).view_as(x)


@mutant(RING, "are numbers lost")
def leaves_the_rest_alone(x, peers):
    flat = x.flatten()
    whole = flat.numel() // peers.n_ranks * peers.n_ranks
    return torch.cat([_ring(flat[:whole], peers), flat[whole:]]).view_as(x)


@mutant(RING, "has shape (6,), expected (2, 3)")
def returns_a_row(x, peers):
    return _ring(x.flatten(), peers)


@mutant(RING, "does the work for you")
def asks_the_library(x, peers):
    total = x.clone()
    peers.all_reduce(total)
    return total


@mutant(RING, "changed one of its arguments in place")
def adds_into_x(x, peers):
    n, rank = peers.n_ranks, peers.rank
    if x.numel() % n:
        return _ring(x, peers)
    parts = list(x.view(-1).chunk(n))
    for step in range(n - 1):
        received = peers.shift(parts[(rank - step) % n])
        parts[(rank - step - 1) % n] += received
    for step in range(n - 1):
        parts[(rank - step) % n] = peers.shift(parts[(rank - step + 1) % n])
    return torch.cat(parts).view_as(x)


@mutant(RING, "never called shift")
def last_rank_does_not_pass_on(x, peers):
    return x if peers.n_ranks > 1 and peers.rank == peers.n_ranks - 1 else _ring(x, peers)
